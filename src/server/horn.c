/* SPDX-License-Identifier: ISC */
#include "server/horn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/core.h"
#include "server/swap.h"
#include "wire/message.h"

#define STUCK_MS 5000	/* a console that has not drawn for so long */

void
horn_fini(struct core *c)
{
	size_t i;

	for (i = 0; i < c->horn.stations.n; i++)
		vec_free(&c->horn.stations.at[i].silenced);
	vec_free(&c->horn.stations);
	vec_free(&c->horn.sounds);
}

void
horn_end(struct core *c, uint32_t alarm)
{
	struct horns *h = &c->horn;
	size_t i;

	for (i = h->sounds.n; i > 0; i--)
		if (h->sounds.at[i - 1].alarm == alarm) {
			h->sounds.at[i - 1] = h->sounds.at[--h->sounds.n];
			h->changed = true;
		}
}

void
horn_add(struct core *c, uint32_t alarm)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];

	horn_end(c, alarm);
	vec_push(&c->horn.sounds,
	    ((struct horn_sound){ .alarm = alarm,
		.number = ++c->horn.last,
		.continuous =
		    c->plant->classes[d->class].horn == HORN_CONTINUOUS,
		.fresh = true }));
	c->horn.changed = true;
}

void
horn_look(struct core *c)
{
	c->horn.changed = true;
}

void
horn_swap(struct core *c, const struct swap *s)
{
	struct horns *h = &c->horn;
	uint32_t alarm;
	size_t i;

	for (i = h->sounds.n; i > 0; i--) {
		alarm = slots_to(swap_slots(s, DIFFERENCE_ALARM),
		    h->sounds.at[i - 1].alarm);
		h->sounds.at[i - 1].alarm = alarm;
		if (alarm == NONE ||
		    plant_alarm_is_quiet(s->plant, &s->plant->alarms[alarm]))
			h->sounds.at[i - 1] = h->sounds.at[--h->sounds.n];
	}
	h->changed = true;
}

char *
horn_station_name(char dst[HORN_STATION], const struct session *s)
{
	const char *from = s->who.from, *port;

	if (strcmp(s->who.station, "default") != 0) {
		snprintf(dst, HORN_STATION, "%s", s->who.station);
		return dst;
	}
	/* 10.0.5.7:51234, [fe80::1]:51234, /dev/tty2 */
	port = strrchr(from, ':');
	snprintf(dst, HORN_STATION, "default %.*s",
	    port != NULL ? (int)(port - from) : (int)strlen(from), from);
	return dst;
}

/* A console, and not the command line. */
static bool
is_console(const struct session *s)
{
	return s->follow != NULL && *s->size != '\0';
}

static bool
may_silence(const struct core *c, const struct session *s, uint32_t alarm)
{
	return session_may(c, s, FUNCTION_ACKNOWLEDGE,
		   c->plant->alarms[alarm].area) &&
	    (s->only == 0 || (s->only & 1u << FUNCTION_ACKNOWLEDGE) != 0);
}

static bool
is_silenced(const struct horn_station *st, uint64_t number)
{
	size_t i;

	for (i = 0; i < st->silenced.n; i++)
		if (st->silenced.at[i] == number)
			return true;
	return false;
}

static struct horn_station *
find(const struct core *c, const struct session *s)
{
	return s->horn < c->horn.stations.n ? &c->horn.stations.at[s->horn]
					    : NULL;
}

/* What was before a station came is over for it. */
static uint64_t
last_told(const struct core *c)
{
	uint64_t last = c->horn.last;
	size_t i;

	for (i = 0; i < c->horn.sounds.n; i++)
		if (c->horn.sounds.at[i].fresh &&
		    c->horn.sounds.at[i].number <= last)
			last = c->horn.sounds.at[i].number - 1;
	return last;
}

static struct horn_station *
get(struct core *c, struct session *s)
{
	struct horn_station *st = find(c, s);
	char name[HORN_STATION];

	if (st != NULL)
		return st;
	horn_station_name(name, s);
	for (s->horn = 0; s->horn < c->horn.stations.n; s->horn++)
		if (strcmp(c->horn.stations.at[s->horn].name, name) == 0)
			return &c->horn.stations.at[s->horn];
	st = vec_add(&c->horn.stations);
	memset(st, 0, sizeof(*st));
	str_copy(st->name, name, sizeof(st->name));
	st->heard = last_told(c);
	return st;
}

void
horn_place(struct core *c)
{
	struct session *s;

	TAILQ_FOREACH(s, &c->sessions.list, next) {
		s->horn = NONE;
		if (is_console(s))
			get(c, s);
	}
	c->horn.changed = true;
}

