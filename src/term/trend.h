/* SPDX-License-Identifier: ISC */
/*
 * trend.h - a curve in cells.
 *
 * Each column shows the least and greatest value of its stretch of time, so
 * that no spike is averaged away. A sample holds until the next one; one that
 * is not good begins a gap, and so does a time of more than hold_ms without
 * a sample. A gap is never bridged: it stays blank, with ? in the lowest row
 * where the value was bad.
 */
#ifndef TERM_TREND_H
#define TERM_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "term/canvas.h"

struct trend_sample {
	int64_t ms;	/* wall time, ascending */
	double low, high;	/* both the value, or a bucket's envelope */
	bool good;
	bool partly;	/* of a bucket: it was bad for some of its time */
};

struct trend {
	const struct trend_sample *sample;
	size_t n;
	int64_t from_ms, to_ms;	/* from < to; to is the right edge */
	int64_t hold_ms;	/* 0: a sample holds for ever */
	double min, max;	/* scale */
};

/* A column's stretch of time. */
struct trend_column {
	bool any, bad;		/* has a value; was bad somewhere in it */
	bool joined;		/* no gap to the column on its left */
	double low, high;
};

enum trend_graph {
	TREND_AUTO,	/* braille, or ASCII in the ASCII set */
	TREND_BRAILLE,
	TREND_LINE,	/* box characters, for fonts without braille */
	TREND_ASCII
};

/* Pure: the columns' envelopes. */
void trend_columns(
    const struct trend *t, struct trend_column *column, size_t n);
/* Scale from the samples: widened to a span that is not zero. False: there
 * is no good sample. */
bool trend_scale(const struct trend *t, double *min, double *max);
/* The curve over the whole canvas. Draws only its own cells, so that several
 * pens may share one canvas. */
void trend_draw(struct canvas c, const struct trend *t, enum style pen,
    enum trend_graph graph);
/* The pen's number, from 0, on its curve every few columns, never where
 * another pen has its own: colour alone tells nobody which is which. Behind
 * all curves. */
void trend_number(
    struct canvas c, const struct trend *t, enum style pen, unsigned number);

#endif
