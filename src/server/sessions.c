/* SPDX-License-Identifier: ISC */
#include "server/sessions.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/intake.h"
#include "server/station.h"
#include "server/watch.h"
#include "store/load.h"

#define BEAT_MS 1000
#define DEAF_MS 60000
#define TICKET_MS (24 * 3600000LL)

/* What the machine's administrator may do, and nothing to the process. */
#define LOCAL_FUNCTIONS                                                        \
	(1u << FUNCTION_VIEW | 1u << FUNCTION_USERS | 1u << FUNCTION_PROJECT | \
	    1u << FUNCTION_CONTROL | 1u << FUNCTION_AUDIT)

/* A session that a password opened is worth as much as that password: its
 * mark, which nobody else sees, takes the place of a key's fingerprint. */
static void
password_mark(char dst[64], const struct user *u)
{
	struct digest d = digest_of(u->password, strlen(u->password));
	char hex[DIGEST_HEX];

	digest_hex(hex, &d);
	snprintf(dst, 64, "password:%.32s", hex);
}

/* Does what proved who somebody is still do so? */
static bool
holds(const struct user *u, const char *key)
{
	char mark[64];

	if (u == NULL || u->locked)
		return false;
	if (*key == '\0')
		return true;
	if (strncmp(key, "password:", 9) != 0)
		return user_has_key(u, key);
	if (u->password == NULL)
		return false;
	password_mark(mark, u);
	return strcmp(mark, key) == 0;
}

static bool
base_holds(const struct core *c, const char *base, const char *key)
{
	return strcmp(base, "local") == 0 || holds(users_find(c, base), key);
}

/* "olga SHA256:.. guest view" in the record. */
static void
put_limits(char dst[160], const struct ticket *t)
{
	snprintf(dst, 160, "%s %s%s%s", t->base,
	    *t->base_key != '\0' ? t->base_key : "-",
	    t->guest ? " guest" : "", t->view_only ? " view" : "");
}

static void
get_limits(struct ticket *t, const char *limits)
{
	char words[160], *rest = words, *word;

	str_copy(words, limits, sizeof(words));
	word = strsep(&rest, " ");
	str_copy(t->base, *word != '\0' ? word : t->user, sizeof(t->base));
	word = strsep(&rest, " ");
	if (word != NULL && strcmp(word, "-") != 0)
		str_copy(t->base_key, word, sizeof(t->base_key));
	while ((word = strsep(&rest, " ")) != NULL) {
		t->guest |= strcmp(word, "guest") == 0;
		t->view_only |= strcmp(word, "view") == 0;
	}
}

static void
load_ticket(void *arg, const struct record_session *row)
{
	struct core *c = arg;
	struct ticket *t = vec_add(&c->sessions.tickets);
	uint64_t id = strtoull(row->id, NULL, 10);

	memset(t, 0, sizeof(*t));
	str_copy(t->id, row->id, sizeof(t->id));
	str_copy(t->user, row->user, sizeof(t->user));
	str_copy(t->from, row->from, sizeof(t->from));
	str_copy(t->station, row->station, sizeof(t->station));
	str_copy(t->screen, row->screen, sizeof(t->screen));
	str_copy(t->login_key, row->key, sizeof(t->login_key));
	t->hash = row->ticket;
	t->previous = row->previous;
	t->since = row->since;
	get_limits(t, row->limits);
	if (id > c->sessions.last_id)
		c->sessions.last_id = id;
}

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
	return record_load_sessions(c->record, load_ticket, c, e) < 0 ? -1 : 0;
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

static struct session *
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

static struct ticket *
find_ticket_of(struct core *c, const struct session *s)
{
	size_t i;

	for (i = 0; i < c->sessions.tickets.n; i++)
		if (strcmp(c->sessions.tickets.at[i].id, s->who.session) == 0)
			return &c->sessions.tickets.at[i];
	return NULL;
}

