/* SPDX-License-Identifier: ISC */
/*
 * The registers of plc2a: coagulant, clarifier, sludge, waste tank.
 *
 *   coil 0-5 commands, 10-15 resets
 *   di   0-12 contacts, 20-32 LOCAL switches, 40 water without coagulant
 *   ir   0-15 transmitters and meters, 20-39 drives, 120-139 starts
 *   hr   0-27 the PLC itself, 40-50 the dosing loop, 60-61 sludge draw,
 *        80-87 levels and pH, 100-105 interlock words
 */
#include "sim/map_rows.h"

#define LOCK(n, word, hr, b, m) LOCK_BIT(n "." word, hr, b, m.locks)
#define DOSING_PUMP(n, hr, ir, di, coil, d)                                    \
	DRIVE(n, di, coil, d.motor), HOURS(n, ir, d.motor),                    \
	STARTS(n, ir, d.motor),                                                \
	{ .name = n ".speed", PLACE(IR, ir), KIND(UINT16), REAL(d.speed),      \
		ANALOG(0, 100) },                                              \
	LOCK(n, "lock_level", hr, 0, d.motor),                                 \
	LOCK(n, "lock_path", hr, 1, d.motor),                                  \
	LOCK(n, "lock_mains", hr, 3, d.motor)
#define STIRRER(n, hr, ir, di, coil, m)                                        \
	DRIVE(n, di, coil, m), HOURS(n, ir, m),                                \
	LOCK(n, "lock_mains", hr, 3, m)

static const struct map_row plc2a[] = {
	PLC_WORD("plc2a", "clarifier", plc2a),
	{ .name = "clarifier.changeover", PLACE(HR, 10), KIND(UINT16),
		.cell = CELL_FLAG, AT(clarifier.changeover), CHOICE(0, 1) },

	/* dosing */
	DOSING_PUMP("D-201A", 100, 20, 0, 0, clarifier.d201[0]),
	DOSING_PUMP("D-201B", 101, 24, 2, 1, clarifier.d201[1]),
	LOOP("FIC-201", 40, clarifier.fic201, clarifier.ft202, PID_CASCADE, 0,
	    DOSING_MOST),
	{ .name = "FIC-201.ratio", PLACE(HR, 49), KIND2(FLOAT32, ABCD),
		REAL(clarifier.ratio), LIMITS(0, 100) },
	FLAG("clarifier.undosed", DI, 40, clarifier.undosed),
	MEASURED("LT-202.pv", IR, 12, KIND(UINT16), clarifier.lt202,
	    SCALE(0, 1000, 0, 1)),

	/* clarifier */
	MEASURED("FT-201.pv", IR, 0, KIND(INT16), clarifier.ft201,
	    ANALOG(0, 800)),
	MEASURED("LT-201.pv", HR, 80, KIND2(FLOAT32, BADC), clarifier.lt201),
	MEASURED("LT-203.pv", HR, 82, KIND2(FLOAT32, DCBA), clarifier.lt203),
	MEASURED("QT-201.pv", HR, 86, KIND(FLOAT32), clarifier.qt201),
	MEASURED("AT-201.pv", IR, 10, KIND(INT16), clarifier.at201,
	    ANALOG(0, 50)),
	STIRRER("M-201", 102, 28, 4, 2, clarifier.m201),
	STIRRER("M-202", 103, 32, 6, 3, clarifier.m202),
	{ .name = "M-202.torque", PLACE(IR, 32), KIND(INT16),
		REAL(clarifier.torque), SCALE(0, 10, 0, 1) },
	VALVE("XV-201", 10, 5, clarifier.xv201),
	COIL("XV-201.open", 5, clarifier.xv201.command),
	{ .name = "XV-201.interval", PLACE(HR, 60), KIND(BCD16),
		REAL(clarifier.sludge_interval_min), LIMITS(5, 600) },
	{ .name = "XV-201.duration", PLACE(HR, 61), KIND(UINT16),
		REAL(clarifier.sludge_s), LIMITS(10, 1800) },

	/* waste tank */
	DRIVE("P-401", 8, 4, waste.p401), HOURS("P-401", 36, waste.p401),
	STARTS("P-401", 36, waste.p401),
	{ .name = "P-401.current", PLACE(IR, 37), KIND(INT16),
		REAL(waste.p401.current), SCALE(0, 10, 0, 1) },
	LOCK("P-401", "lock_level", 104, 0, waste.p401),
	LOCK("P-401", "lock_mains", 104, 3, waste.p401),
	LOCK("P-401", "lock_starts", 104, 5, waste.p401),
	{ .name = "P-401.mode", PLACE(HR, 105), KIND(UINT16),
		.cell = CELL_FLAG, AT(waste.automatic), CHOICE(0, 1) },
	MEASURED("LT-401.pv", HR, 84, KIND2(FLOAT32, ABCD), waste.lt401),
	MEASURED("FT-401.pv", IR, 14, KIND(INT16), waste.ft401,
	    ANALOG(0, 150)),
	{ .name = "FT-401.total", PLACE(IR, 16), KIND2(UINT32, BADC),
		REAL(waste.total_m3), SCALE(0, 10, 0, 1) },
};

const struct map map_plc2a = { plc2a, sizeof(plc2a) / sizeof(plc2a[0]) };
