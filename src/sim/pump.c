/* SPDX-License-Identifier: ISC */
#include "sim/pump.h"

#include <math.h>

#define NOFLOW_TRIP_S	60.0	/* running against a closed valve */
#define OVERLOAD_TRIP_S 10.0
#define RAMP_UP		8.0	/* % per second, set in the converter */
#define RAMP_DOWN	15.0
#define CONTACTOR_S	0.3

static void
watch_flow(struct pump *p, double dt)
{
	bool dry = p->run && p->speed > 15.0 && p->flow < 5.0;

	p->noflow_s = dry ? p->noflow_s + dt : 0.0;
	if (p->noflow_s >= NOFLOW_TRIP_S)
		p->fault = true;
}

void
pump_scan(struct pump *p, uint32_t may_lock, double reference, double dt)
{
	uint32_t stopping = may_lock & ~(uint32_t)LOCK_LOCAL;

	watch_flow(p, dt);
	if (p->reset && !p->protection)
		p->fault = false;
	p->reset = false;
	if (p->protection)
		p->fault = true;
	p->locks = may_lock | (p->local ? LOCK_LOCAL : 0);
	if (p->fault || stopping)
		p->command = false;
	else if (p->local)
		p->command = p->drive;	/* the remote command has no effect */
	p->drive = p->command;
	p->reference = reference;
}

static void
contactor(struct pump *p, bool want, double dt)
{
	if (p->run == want || (p->stuck && !p->protection)) {
		p->close_s = 0.0;
		return;
	}
	p->close_s += dt;
	if (want && p->close_s < CONTACTOR_S)
		return;
	p->close_s = 0.0;
	p->run = want;
	if (want)
		p->starts++;
}

static void
watch_current(struct pump *p, const struct pump_make *m, double dt)
{
	p->overload_s =
	    p->current > m->current_trip ? p->overload_s + dt : 0.0;
	if (p->overload_s >= OVERLOAD_TRIP_S)
		p->protection = true;
}

void
pump_step(struct pump *p, const struct pump_make *m, bool mains, double dt)
{
	double target, n;

	if (mains)
		contactor(p, p->drive && !p->protection, dt);
	else
		p->run = false;
	target = p->run ? p->reference : 0.0;
	if (target > p->speed)
		p->speed = fmin(target, p->speed + RAMP_UP * dt);
	else
		p->speed = fmax(target, p->speed - RAMP_DOWN * dt);
	n = p->speed / 100.0;
	p->current = p->run
	    ? n * n * (m->current_idle + m->current_flow * p->flow)
	    : 0.0;
	if (p->run)
		p->hours += dt / 3600.0;
	watch_current(p, m, dt);
}

double
pump_flow_at(const struct pump *p, const struct pump_make *m, double head)
{
	double n = p->speed / 100.0, left = n * n * m->h0 - head;

	return left > 0.0 ? sqrt(left / m->a) : 0.0;
}
