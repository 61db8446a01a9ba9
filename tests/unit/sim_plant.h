/* SPDX-License-Identifier: ISC */
/* sim_plant.h - a fresh plant for each test of the simulator. */
#ifndef SIM_PLANT_H
#define SIM_PLANT_H

#include "sim/sim.h"

static struct works w;
static struct sim s;

static int
setup(void **state)
{
	(void)state;
	works_init(&w, 1);
	sim_init(&s, &w, 1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	sim_fini(&s);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
