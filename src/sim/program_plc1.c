/* SPDX-License-Identifier: ISC */
#include "sim/program.h"

#include <math.h>

#define SUMP_LOW	1.0	/* m, raw water pumps stop */
#define TANK_LOW	0.5	/* m, high-lift pumps stop */
#define PRESSURE_HIGH	8.0	/* bar, high-lift pumps stop */
#define CHANGEOVER_S	5.0	/* AUTO: the stand-by pump starts */
#define LIFT_SPEED_MIN	40.0	/* % */
#define V101_TRAVEL_S	40.0
#define LV501_TRAVEL_S	60.0
#define RAKE_S		180.0

static uint32_t
when(bool yes, enum pump_lock lock)
{
	return yes ? (uint32_t)lock : 0;
}

/* In AUTO the stand-by raw water pump takes over when the leading one fails. */
static void
changeover(struct works *w, double dt)
{
	struct raw_control *p = &w->raw;
	struct pump *duty = &w->p101[p->duty], *other = &w->p101[1 - p->duty];

	if (other->run && !duty->run) {
		p->duty = 1 - p->duty;
		p->changeover_s = 0.0;
		return;
	}
	if (p->mode < MODE_AUTO || !duty->fault || other->fault ||
	    other->command) {
		p->changeover_s = 0.0;
		return;
	}
	p->changeover_s += dt;
	if (p->changeover_s >= CHANGEOVER_S)
		other->command = true;
}

static void
raw_scan(struct works *w, double dt)
{
	uint32_t locks = when(w->lt101.measured < SUMP_LOW, LOCK_LEVEL) |
	    when(!w->v101.opened, LOCK_PATH) |
	    when(w->raw.mode < MODE_MANUAL, LOCK_MODE) |
	    when(!w->mains, LOCK_MAINS);
	int i;

	changeover(w, dt);
	for (i = 0; i < 2; i++)
		pump_scan(&w->p101[i], locks, w->p101[i].sp, dt);
}

static void
high_lift_scan(struct works *w, double dt)
{
	double q = w->ft501.measured / 600.0;
	uint32_t locks = when(w->lt501.measured < TANK_LOW, LOCK_LEVEL) |
	    when(w->pt501.measured > PRESSURE_HIGH, LOCK_PATH) |
	    when(!w->mains, LOCK_MAINS);
	int i;

	/* in cascade: as much more as the way through the town costs */
	pid_scan_under(
	    &w->pic501, 4.5 + 0.8 * q * q, w->pt501.measured, dt);
	lift_scan(&w->lift, w->p501, w->pic501.out, locks, dt);
	for (i = 0; i < 3; i++)
		pump_scan(&w->p501[i], locks,
		    fmax(LIFT_SPEED_MIN, w->pic501.out), dt);
}

/* In cascade the tank is full before the morning and the evening. */
static double
level_curve(double clock_s)
{
	return 4.0 - 0.3 * cos((clock_s / 3600.0 - 16.5) / 6.0 * M_PI);
}

static void
level_scan(struct works *w, double dt)
{
	pid_scan_under(
	    &w->lic501, level_curve(w->clock_s), w->lt501.measured, dt);
	if (!w->lv501.local)
		w->lv501.reference = w->lic501.out;
	valve_watch(&w->lv501, LV501_TRAVEL_S, dt);
}

/* The rake runs after its interval, at a high difference, or by hand. */
static void
screen_scan(struct works *w, double dt)
{
	struct rake *s = &w->sc101;
	bool due = s->since_s >= s->interval_min * 60.0 ||
	    w->pdt101.measured > s->start_dp;

	if (s->reset && !s->protection)
		s->fault = false;
	s->reset = false;
	s->fault = s->fault || s->protection;
	if (s->local)
		s->command = s->run;
	else if (!s->command && !s->fault && due && w->mains)
		s->command = true;
	if (s->fault || !w->mains)
		s->command = false;
	s->since_s += dt;
	s->run_s = s->run ? s->run_s + dt : 0.0;
	if (s->run_s < RAKE_S)
		return;
	s->command = false;
	s->since_s = 0.0;
}

static void
dosing_scan(struct works *w)
{
	struct pump *d = &w->dosing;
	uint32_t locks = when(w->q_raw < 20.0, LOCK_PATH) |
	    when(!w->mains, LOCK_MAINS);

	if (d->reset && !d->protection)
		d->fault = false;
	d->reset = false;
	d->fault = d->fault || d->protection;
	d->locks = locks | (d->local ? LOCK_LOCAL : 0);
	if (d->fault)
		d->command = false;
	else if (d->local)
		d->command = d->drive;
	/* It waits for water and then goes on by itself. */
	d->drive = d->command && locks == 0;
}

static void
plc1_scan(struct works *w, double dt)
{
	word_scan(&w->plc1, w->mains, dt);
	valve_scan(&w->v101);
	valve_watch(&w->v101, V101_TRAVEL_S, dt);
	raw_scan(w, dt);
	level_scan(w, dt);
	high_lift_scan(w, dt);
	screen_scan(w, dt);
	dosing_scan(w);
}

static void
plc1_stop(struct works *w)
{
	int i;

	w->plc1.running = false;
	for (i = 0; i < 2; i++)
		w->p101[i].drive = w->p101[i].command = false;
	for (i = 0; i < 3; i++)
		w->p501[i].drive = w->p501[i].command = false;
	w->dosing.drive = w->dosing.command = false;
	w->sc101.command = false;
}

static void
plc1_init(struct works *w)
{
	word_init(&w->plc1, 1042, "RWW-P1 4.2.7", 10.0);
	w->raw.mode = MODE_MANUAL;
	pid_init(&w->pic501, 5.0, 83.0, 8.0, 8.0, 5.0);
	w->pic501.low = 30.0;
	pid_init(&w->lic501, 4.0, 45.0, 30.0, 10800.0, 4.0);
	lift_init(&w->lift, w->p501);
}

const struct program program_plc1 = { plc1_init, plc1_scan, plc1_stop };
