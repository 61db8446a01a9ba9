/* SPDX-License-Identifier: ISC */
/* plc2b: four filters with their level loops, one backwash at a time. */
#include <math.h>

#include "sim/program.h"
#include "sim/wash.h"

#define TANK_LEAST   1.5	/* m of clear water to begin a wash with */
#define TANK_DRY     1.0	/* m, the backwash pump stops */
#define WASTE_ROOM   1.5	/* m of water in the waste tank, no more */
#define PUMP_STARTS  6.0	/* of P-301 in an hour */

static uint32_t
when(bool yes, uint32_t lock)
{
	return yes ? lock : 0;
}

static bool
ready(bool fault, bool local, uint32_t locks)
{
	return !fault && !local && locks == 0;
}

/* Who washes: 1..4, or 0. */
static uint32_t
turn(const struct filters *s)
{
	uint32_t i;

	for (i = 0; i < FILTERS; i++)
		if (s->f[i].washing)
			return i + 1;
	return 0;
}

static int
serving(const struct filters *s)
{
	int i, n = 0;

	for (i = 0; i < FILTERS; i++)
		n += s->f[i].serving;
	return n;
}

/* What keeps any filter from beginning; each adds its own. */
static uint32_t
common_locks(const struct works *w)
{
	const struct filters *s = &w->filters;

	return when(w->lt501.measured < TANK_LEAST, WASH_NO_WATER) |
	    when(w->waste.lt401.measured > WASTE_ROOM, WASH_NO_ROOM) |
	    when(!ready(s->p301.fault, s->p301.local, s->p301.locks),
		WASH_NO_PUMP) |
	    when(!ready(s->b301.fault, s->b301.local, s->b301.locks),
		WASH_NO_BLOWER) |
	    when(serving(s) < 3, WASH_FEW);
}

/* Pump and blower do what the step of the filter that washes asks for. */
static void
machines_scan(struct works *w, double dt)
{
	struct filters *s = &w->filters;
	uint32_t step = s->turn > 0 ? s->f[s->turn - 1].step : WASH_NONE;
	bool often = starts_scan(&s->starts, s->p301.starts, PUMP_STARTS, dt);
	uint32_t locks = when(w->lt501.measured < TANK_DRY, LOCK_LEVEL) |
	    when(often && !s->p301.run, LOCK_STARTS) |
	    when(!w->mains, LOCK_MAINS);

	if (!s->p301.local)
		s->p301.command = wash_pump_speed(step) > 0.0;
	if (!s->b301.local)
		s->b301.command = wash_blows(step);
	pump_scan(&s->p301, locks, fmax(50.0, wash_pump_speed(step)), dt);
	motor_scan(&s->b301, when(!w->mains, LOCK_MAINS), false);
}

static void
plc2b_scan(struct works *w, double dt)
{
	struct filters *s = &w->filters;
	uint32_t common = common_locks(w);
	uint32_t i;

	word_scan(&w->plc2b, w->mains, dt);
	for (i = 0; i < FILTERS; i++) {
		s->turn = turn(s);
		s->f[i].locks = common |
		    when(s->turn != 0 && s->turn != i + 1, WASH_BUSY);
		wash_scan(s, &s->f[i], dt);
	}
	s->turn = turn(s);
	machines_scan(w, dt);
}

static void
plc2b_stop(struct works *w)
{
	struct filters *s = &w->filters;
	int i;

	w->plc2b.running = false;
	s->p301.drive = s->p301.command = false;
	s->b301.drive = s->b301.command = false;
	for (i = 0; i < FILTERS; i++)
		wash_stop(&s->f[i]);
}

static void
plc2b_init(struct works *w)
{
	struct filter *f;
	int i;

	word_init(&w->plc2b, 3110, "RWW-P2B 3.1.1", 10.0);
	for (i = 0; i < FILTERS; i++) {
		f = &w->filters.f[i];
		f->automatic = f->service = f->serving = true;
		pid_init(&f->lic, 1.8, 52.0, 60.0, 3000.0, f->lt.measured);
		f->lic.reverse = false;
		f->lic.integral = f->lic.out;
		wash_init(f);
	}
}

const struct program program_plc2b = { plc2b_init, plc2b_scan, plc2b_stop };
