/* SPDX-License-Identifier: ISC */
#include "sim/hydraulics.h"

#include <math.h>

#define HALVINGS 24		/* 80 m / 2^24: below anything measured */

double
pipe_takes(const void *system, double head)
{
	const struct pipe *p = system;

	return head > p->lift ? sqrt((head - p->lift) / p->k) : 0.0;
}

static double
give(const struct pump *const pumps[], size_t n, const struct pump_make *make,
    double head)
{
	double sum = 0.0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += pump_flow_at(pumps[i], make, head);
	return sum;
}

double
header_solve(const struct pump *const pumps[], size_t n,
    const struct pump_make *make, header_takes_fn *takes, const void *system,
    double flow[])
{
	double low = 0.0, high = 0.0, head, n2;
	size_t i;
	int k;

	for (i = 0; i < n; i++) {
		n2 = pumps[i]->speed / 100.0;
		high = fmax(high, n2 * n2 * make->h0);
	}
	for (k = 0; k < HALVINGS && high > 0.0; k++) {
		head = (low + high) / 2.0;
		if (give(pumps, n, make, head) > takes(system, head))
			low = head;
		else
			high = head;
	}
	for (i = 0; i < n; i++)
		flow[i] = pump_flow_at(pumps[i], make, high);
	return high;
}
