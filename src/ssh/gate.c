/* SPDX-License-Identifier: ISC */
#include "ssh/gate.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

struct gate_rules
gate_rules_default(unsigned sessions, struct span grace)
{
	return (struct gate_rules){ .seats = sessions + 256 + 60,
		.per_source = 4, .first = 10, .most = 60,
		.waiting = 256, .waiting_per_source = 192,
		.grace = grace, .hurry = { 3000 }, .speak = { 20 } };
}

void
gate_init(struct gate *g, const struct gate_rules *r)
{
	*g = (struct gate){ .rules = *r };
	g->seats = xcalloc(r->seats, sizeof(*g->seats));
}

void
gate_fini(struct gate *g)
{
	free(g->seats);
	g->seats = NULL;
}

static bool
is_running(enum gate_stage s)
{
	return s == GATE_CALLED || s == GATE_RUNNING || s == GATE_KEYED;
}

/* Every change of a stage goes through here, so that the counts hold. */
static void
move(struct gate *g, int seat, enum gate_stage to)
{
	struct gate_seat *s;
	int by;
	unsigned i;

	assert(seat >= 0 && (unsigned)seat < g->rules.seats);
	s = &g->seats[seat];
	by = is_running(to) - is_running(s->stage);
	s->stage = to;
	if (by == 0)
		return;
	g->running = (unsigned)((int)g->running + by);
	for (i = 0; i < g->rules.seats; i++)
		if (source_same(&g->seats[i].source, &s->source))
			g->seats[i].own = (unsigned)((int)g->seats[i].own + by);
}

static unsigned
running_of(const struct gate *g, const struct source *of)
{
	unsigned i, n = 0;

	for (i = 0; i < g->rules.seats; i++)
		if (is_running(g->seats[i].stage) &&
		    source_same(&g->seats[i].source, of))
			n++;
	return n;
}

static unsigned
waiting(const struct gate *g, const struct source *of)
{
	unsigned i, n = 0;

	for (i = 0; i < g->rules.seats; i++)
		if (g->seats[i].stage == GATE_WAITING &&
		    (of == NULL || source_same(&g->seats[i].source, of)))
			n++;
	return n;
}

int
gate_in_the_way(
    const struct gate *g, const struct source *s, struct mono now)
{
	bool own = waiting(g, s) >= g->rules.waiting_per_source;
	const struct gate_seat *w, *oldest = NULL;
	unsigned i;

	if (!own && waiting(g, NULL) < g->rules.waiting)
		return -1;
	for (i = 0; i < g->rules.seats; i++) {
		w = &g->seats[i];
		if (w->stage != GATE_WAITING || w->spoke ||
		    (own && !source_same(&w->source, s)) ||
		    mono_before(now, mono_add(w->since, g->rules.speak)))
			continue;
		if (oldest == NULL || mono_before(w->since, oldest->since))
			oldest = w;
	}
	return oldest == NULL ? -1 : (int)(oldest - g->seats);
}

int
gate_arrive(struct gate *g, const struct source *s, struct mono now)
{
	unsigned i, own = running_of(g, s);

	if (waiting(g, NULL) >= g->rules.waiting ||
	    waiting(g, s) >= g->rules.waiting_per_source)
		return -1;
	for (i = 0; i < g->rules.seats; i++)
		if (g->seats[i].stage == GATE_FREE) {
			g->seats[i] = (struct gate_seat){
				.stage = GATE_WAITING,
				.source = *s,
				.since = now,
				.own = own,
			};
			return (int)i;
		}
	return -1;
}

/* Why a waiting connection cannot run. */
enum reason { FREE_TO_RUN, SOURCE_FULL, ALL_FULL };

static enum reason
hindrance(const struct gate *g, const struct gate_seat *s)
{
	if (s->own >= g->rules.per_source)
		return SOURCE_FULL;
	if (g->running < g->rules.first ||
	    (g->running < g->rules.most && s->own == 0))
		return FREE_TO_RUN;
	return ALL_FULL;
}

/* Of two that wait, does a go first? */
static bool
goes_first(const struct gate_seat *a, const struct gate_seat *b)
{
	if (a->spoke != b->spoke)
		return a->spoke;
	if (a->own != b->own)
		return a->own < b->own;
	return mono_before(a->since, b->since);
}

int
gate_next(const struct gate *g)
{
	const struct gate_seat *s, *best = NULL;
	unsigned i;

	for (i = 0; i < g->rules.seats; i++) {
		s = &g->seats[i];
		if (s->stage != GATE_WAITING ||
		    hindrance(g, s) != FREE_TO_RUN)
			continue;
		if (best == NULL || goes_first(s, best))
			best = s;
	}
	return best == NULL ? -1 : (int)(best - g->seats);
}

void
gate_spoke(struct gate *g, int seat)
{
	g->seats[seat].spoke = true;
}

void
gate_call(struct gate *g, int seat)
{
	move(g, seat, GATE_CALLED);
}

void
gate_run(struct gate *g, int seat, struct mono now)
{
	move(g, seat, GATE_RUNNING);
	g->seats[seat].since = now;
}

void
gate_keyed(struct gate *g, int seat)
{
	if (g->seats[seat].stage == GATE_RUNNING)
		move(g, seat, GATE_KEYED);
}

void
gate_live(struct gate *g, int seat)
{
	move(g, seat, GATE_LIVE);
}

void
gate_leave(struct gate *g, int seat)
{
	move(g, seat, GATE_FREE);
}

/* Does somebody wait who could run if s were not there? */
static bool
is_in_the_way(const struct gate *g, const struct gate_seat *s)
{
	const struct gate_seat *w;
	unsigned i;

	for (i = 0; i < g->rules.seats; i++) {
		w = &g->seats[i];
		if (w->stage != GATE_WAITING)
			continue;
		switch (hindrance(g, w)) {
		case SOURCE_FULL:
			if (source_same(&w->source, &s->source))
				return true;
			break;
		case ALL_FULL:
			return true;
		case FREE_TO_RUN:
			break;
		}
	}
	return false;
}

static struct mono
deadline(const struct gate *g, const struct gate_seat *s)
{
	if (s->stage == GATE_FREE || s->stage == GATE_LIVE)
		return MONO_NEVER;
	if (s->stage == GATE_RUNNING && is_in_the_way(g, s))
		return mono_add(s->since, g->rules.hurry);
	return mono_add(s->since, g->rules.grace);
}

int
gate_overdue(const struct gate *g, struct mono now)
{
	const struct gate_seat *s, *oldest = NULL;
	unsigned i;

	for (i = 0; i < g->rules.seats; i++) {
		s = &g->seats[i];
		if (!mono_before(now, deadline(g, s)) &&
		    (oldest == NULL || mono_before(s->since, oldest->since)))
			oldest = s;
	}
	return oldest == NULL ? -1 : (int)(oldest - g->seats);
}

struct mono
gate_wake(const struct gate *g)
{
	struct mono first = MONO_NEVER;
	unsigned i;

	for (i = 0; i < g->rules.seats; i++)
		first = mono_first(first, deadline(g, &g->seats[i]));
	return first;
}
