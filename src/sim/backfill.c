/* SPDX-License-Identifier: ISC */
#include "sim/backfill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/sampler.h"
#include "store/stage.h"

#define SAMPLE_MS 2000		/* no poll class is faster here */
#define DAY_S 86400.0
#define HOUR_S 3600.0

/* What happens, at hours of a day so many days before the last one, in the
 * order of time: to the plant (an order), or by somebody (sampler_act()). */
static const struct {
	int days_ago;
	double hour;
	const char *user;	/* NULL: the plant itself */
	const char *order;
} stories[] = {
	{ 4, 10.2, NULL, "trip P-101A for 15min" },
	{ 4, 10.5, "olga", "do P-101A reset" },
	{ 4, 10.502, "olga", "do P-101A start" },
	{ 2, 15.0, NULL, "weather storm for 6h" },
	{ 2, 15.4, "olga", "set FIC-201.ratio 40 storm: more coagulant" },
	{ 2, 21.6, "sven", "set FIC-201.ratio 30 the river is clear again" },
	{ 1, 7.5, "olga", "set FIC-201.ratio 33 jar test" },
	{ 1, 9.6, "felix", "do F-303 wash" },
	{ 1, 10.7, NULL, "set works.door 1" },
	{ 1, 11.3, NULL, "set works.door 0" },
	{ 1, 14.3, NULL, "trip D-701A for 5min" },
	{ 1, 14.55, "olga", "do D-701A reset" },
	{ 1, 18.5, "sven", "set FIC-201.ratio 30 jar test" },
	{ 1, 23.4, NULL, "trip SC-101 for 2min" },
	{ 1, 23.55, "sven", "do SC-101 reset" },
};
#define STORIES (sizeof(stories) / sizeof(stories[0]))

struct run {
	const struct backfill *b;
	struct sampler *sampler;
	struct sim *sim;
	struct wall start;
	int64_t at[STORIES];	/* ms after the start; -1: before it */
	size_t next;		/* the first that nobody has done yet */
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
plan_stories(struct run *r, struct wall now, struct err *e)
{
	struct tm tm = local(now);
	double midnight = (double)r->b->span.ms / 1000.0 - clock_of(&tm), at;
	size_t i;

	for (i = 0; i < STORIES; i++) {
		at = midnight - stories[i].days_ago * DAY_S +
		    stories[i].hour * HOUR_S;
		r->at[i] = at < 0 || stories[i].user == NULL
		    ? -1
		    : (int64_t)(at * 1000.0);
		if (stories[i].user == NULL &&
		    plan(r->sim, at, stories[i].order, e) < 0)
			return -1;
	}
	return 0;
}

/* What people do at this moment, seeing what was read last. */
static int
act(struct run *r, int64_t ms, struct err *e)
{
	for (; r->next < STORIES && r->at[r->next] <= ms; r->next++)
		if (r->at[r->next] >= 0 &&
		    sampler_act(r->sampler, stories[r->next].user,
			stories[r->next].order, e) < 0)
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

static bool
write_device(void *arg, int device, int space, unsigned address, unsigned n,
    const uint16_t words[])
{
	struct sim *s = arg;

	return device >= 0 &&
	    plc_write(&s->plcs[device], (enum map_space)space, address, n,
		words) == PLC_OK;
}

/* From start until the machine's clock is reached, which goes on meanwhile. */
static int
run(struct run *r, struct err *e)
{
	int64_t ms;

	for (ms = 0; r->start.ms + ms < clock_wall().ms; ms += SAMPLE_MS) {
		if (sampler_step(r->sampler, (struct mono){ ms * 1000 },
			(struct wall){ r->start.ms + ms }, e) < 0 ||
		    act(r, ms, e) < 0)
			return -1;
		sim_step(r->sim, SAMPLE_MS / 1000.0);
	}
	return 0;
}

static int
fill(struct run *r, struct err *e)
{
	struct wall now = clock_wall();
	struct tm tm;

	r->start.ms = now.ms - r->b->span.ms;
	tm = local(r->start);
	r->sim->works->clock_s = clock_of(&tm);
	if (plan_weekends(r->sim, r->b, r->start, e) < 0 ||
	    plan_stories(r, now, e) < 0)
		return -1;
	return run(r, e);
}

static int
fill_stage(struct backfill *b, const char *stage, struct sim *s, struct err *e)
{
	struct sampler_source source = { s, find_device, read_device,
		write_device };
	struct run r = { .b = b, .sim = s };
	int rc;

	r.sampler = sampler_open(b->project, stage, &source, e);
	if (r.sampler == NULL)
		return -1;
	rc = fill(&r, e);
	if (rc == 0)
		rc = sampler_end(r.sampler, clock_wall(), &b->samples, e);
	sampler_free(r.sampler);
	return rc;
}

bool
backfill_is_there(const struct backfill *b)
{
	char *record = xasprintf("%s/record.db", b->state);
	char *stage = stage_path(b->state);
	bool there = access(record, F_OK) == 0 && access(stage, F_OK) != 0;

	free(record);
	free(stage);
	return there;
}

int
backfill_run(struct backfill *b, struct sim *s, struct err *e)
{
	char *stage = stage_begin(b->state, e);
	int rc;

	if (stage == NULL)
		return -1;
	rc = fill_stage(b, stage, s, e);
	if (rc == 0)
		rc = stage_keep(stage, b->state, e);
	free(stage);
	return rc;
}
