/* SPDX-License-Identifier: ISC */
#include "sim/power.h"

#include <math.h>

#include "sim/lag.h"

#define START_AFTER_S	5.0	/* without voltage */
#define CRANK_S		4.0
#define CRANK_MOST_S	20.0	/* then it has failed to start */
#define BACK_AFTER_S	60.0	/* of grid */
#define COOL_S		120.0	/* without load before it stops */
#define SPEED		1500.0	/* rpm */
#define SPEED_TAU_S	2.0
#define OVERLOAD_S	20.0
#define FUEL_PER_KWH	0.03	/* % of the tank */
#define VOLTS		231.0
#define COS_PHI		0.87

void
power_init(struct power *p)
{
	*p = (struct power){ .grid = true, .live = true };
	p->q801 = (struct breaker){ .command = true, .closed = true };
	p->g801 = (struct diesel){ .mode = DIESEL_AUTO, .fuel = 86.0,
		.coolant = 42.0, .hours = 312.4, .starts = 188 };
	p->meter = (struct meter){ .volts = { VOLTS, VOLTS, VOLTS },
		.cos_phi = COS_PHI, .hertz = 50.0, .kw_mean = 170.0,
		.kwh = 4512345.678, .kvarh = 2557208.410, .tariff = 1,
		.number = 80417723 };
	instrument_init(&p->volts, VOLTS, 0.2, 0.15);
	instrument_init(&p->fuel, p->g801.fuel, 10.0, 0.02);
	instrument_init(&p->coolant, p->g801.coolant, 10.0, 0.05);
	instrument_init(&p->speed, 0.0, 0.2, 0.0);
}

static void
breaker_step(struct breaker *b)
{
	if (b->stuck && !b->protection)
		return;
	b->closed = b->command && !b->protection;
}

static void
diesel_step(struct diesel *g, double kw, double dt)
{
	bool want = g->drive && !g->protection && g->fuel > 0.0;

	g->crank_s = want && !g->run ? g->crank_s + dt : 0.0;
	if (g->crank_s > CRANK_S && !g->stuck) {
		g->run = true;
		g->starts++;
	}
	if (!want)
		g->run = false;
	g->speed = lag_step(g->speed, g->run ? SPEED : 0.0, SPEED_TAU_S, dt);
	g->coolant = lag_step(g->coolant,
	    g->run ? 78.0 + 0.06 * kw : 42.0, 300.0, dt);
	if (!g->run)
		return;
	g->hours += dt / 3600.0;
	g->fuel = fmax(0.0, g->fuel - (0.5 + FUEL_PER_KWH * kw) * dt / 3600.0);
	g->overload_s = g->loaded && kw > DIESEL_KW ? g->overload_s + dt : 0.0;
	if (g->overload_s > OVERLOAD_S)
		g->protection = true;
}

static void
meter_step(struct power *p, double kw, double clock_s, double dt)
{
	struct meter *m = &p->meter;
	double hour = clock_s / 3600.0;
	int i;

	m->cos_phi = COS_PHI + 0.0001 * (kw - 170.0);
	m->hertz = !p->live ? 0.0
	    : p->g801.loaded ? 50.0 - 0.004 * kw + 0.4
			     : 50.0;
	m->kw_mean = lag_step(m->kw_mean, kw, 900.0, dt);
	m->kwh += kw * dt / 3600.0;
	m->kvarh += kw * dt / 3600.0 * tan(acos(fmin(1.0, m->cos_phi)));
	m->tariff = hour >= 6.0 && hour < 22.0 ? 1 : 2;
	for (i = 0; i < 3; i++) {
		m->volts[i] = p->volts.measured + 0.4 * (i - 1);
		m->amps[i] = !p->live ? 0.0
				      : kw * 1000.0 /
			    (3.0 * VOLTS * m->cos_phi) *
			    (1.0 + 0.01 * (i - 1));
	}
}

void
power_step(struct power *p, double kw, double clock_s, double dt)
{
	struct diesel *g = &p->g801;

	breaker_step(&p->q801);
	diesel_step(g, g->loaded ? kw : 0.0, dt);
	if (g->speed < 0.9 * SPEED)
		g->loaded = false;
	p->live = (p->grid && p->q801.closed) || g->loaded;
	meter_step(p, kw, clock_s, dt);
}

void
power_measure(struct power *p, struct rng *r, double dt)
{
	double noise = p->volts.noise;

	p->volts.noise = p->live ? noise : 0.0;
	instrument_step(&p->volts, r,
	    !p->live		 ? 0.0
	    : p->g801.loaded ? 228.0
			     : VOLTS,
	    dt);
	p->volts.noise = noise;
	instrument_step(&p->fuel, r, p->g801.fuel, dt);
	instrument_step(&p->coolant, r, p->g801.coolant, dt);
	instrument_step(&p->speed, r, p->g801.speed, dt);
}

static void
breaker_scan(struct breaker *b)
{
	if (b->reset && !b->protection)
		b->fault = false;
	b->reset = false;
	if (b->protection)
		b->fault = true;
	if (b->fault)
		b->command = false;
	else if (b->local)
		b->command = b->closed;
}

static void
diesel_watch(struct diesel *g)
{
	if (g->reset && !g->protection)
		g->fault = false;
	g->reset = false;
	if (g->protection || g->crank_s > CRANK_MOST_S)
		g->fault = true;
	if (g->fault || g->mode < DIESEL_MANUAL)
		g->command = false;
	else if (g->local)
		g->command = g->drive;
}

/* AUTO: a dead busbar starts it, the grid's return ends it. */
static void
diesel_auto(struct power *p, double dt)
{
	struct diesel *g = &p->g801;
	bool fed = p->grid && p->q801.closed;

	g->dead_s = !p->live ? g->dead_s + dt : 0.0;
	g->back_s = fed ? g->back_s + dt : 0.0;
	if (g->mode < DIESEL_AUTO || g->fault || g->local)
		return;
	if (g->dead_s > START_AFTER_S)
		g->command = true;
	if (g->command && g->back_s > BACK_AFTER_S && g->cool_s > COOL_S)
		g->command = false;
}

void
power_scan(struct power *p, double dt)
{
	struct diesel *g = &p->g801;
	bool fed = p->grid && p->q801.closed, ready;

	breaker_scan(&p->q801);
	diesel_watch(g);
	diesel_auto(p, dt);
	g->drive = g->command;
	ready = g->run && g->speed > 0.98 * SPEED;
	if (ready && !fed)
		g->loaded = true;
	else if (fed && g->back_s > BACK_AFTER_S)
		g->loaded = false;
	g->cool_s = g->run && !g->loaded ? g->cool_s + dt : 0.0;
}

void
power_stop(struct power *p)
{
	p->g801.command = p->g801.drive = false;
}
