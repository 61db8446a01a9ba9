/* SPDX-License-Identifier: ISC */
#include "term/menu.h"

#include <string.h>

#define KEY_COLS 8	/* columns of the keys */

void
menu_init(struct menu *m, const struct menu_row *row, int rows)
{
	memset(m, 0, sizeof(*m));
	m->row = row;
	m->rows = rows;
	m->page = 1;
}

/* Columns of the widest label. */
static int
label_columns(const struct menu *m)
{
	int most = 0, n;

	for (int i = 0; i < m->rows; i++) {
		n = canvas_columns(m->row[i].label);
		most = n > most ? n : most;
	}
	return most;
}

int
menu_measure(const struct menu *m)
{
	int why = 0, n;

	for (int i = 0; i < m->rows; i++) {
		n = m->row[i].why_not == NULL
		    ? 0
		    : canvas_columns(m->row[i].why_not);
		why = n > why ? n : why;
	}
	return 1 + KEY_COLS + label_columns(m) + (why > 0 ? 2 + why : 0);
}

static void
draw_row(struct canvas c, int row, const struct menu_row *r, bool here,
    int labels)
{
	enum style base = here ? STYLE_SELECTED
	    : r->why_not       ? STYLE_KEY_OFF
			       : STYLE_DIALOG;

	canvas_text(c, row, 0, c.cols, base, "");
	if (here)
		canvas_glyph(c, row, 0, base, GLYPH_CURSOR);
	canvas_text(c, row, 1, KEY_COLS - 1, base, r->key ? r->key : "");
	canvas_text(c, row, 1 + KEY_COLS, labels, base, r->label);
	if (r->why_not != NULL)
		canvas_text(c, row, 1 + KEY_COLS + labels + 2, -1, base,
		    r->why_not);
}

void
menu_draw(struct canvas c, struct menu *m)
{
	int labels = label_columns(m);

	m->page = c.rows > 0 ? c.rows : 1;
	if (m->cursor < m->top)
		m->top = m->cursor;
	if (m->cursor >= m->top + m->page)
		m->top = m->cursor - m->page + 1;
	for (int i = 0; i < c.rows && m->top + i < m->rows; i++)
		draw_row(c, i, &m->row[m->top + i], m->top + i == m->cursor,
		    labels);
}

static bool
move_to(struct menu *m, int to)
{
	m->cursor = to >= m->rows ? m->rows - 1 : to;
	if (m->cursor < 0)
		m->cursor = 0;
	return true;
}

bool
menu_key(struct menu *m, const struct key *k)
{
	if (k->mods != 0)
		return false;
	switch (k->code) {
	case K_UP:
	case 'k':
	case K_WHEEL_UP:
		return move_to(m, m->cursor - 1);
	case K_DOWN:
	case 'j':
	case K_WHEEL_DOWN:
		return move_to(m, m->cursor + 1);
	case K_PAGE_UP:
		return move_to(m, m->cursor - m->page);
	case K_PAGE_DOWN:
		return move_to(m, m->cursor + m->page);
	case K_HOME:
		return move_to(m, 0);
	case K_END:
		return move_to(m, m->rows - 1);
	}
	return false;
}

const struct menu_row *
menu_picked(const struct menu *m)
{
	return m->cursor < m->rows ? &m->row[m->cursor] : NULL;
}
