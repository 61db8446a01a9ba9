/* SPDX-License-Identifier: ISC */
/* The PLCs of the plant. */
#include "sim/plc.h"
#include "sim/program.h"

#define MAKE(n, u) .name = #n, .unit = (u), .map = &map_##n,                   \
	.word = offsetof(struct works, n), .program = &program_##n

const struct plc_make plc_makes[] = {
	{ MAKE(plc1, 1), .size = { 100, 100, 500, 500 }, .hole_first = 60,
		.hole_last = 69 },
	{ MAKE(plc2a, 1), .size = { 100, 100, 200, 300 }, .hole_first = 1 },
	{ MAKE(plc2b, 2), .size = { 200, 200, 300, 500 }, .hole_first = 1 },
};
const size_t plc_makes_n = sizeof(plc_makes) / sizeof(plc_makes[0]);
