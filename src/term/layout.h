/* SPDX-License-Identifier: ISC */
/*
 * layout.h - how a rectangle is shared out.
 *
 * A box holds boxes side by side or one above the other. Each wants a FIXED
 * number of cells, its CONTENT (what the widget measured), or to GROW with a
 * weight; FIXED and CONTENT are served first, in order, GROW shares the
 * rest. What does not fit gets less, down to nothing: layout never fails.
 * Pure: no terminal, no time. A parent owns nothing; boxes are usually in a
 * struct of their view.
 */
#ifndef TERM_LAYOUT_H
#define TERM_LAYOUT_H

#include "base/buf.h"
#include "term/canvas.h"

#define LAYOUT_CHILDREN 16	/* at most, of one box */

enum layout_size { LAYOUT_FIXED, LAYOUT_GROW, LAYOUT_CONTENT };
enum layout_way { LAYOUT_ROWS, LAYOUT_COLUMNS };	/* of its children */

struct layout {
	const char *name;
	enum layout_size kind;
	int size;	/* cells (FIXED, CONTENT), weight (GROW, from 1) */
	int least;	/* GROW: with less it leaves all to the others */
	enum layout_way way;
	struct layout **child;	/* n of them, at most LAYOUT_CHILDREN */
	int n;
	struct rect at;	/* the result */
};

/* Shares out where among the children of root and theirs. */
void layout_reflow(struct layout *root, struct rect where);
/* One line per box, children indented: "  body 19x80 at 3,0". */
void layout_print(const struct layout *root, struct buf *out);

/* The frame of every console screen. Rows that a small terminal has not got
 * are taken from the body first, then the second banner row, the footer, the
 * status; one banner row stays to the last, the message line next to it. */
struct layout_frame {
	struct rect status, banner, body, message, footer;
};
struct layout_frame layout_frame(int rows, int cols);

#endif
