/* SPDX-License-Identifier: ISC */
/* tanker.h - deliveries: one comes when a tank is low, and goes when it is
 * full. */
#ifndef SIM_TANKER_H
#define SIM_TANKER_H

#include <stdbool.h>

struct tanker {
	double at, until;	/* levels of the tank, in its own unit */
	double per_s;		/* pumped over in a second */
};

/* here: it stands there now. */
static inline void
tanker_step(const struct tanker *t, bool *here, double *level, double dt)
{
	if (*level < t->at)
		*here = true;
	if (*here)
		*level += t->per_s * dt;
	if (*level > t->until)
		*here = false;
}

#endif
