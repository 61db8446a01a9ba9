/* SPDX-License-Identifier: ISC */
#include "sim/works.h"

#include <math.h>
#include <string.h>

#include "sim/hydraulics.h"
#include "sim/lag.h"
#include "sim/program.h"

#define BAR_PER_M   0.0980665
#define NOMINAL_BAR 5.0
#define DAY_S	    86400.0
#define INLET_K	    1360.0	/* m3/h per sqrt(m) through a clean screen */
#define RISE_K	    3.5e-5	/* m per (m3/h)^2: pipe to the clarifier */
#define LV501_K	    1.0e-5	/* the same, LV-501 fully open */
#define CLARIFIER_INLET 9.0	/* m over the sump's floor */
#define STATION_K   1.0e-5	/* pipes of the high-lift station */
#define FLOW_LAG_S  2.0		/* inertia of the water in the pipes */
#define FAR_K	    2.5e-6	/* bar per (m3/h)^2 to the far end of town */
#define MAIN_LAG_S  3.0		/* elasticity of the town's main */
#define V101_TRAVEL_S 40.0
#define LV501_TRAVEL_S 60.0
#define RAKE_S	    180.0	/* one run of the rake */

static const struct pump_make raw_pump = { .h0 = 40.0, .a = 2.5e-5,
	.current_idle = 38.0, .current_flow = 0.11, .current_trip = 135.0,
	.power_per_amp = 0.58 };
static const struct pump_make lift_pump = { .h0 = 75.0, .a = 1.66e-4,
	.current_idle = 60.0, .current_flow = 0.25, .current_trip = 205.0,
	.power_per_amp = 0.60 };

/* Hour by hour; its mean is 1. */
static const double day_curve[24] = { 0.66, 0.62, 0.61, 0.62, 0.68, 0.85, 1.12,
	1.32, 1.30, 1.18, 1.10, 1.07, 1.09, 1.06, 1.01, 0.99, 1.01, 1.10, 1.22,
	1.26, 1.18, 1.06, 0.92, 0.77 };

/* What the town wants at a time of day, as a share of the mean. */
static double
day_share(double clock_s)
{
	double hour = fmod(clock_s, DAY_S) / 3600.0;
	int i = (int)hour % 24;
	double part = hour - floor(hour);

	return day_curve[i] + (day_curve[(i + 1) % 24] - day_curve[i]) * part;
}

static void
weather_step(struct works *w, double dt)
{
	w->storm = lag_step(w->storm, w->storm_aim, 900.0, dt);
	w->river = lag_step(w->river, w->river_aim + 0.8 * w->storm, 1800.0, dt);
	w->quality.temperature = lag_step(w->quality.temperature,
	    11.0 - 3.0 * w->storm + 1.5 * sin(w->clock_s / DAY_S * 2 * M_PI),
	    3600.0, dt);
	w->quality.raw_ntu =
	    lag_step(w->quality.raw_ntu, 4.0 + 60.0 * w->storm, 300.0, dt);
}

static void
screen_step(struct works *w, double dt)
{
	struct rake *s = &w->sc101;
	double fouling = (0.06 + 0.60 * w->storm) / 3600.0;	/* 1/s */
	bool want = s->command && !s->protection && w->mains;

	s->clean = fmax(0.05, s->clean - fouling * (w->q_river / 430.0) * dt);
	if (!s->stuck && want && !s->run)
		s->starts++;
	if (!s->stuck || !w->mains)
		s->run = want;
	if (!s->run)
		return;
	s->hours += dt / 3600.0;
	s->clean = fmin(1.0, s->clean + dt / RAKE_S);
}

static void
intake_step(struct works *w, double dt)
{
	double head = w->river - w->sump;
	double open = w->v101.position / 100.0;
	double in = head > 0.0 ? INLET_K * open * w->sc101.clean * sqrt(head)
			       : 0.0;

	screen_step(w, dt);
	valve_step(&w->v101, V101_TRAVEL_S, w->mains, dt);
	w->q_river = in;
	w->sump += (in - w->q_raw) / 3600.0 * dt / SUMP_AREA;
}

