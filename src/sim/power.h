/* SPDX-License-Identifier: ISC */
/*
 * power.h - where the current comes from: the grid through Q-801, or the
 * diesel G-801 through Q-802, onto one busbar.
 *
 * In AUTO plc3 starts the diesel when the busbar was dead for some seconds,
 * takes the load when it is up to speed, and hands it back without a gap when
 * the grid was there for a while. The diesel cannot carry the whole works.
 * What ran before an outage does not start again by itself.
 *
 * Plain data without pointers.
 */
#ifndef SIM_POWER_H
#define SIM_POWER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/instrument.h"
#include "sim/rng.h"

#define DIESEL_KW 160.0		/* more for 20 s and its protection drops */

enum diesel_mode { DIESEL_OFF, DIESEL_MANUAL, DIESEL_AUTO };

struct breaker {
	bool command, reset;	/* command retained by the PLC */
	bool local, protection, stuck;
	bool closed, fault;
};

struct diesel {
	/* retained */
	double mode;			/* enum diesel_mode */
	bool command, reset;
	/* the program */
	bool fault, drive;
	double dead_s, back_s, crank_s, cool_s;
	/* the machine */
	bool local, protection, stuck, run;
	double speed;			/* rpm */
	double fuel;			/* % of its tank */
	double coolant;			/* degC */
	double overload_s;
	double hours;
	uint32_t starts;
	bool loaded;			/* */
};

/* What the energy meter has. */
struct meter {
	double volts[3], amps[3];
	double cos_phi, hertz;
	double kw_mean;			/* of the last 15 minutes */
	double kwh, kvarh;
	double tariff, number;
};

struct power {
	bool grid;			/* voltage outside */
	bool live;			/* voltage on the busbar */
	struct breaker q801;
	struct diesel g801;
	struct meter meter;
	struct instrument volts, fuel, coolant, speed;
};

void power_init(struct power *p);
/* The busbar's load in kW is what the works takes. */
void power_step(struct power *p, double kw, double clock_s, double dt);
void power_measure(struct power *p, struct rng *r, double dt);
/* The part of plc3's program that changes over. */
void power_scan(struct power *p, double dt);
/* plc3 in STOP: nothing is switched, the diesel stops. */
void power_stop(struct power *p);

#endif
