/* SPDX-License-Identifier: ISC */
/*
 * A question. Yes is the key y, or a text that must be typed: never Enter
 * alone, so that no reflex answers it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/views.h"
#include "term/form.h"

struct asked {
	struct question q;
	char title[80], text[200], typed[32];
	struct input input;
	struct form form;
	struct form_row rows[4];
};

static void
init(struct view *v, void *arg)
{
	struct asked *s = xcalloc(1, sizeof(*s));
	const struct question *q = arg;

	s->q = *q;
	str_copy(s->title, q->title, sizeof(s->title));
	str_copy(s->text, q->text, sizeof(s->text));
	if (q->typed != NULL)
		str_copy(s->typed, q->typed, sizeof(s->typed));
	input_init(&s->input, INPUT_NAME, 24);
	s->input.no_paste = true;
	str_copy(s->rows[0].text, s->text, sizeof(s->rows[0].text));
	if (*s->typed != '\0') {
		s->rows[2] = (struct form_row){ .label = _("type"),
			.input = &s->input, .width = 26 };
		str_copy(s->rows[2].text, s->typed, sizeof(s->rows[2].text));
		str_copy(s->rows[3].text, _("then Enter   Esc cancel"),
		    sizeof(s->rows[3].text));
	} else {
		str_copy(s->rows[2].text, _("y yes   Esc no"),
		    sizeof(s->rows[2].text));
	}
	form_init(&s->form, s->title, s->rows, 4);
	v->data = s;
}

static void
fini(struct view *v)
{
	struct asked *s = v->data;

	free(s->q.arg);
	free(s);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct asked *s = v->data;

	(void)now;
	form_draw(c, &s->form);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct asked *s = v->data;
	struct app *a = v->app;
	bool yes;

	view_dirty(v);
	if (key_is_cancel(k)) {
		view_pop(v->stack);
		return true;
	}
	yes = *s->typed != '\0' ? k->code == K_ENTER &&
		strcmp(s->input.text, s->typed) == 0
				: k->code == 'y' && k->mods == 0;
	if (yes && !view_is_early(v, now) && app_dead(a) == NULL) {
		s->q.yes(a, s->q.arg);
		view_pop(v->stack);
		return true;
	}
	if (k->code == K_ENTER && *s->typed != '\0')
		s->input.bad = true;
	else
		form_key(&s->form, k);
	return true;
}

const struct view_class view_question = { .name = "question",
	.modal = true,
	.init = init,
	.fini = fini,
	.draw = draw,
	.key = key };
