/* SPDX-License-Identifier: ISC */
#include "term/keymap.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"

#define ROWS_MAX 64
#define NO_ROW SIZE_MAX

static bool
is_digit(uint32_t code, unsigned mods)
{
	return code >= '0' && code <= '9' && mods == 0;
}

/* --- checking and building ------------------------------------------ */

static int
check_key(const struct keymap_row *row, const char *key, struct err *e)
{
	uint32_t code;
	unsigned mods;

	if (!key_parse(&code, &mods, key))
		return err_set(e, "%s: \"%s\" is no key", row->name, key);
	if (is_digit(code, mods) && !(row->flags & KEYMAP_NAVIGATES))
		return err_set(e, "%s: digits only navigate, not \"%s\" (P10)",
		    row->name, key);
	return 0;
}

/* Does a row before this one, or the row itself, have the key already? */
static int
check_double(const struct keymap_row *rows, size_t row, int key, struct err *e)
{
	const char *mine = rows[row].keys[key];

	for (size_t i = 0; i <= row; i++)
		for (int k = 0; k < KEYMAP_KEYS; k++)
			if ((i < row || k < key) && rows[i].keys[k] != NULL &&
			    strcmp(rows[i].keys[k], mine) == 0)
				return err_set(e, "%s and %s: both have \"%s\"",
				    rows[i].name, rows[row].name, mine);
	return 0;
}

static int
check_row(const struct keymap_row *rows, size_t i, struct err *e)
{
	const struct keymap_row *row = &rows[i];

	if (row->name == NULL || row->label == NULL || row->help == NULL ||
	    row->action <= 0 || row->keys[0] == NULL)
		return err_set(e, "row %zu: name, key, label, help or action "
				  "is missing", i);
	if ((row->flags & KEYMAP_NAVIGATES) &&
	    (row->flags & (KEYMAP_ACTS | KEYMAP_CONFIRMS)))
		return err_set(e, "%s: acts and navigates", row->name);
	for (int k = 0; k < KEYMAP_KEYS && row->keys[k] != NULL; k++)
		if (check_key(row, row->keys[k], e) != 0 ||
		    check_double(rows, i, k, e) != 0)
			return -1;
	for (size_t j = 0; j < i; j++)
		if (strcmp(rows[j].name, row->name) == 0)
			return err_set(e, "%s: twice", row->name);
	return 0;
}

int
keymap_check(const struct keymap_row *row, size_t rows, struct err *e)
{
	if (rows > ROWS_MAX)
		return err_set(e, "more than %d rows", ROWS_MAX);
	for (size_t i = 0; i < rows; i++)
		if (check_row(row, i, e) != 0)
			return -1;
	return 0;
}

static void
add_bind(struct keymap *m, size_t at, struct keymap_bind b)
{
	m->bind = xrealloc(m->bind, m->binds + 1, sizeof(*m->bind));
	memmove(&m->bind[at + 1], &m->bind[at],
	    (m->binds - at) * sizeof(*m->bind));
	m->bind[at] = b;
	m->binds++;
}

static void
drop_bind(struct keymap *m, size_t at)
{
	m->binds--;
	memmove(&m->bind[at], &m->bind[at + 1],
	    (m->binds - at) * sizeof(*m->bind));
}

void
keymap_init(struct keymap *m, const struct keymap_row *row, size_t rows)
{
	struct keymap_bind b;

	assert(keymap_check(row, rows, NULL) == 0);
	memset(m, 0, sizeof(*m));
	m->row = row;
	m->rows = rows;
	for (size_t i = 0; i < rows; i++) {
		for (int k = 0; k < KEYMAP_KEYS && row[i].keys[k] != NULL;
		    k++) {
			b.row = i;
			if (key_parse(&b.code, &b.mods, row[i].keys[k]))
				add_bind(m, m->binds, b);
		}
	}
}

void
keymap_fini(struct keymap *m)
{
	free(m->bind);
	memset(m, 0, sizeof(*m));
}

/* --- finding -------------------------------------------------------- */

static size_t
find_bind(const struct keymap *m, uint32_t code, unsigned mods)
{
	for (size_t i = 0; i < m->binds; i++)
		if (m->bind[i].code == code && m->bind[i].mods == mods)
			return i;
	return NO_ROW;
}

static size_t
find_name(const struct keymap *m, const char *name)
{
	for (size_t i = 0; i < m->rows; i++)
		if (strcmp(m->row[i].name, name) == 0)
			return i;
	return NO_ROW;
}