/* Sets the pumps' flows towards what the moment allows; returns their sum. */
static double
pumps_flow(struct pump *pumps, size_t n, const double aim[], double dt)
{
	double sum = 0.0;
	size_t i;

	for (i = 0; i < n; i++) {
		pumps[i].flow = lag_step(pumps[i].flow, aim[i], FLOW_LAG_S, dt);
		if (pumps[i].flow < 0.01)
			pumps[i].flow = 0.0;
		sum += pumps[i].flow;
	}
	return sum;
}

static void
raw_step(struct works *w, double dt)
{
	const struct pump *const pumps[] = { &w->p101[0], &w->p101[1] };
	double open = fmax(0.01, w->lv501.position / 100.0), flow[2] = { 0 };
	struct pipe pipe = { CLARIFIER_INLET - w->sump,
		RISE_K + LV501_K / (open * open) };
	int i;

	for (i = 0; i < 2; i++)
		pump_step(&w->p101[i], &raw_pump, w->mains, dt);
	if (w->sump > 0.2 && w->lv501.position > 0.5)
		header_solve(
		    pumps, 2, &raw_pump, pipe_takes, &pipe, flow);
	w->q_raw = pumps_flow(w->p101, 2, flow, dt);
	w->fq101.m3 += w->q_raw / 3600.0 * dt;
	valve_step(&w->lv501, LV501_TRAVEL_S, w->mains, dt);
}

/* From the raw water to the inlet of the tank, and what is left over. */
static void
treatment_step(struct works *w, double dt)
{
	struct clarifier *c = &w->clarifier;
	struct filters *f = &w->filters;

	clarifier_step(
	    c, &w->rng, w->q_raw, w->quality.raw_ntu, w->mains, dt);
	filters_step(f, &w->rng, c->q_out, c->ntu, w->tank, w->mains, dt);
	waste_step(
	    &w->waste, &w->rng, c->q_sludge + f->q_waste, w->mains, dt);
}

struct town {
	double level, demand, burst, hill;
};

/* The town takes less at less pressure; a burst adds a free outlet; the hill
 * takes what it took a moment ago. */
static double
town_takes(const void *system, double head)
{
	const struct town *t = system;
	double bar = (head + t->level) * BAR_PER_M, k;

	if (bar <= 0.0)
		return 0.0;
	k = t->demand / sqrt(NOMINAL_BAR) + t->burst;
	/* The loss in the station's own pipes is in the pressure it leaves. */
	bar -= STATION_K * k * k * bar * BAR_PER_M;
	return bar > 0.0 ? k * sqrt(bar) + t->hill : 0.0;
}

/* The main's pressure follows from what is left for the town. */
static void
main_step(struct works *w, double dt)
{
	double k = w->demand / sqrt(NOMINAL_BAR) + w->burst, town, aim;

	w->q_hill = fmin(hill_takes(&w->hill, w->pressure), w->q_out);
	town = w->q_out - w->q_hill;
	aim = k > 0.0 ? (town / k) * (town / k) : 0.0;
	w->pressure = lag_step(w->pressure, fmin(aim, 10.0), MAIN_LAG_S, dt);
	hill_step(&w->hill, w->q_hill, day_share(w->clock_s), dt);
}

static void
lift_step(struct works *w, double dt)
{
	const struct pump *const pumps[] = { &w->p501[0], &w->p501[1],
		&w->p501[2] };
	struct town town = { w->tank, w->demand, w->burst, w->q_hill };
	double flow[3] = { 0 };
	int i;

	for (i = 0; i < 3; i++)
		pump_step(&w->p501[i], &lift_pump, w->mains, dt);
	if (w->tank > 0.1)
		header_solve(
		    pumps, 3, &lift_pump, town_takes, &town, flow);
	w->q_out = pumps_flow(w->p501, 3, flow, dt);
	w->fq501.m3 += w->q_out / 3600.0 * dt;
	main_step(w, dt);
	hypo_step(&w->hypo, w->q_out, w->quality.chlorine, w->mains, dt);
}

