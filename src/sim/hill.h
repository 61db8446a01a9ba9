/* SPDX-License-Identifier: ISC */
/*
 * hill.h - the reservoir on the hill: filled from the town's main through
 * HV-601, emptied by the houses above the town.
 *
 * Its outstation has a small program of its own: in AUTO it opens the inlet
 * below one level and closes it above another. It has a supply of its own,
 * and a battery for two days.
 *
 * Plain data without pointers.
 */
#ifndef SIM_HILL_H
#define SIM_HILL_H

#include <stdbool.h>

#include "sim/instrument.h"
#include "sim/rng.h"
#include "sim/valve.h"

#define HILL_AREA 180.0		/* m2 */
#define HILL_TOP  5.0		/* m, then it overflows */

enum hill_mode { HILL_MANUAL, HILL_AUTO };

struct hill {
	/* water */
	double level;			/* m */
	double base_draw;		/* m3/h, mean of a day */
	double q_in, q_out, q_overflow;	/* m3/h */
	double in_m3, out_m3;		/* whole life */
	/* its house */
	bool supply, door_open;
	double battery;			/* V */
	/* what the outstation holds; retained */
	double mode;			/* enum hill_mode */
	double open_at, close_at;	/* m */
	struct valve hv601;
	struct instrument lt601, ft601, ft602, et601;
};

void hill_init(struct hill *h);
/* What flows into it in m3/h when the main below has this pressure in bar. */
double hill_takes(const struct hill *h, double bar);
/* Water, actuator and battery. q_in: of hill_takes(). share: what the houses
 * want now, as a share of a day's mean. */
void hill_step(struct hill *h, double q_in, double share, double dt);
void hill_measure(struct hill *h, struct rng *r, double dt);
/* The outstation's program. */
void hill_scan(struct hill *h, double dt);

#endif