bool
keymap_is_blocked(const struct keymap *m, size_t row)
{
	return m->blocked >> row & 1;
}

/* Esc and a digit arrive as Alt: the digit it is, which only navigates. */
static size_t
find_key(const struct keymap *m, const struct key *key)
{
	unsigned mods = key->mods;

	if (mods == K_ALT && is_digit(key->code, 0))
		mods = 0;
	return find_bind(m, key->code, mods);
}

const struct keymap_row *
keymap_find(const struct keymap *m, const struct key *key)
{
	size_t i = find_key(m, key);

	return i == NO_ROW ? NULL : &m->row[m->bind[i].row];
}

/* --- the station's wishes ------------------------------------------- */

int
keymap_block(struct keymap *m, const char *key, struct err *e)
{
	uint32_t code;
	unsigned mods;
	size_t i;

	if (!key_parse(&code, &mods, key) ||
	    (i = find_bind(m, code, mods)) == NO_ROW)
		return err_set(e, "\"%s\" is no key of the console", key);
	m->blocked |= (uint64_t)1 << m->bind[i].row;
	return 0;
}

static size_t
keys_of(const struct keymap *m, size_t row)
{
	size_t n = 0;

	for (size_t i = 0; i < m->binds; i++)
		n += m->bind[i].row == row;
	return n;
}

int
keymap_bind(struct keymap *m, const char *key, const char *name, struct err *e)
{
	struct keymap_bind b = { .row = find_name(m, name) };
	size_t taken;

	if (b.row == NO_ROW)
		return err_set(e, "\"%s\" is no action of the console", name);
	if (check_key(&m->row[b.row], key, e) != 0)
		return -1;
	key_parse(&b.code, &b.mods, key);
	taken = find_bind(m, b.code, b.mods);
	if (taken != NO_ROW) {
		if (m->bind[taken].row != b.row &&
		    keys_of(m, m->bind[taken].row) == 1)
			return err_set(e, "\"%s\" is the only key of %s", key,
			    m->row[m->bind[taken].row].name);
		drop_bind(m, taken);
	}
	add_bind(m, 0, b);	/* in front: it is the one that is shown */
	return 0;
}

/* --- pressing ------------------------------------------------------- */

const char *
keymap_why_not(
    const struct keymap_row *row, const struct keymap_state *state)
{
	const char *why = NULL;

	if (row->function != 0 && state->why_not != NULL)
		why = state->why_not(state->arg, row->function);
	if (why == NULL && (row->flags & KEYMAP_ACTS))
		why = state->dead;
	if (why == NULL && (row->flags & KEYMAP_ITEM) && !state->has_item)
		why = _("nothing is selected");
	return why;
}

static bool
within(struct mono now, struct mono since, struct span s)
{
	return mono_before(now, mono_add(since, s));
}

/* P10: what was drawn, and long enough ago to have been seen. */
static const char *
too_early(const struct keymap_row *row, const struct keymap_state *state)
{
	if (row->flags & KEYMAP_NAVIGATES)
		return NULL;
	if (state->drawn_at.us == INT64_MAX)
		return _("not on the screen yet, press again");
	if ((row->flags & KEYMAP_CONFIRMS) &&
	    within(state->now, state->drawn_at, KEYMAP_CONFIRM))
		return _("too early, read it first and press again");
	if ((row->flags & KEYMAP_ITEM) &&
	    within(state->now, state->item_changed_at, KEYMAP_CHANGED))
		return _("the line under the cursor has just changed, press again");
	return NULL;
}

int
keymap_press(const struct keymap *m, const struct key *key,
    const struct keymap_state *state, struct err *e)
{
	size_t i = find_key(m, key);
	const struct keymap_row *row;
	const char *why;

	if (i == NO_ROW)
		return 0;
	row = &m->row[m->bind[i].row];
	if (keymap_is_blocked(m, m->bind[i].row))
		return err_set(
		    e, _("%s: not on this station"), _(row->label));
	why = keymap_why_not(row, state);
	if (why == NULL)
		why = too_early(row, state);
	if (why != NULL)
		return err_set(e, "%s: %s", _(row->label), why);
	return row->action;
}

/* --- footer and help ------------------------------------------------ */

enum level { TIGHT, SPACED, FULL, LEVELS };

struct place {
	size_t row;
	int col, key_cols, cols;
	char key[48];
};

