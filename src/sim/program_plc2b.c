/* SPDX-License-Identifier: ISC */
#include "sim/program.h"

static void
plc2b_init(struct works *w)
{
	word_init(&w->plc2b, 3110, "RWW-P2B 3.1.1");
}

static void
plc2b_scan(struct works *w, double dt)
{
	word_scan(&w->plc2b, w->mains, dt);
}

static void
plc2b_stop(struct works *w)
{
	w->plc2b.running = false;
}

const struct program program_plc2b = { plc2b_init, plc2b_scan, plc2b_stop };
