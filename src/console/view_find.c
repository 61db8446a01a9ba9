/* SPDX-License-Identifier: ISC */
/* The line behind '/': a list shows the rows that hold what is typed, while
 * it is typed. Enter keeps it, Esc shows all rows again. */

#include "base/mem.h"
#include "console/views.h"
#include "term/input.h"
#include "term/table.h"

struct find {
	struct find_request request;
	struct input input;
};

static void
init(struct view *v, void *arg)
{
	struct find *f = xcalloc(1, sizeof(*f));

	f->request = *(const struct find_request *)arg;
	input_init(&f->input, INPUT_TEXT, 40);
	input_set(&f->input, f->request.table->filter);
	v->data = f;
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct find *f = v->data;

	(void)now;
	input_draw_line(c, "/", &f->input);
}

static void
show(struct find *f, const char *text)
{
	table_filter(f->request.table, text);
	table_sync(f->request.table);
	view_dirty(f->request.list);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct find *f = v->data;

	(void)now;
	view_dirty(v);
	if (k->code == K_ENTER) {
		view_pop(v->stack);
		return true;
	}
	if (key_is_cancel(k)) {
		show(f, "");
		view_pop(v->stack);
		return true;
	}
	input_key(&f->input, k);
	show(f, f->input.text);
	return true;
}

const struct view_class view_find = { .name = "find",
	.modal = true,
	.typeahead = true,
	.init = init,
	.draw = draw,
	.key = key };