static void
tank_step(struct works *w, double dt)
{
	double volume = fmax(1.0, w->tank * TANK_AREA);
	double in = w->filters.q_out / 3600.0 * dt;
	double out = (w->q_out + w->filters.q_wash) / 3600.0 * dt;
	struct water *q = &w->quality;

	w->tank += (in - out) / TANK_AREA;
	w->q_overflow = 0.0;
	if (w->tank > TANK_TOP) {
		w->q_overflow = (w->tank - TANK_TOP) * TANK_AREA / dt * 3600.0;
		w->tank = TANK_TOP;
	}
	w->dose = w->dosing.run ? w->dose_sp : 0.0;
	q->chlorine += in / volume * (w->dose - q->chlorine);
	q->chlorine -= q->chlorine * 0.03 / 3600.0 * dt;	/* it decays */
	q->clear_ntu += in / volume * (w->filters.ntu - q->clear_ntu);
}

static void
dosing_step(struct works *w, double dt)
{
	struct pump *d = &w->dosing;

	if (!d->stuck || d->protection || !w->mains)
		d->run = w->mains && d->drive && !d->protection;
	if (d->run)
		d->hours += dt / 3600.0;
}

static void
demand_step(struct works *w, double dt)
{
	double aim =
	    w->base_demand * w->demand_factor * day_share(w->clock_s);

	w->demand = lag_step(w->demand, aim, 30.0, dt);
	w->demand += w->demand * 0.0008 * rng_noise(&w->rng);
}

static void
load_step(struct works *w, double dt)
{
	double kw = w->mains ? 12.0 : 0.0;	/* light, dosing, controls */
	int i;

	for (i = 0; i < 2; i++)
		kw += w->p101[i].current * raw_pump.power_per_amp;
	for (i = 0; i < 3; i++)
		kw += w->p501[i].current * lift_pump.power_per_amp;
	kw += w->filters.p301.current * 0.55 + w->waste.p401.current * 0.5;
	kw += (w->filters.b301.run ? 15.0 : 0.0) +
	    (w->clarifier.m201.run ? 1.5 : 0.0) +
	    (w->clarifier.m202.run ? 0.8 : 0.0);
	w->power = kw;
	power_step(&w->supply, kw, w->clock_s, dt);
	w->mains = w->supply.live;
	w->energy_kwh += kw / 3600.0 * dt;
}

static void
account(struct works *w, double dt)
{
	w->in_m3 += w->q_river / 3600.0 * dt;
	w->out_m3 += (w->q_out - w->q_hill + w->hill.q_out) / 3600.0 * dt;
	w->overflow_m3 += (w->q_overflow + w->hill.q_overflow) / 3600.0 * dt;
}

double
works_stored(const struct works *w)
{
	double m3 = w->sump * SUMP_AREA + w->tank * TANK_AREA +
	    w->clarifier.level * CLARIFIER_AREA + w->waste.level * WASTE_AREA +
	    w->hill.level * HILL_AREA;
	int i;

	for (i = 0; i < FILTERS; i++)
		m3 += w->filters.f[i].level * FILTER_AREA;
	return m3;
}

static void
instruments_step(struct works *w, double dt)
{
	struct rng *r = &w->rng;

	instrument_step(&w->lt101, r, w->sump, dt);
	instrument_step(&w->pdt101, r, fmax(0.0, w->river - w->sump), dt);
	instrument_step(&w->ft101, r, w->q_raw, dt);
	instrument_step(&w->at101, r, w->quality.raw_ntu, dt);
	instrument_step(&w->tt101, r, w->quality.temperature, dt);
	instrument_step(&w->lt501, r, w->tank, dt);
	instrument_step(&w->lt502, r, w->tank, dt);
	instrument_step(&w->ft501, r, w->q_out, dt);
	instrument_step(&w->pt501, r, w->pressure, dt);
	instrument_step(&w->at501, r, w->quality.chlorine, dt);
	instrument_step(&w->at502, r, w->quality.clear_ntu, dt);
	instrument_step(&w->zt501, r, w->lv501.position, dt);
	instrument_step(&w->jt501, r, w->power, dt);
	instrument_step(&w->pt602, r,
	    fmax(0.0, w->pressure - FAR_K * w->q_out * w->q_out), dt);
	hill_measure(&w->hill, r, dt);
	hypo_measure(&w->hypo, r, dt);
	power_measure(&w->supply, r, dt);
}

