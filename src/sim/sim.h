/* SPDX-License-Identifier: ISC */
/*
 * sim.h - the simulated plant as a whole: works, PLCs, faults, disturbances.
 *
 * It has no sockets and asks no clock: sim_step() moves plant time, so a test
 * lives through a day in a second and main() maps real time to it. One
 * thread.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "sim/fault.h"
#include "sim/order.h"
#include "sim/plc.h"
#include "sim/rng.h"
#include "sim/works.h"

#define SPEED_LEAST 0.01
#define SPEED_MOST  3600

struct due {			/* something that happens later */
	double at;		/* plant seconds since the start */
	struct sim_order order;
};

struct sim {
	struct works *works;	/* in a file if it is retained */
	struct plc *plcs;	/* one for each of plc_makes */
	struct fault *faults;	/* one for each PLC */
	size_t n;
	double time;		/* plant seconds since the start */
	double debt;		/* asked for, less than a step */
	double speed;		/* plant time for real time; for main() */
	struct rng rng;		/* for faults; the works has its own */
	VEC(struct due) due;	/* by time */
	bool ended;
};

/* works is initialised and outlives s. */
void sim_init(struct sim *s, struct works *works, uint64_t seed);
void sim_fini(struct sim *s);
void sim_step(struct sim *s, double seconds);
/* Has o carried out at plant time at. */
void sim_schedule(struct sim *s, double at, const struct sim_order *o);
/* Carries out what is due now. */
void sim_run_due(struct sim *s);
/* Drops the scheduled end of what o is about. */
void sim_forget_end(struct sim *s, const struct sim_order *o);
/* Index of a PLC, or -1. */
int sim_plc_find(const struct sim *s, const char *name);
/* The row of a name in any PLC or of the works; *plc gets the index or -1. */
const struct map_row *sim_row_find(
    const struct sim *s, const char *name, int *plc);
/* What the row's registers show, or the quantity itself. */
double sim_shown(const struct sim *s, const struct map_row *row, int plc);

#endif
