/* SPDX-License-Identifier: ISC */
#include "server/sessions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fd.h"
#include "base/log.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/entry.h"
#include "server/follow.h"
#include "server/intake.h"
#include "server/station.h"
#include "server/watch.h"
#include "store/load.h"

#define BEAT_MS 1000
#define DEAF_MS 60000

static void
load_last_id(void *arg, const struct record_setting *s)
{
	struct core *c = arg;
	uint64_t id;

	if (strcmp(s->key, "last session") != 0)
		return;
	id = strtoull(s->text, NULL, 10);
	if (id > c->sessions.last_id)
		c->sessions.last_id = id;
}

int
sessions_load(struct core *c, struct err *e)
{
	TAILQ_INIT(&c->sessions.list);
	timers_add(&c->timers, TIMER_BEAT, 0, c->now);
	if (record_load_settings(c->record, load_last_id, c, e) < 0)
		return -1;
	return tickets_load(c, e);
}

void
sessions_fini(struct core *c)
{
	vec_free(&c->sessions.tickets);
}

struct session *
session_find(const struct core *c, uint64_t id)
{
	struct session *s;

	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (s->id == id)
			return s;
	return NULL;
}

bool
session_may(const struct core *c, const struct session *s, enum function f,
    uint32_t area)
{
	if (s->view_only && f != FUNCTION_VIEW)
		return false;
	return (s->everywhere & 1u << f) != 0 ||
	    right_has(&s->rights, c->plant, f, area);
}

bool
session_may_somewhere(
    const struct core *c, const struct session *s, enum function f)
{
	if (s->view_only && f != FUNCTION_VIEW)
		return false;
	return (s->everywhere & 1u << f) != 0 ||
	    right_anywhere(&s->rights, c->plant, f);
}

bool
session_send(struct core *c, struct session *s, const struct put *p)
{
	if (s->peer->closing)
		return true;	/* nobody hears it any more */
	if (!p->full && fd_send(s->peer->fd, p->at, p->len, -1) >= 0) {
		s->deaf_since = MONO_NEVER;
		return true;
	}
	if (s->deaf_since.us == MONO_NEVER.us)
		s->deaf_since = c->now;
	return false;
}

static void
take_rights(struct core *c, struct session *s, const struct user *u)
{
	char roles[512], *word, *rest = roles;
	struct err e;

	memset(&s->rights, 0, sizeof(s->rights));
	str_copy(roles, u->roles, sizeof(roles));
	while ((word = strsep(&rest, ",")) != NULL)
		if (*word != '\0' &&
		    right_add(&s->rights, c->plant, word, &e) < 0)
			log_warn("user %s: %s", u->name, e.text);
}

void
session_seat(struct core *c, struct session *s)
{
	const struct user *u = users_find(c, s->who.user);

	if (u != NULL)
		take_rights(c, s, u);
	station_seat(c, s);
}

struct session *
session_new(struct core *c, struct peer *p, const char *user,
    const char *from, const char *term, uint64_t id)
{
	struct session *s = xcalloc(1, sizeof(*s));

	s->id = id != 0 ? id : ++c->sessions.last_id;
	s->peer = p;
	TAILQ_INIT(&s->answers);
	LIST_INIT(&s->watches);
	str_copy(s->who.user, user, sizeof(s->who.user));
	str_copy(s->base, user, sizeof(s->base));
	s->console = p->console;
	str_copy(s->who.from, from, sizeof(s->who.from));
	str_copy(s->term, term, sizeof(s->term));
	snprintf(s->who.session, sizeof(s->who.session), "%llu",
	    (unsigned long long)s->id);
	s->since = c->wall;
	s->last_call = s->last_drawn = c->now;
	s->deaf_since = MONO_NEVER;
	s->horn = NONE;
	session_seat(c, s);
	TAILQ_INSERT_TAIL(&c->sessions.list, s, next);
	c->sessions.n++;
	c->peers.strangers--;
	p->session = s;
	if (id == 0) {
		char last[24];

		snprintf(last, sizeof(last), "%llu",
		    (unsigned long long)c->sessions.last_id);
		record_put_setting(commit_batch(c), "last session", last);
	}
	return s;
}

