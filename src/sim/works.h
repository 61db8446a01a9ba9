/* SPDX-License-Identifier: ISC */
/*
 * works.h - Riverside Waterworks as it stands: water, machines, instruments.
 *
 *   river -> V-101 -> SC-101 -> sump -> P-101A/B -> LV-501 -> clarifier ->
 *   filters -> clear water tank -> P-501A/B/C -> hypochlorite -> town
 *   sludge and wash water -> waste tank -> P-401 -> drain  \-> HV-601 -> hill
 *
 * Mass is conserved: river inflow = what town and hill take + what goes into
 * the drain + overflow + change of works_stored(). Demand follows a daily
 * curve and falls with the pressure.
 *
 * The works is plain data without pointers and depends only on its seed and
 * on the steps it made: the same run twice gives the same numbers. It knows
 * neither registers nor sockets; what the PLC decides is in program.h.
 */
#ifndef SIM_WORKS_H
#define SIM_WORKS_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/clarifier.h"
#include "sim/filter.h"
#include "sim/hill.h"
#include "sim/hypo.h"
#include "sim/instrument.h"
#include "sim/lift.h"
#include "sim/pid.h"
#include "sim/power.h"
#include "sim/pump.h"
#include "sim/rng.h"
#include "sim/valve.h"
#include "sim/word.h"

#define WORKS_STEP 0.1		/* s; one step is one scan of a PLC */

#define SUMP_AREA 40.0		/* m2 */
#define TANK_AREA 500.0		/* m2 */
#define TANK_TOP  6.0		/* m, then it overflows */

enum works_mode { MODE_OFF, MODE_MANUAL, MODE_AUTO };

struct rake {			/* the rake screen in front of the sump */
	bool command, reset, local, stuck;
	bool run, fault, protection;
	double clean;		/* 1 = free, 0 = blocked */
	double run_s, hours;
	double since_s;		/* since the last run ended */
	double interval_min;	/* set at the panel, BCD */
	double start_dp;	/* m, raked at once above it */
	uint32_t starts;
};

struct totalizer {
	double m3;		/* whole life */
};

/* The raw water pumps as plc1 runs them. */
struct raw_control {
	double mode;		/* enum works_mode; retained */
	double changeover_s;
	uint32_t duty;		/* which pump led, for AUTO */
};

struct water {
	double raw_ntu, clear_ntu;	/* turbidity */
	double chlorine;		/* mg/l in the tank */
	double temperature;		/* degC */
};

struct works {
	struct rng rng;
	double clock_s;		/* since midnight, plant time */
	double age_s;		/* since the start */

	/* from outside */
	double river;		/* m over the sump's floor */
	double river_aim, storm;	/* storm 0..1, moves slowly */
	double storm_aim;
	double demand_factor;	/* by scenario, 1 = normal */
	double base_demand;	/* m3/h, mean over a day */
	double demand;		/* m3/h that the town wants at 5 bar */
	double burst;		/* m3/h per sqrt(bar) through the leak */
	bool mains;		/* voltage on the busbar */

	/* water */
	double sump, tank;	/* m */
	double q_river, q_raw, q_out, q_overflow;	/* m3/h */
	double q_hill;		/* of q_out, into the reservoir */
	double pressure;	/* bar in the town's main */
	struct water quality;
	struct clarifier clarifier;
	struct filters filters;
	struct waste waste;
	double in_m3, out_m3, overflow_m3;	/* since the start */

	/* machines */
	struct valve v101, lv501;
	struct rake sc101;
	struct pump p101[2], p501[3];
	struct pump dosing;	/* only command, run, fault, hours are used */
	double dose_sp, dose;	/* mg/l */
	double power;		/* kW */
	double energy_kwh;
	struct hill hill;
	struct hypo hypo;
	struct power supply;

	/* instruments */
	struct instrument lt101, pdt101, ft101, at101, tt101;
	struct instrument lt501, lt502, ft501, pt501, at501, at502;
	struct instrument zt501, jt501, pt602;
	struct totalizer fq101, fq501;

	/* PLC */
	struct plc_word plc1, plc2a, plc2b, plc3, hill_word;
	struct raw_control raw;
	struct lift lift;
	struct pid pic501, lic501;
};

/* A plant that has run for days and is steady. */
void works_init(struct works *w, uint64_t seed);
/* The physical part of one step of dt seconds (WORKS_STEP). */
void works_step(struct works *w, double dt);
/* All water between river and town, m3. */
double works_stored(const struct works *w);

#endif
