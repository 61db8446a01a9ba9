/* SPDX-License-Identifier: ISC */
#include "server/restore.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"
#include "store/exchange.h"
#include "store/load.h"
#include "store/restored.h"

/* Numbers of a record that cannot be read go on far above those known. */
#define UNKNOWN_NUMBERS 10000000
#define FORMER_MAX 100		/* restored one over the other unopened */

struct settings {
	char restored[RESTORED_TEXT];
	bool plant;		/* it is kept which plant this is */
};

static void
on_setting(void *arg, const struct record_setting *s)
{
	struct settings *found = arg;

	if (strcmp(s->key, "restored") == 0)
		str_copy(found->restored, s->text, sizeof(found->restored));
	found->plant |= strcmp(s->key, "plant") == 0;
}

/* Which row the chain of one former record ended with, for the audit. */
static void
go_on_above_one(struct core *c, const char *before, char end[120])
{
	uint64_t audit = record_audit_seq(c->record),
		 event = record_event_seq(c->record);
	struct record_head h;
	struct err e;

	if (record_head(before, &h, &e) == 0) {
		snprintf(end, 120, "row %" PRIu64 " hash %s", h.audit_seq,
		    h.hash);
		audit = h.audit_given;
		event = h.event_seq;
	} else {
		log_warn("the former record cannot be read: %s", e.text);
		snprintf(end, 120, "a record that cannot be read");
		audit += UNKNOWN_NUMBERS;
		event += UNKNOWN_NUMBERS;
	}
	record_continue(c->record, audit, event);
}

/* Which row the chain that was replaced ended with. A former record that was
 * itself restored, and opened by no server since, only passes on whose place
 * it took: the chain that ended is the first of them. */
static void
go_on_above(struct core *c, const struct restored *r, char end[120])
{
	char text[RESTORED_TEXT], *before;
	struct restored one = *r;
	struct stat st;
	bool pending = true;
	int i;

	snprintf(end, 120, "no record");
	for (i = 0; pending && i < FORMER_MAX; i++) {
		before = xasprintf("%s/%s", c->config->state, one.before);
		pending = stat(before, &st) == 0;
		if (pending) {
			go_on_above_one(c, before, end);
			pending = record_setting(before, "restored", text,
				      sizeof(text), NULL) == 0 &&
			    restored_parse(&one, text);
		}
		free(before);
	}
}

static void
tell(struct core *c, const struct restored *r)
{
	char end[120], was[120], text[RECORD_TEXT_MAX];
	struct who who = { .station = "local" };
	struct audit_action a = { .verb = "restore", .name = r->from,
		.old = end, .new = was, .reason = text };

	snprintf(was, sizeof(was), "row %" PRIu64 " manifest %s",
	    record_audit_seq(c->record), r->digest);
	go_on_above(c, r, end);
	snprintf(text, sizeof(text), "as of %s; the former state is in %s",
	    r->made, r->before);
	str_copy(who.user, r->by, sizeof(who.user));
	audit_result(c, &who, audit_request(c, &who, &a), &a, "done");
	snprintf(text, sizeof(text), "the state of %s was brought back: look "
	    "at lock-outs, overrides and setpoints", r->made);
	audit_event(c, RECORD_SYSTEM, NONE, "restore", text, who.user,
	    who.station, "done");
	record_put_setting(commit_batch(c), "restored", NULL);
	log_note("restored from %s, as of %s, by %s; the former state is in %s",
	    r->from, r->made, r->by, r->before);
}

int
restore_load(struct core *c, struct err *e)
{
	struct settings found = { "", false };
	struct restored r;

	if (record_load_settings(c->record, on_setting, &found, e) < 0)
		return -1;
	if (found.restored[0] != '\0' && restored_parse(&r, found.restored))
		tell(c, &r);
	if (!found.plant)
		restore_name_plant(c, c->plant);
	return 0;
}

void
restore_name_plant(struct core *c, const struct plant *p)
{
	record_put_setting(commit_batch(c), "plant", p->name.in[0]);
}

/* --- a running server --- */

void
on_STATE_PLACE(struct core *c, struct session *s, struct call *call)
{
	struct cell cell = cell_text(c->config->state);

	answer_row(c, s, call->id, &cell, 1);
	answer_end(c, s, call->id, EXIT_DONE, "");
}

struct wanted {
	uint64_t session, command;
	uint32_t call;
	struct who who;
	char *from, *before;
};

/* Is what the caller laid ready still the one that lies there? */
static bool
is_ready(const struct core *c, const char *before)
{
	char *path = xasprintf("%s/" EXCHANGE_NEW "/%s", c->config->state,
	    before);
	struct stat st;
	bool ready = strncmp(before, EXCHANGE_BEFORE,
			 strlen(EXCHANGE_BEFORE)) == 0 &&
	    strchr(before, '/') == NULL && lstat(path, &st) == 0;

	free(path);
	return ready;
}

/* The request is on the disk: from here on the new state holds, or this one
 * goes on as if nothing had been asked. */
static void
decide(struct core *c, void *arg, uint64_t number)
{
	struct wanted *w = arg;
	struct session *s = session_find(c, w->session);
	struct audit_action a = { .verb = verbs[VERB_STATE_RESTORE].name,
		.name = w->from, .new = w->before };
	struct err e;
	char result[sizeof(e.text) + 16];
	bool decided = false;

	if (number != 0 && !is_ready(c, w->before))
		err_set(&e, "what was laid ready is not there any more");
	else if (number != 0)
		decided = exchange_decide(c->config->state, &e) == 0;
	if (decided) {
		c->stopping = true;
		commands_lost(c, "the state is exchanged");
		audit_result(c, &w->who, w->command, &a, "done");
		if (s != NULL)
			answer_end(c, s, w->call, EXIT_DONE, "");
	} else if (number != 0) {
		snprintf(result, sizeof(result), "refused: %s", e.text);
		audit_result(c, &w->who, w->command, &a, result);
		if (s != NULL)
			answer_end(c, s, w->call, EXIT_REFUSED, "%s", result);
	}
	free(w->from);
	free(w->before);
	free(w);
}

void
on_STATE_RESTORE(struct core *c, struct session *s, struct call *call)
{
	const char *from = call_text(call, PARAMETER_NAME),
		   *before = call_text(call, PARAMETER_EXPECT);
	struct audit_action a = { .verb = verbs[call->verb].name,
		.name = from, .new = before };
	struct wanted *w;

	if (!s->local || s->guest) {
		request_refuse(c, s, call, EXIT_REFUSED, from,
		    "a state is restored on the server itself");
		return;
	}
	if (from == NULL || before == NULL || !is_ready(c, before)) {
		request_refuse(c, s, call, EXIT_NO_SUCH, from,
		    "no state is laid ready; see sightglass restore");
		return;
	}
	w = xcalloc(1, sizeof(*w));
	*w = (struct wanted){ .session = s->id, .call = call->id,
		.who = s->who, .from = xstrdup(from),
		.before = xstrdup(before) };
	w->command = audit_request(c, &s->who, &a);
	audit_event(c, RECORD_SYSTEM, NONE, "restore",
	    "another state takes the place of this one", s->who.user,
	    s->who.station, NULL);
	commit_then(c, decide, w);
}
