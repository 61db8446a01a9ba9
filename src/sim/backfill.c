/* SPDX-License-Identifier: ISC */
#include "sim/backfill.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sim/sampler.h"

#define SAMPLE_MS 2000		/* no poll class is faster here */
#define DAY_S 86400.0
#define HOUR_S 3600.0

/* What happens, at hours of a day so many days before the last one. */
static const struct {
	int days_ago;
	double hour;
	const char *order;
} stories[] = {
	{ 4, 10.2, "trip P-101A for 15min" },
	{ 4, 10.5, "set P-101A.reset 1" },
	{ 4, 10.502, "set P-101A.start 1" },
	{ 2, 15.0, "weather storm for 6h" },
};

static struct tm
local(struct wall t)
{
	time_t seconds = (time_t)(t.ms / 1000);
	struct tm tm;

	localtime_r(&seconds, &tm);
	return tm;
}

static double
clock_of(const struct tm *tm)
{
	return tm->tm_hour * HOUR_S + tm->tm_min * 60.0 + tm->tm_sec;
}

static int
plan(struct sim *s, double at, const char *text, struct err *e)
{
	struct sim_order o;

	if (at < 0)	/* before the start */
		return 0;
	if (order_parse(&o, s, text, e) < 0)
		return err_prefix(e, "%s", text);
	sim_schedule(s, at, &o);
	return 0;
}

/* The town sleeps longer on Saturdays and Sundays. */
static int
plan_weekends(struct sim *s, const struct backfill *b, struct wall start,
    struct err *e)
{
	struct tm tm = local(start);
	double midnight = -clock_of(&tm), end = (double)b->span.ms / 1000.0;
	int day = tm.tm_wday;
	bool free;

	for (; midnight < end; midnight += DAY_S, day = (day + 1) % 7) {
		free = day == 0 || day == 6;
		if (plan(s, midnight < 0 ? 0 : midnight,
			free ? "demand 0.86" : "demand 1.0", e) < 0)
			return -1;
	}
	return 0;
}

static int
plan_stories(struct sim *s, const struct backfill *b, struct wall now,
    struct err *e)
{
	struct tm tm = local(now);
	double midnight = (double)b->span.ms / 1000.0 - clock_of(&tm);
	size_t i;

	for (i = 0; i < sizeof(stories) / sizeof(stories[0]); i++)
		if (plan(s,
			midnight - stories[i].days_ago * DAY_S +
			    stories[i].hour * HOUR_S,
			stories[i].order, e) < 0)
			return -1;
	return 0;
}

static int
find_device(void *arg, const char *name)
{
	return sim_plc_find(arg, name);
}

static bool
read_device(void *arg, int device, int space, unsigned address, unsigned n,
    uint16_t words[])
{
	struct sim *s = arg;

	return plc_read(&s->plcs[device], (enum map_space)space, address, n,
		   words) == PLC_OK;
}

/* From start until the machine's clock is reached, which goes on meanwhile. */
static int
run(struct sampler *m, struct sim *s, struct wall start, struct err *e)
{
	int64_t ms;

	for (ms = 0; start.ms + ms < clock_wall().ms; ms += SAMPLE_MS) {
		if (sampler_step(m, (struct mono){ ms * 1000 },
			(struct wall){ start.ms + ms }, e) < 0)
			return -1;
		sim_step(s, SAMPLE_MS / 1000.0);
	}
	return 0;
}

static int
fill(struct backfill *b, struct sampler *m, struct sim *s, struct err *e)
{
	struct wall now = clock_wall(), start = { now.ms - b->span.ms };
	struct tm tm = local(start);

	s->works->clock_s = clock_of(&tm);
	if (plan_weekends(s, b, start, e) < 0 ||
	    plan_stories(s, b, now, e) < 0)
		return -1;
	return run(m, s, start, e);
}

int
backfill_run(struct backfill *b, struct sim *s, struct err *e)
{
	struct sampler_source source = { s, find_device, read_device };
	struct sampler *m = sampler_open(b->project, b->state, &source, e);
	int rc;

	if (m == NULL)
		return -1;
	rc = fill(b, m, s, e);
	if (rc == 0)
		rc = sampler_end(m, clock_wall(), &b->samples, e);
	sampler_free(m);
	return rc;
}
