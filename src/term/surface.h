/* SPDX-License-Identifier: ISC */
/*
 * surface.h - the curses side of a screen; private to this room, and the only
 * place that includes <curses.h>.
 *
 * The colour pair of a cell is the number of its style, in mono too (where
 * ncurses stores it and sends nothing). So a cell says what it means, and
 * dump.c reads it back.
 */
#ifndef TERM_SURFACE_H
#define TERM_SURFACE_H

#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdbool.h>

#include "term/style.h"

struct surface {
	SCREEN *screen;
	WINDOW *win;
	attr_t attrs[STYLE_COUNT];
	bool ascii;
	bool flash;	/* the half of the second that is inverted */
	bool flashes;	/* something of this frame asked for it */
	int cursor_row, cursor_col;	/* -1: hidden */
};

#endif
