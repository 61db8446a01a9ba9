/* SPDX-License-Identifier: ISC */
#include "sim/instrument.h"

#include "sim/lag.h"

void
instrument_init(struct instrument *i, double truth, double lag_s, double noise)
{
	*i = (struct instrument){ .measured = truth, .filtered = truth,
		.lag_s = lag_s, .noise = noise };
}

void
instrument_step(struct instrument *i, struct rng *r, double truth, double dt)
{
	double noise = i->noise > 0.0 ? i->noise * rng_noise(r) : 0.0;

	i->filtered = lag_step(i->filtered, truth, i->lag_s, dt);
	i->drift += i->drift_per_s * dt;
	if (!i->stuck)
		i->measured = i->filtered + i->drift + noise;
}
