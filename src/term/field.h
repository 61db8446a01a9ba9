/* SPDX-License-Identifier: ISC */
/*
 * field.h - a value in a number of columns.
 *
 * A value that is not good never looks like one that is: it takes one column
 * for its mark (stale ~, bad, uncertain, override F, simulated S), and where
 * the mark and the value do not both fit, dashes stand for the value. A
 * number that does not fit shows ####, never a cut number (P31); a value
 * that was never read shows --- (P5).
 */
#ifndef TERM_FIELD_H
#define TERM_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "term/canvas.h"

enum field_quality {
	FIELD_GOOD,
	FIELD_UNCERTAIN,
	FIELD_STALE,
	FIELD_BAD,	/* with the last value */
	FIELD_NEVER	/* bad(initial): there is no value */
};
enum field_flags { FIELD_OVERRIDE = 1, FIELD_SIMULATED = 2, FIELD_BUSY = 4 };
enum field_align { FIELD_LEFT, FIELD_RIGHT };

struct field {
	const char *text;	/* a text, or NULL: the number */
	double number;
	int decimals;
	enum field_quality quality;
	unsigned flags;		/* enum field_flags, joined */
};

/* The number in at most width columns, or #### of that width. */
void field_number(
    char *dst, size_t cap, double number, int decimals, int width);
/* Draws exactly width columns. */
void field_draw(struct canvas c, int row, int col, int width,
    enum field_align align, const struct field *f);
/* The style of the value itself. */
enum style field_style(const struct field *f);
/* Columns it takes when all of it is shown. */
int field_measure(const struct field *f);

#endif
