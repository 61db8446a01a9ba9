/* SPDX-License-Identifier: ISC */
#include "sim/program.h"

static void
plc2a_init(struct works *w)
{
	word_init(&w->plc2a, 2017, "RWW-P2A 2.0.3");
}

static void
plc2a_scan(struct works *w, double dt)
{
	word_scan(&w->plc2a, w->mains, dt);
}

static void
plc2a_stop(struct works *w)
{
	w->plc2a.running = false;
}

const struct program program_plc2a = { plc2a_init, plc2a_scan, plc2a_stop };
