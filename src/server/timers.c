/* SPDX-License-Identifier: ISC */
#include "server/timers.h"

void
timers_add(
    struct timers *t, enum timer_sort sort, uint64_t slot, struct mono due)
{
	struct timer new = { .due = due, .slot = slot, .sort = (uint8_t)sort };
	size_t i, up;

	if (due.us == MONO_NEVER.us)
		return;
	(void)vec_add(&t->heap);
	for (i = t->heap.n - 1; i > 0; i = up) {
		up = (i - 1) / 2;
		if (!mono_before(due, t->heap.at[up].due))
			break;
		t->heap.at[i] = t->heap.at[up];
	}
	t->heap.at[i] = new;
}

struct mono
timers_due(const struct timers *t)
{
	return t->heap.n > 0 ? t->heap.at[0].due : MONO_NEVER;
}

bool
timers_take(struct timers *t, struct mono now, struct timer *out)
{
	struct timer last;
	size_t i, down;

	if (t->heap.n == 0 || mono_before(now, t->heap.at[0].due))
		return false;
	*out = t->heap.at[0];
	last = t->heap.at[--t->heap.n];
	for (i = 0; (down = 2 * i + 1) < t->heap.n; i = down) {
		if (down + 1 < t->heap.n &&
		    mono_before(
			t->heap.at[down + 1].due, t->heap.at[down].due))
			down++;
		if (!mono_before(t->heap.at[down].due, last.due))
			break;
		t->heap.at[i] = t->heap.at[down];
	}
	if (t->heap.n > 0)
		t->heap.at[i] = last;
	return true;
}

void
timers_move(struct timers *t, enum timer_sort sort,
    uint64_t (*slot)(void *arg, uint64_t old), void *arg)
{
	size_t i;

	for (i = 0; i < t->heap.n; i++)
		if (t->heap.at[i].sort == sort)
			t->heap.at[i].slot = slot(arg, t->heap.at[i].slot);
}

void
timers_fini(struct timers *t)
{
	vec_free(&t->heap);
}
