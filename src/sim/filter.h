/* SPDX-License-Identifier: ISC */
/*
 * filter.h - four rapid filters, their backwash pump and blower.
 *
 *   clarifier -> channel -> inlet valve -> bed -> LV-30x -> clear water tank
 *   clear water tank -> P-301 -> wash valve -> bed -> gutter -> waste valve
 *   -> waste tank
 *
 * The bed clogs with what it holds back, and takes more head for the same
 * flow; a backwash cleans it. The channel shares the water among the filters
 * whose inlet is open. Plain data without pointers.
 */
#ifndef SIM_FILTER_H
#define SIM_FILTER_H

#include "sim/instrument.h"
#include "sim/motor.h"
#include "sim/pid.h"
#include "sim/pump.h"
#include "sim/rng.h"
#include "sim/valve.h"

#define FILTERS	       4
#define FILTER_AREA    24.0	/* m2 */
#define FILTER_GUTTER  1.0	/* m over the bed: the wash water's weir */
#define FILTER_TOP     2.7	/* m, then it runs over into the waste tank */
#define WASH_TEXT      16

enum filter_mode { FILTER_MANUAL, FILTER_AUTO };

/* Why no backwash begins; bits of the filter's interlock word. */
enum wash_lock {
	WASH_NO_WATER = 1 << 0,	/* too little clear water to wash with */
	WASH_NO_ROOM = 1 << 1,	/* waste tank too full */
	WASH_NO_PUMP = 1 << 2,	/* backwash pump not ready */
	WASH_NO_BLOWER = 1 << 3,
	WASH_BUSY = 1 << 4,	/* another filter washes */
	WASH_FEW = 1 << 5	/* fewer than two others would filter */
};

struct filter {
	/* water */
	double level;			/* m over the bed */
	double clog;			/* 0 = clean */
	double ntu;
	double q_in, q_out, q_wash, q_waste;	/* m3/h */
	double head_loss;		/* m through the bed */

	/* machines and instruments */
	struct valve inlet, outlet, wash, waste, air;
	struct instrument lt, pdt, at, ft;

	/* its program */
	struct pid lic;
	bool automatic;			/* washes by itself; retained */
	bool service;			/* is to filter; retained */
	bool start, abort, reset;
	bool fault, valve_fault, serving, washing;
	uint32_t step;			/* row of the sequence, see wash.h */
	char text[WASH_TEXT + 1];
	double step_s;
	uint32_t locks;
	double hours;			/* filtering since the last wash */
	double ripe_s;			/* since it filters again */
	uint32_t washes;
};

struct filters {
	struct filter f[FILTERS];
	double q_out, ntu;		/* of all together */
	double q_wash, q_waste;		/* m3/h */
	double total_m3;
	struct pump p301;
	struct starts starts;
	struct motor b301;		/* blower */
	struct instrument ft301, ft302, pt301;
	/* the program of all four; retained */
	double level_sp;		/* m, for the loops in cascade */
	double interval_h, head_limit;	/* a wash is due */
	uint32_t turn;			/* 0: nobody washes, else 1..4 */
};

void filters_init(struct filters *s);
/* q_in m3/h of ntu turbidity come from the clarifier; tank: clear water, m. */
void filters_step(struct filters *s, struct rng *r, double q_in, double ntu,
    double tank, bool mains, double dt);

#endif
