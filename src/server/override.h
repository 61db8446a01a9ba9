/* SPDX-License-Identifier: ISC */
/*
 * override.h - values shown by hand instead of those that are read (P18).
 *
 * An override replaces what we show, alarm, calculate and record, never what
 * the plant does. It has a reason and an end; it is uncertain and carries its
 * flag, and so does everything calculated from it. The real value goes on
 * being read beside it (live_real): read-back and feedbacks of commands
 * look at that alone. What people write is given a setpoint, not overridden.
 *
 * Kept in the record by the tag's name, with its end, through restarts and
 * projects; one whose tag the project does not have, or has with another
 * type, waits there until its end.
 */
#ifndef SERVER_OVERRIDE_H
#define SERVER_OVERRIDE_H

#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/difference.h"

struct core;

#define OVERRIDE_REASON_MAX 200
#define OVERRIDE_MOST_MS (30 * 24 * 3600000LL)	/* the longest */

struct override {
	char tag[PLANT_NAME_MAX + 1];
	uint32_t slot;		/* or NONE: it waits */
	struct value value;	/* a text borrows text; time: since when */
	char text[VALUE_TEXT_MAX + 1];
	char user[33], station[65], reason[OVERRIDE_REASON_MAX + 1];
	struct wall until;
};
struct overrides {
	VEC(struct override *) all;
};

int overrides_load(struct core *c, struct err *e);
/* The wall clock was set: they last as long as they were to last. */
void overrides_clock_set(struct core *c, struct span by);
void overrides_fini(struct core *c);
/* Before and after c->plant is replaced: what is read stands alone, and what
 * holds is put over it again. One whose tag is gone ends. */
void overrides_lift(struct core *c);
void overrides_resolve(struct core *c, const struct slots *tags);
/* Those that the new plant ends or calls otherwise, as rows of `plan`. */
struct swap;
struct told;
void overrides_tell(
    struct told *t, const struct core *c, const struct swap *s);
/* Where it stands in the plant now is, or NONE: it ends with that. */
uint32_t override_slot(const struct override *o, const struct plant *now,
    const struct slots *tags);
/* Its row goes; it is there under another name, too, unless the new plant ends
 * it or somebody did since that was written (server/moving.h). */
void overrides_drop(struct core *c, const char *tag);
void overrides_record_as(struct core *c, const struct swap *s,
    const char *tag, const char *name);
void overrides_due(struct core *c);	/* TIMER_OVERRIDE */
/* Committed: it holds. Takes o; one of this tag is replaced. */
void overrides_take(struct core *c, struct override *o);
/* Committed, or its time is over: what is read is shown again. */
void overrides_end(struct core *c, const char *tag);
/* Into this turn's batch, under this name. */
void override_record(
    struct core *c, const struct override *o, const char *tag);
const struct override *overrides_find(const struct core *c, const char *tag);

#endif
