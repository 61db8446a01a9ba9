/* SPDX-License-Identifier: ISC */
/*
 * bucket.h - one span of time of one tag, from its samples. Pure.
 *
 * A value holds from its time until the next one. Only good quality counts:
 * what is bad, stale, uncertain or unknown is a hole, never bridged, and the
 * share of good time says how much is missing.
 *
 * A counter is another thing: the difference of two good readings is what it
 * counted between them, whatever was not seen meanwhile (P29). What it counted
 * from a reading of an earlier span to the first one here is of this span, so
 * that spans which follow each other lose nothing; but the time before that
 * first reading is not covered, because it may be another's.
 */
#ifndef STORE_BUCKET_H
#define STORE_BUCKET_H

#include "store/history.h"

/* The last good reading of a counter. */
struct reading {
	bool any;
	bool here;		/* it held in this span */
	double n;
	int64_t at;		/* when it was recorded */
	int64_t until;		/* up to here it was known to hold */
};

struct bucket_pen {
	struct history_bucket b;
	int64_t at;		/* up to here all is counted */
	int64_t good_ms;
	struct value now;	/* what holds; see known */
	bool known;
	const struct counter_kept *counter;	/* or NULL */
	struct reading read;
	int64_t bridged_ms;	/* not good, but counted over; less what was
				 * good, but not counted */
	double counted;
};

/* held: what holds at from, or NULL. */
void bucket_begin(
    struct bucket_pen *p, int64_t from, int64_t to, const struct value *held);
/* It is a counter; before: its last reading, or NULL. Right after begin. */
void bucket_counts(struct bucket_pen *p, const struct counter_kept *counter,
    const struct reading *before);
/* A sample or gap in from <= t < to, in order. */
void bucket_feed(struct bucket_pen *p, const struct value *v);
/* Nothing is known from known on. What holds at the end is p->now. */
void bucket_end(struct bucket_pen *p, int64_t known);

#endif
