/* SPDX-License-Identifier: ISC */
/*
 * map_rows.h - rows of register maps in short, for the maps alone.
 *
 * 32-bit values have the low register first (CDAB) unless the row says so.
 */
#ifndef SIM_MAP_ROWS_H
#define SIM_MAP_ROWS_H

#include "sim/map.h"

#define AT(m)	     .at = offsetof(struct works, m)
#define REAL(m)	     .cell = CELL_REAL, AT(m)
#define COUNT(m)     .cell = CELL_COUNT, AT(m)
#define PLACE(s, a)  .space = MAP_##s, .address = (a), .bit = MAP_NO_BIT
#define KIND(k)	     .kind = CODEC_##k, .order = CODEC_CDAB
#define KIND2(k, o)  .kind = CODEC_##k, .order = CODEC_##o
#define SCALE(a, b, c, d) .raw = { (a), (b) }, .value = { (c), (d) }
#define ANALOG(c, d) SCALE(0, 27648, c, d)	/* 4..20 mA in the PLC */
#define LIMITS(l, h) .write = WRITE_CLAMP, .low = (l), .high = (h)
#define CHOICE(l, h) .write = WRITE_KEEP, .low = (l), .high = (h)

#define FLAG(n, s, a, m)                                                       \
	{ .name = n, PLACE(s, a), .kind = CODEC_BOOL, .cell = CELL_FLAG, AT(m) }
#define COIL(n, a, m)                                                          \
	{ .name = n, PLACE(COIL, a), .kind = CODEC_BOOL, .cell = CELL_FLAG,    \
		AT(m), LIMITS(0, 1) }
#define WORD_BIT(n, a, b, m)                                                   \
	{ .name = n, .space = MAP_HR, .address = (a), .bit = (b),              \
		.kind = CODEC_BOOL, .cell = CELL_FLAG, AT(m) }
#define LOCK_BIT(n, a, b, m)                                                   \
	{ .name = n, .space = MAP_HR, .address = (a), .bit = (b),              \
		.kind = CODEC_BOOL, COUNT(m), .mask = 1u << (b) }
#define MEASURED(n, s, a, k, m, ...)                                           \
	{ .name = n, PLACE(s, a), k, REAL(m.measured), .measured = true,       \
		__VA_ARGS__ }

/* What every drive has. */
#define DRIVE(n, di, coil, m)                                                  \
	FLAG(n ".run", DI, (di), m.run),                                       \
	FLAG(n ".fault", DI, (di) + 1, m.fault),                               \
	FLAG(n ".local", DI, (di) + 20, m.local),                              \
	COIL(n ".start", (coil), m.command),                                   \
	COIL(n ".reset", (coil) + 10, m.reset)
#define HOURS(n, ir, m)                                                        \
	{ .name = n ".hours", PLACE(IR, (ir) + 2), KIND(UINT32),               \
		REAL(m.hours), SCALE(0, 3600, 0, 1) }
#define STARTS(n, ir, m)                                                       \
	{ .name = n ".starts", PLACE(IR, (ir) + 100), KIND2(UINT32, ABCD),     \
		COUNT(m.starts) }
#define VALVE(n, di, coil, m)                                                  \
	FLAG(n ".opened", DI, (di), m.opened),                                 \
	FLAG(n ".closed", DI, (di) + 1, m.closed),                             \
	FLAG(n ".fault", DI, (di) + 2, m.fault),                               \
	FLAG(n ".local", DI, (di) + 20, m.local),                              \
	COIL(n ".reset", (coil) + 10, m.reset)
/* most: PID_AUTO, or PID_CASCADE if the loop has a master. */
#define LOOP(n, hr, c, sensor, most, low_sp, high_sp)                          \
	MEASURED(n ".pv", HR, hr, KIND(FLOAT32), sensor),                      \
	LOOP_REST(n, hr, c, most, low_sp, high_sp)
#define LOOP_REST(n, hr, c, most, low_sp, high_sp)                             \
	{ .name = n ".sp", PLACE(HR, (hr) + 2), KIND(FLOAT32), REAL(c.sp),     \
		LIMITS(low_sp, high_sp) },                                     \
	{ .name = n ".out", PLACE(HR, (hr) + 4), KIND(FLOAT32), REAL(c.out),   \
		LIMITS(0, 100) },                                              \
	{ .name = n ".mode", PLACE(HR, (hr) + 6), KIND(UINT16),                \
		COUNT(c.mode), CHOICE(0, most) },                              \
	{ .name = n ".gain", PLACE(HR, (hr) + 7), KIND(UINT16), REAL(c.gain),  \
		SCALE(0, 10, 0, 1), LIMITS(0.1, 500) },                        \
	{ .name = n ".reset_time", PLACE(HR, (hr) + 8), KIND(UINT16),          \
		REAL(c.reset_s), LIMITS(1, 36000) }
/* What every PLC says about itself: p has the tags of its area, w its words. */
#define PLC_WORD(name_, p, w)                                                  \
	{ .name = name_ ".alive", PLACE(HR, 0), KIND(UINT16),                  \
		COUNT(w.alive) },                                              \
	{ .name = name_ ".life", PLACE(HR, 1), KIND(UINT16), COUNT(w.life),    \
		LIMITS(0, 65535) },                                            \
	{ .name = name_ ".identity", PLACE(HR, 2), KIND(UINT16),               \
		COUNT(w.identity) },                                           \
	WORD_BIT(p ".running", 3, 0, w.running),                               \
	WORD_BIT(p ".battery", 3, 1, w.battery_low),                           \
	WORD_BIT(p ".mains", 3, 2, w.mains),                                   \
	WORD_BIT(p ".noserver", 3, 3, w.server_silent),                        \
	{ .name = p ".version", PLACE(HR, 20), .kind = CODEC_TEXT,             \
		.cell = CELL_TEXT, AT(w.version) }

#endif
