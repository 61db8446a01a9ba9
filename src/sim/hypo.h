/* SPDX-License-Identifier: ISC */
/*
 * hypo.h - hypochlorite into the water that goes to the town.
 *
 *   AIC-701 residual --trim--> FFIC-701 dose --stroke--> D-701A/B --> main
 *      ^                                                               |
 *      +---- AT-701, six minutes down the main ------------------------+
 *
 * FFIC-701 is paced by the flow: it holds a dose in mg for each litre of
 * water. In cascade its setpoint is what AIC-701 asks for, and AIC-701's may
 * be a curve of the water's temperature. Of the two pumps one doses; in AUTO
 * the other takes over when it fails.
 *
 * Plain data without pointers.
 */
#ifndef SIM_HYPO_H
#define SIM_HYPO_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/instrument.h"
#include "sim/pid.h"
#include "sim/pump.h"
#include "sim/rng.h"

#define HYPO_DEAD_S	360	/* from the injection to AT-701 */
#define HYPO_DOSE_MAX	0.4	/* mg/l: AIC-701's output of 100 % */

enum hypo_mode { HYPO_MANUAL, HYPO_AUTO };

struct hypo {
	double tank;			/* l of solution left */
	bool tanker;			/* a delivery is being pumped over */
	double flow;			/* l/h */
	double dose;			/* mg/l, true */
	double downstream[HYPO_DEAD_S];	/* mg/l, one each second, a ring */
	uint32_t second;		/* where it goes next */
	double since_s;
	double residual;		/* mg/l at AT-701 */
	/* plc3 */
	double mode;			/* enum hypo_mode; retained */
	double changeover_s;
	double dosed;			/* mg/l as measured: FFIC-701's value */
	struct pump d701[2];		/* speed is the stroke in % */
	struct pid ffic701, aic701;
	struct instrument lt701, ft701, at701;
};

void hypo_init(struct hypo *h, double chlorine);
/* flow: water in m3/h; chlorine: what is in it before, mg/l. */
void hypo_step(struct hypo *h, double flow, double chlorine, bool mains,
    double dt);
void hypo_measure(struct hypo *h, struct rng *r, double dt);
/* plc3's program; flow and temperature as measured. */
void hypo_scan(struct hypo *h, double flow, double temperature, bool mains,
    double dt);
void hypo_stop(struct hypo *h);

#endif
