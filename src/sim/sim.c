/* SPDX-License-Identifier: ISC */
#include "sim/sim.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
sim_init(struct sim *s, struct works *works, uint64_t seed)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	s->works = works;
	s->speed = 1.0;
	s->n = plc_makes_n;
	s->plcs = xcalloc(s->n, sizeof(*s->plcs));
	s->faults = xcalloc(s->n, sizeof(*s->faults));
	for (i = 0; i < s->n; i++)
		plc_init(&s->plcs[i], &plc_makes[i], works);
	rng_seed(&s->rng, seed ^ 0x5157);
}

void
sim_fini(struct sim *s)
{
	free(s->plcs);
	free(s->faults);
	vec_free(&s->due);
}

void
sim_schedule(struct sim *s, double at, const struct sim_order *o)
{
	struct due d = { at, *o };
	size_t i;

	(void)vec_add(&s->due);
	/* Behind those of the same time: the order of the file holds. */
	for (i = s->due.n - 1; i > 0 && s->due.at[i - 1].at > at; i--)
		s->due.at[i] = s->due.at[i - 1];
	s->due.at[i] = d;
}

static void
remove_due(struct sim *s, size_t i)
{
	s->due.n--;
	memmove(s->due.at + i, s->due.at + i + 1,
	    (s->due.n - i) * sizeof(s->due.at[0]));
}

void
sim_forget_end(struct sim *s, const struct sim_order *o)
{
	const struct sim_order *d;
	size_t i;

	for (i = s->due.n; i-- > 0;) {
		d = &s->due.at[i].order;
		if (d->is_end && d->verb == o->verb &&
		    d->object == o->object && d->row == o->row &&
		    d->plc == o->plc)
			remove_due(s, i);
	}
}

void
sim_run_due(struct sim *s)
{
	struct sim_order o;

	while (s->due.n > 0 && s->due.at[0].at <= s->time + 1e-9) {
		o = s->due.at[0].order;
		remove_due(s, 0);
		order_apply(&o, s);
	}
}

void
sim_step(struct sim *s, double seconds)
{
	size_t i;

	s->debt += seconds;
	while (s->debt >= WORKS_STEP - 1e-9 && !s->ended) {
		s->debt -= WORKS_STEP;
		sim_run_due(s);
		for (i = 0; i < s->n; i++)
			plc_scan(&s->plcs[i], WORKS_STEP);
		works_step(s->works, WORKS_STEP);
		s->time += WORKS_STEP;
	}
}

int
sim_plc_find(const struct sim *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->plcs[i].make->name, name) == 0)
			return (int)i;
	return -1;
}

const struct map_row *
sim_row_find(const struct sim *s, const char *name, int *plc)
{
	const struct map_row *r;
	size_t i;

	for (i = 0; i < s->n; i++) {
		r = map_find(s->plcs[i].make->map, name);
		*plc = (int)i;
		if (r != NULL)
			return r;
	}
	*plc = -1;
	return map_find(&map_works, name);
}

double
sim_shown(const struct sim *s, const struct map_row *row, int plc)
{
	return plc >= 0 ? plc_shown(&s->plcs[plc], row)
			: map_value(row, s->works);
}
