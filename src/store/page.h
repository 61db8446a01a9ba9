/* SPDX-License-Identifier: ISC */
/*
 * page.h - reading one page of audit or events over a connection of its own.
 *
 * Rows are scanned in windows of sequence numbers, each a transaction of its
 * own, so that no filter, however rare its matches, makes a long one.
 */
#ifndef STORE_PAGE_H
#define STORE_PAGE_H

#include "store/db.h"
#include "store/query.h"

#define PAGE_ROWS (RECORD_PAGE_MAX / 64)	/* a row counts at least 64 */

/* What can match at all, and the search backwards for the first of the last,
 * which may take several turns: others wait, too. */
struct search {
	bool begun;
	uint64_t after, upto;	/* bounds */
	uint64_t to;		/* still to be searched: after + 1 .. to */
	uint64_t left, found;
};

enum scan { SCAN_ROWS, SCAN_LAST, SCAN_SPAN, SCAN_END, SCANS };

/* One reader's connection and the page at hand. */
struct reader {
	struct db db;
	sqlite3_stmt *st[2][SCANS];
	const struct record_query *q;
	char *glob;		/* its name as GLOB wants it, or NULL */
	struct record_page *page;
	size_t bytes;
	int64_t until;		/* ms of the real clock */
};

/* Opens if it is closed. */
int reader_open(struct reader *rd, const char *path, struct err *e);
void reader_close(struct reader *rd);
/* Fills p, whose arrays have room for PAGE_ROWS. 0: read; 1: still searching
 * backwards, call again with the same search; -1: failed. */
int page_read(struct reader *rd, const struct record_query *q,
    struct search *s, struct record_page *p, struct err *e);

#endif
