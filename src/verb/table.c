/* SPDX-License-Identifier: ISC */
/*
 * Columns for people, two blanks apart. The first rows are held back to
 * measure them; what is wider later pushes its line out and is never cut.
 * Columns of numbers stand at the right.
 */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "verb/layout.h"
#include "verb/print.h"

#define HELD_ROWS 500
#define HELD_BYTES (256 * 1024)
#define GAP 2

struct table {
	struct arena *arena;		/* of the held rows; NULL: measured */
	VEC(const char **) held;
	size_t width[COLUMNS_MAX];
	bool number[COLUMNS_MAX], other[COLUMNS_MAX];
};

static bool
is_number(const struct cell *c)
{
	return c->type == CELL_INT || c->type == CELL_UINT ||
	    c->type == CELL_REAL;
}

static void
table_begin(struct writer *w)
{
	struct table *t = w->state = xcalloc(1, sizeof(*t));
	unsigned i;

	t->arena = arena_new();
	for (i = 0; w->style.header && i < w->n_columns; i++)
		t->width[i] = strlen(w->column[i]);
}

static void
pad(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_char(out, ' ');
}

/* One line; blanks are written only before something. */
static void
put_line(struct writer *w, const char *const *texts)
{
	const struct table *t = w->state;
	size_t owed = 0, free_columns, width;
	bool right;
	unsigned i;

	for (i = 0; i < w->n_columns; i++) {
		width = text_columns(texts[i]);
		free_columns = t->width[i] > width ? t->width[i] - width : 0;
		right = t->number[i] && !t->other[i];
		if (width > 0) {
			pad(w->out, owed + (right ? free_columns : 0));
			buf_text(w->out, texts[i]);
			owed = right ? 0 : free_columns;
		} else {
			owed += free_columns;
		}
		owed += GAP;
	}
	buf_char(w->out, '\n');
}

static void
put_header(struct writer *w)
{
	char names[COLUMNS_MAX][40];
	const char *texts[COLUMNS_MAX];
	unsigned i;
	char *s;

	for (i = 0; i < w->n_columns; i++) {
		str_copy(names[i], w->column[i], sizeof(names[i]));
		for (s = names[i]; *s != '\0'; s++)
			*s = (char)toupper((unsigned char)*s);
		texts[i] = names[i];
	}
	buf_text(w->out, w->style.colour ? "\033[1m" : "");
	put_line(w, texts);
	if (w->style.colour) {
		w->out->len--;	/* the newline comes after the end of bold */
		buf_text(w->out, "\033[0m\n");
	}
}

static void
table_settle(struct writer *w)
{
	struct table *t = w->state;
	size_t i;

	if (t->arena == NULL || t->held.n == 0)
		return;
	if (w->style.header)
		put_header(w);
	for (i = 0; i < t->held.n; i++)
		put_line(w, t->held.at[i]);
	vec_free(&t->held);
	arena_free(t->arena);
	t->arena = NULL;
}

static void
hold(struct writer *w, const struct cell *cells, const char *const *texts)
{
	struct table *t = w->state;
	const char **row =
	    arena_take(t->arena, w->n_columns, sizeof(const char *));
	size_t width;
	unsigned i;

	for (i = 0; i < w->n_columns; i++) {
		row[i] = arena_text(t->arena, texts[i]);
		width = text_columns(texts[i]);
		if (width > t->width[i])
			t->width[i] = width;
		t->number[i] |= is_number(&cells[i]);
		t->other[i] |=
		    cells[i].type != CELL_NULL && !is_number(&cells[i]);
	}
	vec_push(&t->held, row);
	if (t->held.n >= HELD_ROWS || arena_size(t->arena) >= HELD_BYTES)
		table_settle(w);
}

static void
table_row(struct writer *w, const struct cell *cells)
{
	const struct table *t = w->state;
	const char *texts[COLUMNS_MAX];
	size_t at[COLUMNS_MAX];
	struct buf room = { 0 };
	unsigned i;

	for (i = 0; i < w->n_columns; i++) {
		at[i] = room.len;
		print_cell(&room, &cells[i], PRINT_FOR_PEOPLE);
		buf_char(&room, '\0');
	}
	for (i = 0; i < w->n_columns; i++)
		texts[i] = room.at + at[i];
	if (t->arena != NULL)
		hold(w, cells, texts);
	else
		put_line(w, texts);
	buf_free(&room);
}

static void
table_free(struct writer *w)
{
	struct table *t = w->state;

	vec_free(&t->held);
	arena_free(t->arena);
	free(t);
}

const struct layout layout_table = { table_begin, table_row, table_settle, NULL,
	table_free };
