/* SPDX-License-Identifier: ISC */
/*
 * plan.h - which requests read the points of a device. Pure.
 *
 * Points of one period and one space are merged into blocks: as long as the
 * device allows (max_registers, max_bits), over gaps of at most max_hole that
 * touch no declared hole. What belongs together is never split: the registers
 * of one value, the points of a group, points that share a register.
 */
#ifndef FIELD_PLAN_H
#define FIELD_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "wire/fieldwire.h"

struct plan_block {
	uint8_t space;
	uint16_t first, count;	/* registers or bits */
	uint32_t period_ms;
	uint32_t lo, n;		/* its points: order[lo..lo+n), by address */
};
struct plan {
	uint32_t *order;	/* indices of points */
	size_t n;
	struct plan_block *blocks;
	size_t n_blocks;
};

/* points are those of one device d; both outlive nothing: p has its own. A
 * group of different periods is read with the shortest of them. A group that
 * no single request can hold is read point by point. */
void plan_build(struct plan *p, const struct device *d,
    const struct field_point *points, size_t n);
void plan_free(struct plan *p);

/*
 * P24: cuts b in two near its middle. The halves are in *left and *right;
 * false if what it holds must stay together.
 */
bool plan_split(const struct plan *p, const struct field_point *points,
    const struct plan_block *b, struct plan_block *left,
    struct plan_block *right);

/* P15: how long a read of this period is good, in ms. */
uint32_t plan_good_for(uint32_t period_ms, struct span timeout);

#endif
