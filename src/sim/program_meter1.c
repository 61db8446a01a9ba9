/* SPDX-License-Identifier: ISC */
/* The energy meter: it measures and decides nothing. */
#include "sim/program.h"

static void
meter_init(struct works *w)
{
	word_init(&w->meter_word, 801, "EM-3P");
}

static void
meter_scan(struct works *w, double dt)
{
	word_scan(&w->meter_word, true, dt);
}

static void
meter_stop(struct works *w)
{
	w->meter_word.running = false;
}

const struct program program_meter1 = { meter_init, meter_scan, meter_stop };
