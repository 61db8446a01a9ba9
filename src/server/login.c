/* SPDX-License-Identifier: ISC */
#include "server/login.h"

#include <stdlib.h>
#include <string.h>

#include "base/fd.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/entry.h"
#include "server/requests.h"

#define SAID_MOST 20		/* more than any `tries` */

/* A PASSWORD that is being looked at. */
struct login {
	struct peer *peer;
	char user[USER_NAME_MAX + 1], from[65], term[65];
};

/* What may be written down of a name that somebody typed. */
static const char *
known(const struct core *c, const char *name)
{
	const struct user *u = users_find(c, name);

	return u != NULL ? u->name : "";
}

static const char refused[] = "refused: unknown user or wrong password";

static void
audit_login(struct core *c, const struct login *l, const char *result)
{
	struct who who = { .user = "" };
	struct audit_action a = { .verb = "login" };

	a.name = known(c, l->user);
	str_copy(who.user, a.name, sizeof(who.user));
	str_copy(who.from, l->from, sizeof(who.from));
	audit_result(c, &who, audit_request(c, &who, &a), &a, result);
}

static void
say_wrong(struct peer *p)
{
	static const uint8_t no[2] = { MESSAGE_PROBED, 0 };

	fd_send(p->fd, no, sizeof(no), -1);
}

static void
decided(struct core *c, void *arg, bool good)
{
	struct login *l = arg;
	struct peer *p = l->peer;
	p->login = NULL;
	if (good) {
		audit_login(c, l, "done");
		entry_password(c, p, l->user, l->from, l->term);
	} else if (!p->closing) {
		audit_login(c, l, refused);
		audit_event(c, RECORD_LOGIN, NONE, known(c, l->user),
		    "login refused", "", "", "refused");
		say_wrong(p);
	}
	free(l);
}

void
login_password(struct core *c, struct peer *p, struct get *g)
{
	struct login *l = xcalloc(1, sizeof(*l));
	char password[WIRE_SECRET + 1];
	bool waits = false;

	l->peer = p;
	get_text(g, l->user, sizeof(l->user));
	get_text(g, l->from, sizeof(l->from));
	get_text(g, l->term, sizeof(l->term));
	if (get_secret(g, password) < 0 || ++p->passwords > SAID_MOST) {
		peer_refuse(c, p, EXIT_INTERNAL, "senseless introduction");
	} else if (!c->config->ssh.passwords) {
		peer_refuse(c, p, EXIT_NOT_ALLOWED, "permission denied");
	} else {
		waits = password_check(
		    c, l->user, password, l->from, true, decided, l);
		if (!waits)
			peer_refuse(c, p, EXIT_REFUSED,
			    "too many logins at once: try again later");
	}
	explicit_bzero(password, sizeof(password));
	if (waits)
		p->login = l;
	else
		free(l);
}

void
login_forget(struct core *c, struct login *l)
{
	if (l == NULL)
		return;
	password_forget(c, l);
	free(l);
}

/* Somebody at a console is about to take it over. */
struct takeover {
	uint64_t session;
	uint32_t call;
	char user[USER_NAME_MAX + 1];
};

static void
audit_takeover(struct core *c, const struct session *s, enum verb v,
    const char *name, const char *old, const char *result)
{
	struct audit_action a = { .verb = verbs[v].name,
		.name = name,
		.old = old,
		.new = name };

	audit_result(c, &s->who, audit_request(c, &s->who, &a), &a, result);
}

static void
take_over(struct core *c, struct session *s, const struct takeover *t)
{
	const struct user *u = users_find(c, t->user);
	struct user *now;

	audit_takeover(
	    c, s, VERB_LOGIN, u->name, s->who.user, "done");
	answer_end(c, s, t->call, EXIT_DONE, "");
	session_become(c, s, u);
	audit_event(c, RECORD_LOGIN, NONE, s->who.user,
	    "logged in at an open console", s->who.user, s->who.station,
	    NULL);
	now = users_find(c, s->who.user);
	now->last_login = c->wall;
	user_record(c, now);
}

static void
takeover_decided(struct core *c, void *arg, bool good)
{
	struct takeover *t = arg;
	struct session *s = session_find(c, t->session);
	const char *why = refused;

	if (s != NULL && good && session_is_full(c, t->user)) {
		good = false;
		why = "refused: too many sessions of this user";
	}
	if (s != NULL && good) {
		take_over(c, s, t);
	} else if (s != NULL) {
		audit_takeover(c, s, VERB_LOGIN, known(c, t->user),
		    s->who.user, why);
		audit_event(c, RECORD_LOGIN, NONE, known(c, t->user),
		    "login refused", s->who.user, s->who.station, "refused");
		answer_end(c, s, t->call, EXIT_NOT_ALLOWED, "%s",
		    why + strlen("refused: "));
	}
	free(t);
}

void
on_LOGIN(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);
	struct takeover *t;

	if (name == NULL || s->secrets[SECRET_OTHER][0] == '\0') {
		answer_end(c, s, call->id, EXIT_USAGE,
		    "session login NAME, behind a password");
		return;
	}
	t = xcalloc(1, sizeof(*t));
	t->session = s->id;
	t->call = call->id;
	str_copy(t->user, name, sizeof(t->user));
	if (password_check(c, t->user, s->secrets[SECRET_OTHER],
		s->who.from, false, takeover_decided, t))
		return;
	free(t);
	request_refuse(c, s, call, EXIT_REFUSED, known(c, name),
	    "too many passwords at once: try again later");
}

void
on_LOGOUT(struct core *c, struct session *s, struct call *call)
{
	char was[USER_NAME_MAX + 1];

	if (!s->guest) {
		request_refuse(c, s, call, EXIT_REFUSED, s->who.user,
		    "nobody took over this session");
		return;
	}
	str_copy(was, s->who.user, sizeof(was));
	audit_takeover(c, s, VERB_LOGOUT, s->base, was, "done");
	audit_event(c, RECORD_LOGIN, NONE, was, "logged out", was,
	    s->who.station, NULL);
	answer_end(c, s, call->id, EXIT_DONE, "");
	session_become(c, s, NULL);
}