void
works_step(struct works *w, double dt)
{
	w->clock_s = fmod(w->clock_s + dt, DAY_S);
	w->age_s += dt;
	weather_step(w, dt);
	demand_step(w, dt);
	intake_step(w, dt);
	raw_step(w, dt);
	treatment_step(w, dt);
	lift_step(w, dt);
	tank_step(w, dt);
	dosing_step(w, dt);
	load_step(w, dt);
	account(w, dt);
	instruments_step(w, dt);
}

static void
machines_init(struct works *w)
{
	static const double raw_hours[2] = { 12408.3, 11977.6 };
	static const double lift_hours[3] = { 9120.2, 8871.9, 4410.5 };
	static const uint32_t raw_starts[2] = { 410, 433 };
	static const uint32_t lift_starts[3] = { 260, 271, 282 };
	int i;

	for (i = 0; i < 2; i++)
		w->p101[i] = (struct pump){ .sp = 80.0,
			.starts = raw_starts[i], .hours = raw_hours[i] };
	for (i = 0; i < 3; i++)
		w->p501[i] = (struct pump){ .starts = lift_starts[i],
			.hours = lift_hours[i] };
	w->p101[0].command = w->p501[0].command = w->p501[1].command = true;
	w->v101 = (struct valve){ .command = true, .opened = true,
		.position = 100.0, .reference = 100.0 };
	w->lv501 = (struct valve){ .position = 45.0, .reference = 45.0 };
	w->sc101 = (struct rake){ .clean = 0.98, .interval_min = 45.0,
		.start_dp = 0.25, .starts = 8815,
		.hours = 440.8 };
	w->dosing = (struct pump){ .command = true, .hours = 31000.0 };
	w->dose_sp = 0.60;
}

static void
instruments_init(struct works *w)
{
	instrument_init(&w->lt101, w->sump, 1.0, 0.003);
	instrument_init(&w->pdt101, 0.1, 2.0, 0.002);
	instrument_init(&w->ft101, 430.0, 1.0, 0.8);
	instrument_init(&w->at101, 4.0, 10.0, 0.03);
	instrument_init(&w->tt101, 11.0, 20.0, 0.02);
	instrument_init(&w->lt501, w->tank, 1.0, 0.002);
	instrument_init(&w->lt502, w->tank, 2.0, 0.004);
	instrument_init(&w->ft501, 430.0, 1.0, 0.8);
	instrument_init(&w->pt501, 5.0, 0.5, 0.004);
	instrument_init(&w->at501, 0.55, 20.0, 0.002);
	instrument_init(&w->at502, 0.08, 20.0, 0.001);
	instrument_init(&w->zt501, 45.0, 0.5, 0.05);
	instrument_init(&w->jt501, 180.0, 1.0, 0.2);
	instrument_init(&w->pt602, 4.5, 1.0, 0.004);
}

void
works_init(struct works *w, uint64_t seed)
{
	double started;
	int i;

	memset(w, 0, sizeof(*w));
	rng_seed(&w->rng, seed);
	w->clock_s = 5.5 * 3600.0;
	w->river = w->river_aim = 3.0;
	w->demand_factor = 1.0;
	w->base_demand = 364.0;
	w->demand = w->base_demand * day_share(w->clock_s);
	w->mains = true;
	w->sump = 2.9;
	w->tank = 4.0;
	w->pressure = 5.0;
	w->quality = (struct water){ 4.0, 0.05, 0.55, 11.0 };
	w->fq101.m3 = 8123456.0;
	w->fq501.m3 = 7998120.0;
	w->energy_kwh = 4512345.0;
	hill_init(&w->hill);
	hypo_init(&w->hypo, w->quality.chlorine);
	power_init(&w->supply);
	machines_init(w);
	instruments_init(w);
	clarifier_init(&w->clarifier);
	filters_init(&w->filters);
	waste_init(&w->waste);
	program_init(w);
	/* Half an hour to settle; then everything since the start is 0. */
	started = w->clock_s + 1800.0;
	for (i = 0; i < 18000; i++) {
		program_scan(w, WORKS_STEP);
		works_step(w, WORKS_STEP);
	}
	w->clock_s = started;
	w->age_s = w->in_m3 = w->out_m3 = w->overflow_m3 = 0.0;
	w->waste.drain_m3 = w->waste.overflow_m3 = 0.0;
}
