/* SPDX-License-Identifier: ISC */
#include "sim/pid.h"

#include <math.h>

void
pid_init(struct pid *c, double sp, double out, double gain, double reset_s,
    double pv)
{
	*c = (struct pid){ .mode = PID_AUTO, .sp = sp, .out = out,
		.gain = gain, .reset_s = reset_s, .low = 0.0, .high = 100.0,
		.reverse = true, .last_pv = pv, .last_mode = PID_AUTO };
	c->integral = out - gain * (sp - pv);
}

static double
clamp(double x, double low, double high)
{
	return fmax(low, fmin(high, x));
}

static double
error_of(const struct pid *c, double pv)
{
	return c->reverse ? c->sp - pv : pv - c->sp;
}

void
pid_track(struct pid *c, double out, double pv)
{
	c->out = clamp(out, c->low, c->high);
	c->integral = c->out - c->gain * error_of(c, pv);
	c->last_pv = pv;
	c->last_mode = c->mode;
}

void
pid_scan(struct pid *c, double pv, double dt)
{
	double slope = (pv - c->last_pv) / dt, error, swift, step, raw;

	if (c->mode == PID_MANUAL || c->mode != c->last_mode) {
		pid_track(c, c->out, pv);
		return;
	}
	error = error_of(c, pv);
	swift = c->gain * error -
	    (c->reverse ? 1.0 : -1.0) * c->gain * c->rate_s * slope;
	c->last_pv = pv;
	step = c->reset_s > 0.0 ? c->gain * error * dt / c->reset_s : 0.0;
	raw = swift + c->integral + step;
	/* Integrate only what does not push further into a limit. */
	if (!(step > 0.0 && (raw > c->high || c->full)) &&
	    !(step < 0.0 && (raw < c->low || c->empty)))
		c->integral += step;
	c->out = clamp(swift + c->integral, c->low, c->high);
}

void
pid_scan_under(struct pid *c, double master, double pv, double dt)
{
	if (c->mode == PID_CASCADE)
		c->sp = master;
	pid_scan(c, pv, dt);
}
