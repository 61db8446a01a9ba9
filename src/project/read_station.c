/* SPDX-License-Identifier: ISC */
/* read_station.c - stations.conf: where one sits. Never a source of rights. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "project/reader.h"

/* "10.0.5.0/24", "10.0.9.7", "fd00::/8"; IPv4 becomes ::ffff:a.b.c.d. */
static bool
parse_net(struct match *m, const char *s)
{
	const char *slash = strchr(s, '/');
	size_t len = slash ? (size_t)(slash - s) : strlen(s);
	char host[INET6_ADDRSTRLEN];
	char *end;
	unsigned long bits = 128;
	bool four;

	if (len >= sizeof(host))
		return false;
	memcpy(host, s, len);
	host[len] = '\0';
	four = strchr(host, ':') == NULL;
	if (four)
		memcpy(m->net, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
	if (inet_pton(four ? AF_INET : AF_INET6, host,
		m->net + (four ? 12 : 0)) != 1)
		return false;
	if (slash != NULL) {
		bits = strtoul(slash + 1, &end, 10);
		if (slash[1] < '0' || slash[1] > '9' || *end != '\0' ||
		    bits > (four ? 32 : 128))
			return false;
		bits += four ? 96 : 0;
	}
	m->bits = (uint8_t)bits;
	return true;
}

static void
take_matches(struct reader *r, struct station *s, const struct cell *c)
{
	struct match *all;
	uint32_t i;

	if (!cell_is_set(c))
		return;
	all = arena_take(r->arena, c->list.n, sizeof(*all));
	for (i = 0; i < c->list.n; i++) {
		const char *text = c->list.at[i].string;
		struct match *m = &all[s->n_matches];

		if (strncmp(text, "tty:/", 5) == 0)
			m->tty = keep(r, text + 4);
		else if (strncmp(text, "from:", 5) != 0 ||
		    !parse_net(m, text + 5)) {
			report_error(r->report, c->at, "\"match\": \"%.60s\"; "
			    "write tty:/dev/.., from:ADDRESS or "
			    "from:NET/BITS", text);
			*m = (struct match){ 0 };
			continue;
		}
		s->n_matches++;
	}
	s->matches = all;
}

static const char *const *
take_strings(struct reader *r, const struct cell *c, unsigned *n)
{
	const char **all;
	uint32_t i;

	*n = 0;
	if (!cell_is_set(c))
		return NULL;
	all = arena_take(r->arena, c->list.n, sizeof(*all));
	for (i = 0; i < c->list.n; i++)
		all[i] = keep(r, c->list.at[i].string);
	*n = c->list.n;
	return all;
}

static void
check_screen(struct reader *r, const struct cell *c)
{
	if (cell_is_set(c))
		names_get(&r->screens, c->string, c->at, r->report);
}

static void
take_keys(struct reader *r, struct station *s, const struct cell *c)
{
	struct station_key *keys;
	uint32_t i;

	if (!cell_is_set(c))
		return;
	keys = arena_take(r->arena, c->items.n, sizeof(*keys));
	for (i = 0; i < c->items.n; i++) {
		const struct item *x = c->items.at[i];

		check_screen(r, &x->cells[STATION_KEY_SCREEN]);
		if (!x->whole)
			continue;
		keys[s->n_keys].key =
		    keep(r, x->cells[STATION_KEY_KEY].string);
		keys[s->n_keys++].screen =
		    keep(r, x->cells[STATION_KEY_SCREEN].string);
	}
	s->keys = keys;
}

static void
take_language(struct reader *r, struct station *s, const struct cell *c)
{
	unsigned i;

	s->language = r->g.n_languages ? r->g.languages[0] : "en";
	if (!cell_is_set(c))
		return;
	s->language = keep(r, c->string);
	for (i = 0; i < r->g.n_languages; i++) {
		if (strcmp(r->g.languages[i], c->string) == 0)
			return;
	}
	if (r->g.n_languages > 0)
		report_error(r->report, c->at,
		    "unknown language \"%s\"; \"languages\" in plant.conf "
		    "does not have it", c->string);
}

static void
add_station(struct reader *r, const struct item *x)
{
	const struct cell *c = x->cells;
	struct station s = {
		.panes = (unsigned)c[STATION_PANES].integer,
		.only = cell_is_set(&c[STATION_ONLY]) ? c[STATION_ONLY].bits
						      : 0,
		.theme = schema_station.keys[STATION_THEME]
			     .words[c[STATION_THEME].integer],
	};

	check_screen(r, &c[STATION_START]);
	if (cell_is_set(&c[STATION_START]))
		s.start = keep(r, c[STATION_START].string);
	if (cell_is_set(&c[STATION_TITLE]))
		s.title = keep(r, c[STATION_TITLE].string);
	take_language(r, &s, &c[STATION_LANGUAGE]);
	take_matches(r, &s, &c[STATION_MATCH]);
	take_keys(r, &s, &c[STATION_KEYS_KEY]);
	s.footer = take_strings(r, &c[STATION_FOOTER], &s.n_footer);
	s.blocked = take_strings(r, &c[STATION_BLOCKED], &s.n_blocked);
	if (!cell_is_set(&c[STATION_NAME]))
		return;
	s.name = keep(r, c[STATION_NAME].string);
	if (names_add(&r->stations, s.name, (uint32_t)r->all_stations.n,
		c[STATION_NAME].at, r->report))
		vec_push(&r->all_stations, s);
}

void
read_stations(struct reader *r)
{
	const struct item *x =
	    reader_conf(r, "stations.conf", &schema_stations);
	const struct cell *c;
	uint32_t i;

	if (x == NULL)
		return;
	c = &x->cells[STATIONS_STATIONS];
	for (i = 0; cell_is_set(c) && i < c->items.n; i++)
		add_station(r, c->items.at[i]);
}
