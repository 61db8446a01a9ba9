/* SPDX-License-Identifier: ISC */
#include "base/when.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/language.h"

bool
when_zone_known(const char *zone)
{
	const char *s = zone;
	char path[256];

	if (*s == '\0' || strstr(s, "..") != NULL || *s == '/')
		return false;
	for (; *s != '\0'; s++)
		if (!isalnum((unsigned char)*s) && strchr("/_+-", *s) == NULL)
			return false;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	return strcmp(zone, "UTC") == 0 || access(path, R_OK) == 0;
}

bool
when_zone(const char *zone)
{
	if (!when_zone_known(zone))
		return false;
	setenv("TZ", zone, 1);
	tzset();
	return true;
}

char *
when_utc(char dst[WHEN_CAP], struct wall t)
{
	time_t s = (time_t)(t.ms / 1000);
	int ms = (int)(t.ms % 1000);
	struct tm tm;
	char date[32];

	dst[0] = '\0';
	if (t.ms == 0)
		return dst;
	if (ms < 0) {
		ms += 1000;
		s--;
	}
	if (gmtime_r(&s, &tm) == NULL ||
	    strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return dst;
	snprintf(dst, WHEN_CAP, "%s.%03dZ", date, ms);
	return dst;
}

/* Does the wall time of t exist a second time, an hour before or after? */
static bool
doubled(time_t t)
{
	struct tm tm, other;
	int side;

	if (localtime_r(&t, &tm) == NULL)
		return false;
	for (side = -3600; side <= 3600; side += 7200) {
		time_t u = t + side;

		if (localtime_r(&u, &other) != NULL &&
		    other.tm_hour == tm.tm_hour && other.tm_min == tm.tm_min)
			return true;
	}
	return false;
}

char *
when_local(char dst[WHEN_CAP], struct wall t)
{
	time_t s = (time_t)(t.ms / 1000);
	struct tm tm;

	dst[0] = '\0';
	if (t.ms != 0 && localtime_r(&s, &tm) != NULL)
		strftime(dst, WHEN_CAP,
		    doubled(s) ? "%Y-%m-%d %H:%M:%S %z" : "%Y-%m-%d %H:%M:%S",
		    &tm);
	return dst;
}

char *
when_clock(char dst[WHEN_CAP], struct wall t)
{
	time_t s = (time_t)(t.ms / 1000);
	struct tm tm;

	dst[0] = '\0';
	if (t.ms != 0 && localtime_r(&s, &tm) != NULL)
		strftime(dst, WHEN_CAP, "%H:%M:%S", &tm);
	return dst;
}

/* Exactly n digits into *v; NULL if they are not there. */
static const char *
digits(const char *s, int n, int *v)
{
	for (*v = 0; n > 0; n--, s++) {
		if (!isdigit((unsigned char)*s))
			return NULL;
		*v = *v * 10 + (*s - '0');
	}
	return s;
}

/* HH:MM[:SS[.mmm]] */
static const char *
clock_time(const char *s, struct tm *tm, int *ms)
{
	const char *p = digits(s, 2, &tm->tm_hour);
	int scale;

	if (p == NULL || *p != ':' ||
	    (p = digits(p + 1, 2, &tm->tm_min)) == NULL)
		return NULL;
	tm->tm_sec = *ms = 0;
	if (*p == ':' && (p = digits(p + 1, 2, &tm->tm_sec)) == NULL)
		return NULL;
	if (*p == '.')
		for (p++, scale = 100; isdigit((unsigned char)*p); p++) {
			*ms += (*p - '0') * scale;
			scale /= 10;
		}
	return tm->tm_hour > 24 || tm->tm_min > 59 || tm->tm_sec > 60 ? NULL
								       : p;
}

static const char *
date(const char *s, struct tm *tm)
{
	const char *p = digits(s, 4, &tm->tm_year);

	if (p == NULL || *p != '-' ||
	    (p = digits(p + 1, 2, &tm->tm_mon)) == NULL || *p != '-' ||
	    (p = digits(p + 1, 2, &tm->tm_mday)) == NULL)
		return NULL;
	if (tm->tm_mon < 1 || tm->tm_mon > 12 || tm->tm_mday < 1 ||
	    tm->tm_mday > 31)
		return NULL;
	tm->tm_year -= 1900;
	tm->tm_mon -= 1;
	return p;
}

/* Z or +02:00 behind an RFC 3339 time: seconds east of UTC. */
static const char *
offset(const char *s, int *seconds)
{
	int sign, h, m;

	*seconds = 0;
	if (*s == 'Z' || *s == 'z')
		return s + 1;
	if (*s != '+' && *s != '-')
		return NULL;
	sign = *s == '-' ? -1 : 1;
	s = digits(s + 1, 2, &h);
	if (s == NULL || *s != ':' || (s = digits(s + 1, 2, &m)) == NULL)
		return NULL;
	*seconds = sign * (h * 3600 + m * 60);
	return s;
}

/* Seconds east of UTC at t. */
static long
offset_at(time_t t)
{
	struct tm tm;

	return localtime_r(&t, &tm) != NULL ? tm.tm_gmtoff : 0;
}

/*
 * Plant time to UTC: the first of two, or the next hour if there is none. An
 * offset holds for longer than a day, so that the one a day before and the
 * one a day after are all there can be.
 */
static struct wall
from_local(struct tm tm, int ms, bool *odd)
{
	time_t plain = timegm(&tm);
	long before = offset_at(plain - 86400), after = offset_at(plain + 86400);
	time_t first = plain - before, second = plain - after, t = first;
	bool is_first = offset_at(first) == before;
	bool is_second = offset_at(second) == after;

	*odd = first != second && is_first == is_second;
	if (*odd && is_first)
		t = first < second ? first : second;
	else if (!is_first && is_second)
		t = second;
	return (struct wall){ (int64_t)t * 1000 + ms };
}

struct wall
when_instant(struct date d, int minute, bool *odd)
{
	struct tm tm = { .tm_year = d.year - 1900,
		.tm_mon = d.month - 1,
		.tm_mday = d.day,
		.tm_min = minute };
	bool ignored;

	return from_local(tm, 0, odd != NULL ? odd : &ignored);
}

struct date
when_date(struct wall t)
{
	time_t s = (time_t)(t.ms / 1000);
	struct tm tm;

	if (localtime_r(&s, &tm) == NULL)
		return (struct date){ 1970, 1, 1 };
	return (struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

int
when_parse(
    struct wall *t, bool *odd, const char *s, struct wall now, struct err *e)
{
	time_t secs = (time_t)(now.ms / 1000);
	struct tm tm;
	struct span back;
	const char *p;
	int ms = 0, east;

	*odd = false;
	if (strcmp(s, "now") == 0) {
		*t = now;
		return 0;
	}
	if (*s == '-') {
		if (span_parse(&back, s + 1, e) < 0)
			return -1;
		t->ms = now.ms - back.ms;
		return 0;
	}
	localtime_r(&secs, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	if (strcmp(s, "today") == 0 || strcmp(s, "yesterday") == 0) {
		tm.tm_mday -= *s == 'y';
		*t = from_local(tm, 0, odd);
		return 0;
	}
	p = clock_time(s, &tm, &ms);
	if (p != NULL && *p == '\0') {
		*t = from_local(tm, ms, odd);
		return 0;
	}
	p = date(s, &tm);
	if (p != NULL && *p == '\0') {
		tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
		*t = from_local(tm, 0, odd);
		return 0;
	}
	if (p == NULL || (*p != 'T' && *p != 't' && *p != ' '))
		goto bad;
	p = clock_time(p + 1, &tm, &ms);
	if (p != NULL && *p == '\0') {
		*t = from_local(tm, ms, odd);
		return 0;
	}
	if (p == NULL || (p = offset(p, &east)) == NULL || *p != '\0')
		goto bad;
	t->ms = ((int64_t)timegm(&tm) - east) * 1000 + ms;
	return 0;
bad:
	return err_set(e,
	    _("\"%s\" is no time (2026-11-22T06:00:00Z, \"2026-11-22 06:00\", "
	    "06:00, today, yesterday, now, -2h)"),
	    s);
}

static const struct {
	const char *unit;
	int64_t ms;
} units[] = {
	{ "ms", 1 },
	{ "s", 1000 },
	{ "min", 60000 },
	{ "h", 3600000 },
	{ "d", 86400000 },
};

int
span_parse(struct span *d, const char *s, struct err *e)
{
	long long n;
	char *end;
	size_t i;

	errno = 0;
	if (!isdigit((unsigned char)*s))
		goto bad;
	n = strtoll(s, &end, 10);
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(end, units[i].unit) == 0) {
			if (errno != 0 || n > INT64_MAX / 2000 / units[i].ms)
				return err_set(e, "\"%s\" is too long", s);
			d->ms = n * units[i].ms;
			return 0;
		}
bad:
	return err_set(e,
	    "\"%s\" is no duration (\"50ms\" \"2s\" \"10min\" \"8h\" \"30d\")",
	    s);
}

char *
span_print(char dst[WHEN_CAP], struct span d)
{
	int64_t ms = d.ms < 0 ? 0 : d.ms;

	if (ms < 1000)
		snprintf(dst, WHEN_CAP, "%d ms", (int)ms);
	else if (ms < 120000)
		snprintf(dst, WHEN_CAP, "%d s", (int)(ms / 1000));
	else if (ms < 7200000)
		snprintf(dst, WHEN_CAP, "%d min", (int)(ms / 60000));
	else if (ms < 172800000)
		snprintf(dst, WHEN_CAP, "%d h", (int)(ms / 3600000));
	else
		snprintf(dst, WHEN_CAP, "%lld d", (long long)(ms / 86400000));
	return dst;
}
