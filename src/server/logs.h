/* SPDX-License-Identifier: ISC */
/*
 * logs.h - the logged tags: what becomes a sample (model/logging.h) and goes
 * to the history, at the end of each turn. Nothing here waits for a disk.
 *
 * A sample's time is when the value was read (P22): an unchanged one that is
 * due carries its last good read, one that grew stale the read before that.
 */
#ifndef SERVER_LOGS_H
#define SERVER_LOGS_H

#include <stdbool.h>
#include <stdint.h>
#define HASH_FUNCTION HASH_FNV	/* the usual one falls through labels */
#include <uthash.h>

#include "base/clock.h"
#include "base/vec.h"
#include "model/logging.h"
#include "model/plant.h"
#include "store/history.h"

struct core;

struct log_tag {
	uint32_t id;		/* in the history; NONE: not logged */
	struct logging state;
	struct mono planned;	/* its timer; MONO_NEVER: none */
	struct wall kept;	/* time of the last sample */
};

/* A tag that was renamed: its history goes on under the name that it began
 * with; whoever asks for it by the present name gets all of it. */
struct log_name {
	char tag[PLANT_NAME_MAX + 1], stored[PLANT_NAME_MAX + 17];
	UT_hash_handle hh, by_stored;
};

struct logs {
	struct history *history;
	struct log_tag *tags;	/* by slot */
	uint32_t n;
	struct wall since;	/* a mark: nothing is known from before */
	struct wall ahead;	/* the clock was set back; 0: passed since */
	bool failing;		/* at the last second's look */
	/* of tags that were renamed (P20): by tag, and by what is stored */
	struct log_name *names, *stores;
};

void logs_init(struct core *c);
void logs_start(struct core *c);
void logs_fini(struct core *c);
/* P20: what is not logged any more ends, what is new begins, the rest goes on
 * by the rule that holds now. */
struct swap;
void logs_swap(struct core *c, struct swap *s);
/* The name under which the history of a tag is kept. */
const char *logs_stored(const struct core *c, const char *tag);
/* Its history has no other name any more; the history of the tag is that of
 * one called name (server/moving.h). */
void logs_drop(struct core *c, const char *tag);
void logs_record_as(struct core *c, const char *tag, const char *name);
/* (any thread) A table for a plant that does not hold yet. */
struct plant;
struct log_tag *logs_prepare(const struct plant *p);

void logs_change(struct core *c, uint32_t tag);	/* by live.c */
/* What was read last, before the live table has what was read now, is kept
 * with the time of that reading: whoever asks later knows when it held. */
void logs_held(struct core *c, uint32_t tag);
void logs_due(struct core *c, uint32_t tag);	/* its timer */
void logs_turn(struct core *c);		/* hands over what came */
void logs_second(struct core *c);	/* also when nothing came */
/* The wall clock was set. What is known ended before, and begins now; and once
 * more when it is again what it was then, so that no old value goes on. */
void logs_clock_set(struct core *c, struct wall before);
/* What was written before ends in what is still to come, at until. */
void logs_wait(struct core *c, struct wall until);
/* Samples cannot be kept, or are being lost. */
bool logs_are_failing(const struct core *c);

#endif
