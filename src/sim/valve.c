/* SPDX-License-Identifier: ISC */
#include "sim/valve.h"

#include <math.h>

void
valve_scan(struct valve *v)
{
	if (v->local)
		v->command = v->reference > 50.0;
	v->reference = v->command ? 100.0 : 0.0;
}

void
valve_watch(struct valve *v, double travel_s, double dt)
{
	bool away = fabs(v->reference - v->position) > 3.0;

	v->away_s = away ? v->away_s + dt : 0.0;
	if (v->reset) {
		v->fault = false;
		v->away_s = 0.0;
	}
	v->reset = false;
	if (v->away_s > 1.5 * travel_s)
		v->fault = true;
}

void
valve_step(struct valve *v, double travel_s, bool mains, double dt)
{
	double most = 100.0 / travel_s * dt, way = v->reference - v->position;

	if (mains && !v->stuck)
		v->position += fmax(-most, fmin(most, way));
	v->opened = v->position > 99.0;
	v->closed = v->position < 1.0;
}
