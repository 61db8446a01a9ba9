/* SPDX-License-Identifier: ISC */
#include "cli/watch.h"

#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/call.h"
#include "verb/print.h"

/* Columns of DESCRIBE_COLUMNS and TAG_COLUMNS. */
enum {
	DESCRIBE_TAG,
	DESCRIBE_TITLE,
	DESCRIBE_UNIT,
	DESCRIBE_AREA,
	DESCRIBE_DECIMALS = 6,
	DESCRIBE_TEXTS = 9,
	DESCRIBE_USED
};
enum {
	TAG_TAG,
	TAG_VALUE,
	TAG_TEXT,
	TAG_UNIT,
	TAG_QUALITY,
	TAG_CAUSE,
	TAG_FLAGS,
	TAG_TIME,
	TAG_AREA,
	TAG_TITLE,
	TAG_CELLS
};

struct watched {
	const char *tag, *title, *unit, *area, *texts;
	int decimals;
	char *last;		/* what was printed of it last; or NULL */
};
struct watch {
	struct arena *arena;
	VEC(struct watched) tags;	/* in the order of the words */
};

static const char *
keep(struct watch *w, const struct cell *c)
{
	return arena_text(w->arena, cell_words(c));
}

static bool
on_description(
    struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	struct watch *w = arg;
	const struct cell *decimals = &cells[DESCRIBE_DECIMALS];

	if (n < DESCRIBE_USED)
		return true;
	vec_push(&w->tags,
	    ((struct watched){ .tag = keep(w, &cells[DESCRIBE_TAG]),
		.title = keep(w, &cells[DESCRIBE_TITLE]),
		.unit = keep(w, &cells[DESCRIBE_UNIT]),
		.area = keep(w, &cells[DESCRIBE_AREA]),
		.texts = keep(w, &cells[DESCRIBE_TEXTS]),
		.decimals = decimals->type == CELL_INT ||
			decimals->type == CELL_UINT
		    ? (int)decimals->as.uint
		    : CELL_SHORTEST }));
	(void)app;
	return true;
}

/* Prints the row unless nothing in it has changed. */
static bool
print_change(struct app *app, struct watched *t, const struct cell *cells)
{
	struct buf now = { 0 };
	bool same;
	unsigned i;

	for (i = TAG_VALUE; i <= TAG_TIME; i++) {
		print_cell(&now, &cells[i], PRINT_FOR_PROGRAMS);
		buf_char(&now, '\n');
	}
	same = t->last != NULL && strcmp(t->last, buf_string(&now)) == 0;
	if (same) {
		buf_free(&now);
		return true;
	}
	free(t->last);
	t->last = now.at;
	return ask_print(app, cells, TAG_CELLS);
}

static bool
on_row(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	struct watch *w = arg;
	size_t i;

	if (n < TAG_CELLS || cells[TAG_TAG].type != CELL_TEXT)
		return true;
	for (i = 0; i < w->tags.n; i++)
		if (strcmp(w->tags.at[i].tag, cells[TAG_TAG].as.text) == 0)
			return print_change(app, &w->tags.at[i], cells);
	return ask_print(app, cells, n);
}

/* The text of a code: the n-th of those joined by '|'; ?N for an unknown one
 * (P31), NULL for a tag without texts. */
static const char *
code_text(const struct watched *t, const struct value *v, char room[400])
{
	const char *s = t->texts;
	unsigned n = 1;
	size_t len;
	int code;

	if (*s == '\0' || v->type == VALUE_TEXT || !value_known(v))
		return NULL;
	for (; *s != '\0'; s++)
		n += *s == '|';
	code = value_code(v, n, room);
	if (code < 0)
		return room;
	for (s = t->texts; code > 0; code--)
		s += strcspn(s, "|") + 1;
	len = strcspn(s, "|");
	len = len < 399 ? len : 399;
	memcpy(room, s, len);
	room[len] = '\0';
	return room;
}

static bool
on_value(struct app *app, uint32_t i, const struct value *v, void *arg)
{
	struct watch *w = arg;
	struct cell row[TAG_CELLS];
	struct watched *t;
	char text[400];

	if (i >= w->tags.n)
		return true;
	t = &w->tags.at[i];
	row[TAG_TAG] = cell_text(t->tag);
	row[TAG_VALUE] = cell_value(v, t->decimals);
	row[TAG_TEXT] = cell_text(code_text(t, v, text));
	row[TAG_UNIT] = cell_text(t->unit);
	row[TAG_QUALITY] = cell_text(quality_name(v->quality));
	row[TAG_CAUSE] = cell_text(cause_name(v->cause));
	row[TAG_FLAGS] = cell_flags(flags_name(v->flags));
	row[TAG_TIME] = cell_time(v->time);
	row[TAG_AREA] = cell_text(t->area);
	row[TAG_TITLE] = cell_text(t->title);
	return print_change(app, t, row);
}

int
watch(struct app *app)
{
	struct watch w = { .arena = arena_new() };
	struct call_plan plan = { .verb = VERB_DESCRIBE,
		.arguments = app->request.arguments.at,
		.n_arguments = app->request.arguments.n,
		.row = on_description,
		.arg = &w };
	size_t i;
	int code;

	code = call_run(app, &plan);
	if (code == EXIT_DONE) {
		plan.verb = VERB_WATCH;
		plan.row = on_row;
		plan.value = on_value;
		plan.stream = true;
		code = call_run(app, &plan);
	}
	for (i = 0; i < w.tags.n; i++)
		free(w.tags.at[i].last);
	vec_free(&w.tags);
	arena_free(w.arena);
	return code;
}
