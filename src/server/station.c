/* SPDX-License-Identifier: ISC */
#include "server/station.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "server/core.h"

bool
station_address(uint8_t net[16], const char *address)
{
	struct in_addr v4;
	struct in6_addr v6;
	char from[65], *end;

	memset(net, 0, 16);
	str_copy(from, address + (*address == '['), sizeof(from));
	end = *address == '[' ? strchr(from, ']') : strrchr(from, ':');
	if (end != NULL && (*address == '[' || strchr(from, ':') == end))
		*end = '\0';
	if (inet_pton(AF_INET, from, &v4) == 1) {
		net[10] = net[11] = 0xff;
		memcpy(net + 12, &v4, 4);
		return true;
	}
	if (inet_pton(AF_INET6, from, &v6) != 1)
		return false;
	memcpy(net, &v6, 16);
	return true;
}

static bool
matches(const struct match *m, const char *from)
{
	uint8_t net[16];
	unsigned i;

	if (m->tty != NULL)
		return strcmp(m->tty, from) == 0;
	if (!station_address(net, from))
		return false;
	for (i = 0; i < m->bits; i++)
		if ((net[i / 8] ^ m->net[i / 8]) & 0x80 >> i % 8)
			return false;
	return true;
}

static const struct station *
find(const struct core *c, const char *from)
{
	uint32_t i, k;

	for (i = 0; i < c->plant->n_stations; i++)
		for (k = 0; k < c->plant->stations[i].n_matches; k++)
			if (matches(&c->plant->stations[i].matches[k], from))
				return &c->plant->stations[i];
	return NULL;
}

/* Who reads has the choice, then the chair, then the project. */
static const char *
language_of(
    const struct core *c, const struct station *st, const struct user *u)
{
	if (u != NULL && *u->language != '\0')
		return u->language;
	if (st != NULL && st->language != NULL)
		return st->language;
	return c->plant->n_languages > 0 ? c->plant->languages[0] : "";
}

/* Of what a station blocks, verbs are the core's; keys are the console's. */
static void
block(struct session *s, const struct station *st)
{
	unsigned i, v;

	memset(s->blocked, 0, sizeof(s->blocked));
	for (i = 0; st != NULL && i < st->n_blocked; i++)
		for (v = 0; v < VERB_COUNT; v++)
			if (strcmp(verbs[v].name, st->blocked[i]) == 0)
				s->blocked[v] = true;
}

void
station_seat(struct core *c, struct session *s)
{
	const struct station *st = find(c, s->who.from);
	const struct user *u = users_find(c, s->who.user);

	str_copy(s->who.station, st != NULL ? st->name : "default",
	    sizeof(s->who.station));
	s->only = st != NULL ? st->only : 0;
	block(s, st);
	session_speak(c, s, language_of(c, st, u));
}

/* Another word in a list that is joined by blanks, if it fits whole. */
static void
add_word(char *list, size_t cap, const char *word, const char *behind)
{
	size_t at = strlen(list), i = at + (at > 0);
	int n = snprintf(list + at, cap - at, "%s%s%s%s", at > 0 ? " " : "",
	    word, *behind != '\0' ? "=" : "", behind);

	if (n < 0 || (size_t)n >= cap - at)
		list[at] = '\0';
	for (; list[at] != '\0' && list[i] != '\0'; i++)
		if (list[i] == ' ')
			list[i] = '_';
}

void
station_describe(
    const struct core *c, const struct session *s, struct welcome *w)
{
	const struct station *st = find(c, s->who.from);
	const struct plant *p = c->plant;
	unsigned i;

	if (st != NULL && st->start != NULL)
		str_copy(w->start, st->start, sizeof(w->start));
	else if (plant_screen(p, "overview") != NULL)
		str_copy(w->start, "overview", sizeof(w->start));
	else if (p->n_screens > 0)
		str_copy(w->start, p->screens[0].name, sizeof(w->start));
	if (st == NULL)
		return;
	str_copy(w->theme, st->theme != NULL ? st->theme : "",
	    sizeof(w->theme));
	str_copy(w->title, st->title != NULL ? st->title : "",
	    sizeof(w->title));
	w->only = st->only;
	w->panes = (uint8_t)st->panes;
	for (i = 0; i < st->n_footer; i++)
		add_word(w->footer, sizeof(w->footer), st->footer[i], "");
	for (i = 0; i < st->n_keys; i++)
		add_word(w->keys, sizeof(w->keys), st->keys[i].key,
		    st->keys[i].screen);
	for (i = 0; i < st->n_blocked; i++)
		add_word(w->blocked, sizeof(w->blocked), st->blocked[i], "");
}
