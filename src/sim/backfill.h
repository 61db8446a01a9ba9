/* SPDX-License-Identifier: ISC */
/*
 * backfill.h - days that the plant did not live through, at full speed.
 *
 * Runs the works from so long ago until now, reads it as a server would (by
 * the project's points, poll classes and logging rules) and brings the
 * samples into the history of a server that does not run, each marked as
 * simulated. On Saturdays and Sundays the town uses less; one pump trips and
 * is reset by somebody twenty minutes later; one storm comes and goes.
 */
#ifndef SIM_BACKFILL_H
#define SIM_BACKFILL_H

#include "base/clock.h"
#include "base/err.h"
#include "sim/sim.h"

struct backfill {
	const char *project;	/* directory */
	const char *state;	/* of the server; its history is in it */
	struct span span;
	uint64_t samples;	/* how many it were */
};

/* s is fresh; afterwards its plant stands at now. */
int backfill_run(struct backfill *b, struct sim *s, struct err *e);

#endif
