/* SPDX-License-Identifier: ISC */
/*
 * clarifier.h - coagulant, clarifier, sludge, and the waste tank.
 *
 *   raw water -> + coagulant -> mixer -> clarifier -> weir -> filters
 *                                        | XV-201
 *                                      sludge -> waste tank -> P-401 -> drain
 *
 * What is in the water: turbidity settles the better, the nearer the dose is
 * to what the raw water needs. Plain data without pointers.
 */
#ifndef SIM_CLARIFIER_H
#define SIM_CLARIFIER_H

#include "sim/instrument.h"
#include "sim/motor.h"
#include "sim/pid.h"
#include "sim/pump.h"
#include "sim/rng.h"
#include "sim/valve.h"

#define CLARIFIER_AREA	 200.0	/* m2 */
#define CLARIFIER_WEIR	 4.0	/* m; the water runs over to the filters */
#define COAGULANT_TOP	 2.5	/* m */
#define WASTE_AREA	 50.0	/* m2 */
#define WASTE_TOP	 4.0	/* m, then it overflows into the drain */
#define DOSING_MOST	 40.0	/* l/h of one dosing pump at full speed */

struct dosing_pump {
	struct motor motor;
	double reference, speed;	/* % */
};

struct clarifier {
	/* water */
	double level;			/* m */
	double blanket;			/* m of sludge on the floor */
	double ntu, ph;			/* of what runs over the weir */
	double dose;			/* ml/m3 that have mixed in */
	double q_out, q_sludge;		/* m3/h */
	double coagulant;		/* m in its tank */
	double q_dose;			/* l/h */
	bool tanker;			/* a delivery is being pumped over */

	/* machines */
	struct dosing_pump d201[2];
	struct motor m201, m202;	/* mixer, scraper */
	double torque;			/* %, of the scraper */
	struct valve xv201;

	/* instruments */
	struct instrument lt201, lt202, lt203, ft201, ft202, at201, qt201;

	/* its program */
	struct pid fic201;
	double ratio;			/* ml/m3 asked for */
	bool changeover;		/* the other dosing pump takes over */
	double changeover_s;
	uint32_t duty;			/* which one leads */
	bool undosed;			/* water, and no coagulant */
	double undosed_s;
	double sludge_interval_min, sludge_s;	/* retained */
	double since_s, drawing_s;
};

struct waste {
	double level;			/* m */
	double q_in, q_out, q_overflow;	/* m3/h */
	double drain_m3, overflow_m3;	/* since the start */
	double total_m3;		/* the meter's, whole life */
	struct pump p401;
	struct starts starts;
	bool automatic;			/* P-401 runs by level */
	struct instrument lt401, ft401;
};

void clarifier_init(struct clarifier *c);
/* q_raw m3/h of raw_ntu turbidity come in. */
void clarifier_step(struct clarifier *c, struct rng *r, double q_raw,
    double raw_ntu, bool mains, double dt);

void waste_init(struct waste *w);
/* q_in m3/h come in from sludge valve and filters. */
void waste_step(
    struct waste *w, struct rng *r, double q_in, bool mains, double dt);

#endif
