/* SPDX-License-Identifier: ISC */
/* Which events a list shows: kinds, area, from when, until when. */
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/events_filter.h"
#include "console/views.h"
#include "term/form.h"

enum { WHICH, AREA, SINCE, UNTIL, HINT, ROWS };

struct filter {
	struct filter_request request;
	struct input input[HINT];
	struct form form;
	struct form_row rows[ROWS];
};

static void
hint(struct filter *f, const char *text, enum style style)
{
	str_copy(f->rows[HINT].text, text, sizeof(f->rows[HINT].text));
	f->rows[HINT].style = style;
}

static void
init(struct view *v, void *arg)
{
	static const char *const labels[] = { N_("kinds"), N_("area"),
		N_("since"), N_("until") };
	static const char *const examples[] = { N_("alarm command plc .."), "",
		N_("06:00, -2h, yesterday"), "" };
	struct filter *f = xcalloc(1, sizeof(*f));
	char text[100];
	int i;

	f->request = *(const struct filter_request *)arg;
	for (i = 0; i < HINT; i++) {
		input_init(&f->input[i], INPUT_TEXT, i == WHICH ? 80 : 39);
		f->rows[i] = (struct form_row){ .label = _(labels[i]),
			.input = &f->input[i], .width = 30 };
		str_copy(f->rows[i].text, _(examples[i]),
		    sizeof(f->rows[i].text));
	}
	events_filter_print_kinds(
	    f->request.filter.kinds, text, sizeof(text));
	input_set(&f->input[WHICH], text);
	input_set(&f->input[AREA], f->request.filter.area);
	input_set(&f->input[SINCE], f->request.filter.since);
	input_set(&f->input[UNTIL], f->request.filter.until);
	hint(f, _("Enter show   Tab next field   Esc cancel"), STYLE_KEY);
	form_init(&f->form, _("Which events"), f->rows, ROWS);
	v->data = f;
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct filter *f = v->data;

	(void)now;
	form_draw(c, &f->form);
}

static void
enter(struct view *v)
{
	struct filter *f = v->data;
	struct events_filter *want = &f->request.filter;
	struct err e;

	if (events_filter_kinds(&want->kinds, f->input[WHICH].text, &e) < 0) {
		f->input[WHICH].bad = true;
		hint(f, e.text, STYLE_REFUSED);
		return;
	}
	str_copy(want->area, f->input[AREA].text, sizeof(want->area));
	str_copy(want->since, f->input[SINCE].text, sizeof(want->since));
	str_copy(want->until, f->input[UNTIL].text, sizeof(want->until));
	f->request.chosen(f->request.arg, want);
	view_pop(v->stack);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct filter *f = v->data;

	(void)now;
	view_dirty(v);
	if (key_is_cancel(k))
		view_pop(v->stack);
	else if (k->code == K_ENTER)
		enter(v);
	else
		form_key(&f->form, k);
	return true;
}

const struct view_class view_filter = { .name = "filter",
	.modal = true,
	.typeahead = true,
	.init = init,
	.draw = draw,
	.key = key };
