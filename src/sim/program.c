/* SPDX-License-Identifier: ISC */
#include "sim/program.h"

#include "sim/plc.h"

void
program_init(struct works *w)
{
	size_t i;

	for (i = 0; i < plc_makes_n; i++)
		if (plc_makes[i].program != NULL)
			plc_makes[i].program->init(w);
}

void
program_scan(struct works *w, double dt)
{
	size_t i;

	for (i = 0; i < plc_makes_n; i++)
		if (plc_makes[i].program != NULL)
			plc_makes[i].program->scan(w, dt);
}
