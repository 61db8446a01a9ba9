/* SPDX-License-Identifier: ISC */
#include "term/drain.h"

#include <string.h>

#define DRAIN_CHUNKS 8192

static double
seconds(struct mono a, struct mono b)
{
	return (double)(a.us - b.us) / 1e6;
}

void
drain_init(struct drain *d, struct mono now)
{
	memset(d, 0, sizeof(*d));
	d->at = now;
}

/* The fastest of the last samples: a stall (a stopped terminal) then costs
 * only itself, while a slow line is slow every time. */
double
drain_rate(const struct drain *d)
{
	double most = 0;

	for (unsigned i = 0; i < DRAIN_SAMPLES; i++)
		if (d->sample[i] > most)
			most = d->sample[i];
	return most;
}

static void
age(struct drain *d, struct mono now)
{
	double rate = drain_rate(d);

	if (rate > 0 && !d->full) {
		d->backlog -= rate * seconds(now, d->at);
		if (d->backlog < 0)
			d->backlog = 0;
	}
	d->at = now;
}

/* The line is full as it was at `since`: what was written meanwhile is what
 * it took. A first long interval is a stall, only a second one is slowness. */
static void
add_sample(struct drain *d, struct mono now)
{
	double dt = seconds(now, d->since);
	bool stall = mono_since(now, d->since).ms > DRAIN_STALL.ms;

	if (d->moved > 0 && (!stall || d->stalled))
		d->sample[d->next++ % DRAIN_SAMPLES] =
		    (double)d->moved / (dt < 0.001 ? 0.001 : dt);
	d->stalled = stall;
}

/* More went than the line can hold at this rate: it is faster than we
 * thought. */
static void
learn_faster(struct drain *d)
{
	for (unsigned i = 0; i < DRAIN_SAMPLES; i++)
		d->sample[i] *= 2;
	d->backlog = DRAIN_KERNEL;
}

/* So much was gone since the line was full: no slower than that. Readers
 * take 4 kB at once, so fewer bytes prove nothing. */
static void
learn_least(struct drain *d, size_t n, struct mono now)
{
	double dt = seconds(now, d->since), rate;

	rate = (double)n / (dt < 0.001 ? 0.001 : dt);
	if (drain_rate(d) > 0 && rate > drain_rate(d))
		d->sample[d->next++ % DRAIN_SAMPLES] = rate;
}

void
drain_wrote(struct drain *d, size_t n, bool full, struct mono now)
{
	age(d, now);
	if (d->full && n >= DRAIN_CHUNKS)
		learn_least(d, n, now);
	d->moved += n;
	d->backlog += (double)n;
	if (full) {
		if (d->was_full)
			add_sample(d, now);
		if (!d->full || d->moved > 0)
			d->since = now;
		d->was_full = true;
		d->moved = 0;
		d->backlog = DRAIN_KERNEL;
	} else if (d->backlog > DRAIN_KERNEL) {
		if (d->full)	/* it was full, and took this now */
			d->backlog = DRAIN_KERNEL;
		else
			learn_faster(d);
	}
	d->full = full;
}

void
drain_emptied(struct drain *d, struct mono now)
{
	d->at = now;
	d->backlog = 0;
	d->full = d->was_full = d->stalled = false;
	d->moved = 0;
}

struct mono
drain_empty_at(const struct drain *d, struct mono now)
{
	double rate = drain_rate(d), most = (double)DRAIN_WAIT.ms / 1e3, wait;
	struct mono at;

	if (rate <= 0)
		return now;
	wait = d->backlog / rate;
	at.us = d->at.us + (int64_t)((wait < most ? wait : most) * 1e6);
	return mono_before(at, now) ? now : at;
}
