/* SPDX-License-Identifier: ISC */
/* read_object_alarm.c - the alarms of an object. */
#include <string.h>

#include "project/making.h"

static void
of_type(struct reader *r, struct making *m)
{
	static const uint8_t conditions[] = { ALARM_ABOVE_KEY,
		ALARM_BELOW_KEY, ALARM_IS_KEY };
	struct alarm_home home = { .owner = m->object.name,
		.was = m->object.was,
		.object = (uint32_t)r->all_objects.n,
		.area = m->object.area,
		.suppress = &m->item->cells[TYPE_SUPPRESS],
		.suppress_more = &m->item->cells[TYPE_SUPPRESS_MORE] };
	size_t i;

	for (i = 0; i < m->alarms.n; i++) {
		if (making_is_gone(r, m->alarms.at[i], conditions, 3))
			continue;
		home.of = making_tag(m, &m->alarms.at[i]->cells[ALARM_OF]);
		if (home.of != NONE)
			alarm_add(r, m->alarms.at[i], &home);
	}
}

/* An alarm of the project by the name of one of the server's own. */
static bool
has_alarm(const struct making *m, enum own_alarm which)
{
	const char *name = own_alarm_name(which);
	const struct item *x;
	size_t i;

	for (i = 0; i < m->alarms.n; i++) {
		x = m->alarms.at[i];
		if (!x->removed &&
		    strcmp(x->cells[ALARM_NAME].string, name) == 0)
			return true;
	}
	return false;
}

/* An alarm that the server itself raises for this object; its slot. */
static uint32_t
make_own_alarm(
    struct reader *r, const struct making *m, enum own_alarm which)
{
	uint32_t slot;

	if (!reader_has_room(r, r->all_alarms.n, "alarms", m->at))
		return NONE;
	slot = alarm_add_system(r, m->object.name, which, m->object.area);
	r->all_alarms.at[slot].object = (uint32_t)r->all_objects.n;
	if (m->object.was != NULL)
		r->all_alarms.at[slot].was =
		    arena_printf(r->arena, "%s.%s", m->object.was,
			own_alarm_name(which));
	return slot;
}

/* P13: some command awaits a feedback, and the type has no alarm of its own
 * for one that does not come. */
static bool
may_disagree(const struct reader *r, const struct making *m)
{
	const struct command *k;
	uint32_t i;

	if (has_alarm(m, OWN_DISAGREE))
		return false;
	for (i = 0; i < m->object.n_commands; i++) {
		k = &r->all_commands.at[m->object.commands + i];
		if (k->feedback != NONE && k->within.ms > 0)
			return true;
	}
	return false;
}

/* P14: some interlock can be bypassed, which is alarmed, unless the type has
 * an alarm of that name. No error: such a project may run already. */
static bool
may_be_bypassed(struct reader *r, const struct making *m)
{
	if (!m->interlocked)
		return false;
	if (!has_alarm(m, OWN_BYPASS))
		return true;
	report_warning(r->report, m->at, "%s.BYPASS is an alarm of the "
	    "project; the server has none there for an interlock that is "
	    "bypassed; choose another name", m->object.name);
	return false;
}

void
making_alarms(struct reader *r, struct making *m)
{
	of_type(r, m);
	if (may_disagree(r, m))
		m->object.disagree = make_own_alarm(r, m, OWN_DISAGREE);
	if (may_be_bypassed(r, m))
		m->object.bypass = make_own_alarm(r, m, OWN_BYPASS);
}
