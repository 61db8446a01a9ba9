/* SPDX-License-Identifier: ISC */
/*
 * commit.h - the batch of this turn and those who wait for it.
 *
 * Handlers append to commit_batch(); at the end of the turn the batch is
 * submitted. commit_then() calls back, in order, when all that was appended
 * up to now is committed.
 */
#ifndef SERVER_COMMIT_H
#define SERVER_COMMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"

struct core;
struct record_batch;

typedef void commit_fn(struct core *c, void *arg, uint64_t number);

struct commit {
	struct record_batch *batch;	/* NULL: nothing yet in this turn */
	bool safe;		/* it holds a safe command (P3) */
	uint64_t next;		/* the number the batch will get */
	uint64_t done;		/* committed up to here */
	struct mono behind;	/* oldest batch that waits; MONO_NEVER */
	VEC(struct commit_waiter {
		uint64_t number;
		bool safe;	/* on disk in the reserve is enough */
		commit_fn *fn;
		void *arg;
	}) waiters;
};

struct record_batch *commit_batch(struct core *c);
void commit_then(struct core *c, commit_fn *fn, void *arg);
/* As commit_then, but the reserve file is enough (P3). */
void commit_then_safe(struct core *c, commit_fn *fn, void *arg);
/* Nobody waits with this arg any more. */
void commit_forget(struct core *c, const void *arg);
/* P20: what those who wait with fn hold is called otherwise now. */
void commit_move(struct core *c, commit_fn *fn,
    void *(*moved)(void *arg, void *held), void *arg);
void commit_submit(struct core *c);	/* end of the turn */
void commit_release(struct core *c);	/* calls who need not wait longer */
/* After the record was closed and nobody is on: what is held by those who
 * still wait is given back. They may append nothing more. */
void commit_fini(struct core *c);
/* Nothing could be committed for more than 1 s (P19). */
bool commit_is_behind(const struct core *c);

#endif
