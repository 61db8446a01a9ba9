/* SPDX-License-Identifier: ISC */
/*
 * swap.h - another project takes the place of the one that runs (P20).
 *
 * swap_new() makes, in a thread of its own, all that can be made ahead: the
 * difference, tables for the new plant, field's new plan as messages. The
 * core's thread then only moves what goes on from the old slots to the new
 * ones, and resets what the difference names: swap_run(), milliseconds at
 * 100,000 tags. What the project does not touch goes on without noticing.
 *
 * Who keeps slots of the plant (tags, alarms, objects, commands, lines,
 * devices) moves them in a step of its own, listed in swap.c. Who waits for a
 * commit or a thread keeps names, not slots.
 */
#ifndef SERVER_SWAP_H
#define SERVER_SWAP_H

#include "model/difference.h"
#include "server/alarms.h"
#include "server/fieldlink.h"
#include "server/live.h"
#include "server/logs.h"
#include "server/users.h"

struct core;

struct swap {
	struct plant *old, *plant;	/* plant: what is to hold */
	struct difference *d;
	struct live live;		/* for plant, still without values */
	struct alarms alarms;
	struct log_tag *logs;
	struct fieldplan field;
	char by[USER_NAME_MAX + 1], station[65];
};

/* Nothing is known of earlier projects: all is as of this revision. */
void swap_init(struct core *c);
/* (any thread) plant and the difference become the swap's; old stands until
 * swap_run(). */
struct swap *swap_new(
    struct plant *old, struct plant *plant, struct difference *d);
/* (any thread) With the plant that does not hold (any longer). NULL is fine. */
void swap_free(struct swap *s);
/* c->plant is another one behind this. */
void swap_run(struct core *c, struct swap *s);
/* Is it one that `apply` takes away only with --retire: an alarm that is not
 * normal or inhibited, a tag that is overridden, an object that is locked out? */
bool swap_must_retire(const struct core *c, const struct difference_row *r);

/* The slots of a sort, or NONE where it has begun anew. */
static inline const struct slots *
swap_slots(const struct swap *s, enum difference_sort sort)
{
	return &s->d->of[sort];
}
/* Old tag to new one, if its value goes on. */
uint32_t swap_kept_tag(const struct swap *s, uint32_t old);

#endif
