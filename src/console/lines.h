/* SPDX-License-Identifier: ISC */
/*
 * lines.h - a label and what stands behind it, row by row: what sheets of one
 * alarm or event are made of. Each returns the next free row.
 */
#ifndef CONSOLE_LINES_H
#define CONSOLE_LINES_H

#include "term/canvas.h"

#define LINES_LABEL 12	/* columns */

/* One row; what is too long is cut. */
int lines_put(struct canvas c, int row, const char *label, const char *text);
/* As many rows as it takes, broken at blanks; none for "". */
int lines_paragraph(
    struct canvas c, int row, const char *label, const char *text);

#endif
