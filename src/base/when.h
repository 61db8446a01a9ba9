/* SPDX-License-Identifier: ISC */
/*
 * when.h - times and durations as people write them.
 *
 * A process has one time zone, the plant's, set once with when_zone().
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/err.h"

#define WHEN_CAP 40	/* room for any printed time */

/* Sets the zone of this process; false if the zone is not known. */
bool when_zone(const char *zone);
bool when_zone_known(const char *zone);

/* 2026-11-22T12:33:10.482Z; "" for time 0. Returns dst. */
char *when_utc(char dst[WHEN_CAP], struct wall t);
/* 2026-11-22 13:33:10 in the plant's zone, with the offset in an hour that
 * exists twice. */
char *when_local(char dst[WHEN_CAP], struct wall t);
char *when_clock(char dst[WHEN_CAP], struct wall t);	/* 13:33:10 */

/* RFC 3339, "2026-11-22 06:00[:00]", "06:00", today, yesterday, now, -2h.
 * *odd says that the hour exists twice (the first is taken) or not at all
 * (the next is taken). */
int when_parse(
    struct wall *t, bool *odd, const char *s, struct wall now, struct err *e);

/* A day of the plant's calendar: 2026, 11, 22. */
struct date {
	int year, month, day;
};
struct date when_date(struct wall t);
/* When a minute after midnight of a day is; a day or minute beyond its month
 * or day runs on into the next. odd (may be NULL) as in when_parse. */
struct wall when_instant(struct date d, int minute, bool *odd);

/* "50ms" "2s" "10min" "8h" "30d"; a bare number is an error. */
int span_parse(struct span *d, const char *s, struct err *e);
/* 850 ms, 12 s, 4 min, 3 h, 12 d: for people, at most 8 columns. */
char *span_print(char dst[WHEN_CAP], struct span d);

#endif
