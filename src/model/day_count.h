/* SPDX-License-Identifier: ISC */
/*
 * day_count.h - how much a counter has counted since the plant's midnight.
 *
 * It is fed with what the counter shows, at least once a minute, also when
 * that has not changed. What was counted while nothing could be read comes
 * from the difference (P29); only where that spans midnight, after a reset,
 * or on the first day nobody knows it: then the count is not whole, and
 * uncertain until the next midnight. A day is one of the plant's wall clock,
 * of 23 to 25 hours (P30).
 */
#ifndef MODEL_DAY_COUNT_H
#define MODEL_DAY_COUNT_H

#include "model/counter.h"

struct day_count {
	struct wall from, until;	/* the day; 0: none has begun */
	struct wall at;		/* of the last reading that could be trusted */
	double raw;		/* what it was, in raw counts; if known */
	double sum;		/* since from, in the unit of the tag */
	bool known, whole;
};

/* v is of the counter t; values overridden by people are not counted (P18).
 * Returns the count, as good as v and as whole as the day. */
struct value day_count_feed(struct day_count *d, const struct tag *t,
    struct span poll, const struct value *v, struct wall now);

/* For the state: a text that reads back; false if it is none. */
#define DAY_COUNT_TEXT (VALUE_TEXT_MAX + 1)
char *day_count_print(char dst[DAY_COUNT_TEXT], const struct day_count *d);
bool day_count_parse(struct day_count *d, const char *text);

#endif
