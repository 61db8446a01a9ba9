/* SPDX-License-Identifier: ISC */
#include "server/allowance.h"

bool
allowance_take(struct allowance *a, struct mono now)
{
	if (a->at.us == 0)
		a->left = ALLOWANCE_BURST;
	else
		a->left += (double)(now.us - a->at.us) / 1e6 *
		    ALLOWANCE_PER_S;
	if (a->left > ALLOWANCE_BURST)
		a->left = ALLOWANCE_BURST;
	a->at = now;
	if (a->left < 1)
		return false;
	a->left -= 1;
	return true;
}
