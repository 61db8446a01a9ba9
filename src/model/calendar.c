/* SPDX-License-Identifier: ISC */
#include "model/calendar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WEEK 7

/* Noon of a day, as if the calendar were UTC's: for counting days. */
static time_t
noon(struct date d)
{
	struct tm tm = { .tm_year = d.year - 1900,
		.tm_mon = d.month - 1,
		.tm_mday = d.day,
		.tm_hour = 12 };

	return timegm(&tm);
}

struct date
date_add(struct date d, int days)
{
	time_t t = noon(d) + (time_t)days * 86400;
	struct tm tm;

	gmtime_r(&t, &tm);
	return (struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

/* 0 is Monday */
static int
weekday(struct date d)
{
	time_t t = noon(d);
	struct tm tm;

	gmtime_r(&t, &tm);
	return (tm.tm_wday + 6) % 7;
}

static bool
same_date(struct date a, struct date b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* Digits, with a minus between the parts. */
static bool
has_form(const char *s, const char *form)
{
	for (; *form != '\0'; s++, form++)
		if (*form == '-' ? *s != '-' : !isdigit((unsigned char)*s))
			return false;
	return *s == '\0';
}

int
date_parse(struct date *d, const char *s, struct wall now, struct err *e)
{
	bool day = has_form(s, "0000-00-00");

	*d = when_date(now);
	if (strcmp(s, "today") == 0)
		return 0;
	if (strcmp(s, "yesterday") == 0) {
		*d = date_add(*d, -1);
		return 0;
	}
	if (day || has_form(s, "0000-00")) {
		*d = (struct date){ atoi(s), atoi(s + 5),
			day ? atoi(s + 8) : 1 };
		if (d->year > 1970 && same_date(date_add(*d, 0), *d))
			return 0;
	}
	return err_set(e, "\"%s\" is no day (2026-11-22, today, yesterday)", s);
}

uint32_t
calendar_find(const struct calendar *c, const char *shift)
{
	uint32_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->shifts[i].name, shift) == 0)
			return i;
	return NONE;
}

/* When the shift begins on that day; false if not. */
static bool
begins(const struct calendar *c, uint32_t shift, struct date d,
    struct wall *t)
{
	const struct shift *s = &c->shifts[shift];

	if ((s->days & 1u << weekday(d)) == 0)
		return false;
	*t = when_instant(d, s->from, NULL);
	return true;
}

/* The first beginning of any shift behind t, which lies on day d. */
static struct wall
next_begin(const struct calendar *c, struct date d, struct wall t)
{
	struct wall best = { INT64_MAX }, at;
	uint32_t i;
	int k;

	for (k = 0; k <= WEEK; k++)
		for (i = 0; i < c->n; i++)
			if (begins(c, i, date_add(d, k), &at) &&
			    at.ms > t.ms && at.ms < best.ms)
				best = at;
	return best;
}

bool
calendar_shift(const struct calendar *c, uint32_t shift, struct date d,
    struct period *p)
{
	*p = (struct period){ .date = d, .kind = PERIOD_SHIFT, .shift = shift };
	if (!begins(c, shift, d, &p->from))
		return false;
	p->to = next_begin(c, d, p->from);
	return true;
}

struct period
calendar_day(struct date d)
{
	return (struct period){ .from = when_instant(d, 0, NULL),
		.to = when_instant(date_add(d, 1), 0, NULL),
		.date = d,
		.kind = PERIOD_DAY,
		.shift = NONE };
}

struct period
calendar_month(struct date d)
{
	struct date first = { d.year, d.month, 1 };
	struct date next = { d.year, d.month + 1, 1 };

	return (struct period){ .from = when_instant(first, 0, NULL),
		.to = when_instant(date_add(next, 0), 0, NULL),
		.date = first,
		.kind = PERIOD_MONTH,
		.shift = NONE };
}

/* A shift with days lasts a week at most and ends before now. */
static bool
last_shift(const struct calendar *c, uint32_t shift, struct wall now,
    struct period *p)
{
	struct date today = when_date(now);
	struct period one;
	bool found = false;
	uint32_t i;
	int back;

	for (back = 2 * WEEK; back >= 0; back--)
		for (i = 0; i < c->n; i++) {
			if ((shift != NONE && i != shift) ||
			    !calendar_shift(c, i, date_add(today, -back), &one))
				continue;
			if (one.to.ms <= now.ms &&
			    (!found || one.to.ms > p->to.ms)) {
				*p = one;
				found = true;
			}
		}
	return found;
}

bool
calendar_last(const struct calendar *c, enum period_kind kind, uint32_t shift,
    struct wall now, struct period *p)
{
	struct date today = when_date(now);

	switch (kind) {
	case PERIOD_SHIFT:
		return last_shift(c, shift, now, p);
	case PERIOD_DAY:
		*p = calendar_day(date_add(today, -1));
		return true;
	case PERIOD_MONTH:
		*p = calendar_month(date_add(
		    (struct date){ today.year, today.month, 1 }, -1));
		return true;
	}
	return false;
}
