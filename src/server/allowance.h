/* SPDX-License-Identifier: ISC */
/*
 * allowance.h - how much one session may ask: 400 calls at once, then 200 a
 * second. More than any person or script needs, less than what would fill
 * the audit or keep others waiting (I8).
 */
#ifndef SERVER_ALLOWANCE_H
#define SERVER_ALLOWANCE_H

#include <stdbool.h>

#include "base/clock.h"

#define ALLOWANCE_BURST 400
#define ALLOWANCE_PER_S 200
#define ALLOWANCE_OPEN 32	/* answers and watches open at once */

struct allowance {
	double left;
	struct mono at;		/* when left was true; zeroed: never asked */
};

/* False: this one is too much. */
bool allowance_take(struct allowance *a, struct mono now);

#endif
