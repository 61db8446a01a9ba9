/* SPDX-License-Identifier: ISC */
#include "sim/filter.h"

#include <math.h>
#include <string.h>

#include "sim/hydraulics.h"
#include "sim/lag.h"

#define TRAVEL_S      20.0
#define OUTLET_S      40.0
#define DROP	      2.6	/* m from the bed down to the tank's inlet */
#define BED_K	      0.0045	/* m per m3/h, clean */
#define VALVE_K	      1.0e-4	/* m per (m3/h)^2, LV-30x fully open */
#define CLOG_K	      8.1e-8	/* per m3/h, NTU and second */
#define WASH_LIFT     5.0	/* m */
#define WASH_K	      6.75e-6	/* m per (m3/h)^2 */
#define WASHES_OUT    600.0	/* m3/h that lift the dirt off the bed */
#define WEIR_K	      3000.0	/* m3/h at 1 m over the gutter */
#define BRIM_K	      8000.0

static const struct pump_make wash_pump = { .h0 = 14.0, .a = 6.0e-6,
	.current_idle = 14.0, .current_flow = 0.03, .current_trip = 52.0,
	.power_per_amp = 0.55 };

/* Head = bed (as the flow) + valve (as its square). */
static double
outflow(const struct filter *f)
{
	double open = f->outlet.position / 100.0;
	double a = BED_K * (1.0 + f->clog), b, head = f->level + DROP;

	if (open < 0.005 || f->level <= 0.02)
		return 0.0;
	b = VALVE_K / (open * open);
	return (sqrt(a * a + 4.0 * b * head) - a) / (2.0 * b);
}

static double
weir(double level, double crest, double k)
{
	double head = fmax(0.0, level - crest);

	return k * head * sqrt(head);
}

static void
valves_step(struct filter *f, bool mains, double dt)
{
	valve_step(&f->inlet, TRAVEL_S, mains, dt);
	valve_step(&f->wash, TRAVEL_S, mains, dt);
	valve_step(&f->waste, TRAVEL_S, mains, dt);
	valve_step(&f->air, TRAVEL_S, mains, dt);
	valve_step(&f->outlet, OUTLET_S, mains, dt);
}

static void
water_step(struct filter *f, double ntu, double dt)
{
	f->q_out = outflow(f);
	f->head_loss = BED_K * (1.0 + f->clog) * f->q_out;
	f->q_waste = weir(f->level, FILTER_GUTTER, WEIR_K) *
	    f->waste.position / 100.0 + weir(f->level, FILTER_TOP, BRIM_K);
	f->level += (f->q_in + f->q_wash - f->q_out - f->q_waste) / 3600.0 *
	    dt / FILTER_AREA;
	f->clog += CLOG_K * f->q_out * ntu * dt;
	if (f->q_wash > WASHES_OUT)
		f->clog = lag_step(f->clog, 0.0, 90.0, dt);
	/* A filter that was just washed has to ripen; a full one gives way. */
	if (f->q_out > 5.0)
		f->ntu = lag_step(f->ntu,
		    ntu * (0.045 + 0.06 * exp(-f->ripe_s / 600.0)) +
			fmax(0.0, f->clog - 4.0) * 0.05,
		    60.0, dt);
}

/* The channel gives to each as far as its inlet is open. */
static double
share(struct filters *s, double q_in)
{
	double open = 0.0;
	int i;

	for (i = 0; i < FILTERS; i++)
		open += s->f[i].inlet.position;
	for (i = 0; i < FILTERS; i++)
		s->f[i].q_in = open > 1.0
		    ? q_in * s->f[i].inlet.position / open : 0.0;
	return open > 1.0 ? 0.0 : q_in;
}

