/* SPDX-License-Identifier: ISC */
/* plc2a: coagulant dosing, clarifier, sludge draw, waste tank. */
#include <math.h>

#include "sim/program.h"

#define FLOW_LEAST	20.0	/* m3/h below which nothing is dosed */
#define COAGULANT_LOW	0.15	/* m, the dosing pumps stop */
#define CHANGEOVER_S	5.0
#define UNDOSED_S	60.0
#define XV201_TRAVEL_S	10.0
#define WASTE_START	1.2	/* m */
#define WASTE_STOP	0.4
#define WASTE_DRY	0.3	/* m, P-401 stops whatever is asked for */
#define WASTE_STARTS	8.0	/* of P-401 in an hour */
#define TORQUE_TRIP	85.0	/* %, the scraper stops */

static uint32_t
when(bool yes, uint32_t lock)
{
	return yes ? lock : 0;
}

static bool
doses(const struct clarifier *c)
{
	return c->d201[0].motor.run || c->d201[1].motor.run;
}

/* The other dosing pump takes over from one that has failed. */
static void
changeover(struct clarifier *c, double dt)
{
	struct motor *lead = &c->d201[c->duty].motor;
	struct motor *other = &c->d201[1 - c->duty].motor;

	if (other->run && !lead->run) {
		c->duty = 1 - c->duty;
		c->changeover_s = 0.0;
	} else if (!c->changeover || !lead->fault || other->fault ||
	    other->local || other->command) {
		c->changeover_s = 0.0;
	} else if ((c->changeover_s += dt) >= CHANGEOVER_S) {
		other->command = true;
	}
}

/* The master of FIC-201: so many ml for each m3 of raw water. */
static void
dose_scan(struct clarifier *c, double dt)
{
	double flow = c->ft201.measured, dosed = c->ft202.measured;
	double master = fmax(0.0, c->ratio * flow / 1000.0);
	int i;

	if (c->fic201.mode == PID_CASCADE)
		c->fic201.sp = master;
	if (doses(c))
		pid_scan_under(&c->fic201, master, dosed, dt);
	else
		pid_track(&c->fic201, c->fic201.out, dosed);
	for (i = 0; i < 2; i++)
		c->d201[i].reference = c->fic201.out;
	c->undosed_s = flow > 100.0 && dosed < 0.3 * master
	    ? c->undosed_s + dt : 0.0;
	c->undosed = c->undosed_s >= UNDOSED_S;
}

/* A dosing pump waits for water and then goes on by itself. */
static void
dosing_scan(struct works *w, double dt)
{
	struct clarifier *c = &w->clarifier;
	uint32_t locks = when(c->lt202.measured < COAGULANT_LOW, LOCK_LEVEL) |
	    when(c->ft201.measured < FLOW_LEAST, LOCK_PATH) |
	    when(!w->mains, LOCK_MAINS);
	int i;

	changeover(c, dt);
	for (i = 0; i < 2; i++)
		motor_scan(&c->d201[i].motor, locks, true);
	dose_scan(c, dt);
}

static void
stirrers_scan(struct works *w)
{
	struct clarifier *c = &w->clarifier;
	uint32_t locks = when(!w->mains, LOCK_MAINS);

	if (c->torque > TORQUE_TRIP)
		c->m202.fault = true;
	motor_scan(&c->m201, locks, true);
	motor_scan(&c->m202, locks, true);
}

/* Sludge is drawn by time; the valve may be opened by hand in between. */
static void
sludge_scan(struct clarifier *c, double dt)
{
	struct valve *v = &c->xv201;

	c->since_s += dt;
	if (!v->local && c->since_s >= c->sludge_interval_min * 60.0) {
		c->since_s = 0.0;
		v->command = true;
	}
	c->drawing_s = v->command ? c->drawing_s + dt : 0.0;
	if (c->drawing_s >= c->sludge_s)
		v->command = false;
	valve_scan(v);
	valve_watch(v, XV201_TRAVEL_S, dt);
}

static void
waste_scan(struct works *w, double dt)
{
	struct waste *t = &w->waste;
	struct pump *p = &t->p401;
	bool often = starts_scan(&t->starts, p->starts, WASTE_STARTS, dt);
	uint32_t locks = when(t->lt401.measured < WASTE_DRY, LOCK_LEVEL) |
	    when(often && !p->run, LOCK_STARTS) | when(!w->mains, LOCK_MAINS);

	if (t->automatic && !p->local && locks == 0 && !p->fault) {
		if (t->lt401.measured > WASTE_START)
			p->command = true;
		else if (t->lt401.measured < WASTE_STOP)
			p->command = false;
	}
	pump_scan(p, locks, 100.0, dt);
}

static void
plc2a_scan(struct works *w, double dt)
{
	word_scan(&w->plc2a, w->mains, dt);
	dosing_scan(w, dt);
	stirrers_scan(w);
	sludge_scan(&w->clarifier, dt);
	waste_scan(w, dt);
}

static void
plc2a_stop(struct works *w)
{
	struct clarifier *c = &w->clarifier;
	int i;

	w->plc2a.running = false;
	for (i = 0; i < 2; i++)
		c->d201[i].motor.drive = c->d201[i].motor.command = false;
	c->m201.drive = c->m201.command = false;
	c->m202.drive = c->m202.command = false;
	w->waste.p401.drive = w->waste.p401.command = false;
	c->xv201.command = false;
	c->xv201.reference = 0.0;
}

static void
plc2a_init(struct works *w)
{
	struct clarifier *c = &w->clarifier;

	word_init(&w->plc2a, 2017, "RWW-P2A 2.0.3", 10.0);
	c->ratio = 30.0;
	c->changeover = true;
	c->sludge_interval_min = 60.0;
	c->sludge_s = 120.0;
	pid_init(&c->fic201, 12.0, 30.0, 1.0, 5.0, 12.0);
	c->fic201.mode = c->fic201.last_mode = PID_CASCADE;
}

const struct program program_plc2a = { plc2a_init, plc2a_scan, plc2a_stop };
