/* SPDX-License-Identifier: ISC */
#include "sim/pid.h"

#include <math.h>

void
pid_init(struct pid *c, double sp, double out, double gain, double reset_s,
    double pv)
{
	*c = (struct pid){ .automatic = true, .sp = sp, .out = out,
		.gain = gain, .reset_s = reset_s, .low = 0.0, .high = 100.0,
		.reverse = true, .last_pv = pv };
	c->integral = out - gain * (sp - pv);
}

static double
clamp(double x, double low, double high)
{
	return fmax(low, fmin(high, x));
}

void
pid_scan(struct pid *c, double pv, double dt)
{
	double error = c->reverse ? c->sp - pv : pv - c->sp;
	double slope = (pv - c->last_pv) / dt;
	double swift = c->gain * error -
	    (c->reverse ? 1.0 : -1.0) * c->gain * c->rate_s * slope;
	double step, raw;

	c->last_pv = pv;
	c->out = clamp(c->out, c->low, c->high);
	if (!c->automatic) {
		c->integral = c->out - c->gain * error;
		return;
	}
	step = c->reset_s > 0.0 ? c->gain * error * dt / c->reset_s : 0.0;
	raw = swift + c->integral + step;
	/* Integrate only what does not push further into a limit. */
	if (!(raw > c->high && step > 0.0) && !(raw < c->low && step < 0.0))
		c->integral += step;
	c->out = clamp(swift + c->integral, c->low, c->high);
}
