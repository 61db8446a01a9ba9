/* SPDX-License-Identifier: ISC */
/*
 * lift.h - how plc1 runs the three high-lift pumps as a group.
 *
 * In AUTO it keeps as many running as are wanted: one more when the pressure
 * control was at its upper end for some minutes, one less when it was low for
 * long; another, the one with the fewest hours, when one trips; and the duty
 * goes round after so many hours. Who starts or stops a pump by hand changes
 * how many are wanted. After an outage none is: they are the operator's.
 *
 * Plain data without pointers.
 */
#ifndef SIM_LIFT_H
#define SIM_LIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/pump.h"

#define LIFT_PUMPS 3

enum lift_mode { LIFT_MANUAL, LIFT_AUTO };

struct lift {
	/* retained */
	double mode;			/* enum lift_mode */
	double rotate_h;		/* hours of duty */
	/* state */
	uint32_t wanted;
	bool commanded[LIFT_PUMPS];	/* at the last scan */
	double duty_s[LIFT_PUMPS];	/* running since its turn came */
	double full_s, idle_s, missing_s, overlap_s;
};

void lift_init(struct lift *l, const struct pump pumps[LIFT_PUMPS]);
/* One scan, before the pumps' own. out: of the pressure control, in %; locks:
 * what keeps all of them from running. */
void lift_scan(struct lift *l, struct pump pumps[LIFT_PUMPS], double out,
    uint32_t locks, double dt);

#endif
