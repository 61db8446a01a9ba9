/* SPDX-License-Identifier: ISC */
/*
 * The registers of plc2b: four filters, backwash.
 *
 *   coil 20 for each filter: 0 in service, 1 wash, 2 abort, 10 reset;
 *        90, 91 resets of pump and blower
 *   di   20 for each filter, 80-83 pump and blower, 100-102 LOCAL switches,
 *        15 for each filter's valves from 120
 *   ir   20 for each filter, 100-113 their analysers, 120-147 all together,
 *        150-153 positions of the outlet valves
 *   hr   0-27 the PLC itself, 30-34 setpoints, 10 for each filter from 100,
 *        140-141 interlock words, 10 for each level loop from 200
 */
#include "sim/map_rows.h"

#define WASH_BIT(n, word, hr, b, m) LOCK_BIT(n "." word, (hr) + 1, b, m.locks)
/* A valve of a filter: d is its number among all of them. */
#define FILTER_VALVE(n, d, m)                                                  \
	FLAG(n ".opened", DI, 120 + 3 * (d), m.opened),                        \
	FLAG(n ".closed", DI, 121 + 3 * (d), m.closed),                        \
	FLAG(n ".fault", DI, 122 + 3 * (d), m.fault)
#define FILTER_VALVES(i, n, m)                                                 \
	FILTER_VALVE("XV-3" n "1", 5 * (i), m.inlet),                          \
	FILTER_VALVE("XV-3" n "2", 5 * (i) + 1, m.wash),                       \
	FILTER_VALVE("XV-3" n "3", 5 * (i) + 2, m.waste),                      \
	FILTER_VALVE("XV-3" n "4", 5 * (i) + 3, m.air),                        \
	FILTER_VALVE("LV-30" n, 5 * (i) + 4, m.outlet),                        \
	{ .name = "LV-30" n ".position", PLACE(IR, 150 + (i)), KIND(UINT16),   \
		REAL(m.outlet.position), ANALOG(0, 100) }
#define FILTER(i, n, hr, ir, di, coil, m)                                      \
	FLAG("F-30" n ".fault", DI, di, m.fault),                              \
	FLAG("F-30" n ".serving", DI, (di) + 1, m.serving),                    \
	FLAG("F-30" n ".washing", DI, (di) + 2, m.washing),                    \
	FLAG("F-30" n ".valves", DI, (di) + 7, m.valve_fault),                 \
	COIL("F-30" n ".in", coil, m.service),                                 \
	COIL("F-30" n ".start", (coil) + 1, m.start),                          \
	COIL("F-30" n ".abort", (coil) + 2, m.abort),                          \
	COIL("F-30" n ".reset", (coil) + 10, m.reset),                         \
	{ .name = "F-30" n ".step", PLACE(IR, ir), KIND(UINT16),               \
		COUNT(m.step) },                                               \
	{ .name = "F-30" n ".elapsed", PLACE(IR, (ir) + 1), KIND(UINT16),      \
		REAL(m.step_s) },                                              \
	{ .name = "F-30" n ".hours", PLACE(IR, (ir) + 2), KIND(UINT16),        \
		REAL(m.hours), SCALE(0, 10, 0, 1) },                           \
	{ .name = "F-30" n ".washes", PLACE(IR, (ir) + 4),                     \
		KIND2(UINT32, BADC), COUNT(m.washes) },                        \
	{ .name = "F-30" n ".text", PLACE(IR, (ir) + 8), .kind = CODEC_TEXT,   \
		.cell = CELL_TEXT, AT(m.text) },                               \
	MEASURED("F-30" n ".flow", IR, (ir) + 16, KIND(INT16), m.ft,           \
	    ANALOG(0, 300)),                                                   \
	{ .name = "F-30" n ".mode", PLACE(HR, hr), KIND(UINT16),               \
		.cell = CELL_FLAG, AT(m.automatic), CHOICE(0, 1) },            \
	WASH_BIT("F-30" n, "lock_water", hr, 0, m),                            \
	WASH_BIT("F-30" n, "lock_room", hr, 1, m),                             \
	WASH_BIT("F-30" n, "lock_pump", hr, 2, m),                             \
	WASH_BIT("F-30" n, "lock_blower", hr, 3, m),                           \
	WASH_BIT("F-30" n, "lock_busy", hr, 4, m),                             \
	WASH_BIT("F-30" n, "lock_few", hr, 5, m),                              \
	LOOP("LIC-30" n, (hr) + 100, m.lic, m.lt, PID_CASCADE, 1.0, 2.3),  \
	MEASURED("PDT-30" n ".pv", IR, 100 + (i), KIND(INT16), m.pdt,          \
	    ANALOG(0, 3)),                                                     \
	MEASURED("AT-30" n ".pv", IR, 110 + (i), KIND(INT16), m.at,            \
	    ANALOG(0, 2)),                                                     \
	FILTER_VALVES(i, n, m)

