/* SPDX-License-Identifier: ISC */
#include "sim/clarifier.h"

#include <math.h>
#include <string.h>

#include "sim/hydraulics.h"
#include "sim/lag.h"
#include "sim/tanker.h"

#define WEIR_K	      12650.0	/* m3/h at 1 m over the weir */
#define MIX_M3	      400.0	/* water in which a change spreads */
#define SLUDGE_FLOW   60.0	/* m3/h through XV-201 */
#define SLUDGE_THICK  10.0	/* times what the blanket holds a litre */
#define BLANKET_USUAL 1.2	/* m */
#define XV201_TRAVEL_S 10.0
#define COAGULANT_AREA 2.0	/* m2 */
#define DRAIN_LIFT    6.0	/* m */
#define DRAIN_K	      5.0e-4	/* m per (m3/h)^2 */

static const struct tanker delivery = { 0.3 * COAGULANT_TOP,
	0.9 * COAGULANT_TOP, 1.5e-3 };
static const struct pump_make waste_pump = { .h0 = 12.0, .a = 1.17e-3,
	.current_idle = 6.0, .current_flow = 0.1, .current_trip = 18.0,
	.power_per_amp = 0.5 };

/* What the raw water needs, in ml of coagulant per m3. */
static double
need(double raw_ntu)
{
	return 20.0 + 0.6 * raw_ntu;
}

static void
dosing_step(struct clarifier *c, double q_raw, bool mains, double dt)
{
	struct dosing_pump *d;
	int i;

	c->q_dose = 0.0;
	for (i = 0; i < 2; i++) {
		d = &c->d201[i];
		motor_step(&d->motor, mains, dt);
		d->speed = lag_step(
		    d->speed, d->motor.run ? d->reference : 0.0, 1.0, dt);
		if (c->coagulant > 0.02)
			c->q_dose += DOSING_MOST * d->speed / 100.0;
	}
	c->coagulant -= c->q_dose / 1000.0 / 3600.0 * dt / COAGULANT_AREA;
	tanker_step(&delivery, &c->tanker, &c->coagulant, dt);
	c->dose = lag_step(c->dose,
	    q_raw > 20.0 ? fmin(200.0, c->q_dose * 1000.0 / q_raw) : 0.0, 120.0,
	    dt);
}

/* The turbidity that would stay in water of this dose in the long run. */
static double
settled(const struct clarifier *c, double raw_ntu)
{
	double share = c->dose / need(raw_ntu) * (c->m201.run ? 1.0 : 0.5);
	double lack = fmax(0.0, 1.0 - share);
	double carried = fmax(0.0, c->blanket - 2.5) * 4.0;

	return 1.0 + 0.02 * raw_ntu + lack * sqrt(lack) * raw_ntu * 0.3 +
	    carried;
}

static void
sludge_step(struct clarifier *c, double raw_ntu, bool mains, double dt)
{
	double rise = 0.1 * (0.3 + 0.7 * sqrt(fmax(0.0, raw_ntu) / 4.0));

	valve_step(&c->xv201, XV201_TRAVEL_S, mains, dt);
	c->q_sludge = c->level > 0.5
	    ? SLUDGE_FLOW * c->xv201.position / 100.0 : 0.0;
	c->blanket += rise * c->q_out / 400.0 * dt / 3600.0;
	c->blanket -= c->q_sludge / CLARIFIER_AREA * SLUDGE_THICK *
	    c->blanket / BLANKET_USUAL * dt / 3600.0;
	c->blanket = fmin(c->blanket, 3.5);
	motor_step(&c->m201, mains, dt);
	motor_step(&c->m202, mains, dt);
	c->torque = lag_step(c->torque,
	    c->m202.run ? 18.0 + 14.0 * c->blanket : 0.0, 20.0, dt);
}

static void
instruments_step(struct clarifier *c, struct rng *r, double q_raw, double dt)
{
	instrument_step(&c->lt201, r, c->level, dt);
	instrument_step(&c->lt202, r, c->coagulant, dt);
	instrument_step(&c->lt203, r, c->blanket, dt);
	instrument_step(&c->ft201, r, q_raw, dt);
	instrument_step(&c->ft202, r, c->q_dose, dt);
	instrument_step(&c->at201, r, c->ntu, dt);
	instrument_step(&c->qt201, r, c->ph, dt);
}