bool
horn_hears(const struct core *c, const struct session *s)
{
	const struct horn_station *st = find(c, s);
	size_t i;

	for (i = 0; i < c->horn.sounds.n; i++)
		if (c->horn.sounds.at[i].continuous &&
		    may_silence(c, s, c->horn.sounds.at[i].alarm) &&
		    (st == NULL ||
			!is_silenced(st, c->horn.sounds.at[i].number)))
			return true;
	return false;
}

void
horn_silence(struct core *c, struct session *s)
{
	struct horn_station *st = get(c, s);
	size_t i;

	for (i = 0; i < c->horn.sounds.n; i++)
		if (may_silence(c, s, c->horn.sounds.at[i].alarm) &&
		    !is_silenced(st, c->horn.sounds.at[i].number))
			vec_push(
			    &st->silenced, c->horn.sounds.at[i].number);
	c->horn.changed = true;
}

static bool
is_stuck(const struct core *c, const struct session *s)
{
	return s->deaf_since.us != MONO_NEVER.us ||
	    (s->in_flight && mono_since(c->now, s->last_drawn).ms > STUCK_MS);
}

/* What a station will be when all its consoles were asked. */
struct outlook {
	const struct session *ringer;
	uint64_t heard;
	bool sounds;
};

/* Who rings: the one that did, as long as it lives. */
static void
consider(const struct core *c, const struct horn_station *st,
    const struct session *s, struct outlook *o)
{
	if (o->ringer == NULL ||
	    (is_stuck(c, o->ringer) && !is_stuck(c, s)) ||
	    (s->id == st->ringer && !is_stuck(c, s)))
		o->ringer = s;
}

static void
listen(const struct core *c, const struct horn_station *st,
    const struct session *s, struct outlook *o)
{
	const struct horn_sound *sound;
	size_t i;

	for (i = 0; i < c->horn.sounds.n; i++) {
		sound = &c->horn.sounds.at[i];
		if ((sound->number <= o->heard &&
			(o->sounds || !sound->continuous)) ||
		    is_silenced(st, sound->number) ||
		    !may_silence(c, s, sound->alarm))
			continue;
		o->sounds |= sound->continuous;
		if (sound->number > o->heard)
			o->heard = sound->number;
	}
}

/* True: its consoles must be told. */
static bool
become(struct horn_station *st, const struct outlook *o)
{
	const uint64_t ringer = o->ringer != NULL ? o->ringer->id : 0;
	const bool changed = st->sounds != o->sounds ||
	    st->heard != o->heard || st->ringer != ringer;

	if (st->heard != o->heard)
		st->rings++;
	st->heard = o->heard;
	st->sounds = o->sounds;
	st->ringer = ringer;
	return changed;
}

/* Numbers of sounds that are over need not be remembered. */
static void
prune(struct core *c, struct horn_station *st)
{
	size_t i, k;

	for (i = st->silenced.n; i > 0; i--) {
		for (k = 0; k < c->horn.sounds.n; k++)
			if (c->horn.sounds.at[k].number ==
			    st->silenced.at[i - 1])
				break;
		if (k == c->horn.sounds.n)
			st->silenced.at[i - 1] =
			    st->silenced.at[--st->silenced.n];
	}
}

/* What is heard once has been heard. */
static void
all_told(struct core *c)
{
	struct horns *h = &c->horn;
	size_t i;

	for (i = h->sounds.n; i > 0; i--) {
		h->sounds.at[i - 1].fresh = false;
		if (!h->sounds.at[i - 1].continuous)
			h->sounds.at[i - 1] = h->sounds.at[--h->sounds.n];
	}
	for (i = 0; i < h->stations.n; i++)
		prune(c, &h->stations.at[i]);
}

static void
tell(struct core *c, uint32_t station)
{
	struct session *s;

	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (is_console(s) && s->horn == station)
			session_beat(c, s);
}

void
horn_settle(struct core *c)
{
	struct outlook *all;
	struct session *s;
	uint32_t i;

	if (!c->horn.changed)
		return;
	c->horn.changed = false;
	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (is_console(s))
			get(c, s);
	all = xcalloc(c->horn.stations.n + 1, sizeof(*all));
	for (i = 0; i < c->horn.stations.n; i++)
		all[i].heard = c->horn.stations.at[i].heard;
	TAILQ_FOREACH(s, &c->sessions.list, next) {
		if (!is_console(s))
			continue;
		consider(c, find(c, s), s, &all[s->horn]);
		listen(c, find(c, s), s, &all[s->horn]);
	}
	for (i = 0; i < c->horn.stations.n; i++)
		if (become(&c->horn.stations.at[i], &all[i]))
			tell(c, i);
	free(all);
	all_told(c);
}

unsigned
horn_state(const struct core *c, const struct session *s, uint8_t *rings)
{
	const struct horn_station *st = find(c, s);

	*rings = st != NULL ? st->rings : 0;
	if (st == NULL)
		return 0;
	return (st->sounds ? BEAT_HORN : 0u) |
	    (st->ringer == s->id ? BEAT_RINGS : 0u);
}
