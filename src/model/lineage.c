/* SPDX-License-Identifier: ISC */
#include "model/lineage.h"

#include <stdlib.h>

struct lineage *
lineage_new(const struct plant *of)
{
	struct lineage *l = xcalloc(1, sizeof(*l));
	uint32_t i, n;
	int sort;

	for (sort = 0; sort < DIFFERENCE_SORT_COUNT; sort++) {
		n = difference_count(of, (enum difference_sort)sort);
		l->n[sort] = n;
		l->is[sort] = xcalloc(n + 1u, sizeof(*l->is[sort]));
		for (i = 0; i < n; i++)
			l->is[sort][i] = i;
	}
	return l;
}

void
lineage_free(struct lineage *l)
{
	int sort;

	if (l == NULL)
		return;
	for (sort = 0; sort < DIFFERENCE_SORT_COUNT; sort++)
		free(l->is[sort]);
	free(l);
}

void
lineage_step(struct lineage *l, const struct plant *here,
    const struct plant *next, bool back)
{
	struct arena *arena = arena_new();
	struct slots s;
	uint32_t i;
	int sort;

	for (sort = 0; sort < DIFFERENCE_SORT_COUNT; sort++) {
		s = difference_match(
		    arena, (enum difference_sort)sort, here, next, back);
		for (i = 0; i < l->n[sort]; i++)
			l->is[sort][i] = slots_to(&s, l->is[sort][i]);
	}
	arena_free(arena);
}
