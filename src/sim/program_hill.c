/* SPDX-License-Identifier: ISC */
/* The outstation of the hill reservoir. */
#include "sim/program.h"

static void
hill_program_init(struct works *w)
{
	/* on its slow line life comes every 5 s */
	word_init(&w->hill_word, 611, "RTU-HILL 1.3", 30.0);
}

static void
hill_program_scan(struct works *w, double dt)
{
	word_scan(&w->hill_word, w->hill.supply, dt);
	hill_scan(&w->hill, dt);
}

/* Its inlet stays as it is. */
static void
hill_program_stop(struct works *w)
{
	w->hill_word.running = false;
}

const struct program program_hill = { hill_program_init, hill_program_scan,
	hill_program_stop };
