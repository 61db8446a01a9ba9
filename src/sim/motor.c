/* SPDX-License-Identifier: ISC */
#include "sim/motor.h"

#include <math.h>

void
motor_scan(struct motor *m, uint32_t locks, bool waits)
{
	if (m->reset && !m->protection)
		m->fault = false;
	m->reset = false;
	m->fault = m->fault || m->protection;
	m->locks = locks;
	if (m->fault || (locks != 0 && !waits))
		m->command = false;
	else if (m->local)
		m->command = m->drive;	/* the remote command has no effect */
	m->drive = m->command && locks == 0;
}

void
motor_step(struct motor *m, bool mains, double dt)
{
	bool want = m->drive && !m->protection && mains;

	if (!m->stuck || m->protection || !mains) {
		if (want && !m->run)
			m->starts++;
		m->run = want;
	}
	if (m->run)
		m->hours += dt / 3600.0;
}

void
starts_init(struct starts *s, uint32_t starts, double at_once)
{
	*s = (struct starts){ .left = at_once, .seen = starts };
}

bool
starts_scan(struct starts *s, uint32_t starts, double per_hour, double dt)
{
	s->left = fmin(per_hour, s->left + per_hour * dt / 3600.0);
	s->left = fmax(0.0, s->left - (double)(starts - s->seen));
	s->seen = starts;
	return s->left < 1.0;
}
