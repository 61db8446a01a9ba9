/* SPDX-License-Identifier: ISC */
/*
 * instrument.h - a transmitter: what the PLC is told about a quantity.
 *
 * It follows the truth with a lag and some noise, and can be made to stick or
 * to drift. The program works with what is measured, never with the truth.
 * Plain data without pointers.
 */
#ifndef SIM_INSTRUMENT_H
#define SIM_INSTRUMENT_H

#include <stdbool.h>

#include "sim/rng.h"

struct instrument {
	double measured;
	double filtered;	/* lagged truth, without noise and drift */
	double lag_s, noise;	/* noise: standard deviation, in the unit */
	double drift, drift_per_s;
	bool stuck;
};

void instrument_init(
    struct instrument *i, double truth, double lag_s, double noise);
void instrument_step(
    struct instrument *i, struct rng *r, double truth, double dt);

#endif
