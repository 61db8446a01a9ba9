/* SPDX-License-Identifier: ISC */
/*
 * bypass.h - an interlock that does not refuse for a time (P14).
 *
 * A person lets one command of one object go although its interlock is false
 * or not known. It is about the interlock as it was written then: with another
 * one it is over. Nothing goes to a PLC by it, and what the PLC itself refuses
 * it goes on refusing.
 *
 * Its time is elapsed time, through restarts too. While the server runs a
 * step of the machine's clock makes it neither longer nor shorter; after a
 * restart it lasts no longer than it was given for. Pure.
 */
#ifndef MODEL_BYPASS_H
#define MODEL_BYPASS_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/plant.h"

#define BYPASS_REASON_MAX 200
#define BYPASS_INTERLOCK_MAX 1000	/* a project has no longer text */
#define BYPASS_MOST_MS (24 * 3600000LL)	/* the longest */

struct bypass {
	char object[PLANT_NAME_MAX + 1], command[PLANT_NAME_MAX + 1];
	char interlock[BYPASS_INTERLOCK_MAX + 1];	/* as written */
	char user[33], station[65], reason[BYPASS_REASON_MAX + 1];
	struct wall since, until;
	struct mono ends;	/* (run) */
};

/* May this command's interlock be bypassed for so long? 0, or -1 and why. */
int bypass_can(const struct command *k, struct span length, struct err *e);
/* It begins now: since, until, ends and the interlock. */
void bypass_begin(struct bypass *b, const struct command *k,
    struct span length, struct mono now, struct wall wall);
/* It came from the record: ends. */
void bypass_restored(struct bypass *b, struct mono now, struct wall wall);
bool bypass_is_over(const struct bypass *b, struct mono now);
/* until, by a clock that may have been set since. */
struct wall bypass_until(
    const struct bypass *b, struct mono now, struct wall wall);
/* Does it hold for this command, as that is now? */
bool bypass_is_of(const struct bypass *b, const struct command *k);

#endif
