/* SPDX-License-Identifier: ISC */
/*
 * counter.h - what a step of a counter means (P29).
 *
 * Counters are compared in raw counts. A step back is a rollover only if it
 * means less than the greatest rate times the time; else the counter was
 * reset, and how much it has counted meanwhile is known to nobody. A step
 * ahead that means more, and not only one count more, is none that it counted:
 * the device was exchanged, or what was read is wrong.
 *
 * Of what was recorded, the difference of two readings is what was counted
 * between them, also when nobody looked: an outage loses nothing, unless it
 * was so long that the counter may have gone round once more.
 */
#ifndef MODEL_COUNTER_H
#define MODEL_COUNTER_H

#include "model/plant.h"

enum counter_step {
	COUNTER_ON, COUNTER_ROLLED, COUNTER_RESET,
	COUNTER_JUMPED,		/* ahead, faster than it can */
	COUNTER_AT_LEAST	/* it may have gone round unseen */
};

/* What is to be known of a counter to add up its recorded readings, without
 * its plant. */
struct counter_kept {
	struct counter_rule rule;
	double zero, each;	/* value of no count; of one; in the tag's unit */
	bool whole;		/* counts are rounded as they are scaled */
	struct span late;	/* a reading may be that much older than its
				 * time: polls, deadband, at_most */
};

/* Nobody knows what was counted between the two. */
static inline bool
counter_is_lost(enum counter_step s)
{
	return s == COUNTER_RESET || s == COUNTER_JUMPED;
}
/* From old to new raw counts within this time, of which a poll period is part
 * (P22: the truth lies before); below 0: not known, the clock was set. *by is
 * how many were counted, 0 after a reset or jump. */
enum counter_step counter_step(const struct counter_rule *r, double old,
    double new, struct span time, double *by);
/* The raw counts of a value as it is scaled. */
double counter_raw(const struct tag *t, const struct value *v);
/* False: the tag is no counter. */
bool counter_keep(
    struct counter_kept *k, const struct plant *p, const struct tag *t);
/* From one recorded value to the next, which came so long after the old one
 * was recorded, and after it was last known to hold; *by in the tag's unit, 0
 * after a reset or jump. */
enum counter_step counter_between(const struct counter_kept *k, double old,
    double new, struct span since, struct span unknown, double *by);

#endif
