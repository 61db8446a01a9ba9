/* SPDX-License-Identifier: ISC */
#include "server/station.h"

#include <arpa/inet.h>
#include <string.h>

#include "server/core.h"

/* "10.0.5.7:51234" or "[fe80::1]:51234" as IPv6, IPv4 as ::ffff:a.b.c.d. */
static bool
parse_address(uint8_t net[16], const char *address)
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
	if (!parse_address(net, from))
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

void
station_seat(struct core *c, struct session *s)
{
	const struct station *st = find(c, s->who.from);
	const struct user *u = users_find(c, s->who.user);

	str_copy(s->who.station, st != NULL ? st->name : "default",
	    sizeof(s->who.station));
	s->only = st != NULL ? st->only : 0;
	/* the user's language first, then the station's */
	if (st != NULL && st->language != NULL &&
	    (u == NULL || *u->language == '\0'))
		s->language = plant_language(c->plant, st->language);
}

void
station_describe(
    const struct core *c, const struct session *s, struct welcome *w)
{
	const struct station *st = find(c, s->who.from);
	const struct plant *p = c->plant;

	if (st != NULL && st->start != NULL)
		str_copy(w->start, st->start, sizeof(w->start));
	else if (plant_screen(p, "overview") != NULL)
		str_copy(w->start, "overview", sizeof(w->start));
	else if (p->n_screens > 0)
		str_copy(w->start, p->screens[0].name, sizeof(w->start));
	if (st != NULL && st->theme != NULL)
		str_copy(w->theme, st->theme, sizeof(w->theme));
}
