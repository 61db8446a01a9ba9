/* SPDX-License-Identifier: ISC */
/*
 * inside.h - the record as its own files see it. Not for other rooms.
 *
 * Three owners: the core's thread (numbers given out), the record thread
 * (connection, position, reserve), and both under lock (the queue and what
 * is said about it). Batches in the queue are not changed by the core; the
 * record thread reads them without the lock and frees them.
 */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include <pthread.h>
#include <sys/queue.h>

#include "base/mem.h"
#include "base/vec.h"
#include "store/batch.h"
#include "store/cell.h"
#include "store/db.h"
#include "store/real.h"
#include "store/record.h"
#include "store/reserve.h"

/* One row of one statement. */
struct op {
	enum statement st;
	unsigned n;
	struct cell *cells;
};

struct record_batch {
	STAILQ_ENTRY(record_batch) next;
	struct record *record;
	struct arena *arena;	/* cells and texts */
	VEC(struct op) ops;
	size_t bytes;
	uint64_t n;		/* commit number */
	uint64_t audit_first, audit_last, event_last;	/* 0: none */
	struct mono submitted;
	bool safe;		/* goes to the reserve if it must wait */
	bool reserved;		/* is there */
};
STAILQ_HEAD(batch_queue, record_batch);

/* How far the file is: one row, written in each transaction. */
struct position {
	uint64_t batch, audit_seq, event_seq, event_limit;
	char hash[DIGEST_HEX];
};

/* How an attempt to commit ended. */
enum outcome {
	OUTCOME_DONE,
	OUTCOME_BUSY,	/* somebody else writes: soon again */
	OUTCOME_FULL,	/* no room: every second */
	OUTCOME_BROKEN	/* nothing may be believed: recover */
};

#define LATENCIES 256

struct record {
	/* the core's */
	uint64_t audit_seq, event_seq;	/* last given out */
	uint64_t audit_submitted;
	char *path;
	struct readers *readers;
	int owner;		/* descriptor of the lock, owner.h */
	bool started;
	pthread_t thread;
	record_done_fn *done;
	void *arg;

	/* the record thread's */
	struct db db;
	struct position position;
	struct reserve reserve;
	struct err trouble;	/* why the last attempt failed */
	bool doubt;		/* the log is not known to be durable */
	unsigned breaks;	/* since the last commit that worked */
	int log_pages;		/* in the write-ahead log */

	/* both, under lock */
	pthread_mutex_t lock;
	pthread_cond_t work;	/* for the record thread */
	pthread_cond_t commit;	/* for record_wait() */
	struct batch_queue queue;
	size_t ops, bytes;	/* in the queue */
	uint64_t submitted, committed;
	bool stop;
	int64_t stop_by;	/* ms of the real clock */
	bool ok;
	char why[256];
	uint64_t commits, skipped;
	int reserve_free;
	uint64_t disk_free, disk_bytes;
	uint16_t latency[LATENCIES];	/* ms */
};

/* Opens the writing connection; refuses what is not ours. */
int record_reopen(struct record *r, struct err *e);
/* Nothing that can be read is believed before this. */
int record_make_log_durable(struct record *r, struct err *e);
int position_write(struct record *r, const struct position *p);
int position_read(struct db *db, struct position *p, struct err *e);
/* In an open transaction: all from first to last; an SQLite result. */
int record_write(struct record *r, struct record_batch *first,
    const struct record_batch *last, struct position *p, uint64_t *skipped);
/* Writes all from first to last, or nothing; position follows. */
enum outcome record_commit(struct record *r, struct record_batch *first,
    const struct record_batch *last, uint64_t *skipped);
/* After OUTCOME_BROKEN: closes, opens, makes durable, checks; position says
 * what is there. The caller tries again on anything but OUTCOME_DONE. */
enum outcome record_recover(struct record *r);
/* Puts audit requests of waiting safe batches into the reserve. */
bool record_keep_safe(struct record *r);	/* true: some are safe now */
void record_tell(struct record *r);
void checkpoint_if_due(struct record *r, bool idle);
void *recorder_main(void *record);

/* A private copy for the batch made of the reserve's rows at the start. */
void batch_add_reserved(struct record_batch *b, const struct cell *row);

struct readers *readers_start(const char *path);
void readers_stop(struct readers *q);	/* answers what waits: failed */

#endif
