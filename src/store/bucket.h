/* SPDX-License-Identifier: ISC */
/*
 * bucket.h - one span of time of one tag, from its samples. Pure.
 *
 * A value holds from its time until the next one. Only good quality counts:
 * what is bad, stale, uncertain or unknown is a hole, never bridged, and the
 * share of good time says how much is missing.
 */
#ifndef STORE_BUCKET_H
#define STORE_BUCKET_H

#include "store/history.h"

struct bucket_pen {
	struct history_bucket b;
	int64_t at;		/* up to here all is counted */
	int64_t good_ms;
	struct value now;	/* what holds; see known */
	bool known;
};

/* held: what holds at from, or NULL. */
void bucket_begin(
    struct bucket_pen *p, int64_t from, int64_t to, const struct value *held);
/* A sample or gap in from <= t < to, in order. */
void bucket_feed(struct bucket_pen *p, const struct value *v);
/* Nothing is known from known on. What holds at the end is p->now. */
void bucket_end(struct bucket_pen *p, int64_t known);

#endif
