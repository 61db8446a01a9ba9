/* SPDX-License-Identifier: ISC */
#include "model/day_count.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "model/calendar.h"

/* A reading this long before midnight stands for midnight. */
#define NEAR_MS 60000

/* Its day is over, or was never begun, or the clock was set back by more. */
static bool
is_over(const struct day_count *d, struct wall now)
{
	return now.ms >= d->until.ms || now.ms < d->from.ms - NEAR_MS;
}

static void
begin(struct day_count *d, struct wall now)
{
	struct period p = calendar_day(when_date(now));

	d->whole = d->known && d->until.ms == p.from.ms &&
	    d->at.ms >= p.from.ms - NEAR_MS;
	d->known = d->whole;
	d->sum = 0;
	d->from = p.from;
	d->until = p.to;
}

/* Of raw counts, in the unit of the tag. */
static double
amount(const struct tag *t, double raw)
{
	const struct point *p = t->point;

	if (p == NULL || !p->scaled)
		return raw;
	return raw * (p->value[1] - p->value[0]) / (p->raw[1] - p->raw[0]);
}

/* A counter without a rule is never taken to roll over or to jump. */
static void
count(struct day_count *d, const struct tag *t, struct span poll,
    const struct value *v)
{
	static const struct counter_rule none = { .size = 0, .rate = 0 };
	const struct counter_rule *rule =
	    t->counter != NULL ? t->counter : &none;
	double raw = counter_raw(t, v), by = 0;
	struct span time = { v->time.ms - d->at.ms };

	time.ms = time.ms < 0 ? -1 : time.ms + poll.ms;
	if (d->known &&
	    counter_is_lost(counter_step(rule, d->raw, raw, time, &by)))
		d->whole = false;
	d->sum += amount(t, by);
	d->raw = raw;
	d->known = true;
	d->at = v->time;	/* back, too, with a clock that was set */
}

struct value
day_count_feed(struct day_count *d, const struct tag *t, struct span poll,
    const struct value *v, struct wall now)
{
	struct value out;

	if (is_over(d, now))
		begin(d, now);
	if (value_is_good(v) && !(v->flags & VALUE_OVERRIDE))
		count(d, t, poll, v);
	out = value_real(d->sum, v->time);
	out.quality = v->quality;
	out.cause = v->cause;
	out.flags = v->flags;
	if (out.quality == QUALITY_GOOD && !d->whole)
		out.quality = QUALITY_UNCERTAIN;
	return out;
}

char *
day_count_print(char dst[DAY_COUNT_TEXT], const struct day_count *d)
{
	snprintf(dst, DAY_COUNT_TEXT, "day %" PRId64 " %" PRId64 " %.10g %.17g %d",
	    d->from.ms, d->at.ms, d->sum, d->raw, d->whole);
	return dst;
}

bool
day_count_parse(struct day_count *d, const char *text)
{
	struct day_count r = { .known = true };
	struct period p;
	int whole, end = 0;

	if (sscanf(text, "day %" SCNd64 " %" SCNd64 " %lf %lf %d%n",
		&r.from.ms, &r.at.ms, &r.sum, &r.raw, &whole, &end) != 5 ||
	    text[end] != '\0' || !isfinite(r.sum) || !isfinite(r.raw) ||
	    r.from.ms <= 0 || r.at.ms <= 0)
		return false;
	p = calendar_day(when_date(r.from));
	r.until = p.to;
	r.whole = whole != 0;
	/* another zone now: the day is another one, and not known whole */
	if (p.from.ms != r.from.ms)
		r.until = (struct wall){ 0 };
	*d = r;
	return true;
}