static const struct map_row plc2b[] = {
	PLC_WORD("plc2b", "filtration", plc2b),
	{ .name = "filtration.level", PLACE(HR, 30), KIND2(FLOAT32, ABCD),
		REAL(filters.level_sp), LIMITS(1.0, 2.3) },
	{ .name = "filter.interval", PLACE(HR, 32), KIND2(FLOAT32, DCBA),
		REAL(filters.interval_h), LIMITS(6, 120) },
	{ .name = "filtration.head", PLACE(HR, 34), KIND(UINT16),
		REAL(filters.head_limit), SCALE(0, 1000, 0, 1),
		LIMITS(0.5, 2.5) },
	{ .name = "filtration.turn", PLACE(IR, 140), KIND(UINT16),
		COUNT(filters.turn) },

	FILTER(0, "1", 100, 0, 0, 0, filters.f[0]),
	FILTER(1, "2", 110, 20, 20, 20, filters.f[1]),
	FILTER(2, "3", 120, 40, 40, 40, filters.f[2]),
	FILTER(3, "4", 130, 60, 60, 60, filters.f[3]),

	MEASURED("FT-301.pv", IR, 120, KIND(INT16), filters.ft301,
	    ANALOG(0, 800)),
	{ .name = "FT-301.total", PLACE(IR, 144), KIND2(FLOAT64, DCBA),
		REAL(filters.total_m3) },
	MEASURED("FT-302.pv", IR, 124, KIND(INT16), filters.ft302,
	    ANALOG(0, 1500)),
	MEASURED("PT-301.pv", IR, 126, KIND(INT16), filters.pt301,
	    SCALE(0, 1000, 0, 1)),
	FLAG("P-301.run", DI, 80, filters.p301.run),
	FLAG("P-301.fault", DI, 81, filters.p301.fault),
	FLAG("P-301.local", DI, 100, filters.p301.local),
	COIL("P-301.reset", 90, filters.p301.reset),
	HOURS("P-301", 130, filters.p301), STARTS("P-301", 130, filters.p301),
	{ .name = "P-301.speed", PLACE(IR, 130), KIND(UINT16),
		REAL(filters.p301.speed), ANALOG(0, 100) },
	{ .name = "P-301.current", PLACE(IR, 131), KIND(INT16),
		REAL(filters.p301.current), SCALE(0, 10, 0, 1) },
	LOCK_BIT("P-301.lock_level", 140, 0, filters.p301.locks),
	LOCK_BIT("P-301.lock_mains", 140, 3, filters.p301.locks),
	LOCK_BIT("P-301.lock_starts", 140, 5, filters.p301.locks),
	FLAG("B-301.run", DI, 82, filters.b301.run),
	FLAG("B-301.fault", DI, 83, filters.b301.fault),
	FLAG("B-301.local", DI, 102, filters.b301.local),
	COIL("B-301.reset", 91, filters.b301.reset),
	HOURS("B-301", 134, filters.b301), STARTS("B-301", 134, filters.b301),
	LOCK_BIT("B-301.lock_mains", 141, 3, filters.b301.locks),
};

const struct map map_plc2b = { plc2b, sizeof(plc2b) / sizeof(plc2b[0]) };
