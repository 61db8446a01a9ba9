/* SPDX-License-Identifier: ISC */
#include "term/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"

#define GUTTER 1	/* column for cursor and mark */

void
table_init(struct table *t, const struct table_source *source, void *data,
    const struct table_column *column, unsigned columns)
{
	assert(columns <= TABLE_COLUMNS);
	memset(t, 0, sizeof(*t));
	t->source = source;
	t->data = data;
	t->column = column;
	t->columns = columns;
	t->sort = -1;
	t->page = 1;
	t->drawn_cursor = SIZE_MAX;
	t->changed_at.us = INT64_MIN / 2;
}

void
table_fini(struct table *t)
{
	vec_free(&t->shown);
	vec_free(&t->marks);
	vec_free(&t->drawn);
}

static void
get_cell(const struct table *t, size_t row, unsigned column,
    struct table_cell *cell)
{
	cell->text[0] = '\0';
	cell->style = STYLE_NORMAL;
	t->source->cell(t->data, row, column, cell);
	cell->text[TABLE_CELL - 1] = '\0';
}

/* --- which rows, in which order -------------------------------------- */

typedef VEC(struct table_shown) rows_vec;

static bool
matches(const struct table *t, size_t row)
{
	struct table_cell cell;

	if (t->filter[0] == '\0')
		return true;
	for (unsigned i = 0; i < t->columns; i++) {
		get_cell(t, row, i, &cell);
		if (strcasestr(cell.text, t->filter) != NULL)
			return true;
	}
	return false;
}

static int
by_cells(const struct table *t, size_t a, size_t b)
{
	struct table_cell left, right;

	if (t->source->compare != NULL)
		return t->source->compare(t->data, a, b, (unsigned)t->sort);
	get_cell(t, a, (unsigned)t->sort, &left);
	get_cell(t, b, (unsigned)t->sort, &right);
	return strverscmp(left.text, right.text);
}

static int
compare_shown(const void *a, const void *b, void *arg)
{
	const struct table_shown *left = a, *right = b;
	const struct table *t = arg;
	int order = by_cells(t, left->source, right->source);

	if (order != 0)
		return t->down ? -order : order;
	return left->source < right->source ? -1 : left->source > right->source;
}

/* The rows that pass the filter, in the order wished. */
static void
collect(struct table *t, rows_vec *fresh)
{
	size_t n = t->source->rows(t->data);
	struct table_shown s;

	for (size_t i = 0; i < n; i++) {
		if (!matches(t, i))
			continue;
		s.row.key = t->source->key(t->data, i);
		s.row.stamp = t->source->stamp != NULL
		    ? t->source->stamp(t->data, i)
		    : 0;
		s.source = i;
		vec_push(fresh, s);
	}
	if (t->sort >= 0 && fresh->n > 1)
		qsort_r(fresh->at, fresh->n, sizeof(*fresh->at), compare_shown,
		    t);
}

static int
by_key(const void *a, const void *b)
{
	const struct table_shown *left = a, *right = b;

	return left->row.key < right->row.key ? -1
					      : left->row.key > right->row.key;
}

static struct table_shown *
find_sorted(const rows_vec *v, uint64_t key)
{
	struct table_shown want = { { key, 0 }, 0 };

	return v->n == 0 ? NULL
			 : bsearch(&want, v->at, v->n, sizeof(want), by_key);
}

/* Inside: what is shown stays where it is, what has gone leaves, what is
 * new is only counted. */
static void
keep_places(struct table *t, rows_vec *fresh)
{
	struct table_shown *found;
	size_t kept = 0, gone_above = 0;

	if (fresh->n > 1)
		qsort(fresh->at, fresh->n, sizeof(*fresh->at), by_key);
	for (size_t i = 0; i < t->shown.n; i++) {
		found = find_sorted(fresh, t->shown.at[i].row.key);
		if (found != NULL)
			t->shown.at[kept++] = *found;
		else if (i < t->cursor)
			gone_above++;
	}
	t->shown.n = kept;
	t->waiting = fresh->n - kept;
	/* the row under the hand stays in its place on the glass */
	t->cursor -= gone_above;
	t->top -= t->top < gone_above ? t->top : gone_above;
	vec_free(fresh);
}

