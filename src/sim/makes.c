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
	{ MAKE(plc3, 1), .size = { 100, 100, 500, 500 }, .hole_first = 1 },
	{ .name = "hill", .unit = 3, .map = &map_hill,
		.size = { 50, 50, 50, 100 }, .hole_first = 1,
		.word = offsetof(struct works, hill_word),
		.program = &program_hill },
	{ .name = "meter1", .unit = 7, .map = &map_meter1,
		.size = { 0, 0, 40, 100 }, .hole_first = 40, .hole_last = 59 },
};
const size_t plc_makes_n = sizeof(plc_makes) / sizeof(plc_makes[0]);
