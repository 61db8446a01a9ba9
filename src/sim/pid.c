/* SPDX-License-Identifier: ISC */
#include "sim/pid.h"

#include <math.h>

void
pid_init(struct pid *c, double sp, double out, double gain, double reset_s,
    double pv)
{
	*c = (struct pid){ .mode = PID_AUTO, .last_mode = PID_AUTO, .sp = sp,
		.remote = sp, .out = out, .gain = gain, .reset_s = reset_s,
		.low = 0.0, .high = 100.0, .reverse = true, .last_pv = pv };
	c->integral = out - gain * (sp - pv);
}

static double
clamp(double x, double low, double high)
{
	return fmax(low, fmin(high, x));
}

/* Integrate only what does not push further into a limit. */
static void
integrate(struct pid *c, double swift, double step)
{
	double raw = swift + c->integral + step;

	if (step > 0.0 && (raw > c->high || c->full))
		return;
	if (step < 0.0 && (raw < c->low || c->empty))
		return;
	c->integral += step;
}

void
pid_scan(struct pid *c, double pv, double dt)
{
	double slope = (pv - c->last_pv) / dt, error, swift;

	if (c->mode == PID_CASCADE)
		c->sp = c->remote;
	error = c->reverse ? c->sp - pv : pv - c->sp;
	swift = c->gain * error -
	    (c->reverse ? 1.0 : -1.0) * c->gain * c->rate_s * slope;
	c->last_pv = pv;
	if (c->tracks)
		c->out = c->tracked;
	c->out = clamp(c->out, c->low, c->high);
	if (c->mode == PID_MANUAL || c->tracks || c->mode != c->last_mode) {
		c->integral = c->out - c->gain * error;
		c->last_mode = c->mode;
		return;
	}
	if (c->reset_s > 0.0)
		integrate(c, swift, c->gain * error * dt / c->reset_s);
	c->out = clamp(swift + c->integral, c->low, c->high);
}
