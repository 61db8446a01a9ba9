/* SPDX-License-Identifier: ISC */
/*
 * scenario.h - files of lines `at TIME VERB ...` (order.h), # comments.
 *
 * TIME is plant time since the file was loaded: 10s, 2min. All lines are checked before
 * the first is carried out.
 */
#ifndef SIM_SCENARIO_H
#define SIM_SCENARIO_H

#include "base/err.h"
#include "sim/sim.h"

/* Schedules everything, or nothing: then e is "FILE:LINE: text". */
int scenario_load(struct sim *s, const char *path, struct err *e);

#endif
