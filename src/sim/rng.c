/* SPDX-License-Identifier: ISC */
/* splitmix64: one word of state, so that the whole works is plain data. */
#include "sim/rng.h"

void
rng_seed(struct rng *r, uint64_t seed)
{
	r->state = seed * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u;
}

uint32_t
rng_next(struct rng *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ (z >> 31)) >> 32);
}

double
rng_unit(struct rng *r)
{
	return rng_next(r) / 4294967296.0;
}

void
rng_fill(struct rng *r, uint8_t *bytes, size_t n)
{
	for (; n > 0; n--)
		*bytes++ = (uint8_t)rng_next(r);
}

double
rng_noise(struct rng *r)
{
	/* Four halves of two draws: close enough to a bell, and bounded. */
	uint32_t a = rng_next(r), b = rng_next(r);
	double sum = (a & 0xffff) + (a >> 16) + (b & 0xffff) + (b >> 16);

	return (sum / 65536.0 - 2.0) * 1.7320508;
}