void
session_speak(
    const struct core *c, struct session *s, const char *language)
{
	str_copy(s->language_name, language, sizeof(s->language_name));
	s->language = plant_language(c->plant, language);
}

/* What only looks ends; commands go on, as whose they are. */
static void
drop_asked(struct core *c, struct session *s)
{
	struct watch *w;
	struct answer *a;

	while ((w = LIST_FIRST(&s->watches)) != NULL)
		watch_free(c, w);
	while ((a = TAILQ_FIRST(&s->answers)) != NULL)
		answer_free(s, a);
	follow_free(s);
}

void
session_forget_secrets(struct session *s)
{
	explicit_bzero(s->secrets, sizeof(s->secrets));
}

void
session_end(struct core *c, struct session *s, const char *why)
{
	drop_asked(c, s);
	if (!c->stopping)
		entry_tell(c, s, true);
	session_forget_secrets(s);
	place_left(c, s);
	horn_look(c);
	commands_session_gone(c, s->id);
	intake_session_gone(c, s->id);
	TAILQ_REMOVE(&c->sessions.list, s, next);
	c->sessions.n--;
	/* a ticket is for a server that died, not for a client that left */
	if (!c->stopping && !s->keeps_ticket)
		ticket_drop(c, ticket_of(c, s));
	if (!c->stopping && !s->calls && (s->console || !s->local))
		audit_event(c, RECORD_LOGIN, NONE, s->who.user, "logged out",
		    s->who.user, s->who.station, why);
	s->peer->session = NULL;
	free(s);
}

static void
list_languages(const struct core *c, char *dst, size_t cap)
{
	size_t at = 0;
	unsigned i;

	dst[0] = '\0';
	for (i = 0; i < c->plant->n_languages && at < cap; i++)
		at += (size_t)snprintf(dst + at, cap - at, "%s%s",
		    i > 0 ? "," : "", c->plant->languages[i]);
}

static struct beat
make_beat(const struct core *c)
{
	struct beat b = { .now = c->wall, .revision = c->revision };
	uint32_t i;

	for (i = 0; i < c->plant->n_devices; i++)
		b.devices_ok +=
		    c->field.devices[i].condition == FIELD_DEVICE_OK;
	b.devices = (uint16_t)c->plant->n_devices;
	b.sessions = (uint16_t)c->sessions.n;
	for (i = 0; i < 4; i++)
		b.waiting[i] = (uint16_t)c->alarms.waiting[i];
	b.control = control_is_taken(c);
	b.store_behind = commit_is_behind(c);
	b.overrides = (uint16_t)c->overrides.all.n;
	b.bypasses = (uint16_t)c->bypasses.all.n;
	b.marks = c->marks;
	return b;
}

/* The horn is the one of its station. */
static bool
send_beat(struct core *c, struct session *s, struct beat b)
{
	uint8_t room[128];
	struct put m = put_into(room, sizeof(room));

	b.horn = (uint8_t)horn_state(c, s, &b.rings);
	put_u8(&m, MESSAGE_BEAT);
	put_beat(&m, &b);
	return session_send(c, s, &m);
}

void
session_beat(struct core *c, struct session *s)
{
	send_beat(c, s, make_beat(c));
}

