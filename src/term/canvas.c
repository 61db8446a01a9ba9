/* SPDX-License-Identifier: ISC */
#include "term/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "term/surface.h"

#define TEXT_MAX 4096	/* bytes of one text that can be seen */
#define SUBSTITUTE 0xb7	/* as text_clean() marks what it took out */

static int
least(int a, int b)
{
	return a < b ? a : b;
}

struct canvas
canvas_part(struct canvas c, int row, int col, int rows, int cols)
{
	struct canvas p = c;

	if (row < 0) {
		rows += row;
		row = 0;
	}
	if (col < 0) {
		cols += col;
		col = 0;
	}
	rows = least(rows, c.rows - row);
	cols = least(cols, c.cols - col);
	p.row = c.row + row;
	p.col = c.col + col;
	p.rows = rows > 0 && cols > 0 ? rows : 0;
	p.cols = rows > 0 && cols > 0 ? cols : 0;
	return p;
}

struct canvas
canvas_rect(struct canvas c, struct rect r)
{
	return canvas_part(c, r.row, r.col, r.rows, r.cols);
}

static bool
inside(struct canvas c, int row, int col)
{
	return row >= 0 && row < c.rows && col >= 0 && col < c.cols;
}

int
canvas_columns(const char *text)
{
	char clean[TEXT_MAX];

	text_clean(clean, sizeof(clean), text, strlen(text));
	return (int)text_columns(clean);
}

/* The only place that writes a cell. */
static void
put(struct canvas c, int row, int col, enum style s, const wchar_t *w)
{
	int pair = (int)s;
	cchar_t cell;

	if (setcchar(&cell, w, c.on->attrs[s], 0, &pair) == OK)
		mvwadd_wchnstr(c.on->win, c.row + row, c.col + col, &cell, 1);
}

/* A character of width columns that fits, with at most one mark over it. */
static void
put_char(struct canvas c, int row, int col, enum style s, uint32_t code,
    uint32_t mark, int width)
{
	wchar_t w[3] = { (wchar_t)code, (wchar_t)mark, 0 };
	bool odd = !c.on->ascii && wcwidth((wchar_t)code) != width;

	if (!c.on->ascii && !odd) {
		put(c, row, col, s, w);
		return;
	}
	/* curses and we must agree on the columns of what we draw */
	w[0] = c.on->ascii ? (wchar_t)glyph_ascii(code) : SUBSTITUTE;
	w[1] = 0;
	for (int i = 0; i < width; i++)
		put(c, row, col + i, s, w);
}

void
canvas_char(struct canvas c, int row, int col, enum style s, uint32_t code)
{
	char text[8];
	size_t n = text_encode(text, code);
	int width;

	if (!inside(c, row, col))
		return;
	if (n == 0 || !text_is_clean(text, n))
		code = SUBSTITUTE;
	width = text_width(code);
	if (width >= 1 && col + width <= c.cols)
		put_char(c, row, col, s, code, 0, width);
}

void
canvas_glyph(struct canvas c, int row, int col, enum style s, enum glyph g)
{
	canvas_char(c, row, col, s, glyph_code(g, c.on->ascii));
}

/* Draws clean text that fits; returns the columns. */
static int
put_text(struct canvas c, int row, int col, enum style s, const char *text)
{
	size_t len = strlen(text), n;
	uint32_t code, mark;
	int used = 0, width;

	while (len > 0 && (n = text_next(text, len, &code)) > 0) {
		text += n;
		len -= n;
		n = text_next(text, len, &mark);
		if (n > 0 && text_width(mark) == 0) {
			text += n;
			len -= n;
		} else {
			mark = 0;
		}
		width = text_width(code);
		if (width > 0)
			put_char(c, row, col + used, s, code, mark, width);
		used += width;
	}
	return used;
}

static void
put_blanks(struct canvas c, int row, int col, int n, enum style s)
{
	for (int i = 0; i < n; i++)
		put(c, row, col + i, s, L" ");
}

/* Cleans and cuts text to width columns of row from col on; the columns
 * that it takes, or -1 if there is nothing to draw on. */
static int
prepare(struct canvas c, int row, int col, int *width, const char *text,
    char *dst, size_t cap)
{
	char clean[TEXT_MAX];

	if (!inside(c, row, col))
		return -1;
	if (*width < 0 || *width > c.cols - col)
		*width = c.cols - col;
	text_clean(clean, sizeof(clean), text, strlen(text));
	return (int)text_fit(dst, cap, clean, (size_t)*width);
}