/* The key as shown: the first one; FULL adds the function key. */
static void
print_key(const struct keymap *m, size_t row, enum level level, char *dst,
    size_t cap)
{
	char first[24] = "", function[24] = "", text[24];

	for (size_t i = 0; i < m->binds; i++) {
		const struct keymap_bind *b = &m->bind[i];

		if (b->row != row)
			continue;
		key_print(text, sizeof(text), b->code, b->mods);
		if (first[0] == '\0')
			str_copy(first, text, sizeof(first));
		else if (b->code >= K_F1 && b->code <= K_F12 &&
		    function[0] == '\0')
			str_copy(function, text, sizeof(function));
	}
	if (level == FULL && function[0] != '\0')
		snprintf(dst, cap, "%s/%s", function, first);
	else
		snprintf(dst, cap, "%s", first);
}

static size_t
footer_row(const struct keymap *m, const char *const *order, size_t i)
{
	if (order != NULL)
		return find_name(m, order[i]);
	return m->row[i].flags & KEYMAP_FOOTER ? i : NO_ROW;
}

static size_t
footer_count(const struct keymap *m, const char *const *order)
{
	size_t n = 0;

	if (order == NULL)
		return m->rows;
	while (order[n] != NULL)
		n++;
	return n;
}

/* Places the items; returns the columns that all of them would take. */
static int
place_items(const struct keymap *m, const char *const *order,
    enum level level, struct place *place, size_t *n)
{
	size_t count = footer_count(m, order);
	int col = 0;

	*n = 0;
	for (size_t i = 0; i < count && *n < ROWS_MAX; i++) {
		struct place *p = &place[*n];
		size_t row = footer_row(m, order, i);

		if (row == NO_ROW || keymap_is_blocked(m, row))
			continue;
		p->row = row;
		p->col = col;
		print_key(m, row, level, p->key, sizeof(p->key));
		p->key_cols = (int)text_columns(p->key);
		p->cols = p->key_cols + (level > TIGHT) +
		    (int)text_columns(_(m->row[row].label));
		col += p->cols + (level > TIGHT ? 2 : 1);
		(*n)++;
	}
	return col > 0 ? col - (level > TIGHT ? 2 : 1) : 0;
}

/* The most spacious way in which everything fits. */
static enum level
footer_level(const struct keymap *m, const char *const *order, int cols,
    struct place *place, size_t *n)
{
	enum level level = LEVELS;

	while (level-- > TIGHT + 1)
		if (place_items(m, order, level, place, n) <= cols)
			return level;
	place_items(m, order, TIGHT, place, n);
	return TIGHT;
}

void
keymap_draw_footer(const struct keymap *m, struct canvas c,
    const char *const *order, const struct keymap_state *state)
{
	struct place place[ROWS_MAX];
	size_t n;
	enum level level = footer_level(m, order, c.cols, place, &n);

	canvas_text(c, 0, 0, c.cols, STYLE_LABEL, "");
	for (size_t i = 0; i < n && place[i].col + place[i].cols <= c.cols;
	    i++) {
		const struct place *p = &place[i];
		const struct keymap_row *row = &m->row[p->row];
		bool off = keymap_why_not(row, state) != NULL;

		canvas_text(c, 0, p->col, -1, off ? STYLE_KEY_OFF : STYLE_KEY,
		    p->key);
		canvas_text(c, 0, p->col + p->key_cols + (level > TIGHT), -1,
		    off ? STYLE_KEY_OFF : STYLE_LABEL, _(row->label));
	}
}

const struct keymap_row *
keymap_footer_at(
    const struct keymap *m, const char *const *order, int cols, int col)
{
	struct place place[ROWS_MAX];
	size_t n;

	footer_level(m, order, cols, place, &n);
	for (size_t i = 0; i < n; i++)
		if (col >= place[i].col &&
		    col < place[i].col + place[i].cols &&
		    place[i].col + place[i].cols <= cols)
			return &m->row[place[i].row];
	return NULL;
}

void
keymap_print_keys(const struct keymap *m, size_t row, struct buf *out)
{
	char text[24];
	bool any = false;

	for (size_t i = 0; i < m->binds; i++) {
		if (m->bind[i].row != row)
			continue;
		if (any)
			buf_text(out, ", ");
		buf_text(out, key_print(text, sizeof(text), m->bind[i].code,
				  m->bind[i].mods));
		any = true;
	}
}
