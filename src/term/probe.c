/* SPDX-License-Identifier: ISC */
#include "term/probe.h"

bool
probe_wanted(const struct probe *p)
{
	/* until the first answer one question is enough */
	return p->open < (p->answers ? PROBE_FLYING : 1);
}

void
probe_asked(struct probe *p, uint64_t bytes, struct mono now)
{
	if (p->open == 0)
		p->since = now;
	p->mark[(p->first + p->open++) % PROBE_FLYING] = bytes;
}

void
probe_answered(struct probe *p, struct mono now)
{
	if (p->open == 0)
		return;	/* nobody asked */
	p->answers = true;
	p->seen = p->mark[p->first];
	p->first = (p->first + 1) % PROBE_FLYING;
	p->open--;
	p->since = now;
}

struct mono
probe_ready_at(const struct probe *p, uint64_t bytes, struct mono drawn,
    struct mono now)
{
	if (!p->answers || p->open == 0 || bytes - p->seen <= PROBE_FLIGHT)
		return now;
	/* one that answered and has stopped to: another terminal, attached
	 * in its place */
	if (!mono_before(now, mono_add(p->since, PROBE_SILENT)))
		return now;
	return mono_add(
	    mono_before(p->since, drawn) ? drawn : p->since, PROBE_WAIT);
}
