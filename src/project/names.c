/* SPDX-License-Identifier: ISC */
#include "project/names.h"

#include <stdlib.h>
#include <string.h>

#define SEARCH_MAX 20000	/* names looked at for a suggestion */

static uint32_t
hash(const char *s, size_t len)
{
	uint32_t h = 2166136261u;

	while (len-- > 0)
		h = (h ^ (unsigned char)*s++) * 16777619u;
	return h ^ h >> 15;
}

void
names_fini(struct names *t)
{
	vec_free(&t->all);
	free(t->slots);
	t->slots = NULL;
	t->mask = 0;
}

static void
place_in_slots(struct names *t, uint32_t n)
{
	const char *text = t->all.at[n].text;
	uint32_t at = hash(text, strlen(text)) & t->mask;

	while (t->slots[at] != 0)
		at = (at + 1) & t->mask;
	t->slots[at] = n + 1;
}

static void
grow(struct names *t)
{
	uint32_t n;

	free(t->slots);
	t->mask = t->mask ? 2 * t->mask + 1 : 63;
	t->slots = xcalloc(t->mask + 1, sizeof(*t->slots));
	for (n = 0; n < t->all.n; n++)
		place_in_slots(t, n);
}

const struct name *
names_find(const struct names *t, const char *text, size_t len)
{
	const struct name *n;
	uint32_t at;

	if (t->slots == NULL)
		return NULL;
	at = hash(text, len) & t->mask;
	for (; t->slots[at] != 0; at = (at + 1) & t->mask) {
		n = &t->all.at[t->slots[at] - 1];
		if (strncmp(n->text, text, len) == 0 && n->text[len] == '\0')
			return n;
	}
	return NULL;
}

bool
names_add(struct names *t, const char *text, uint32_t index, struct place at,
    struct report *r)
{
	const struct name *old = names_find(t, text, strlen(text));

	if (old != NULL && old->at.line == 0) {
		report_error(r, at, "%s \"%s\" is built in", t->what, text);
		return false;
	}
	if (old != NULL) {
		report_error(r, at, "%s \"%s\" is already defined at %s:%u",
		    t->what, text, r->files.at[old->at.file], old->at.line);
		return false;
	}
	if (2 * (t->all.n + 1) > t->mask)
		grow(t);
	vec_push(&t->all, ((struct name){ text, index, at }));
	place_in_slots(t, (uint32_t)t->all.n - 1);
	return true;
}

/* The nearest name that is near enough to be meant, or NULL. */
static const char *
nearest(const struct names *t, const char *text)
{
	const char *best = NULL;
	unsigned distance = 0;
	size_t i;

	for (i = 0; i < t->all.n && i < SEARCH_MAX; i++)
		near_offer(text, t->all.at[i].text, &best, &distance);
	return best;
}

uint32_t
names_get(const struct names *t, const char *text, struct place at,
    struct report *r)
{
	const struct name *n = names_find(t, text, strlen(text));
	char hint[NEAR_CAP];

	if (n != NULL)
		return n->index;
	if (!t->unsure)
		report_error(r, at, "unknown %s \"%.80s\"%s", t->what, text,
		    near_text(hint, report_may_search(r) ? nearest(t, text)
							 : NULL));
	return UINT32_MAX;
}
