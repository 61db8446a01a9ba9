/* SPDX-License-Identifier: ISC */
/*
 * The registers of the energy meter, unit 7 of the serial line, as its maker
 * orders them: floats with the bytes swapped, the counter whole.
 *
 *   ir 0-32 what it measures, hr 0-3 what it is; hr 40-59 are not there
 */
#include "sim/map_rows.h"

#define AMOUNT(n, a, k, o, m)                                                  \
	{ .name = n, PLACE(IR, a), KIND2(k, o), REAL(supply.meter.m) }

static const struct map_row meter1[] = {
	AMOUNT("JT-801.u1", 0, FLOAT32, BADC, volts[0]),
	AMOUNT("JT-801.u2", 2, FLOAT32, BADC, volts[1]),
	AMOUNT("JT-801.u3", 4, FLOAT32, BADC, volts[2]),
	AMOUNT("JT-801.i1", 6, FLOAT32, DCBA, amps[0]),
	AMOUNT("JT-801.i2", 8, FLOAT32, DCBA, amps[1]),
	AMOUNT("JT-801.i3", 10, FLOAT32, DCBA, amps[2]),
	MEASURED("JT-801.pv", IR, 12, KIND2(FLOAT32, ABCD), jt501),
	{ .name = "JT-801.cosphi", PLACE(IR, 14), KIND(INT16),
		REAL(supply.meter.cos_phi), SCALE(0, 1000, 0, 1) },
	{ .name = "JT-801.hertz", PLACE(IR, 15), KIND(UINT16),
		REAL(supply.meter.hertz), SCALE(0, 100, 0, 1) },
	{ .name = "JT-801.energy", PLACE(IR, 16), KIND2(UINT64, ABCD),
		REAL(supply.meter.kwh), SCALE(0, 1000, 0, 1) },
	{ .name = "JT-801.reactive", PLACE(IR, 20), KIND2(INT64, DCBA),
		REAL(supply.meter.kvarh), SCALE(0, 1000, 0, 1) },
	AMOUNT("JT-801.mean", 24, FLOAT64, CDAB, kw_mean),
	AMOUNT("JT-801.number", 28, BCD32, ABCD, number),
	AMOUNT("JT-801.tariff", 30, BCD16, ABCD, tariff),
};

const struct map map_meter1 = { meter1, sizeof(meter1) / sizeof(meter1[0]) };
