/* SPDX-License-Identifier: ISC */
#include "sim/hypo.h"

#include <math.h>

#include "sim/lag.h"
#include "sim/tanker.h"

#define G_PER_L		10.0	/* active chlorine in the solution */
#define PUMP_L_H	25.0	/* at full stroke */
#define TANK_L		1000.0
#define TANK_LOW	20.0	/* l, the pumps stop */
#define STROKE_S	5.0	/* the actuator's time constant */
#define FLOW_LEAST	20.0	/* m3/h, no dosing below */
#define CHANGEOVER_S	5.0
#define NOMINAL_FLOW	430.0

/* l, before the alarm */
static const struct tanker delivery = { 220.0, 900.0, 1.0 };

void
hypo_init(struct hypo *h, double chlorine)
{
	static const double hours[2] = { 15210.4, 14877.0 };
	static const uint32_t starts[2] = { 912, 897 };
	int i;

	*h = (struct hypo){ .tank = 720.0, .mode = HYPO_AUTO, .dose = 0.10 };
	for (i = 0; i < 2; i++)
		h->d701[i] = (struct pump){ .hours = hours[i],
			.starts = starts[i] };
	h->d701[0].command = true;
	for (i = 0; i < HYPO_DEAD_S; i++)
		h->downstream[i] = chlorine + h->dose;
	h->residual = chlorine + h->dose;
	instrument_init(&h->lt701, h->tank, 5.0, 0.3);
	instrument_init(&h->ft701, 4.3, 0.5, 0.01);
	instrument_init(&h->at701, h->residual, 20.0, 0.002);
	/* for each mg/l so much stroke, at the usual flow */
	pid_init(&h->ffic701, h->dose, 17.0,
	    0.5 * 100.0 * NOMINAL_FLOW / (G_PER_L * PUMP_L_H), 12.0, h->dose);
	h->ffic701.mode = PID_CASCADE;
	h->ffic701.last_mode = PID_CASCADE;
	/* dead time is all there is: a third of the process's inverse gain,
	 * and an integral time of half the dead time */
	pid_init(&h->aic701, 0.62, 100.0 * h->dose / HYPO_DOSE_MAX,
	    0.3 * 100.0 / HYPO_DOSE_MAX, HYPO_DEAD_S / 2.0, h->residual);
}

static void
pump_turn(struct pump *d, bool mains, double dt)
{
	bool want = mains && d->drive && !d->protection;

	if (want && !d->run && !d->stuck)
		d->starts++;
	if (!d->stuck || d->protection || !mains)
		d->run = want;
	d->speed = lag_step(d->speed, d->run ? d->reference : 0.0, STROKE_S, dt);
	d->flow = d->run ? d->speed / 100.0 * PUMP_L_H : 0.0;
	if (d->run)
		d->hours += dt / 3600.0;
}

/* Six minutes of main, a second each. */
static void
main_step(struct hypo *h, double injected, double dt)
{
	for (h->since_s += dt; h->since_s >= 1.0; h->since_s -= 1.0) {
		h->residual = h->downstream[h->second];
		h->downstream[h->second] = injected;
		h->second = (h->second + 1) % HYPO_DEAD_S;
	}
}

void
hypo_step(struct hypo *h, double flow, double chlorine, bool mains, double dt)
{
	int i;

	h->flow = 0.0;
	for (i = 0; i < 2; i++) {
		pump_turn(&h->d701[i], mains, dt);
		h->flow += h->tank > 0.0 ? h->d701[i].flow : 0.0;
	}
	h->tank = fmax(0.0, h->tank - h->flow / 3600.0 * dt);
	tanker_step(&delivery, &h->tanker, &h->tank, dt);
	h->dose = flow > 1.0 ? h->flow * G_PER_L / flow : 0.0;
	if (flow > 1.0)		/* what stands still does not arrive */
		main_step(h, chlorine + h->dose, dt);
}

void
hypo_measure(struct hypo *h, struct rng *r, double dt)
{
	instrument_step(&h->lt701, r, h->tank, dt);
	instrument_step(&h->ft701, r, h->flow, dt);
	instrument_step(&h->at701, r, h->residual, dt);
}

/* The other pump, when the one that dosed has failed. */
static void
changeover(struct hypo *h, double dt)
{
	struct pump *d = h->d701, *other = NULL;

	if (h->mode >= HYPO_AUTO && !d[0].command && !d[1].command &&
	    d[0].fault != d[1].fault)
		other = d[0].fault ? &d[1] : &d[0];
	h->changeover_s = other != NULL ? h->changeover_s + dt : 0.0;
	if (other != NULL && h->changeover_s > CHANGEOVER_S)
		other->command = true;
}

static void
drive_scan(struct pump *d, uint32_t locks, double stroke)
{
	if (d->reset && !d->protection)
		d->fault = false;
	d->reset = false;
	d->fault = d->fault || d->protection;
	d->locks = locks | (d->local ? (uint32_t)LOCK_LOCAL : 0);
	if (d->fault)
		d->command = false;
	else if (d->local)
		d->command = d->drive;
	/* it waits for water and voltage, and goes on by itself */
	d->drive = d->command && locks == 0;
	d->reference = stroke;
}

static void
loops_scan(struct hypo *h, double flow, double temperature, bool locked,
    double dt)
{
	struct pid *trim = &h->aic701, *dose = &h->ffic701;

	h->dosed = flow > 1.0 ? h->ft701.measured * G_PER_L / flow : 0.0;
	trim->full = dose->out >= dose->high;
	trim->empty = dose->out <= dose->low;
	/* Without water or pump there is nothing to control. A trim that
	 * nobody listens to follows the dose that is set instead. */
	if (locked || dose->mode != PID_CASCADE)
		pid_track(trim, 100.0 * dose->sp / HYPO_DOSE_MAX,
		    h->at701.measured);
	else	/* warm water loses more of it on its way */
		pid_scan_under(trim, 0.62 + 0.01 * (temperature - 11.0),
		    h->at701.measured, dt);
	if (locked)
		pid_track(dose, dose->out, h->dosed);
	else
		pid_scan_under(dose, trim->out / 100.0 * HYPO_DOSE_MAX,
		    h->dosed, dt);
}

void
hypo_scan(struct hypo *h, double flow, double temperature, bool mains,
    double dt)
{
	uint32_t locks = (flow < FLOW_LEAST ? (uint32_t)LOCK_PATH : 0) |
	    (h->lt701.measured < TANK_LOW ? (uint32_t)LOCK_LEVEL : 0) |
	    (!mains ? (uint32_t)LOCK_MAINS : 0);
	int i;

	changeover(h, dt);
	loops_scan(h, flow, temperature,
	    locks != 0 || !(h->d701[0].run || h->d701[1].run), dt);
	for (i = 0; i < 2; i++)
		drive_scan(&h->d701[i], locks, h->ffic701.out);
}

void
hypo_stop(struct hypo *h)
{
	int i;

	for (i = 0; i < 2; i++)
		h->d701[i].command = h->d701[i].drive = false;
}
