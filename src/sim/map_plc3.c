/* SPDX-License-Identifier: ISC */
/*
 * The registers of plc3: chlorination of the outgoing water, power.
 *
 *   coil 0-3 commands, 10-13 resets (the program takes and clears them)
 *   di   0-7 drives and breakers, 20-27 LOCAL switches, 30-33 contacts
 *   ir   200-219 transmitters, 300-329 drives, 400-429 starts
 *   hr   0-29 the PLC itself, 100-105 modes, 220-249 loops,
 *        400-410 interlock words
 */
#include "sim/map_rows.h"

#define PUMP(n, hr, ir, di, coil, m)                                           \
	DRIVE(n, di, coil, m), HOURS(n, ir, m), STARTS(n, ir, m),              \
	{ .name = n ".stroke", PLACE(IR, ir), KIND(UINT16), REAL(m.speed),     \
		ANALOG(0, 100) },                                              \
	LOCK_BIT(n ".lock_level", (hr) + 300, 0, m.locks),                     \
	LOCK_BIT(n ".lock_path", (hr) + 300, 1, m.locks),                      \
	LOCK_BIT(n ".lock_mains", (hr) + 300, 3, m.locks)

static const struct map_row plc3[] = {
	PLC_WORD("plc3", "power", plc3),

	/* chlorination */
	PUMP("D-701A", 100, 300, 0, 0, hypo.d701[0]),
	PUMP("D-701B", 101, 304, 2, 1, hypo.d701[1]),
	{ .name = "site.dosing", PLACE(HR, 100), KIND(UINT16),
		REAL(hypo.mode), CHOICE(0, 1) },
	{ .name = "FFIC-701.pv", PLACE(HR, 220), KIND(FLOAT32),
		REAL(hypo.dosed) },
	LOOP_REST("FFIC-701", 220, hypo.ffic701, PID_CASCADE, 0.0, 0.4),
	LOOP("AIC-701", 230, hypo.aic701, hypo.at701, PID_CASCADE, 0.3, 0.9),
	MEASURED("LT-701.pv", IR, 200, KIND(UINT16), hypo.lt701,
	    ANALOG(0, 1000)),
	MEASURED("FI-701.pv", IR, 201, KIND(UINT16), hypo.ft701,
	    ANALOG(0, 25)),
	MEASURED("AT-701.pv", IR, 202, KIND(INT16), hypo.at701, ANALOG(0, 2)),
	MEASURED("PT-602.pv", IR, 203, KIND(UINT16), pt602, ANALOG(0, 10)),

	/* power */
	FLAG("Q-801.closed", DI, 4, supply.q801.closed),
	FLAG("Q-801.fault", DI, 5, supply.q801.fault),
	FLAG("Q-801.local", DI, 24, supply.q801.local),
	COIL("Q-801.close", 2, supply.q801.command),
	COIL("Q-801.reset", 12, supply.q801.reset),
	DRIVE("G-801", 6, 3, supply.g801), HOURS("G-801", 308, supply.g801),
	STARTS("G-801", 308, supply.g801),
	FLAG("G-801.loaded", DI, 31, supply.g801.loaded),
	{ .name = "G-801.mode", PLACE(HR, 102), KIND(UINT16),
		REAL(supply.g801.mode), CHOICE(0, 2) },
	MEASURED("G-801.speed", IR, 308, KIND(INT16), supply.speed),
	MEASURED("G-801.fuel", IR, 309, KIND(UINT16), supply.fuel,
	    ANALOG(0, 100)),
	MEASURED("G-801.coolant", IR, 312, KIND(INT16), supply.coolant,
	    SCALE(0, 10, 0, 1)),
	FLAG("power.grid", DI, 30, supply.grid),
	MEASURED("ET-801.pv", IR, 213, KIND(UINT16), supply.volts,
	    SCALE(0, 10, 0, 1)),
};

const struct map map_plc3 = { plc3, sizeof(plc3) / sizeof(plc3[0]) };
