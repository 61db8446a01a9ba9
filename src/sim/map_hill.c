/* SPDX-License-Identifier: ISC */
/*
 * The registers of the hill reservoir's outstation, unit 3 of the serial line.
 *
 *   coil 0 inlet, 10 its reset
 *   di   0-2 inlet, 5 door, 6 supply, 20 LOCAL switch
 *   ir   0-8 transmitters and meters
 *   hr   0-29 the outstation itself, 40-42 the inlet's program
 */
#include "sim/map_rows.h"

static const struct map_row hill[] = {
	{ .name = "hill.alive", PLACE(HR, 0), KIND(UINT16),
		COUNT(hill_word.alive) },
	{ .name = "hill.life", PLACE(HR, 1), KIND(UINT16),
		COUNT(hill_word.life), LIMITS(0, 65535) },
	{ .name = "hill.identity", PLACE(HR, 2), KIND(UINT16),
		COUNT(hill_word.identity) },
	WORD_BIT("reservoir.running", 3, 0, hill_word.running),
	WORD_BIT("reservoir.noserver", 3, 3, hill_word.server_silent),
	{ .name = "reservoir.version", PLACE(HR, 20), .kind = CODEC_TEXT,
		.cell = CELL_TEXT, AT(hill_word.version) },

	MEASURED("LT-601.pv", IR, 0, KIND(UINT16), hill.lt601, ANALOG(0, 5)),
	MEASURED("FT-601.pv", IR, 1, KIND(INT16), hill.ft601, ANALOG(0, 200)),
	MEASURED("FT-602.pv", IR, 4, KIND(INT16), hill.ft602, ANALOG(0, 200)),
	{ .name = "FT-601.total", PLACE(IR, 2), KIND(UINT32),
		REAL(hill.in_m3) },
	{ .name = "FT-602.total", PLACE(IR, 5), KIND(UINT32),
		REAL(hill.out_m3) },
	MEASURED("reservoir.battery", IR, 8, KIND(UINT16), hill.et601,
	    SCALE(0, 100, 0, 1)),

	VALVE("HV-601", 0, 0, hill.hv601),
	COIL("HV-601.open", 0, hill.hv601.command),
	FLAG("reservoir.door", DI, 5, hill.door_open),
	FLAG("reservoir.mains", DI, 6, hill.supply),
	{ .name = "HV-601.mode", PLACE(HR, 40), KIND(UINT16), REAL(hill.mode),
		CHOICE(0, 1) },
	{ .name = "HV-601.open_at", PLACE(HR, 41), KIND(INT16),
		REAL(hill.open_at), SCALE(0, 100, 0, 1), LIMITS(0.5, 4.5) },
	{ .name = "HV-601.close_at", PLACE(HR, 42), KIND(INT16),
		REAL(hill.close_at), SCALE(0, 100, 0, 1), LIMITS(0.5, 4.5) },
};

const struct map map_hill = { hill, sizeof(hill) / sizeof(hill[0]) };
