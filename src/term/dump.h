/* SPDX-License-Identifier: ISC */
/*
 * dump.h - what a person sees, as text: each row's characters, then, on a
 * line of its own, each cell's style letter (style.h). It reads the cells
 * back from the screen, so it shows what was drawn, not what was meant.
 *
 *	| LT-501 Level  0.92 m |
 *	:.llllllllllllllvvvvl..:
 */
#ifndef TERM_DUMP_H
#define TERM_DUMP_H

#include "base/buf.h"
#include "term/terminal.h"

enum dump_what { DUMP_TEXT = 1, DUMP_STYLES = 2 };

/* Appends the rectangle of the screen as last drawn; what: enum dump_what,
 * joined. Text alone has no borders and no blanks at the end of lines. */
void dump_rect(
    struct terminal *t, struct rect r, unsigned what, struct buf *out);
void dump_screen(struct terminal *t, unsigned what, struct buf *out);

#endif
