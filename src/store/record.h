/* SPDX-License-Identifier: ISC */
/*
 * record.h - record.db: audit, journal, runtime state, sessions, users.
 *
 * All of it is one SQLite file, so that one transaction keeps it consistent.
 * One connection in one thread, the record thread, writes and checkpoints;
 * two reader threads answer queries read-only, a page a transaction.
 *
 * The core appends to a batch during a turn and submits it. Whenever the
 * record thread is idle it commits all that is queued, in order (group
 * commit), and calls done. A batch is never split; what is committed is on
 * the disk (synchronous FULL).
 *
 * Trouble (P19): while somebody else holds the lock, the disk is full or
 * fails, nothing is lost or reordered: the queue waits in memory. After a
 * failed fsync nothing may be believed: the connection is closed, the file
 * opened again, its log written once more and synced, all of it checked, and
 * only what is not there is replayed. A commit is never tried again on a
 * connection that failed.
 *
 * The end of the audit's chain (row and hash) is logged at the start, every
 * ten minutes if it moved, and at the close: whoever keeps the log elsewhere
 * can show later that nothing was cut off or computed anew.
 *
 * All calls are for one thread, the core's, but for those marked (any).
 */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct record;
struct record_batch;

/* The queue's bounds: beyond, record_submit() takes nothing. */
#define RECORD_QUEUE_OPS 200000
#define RECORD_QUEUE_BYTES (64 << 20)
/* A last part of the queue is kept for safe commands (P3). */
#define RECORD_QUEUE_SAFE_BYTES (1 << 20)

/* From the record thread, also when the health changed: wake the loop, do no
 * more. upto: record_committed(). */
typedef void record_done_fn(void *arg, uint64_t upto);

/*
 * Opens or creates dir/record.db and dir/record.reserve; both being there, a
 * full disk or a held lock is no reason to fail. Refuses a newer
 * schema, a foreign file, a damaged one and an audit whose last rows do not
 * chain. Rows that a safe command left in the reserve are moved into the
 * audit here, each once. Waits at most 5 s for a process that still has it
 * open (owner.h). NULL and why. Then load.h; then record_start().
 */
struct record *record_open(const char *dir, struct err *e);
/* Starts record and reader threads. */
void record_start(struct record *r, record_done_fn *done, void *arg);
/* Commits what is queued, waiting at most 5 s, and closes. -1: something
 * could not be committed. NULL is fine. */
int record_close(struct record *r, struct err *e);

/*
 * Takes the batch and returns its number, or 0 if the queue is full (the
 * batch stays the caller's). An empty batch is fine: its number is committed
 * when all before it is. now: for record_health.
 */
uint64_t record_submit(
    struct record *r, struct record_batch *b, struct mono now);
/*
 * As record_submit for a safe command (P3): if it cannot be committed at
 * once, its audit requests go to the preallocated reserve file, too, and the
 * number counts as safe. What was reserved is committed in its turn.
 */
uint64_t record_submit_safe(
    struct record *r, struct record_batch *b, struct mono now);
uint64_t record_committed(struct record *r);	/* (any) the last number */
/* (any) Committed, or its audit requests are on the disk in the reserve. */
bool record_is_safe(struct record *r, uint64_t n);
/* (any) Waits until n is committed; false after ms. For tools and tests. */
bool record_wait(struct record *r, uint64_t n, int ms);

struct record_health {
	bool ok;		/* the last attempt worked */
	/* When the oldest batch that waits was submitted; MONO_NEVER: none. */
	struct mono behind;
	char text[256];		/* why not ok; "" if ok */
	size_t ops, bytes;	/* that wait */
	uint64_t commits;	/* transactions since the start */
	uint64_t skipped;	/* rows refused by the schema: a bug, logged */
	int p99_ms;		/* of the last 256 commits, rounded up */
	uint64_t size;		/* bytes of the file and its log */
	int reserve_free;	/* rows that still fit into the reserve */
	/* Of its disk, looked at once a second; 0 bytes at all: not known. */
	uint64_t disk_free, disk_bytes;
};
/* (any) */
void record_health(struct record *r, struct record_health *h);
/* Less than a tenth of the disk, and less than 1 GiB, is free: somebody
 * has to make room before nothing can be recorded. */
bool disk_is_low(uint64_t free, uint64_t bytes);
/* (any) So is the one of this record. */
bool record_disk_is_low(struct record *r);
/* (any) As h->behind, for asking at every turn. */
struct mono record_behind(struct record *r);

/* The last numbers given out; as stored after the start. */
uint64_t record_event_seq(const struct record *r);
uint64_t record_audit_seq(const struct record *r);

#endif
