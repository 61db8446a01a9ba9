/* SPDX-License-Identifier: ISC */
#include "model/counter.h"

#include <math.h>

enum counter_step
counter_step(const struct counter_rule *r, double old, double new,
    struct span time, double *by)
{
	*by = new - old;
	if (*by >= 0)
		return COUNTER_ON;
	*by += ldexp(1, (int)r->bits);
	if (*by >= 0 && *by <= r->rate * (double)time.ms / 1000)
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
