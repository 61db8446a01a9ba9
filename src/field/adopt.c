/* SPDX-License-Identifier: ISC */
#include "field/adopt.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "field/poll.h"

#define LINE_ROOM 4096
#define DEVICE_ROOM 16384

bool
adopt_is_same_line(const struct line *a, const struct line *b)
{
	uint8_t x[LINE_ROOM], y[LINE_ROOM];
	struct put p = put_into(x, sizeof(x)), q = put_into(y, sizeof(y));

	put_line(&p, 0, a);
	put_line(&q, 0, b);
	return !p.full && !q.full && p.len == q.len &&
	    memcmp(x, y, p.len) == 0;
}

/* A device as far as the line is concerned: not where it stands in a plan. */
static struct device
without_numbers(const struct device *d)
{
	struct device copy = *d;

	copy.line = copy.area = copy.comm_alarm = 0;
	copy.alive.device = copy.life.device = copy.identity.device = 0;
	return copy;
}

static bool
is_same_device(const struct device *a, const struct device *b)
{
	uint8_t x[DEVICE_ROOM], y[DEVICE_ROOM];
	struct put p = put_into(x, sizeof(x)), q = put_into(y, sizeof(y));
	struct device d = without_numbers(a), e = without_numbers(b);

	if (strcmp(a->name, b->name) != 0)
		return false;
	put_device(&p, 0, &d);
	put_device(&q, 0, &e);
	return !p.full && !q.full && p.len == q.len &&
	    memcmp(x, y, p.len) == 0;
}

/* A point without its slot, as bytes that can be compared. */
struct key {
	uint8_t bytes[FIELD_POINT_MAX];
	uint32_t at;		/* in its unit's points */
};

static int
by_bytes(const void *a, const void *b)
{
	return memcmp(((const struct key *)a)->bytes,
	    ((const struct key *)b)->bytes, FIELD_POINT_MAX);
}

static struct key *
keys_of(const struct unit *u)
{
	struct key *keys = xcalloc(u->n_points + 1, sizeof(*keys));
	struct field_point f;
	struct put p;
	size_t i;

	for (i = 0; i < u->n_points; i++) {
		f = u->points[i];
		f.slot = f.at.device = 0;
		p = put_into(keys[i].bytes, sizeof(keys[i].bytes));
		put_field_point(&p, &f);
		keys[i].at = (uint32_t)i;
	}
	if (u->n_points > 0)
		qsort(keys, u->n_points, sizeof(*keys), by_bytes);
	return keys;
}

/* If both read the same, the points of new in the order of old; else NULL. */
static struct field_point *
in_old_order(const struct unit *old, const struct unit *new)
{
	struct field_point *points = NULL;
	struct key *then, *now;
	size_t i, n = old->n_points;

	if (n != new->n_points)
		return NULL;
	then = keys_of(old);
	now = keys_of(new);
	for (i = 0; i < n && by_bytes(&then[i], &now[i]) == 0; i++)
		;
	if (i == n) {
		points = xcalloc(n + 1, sizeof(*points));
		for (i = 0; i < n; i++)
			points[then[i].at] = new->points[now[i].at];
	}
	free(then);
	free(now);
	return points;
}

/* What the unit knows of its device goes over from old, which is empty then. */
static void
take_over(struct channel *c, struct unit *u, struct unit *old,
    struct mono now)
{
	struct field_point *same = in_old_order(old, u);
	struct unit made = *old;

	made.def = u->def;
	made.index = u->index;
	free(old->points);
	if (same != NULL) {
		free(u->points);
		made.points = same;
		*u = made;
		poll_renumber(c, u, now);
	} else {
		made.points = u->points;
		made.n_points = u->n_points;
		*u = made;
		poll_replan(c, u, now);
	}
	memset(old, 0, sizeof(*old));
}

static struct unit *
find_same(const struct adoption *a, const struct device *d)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		if (is_same_device(a->units[i].def, d))
			return &a->units[i];
	return NULL;
}

/* The device numbers of jobs, before the old units are gone. */
static void
renumber_jobs(struct channel *c, const struct adoption *a)
{
	struct unit *to;
	unsigned i;

	for (i = 0; i < c->n_units; i++) {
		to = find_same(a, c->units[i].def);
		job_adopt(c, c->plan, c->units[i].index, a->plan,
		    to != NULL ? to->index : NONE);
	}
	job_adopt_rest(c, a->plan);
}

void
adopt(struct channel *c, const struct adoption *a, struct mono now)
{
	struct unit *old = c->units, *to;
	unsigned n_old = c->n_units, i;
	bool *taken = xcalloc(a->n + 1, sizeof(*taken));

	renumber_jobs(c, a);
	c->plan = a->plan;
	c->index = a->index;
	c->line = a->line;
	c->units = a->units;
	c->n_units = a->n;
	for (i = 0; i < n_old; i++) {
		to = find_same(a, old[i].def);
		if (to == NULL) {
			poll_withdraw(c, &old[i]);
			unit_fini(c, &old[i]);
			continue;
		}
		taken[to - a->units] = true;
		take_over(c, to, &old[i], now);
	}
	for (i = 0; i < a->n; i++)
		if (!taken[i])
			unit_init(c, &a->units[i], now);
	free(taken);
	free(old);
	log_note("line %s: goes on with plan %u", c->line->name, c->plan);
}

void
adoption_free(struct adoption *a)
{
	unsigned i;

	if (a == NULL)
		return;
	for (i = 0; i < a->n; i++)
		free(a->units[i].points);
	free(a->units);
	free(a);
}
