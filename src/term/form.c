/* SPDX-License-Identifier: ISC */
#include "term/form.h"

#define MARGIN 2	/* columns between frame and text, left and right */

void
form_init(struct form *f, const char *title, struct form_row *row, int rows)
{
	f->title = title;
	f->row = row;
	f->rows = rows;
	f->focus = -1;
	for (int i = rows - 1; i >= 0; i--)
		if (row[i].input != NULL)
			f->focus = i;
}

static bool
has_label(const struct form_row *r)
{
	return r->label != NULL && r->label[0] != '\0';
}

/* Columns of the labels, with the blank behind them. */
static int
label_columns(const struct form *f)
{
	int most = 0, n;

	for (int i = 0; i < f->rows; i++) {
		n = has_label(&f->row[i])
		    ? canvas_columns(f->row[i].label) + 1
		    : 0;
		most = n > most ? n : most;
	}
	return most;
}

static int
row_columns(const struct form_row *r, int labels)
{
	int n = has_label(r) || r->input != NULL ? labels : 0;
	int text = canvas_columns(r->text);

	if (r->input != NULL)
		n += r->width + 2 + (text > 0);
	return n + text;
}

/* Rows and columns that it takes with its frame. */
static void
measure(const struct form *f, int *rows, int *cols)
{
	int labels = label_columns(f), n;

	*rows = f->rows + 2;
	*cols = (f->title != NULL ? canvas_columns(f->title) : 0) + 8;
	for (int i = 0; i < f->rows; i++) {
		n = row_columns(&f->row[i], labels) + 2 * MARGIN;
		if (n > *cols)
			*cols = n;
	}
}

struct canvas
form_frame(struct canvas c, const char *title, int rows, int cols)
{
	struct canvas in;

	rows = rows < c.rows ? rows : c.rows;
	cols = cols < c.cols ? cols : c.cols;
	in = canvas_part(
	    c, (c.rows - rows) / 2, (c.cols - cols) / 2, rows, cols);
	canvas_clear(in, STYLE_DIALOG);
	canvas_box(in, STYLE_DIALOG, title);
	return canvas_part(in, 1, MARGIN, in.rows - 2, in.cols - 2 * MARGIN);
}

/* The input in its brackets; returns the column behind them. */
static int
draw_input(struct canvas c, int row, int col, struct form_row *r, bool focus)
{
	canvas_char(c, row, col, STYLE_DIALOG, '[');
	input_draw(c, row, col + 1, r->width, r->input, focus);
	canvas_char(c, row, col + 1 + r->width, STYLE_DIALOG, ']');
	return col + r->width + 3;
}

static void
draw_row(struct canvas c, struct form *f, int i, int row, int labels)
{
	struct form_row *r = &f->row[i];
	int col = 0;

	if (has_label(r))
		canvas_text(c, row, 0, labels, STYLE_DIALOG, r->label);
	if (has_label(r) || r->input != NULL)
		col = labels;
	if (r->input != NULL)
		col = draw_input(c, row, col, r, f->focus == i);
	canvas_text(c, row, col, -1,
	    r->style == STYLE_NORMAL ? STYLE_DIALOG : r->style, r->text);
}

void
form_draw(struct canvas c, struct form *f)
{
	int rows, cols, labels = label_columns(f), first = 0;
	struct canvas in;

	measure(f, &rows, &cols);
	in = form_frame(c, f->title, rows, cols);
	/* too small a place: the row with the focus is there */
	if (f->focus >= in.rows)
		first = f->focus - in.rows + 1;
	for (int i = first; i < f->rows && i - first < in.rows; i++)
		draw_row(in, f, i, i - first, labels);
}

static bool
move_focus(struct form *f, int by)
{
	int i = f->focus;

	if (i < 0)
		return false;
	do
		i = (i + by + f->rows) % f->rows;
	while (f->row[i].input == NULL);
	f->focus = i;
	return true;
}

bool
form_key(struct form *f, const struct key *k)
{
	if (f->focus < 0)
		return false;
	switch (k->mods == 0 ? k->code : (uint32_t)K_NONE) {
	case K_TAB:
	case K_DOWN:
		return move_focus(f, 1);
	case K_BACKTAB:
	case K_UP:
		return move_focus(f, -1);
	}
	return input_key(f->row[f->focus].input, k) != INPUT_IGNORED;
}
