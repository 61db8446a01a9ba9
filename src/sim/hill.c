/* SPDX-License-Identifier: ISC */
#include "sim/hill.h"

#include <math.h>

#define HV601_TRAVEL_S	60.0
#define HV601_K		70.0	/* m3/h per sqrt(bar), fully open */
#define STATIC_BAR	3.1	/* the reservoir's floor over the main */
#define BAR_PER_M	0.0980665
#define BATTERY_FULL	13.6	/* V */
#define BATTERY_EMPTY	10.5
#define BATTERY_S	(48 * 3600.0)
#define CHARGE_S	(6 * 3600.0)

void
hill_init(struct hill *h)
{
	*h = (struct hill){ .level = 3.1, .base_draw = 38.0,
		.in_m3 = 812340.0, .out_m3 = 811805.0, .supply = true,
		.battery = BATTERY_FULL, .mode = HILL_AUTO, .open_at = 2.6,
		.close_at = 3.6 };
	h->hv601.closed = true;
	instrument_init(&h->lt601, h->level, 2.0, 0.003);
	instrument_init(&h->ft601, 0.0, 2.0, 0.15);
	instrument_init(&h->ft602, h->base_draw, 2.0, 0.15);
	instrument_init(&h->et601, h->battery, 5.0, 0.01);
}

double
hill_takes(const struct hill *h, double bar)
{
	double over = bar - STATIC_BAR - h->level * BAR_PER_M;

	/* a check valve keeps it from running back */
	return over > 0.0 ? HV601_K * h->hv601.position / 100.0 * sqrt(over)
			  : 0.0;
}

static void
battery_step(struct hill *h, double dt)
{
	double volts = BATTERY_FULL - BATTERY_EMPTY;
	double rate = h->supply ? volts / CHARGE_S : -volts / BATTERY_S;

	h->battery = fmax(BATTERY_EMPTY,
	    fmin(BATTERY_FULL, h->battery + rate * dt));
}

void
hill_step(struct hill *h, double q_in, double share, double dt)
{
	double most;

	valve_step(&h->hv601, HV601_TRAVEL_S, h->supply, dt);
	battery_step(h, dt);
	h->q_in = q_in;
	most = h->level * HILL_AREA / dt * 3600.0;
	h->q_out = fmin(h->base_draw * share, most);
	h->level += (h->q_in - h->q_out) / 3600.0 * dt / HILL_AREA;
	h->q_overflow = 0.0;
	if (h->level > HILL_TOP) {
		h->q_overflow =
		    (h->level - HILL_TOP) * HILL_AREA / dt * 3600.0;
		h->level = HILL_TOP;
	}
	h->in_m3 += h->q_in / 3600.0 * dt;
	h->out_m3 += h->q_out / 3600.0 * dt;
}

void
hill_measure(struct hill *h, struct rng *r, double dt)
{
	instrument_step(&h->lt601, r, h->level, dt);
	instrument_step(&h->ft601, r, h->q_in, dt);
	instrument_step(&h->ft602, r, h->q_out, dt);
	instrument_step(&h->et601, r, h->battery, dt);
}

void
hill_scan(struct hill *h, double dt)
{
	if (h->mode >= HILL_AUTO && !h->hv601.local) {
		if (h->lt601.measured < h->open_at)
			h->hv601.command = true;
		else if (h->lt601.measured > h->close_at)
			h->hv601.command = false;
	}
	valve_scan(&h->hv601);
	valve_watch(&h->hv601, HV601_TRAVEL_S, dt);
}
