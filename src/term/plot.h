/* SPDX-License-Identifier: ISC */
/*
 * plot.h - what stands around curves: a scale on the left, times below, a
 * cursor. The curves themselves are term/trend's, in the canvas that
 * plot_frame() leaves free; all of them share its times, each has its own
 * scale, and the scale shown is that of one of them.
 */
#ifndef TERM_PLOT_H
#define TERM_PLOT_H

#include <stdbool.h>
#include <stdint.h>

#include "term/canvas.h"
#include "term/trend.h"

#define PLOT_SCALE 9		/* columns of the scale */
#define PLOT_BELOW 2		/* rows of axis and times */

struct plot {
	int64_t from_ms, to_ms;	/* wall time, from < to */
	double min, max;	/* the scale shown; equal: none */
	int decimals;
	enum style pen;		/* of the scale */
};

/* Draws scale, axis and times; returns what is free for curves. */
struct canvas plot_frame(struct canvas c, const struct plot *p);
/* Marks on the axis where a part of a column's time is bad; what is bad as a
 * whole has no curve there. c as for plot_frame. */
void plot_bad(struct canvas c, const struct trend *t);
/* A line through the free canvas at this time, under curves. */
void plot_cursor(struct canvas inside, const struct plot *p, int64_t ms);

/* Pure. The time at the left edge of a column; the column of a time. */
int64_t plot_time(const struct plot *p, int cols, int col);
int plot_column(const struct plot *p, int cols, int64_t ms);
/* The distance of times below, so that their texts have room. */
int64_t plot_step(int64_t span_ms, int cols);

#endif
