/* SPDX-License-Identifier: ISC */
/* session ..: who is on, and what a session says of itself. */
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/requests.h"

static bool
next_session(struct core *c, struct session *viewer, struct answer *a,
    struct cell *cells)
{
	const struct session *s = NULL, *i;

	(void)viewer;
	/* By id, so that one that ends meanwhile spoils nothing. Those that
	 * came back after a restart are in the list as they came. */
	TAILQ_FOREACH(i, &c->sessions.list, next)
		if (i->id > a->cursor && (s == NULL || i->id < s->id))
			s = i;
	if (s == NULL)
		return false;
	a->cursor = s->id;
	cells[0] = cell_uint(s->id);
	cells[1] = cell_text(s->who.user);
	cells[2] = cell_text(s->who.station);
	cells[3] = cell_text(s->who.from);
	cells[4] = cell_time(s->since);
	cells[5] = cell_int(mono_since(c->now, s->last_call).ms / 1000);
	cells[6] = cell_text(s->screen);
	cells[7] = cell_text(s->size);
	cells[8] = cell_text(s->term);
	return true;
}

void
on_SESSION_LIST(struct core *c, struct session *s, struct call *call)
{
	answer_pump(c, s, answer_new(c, s, call, next_session));
}

void
on_SESSION_KILL(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);
	struct session *victim =
	    name != NULL ? session_find(c, strtoull(name, NULL, 10)) : NULL;
	struct audit_action a = { .verb = "session kill", .name = name };
	struct cell cells[2] = { cell_text(name), cell_text("done") };

	if (victim == NULL) {
		request_refuse(c, s, call, EXIT_NO_SUCH, name,
		    "no session %s", name != NULL ? name : "");
		return;
	}
	a.old = victim->who.user;
	audit_result(c, &s->who, audit_request(c, &s->who, &a), &a, "done");
	answer_row(c, s, call->id, cells, 2);
	answer_end(c, s, call->id, EXIT_DONE, "");
	peer_refuse(c, victim->peer, EXIT_NOT_ALLOWED,
	    "this session was ended by %s", s->who.user);
}

void
on_HERE(struct core *c, struct session *s, struct call *call)
{
	const char *screen = call_text(call, PARAMETER_SCREEN);
	const char *size = call_text(call, PARAMETER_SIZE);
	/* Over SSH the terminal is not known yet when the user logs in. */
	const char *term = call_text(call, PARAMETER_TERM);

	if (term != NULL)
		str_copy(s->term, term, sizeof(s->term));
	if (screen != NULL)
		str_copy(s->screen, screen, sizeof(s->screen));
	if (size != NULL)
		str_copy(s->size, size, sizeof(s->size));
	answer_end(c, s, call->id, EXIT_DONE, "");
}

/* Whatever it follows comes again, in that language. */
void
on_LANGUAGE(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);

	session_speak(c, s, name != NULL ? name : "");
	follow_again(c, s);
	answer_end(c, s, call->id, EXIT_DONE, "");
}

struct issue {
	uint64_t session;
	uint32_t call;
	char ticket[WIRE_TICKET + 1];
};

static void
issued(struct core *c, void *arg, uint64_t number)
{
	struct issue *i = arg;
	struct session *s = session_find(c, i->session);
	struct cell cell = cell_text(i->ticket);

	(void)number;
	if (s != NULL) {
		answer_row(c, s, i->call, &cell, 1);
		answer_end(c, s, i->call, EXIT_DONE, "");
	}
	explicit_bzero(i, sizeof(*i));
	free(i);
}

void
on_TICKET(struct core *c, struct session *s, struct call *call)
{
	struct issue *i;

	if (s->everywhere != 0) {
		answer_end(c, s, call->id, EXIT_REFUSED,
		    "a local caller simply comes again");
		return;
	}
	i = xcalloc(1, sizeof(*i));
	i->session = s->id;
	i->call = call->id;
	ticket_give(c, s, i->ticket);
	commit_then(c, issued, i);
}
