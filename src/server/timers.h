/* SPDX-License-Identifier: ISC */
/*
 * timers.h - what is due when: a heap of (time, sort, slot). Entries are
 * never taken back: whoever set one looks again when it comes whether it
 * still means something.
 */
#ifndef SERVER_TIMERS_H
#define SERVER_TIMERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"

enum timer_sort {
	TIMER_ALARM,	/* slot of the alarm */
	TIMER_COMMAND,	/* number of the command in flight */
	TIMER_BEAT,
	TIMER_STALE,	/* blocks grow old */
	TIMER_PUBLISH,	/* a session may get its next update */
	TIMER_PEER,	/* those who say nothing */
	TIMER_PASSWORD,	/* an attempt has waited long enough */
	TIMER_AGE,	/* expressions that use age() */
	TIMER_LOG,	/* a tag's history wants a sample */
	TIMER_FIELD,	/* what field had no room for */
	TIMER_OVERRIDE,	/* the time of one may be over */
	TIMER_BYPASS	/* the same */
};

struct timer {
	struct mono due;
	uint64_t slot;
	uint8_t sort;
};
struct timers {
	VEC(struct timer) heap;
};

void timers_add(
    struct timers *t, enum timer_sort sort, uint64_t slot, struct mono due);
struct mono timers_due(const struct timers *t);
/* The first that is due, removed; false if none is. */
bool timers_take(struct timers *t, struct mono now, struct timer *out);
/* Other slots for a sort (P20); what has none any more is for nobody. */
void timers_move(struct timers *t, enum timer_sort sort,
    uint64_t (*slot)(void *arg, uint64_t old), void *arg);
void timers_fini(struct timers *t);

#endif
