/* SPDX-License-Identifier: ISC */
/*
 * backfill.h - days that the plant did not live through, at full speed.
 *
 * Runs the works from so long ago until now, reads it as a server would (by
 * the project's points, poll classes and logging rules) and makes the history,
 * the journal and the audit that a server would have of these days, all
 * marked as simulated. On Saturdays and Sundays the town uses less; one pump
 * trips and is reset by somebody twenty minutes later; one storm comes and
 * goes, and some of what operators do on such days is done.
 *
 * All of it stands in its place at the end, or nothing (store/stage.h).
 */
#ifndef SIM_BACKFILL_H
#define SIM_BACKFILL_H

#include "base/clock.h"
#include "base/err.h"
#include "sim/sim.h"

struct backfill {
	const char *project;	/* directory */
	const char *state;	/* of the server: nothing is in it yet */
	struct span span;
	uint64_t samples;	/* how many it were */
};

/* Is there a past that only its plant is missing from? A run was ended after
 * it had put the state in its place. */
bool backfill_is_there(const struct backfill *b);
/* s is fresh; afterwards its plant stands at now. As stage_keep(): 1 and why if
 * the state is in its place but may not outlive a power failure. */
int backfill_run(struct backfill *b, struct sim *s, struct err *e);

#endif
