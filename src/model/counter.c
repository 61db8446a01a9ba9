/* SPDX-License-Identifier: ISC */
#include "model/counter.h"

#include <math.h>

#define LATE_MAX 86400000.0	/* ms: more is no delay but a wrong rate */

enum counter_step
counter_step(const struct counter_rule *r, double old, double new,
    struct span time, double *by)
{
	const double most = r->rate * (double)time.ms / 1000;

	*by = new - old;
	/* one count may have been almost complete before; no rate: no rule */
	if (*by >= 0 && (*by <= most + 1 || time.ms < 0 || r->rate <= 0))
		return COUNTER_ON;
	if (*by >= 0) {
		*by = 0;
		return COUNTER_JUMPED;
	}
	*by += r->size;
	if (*by >= 0 && *by <= most)
		return COUNTER_ROLLED;
	*by = 0;
	return COUNTER_RESET;
}

double
counter_raw(const struct tag *t, const struct value *v)
{
	const struct point *p = t->point;
	double n = value_number(v);

	if (p == NULL || !p->scaled)
		return n;
	return nearbyint(p->raw[0] +
	    (n - p->value[0]) * (p->raw[1] - p->raw[0]) /
		(p->value[1] - p->value[0]));
}

/* How long it takes to count what a deadband keeps back. */
static double
deadband_ms(const struct counter_kept *k, const struct log_rule *log)
{
	if (k->rule.rate <= 0)
		return 0;
	return log->deadband / fabs(k->each) / k->rule.rate * 1000;
}

bool
counter_keep(
    struct counter_kept *k, const struct plant *p, const struct tag *t)
{
	const struct point *at = t->point;
	double late;

	if (t->counter == NULL)
		return false;
	*k = (struct counter_kept){ .rule = *t->counter, .each = 1 };
	if (at != NULL && at->scaled) {
		k->whole = true;
		k->each = (at->value[1] - at->value[0]) /
		    (at->raw[1] - at->raw[0]);
		k->zero = at->value[0] - at->raw[0] * k->each;
	}
	late = at != NULL ? (double)p->polls[t->poll].every.ms : 0;
	if (t->log != NULL)
		late += (double)t->log->at_most.ms + deadband_ms(k, t->log);
	k->late.ms = (int64_t)fmin(late, LATE_MAX);
	return true;
}

static double
counts(const struct counter_kept *k, double value)
{
	double n = (value - k->zero) / k->each;

	return k->whole ? nearbyint(n) : n;
}

enum counter_step
counter_between(const struct counter_kept *k, double old, double new,
    struct span since, struct span unknown, double *by)
{
	const double was = counts(k, old), is = counts(k, new);
	const struct span time = {
		(is < was ? unknown.ms : since.ms) + k->late.ms };
	enum counter_step step = counter_step(&k->rule, was, is, time, by);

	*by *= k->each;
	if (!counter_is_lost(step) &&
	    k->rule.rate * (double)unknown.ms / 1000 >= k->rule.size)
		return COUNTER_AT_LEAST;
	return step;
}
