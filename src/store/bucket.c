/* SPDX-License-Identifier: ISC */
#include "store/bucket.h"

#include <math.h>
#include <string.h>

#include "store/chunk.h"

void
bucket_begin(
    struct bucket_pen *p, int64_t from, int64_t to, const struct value *held)
{
	memset(p, 0, sizeof(*p));
	p->b.from.ms = p->at = from;
	p->b.to.ms = to;
	p->b.avg = p->b.min = p->b.max = p->b.last = NAN;
	p->b.counted = p->b.covered = NAN;
	p->known = held != NULL && !chunk_is_gap(held);
	if (p->known)
		p->now = *held;
}

static bool
is_good(const struct value *v)
{
	return v->quality == QUALITY_GOOD && value_known(v);
}

static bool
is_reading(const struct value *v)
{
	return is_good(v) && !isnan(value_number(v));
}

void
bucket_counts(struct bucket_pen *p, const struct counter_kept *counter,
    const struct reading *before)
{
	p->counter = counter;
	if (before != NULL)
		p->read = *before;
	p->read.here = false;
	if (p->known && is_reading(&p->now))
		p->read = (struct reading){ true, true,
			value_number(&p->now), p->now.time.ms, p->at };
}

/* For how long of this span it stood there before it jumped: nobody knows
 * what it counted in that time. */
static int64_t
jumped_ms(const struct bucket_pen *p)
{
	int64_t at = p->read.at > p->b.from.ms ? p->read.at : p->b.from.ms;

	return p->read.until > at ? p->read.until - at : 0;
}

/* What was counted since the last reading, whenever that was. */
static void
count(struct bucket_pen *p, const struct value *v)
{
	const struct span since = { v->time.ms - p->read.at },
			  unknown = { v->time.ms - p->read.until };
	const double n = value_number(v);
	enum counter_step step;
	double by;

	if (p->read.any) {
		step = counter_between(
		    p->counter, p->read.n, n, since, unknown, &by);
		p->b.resets += counter_is_lost(step);
		p->counted += by;
		if (step == COUNTER_JUMPED)
			p->bridged_ms -= jumped_ms(p);
		else if (p->read.here && step != COUNTER_RESET &&
		    step != COUNTER_AT_LEAST)
			p->bridged_ms += unknown.ms;
	}
	p->read = (struct reading){ true, true, n, v->time.ms, v->time.ms };
}

/* The value was in the span, for however short a time. */
static void
see(struct bucket_pen *p, const struct value *v)
{
	double n = value_number(v);

	p->b.flags |= v->flags;
	if (!is_good(v) || isnan(n))
		return;
	p->b.min = fmin(p->b.min, n);
	p->b.max = fmax(p->b.max, n);
	p->b.last = n;
}

/* What holds held until t. */
static void
hold_until(struct bucket_pen *p, int64_t t)
{
	double n;

	if (t <= p->at)
		return;
	if (p->known) {
		see(p, &p->now);
		n = value_number(&p->now);
		if (is_good(&p->now)) {
			p->good_ms += t - p->at;
			p->read.until = t;
			if (!isnan(n))
				p->b.integral +=
				    n * (double)(t - p->at) / 1000.0;
		}
	}
	p->at = t;
}

void
bucket_feed(struct bucket_pen *p, const struct value *v)
{
	hold_until(p, v->time.ms);
	if (chunk_is_gap(v)) {
		p->known = false;
		return;
	}
	see(p, v);
	if (p->counter != NULL && is_reading(v))
		count(p, v);
	if (is_good(v)) {
		p->b.count++;
		p->b.rises += p->known && is_good(&p->now) &&
		    value_number(&p->now) == 0 && value_number(v) != 0;
	}
	p->now = *v;
	p->known = true;
}

void
bucket_end(struct bucket_pen *p, int64_t known)
{
	struct history_bucket *b = &p->b;

	hold_until(p, known < b->to.ms ? known : b->to.ms);
	b->good = (double)p->good_ms / (double)(b->to.ms - b->from.ms);
	if (p->counter != NULL)
		b->covered = (double)(p->good_ms + p->bridged_ms) /
		    (double)(b->to.ms - b->from.ms);
	if (p->counter != NULL && p->read.here)
		b->counted = p->counted;
	if (p->good_ms == 0 || isnan(b->min))
		return;
	/* what stood still is its own mean, to the last bit */
	b->avg = b->integral * 1000.0 / (double)p->good_ms;
	b->avg = fmin(fmax(b->avg, b->min), b->max);
}
