/* SPDX-License-Identifier: ISC */
/*
 * right.h - what a user may do: functions x areas.
 *
 * A user holds roles, each as it is or narrowed to areas
 * ("operator@filtration"); narrowing holds for every function but view. The
 * result does not depend on the station.
 */
#ifndef MODEL_RIGHT_H
#define MODEL_RIGHT_H

#include <stdbool.h>

#include "base/err.h"
#include "model/plant.h"

#define RIGHT_ROLES 16

struct rights {
	struct {
		uint32_t role;
		uint32_t narrowed;	/* area, or NONE */
	} roles[RIGHT_ROLES];
	unsigned n;
};

/*
 * Adds "operator", or "operator@filtration,clearwater" to r. -1 with e where
 * the project does not have the role or an area, and r stays as it was.
 */
int right_add(struct rights *r, const struct plant *p, const char *grant,
    struct err *e);
/*
 * area NONE asks for the whole plant (users, project ..): a role narrowed to
 * areas, or one that grants the function in some areas only, does not have it.
 */
bool right_has(const struct rights *r, const struct plant *p,
    enum function f, uint32_t area);
/* Has the function in any area at all. */
bool right_anywhere(
    const struct rights *r, const struct plant *p, enum function f);

#endif
