/* SPDX-License-Identifier: ISC */
#include "model/uses.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/expr.h"
#include "model/plant.h"

/* Counted, then filled in. */
typedef void use_fn(struct uses *u, uint32_t tag, struct use one);

static void
each_operand(struct uses *u, const struct expr *x, struct use one,
    use_fn *fn)
{
	const uint32_t *tags;
	unsigned n, k;

	if (x == NULL)
		return;
	tags = expr_tags(x, &n);
	for (k = 0; k < n; k++)
		fn(u, tags[k], one);
}

static void
each_use(struct uses *u, const struct plant *p, use_fn *fn)
{
	struct use alarm = { 0, true };
	uint32_t i;

	for (i = 0; i < p->n_calc; i++)
		each_operand(u, p->tags[p->calc[i]].expr,
		    (struct use){ p->calc[i], false }, fn);
	for (alarm.slot = 0; alarm.slot < p->n_alarms; alarm.slot++) {
		each_operand(u, p->alarms[alarm.slot].limit, alarm, fn);
		each_operand(u, p->alarms[alarm.slot].suppress, alarm, fn);
	}
}

static void
count(struct uses *u, uint32_t tag, struct use one)
{
	(void)one;
	u->first[tag + 2]++;
}

/* Afterwards first[tag + 1] is where those of the next tag begin. */
static void
place(struct uses *u, uint32_t tag, struct use one)
{
	u->at[u->first[tag + 1]++] = one;
}

void
uses_init(struct uses *u, const struct plant *p)
{
	uint32_t i;

	u->first = xcalloc(p->n_tags + 2u, sizeof(*u->first));
	each_use(u, p, count);
	for (i = 1; i <= p->n_tags; i++)
		u->first[i + 1] += u->first[i];
	u->at = xcalloc(u->first[p->n_tags + 1], sizeof(*u->at));
	each_use(u, p, place);
}

void
uses_fini(struct uses *u)
{
	free(u->at);
	free(u->first);
	memset(u, 0, sizeof(*u));
}

const struct use *
uses_of(const struct uses *u, uint32_t tag, uint32_t *n)
{
	*n = u->first[tag + 1] - u->first[tag];
	return u->at + u->first[tag];
}