static void
take_all(struct table *t, rows_vec *fresh)
{
	vec_free(&t->shown);
	t->shown.at = fresh->at;
	t->shown.n = fresh->n;
	t->shown.cap = fresh->cap;
	t->waiting = 0;
}

static bool
find_shown(const struct table *t, uint64_t key, size_t *at)
{
	for (size_t i = 0; i < t->shown.n; i++) {
		if (t->shown.at[i].row.key == key) {
			*at = i;
			return true;
		}
	}
	return false;
}

static void
clamp(struct table *t)
{
	if (t->cursor >= t->shown.n)
		t->cursor = t->shown.n > 0 ? t->shown.n - 1 : 0;
}

/* Marks of things that are no longer there go. */
static void
sweep_marks(struct table *t)
{
	size_t kept = 0, n = t->source->rows(t->data), i;

	for (size_t m = 0; m < t->marks.n; m++) {
		for (i = 0; i < n; i++)
			if (t->source->key(t->data, i) == t->marks.at[m])
				break;
		if (i < n)
			t->marks.at[kept++] = t->marks.at[m];
	}
	t->marks.n = kept;
}

/* Everything anew; the cursor stays with its row if it is inside. */
static void
rebuild(struct table *t)
{
	rows_vec fresh = { 0 };
	bool had = t->inside && t->cursor < t->shown.n;
	uint64_t key = had ? t->shown.at[t->cursor].row.key : 0;

	collect(t, &fresh);
	take_all(t, &fresh);
	if (!t->inside)
		t->cursor = t->top = 0;
	else if (had)
		find_shown(t, key, &t->cursor);
	clamp(t);
}

void
table_sync(struct table *t)
{
	rows_vec fresh = { 0 };

	sweep_marks(t);
	if (!t->inside) {
		rebuild(t);
		return;
	}
	collect(t, &fresh);
	keep_places(t, &fresh);
	clamp(t);
}

