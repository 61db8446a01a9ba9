/* SPDX-License-Identifier: ISC */
/*
 * canvas.h - a rectangle of the screen to draw into.
 *
 * A canvas is a small value: pass it on, cut parts from it. Coordinates
 * count from 0 inside it; whatever would fall outside is not drawn, so that
 * no widget needs to know how small its place is. All text goes through
 * text_clean() here once more, is cut by columns, never inside a character,
 * and becomes ASCII where the terminal is drawn in ASCII.
 *
 * Valid between terminal_frame_begin() and terminal_frame_end(). A frame
 * begins blank and is drawn whole; only what differs is sent.
 */
#ifndef TERM_CANVAS_H
#define TERM_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "term/glyph.h"
#include "term/style.h"

struct surface;

struct rect {
	int row, col, rows, cols;
};

struct canvas {
	struct surface *on;
	int row, col;	/* on the screen */
	int rows, cols;	/* never negative */
};

/* A part, cut to what is there. */
struct canvas canvas_part(struct canvas c, int row, int col, int rows, int cols);
struct canvas canvas_rect(struct canvas c, struct rect r);

/* The columns that a text takes when it is drawn whole. */
int canvas_columns(const char *text);
/* Text from col on: in exactly width columns (filled up with blanks, cut
 * with an ellipsis), or with width < 0 up to the edge, not filled up.
 * Returns the columns that the text itself took. */
int canvas_text(struct canvas c, int row, int col, int width, enum style s,
    const char *text);
int canvas_text_right(struct canvas c, int row, int col, int width,
    enum style s, const char *text);
int canvas_printf(struct canvas c, int row, int col, int width, enum style s,
    const char *fmt, ...) __attribute__((format(printf, 6, 7)));
void canvas_char(struct canvas c, int row, int col, enum style s, uint32_t code);
void canvas_glyph(struct canvas c, int row, int col, enum style s, enum glyph g);
void canvas_fill(struct canvas c, enum style s, uint32_t code);	/* all of it */
void canvas_clear(struct canvas c, enum style s);
void canvas_hline(struct canvas c, int row, int col, int width, enum style s);
void canvas_vline(struct canvas c, int row, int col, int height, enum style s);
/* A frame around the edge, with a title in its upper line (or NULL). */
void canvas_box(struct canvas c, enum style s, const char *title);
/* Another style for cells that are drawn already; characters stay. */
void canvas_restyle(struct canvas c, int row, int col, int width, enum style s);
/* Where the terminal's cursor stands after this frame; else it is hidden. */
void canvas_cursor(struct canvas c, int row, int col);

bool canvas_ascii(struct canvas c);
/* The half of the second in which unacknowledged badges are inverted.
 * Asking makes the terminal want a frame when it changes (terminal.h). */
bool canvas_flash(struct canvas c);

#endif
