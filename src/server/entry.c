/* SPDX-License-Identifier: ISC */
#include "server/entry.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/core.h"

/* What the machine's administrator may do, and nothing to the process. */
#define LOCAL_FUNCTIONS                                                        \
	(1u << FUNCTION_VIEW | 1u << FUNCTION_USERS | 1u << FUNCTION_PROJECT | \
	    1u << FUNCTION_CONTROL | 1u << FUNCTION_AUDIT)

#define TOLD_MS (10 * 60000)	/* calls of one user from one address */

static void
note_seen(struct core *c, const struct session *s)
{
	struct user *u = users_find(c, s->who.user);

	if (u == NULL)
		return;
	u->last_login = c->wall;
	user_record(c, u);
}

static void
note_login(struct core *c, struct session *s, const char *how)
{
	audit_event(c, RECORD_LOGIN, NONE, s->who.user, how, s->who.user,
	    s->who.station, NULL);
	note_seen(c, s);
}

/* A script calls each minute: one event tells of ten of them. Another address
 * is another matter. */
static bool
is_told(struct core *c, const struct session *s)
{
	struct user *u = users_find(c, s->who.user);
	char host[sizeof(u->called_from)], *port;

	str_copy(host, s->who.from, sizeof(host));
	if ((port = strrchr(host, ':')) != NULL)
		*port = '\0';
	if (u == NULL)
		return false;
	if (strcmp(u->called_from, host) == 0 &&
	    mono_before(c->now, u->called_again))
		return true;
	str_copy(u->called_from, host, sizeof(u->called_from));
	u->called_again = mono_add(c->now, (struct span){ TOLD_MS });
	return false;
}

void
entry_tell(struct core *c, struct session *s, bool console)
{
	if (!s->unsaid)
		return;
	s->unsaid = false;
	s->calls = !console;
	if (console || !is_told(c, s))
		note_login(c, s, "logged in");
	else
		note_seen(c, s);
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
	s->unsaid = true;
	session_welcome(c, s);
}

void
entry_password(struct core *c, struct peer *p, const char *user,
    const char *from, const char *term)
{
	const struct user *u = users_find(c, user);
	char mark[PROOF];

	proof_password(mark, u);
	enter(c, p, u, mark, from, term);
}

void
entry_key(struct core *c, struct peer *p, const char *user,
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
entry_local(
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

void
entry_ticket(struct core *c, struct peer *p, const char *ticket,
    const char *from, const char *term)
{
	bool previous;
	struct ticket *t = ticket_find(c, ticket, &previous);
	const struct user *u = t != NULL ? users_find(c, t->user) : NULL;
	struct session *s, *old;
	struct ticket now;
	uint64_t id;

	(void)from;	/* where it came from is what the ticket says */
	if (t == NULL || !ticket_holds(c, t)) {
		if (t != NULL)
			ticket_drop(c, t);
		audit_event(c, RECORD_LOGIN, NONE, u != NULL ? u->name : "",
		    "coming back refused", "", "", "refused");
		peer_refuse(
		    c, p, EXIT_NOT_ALLOWED, "log in again, please");
		return;
	}
	if (!previous) {	/* the new one has arrived: it alone counts */
		memset(&t->previous, 0, sizeof(t->previous));
		ticket_record(c, t);
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
