/* SPDX-License-Identifier: ISC */
/* lag.h - a first-order lag: what follows something else, slowly. */
#ifndef SIM_LAG_H
#define SIM_LAG_H

/* x one step of dt s later, on its way to aim with time constant tau_s; never
 * beyond it, however long the step. */
static inline double
lag_step(double x, double aim, double tau_s, double dt)
{
	return x + (aim - x) * dt / (tau_s + dt);
}

#endif