/* The backwash pump gives to the filter whose wash valve is open. */
static void
wash_step(struct filters *s, double tank, bool mains, double dt)
{
	const struct pump *const pumps[] = { &s->p301 };
	struct filter *to = NULL;
	struct pipe pipe;
	double flow = 0.0, open;
	int i;

	for (i = 0; i < FILTERS; i++) {
		s->f[i].q_wash = 0.0;
		if (s->f[i].wash.position > 5.0)
			to = &s->f[i];
	}
	pump_step(&s->p301, &wash_pump, mains, dt);
	motor_step(&s->b301, mains, dt);
	if (to != NULL && tank > 0.2) {
		open = to->wash.position / 100.0;
		pipe = (struct pipe){ WASH_LIFT, WASH_K / (open * open) };
		header_solve(pumps, 1, &wash_pump, pipe_takes, &pipe, &flow);
	}
	s->p301.flow = to != NULL ? lag_step(s->p301.flow, flow, 2.0, dt) : 0.0;
	s->q_wash = s->p301.flow;
	if (to != NULL)
		to->q_wash = s->q_wash;
}

static void
instruments_step(struct filters *s, struct rng *r, double dt)
{
	struct filter *f;
	int i;

	for (i = 0; i < FILTERS; i++) {
		f = &s->f[i];
		instrument_step(&f->lt, r, f->level, dt);
		instrument_step(&f->pdt, r, f->head_loss, dt);
		instrument_step(&f->at, r, f->ntu, dt);
		instrument_step(&f->ft, r, f->q_out, dt);
	}
	instrument_step(&s->ft301, r, s->q_out, dt);
	instrument_step(&s->ft302, r, s->q_wash, dt);
	instrument_step(&s->pt301, r, s->b301.run ? 0.48 : 0.0, dt);
}

void
filters_step(struct filters *s, struct rng *r, double q_in, double ntu,
    double tank, bool mains, double dt)
{
	double dirt = 0.0;
	int i;

	s->q_out = 0.0;
	s->q_waste = share(s, q_in);
	wash_step(s, tank, mains, dt);
	for (i = 0; i < FILTERS; i++) {
		valves_step(&s->f[i], mains, dt);
		water_step(&s->f[i], ntu, dt);
		s->q_out += s->f[i].q_out;
		s->q_waste += s->f[i].q_waste;
		dirt += s->f[i].q_out * s->f[i].ntu;
	}
	if (s->q_out > 1.0)
		s->ntu = dirt / s->q_out;
	s->total_m3 += s->q_out / 3600.0 * dt;
	instruments_step(s, r, dt);
}

static void
filter_init(struct filter *f, double hours)
{
	f->level = 1.8;
	f->ntu = 0.05;
	f->hours = hours;
	f->clog = hours * 3600.0 * CLOG_K * 103.0 * 1.08;
	f->inlet = (struct valve){ .command = true, .opened = true,
		.position = 100.0, .reference = 100.0 };
	f->outlet = (struct valve){ .position = 52.0, .reference = 52.0 };
	f->wash = f->waste = f->air = (struct valve){ .closed = true };
	f->ripe_s = 1e5;
	f->q_out = 100.0;
	instrument_init(&f->lt, f->level, 2.0, 0.0004);
	instrument_init(&f->pdt, BED_K * (1.0 + f->clog) * 103.0, 5.0, 0.003);
	instrument_init(&f->at, f->ntu, 20.0, 0.0005);
	instrument_init(&f->ft, 103.0, 1.0, 0.3);
}

void
filters_init(struct filters *s)
{
	static const double hours[FILTERS] = { 17.6, 41.3, 5.4, 29.8 };
	static const uint32_t washes[FILTERS] = { 1377, 1379, 1374, 1381 };
	int i;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < FILTERS; i++) {
		filter_init(&s->f[i], hours[i]);
		s->f[i].washes = washes[i];
	}
	s->ntu = 0.05;
	s->total_m3 = 8031977.0;
	s->p301 = (struct pump){ .hours = 612.4, .starts = 5514 };
	s->b301 = (struct motor){ .hours = 330.7, .starts = 5520 };
	starts_init(&s->starts, s->p301.starts, 4.0);
	s->level_sp = 1.8;
	s->interval_h = 48.0;
	s->head_limit = 1.8;
	instrument_init(&s->ft301, 410.0, 1.0, 0.8);
	instrument_init(&s->ft302, 0.0, 1.0, 0.1);
	instrument_init(&s->pt301, 0.0, 1.0, 0.001);
}
