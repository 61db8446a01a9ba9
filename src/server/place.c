/* SPDX-License-Identifier: ISC */
#include "server/place.h"

#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

#define KEPT_MS 3600000

static bool
is_station(const struct session *s, const char *user, const char *at)
{
	char place[ATTEMPTS_KEY];

	return s->station_again && !s->peer->closing &&
	    strcmp(s->base, user) == 0 &&
	    strcmp(attempts_place(place, s->who.from), at) == 0;
}

static struct seat_place *
find(struct core *c, const char *user, const char *at)
{
	struct seat_place *p;
	size_t i;

	for (i = 0; i < c->places.all.n; i++) {
		p = &c->places.all.at[i];
		if (strcmp(p->user, user) == 0 && strcmp(p->at, at) == 0)
			return p;
	}
	return NULL;
}

static struct seat_place *
oldest(struct core *c)
{
	struct seat_place *p = &c->places.all.at[0];
	size_t i;

	for (i = 1; i < c->places.all.n; i++)
		if (mono_before(c->places.all.at[i].when, p->when))
			p = &c->places.all.at[i];
	return p;
}

void
place_left(struct core *c, const struct session *s)
{
	char at[ATTEMPTS_KEY];
	struct seat_place *p;

	if (!s->station_again)
		return;
	attempts_place(at, s->who.from);
	p = find(c, s->base, at);
	if (p == NULL)
		p = c->places.all.n < PLACES_MOST ? vec_add(&c->places.all)
						  : oldest(c);
	str_copy(p->user, s->base, sizeof(p->user));
	str_copy(p->at, at, sizeof(p->at));
	str_copy(p->screen, s->screen, sizeof(p->screen));
	p->when = c->now;
}

bool
place_give_way(struct core *c, const char *user, const char *from)
{
	struct session *s, *first = NULL;
	char at[ATTEMPTS_KEY];

	attempts_place(at, from);
	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (is_station(s, user, at) &&
		    strcmp(s->who.user, user) == 0 &&
		    (first == NULL || s->id < first->id))
			first = s;
	if (first == NULL)
		return false;
	peer_refuse(c, first->peer, EXIT_NOT_ALLOWED,
	    "this station has come back on another line");
	return true;
}

void
on_AGAIN(struct core *c, struct session *s, struct call *call)
{
	const struct session *o, *newest = NULL;
	const struct seat_place *p;
	const char *screen = "";
	char at[ATTEMPTS_KEY];
	struct cell cell;

	attempts_place(at, s->who.from);
	TAILQ_FOREACH(o, &c->sessions.list, next)
		if (o != s && is_station(o, s->base, at) &&
		    (newest == NULL || o->id > newest->id))
			newest = o;
	p = find(c, s->base, at);
	if (newest != NULL)
		screen = newest->screen;
	else if (p != NULL && mono_since(c->now, p->when).ms < KEPT_MS)
		screen = p->screen;
	s->station_again = true;
	if (*screen != '\0') {
		cell = cell_text(screen);
		answer_row(c, s, call->id, &cell, 1);
	}
	answer_end(c, s, call->id, EXIT_DONE, "");
}
