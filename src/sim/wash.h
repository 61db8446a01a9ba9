/* SPDX-License-Identifier: ISC */
/*
 * wash.h - the backwash sequence of a filter, as the PLC runs it.
 *
 * Eight steps; each says where the valves are to be and what ends it. A step
 * that is not over in its time is a fault: everything closes and stops, the
 * filter waits for a reset and is then filled again.
 */
#ifndef SIM_WASH_H
#define SIM_WASH_H

#include "sim/filter.h"

enum wash_step {
	WASH_NONE, WASH_INLET, WASH_DRAIN, WASH_OUTLET, WASH_AIR, WASH_BOTH,
	WASH_WATER, WASH_SETTLE, WASH_FILL, WASH_FAULT, WASH_OUT, WASH_STEPS
};

/* A filter that filters. */
void wash_init(struct filter *f);
/* One scan of filter f. Its commands are taken; its valves get references. */
void wash_scan(struct filters *s, struct filter *f, double dt);
/* What pump and blower are to do in the step; pump in % of speed. */
double wash_pump_speed(uint32_t step);
bool wash_blows(uint32_t step);
/* A wash in progress is given up: the CPU stops. */
void wash_stop(struct filter *f);

#endif
