/* SPDX-License-Identifier: ISC */
#include "model/alarm.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/when.h"
#include "model/alarm_table.h"

const struct inhibition *
alarm_inhibition(const struct alarm *a, enum inhibit which)
{
	if (a->inhibitions == NULL || !a->inhibitions[which].on)
		return NULL;
	return &a->inhibitions[which];
}

bool
alarm_is_inhibited(const struct alarm *a)
{
	return a->inhibitions != NULL;
}

/* Few alarms are inhibited: room for owner and reason only while one is. */
static void
drop_if_empty(struct alarm *a)
{
	for (int i = 0; i < INHIBITS; i++)
		if (a->inhibitions[i].on)
			return;
	free(a->inhibitions);
	a->inhibitions = NULL;
}

void
alarm_restore_inhibition(
    struct alarm *a, enum inhibit which, const struct inhibition *i)
{
	if (a->inhibitions == NULL)
		a->inhibitions = xcalloc(INHIBITS, sizeof(*a->inhibitions));
	a->inhibitions[which] = *i;
	drop_if_empty(a);
}

void
alarm_fini(struct alarm *a)
{
	free(a->inhibitions);
	a->inhibitions = NULL;
}

void
alarm_clock_set(struct alarm *a, struct span by)
{
	struct inhibition *i;

	if (a->rearm.ms != 0) {	/* so long after the acknowledgement */
		a->acked = wall_add(a->acked, by);
		a->rearm = wall_add(a->rearm, by);
	}
	for (int which = 0; a->inhibitions != NULL && which < INHIBITS;
	    which++) {
		i = &a->inhibitions[which];
		if (!i->on || i->until.ms == 0)
			continue;
		i->since = wall_add(i->since, by);
		i->until = wall_add(i->until, by);
	}
}

int
alarm_can_inhibit(const struct alarm *a, const struct alarm_class *c,
    enum inhibit which, struct span length, struct err *e)
{
	char longest[WHEN_CAP];

	(void)a;	/* once more is fine: the new end holds */
	if (length.ms < 0)
		return err_set(e, "it would end before it begins");
	if (which != INHIBIT_SHELVED)
		return 0;
	if (c->shelve.ms <= 0)
		return err_set(
		    e, "alarms of class %s are not shelved", c->name);
	if (length.ms == 0)
		return err_set(e, "shelving needs an end");
	if (length.ms > c->shelve.ms)
		return err_set(e, "at most for %s",
		    span_print(longest, c->shelve));
	return 0;
}

struct alarm_change
alarm_inhibit(struct alarm *a, const struct alarm_class *c,
    enum inhibit which, const char *owner, const char *reason,
    struct wall until, struct wall wall)
{
	const struct inhibition *before = alarm_inhibition(a, which);
	struct inhibition i = { .on = true,
		.since = before != NULL ? before->since : wall,
		.until = until };
	struct alarm_change change = alarm_still(a, ALARM_EVENT_INHIBITED);

	(void)c;
	str_copy(i.owner, owner, sizeof(i.owner));
	str_copy(i.reason, reason, sizeof(i.reason));
	alarm_restore_inhibition(a, which, &i);
	change.persist = true;
	return change;
}

struct alarm_change
alarm_free(struct alarm *a, const struct alarm_class *c, enum inhibit which,
    struct wall wall)
{
	static const struct inhibition none;
	struct alarm_change change = alarm_still(a, ALARM_EVENT_FREED);

	(void)wall;
	if (alarm_inhibition(a, which) == NULL)
		return alarm_still(a, ALARM_EVENT_NONE);
	alarm_restore_inhibition(a, which, &none);
	change.persist = true;
	if (alarm_is_inhibited(a))
		return change;	/* another one goes on */
	change = alarm_step(a, c, INPUT_FREED);
	change.horn = a->active && c->horn != HORN_NONE;
	return change;
}
