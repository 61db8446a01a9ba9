/* SPDX-License-Identifier: ISC */
/* The truth, which no transmitter spoils; in no PLC. */
#include "sim/map_rows.h"

#define WORKS(n, m) { .name = "works." n, .space = MAP_NONE,                   \
		.bit = MAP_NO_BIT, REAL(m) }
#define SWITCH(n, m) { .name = "works." n, .space = MAP_NONE,                  \
		.bit = MAP_NO_BIT, .cell = CELL_FLAG, AT(m), LIMITS(0, 1) }
#define LASTING(n, m, l, h) { .name = "works." n, .space = MAP_NONE,           \
		.bit = MAP_NO_BIT, REAL(m), LIMITS(l, h) }

static const struct map_row works[] = {
	LASTING("tank", tank, 0, TANK_TOP),
	LASTING("sump", sump, 0, 5),
	LASTING("river", river, 0, 6),
	LASTING("clock", clock_s, 0, 86399),
	LASTING("chlorine", quality.chlorine, 0, 5),
	WORKS("pressure", pressure),
	WORKS("demand", demand),
	WORKS("q_river", q_river),
	WORKS("q_raw", q_raw),
	WORKS("q_out", q_out),
	WORKS("clarifier", clarifier.level),
	WORKS("blanket", clarifier.blanket),
	LASTING("coagulant", clarifier.coagulant, 0, COAGULANT_TOP),
	LASTING("waste", waste.level, 0, WASTE_TOP),
	WORKS("q_filtered", filters.q_out),
	WORKS("q_drain", waste.q_out),
	WORKS("drain", waste.drain_m3),
	WORKS("in", in_m3),
	WORKS("out", out_m3),
	WORKS("overflow", overflow_m3),
	WORKS("age", age_s),
	SWITCH("door", hill.door_open),
	SWITCH("supply", hill.supply),
	LASTING("hill", hill.level, 0, HILL_TOP),
	WORKS("q_hill", q_hill),
	WORKS("residual", hypo.residual),
};

const struct map map_works = { works, sizeof(works) / sizeof(works[0]) };
