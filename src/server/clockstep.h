/* SPDX-License-Identifier: ISC */
/*
 * clockstep.h - the machine's clock was set while the server runs, or while
 * it did not.
 *
 * What lasts for a time lasts for elapsed time (P8, P14, P18): its end is kept
 * as a time of the wall clock, so that it outlives a restart, and goes along
 * when that clock is set; so does the time of an acknowledgement from which an
 * alarm is re-armed. Nothing else is moved: what was recorded keeps the time
 * that it was given then, and its order is that of its numbers (P22).
 *
 * Running, a step is what the wall clock went more or less than the one that
 * nobody sets, and that goes on while the machine sleeps.
 * Over a restart only a clock that went back can be known: the record holds a
 * time that has been. What passed meanwhile then counts as nothing.
 */
#ifndef SERVER_CLOCKSTEP_H
#define SERVER_CLOCKSTEP_H

#include <stdbool.h>

#include "base/clock.h"

struct core;

struct clockstep {
	bool known;
	struct span ahead;	/* of the wall clock, before the other one */
	struct mono kept;	/* when the record got the time last */
};

/* All that has an end is loaded: since when there is one. */
void clockstep_start(struct core *c);
void clockstep_look(struct core *c);	/* both clocks were read */
void clockstep_second(struct core *c);

#endif
