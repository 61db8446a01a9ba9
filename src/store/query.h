/* SPDX-License-Identifier: ISC */
/*
 * query.h - pages of events and audit, read in the reader threads.
 *
 * A query is one page; the page says how to ask for the next. Rows come
 * oldest first, by seq. A page is at most RECORD_PAGE_MAX bytes of texts and
 * numbers; it may be empty although there is more, when a filter matches
 * rarely: then ask on. Nothing is kept between pages, so a reader never
 * holds up the checkpoint and nobody has to be told that a caller went away.
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "store/record.h"
#include "store/row.h"

#define RECORD_PAGE_MAX 49152	/* leaves room for a message of 64 KiB */
#define RECORD_QUERIES_MAX 256	/* waiting at once */

enum record_list { RECORD_EVENTS, RECORD_JOURNAL, RECORD_AUDIT };

/* Zero or NULL: no such filter. */
struct record_query {
	enum record_list list;
	uint64_t after;		/* seq > after */
	uint64_t upto;		/* seq <= upto */
	uint64_t limit;		/* at most so many rows, over all pages */
	uint64_t last;		/* only the last so many that match */
	struct wall since;	/* time >= since */
	struct wall until;	/* time < until */
	const char *name;	/* pattern with * and ? over the whole name */
	const char *user;	/* exact */
	const char *const *areas;	/* each with those below it; events */
	size_t area_count;
	uint32_t kinds;		/* 1 << enum record_kind, or'ed; events */
	uint64_t command;	/* rows of this command */
};

struct record_page {
	enum record_list list;
	uint64_t id;		/* what record_query_submit returned */
	struct record_event *events;	/* or audit, n of them */
	struct record_audit *audit;
	size_t n;
	bool failed;		/* text says why */
	char text[256];
	/* The next page: the same query with these and last = 0. */
	bool more;
	uint64_t after, upto, limit;
	struct arena *arena;	/* holds rows and texts */
};

/* From a reader thread; the page belongs to the callee. */
typedef void record_page_fn(void *arg, struct record_page *page);

/* Copies q; fn is called exactly once. 0: too many are waiting. */
uint64_t record_query_submit(struct record *r, const struct record_query *q,
    record_page_fn *fn, void *arg);
void record_page_free(struct record_page *p);

#endif
