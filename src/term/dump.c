/* SPDX-License-Identifier: ISC */
#include "term/dump.h"

#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "term/surface.h"
#include "term/terminal_private.h"

struct cell {
	wchar_t text[CCHARW_MAX + 1];
	enum style style;
};

static void
read_cell(const struct surface *s, int row, int col, struct cell *cell)
{
	cchar_t from;
	attr_t attrs;
	short small;
	int pair = 0;

	memset(cell, 0, sizeof(*cell));
	if (mvwin_wch(s->win, row, col, &from) == OK)
		getcchar(&from, cell->text, &attrs, &small, &pair);
	if (cell->text[0] == 0)
		cell->text[0] = L' ';
	cell->style = pair >= 0 && pair < STYLE_COUNT ? (enum style)pair
						      : STYLE_NORMAL;
}

static void
add_text(struct buf *out, const wchar_t *w)
{
	char text[4];

	for (; *w != 0; w++)
		buf_add(out, text, text_encode(text, (uint32_t)*w));
}

static void
dump_text(const struct surface *s, struct rect r, int row, struct buf *out)
{
	struct cell cell;
	int width;

	for (int col = r.col; col < r.col + r.cols; col += width) {
		read_cell(s, row, col, &cell);
		width = text_width((uint32_t)cell.text[0]);
		if (width < 1)
			width = 1;
		add_text(out, cell.text);
	}
}

static void
dump_styles(const struct surface *s, struct rect r, int row, struct buf *out)
{
	struct cell cell;

	for (int col = r.col; col < r.col + r.cols; col++) {
		read_cell(s, row, col, &cell);
		buf_char(out, style_letter(cell.style));
	}
}

static void
trim(struct buf *out, size_t from)
{
	while (out->len > from && out->at[out->len - 1] == ' ')
		out->at[--out->len] = '\0';
}

static struct rect
on_screen(const struct terminal *t, struct rect r)
{
	if (r.row < 0)
		r.row = 0;
	if (r.col < 0)
		r.col = 0;
	if (r.rows > terminal_rows(t) - r.row)
		r.rows = terminal_rows(t) - r.row;
	if (r.cols > terminal_cols(t) - r.col)
		r.cols = terminal_cols(t) - r.col;
	return r;
}

void
dump_rect(struct terminal *t, struct rect r, unsigned what, struct buf *out)
{
	const struct surface *s = terminal_surface(t);
	bool plain = what == DUMP_TEXT;
	size_t from;

	r = on_screen(t, r);
	for (int row = r.row; row < r.row + r.rows; row++) {
		from = out->len;
		if (what & DUMP_TEXT) {
			buf_text(out, plain ? "" : "|");
			dump_text(s, r, row, out);
			if (plain)
				trim(out, from);
			buf_text(out, plain ? "\n" : "|\n");
		}
		if (what & DUMP_STYLES) {
			buf_char(out, ':');
			dump_styles(s, r, row, out);
			buf_text(out, ":\n");
		}
	}
}

void
dump_screen(struct terminal *t, unsigned what, struct buf *out)
{
	struct rect r = { 0, 0, terminal_rows(t), terminal_cols(t) };

	dump_rect(t, r, what, out);
}
