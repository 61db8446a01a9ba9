/* SPDX-License-Identifier: ISC */
#include "server/fieldpast.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "server/swap.h"

#define PLANS_KEPT 16	/* that slow lines may still speak of */

static void
forget(struct fieldpast *p, size_t i)
{
	struct field_before *b = &p->before.at[i];

	free(b->tags);
	free(b->lines);
	free(b->devices);
	memmove(b, b + 1, (--p->before.n - i) * sizeof(*b));
}

void
fieldpast_fini(struct fieldpast *p)
{
	while (p->before.n > 0)
		forget(p, 0);
	vec_free(&p->before);
	p->speaks = NULL;
}

static uint32_t *
map_of(const struct slots *s, bool (*ends)(const struct slots *s, uint32_t new))
{
	uint32_t *map = xcalloc(s->n_old + 1, sizeof(*map)), i;

	for (i = 0; i < s->n_old; i++)
		map[i] = s->to[i] != NONE && ends(s, s->to[i]) ? NONE
							       : s->to[i];
	return map;
}

static bool
address_ends(const struct slots *s, uint32_t new)
{
	return difference_is(s, new, DIFFERENCE_OF_ADDRESS);
}

/* What a line or device that was defined otherwise says is of no interest. */
static bool
definition_ends(const struct slots *s, uint32_t new)
{
	return difference_is(s, new, DIFFERENCE_OF_DEFINITION);
}

static void
compose(uint32_t *map, uint32_t n, const uint32_t *next, uint32_t n_next)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		map[i] = map[i] < n_next ? next[map[i]] : NONE;
}

void
fieldpast_add(
    struct fieldpast *p, uint32_t last, const struct swap *s)
{
	const struct slots *tags = swap_slots(s, DIFFERENCE_TAG),
			   *lines = swap_slots(s, DIFFERENCE_LINE),
			   *devices = swap_slots(s, DIFFERENCE_DEVICE);
	struct field_before now = { .plan = last,
		.tags = map_of(tags, address_ends),
		.lines = map_of(lines, definition_ends),
		.devices = map_of(devices, definition_ends),
		.n_tags = tags->n_old,
		.n_lines = lines->n_old,
		.n_devices = devices->n_old };
	struct field_before *b;
	size_t i;

	for (i = 0; i < p->before.n; i++) {
		b = &p->before.at[i];
		compose(b->tags, b->n_tags, now.tags, now.n_tags);
		compose(b->lines, b->n_lines, now.lines, now.n_lines);
		compose(b->devices, b->n_devices, now.devices, now.n_devices);
	}
	if (p->before.n >= PLANS_KEPT)
		forget(p, 0);
	vec_push(&p->before, now);
}

bool
fieldpast_find(struct fieldpast *p, uint32_t last, uint32_t plan)
{
	size_t i;

	p->speaks = NULL;
	if (plan == last)
		return true;
	for (i = 0; i < p->before.n; i++)
		if (p->before.at[i].plan == plan)
			p->speaks = &p->before.at[i];
	if (p->speaks == NULL)
		log_warn("field speaks of plan %u, the last one is %u", plan,
		    last);
	return p->speaks != NULL;
}

static uint32_t
now_called(const uint32_t *map, uint32_t n, uint32_t old, uint32_t most)
{
	uint32_t slot = map == NULL ? old : old < n ? map[old] : NONE;

	return slot < most ? slot : NONE;
}

uint32_t
fieldpast_tag(const struct fieldpast *p, uint32_t tag, uint32_t n)
{
	const struct field_before *b = p->speaks;

	return b != NULL ? now_called(b->tags, b->n_tags, tag, n)
			 : now_called(NULL, 0, tag, n);
}

uint32_t
fieldpast_line(const struct fieldpast *p, uint32_t line, uint32_t n)
{
	const struct field_before *b = p->speaks;

	return b != NULL ? now_called(b->lines, b->n_lines, line, n)
			 : now_called(NULL, 0, line, n);
}

uint32_t
fieldpast_device(const struct fieldpast *p, uint32_t device, uint32_t n)
{
	const struct field_before *b = p->speaks;

	return b != NULL ? now_called(b->devices, b->n_devices, device, n)
			 : now_called(NULL, 0, device, n);
}
