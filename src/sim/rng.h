/* SPDX-License-Identifier: ISC */
/* rng.h - numbers that look random and repeat with the same seed. */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

void rng_seed(struct rng *r, uint64_t seed);
uint32_t rng_next(struct rng *r);
double rng_unit(struct rng *r);		/* 0 <= x < 1 */
void rng_fill(struct rng *r, uint8_t *bytes, size_t n);
double rng_noise(struct rng *r);	/* mean 0, deviation 1, within +-3.5 */

#endif
