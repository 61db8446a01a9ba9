/* SPDX-License-Identifier: ISC */
/* table_draw.c - a table on the glass: which columns, how wide, and what is
 * remembered of what was drawn. */
#include <assert.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "term/table_private.h"

#define GUTTER 1	/* column for the cursor */

static int
taken(const struct table_column *column, unsigned n, const bool *in)
{
	int sum = 0, shown = 0;

	for (unsigned i = 0; i < n; i++) {
		sum += in[i] ? column[i].width : 0;
		shown += in[i];
	}
	return sum + (shown > 0 ? shown - 1 : 0);
}

/* Takes out the column that gives way first; false: all are needed. */
static bool
give_way(const struct table_column *column, unsigned n, bool *in)
{
	unsigned worst = n;

	for (unsigned i = 0; i < n; i++)
		if (in[i] && column[i].priority > 0 &&
		    (worst == n ||
			column[i].priority >= column[worst].priority))
			worst = i;
	if (worst == n)
		return false;
	in[worst] = false;
	return true;
}

/* Of those that gave way, one for which there is room after all; the most
 * important first. */
static bool
come_back(const struct table_column *column, unsigned n, int cols, bool *in)
{
	unsigned best = n;

	for (unsigned i = 0; i < n; i++)
		if (!in[i] &&
		    taken(column, n, in) + 1 + column[i].width <= cols &&
		    (best == n || column[i].priority < column[best].priority))
			best = i;
	if (best == n)
		return false;
	in[best] = true;
	return true;
}

void
table_widths(
    const struct table_column *column, unsigned n, int cols, int *width)
{
	bool in[TABLE_COLUMNS];
	int rest, growing = 0;

	assert(n <= TABLE_COLUMNS);
	memset(in, true, sizeof(in));
	while (taken(column, n, in) > cols && give_way(column, n, in))
		;
	while (come_back(column, n, cols, in))
		;
	rest = cols - taken(column, n, in);
	for (unsigned i = 0; i < n; i++)
		growing += in[i] && column[i].grow;
	for (unsigned i = 0; i < n; i++) {
		width[i] = in[i] ? column[i].width : 0;
		if (!in[i] || !column[i].grow || rest <= 0)
			continue;
		width[i] += rest / growing;
		rest -= rest / growing--;
	}
}

static void
draw_text(struct canvas c, int row, int col, int width, bool right,
    enum style s, const char *text)
{
	if (right)
		canvas_text_right(c, row, col, width, s, text);
	else
		canvas_text(c, row, col, width, s, text);
}

static void
draw_header(const struct table *t, struct canvas c, const int *width)
{
	int col = GUTTER;

	canvas_text(c, 0, 0, c.cols, STYLE_HEADER, "");
	for (unsigned i = 0; i < t->columns; i++) {
		if (width[i] == 0)
			continue;
		draw_text(c, 0, col, width[i], t->column[i].right,
		    STYLE_HEADER, _(t->column[i].title));
		col += width[i] + 1;
	}
}

static void
draw_cell(const struct table *t, const struct table_shown *s, unsigned column,
    struct canvas c, enum style base)
{
	struct table_cell cell;

	if (t->source->draw != NULL &&
	    t->source->draw(t->data, s->source, column, c))
		return;
	table_cell(t, s->source, column, &cell);
	draw_text(c, 0, 0, c.cols, t->column[column].right,
	    base != STYLE_NORMAL ? base : cell.style, cell.text);
}

/* A text that is too long for its column runs on over the empty cells behind
 * it; their columns in *end, exclusive. */
static int
room_of(const struct table *t, size_t source, unsigned column,
    const int *width, unsigned *end)
{
	struct table_cell cell;
	int room = width[column];
	unsigned k = column + 1;

	*end = k;
	if (t->source->draw != NULL || t->column[column].right)
		return room;
	table_cell(t, source, column, &cell);
	if (text_columns(cell.text) <= (size_t)room)
		return room;
	for (; k < t->columns; k++) {
		if (width[k] == 0)
			continue;
		table_cell(t, source, k, &cell);
		if (cell.text[0] != '\0')
			break;
		room += width[k] + 1;
		*end = k + 1;
	}
	return room;
}

static void
draw_row(const struct table *t, size_t i, struct canvas c, const int *width)
{
	const struct table_shown *s = &t->shown.at[i];
	enum style base = i == t->cursor ? STYLE_SELECTED : STYLE_NORMAL;
	int col = GUTTER, room;
	unsigned k, end;

	assert(s->source < t->source->rows(t->data));	/* table_sync() */
	canvas_text(c, 0, 0, c.cols, base, "");
	if (i == t->cursor)
		canvas_glyph(c, 0, 0, base, GLYPH_CURSOR);
	for (k = 0; k < t->columns; k = end) {
		end = k + 1;
		if (width[k] == 0)
			continue;
		room = room_of(t, s->source, k, width, &end);
		draw_cell(t, s, k, canvas_part(c, 0, col, 1, room), base);
		col += room + 1;
	}
}

static void
scroll(struct table *t)
{
	if (t->cursor < t->top)
		t->top = t->cursor;
	if (t->cursor >= t->top + t->page)
		t->top = t->cursor - t->page + 1;
	if (t->top + t->page > t->shown.n)
		t->top = t->shown.n > t->page ? t->shown.n - t->page : 0;
}

static bool
same_row(struct table_row a, struct table_row b)
{
	return a.key == b.key && a.stamp == b.stamp;
}

/* Remembers what is on the glass, and when the row under the cursor became
 * another one without the operator. */
static void
remember(struct table *t, struct mono now)
{
	struct table_row old = { 0 }, new = { 0 };
	bool had = t->drawn_cursor < t->drawn.n, has = t->shown.n > 0;

	if (had)
		old = t->drawn.at[t->drawn_cursor];
	if (has)
		new = t->shown.at[t->cursor].row;
	if (had && !t->moved && !(has && same_row(old, new)))
		t->changed_at = now;
	t->moved = false;
	vec_clear(&t->drawn);
	for (size_t i = t->top; i < t->shown.n && i < t->top + t->page; i++)
		vec_push(&t->drawn, t->shown.at[i].row);
	t->drawn_cursor = has ? t->cursor - t->top : SIZE_MAX;
}

void
table_draw(struct table *t, struct canvas c, struct mono now)
{
	int width[TABLE_COLUMNS];
	size_t last;

	t->page = c.rows > 1 ? (size_t)c.rows - 1 : 1;
	scroll(t);
	table_widths(t->column, t->columns, c.cols - GUTTER, width);
	draw_header(t, c, width);
	last = t->top + t->page;
	for (size_t i = t->top; i < t->shown.n && i < last; i++)
		draw_row(t, i,
		    canvas_part(c, 1 + (int)(i - t->top), 0, 1, c.cols),
		    width);
	remember(t, now);
}
