/* SPDX-License-Identifier: ISC */
#include "model/dependents.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/expr.h"
#include "model/plant.h"
#include "model/ring.h"

/* Counted, then filled in. */
typedef void each_fn(struct dependents *u, uint32_t tag, struct dependent one);

static void
each_operand(struct dependents *u, const struct expr *x, struct dependent one,
    each_fn *fn)
{
	const uint32_t *tags;
	unsigned n, k;

	if (x == NULL)
		return;
	tags = expr_tags(x, &n);
	for (k = 0; k < n; k++)
		fn(u, tags[k], one);
}

/* What of one alarm of a ring depends on all that the others are. */
static void
each_of_rings(struct dependents *u, const struct plant *p, each_fn *fn)
{
	struct dependent alarm = { 0, true };
	const struct alarm_def *d;
	uint32_t i, k;

	for (i = 0; i < p->n_rings; i++) {
		alarm.slot = p->rings[i].alarm;
		if (i > 0 && p->rings[i - 1].alarm == alarm.slot)
			continue;
		for (k = 0; k < p->n_rings; k++) {
			if (p->rings[k].group != p->rings[i].group ||
			    (k > 0 &&
				p->rings[k - 1].alarm == p->rings[k].alarm))
				continue;
			d = &p->alarms[p->rings[k].alarm];
			fn(u, d->of, alarm);
			each_operand(u, d->limit, alarm, fn);
			each_operand(u, d->suppress, alarm, fn);
		}
	}
}

static void
each_dependent(struct dependents *u, const struct plant *p, each_fn *fn)
{
	struct dependent alarm = { 0, true };
	uint32_t i;

	for (i = 0; i < p->n_calc; i++)
		each_operand(u, p->tags[p->calc[i]].expr,
		    (struct dependent){ p->calc[i], false }, fn);
	for (alarm.slot = 0; alarm.slot < p->n_alarms; alarm.slot++) {
		each_operand(u, p->alarms[alarm.slot].limit, alarm, fn);
		each_operand(u, p->alarms[alarm.slot].suppress, alarm, fn);
	}
	each_of_rings(u, p, fn);
}

static void
count(struct dependents *u, uint32_t tag, struct dependent one)
{
	(void)one;
	u->first[tag + 2]++;
}

/* Afterwards first[tag + 1] is where those of the next tag begin. */
static void
place(struct dependents *u, uint32_t tag, struct dependent one)
{
	u->at[u->first[tag + 1]++] = one;
}

void
dependents_init(struct dependents *u, const struct plant *p)
{
	uint32_t i;

	u->first = xcalloc(p->n_tags + 2u, sizeof(*u->first));
	each_dependent(u, p, count);
	for (i = 1; i <= p->n_tags; i++)
		u->first[i + 1] += u->first[i];
	u->at = xcalloc(u->first[p->n_tags + 1], sizeof(*u->at));
	each_dependent(u, p, place);
}

void
dependents_fini(struct dependents *u)
{
	free(u->at);
	free(u->first);
	memset(u, 0, sizeof(*u));
}

const struct dependent *
dependents_of(const struct dependents *u, uint32_t tag, uint32_t *n)
{
	*n = u->first[tag + 1] - u->first[tag];
	return u->at + u->first[tag];
}
