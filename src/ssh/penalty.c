/* SPDX-License-Identifier: ISC */
#include "ssh/penalty.h"

#include <string.h>

static const struct span costs[] = {
	[OFFENCE_IDLE] = { 1000 },
	[OFFENCE_LOGIN] = { 5000 },
	[OFFENCE_LATE] = { 10000 },
	[OFFENCE_CRASH] = { 90000 },
};
static const struct span threshold = { 15000 }, most = { 600000 };

static struct penalty_row *
find(struct penalty *p, const struct source *s)
{
	unsigned i;

	for (i = 0; i < p->n; i++)
		if (source_same(&p->rows[i].source, s))
			return &p->rows[i];
	return NULL;
}

static struct penalty_row *
add(struct penalty *p, const struct source *s, struct mono now)
{
	struct penalty_row *row = &p->rows[0];
	unsigned i;

	if (p->n < PENALTY_SOURCES)
		row = &p->rows[p->n++];
	else
		for (i = 1; i < p->n; i++)
			if (mono_before(p->rows[i].until, row->until))
				row = &p->rows[i];
	*row = (struct penalty_row){ .source = *s, .until = now };
	return row;
}

bool
penalty_add(struct penalty *p, const struct source *s, enum offence what,
    struct mono now)
{
	struct penalty_row *row = find(p, s);
	bool before;

	if (s->local)
		return false;
	if (row == NULL)
		row = add(p, s, now);
	if (mono_before(row->until, now))
		*row = (struct penalty_row){ .source = *s, .until = now };
	before = row->shut;
	row->until = mono_first(
	    mono_add(row->until, costs[what]), mono_add(now, most));
	if (mono_since(row->until, now).ms >= threshold.ms)
		row->shut = true;
	return row->shut && !before;
}

bool
penalty_holds(struct penalty *p, const struct source *s, struct mono now)
{
	struct penalty_row *row = find(p, s);

	return row != NULL && row->shut && mono_before(now, row->until);
}
