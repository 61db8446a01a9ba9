/* SPDX-License-Identifier: ISC */
/*
 * ring.h - alarms that suppress each other (P8, P14).
 *
 * A suppression reads tags, and those tags have alarms. Where an alarm is
 * suppressed by what another one watches, and that one in turn by what the
 * first one watches (or further round), both would be silent while both hold,
 * and nobody would be told. So none of them is suppressed while the ring is
 * closed: while each of it holds, or may hold, and would be suppressed.
 *
 * What is a ring is worked out once for a plant: through calculated tags, but
 * only where the one alarm's condition leaves the other's suppression
 * possible. Both are pure: no clock, no state.
 */
#ifndef MODEL_RING_H
#define MODEL_RING_H

#include "model/expr.h"

struct plant;
struct arena;

/* One step of a ring; a plant's are sorted by alarm, then by. */
struct ring {
	uint32_t alarm, by;	/* alarm is suppressed by what by watches */
	uint32_t group;		/* those with the same one belong together */
};

/* Finds them; all expressions are there. Fills p->rings. */
void rings_find(struct plant *p);
/* How often the rings around an alarm go on from it; NULL and 0: none. */
const struct ring *ring_of(const struct plant *p, uint32_t alarm, uint32_t *n);
/* The alarm with which a closed ring goes on from this one; NONE: it is in
 * none that is closed. */
uint32_t ring_closed(const struct plant *p, uint32_t alarm,
    expr_value_fn *value, void *arg, struct wall now);

#endif