/* --- drawing --------------------------------------------------------- */

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
		if (t->sort == (int)i)
			canvas_glyph(c, 0,
			    t->column[i].right ? col : col + width[i] - 1,
			    STYLE_HEADER,
			    t->down ? GLYPH_SORT_DOWN : GLYPH_SORT_UP);
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
	get_cell(t, s->source, column, &cell);
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
	get_cell(t, source, column, &cell);
	if (text_columns(cell.text) <= (size_t)room)
		return room;
	for (; k < t->columns; k++) {
		if (width[k] == 0)
			continue;
		get_cell(t, source, k, &cell);
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
	bool here = i == t->cursor, marked = table_marked(t, s->row.key);
	enum style base = here ? STYLE_SELECTED
	    : marked	       ? STYLE_MARKED
			       : STYLE_NORMAL;
	int col = GUTTER, room;
	unsigned k, end;

	assert(s->source < t->source->rows(t->data));	/* table_sync() */
	canvas_text(c, 0, 0, c.cols, base, "");
	if (marked || here)
		canvas_glyph(c, 0, 0, base, marked ? GLYPH_MARK : GLYPH_CURSOR);
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

/* --- the cursor ------------------------------------------------------ */

static void
move_to(struct table *t, size_t cursor)
{
	t->inside = true;
	t->moved = true;
	t->cursor = cursor;
	clamp(t);
}

static void
move_by(struct table *t, long by)
{
	if (by < 0 && t->cursor < (size_t)-by)
		move_to(t, 0);
	else
		move_to(t, t->cursor + (size_t)by);
}

void
table_home(struct table *t)
{
	t->inside = false;
	t->moved = true;
	table_sync(t);
}

static void
toggle_mark(struct table *t)
{
	uint64_t key;

	if (t->shown.n == 0)
		return;
	key = t->shown.at[t->cursor].row.key;
	for (size_t i = 0; i < t->marks.n; i++) {
		if (t->marks.at[i] == key) {
			t->marks.at[i] = t->marks.at[--t->marks.n];
			move_by(t, 1);
			return;
		}
	}
	vec_push(&t->marks, key);
	move_by(t, 1);
}

bool
table_key(struct table *t, const struct key *k)
{
	long page = (long)t->page;

	if (k->mods != 0)
		return false;
	switch (k->code) {
	case K_UP:
	case 'k':
		move_by(t, -1);
		return true;
	case K_DOWN:
	case 'j':
		move_by(t, 1);
		return true;
	case K_WHEEL_UP:
		move_by(t, -3);
		return true;
	case K_WHEEL_DOWN:
		move_by(t, 3);
		return true;
	case K_PAGE_UP:
		move_by(t, -page);
		return true;
	case K_PAGE_DOWN:
		move_by(t, page);
		return true;
	case K_END:
	case 'G':
		move_to(t, t->shown.n);
		return true;
	case K_HOME:
	case 'g':
		table_home(t);
		return true;
	case ' ':
		toggle_mark(t);
		return true;
	}
	return false;
}

bool
table_click(struct table *t, int row)
{
	uint64_t key;
	size_t at;

	/* what was drawn there, wherever it is now */
	if (row < 1 || (size_t)row > t->drawn.n)
		return false;
	key = t->drawn.at[row - 1].key;
	if (!find_shown(t, key, &at))
		return false;
	move_to(t, at);
	return true;
}

bool
table_select(struct table *t, uint64_t key)
{
	size_t at;

	if (!find_shown(t, key, &at)) {
		rebuild(t);
		if (!find_shown(t, key, &at))
			return false;
	}
	move_to(t, at);
	return true;
}

/* --- what a key acts on ---------------------------------------------- */

bool
table_picked(const struct table *t, struct table_row *row)
{
	if (!t->moved) {
		if (t->drawn_cursor >= t->drawn.n)
			return false;
		*row = t->drawn.at[t->drawn_cursor];
		return true;
	}
	if (t->shown.n == 0)
		return false;
	for (size_t i = 0; i < t->drawn.n; i++) {
		if (t->drawn.at[i].key == t->shown.at[t->cursor].row.key) {
			*row = t->drawn.at[i];
			return true;
		}
	}
	return false;
}

struct mono
table_changed_at(const struct table *t)
{
	return t->changed_at;
}

bool
table_current(const struct table *t, size_t *source)
{
	if (t->shown.n == 0)
		return false;
	*source = t->shown.at[t->cursor].source;
	return true;
}

const struct table_row *
table_drawn(const struct table *t, size_t *n)
{
	*n = t->drawn.n;
	return t->drawn.at;
}

/* --- new rows, marks, order, filter ----------------------------------- */

size_t
table_waiting(const struct table *t)
{
	return t->waiting;
}

void
table_take_new(struct table *t)
{
	rebuild(t);
}

bool
table_marked(const struct table *t, uint64_t key)
{
	for (size_t i = 0; i < t->marks.n; i++)
		if (t->marks.at[i] == key)
			return true;
	return false;
}

size_t
table_marks(const struct table *t)
{
	return t->marks.n;
}

void
table_mark_none(struct table *t)
{
	vec_clear(&t->marks);
}

void
table_sort(struct table *t, int column)
{
	t->down = column >= 0 && column == t->sort && !t->down;
	t->sort = column;
	rebuild(t);
}

void
table_filter(struct table *t, const char *text)
{
	text_clean(t->filter, sizeof(t->filter), text, strlen(text));
	rebuild(t);
}

void
table_describe(const struct table *t, struct buf *out)
{
	size_t all = t->source->rows(t->data);

	if (t->filter[0] != '\0')
		buf_printf(out, _("%zu of %zu rows  /%s"), t->shown.n, all,
		    t->filter);
	else
		buf_printf(out, ngettext("%zu row", "%zu rows", all), all);
	if (t->marks.n > 0)
		buf_printf(out, _("  %zu marked"), t->marks.n);
	if (t->waiting > 0)
		buf_printf(out, _("  +%zu new (n)"), t->waiting);
}