/* A text that begins left of the canvas loses what is outside. */
static bool
shift_in(int *col, int *width)
{
	if (*col < 0 && *width >= 0) {
		*width += *col;
		*col = 0;
	}
	return *col >= 0 && *width != 0;
}

int
canvas_text(struct canvas c, int row, int col, int width, enum style s,
    const char *text)
{
	char fit[TEXT_MAX + 8];
	bool fill = width >= 0;
	int used;

	if (!shift_in(&col, &width))
		return 0;
	used = prepare(c, row, col, &width, text, fit, sizeof(fit));
	if (used < 0)
		return 0;
	used = put_text(c, row, col, s, fit);
	if (fill)
		put_blanks(c, row, col + used, width - used, s);
	return used;
}

int
canvas_text_right(struct canvas c, int row, int col, int width, enum style s,
    const char *text)
{
	char fit[TEXT_MAX + 8];
	int used;

	if (!shift_in(&col, &width))
		return 0;
	used = prepare(c, row, col, &width, text, fit, sizeof(fit));
	if (used < 0)
		return 0;
	put_blanks(c, row, col, width - used, s);
	return put_text(c, row, col + width - used, s, fit);
}

int
canvas_printf(struct canvas c, int row, int col, int width, enum style s,
    const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	return canvas_text(c, row, col, width, s, text);
}

void
canvas_fill(struct canvas c, enum style s, uint32_t code)
{
	for (int row = 0; row < c.rows; row++)
		for (int col = 0; col < c.cols; col++)
			canvas_char(c, row, col, s, code);
}

void
canvas_clear(struct canvas c, enum style s)
{
	for (int row = 0; row < c.rows; row++)
		put_blanks(c, row, 0, c.cols, s);
}

void
canvas_hline(struct canvas c, int row, int col, int width, enum style s)
{
	for (int i = 0; i < width && col + i < c.cols; i++)
		canvas_glyph(c, row, col + i, s, GLYPH_HLINE);
}

void
canvas_vline(struct canvas c, int row, int col, int height, enum style s)
{
	for (int i = 0; i < height && row + i < c.rows; i++)
		canvas_glyph(c, row + i, col, s, GLYPH_VLINE);
}

void
canvas_box(struct canvas c, enum style s, const char *title)
{
	char text[TEXT_MAX];

	if (c.rows < 2 || c.cols < 2)
		return;
	canvas_hline(c, 0, 1, c.cols - 2, s);
	canvas_hline(c, c.rows - 1, 1, c.cols - 2, s);
	canvas_vline(c, 1, 0, c.rows - 2, s);
	canvas_vline(c, 1, c.cols - 1, c.rows - 2, s);
	canvas_glyph(c, 0, 0, s, GLYPH_TOP_LEFT);
	canvas_glyph(c, 0, c.cols - 1, s, GLYPH_TOP_RIGHT);
	canvas_glyph(c, c.rows - 1, 0, s, GLYPH_BOTTOM_LEFT);
	canvas_glyph(c, c.rows - 1, c.cols - 1, s, GLYPH_BOTTOM_RIGHT);
	if (title == NULL || c.cols < 8)
		return;
	snprintf(text, sizeof(text), " %.512s ", title);
	canvas_text(canvas_part(c, 0, 3, 1, c.cols - 5), 0, 0, -1, s, text);
}

void
canvas_restyle(struct canvas c, int row, int col, int width, enum style s)
{
	int pair = (int)s;

	if (!shift_in(&col, &width) || !inside(c, row, col))
		return;
	if (width < 0 || width > c.cols - col)
		width = c.cols - col;
	mvwchgat(c.on->win, c.row + row, c.col + col, width, c.on->attrs[s],
	    0, &pair);
}

void
canvas_cursor(struct canvas c, int row, int col)
{
	if (!inside(c, row, col))
		return;
	c.on->cursor_row = c.row + row;
	c.on->cursor_col = c.col + col;
}

bool
canvas_ascii(struct canvas c)
{
	return c.on->ascii;
}

bool
canvas_flash(struct canvas c)
{
	c.on->flashes = true;
	return c.on->flash;
}
