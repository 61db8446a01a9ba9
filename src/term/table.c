/* SPDX-License-Identifier: ISC */
#include "term/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "term/table_private.h"

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
	t->page = 1;
	t->drawn_cursor = SIZE_MAX;
	t->changed_at.us = INT64_MIN / 2;
}

void
table_fini(struct table *t)
{
	vec_free(&t->shown);
	vec_free(&t->drawn);
}

/* --- which rows ------------------------------------------------------- */

void
table_cell(const struct table *t, size_t row, unsigned column,
    struct table_cell *cell)
{
	cell->text[0] = '\0';
	cell->style = STYLE_NORMAL;
	t->source->cell(t->data, row, column, cell);
	cell->text[TABLE_CELL - 1] = '\0';
}

typedef VEC(struct table_shown) rows_vec;

static bool
matches(const struct table *t, size_t row)
{
	struct table_cell cell;

	if (t->filter[0] == '\0')
		return true;
	for (unsigned i = 0; i < t->columns; i++) {
		table_cell(t, row, i, &cell);
		if (strcasestr(cell.text, t->filter) != NULL)
			return true;
	}
	return false;
}

/* The rows that pass the filter. */
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

	if (!t->inside) {
		rebuild(t);
		return;
	}
	collect(t, &fresh);
	keep_places(t, &fresh);
	clamp(t);
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

const struct table_row *
table_drawn(const struct table *t, size_t *n)
{
	*n = t->drawn.n;
	return t->drawn.at;
}

/* --- new rows, filter ------------------------------------------------- */

void
table_take_new(struct table *t)
{
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
	if (t->waiting > 0)
		buf_printf(out, _("  +%zu new (n)"), t->waiting);
}