static void
drop_ticket(struct core *c, struct ticket *t)
{
	if (t == NULL)
		return;
	record_remove_session(commit_batch(c), t->id);
	*t = c->sessions.tickets.at[--c->sessions.tickets.n];
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
	session_forget_secrets(s);
	place_left(c, s);
	horn_look(c);
	commands_session_gone(c, s->id);
	intake_session_gone(c, s->id);
	TAILQ_REMOVE(&c->sessions.list, s, next);
	c->sessions.n--;
	/* a ticket is for a server that died, not for a client that left */
	if (!c->stopping && !s->keeps_ticket)
		drop_ticket(c, find_ticket_of(c, s));
	if (!c->stopping && (s->console || !s->local))
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

static void
note_login(struct core *c, struct session *s, const char *how)
{
	struct user *u = users_find(c, s->who.user);

	audit_event(c, RECORD_LOGIN, NONE, s->who.user, how, s->who.user,
	    s->who.station, NULL);
	if (u != NULL) {
		u->last_login = c->wall;
		user_record(c, u);
	}
}

bool
session_is_full(const struct core *c, const char *user)
{
	return count_user(c, user) >= c->config->ssh.sessions_per_user;
}

/* Whoever it is has been proven by this. */
static void
enter(struct core *c, struct peer *p, const struct user *u, const char *key,
    const char *from, const char *term)
{
	struct session *s;

	if (session_is_full(c, u->name))
		place_give_way(c, u->name, from);
	if (c->sessions.n >= c->config->ssh.sessions ||
	    session_is_full(c, u->name)) {
		peer_refuse(c, p, EXIT_REFUSED,
		    "too many sessions (session list shows them)");
		return;
	}
	s = session_new(c, p, u->name, from, term, 0);
	str_copy(s->login_key, key, sizeof(s->login_key));
	str_copy(s->base_key, key, sizeof(s->base_key));
	note_login(c, s, "logged in");
	session_welcome(c, s);
}

void
session_password(struct core *c, struct peer *p, const char *user,
    const char *from, const char *term)
{
	const struct user *u = users_find(c, user);
	char mark[64];

	password_mark(mark, u);
	enter(c, p, u, mark, from, term);
}

void
session_login(struct core *c, struct peer *p, const char *user,
    const char *key, const char *from, const char *term)
{
	const struct user *u = users_find(c, user);

	if (u == NULL || u->locked || !user_has_key(u, key)) {
		audit_event(c, RECORD_LOGIN, NONE, user, "login refused", "",
		    "", "refused");
		peer_refuse(c, p, EXIT_NOT_ALLOWED, "permission denied");
		return;
	}
	enter(c, p, u, key, from, term);
}

void
session_become(struct core *c, struct session *s, const struct user *u)
{
	drop_asked(c, s);
	s->in_flight = false;
	drop_ticket(c, find_ticket_of(c, s));
	s->guest = u != NULL;
	s->person++;
	s->view_only = u == NULL;
	s->everywhere = 0;
	if (u != NULL) {
		password_mark(s->login_key, u);
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

/* A console is no administrator by its account: who is nobody's user looks,
 * until somebody logs in there. */
static void
look_only(struct core *c, struct session *s)
{
	s->everywhere = 0;
	if (users_find(c, s->who.user) != NULL) {
		note_login(c, s, "logged in");
		return;
	}
	s->everywhere = 1u << FUNCTION_VIEW;
	s->view_only = true;
	audit_event(c, RECORD_SESSION, NONE, s->who.user, "console opened",
	    s->who.user, s->who.station, NULL);
}

/* The accounts at whose consoles anybody may look: those of the service. */
static bool
is_ours(const struct core *c, uid_t uid)
{
	struct passwd pw, *found = NULL;
	char room[2048];

	if (uid == 0 || uid == geteuid())
		return true;
	return getpwnam_r(c->config->users[2], &pw, room, sizeof(room),
		   &found) == 0 &&
	    found != NULL && found->pw_uid == uid;
}

/* root is local; the service's own account may make the first user; another
 * account is the user whose --unix names it. */
void
session_local(
    struct core *c, struct peer *p, const char *tty, const char *term)
{
	struct ucred cred;
	socklen_t len = sizeof(cred);
	struct passwd pw, *found = NULL;
	char room[2048], from[80];
	const struct user *u = NULL;
	struct session *s;
	bool first;

	if (getsockopt(p->fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) < 0) {
		peer_refuse(c, p, EXIT_INTERNAL, "no credentials");
		return;
	}
	if (getpwuid_r(cred.uid, &pw, room, sizeof(room), &found) == 0 &&
	    found != NULL)
		u = users_by_unix(c, pw.pw_name);
	snprintf(from, sizeof(from), "%s", *tty != '\0' ? tty : "local");
	first = HASH_COUNT(c->users.by_name) == 0 && cred.uid == geteuid();
	if (u != NULL && !u->locked) {
		s = session_new(c, p, u->name, from, term, 0);
		if (cred.uid == 0)	/* whatever else root is */
			s->everywhere = LOCAL_FUNCTIONS;
	} else if (cred.uid == 0 || first ||
	    (p->console && is_ours(c, cred.uid))) {
		s = session_new(c, p, "local", from, term, 0);
		s->everywhere = cred.uid == 0 ? LOCAL_FUNCTIONS
					      : 1u << FUNCTION_USERS;
	} else {
		peer_refuse(c, p, EXIT_NOT_ALLOWED,
		    "the account %s is no user here (user add NAME --unix %s)",
		    found != NULL ? pw.pw_name : "?",
		    found != NULL ? pw.pw_name : "?");
		return;
	}
	s->local = true;
	if (s->console)
		look_only(c, s);
	session_welcome(c, s);
}

static void
record_ticket(struct core *c, const struct ticket *t)
{
	char limits[160];

	put_limits(limits, t);
	record_put_session(commit_batch(c),
	    &(struct record_session){ .id = t->id,
		.ticket = t->hash,
		.previous = t->previous,
		.user = t->user,
		.station = t->station,
		.from = t->from,
		.key = t->login_key,
		.limits = limits,
		.screen = t->screen,
		.since = t->since });
}

/* The ticket, by what was given out last or, as long as that was not used,
 * before. */
static struct ticket *
find_ticket(struct core *c, const char *hex, bool *is_previous)
{
	struct digest raw, hash;
	struct ticket *t;
	size_t i;

	if (!digest_parse(&raw, hex))
		return NULL;
	hash = digest_of(&raw, sizeof(raw));
	for (i = 0; i < c->sessions.tickets.n; i++) {
		t = &c->sessions.tickets.at[i];
		*is_previous = digest_same(&t->previous, &hash);
		if (digest_same(&t->hash, &hash) || *is_previous)
			return t;
	}
	return NULL;
}

void
session_resume(struct core *c, struct peer *p, const char *ticket,
    const char *from, const char *term)
{
	bool previous;
	struct ticket *t = find_ticket(c, ticket, &previous);
	const struct user *u = t != NULL ? users_find(c, t->user) : NULL;
	struct session *s, *old;
	struct ticket now;
	uint64_t id;

	(void)from;	/* where it came from is what the ticket says */
	if (t == NULL || c->wall.ms - t->since.ms > TICKET_MS ||
	    !holds(u, t->login_key) ||
	    !base_holds(c, t->base, t->base_key)) {
		if (t != NULL)
			drop_ticket(c, t);
		audit_event(c, RECORD_LOGIN, NONE, u != NULL ? u->name : "",
		    "coming back refused", "", "", "refused");
		peer_refuse(
		    c, p, EXIT_NOT_ALLOWED, "log in again, please");
		return;
	}
	if (!previous) {	/* the new one has arrived: it alone counts */
		memset(&t->previous, 0, sizeof(t->previous));
		record_ticket(c, t);
	}
	now = *t;		/* those who close may move the others */
	id = strtoull(now.id, NULL, 10);
	old = session_find(c, id);
	if (old != NULL) {	/* its connection has not been seen to end */
		old->keeps_ticket = true;
		peer_close(c, old->peer);
		peers_sweep(c);
	}
	s = session_new(c, p, u->name, now.from, term, id);
	s->since = now.since;
	str_copy(s->screen, now.screen, sizeof(s->screen));
	str_copy(s->login_key, now.login_key, sizeof(s->login_key));
	str_copy(s->base, now.base, sizeof(s->base));
	str_copy(s->base_key, now.base_key, sizeof(s->base_key));
	s->guest = now.guest;
	s->view_only = now.view_only;
	audit_event(c, RECORD_SESSION, NONE, s->who.user, "came back",
	    s->who.user, s->who.station, NULL);
	session_welcome(c, s);
}

void
session_ticket(
    struct core *c, struct session *s, char ticket[WIRE_TICKET + 1])
{
	struct digest raw, hash, none = { { 0 } };
	struct ticket *t = find_ticket_of(c, s);

	random_bytes(&raw, sizeof(raw));
	hash = digest_of(&raw, sizeof(raw));
	digest_hex(ticket, &raw);
	if (t == NULL) {
		t = vec_add(&c->sessions.tickets);
		memset(t, 0, sizeof(*t));
		t->hash = none;
		str_copy(t->id, s->who.session, sizeof(t->id));
		t->since = s->since;
	}
	t->previous = t->hash;
	t->hash = hash;
	str_copy(t->user, s->who.user, sizeof(t->user));
	str_copy(t->from, s->who.from, sizeof(t->from));
	str_copy(t->station, s->who.station, sizeof(t->station));
	str_copy(t->screen, s->screen, sizeof(t->screen));
	str_copy(t->login_key, s->login_key, sizeof(t->login_key));
	str_copy(t->base, s->base, sizeof(t->base));
	str_copy(t->base_key, s->base_key, sizeof(t->base_key));
	t->guest = s->guest;
	t->view_only = s->view_only;
	record_ticket(c, t);
}

void
sessions_refresh(struct core *c, const char *user)
{
	const struct user *u = users_find(c, user);
	const struct ticket *t;
	struct session *s;
	size_t i;

	for (i = c->sessions.tickets.n; i > 0; i--) {
		t = &c->sessions.tickets.at[i - 1];
		if ((u == NULL || u->locked) &&
		    (strcmp(t->user, user) == 0 || strcmp(t->base, user) == 0))
			drop_ticket(c, &c->sessions.tickets.at[i - 1]);
	}
	TAILQ_FOREACH(s, &c->sessions.list, next) {
		if (strcmp(s->base, user) == 0 &&
		    !base_holds(c, s->base, s->base_key))
			peer_refuse(c, s->peer, EXIT_NOT_ALLOWED,
			    "this login was ended");
		if (strcmp(s->who.user, user) != 0 || s->peer->closing)
			continue;
		if (!holds(u, s->login_key))
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
