/* SPDX-License-Identifier: ISC */
/*
 * logging.h - which values of a tag become samples of its history.
 *
 * The rule of the project (log = { .. }):
 *   deadband   a number that differs by less from the last sample is none;
 *              0: every change is one
 *   at_least   a sample at least so often, without a change too
 *   at_most    not more often; what came in between is looked at when the
 *              time is over, so that the last value is never lost
 * Quality, cause and flags are never held back: their change is a sample at
 * once. A tag that was never read has none, so that nothing is claimed.
 *
 * Pure: the caller has the values and the clock.
 */
#ifndef MODEL_LOGGING_H
#define MODEL_LOGGING_H

#include "base/clock.h"
#include "model/plant.h"
#include "model/value.h"

/* About one tag, for as long as it is logged. Zeroed at first. */
struct logging {
	struct value last;	/* the last sample; of a text all but it */
	struct mono at;		/* when it was taken */
	bool begun;		/* there was one */
	bool held;		/* a change waits for at_most to be over */
};

/* The tag has this value since just now: is it a sample? */
bool logging_change(struct logging *l, const struct log_rule *r,
    const struct value *v, struct mono now);
/* Nothing changed, but time went by: is the value a sample now? */
bool logging_look(struct logging *l, const struct log_rule *r,
    const struct value *v, struct mono now);
/* When to look; MONO_NEVER: only at the next change. */
struct mono logging_due(const struct logging *l, const struct log_rule *r);

#endif