void
session_welcome(struct core *c, struct session *s)
{
	uint8_t room[4096];
	struct put m = put_into(room, sizeof(room));
	const struct user *u = users_find(c, s->who.user);
	struct welcome w = { .session = s->id, .revision = c->revision,
		.person = s->person };
	int f;

	str_copy(w.user, s->who.user, sizeof(w.user));
	str_copy(w.name, u != NULL ? u->full_name : "", sizeof(w.name));
	str_copy(w.roles, u != NULL && !s->view_only ? u->roles : "",
	    sizeof(w.roles));
	str_copy(w.station, s->who.station, sizeof(w.station));
	str_copy(w.language, s->language_name, sizeof(w.language));
	station_describe(c, s, &w);
	str_copy(w.plant, text_in(&c->plant->name, s->language),
	    sizeof(w.plant));
	str_copy(w.zone, c->plant->timezone, sizeof(w.zone));
	list_languages(c, w.languages, sizeof(w.languages));
	for (f = 0; f < FUNCTION_COUNT; f++)
		if (session_may_somewhere(c, s, (enum function)f) &&
		    (s->only == 0 || s->only & 1u << f))
			w.functions |= 1u << f;
	put_u8(&m, MESSAGE_WELCOME);
	put_welcome(&m, &w);
	session_send(c, s, &m);
	session_beat(c, s);	/* nobody waits for the next second */
}

static unsigned
count_user(const struct core *c, const char *user)
{
	const struct session *s;
	unsigned n = 0;

	TAILQ_FOREACH(s, &c->sessions.list, next)
		n += strcmp(s->who.user, user) == 0 && !s->peer->closing;
	return n;
}

bool
session_is_full(const struct core *c, const char *user)
{
	return count_user(c, user) >= c->config->ssh.sessions_per_user;
}

void
session_become(struct core *c, struct session *s, const struct user *u)
{
	drop_asked(c, s);
	s->in_flight = false;
	ticket_drop(c, ticket_of(c, s));
	s->guest = u != NULL;
	s->person++;
	s->view_only = u == NULL;
	s->everywhere = 0;
	if (u != NULL) {
		proof_password(s->login_key, u);
	} else {
		u = users_find(c, s->base);
		str_copy(s->login_key, s->base_key, sizeof(s->login_key));
	}
	str_copy(s->who.user, u != NULL ? u->name : s->base,
	    sizeof(s->who.user));
	if (u != NULL)
		take_rights(c, s, u);
	else
		s->everywhere = 1u << FUNCTION_VIEW;
	station_seat(c, s);
	horn_look(c);		/* others may acknowledge here now */
	session_welcome(c, s);
}

void
sessions_refresh(struct core *c, const char *user)
{
	const struct user *u = users_find(c, user);
	struct session *s;

	if (u == NULL || u->locked)
		tickets_withdraw(c, user);
	TAILQ_FOREACH(s, &c->sessions.list, next) {
		if (strcmp(s->base, user) == 0 &&
		    !proof_base_holds(c, s->base, s->base_key))
			peer_refuse(c, s->peer, EXIT_NOT_ALLOWED,
			    "this login was ended");
		if (strcmp(s->who.user, user) != 0 || s->peer->closing)
			continue;
		if (!proof_holds(u, s->login_key))
			peer_refuse(c, s->peer, EXIT_NOT_ALLOWED,
			    "this login was ended");
		else
			take_rights(c, s, u);
	}
}

void
sessions_beat(struct core *c)
{
	struct beat b = make_beat(c);
	struct session *s;

	horn_look(c);
	TAILQ_FOREACH(s, &c->sessions.list, next) {
		/* a beat that finds no room is not missed: the next comes */
		if (!send_beat(c, s, b) &&
		    mono_since(c->now, s->deaf_since).ms > DEAF_MS)
			peer_close(c, s->peer);
	}
	timers_add(&c->timers, TIMER_BEAT, 0,
	    mono_add(c->now, (struct span){ BEAT_MS }));
}

void
sessions_notice(struct core *c, const struct notice *n, uint32_t area)
{
	uint8_t room[1024];
	struct put m = put_into(room, sizeof(room));
	struct session *s;

	if (area >= c->plant->n_areas)
		area = 0;	/* of the whole plant; or it is no more (P20) */
	put_u8(&m, MESSAGE_NOTICE);
	put_notice(&m, n);
	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (session_may(c, s, FUNCTION_VIEW, area))
			session_send(c, s, &m);
}
