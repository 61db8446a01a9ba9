/* SPDX-License-Identifier: ISC */
#include "server/requests.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/watch.h"

static verb_fn *const handlers[VERB_COUNT] = {
#define X(id, ...) [VERB_##id] = on_##id,
	VERBS(X)
#undef X
};

void
request_refuse(struct core *c, struct session *s, const struct call *call,
    int code, const char *name, const char *fmt, ...)
{
	char reason[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	audit_refused(c, &s->who, call->verb, name, reason);
	answer_end(c, s, call->id, code, "refused: %s", reason);
}

/* The door's first steps, for what holds for the whole call. */
static bool
admitted(struct core *c, struct session *s, const struct call *call)
{
	const struct verb_row *v = &verbs[call->verb];
	const char *name = call_text(call, PARAMETER_NAME);

	if (s->blocked[call->verb] &&
	    session_may_somewhere(c, s, v->function)) {
		request_refuse(c, s, call, EXIT_REFUSED, name,
		    "%s is blocked at this station (%s)", v->name,
		    s->who.station);
		return false;
	}
	/* what acts on things is decided for each thing, by what it demands */
	if (v->scope == SCOPE_ITEM && v->audit == AUDIT_ALWAYS)
		return true;
	if (!session_may_somewhere(c, s, v->function)) {
		request_refuse(c, s, call, EXIT_NOT_ALLOWED, name,
		    "needs %s", function_name(v->function));
		return false;
	}
	if (s->only != 0 && !(s->only & 1u << v->function)) {
		request_refuse(c, s, call, EXIT_REFUSED, name,
		    "not at this station (%s)", s->who.station);
		return false;
	}
	return true;
}

static unsigned
count_open(struct session *s)
{
	const struct answer *a;
	const struct watch *w;
	unsigned n = 0;

	TAILQ_FOREACH(a, &s->answers, next)
		n++;
	LIST_FOREACH(w, &s->watches, next)
		n++;
	return n;
}

/* Those who manage users say their own password each time: of a key, or of a
 * password that was said earlier, the core knows only what the SSH front
 * tells it. Whoever calls on this machine is known from the kernel. */
static bool
needs_proof(const struct session *s, enum verb v)
{
	return verb_needs_password(v) && (!s->local || s->guest);
}

/* A call that waits until its caller's password was looked at. */
struct proof {
	uint64_t session;
	uint32_t person;
	struct call call;
	char other[WIRE_SECRET + 1];
};

static void
proven(struct core *c, void *arg, bool good)
{
	struct proof *p = arg;
	struct session *s = session_find(c, p->session);

	if (s != NULL && s->person != p->person)
		s = NULL;	/* somebody else sits there now */
	if (s != NULL && good) {
		str_copy(s->secrets[SECRET_OTHER], p->other,
		    sizeof(p->other));
		if (admitted(c, s, &p->call))
			handlers[p->call.verb](c, s, &p->call);
		session_forget_secrets(s);
	} else if (s != NULL) {
		request_refuse(c, s, &p->call, EXIT_NOT_ALLOWED,
		    call_text(&p->call, PARAMETER_NAME),
		    "that is not the password of %s", s->who.user);
	}
	call_free(&p->call);
	explicit_bzero(p, sizeof(*p));
	free(p);
}

/* Takes the call, or refuses it. */
static void
prove(struct core *c, struct session *s, struct call *call)
{
	struct proof *p;

	if (s->secrets[SECRET_OWN][0] == '\0') {
		request_refuse(c, s, call, EXIT_NOT_ALLOWED,
		    call_text(call, PARAMETER_NAME),
		    "needs the password of %s", s->who.user);
		return;
	}
	p = xcalloc(1, sizeof(*p));
	p->session = s->id;
	p->person = s->person;
	p->call = *call;
	str_copy(p->other, s->secrets[SECRET_OTHER], sizeof(p->other));
	if (password_check(c, s->who.user, s->secrets[SECRET_OWN],
		s->who.from, false, proven, p)) {
		memset(call, 0, sizeof(*call));
		return;
	}
	explicit_bzero(p, sizeof(*p));
	free(p);
	request_refuse(c, s, call, EXIT_REFUSED,
	    call_text(call, PARAMETER_NAME),
	    "too many passwords at once: try again later");
}

static void
on_secret(struct core *c, struct session *s, struct get *g)
{
	unsigned which = get_u8(g);

	if (which >= SECRETS || get_secret(g, s->secrets[which]) < 0)
		peer_refuse(c, s->peer, EXIT_INTERNAL, "senseless secret");
}

static void
on_call(struct core *c, struct session *s, struct get *g)
{
	struct call call;

	if (!allowance_take(&s->allowance, c->now) ||
	    count_open(s) >= ALLOWANCE_OPEN) {
		peer_refuse(
		    c, s->peer, EXIT_REFUSED, "too many questions at once");
		return;
	}
	if (call_get(&call, g) < 0) {
		peer_refuse(c, s->peer, EXIT_INTERNAL, "senseless call");
		return;
	}
	if (call.verb != VERB_HERE && call.verb != VERB_TICKET &&
	    call.verb != VERB_LANGUAGE)
		s->last_call = c->now;
	if (call_text(&call, PARAMETER_PLAIN) != NULL)
		session_speak(c, s, c->plant->languages[0]);
	if (answer_find(s, call.id) != NULL)
		peer_refuse(c, s->peer, EXIT_INTERNAL, "this id is in use");
	else if (admitted(c, s, &call)) {
		if (needs_proof(s, call.verb))
			prove(c, s, &call);
		else
			handlers[call.verb](c, s, &call);
	}
	session_forget_secrets(s);
	call_free(&call);
}

static struct watch *
find_watch(struct session *s, uint32_t id)
{
	struct watch *w;

	LIST_FOREACH(w, &s->watches, next)
		if (w->id == id)
			return w;
	return NULL;
}

static void
on_more(struct core *c, struct session *s, uint32_t id)
{
	struct answer *a = answer_find(s, id);

	if (s->follow != NULL && s->follow->id == id)
		follow_more(c, s);
	if (a == NULL)
		return;
	a->credit = true;
	if (a->more != NULL)
		a->more(c, s, a);
	else
		answer_pump(c, s, a);
}

static void
on_cancel(struct core *c, struct session *s, uint32_t id)
{
	struct answer *a = answer_find(s, id);
	struct watch *w = find_watch(s, id);

	if (a != NULL)
		answer_free(s, a);
	if (w != NULL)
		watch_free(c, w);
	if (s->follow != NULL && s->follow->id == id)
		follow_free(s);
	answer_end(c, s, id, EXIT_CANCELLED, "cancelled");
}

static void
on_drawn(struct core *c, struct session *s, uint32_t n)
{
	if (n != s->update)
		return;
	s->in_flight = false;
	s->last_drawn = c->now;
	if (s->traced != 0)
		trace_drawn(c, s);
	watch_publish(c, s);
}

/* A session that wants to be somebody else: identity belongs to the
 * descriptor, and whoever tries this is not one of our programs. */
static void
refuse_other(
    struct core *c, struct session *s, enum message type, struct get *g)
{
	char user[USER_NAME_MAX + 1] = "", result[80];
	struct audit_action a = { .verb = "login", .name = user };

	if (type == MESSAGE_LOGIN || type == MESSAGE_PASSWORD)
		get_text(g, user, sizeof(user));
	snprintf(result, sizeof(result),
	    "refused: this descriptor is %s for ever", s->who.user);
	audit_result(c, &s->who, audit_request(c, &s->who, &a), &a, result);
	peer_refuse(c, s->peer, EXIT_NOT_ALLOWED, "%s",
	    result + strlen("refused: "));
}

void
requests_message(
    struct core *c, struct session *s, enum message type, struct get *g)
{
	uint32_t n;

	if (type == MESSAGE_CALL) {
		on_call(c, s, g);
		return;
	}
	if (type == MESSAGE_SECRET) {
		on_secret(c, s, g);
		return;
	}
	if (type == MESSAGE_PROBE || type == MESSAGE_LOGIN ||
	    type == MESSAGE_PASSWORD || type == MESSAGE_LOCAL || type == MESSAGE_RESUME) {
		refuse_other(c, s, type, g);
		return;
	}
	n = get_u32(g);
	if (type == MESSAGE_FEED && !g->bad) {
		intake_feed(c, s, n, g);
		return;
	}
	if (!get_done(g))
		peer_refuse(c, s->peer, EXIT_INTERNAL, "senseless message");
	else if (type == MESSAGE_MORE)
		on_more(c, s, n);
	else if (type == MESSAGE_CANCEL)
		on_cancel(c, s, n);
	else if (type == MESSAGE_DRAWN)
		on_drawn(c, s, n);
	else
		peer_refuse(c, s->peer, EXIT_INTERNAL, "unknown message");
}
