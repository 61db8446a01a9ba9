/* SPDX-License-Identifier: ISC */
#include "server/attempts.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "server/station.h"

#define FORGET_MS (15 * 60000LL)

struct rule {
	unsigned free;		/* failures that cost nothing */
	int64_t most_ms;
};
static const struct rule of_name = { 3, 8000 }, of_place = { 10, 15000 };

static void
forget_old(struct attempts_table *t, struct mono now)
{
	unsigned i;

	for (i = t->n; i-- > 0;)
		if (mono_since(now, t->rows[i].last).ms >= FORGET_MS)
			t->rows[i] = t->rows[--t->n];
}

static struct attempts_row *
find(struct attempts_table *t, const char *key)
{
	unsigned i;

	for (i = 0; i < t->n; i++)
		if (strcmp(t->rows[i].key, key) == 0)
			return &t->rows[i];
	return NULL;
}

static struct attempts_row *
fewest(struct attempts_table *t)
{
	struct attempts_row *best = &t->rows[0];
	unsigned i;

	for (i = 1; i < t->n; i++)
		if (t->rows[i].failures < best->failures)
			best = &t->rows[i];
	return best;
}

static struct attempts_row *
get(struct attempts_table *t, const char *key, struct mono now)
{
	struct attempts_row *r;

	forget_old(t, now);
	r = find(t, key);
	if (r != NULL)
		return r;
	r = t->n < ATTEMPTS_ROWS ? &t->rows[t->n++] : fewest(t);
	memset(r, 0, sizeof(*r));
	str_copy(r->key, key, sizeof(r->key));
	return r;
}

static int64_t
count(struct attempts_table *t, const char *key, const struct rule *rule,
    struct mono now)
{
	struct attempts_row *r = get(t, key, now);
	unsigned before = r->failures++;
	int64_t ms = 1000;

	r->last = now;
	if (before < rule->free)
		return 0;
	for (before -= rule->free; before > 0 && ms < rule->most_ms; before--)
		ms *= 2;
	return ms < rule->most_ms ? ms : rule->most_ms;
}

struct span
attempts_begin(struct attempts *a, const char *name, const char *place,
    struct mono now)
{
	int64_t n = count(&a->names, name, &of_name, now);
	int64_t p = count(&a->places, place, &of_place, now);

	return (struct span){ n > p ? n : p };
}

void
attempts_right(struct attempts *a, const char *name, const char *place)
{
	struct attempts_row *n = find(&a->names, name);
	struct attempts_row *p = find(&a->places, place);
	unsigned failures = n != NULL ? n->failures : 0;

	if (n != NULL)
		*n = a->names.rows[--a->names.n];
	if (p != NULL)
		p->failures -= failures < p->failures ? failures : p->failures;
}

char *
attempts_place(char dst[ATTEMPTS_KEY], const char *from)
{
	uint8_t net[16];

	if (!station_address(net, from)) {
		str_copy(dst, from, ATTEMPTS_KEY);
		return dst;
	}
	/* one IPv6 host may have any address of its network */
	if (net[10] == 0xff && net[11] == 0xff)
		snprintf(dst, ATTEMPTS_KEY, "%u.%u.%u.%u", net[12], net[13],
		    net[14], net[15]);
	else
		snprintf(dst, ATTEMPTS_KEY,
		    "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", net[0],
		    net[1], net[2], net[3], net[4], net[5], net[6], net[7]);
	return dst;
}
