/* SPDX-License-Identifier: ISC */
/*
 * calendar.h - shifts, days and months of a plant (P30).
 *
 * A period is a pair of instants made from plant wall times, closed at its
 * start, open at its end: where the clock changes, a shift is 7 or 9 hours
 * long and a day 23 or 25. A shift begins at its time on each of its days and
 * belongs to that day; it ends where the next one begins, whichever that is.
 * A wall time that exists twice means the first, one that does not exist the
 * next hour.
 *
 * The plant's zone is that of the process (when_zone()): a program shows one
 * plant, sets its zone once before it has threads, and the C library then
 * only reads it.
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include "base/err.h"
#include "base/when.h"
#include "model/plant.h"

/* In the order of the words of reports. */
enum period_kind { PERIOD_SHIFT, PERIOD_DAY, PERIOD_MONTH };

struct period {
	struct wall from, to;
	struct date date;	/* it belongs to; of a month the first day */
	uint8_t kind;		/* enum period_kind */
	uint32_t shift;		/* index, or NONE */
};

struct calendar {
	const struct shift *shifts;	/* borrowed, n of them */
	uint32_t n;
};

struct date date_add(struct date d, int days);
/* today, yesterday, 2026-11-22; 2026-11 is its first day. */
int date_parse(
    struct date *d, const char *s, struct wall now, struct err *e);

/* A shift by its name: its index, or NONE. */
uint32_t calendar_find(const struct calendar *c, const char *shift);
/* The shift that begins on this day; false if it does not. */
bool calendar_shift(const struct calendar *c, uint32_t shift, struct date d,
    struct period *p);
struct period calendar_day(struct date d);
struct period calendar_month(struct date d);

/*
 * The last period that was over at now; of shifts the one with this index
 * only, if it is not NONE. False: there is none (no shifts).
 */
bool calendar_last(const struct calendar *c, enum period_kind kind,
    uint32_t shift, struct wall now, struct period *p);

#endif