void
clarifier_step(struct clarifier *c, struct rng *r, double q_raw, double raw_ntu,
    bool mains, double dt)
{
	double head = fmax(0.0, c->level - CLARIFIER_WEIR);

	dosing_step(c, q_raw, mains, dt);
	sludge_step(c, raw_ntu, mains, dt);
	c->q_out = WEIR_K * head * sqrt(head);
	c->level += (q_raw - c->q_out - c->q_sludge) / 3600.0 * dt /
	    CLARIFIER_AREA;
	c->ntu += q_raw / 3600.0 * dt / MIX_M3 * (settled(c, raw_ntu) - c->ntu);
	c->ph += q_raw / 3600.0 * dt / MIX_M3 *
	    (7.6 - 0.012 * c->dose - c->ph);
	instruments_step(c, r, q_raw, dt);
}

void
clarifier_init(struct clarifier *c)
{
	memset(c, 0, sizeof(*c));
	c->level = 4.1;
	c->blanket = BLANKET_USUAL;
	c->ntu = 1.08;
	c->ph = 7.24;
	c->dose = 30.0;
	c->coagulant = 1.7;
	c->q_dose = 12.0;
	c->torque = 34.0;
	c->d201[0] = (struct dosing_pump){ { .command = true, .run = true,
		.hours = 15220.4, .starts = 118 }, 30.0, 30.0 };
	c->d201[1] = (struct dosing_pump){ { .hours = 14871.9, .starts = 121 },
		30.0, 0.0 };
	c->m201 = (struct motor){ .command = true, .run = true,
		.hours = 30211.0, .starts = 44 };
	c->m202 = (struct motor){ .command = true, .run = true,
		.hours = 30160.5, .starts = 47 };
	c->xv201 = (struct valve){ .closed = true };
	instrument_init(&c->lt201, 4.1, 2.0, 0.001);
	instrument_init(&c->lt202, 1.7, 5.0, 0.001);
	instrument_init(&c->lt203, BLANKET_USUAL, 30.0, 0.004);
	instrument_init(&c->ft201, 410.0, 1.0, 0.8);
	instrument_init(&c->ft202, 12.0, 1.0, 0.01);
	instrument_init(&c->at201, 1.08, 20.0, 0.01);
	instrument_init(&c->qt201, 7.24, 20.0, 0.003);
}

void
waste_step(struct waste *w, struct rng *r, double q_in, bool mains, double dt)
{
	const struct pump *const pumps[] = { &w->p401 };
	struct pipe pipe = { DRAIN_LIFT, DRAIN_K };
	double flow = 0.0;

	pump_step(&w->p401, &waste_pump, mains, dt);
	if (w->level > 0.1)
		header_solve(pumps, 1, &waste_pump, pipe_takes, &pipe, &flow);
	w->p401.flow = lag_step(w->p401.flow, flow, 1.0, dt);
	w->q_in = q_in;
	w->q_out = w->p401.flow;
	w->q_overflow = 0.0;
	w->level += (w->q_in - w->q_out) / 3600.0 * dt / WASTE_AREA;
	if (w->level > WASTE_TOP) {
		w->q_overflow =
		    (w->level - WASTE_TOP) * WASTE_AREA / dt * 3600.0;
		w->level = WASTE_TOP;
	}
	w->drain_m3 += w->q_out / 3600.0 * dt;
	w->total_m3 += w->q_out / 3600.0 * dt;
	w->overflow_m3 += w->q_overflow / 3600.0 * dt;
	instrument_step(&w->lt401, r, w->level, dt);
	instrument_step(&w->ft401, r, w->q_out, dt);
}

void
waste_init(struct waste *w)
{
	memset(w, 0, sizeof(*w));
	w->level = 0.8;
	w->total_m3 = 211630.0;
	w->automatic = true;
	w->p401 = (struct pump){ .hours = 3510.2, .starts = 2405 };
	starts_init(&w->starts, w->p401.starts, 6.0);
	instrument_init(&w->lt401, w->level, 2.0, 0.003);
	instrument_init(&w->ft401, 0.0, 1.0, 0.05);
}
