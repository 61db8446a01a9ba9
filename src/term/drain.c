/* SPDX-License-Identifier: ISC */
#include "term/drain.h"

#include <string.h>

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

static void
add_sample(struct drain *d, struct mono now)
{
	double dt = seconds(now, d->since);

	if (dt < 0.001)
		dt = 0.001;
	d->sample[d->next++ % DRAIN_SAMPLES] = (double)d->moved / dt;
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

void
drain_wrote(struct drain *d, size_t n, bool full, struct mono now)
{
	age(d, now);
	d->moved += n;
	d->backlog += (double)n;
	if (full) {
		if (d->full && d->moved > 0)
			add_sample(d, now);
		if (!d->full || d->moved > 0) {
			d->since = now;
			d->moved = 0;
		}
		d->backlog = DRAIN_KERNEL;
	} else if (d->full && n > 0) {
		/* a part of a sample says only "at least" */
		double dt = seconds(now, d->since);

		if ((double)d->moved > drain_rate(d) * (dt < 0.001 ? 0.001 : dt))
			add_sample(d, now);
		if (d->backlog > DRAIN_KERNEL)
			d->backlog = DRAIN_KERNEL;
	} else if (d->backlog > DRAIN_KERNEL) {
		learn_faster(d);
	}
	d->full = full;
}

struct mono
drain_empty_at(const struct drain *d, struct mono now)
{
	double rate = drain_rate(d), wait;

	if (rate <= 0)
		return now;
	wait = d->backlog / rate - seconds(now, d->at);
	if (wait <= 0)
		return now;
	if (wait * 1000 > (double)DRAIN_WAIT.ms)
		return mono_add(now, DRAIN_WAIT);
	return (struct mono){ now.us + (int64_t)(wait * 1e6) };
}
