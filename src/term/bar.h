/* SPDX-License-Identifier: ISC */
/*
 * bar.h - values as lengths: the range bar and the contents of a tank.
 *
 * The range bar shows at a glance whether a value is where it belongs:
 *
 *	├──░░▒▒▲▒◇░░──┤   - outside the alarm limits, . operating, = desired,
 *	                  triangle the value, diamond its setpoint
 *
 * A value outside the scale stands at its end, inside the bar. NAN stands
 * for "there is none" everywhere; a value that is not good is shown by ? at
 * the left end and no triangle.
 */
#ifndef TERM_BAR_H
#define TERM_BAR_H

#include <stdbool.h>

#include "term/canvas.h"

struct bar {
	double min, max;	/* scale; min < max, else the bar is unknown */
	double low, high;	/* alarm limits */
	double want_low, want_high;	/* desired range */
	double value, setpoint;
	bool good;		/* the value may be shown */
};

/* All NAN, not good. */
struct bar bar_none(void);
/* One row of the canvas, all its columns. */
void bar_draw_range(struct canvas c, int row, const struct bar *b);
/* The whole canvas, filled from below. */
void bar_draw_tank(struct canvas c, const struct bar *b);

#endif
