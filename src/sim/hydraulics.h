/* SPDX-License-Identifier: ISC */
/*
 * hydraulics.h - pumps in parallel on one header, solved for the moment.
 *
 * The header takes the head at which what the pumps give equals what the
 * system behind it takes. Both are monotonic in the head, so bisection always
 * arrives; nothing here has a state.
 */
#ifndef SIM_HYDRAULICS_H
#define SIM_HYDRAULICS_H

#include <stddef.h>

#include "sim/pump.h"

/* What the system takes at a header head in m, in m3/h; must not fall. */
typedef double header_takes_fn(const void *system, double head);

/* A pipe with a static lift: head = lift + k q^2. */
struct pipe {
	double lift;		/* m */
	double k;		/* m per (m3/h)^2 */
};
double pipe_takes(const void *pipe, double head);

/*
 * The header's head over the suction level. flow[i] gets each pump's flow in
 * m3/h. With all pumps off the head is 0 and so are the flows.
 */
double header_solve(const struct pump *const pumps[], size_t n,
    const struct pump_make *make, header_takes_fn *takes, const void *system,
    double flow[]);

#endif
