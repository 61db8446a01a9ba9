/* SPDX-License-Identifier: ISC */
/*
 * history.h - the samples of logged tags: one file for each UTC day.
 *
 * A sample is a value with its quality, from its time on. It holds until the
 * next sample of its tag, or until a mark: what ended there (a stop of the
 * server, a loss of samples, the end of a tag's logging) is known to nobody
 * until the next sample. A value is never carried over a mark.
 *
 * history/YYYY-MM-DD.db. One thread, the archive thread, writes and
 * checkpoints; it commits once a second what came. Nothing waits for it: the
 * queue is bounded, and what does not fit is counted, ends with a mark, and
 * is told by history_resumed(), so that the caller logs all values anew.
 * After a crash at most the last second is missing. Readers have threads of
 * their own, read-only, a page a transaction; a page has all that was handed
 * over before it was asked for, committed or not.
 *
 * How samples are kept is this interface's secret (chunk.h, dayfile.h).
 * Calls are for one thread, the core's, but for those marked (any).
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/mem.h"
#include "model/counter.h"
#include "model/value.h"

struct history;

#define HISTORY_QUEUE 500000	/* samples that may wait */
#define HISTORY_PAGE_ROWS 700	/* and no more than fit into 64 KiB */
#define HISTORY_QUERIES_MAX 256	/* waiting at once */
#define HISTORY_TAGS_MAX 2000	/* in one query */

struct history_limits {
	struct span keep;	/* older days are deleted */
	int64_t bytes;		/* of all days; the oldest go first */
};

/* Of dir/history. Nothing is opened yet: a disk in trouble is no reason not
 * to start, it is told by the health and tried again. */
struct history *history_open(const char *dir, const struct history_limits *l);
/* Starts the threads. What a crash left open is put in order first, and a
 * mark stands where it ended; queries wait until then. */
void history_start(struct history *h, struct wall now);
/* Writes what is queued and a mark at now, waiting at most 5 s. */
void history_close(struct history *h, struct wall now);	/* NULL is fine */

/* The number of a tag, new or known, as long as h lives. */
uint32_t history_tag(struct history *h, const char *name);
/* One sample. Times of a tag do not go back but by a step of the clock. */
void history_put(struct history *h, uint32_t tag, const struct value *v);
/* This tag's logging ends: a mark for it alone. */
void history_end(struct history *h, uint32_t tag, struct wall at);
/* Hands over what was put; now is what the file is known to reach. */
void history_flush(struct history *h, struct wall now);
/* Samples were lost, and there is room again: log every value anew. True
 * once for each loss; *count of them, from *since on. */
bool history_resumed(struct history *h, uint64_t *count, struct wall *since);
/* (any) Waits until all that was flushed is committed; false after ms. */
bool history_wait(struct history *h, int ms);

struct history_health {
	bool ok;		/* the last commit worked */
	bool losing;		/* the queue is full: samples are being lost */
	char text[256];		/* why not ok */
	uint64_t samples;	/* committed since the start */
	uint64_t lost;		/* since the start */
	size_t waiting;		/* samples in the queue */
	struct wall behind;	/* all before it is committed; 0: none waits */
	int64_t bytes;		/* of all day files and their logs */
	uint64_t beat;		/* stands while the archive thread hangs */
};
/* (any) */
void history_health(struct history *h, struct history_health *s);

/* A row as it was logged; after a gap nothing is known (no value). The first
 * of a tag may be from before since: what held when the range began. */
struct history_row {
	uint32_t tag;		/* index into the query's tags */
	bool gap;
	struct value value;	/* with its time; a text lives in the page */
};

/*
 * One span of time. Good quality alone counts, weighted by how long it held;
 * uncertain is not good. NAN: there was no good moment (or a text).
 */
struct history_bucket {
	uint32_t tag;
	struct wall from, to;
	double avg, min, max;	/* over the good time */
	double last;		/* the last good value in it */
	double integral;	/* value times seconds, over the good time */
	double good;		/* share of the time, 0..1 (P30) */
	uint64_t count;		/* good samples in it */
	uint64_t rises;		/* from zero to not zero, both good */
	uint8_t flags;		/* enum value_flag, of all that was in it (P18) */
	/* of a counter, else NAN: what it counted, also while nobody looked;
	 * a step that ends in it belongs to it whole (P29) */
	double counted;
	double covered;		/* share of the time that this is of, 0..1 */
	uint64_t resets;	/* steps back that were no rollover */
};

/* Where the next page begins; zero is the start. Nobody looks inside. */
struct history_place {
	uint32_t tag, skip;
	int32_t day;
	int64_t first, time;
	uint64_t seq, given;
	bool begun, started, held;
};

struct history_query {
	const char *const *tags;	/* one after the other */
	size_t n_tags;
	const struct counter_kept *const *counters;	/* of the tags, each or
							 * NULL; or NULL */
	struct wall since, until;	/* since <= t < until */
	struct span every;	/* buckets from since on, the last one cut at
				 * until; 0: rows */
	uint64_t last;		/* rows: only so many of each tag, the last */
	struct history_place place;
};

struct history_page {
	struct history_row *rows;	/* or buckets, n of them */
	struct history_bucket *buckets;
	size_t n;
	bool failed;		/* text says why */
	char text[256];
	bool more;		/* ask again, from place */
	struct history_place place;
	struct arena *arena;
};

/* From a reader thread; the page belongs to the callee. */
typedef void history_page_fn(void *arg, struct history_page *page);

/* Copies q; fn is called exactly once. False: too many are waiting. */
bool history_query_submit(struct history *h, const struct history_query *q,
    history_page_fn *fn, void *arg);
void history_page_free(struct history_page *p);

/*
 * Bringing samples in from elsewhere, while no server runs: history_open(),
 * then these, then history_close(). Samples of a tag come in the order of
 * their times. What was recorded stays: samples of a time from which there
 * are some of this tag are not taken. owned: the caller has the record of
 * this directory open, and with it both.
 */
struct history_import {
	uint64_t taken, refused;
};
int history_import_begin(struct history *h, bool owned, struct err *e);
int history_import_put(
    struct history *h, uint32_t tag, const struct value *v, struct err *e);
/* Ends each tag that came with a mark at until. */
int history_import_end(struct history *h, struct wall until,
    struct history_import *result, struct err *e);

#endif
