/* SPDX-License-Identifier: ISC */
/*
 * fieldheard.h - what sightglass-field says: blocks, values, states of lines
 * and devices, results of jobs.
 */
#ifndef SERVER_FIELDHEARD_H
#define SERVER_FIELDHEARD_H

#include <stdbool.h>

struct core;
struct get;

/* One message. False: it is wrong, or of a plan that is forgotten; field has
 * to begin anew. */
bool fieldheard_take(struct core *c, struct get *g);

#endif
