/* SPDX-License-Identifier: ISC */
/*
 * counter.h - what a step of a counter means (P29).
 *
 * Counters are compared in raw counts. A step back is a rollover only if it
 * means less than the greatest rate times the time; else the counter was
 * reset, and how much it has counted meanwhile is known to nobody.
 */
#ifndef MODEL_COUNTER_H
#define MODEL_COUNTER_H

#include "model/plant.h"

enum counter_step { COUNTER_ON, COUNTER_ROLLED, COUNTER_RESET };

/* From old to new raw counts within this time; *by is how many were counted,
 * 0 after a reset. */
enum counter_step counter_step(const struct counter_rule *r, double old,
    double new, struct span time, double *by);
/* The raw counts of a value as it is scaled. */
double counter_raw(const struct tag *t, const struct value *v);

#endif
