/* SPDX-License-Identifier: ISC */
/* plc3: chlorination of the outgoing water, and where the current is from. */
#include "sim/program.h"

static void
plc3_init(struct works *w)
{
	word_init(&w->plc3, 4076, "RWW-P3 1.1.0", 10.0);
}

static void
plc3_scan(struct works *w, double dt)
{
	word_scan(&w->plc3, w->mains, dt);
	power_scan(&w->supply, dt);
	hypo_scan(&w->hypo, w->ft501.measured, w->tt101.measured, w->mains,
	    dt);
}

static void
plc3_stop(struct works *w)
{
	w->plc3.running = false;
	power_stop(&w->supply);
	hypo_stop(&w->hypo);
}

const struct program program_plc3 = { plc3_init, plc3_scan, plc3_stop };
