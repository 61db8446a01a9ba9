/* SPDX-License-Identifier: ISC */
/*
 * digits.h - numbers three rows high, to be read from across the room: drawn
 * from lines, so that every terminal has them, also in ASCII.
 */
#ifndef TERM_DIGITS_H
#define TERM_DIGITS_H

#include <stdbool.h>

#include "term/canvas.h"

#define DIGITS_ROWS 3

/* The columns of a number such as -12.3, or ---; -1: something else is in it. */
int digits_columns(const char *number);
/* Draws it with its upper left corner there. */
void digits_draw(
    struct canvas c, int row, int col, enum style s, const char *number);

#endif
