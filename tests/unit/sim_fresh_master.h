/* SPDX-License-Identifier: ISC */
/* sim_fresh_master.h - a fresh plant, and a client of it, for each test. */
#ifndef SIM_FRESH_MASTER_H
#define SIM_FRESH_MASTER_H

#include "sim_master.h"

static struct master m;

static int
setup(void **state)
{
	(void)state;
	master_init(&m, 5);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	master_fini(&m);
	return 0;
}

#endif
