/* SPDX-License-Identifier: ISC */
/*
 * The registers of plc1: intake and clear water.
 *
 *   coil 0-8 commands, 10-18 resets (the program takes and clears them)
 *   di   0-19 contacts, 20-39 LOCAL switches, 40-63 rake screen and dosing
 *   ir   200-223 transmitters and meters, 300-329 drives, 400-423 starts
 *   hr   0-27 the PLC itself, 100-120 setpoints, 200-239 levels and loops,
 *        400-420 interlock words; 60-69 are not there
 *
 * 32-bit values have the low register first (CDAB) unless the row says so.
 */
#include "sim/map_rows.h"

/* The pumps for raw water and for the town. */
#define PUMP(n, hr, ir, di, coil, m)                                           \
	DRIVE(n, di, coil, m), HOURS(n, ir, m), STARTS(n, ir, m),              \
	{ .name = n ".speed", PLACE(IR, ir), KIND(UINT16), REAL(m.speed),      \
		ANALOG(0, 100) },                                              \
	{ .name = n ".current", PLACE(IR, (ir) + 1), KIND(INT16),              \
		REAL(m.current), SCALE(0, 10, 0, 1) },                         \
	LOCK_BIT(n ".lock_level", (hr) + 300, 0, m.locks),                     \
	LOCK_BIT(n ".lock_path", (hr) + 300, 1, m.locks),                      \
	LOCK_BIT(n ".lock_mode", (hr) + 300, 2, m.locks),                      \
	LOCK_BIT(n ".lock_mains", (hr) + 300, 3, m.locks)
#define RAW_PUMP(n, hr, ir, di, coil, m)                                       \
	PUMP(n, hr, ir, di, coil, m),                                          \
	{ .name = n ".sp", PLACE(HR, hr), KIND(UINT16), REAL(m.sp),            \
		ANALOG(0, 100), LIMITS(0, 100) }
#define FLOW(n, ir, sensor, total)                                             \
	MEASURED(n ".pv", IR, ir, KIND(INT16), sensor, ANALOG(0, 800)),        \
	{ .name = n ".total", PLACE(IR, (ir) + 2), KIND(BCD32),                \
		REAL(total.m3) }

static const struct map_row plc1[] = {
	PLC_WORD("plc1", "intake", plc1),
	{ .name = "site.mode", PLACE(HR, 10), KIND(UINT16), REAL(raw.mode),
		CHOICE(0, 2) },

	/* intake */
	VALVE("V-101", 10, 5, v101), COIL("V-101.open", 5, v101.command),
	DRIVE("SC-101", 40, 7, sc101), HOURS("SC-101", 322, sc101),
	STARTS("SC-101", 322, sc101),
	{ .name = "SC-101.interval", PLACE(HR, 110), KIND(BCD16),
		REAL(sc101.interval_min), LIMITS(5, 240) },
	{ .name = "SC-101.start_dp", PLACE(HR, 111), KIND(UINT16),
		REAL(sc101.start_dp), SCALE(0, 1000, 0, 1), LIMITS(0.05, 0.8) },
	RAW_PUMP("P-101A", 100, 300, 0, 0, p101[0]),
	RAW_PUMP("P-101B", 101, 304, 2, 1, p101[1]),
	MEASURED("LT-101.pv", HR, 204, KIND(FLOAT32), lt101),
	MEASURED("PDT-101.pv", HR, 206, KIND(FLOAT32), pdt101),
	FLOW("FT-101", 200, ft101, fq101),
	MEASURED("AT-101.pv", IR, 210, KIND(INT16), at101, ANALOG(0, 100)),
	MEASURED("TT-101.pv", IR, 213, KIND(INT16), tt101, SCALE(0, 10, 0, 1)),

	/* clear water */
	VALVE("LV-501", 13, 6, lv501),
	MEASURED("LV-501.position", IR, 320, KIND(UINT16), zt501,
	    ANALOG(0, 100)),
	MEASURED("LT-501.pv", HR, 200, KIND(FLOAT32), lt501),
	MEASURED("LT-502.pv", HR, 202, KIND2(FLOAT32, ABCD), lt502),
	LOOP("LIC-501", 230, lic501, lt501, PID_CASCADE, 2.0, 5.0),
	PUMP("P-501A", 102, 308, 4, 2, p501[0]),
	PUMP("P-501B", 103, 312, 6, 3, p501[1]),
	PUMP("P-501C", 104, 316, 8, 4, p501[2]),
	LOOP("PIC-501", 220, pic501, pt501, PID_CASCADE, 3.0, 6.5),
	{ .name = "site.lift", PLACE(HR, 130), KIND(UINT16), REAL(lift.mode),
		CHOICE(0, 1) },
	{ .name = "site.rotate", PLACE(HR, 131), KIND(BCD16),
		REAL(lift.rotate_h), LIMITS(12, 720) },
	{ .name = "site.lift_wanted", PLACE(IR, 240), KIND(UINT16),
		COUNT(lift.wanted) },
	FLOW("FT-501", 204, ft501, fq501),
	DRIVE("D-501", 42, 8, dosing), HOURS("D-501", 326, dosing),
	{ .name = "D-501.dose", PLACE(IR, 326), KIND(UINT16), REAL(dose),
		SCALE(0, 1000, 0, 1) },
	{ .name = "D-501.sp", PLACE(HR, 120), KIND(UINT16), REAL(dose_sp),
		SCALE(0, 1000, 0, 1), LIMITS(0, 1.2) },
	LOCK_BIT("D-501.lock_path", 420, 1, dosing.locks),
	MEASURED("AT-501.pv", IR, 211, KIND(INT16), at501, ANALOG(0, 2)),
	MEASURED("AT-502.pv", IR, 212, KIND(INT16), at502, ANALOG(0, 2)),
	MEASURED("site.power", IR, 220, KIND2(INT32, BADC), jt501,
	    SCALE(0, 1000, 0, 1)),
	{ .name = "site.energy", PLACE(IR, 222), KIND2(UINT32, DCBA),
		REAL(energy_kwh) },
};

const struct map map_plc1 = { plc1, sizeof(plc1) / sizeof(plc1[0]) };
