/* SPDX-License-Identifier: ISC */
#include "model/alarm.h"

#include <stdlib.h>

#include "base/mem.h"

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
