/* SPDX-License-Identifier: ISC */
/*
 * ack and reset: each alarm that is named is decided by itself; the call
 * ends when all of them are on the disk (persist before confirm, P19).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"
#include "server/door.h"
#include "server/requests.h"

struct item {
	char name[PLANT_NAME_MAX + 12], old[32], new[32], result[240];
	int code;
	uint32_t alarm;		/* if it is done */
};
struct group {
	uint64_t session;
	uint32_t call;
	bool ack;		/* else reset */
	char user[USER_NAME_MAX + 1];
	struct mono begun;
	unsigned n;
	bool told;
	struct item items[];
};

static void
tell(struct core *c, struct group *g)
{
	struct session *s = session_find(c, g->session);
	const char *why = "";
	struct cell cells[5];
	int worst = EXIT_DONE;
	unsigned i;

	if (s == NULL || g->told)
		return;
	g->told = true;
	for (i = 0; i < g->n; i++) {
		struct item *it = &g->items[i];

		cells[0] = cell_text(it->name);
		cells[1] = cell_text(it->old);
		cells[2] = cell_text(it->new);
		cells[3] = cell_text(it->result);
		cells[4] = cell_int(mono_since(c->now, g->begun).ms);
		answer_row(c, s, g->call, cells, 5);
		if (it->code > worst) {
			worst = it->code;
			why = it->result;
		}
	}
	answer_end(c, s, g->call, worst, "%s", why);
}

/* Everybody sees who did what. */
static void
announce(struct core *c, const struct group *g)
{
	const struct alarm_def *d;
	struct notice n = { .time = c->wall };
	unsigned i;

	str_copy(n.user, g->user, sizeof(n.user));
	str_copy(
	    n.text, g->ack ? "acknowledged" : "reset", sizeof(n.text));
	for (i = 0; i < g->n; i++) {
		if (g->items[i].code != EXIT_DONE)
			continue;
		d = &c->plant->alarms[g->items[i].alarm];
		str_copy(n.name, d->name, sizeof(n.name));
		sessions_notice(c, &n, d->area);
	}
}

static void
recorded(struct core *c, void *arg, uint64_t number)
{
	struct group *g = arg;

	(void)number;
	announce(c, g);
	tell(c, g);
	free(g);
}

/* A whole number as it is drawn, nothing before or behind it (P9). */
static bool
parse_occurrence(const char *digits, uint32_t *occurrence)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; digits[i] >= '0' && digits[i] <= '9' && i < 10; i++)
		n = 10 * n + (uint64_t)(digits[i] - '0');
	*occurrence = (uint32_t)n;
	return i > 0 && digits[i] == '\0' && n <= UINT32_MAX;
}

/* "P-101A.FAIL#7" into name and occurrence; without one, what is now. The
 * exit code, and why not. */
static int
find_alarm(const struct core *c, const char *text, uint32_t *alarm,
    uint32_t *occurrence, struct err *e)
{
	const char *hash = strchr(text, '#');
	size_t len = hash != NULL ? (size_t)(hash - text) : strlen(text);
	char name[PLANT_NAME_MAX + 1];

	*alarm = NONE;
	if (len < sizeof(name)) {
		str_copy(name, text, len + 1);
		*alarm = plant_alarm(c->plant, name);
	}
	if (*alarm == NONE) {
		err_set(e, "no alarm %s", text);
		return EXIT_NO_SUCH;
	}
	*occurrence = c->alarms.at[*alarm].alarm.occurrence;
	if (hash == NULL || parse_occurrence(hash + 1, occurrence))
		return EXIT_DONE;
	err_set(e, "%s is no occurrence", hash);
	return EXIT_USAGE;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    uint32_t alarm, uint32_t occurrence, struct err *e)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const struct alarm_class *k = &c->plant->classes[d->class];
	const struct alarm *a = &c->alarms.at[alarm].alarm;
	const char *note = call_text(call, PARAMETER_NOTE);
	int code = door_right(c, s, verbs[call->verb].function, d->area, e);

	if (code != EXIT_DONE)
		return code;
	if (k->comment && (note == NULL || *note == '\0')) {
		err_set(e, "this class needs a note (--note TEXT)");
		return EXIT_REFUSED;
	}
	if (call->verb == VERB_RESET)
		return alarm_can_reset(a, k, e) < 0 ? EXIT_REFUSED : EXIT_DONE;
	if (k->single_ack && call_count(call, PARAMETER_NAME) > 1) {
		err_set(e, "this class is acknowledged one by one");
		return EXIT_REFUSED;
	}
	return alarm_can_ack(a, k, occurrence, e) < 0 ? EXIT_CHANGED
						      : EXIT_DONE;
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    uint32_t alarm, uint64_t command)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const struct alarm_class *k = &c->plant->classes[d->class];
	struct alarm *a = &c->alarms.at[alarm].alarm;
	bool ack = call->verb == VERB_ACK;
	struct alarm_change ch = ack ? alarm_ack(a, k, s->who.user, c->wall)
				     : alarm_reset(a, k, c->wall);

	alarms_by_person(c, alarm, &ch, s->who.user, s->who.station,
	    call_text(call, PARAMETER_NOTE), command);
}

static void
one(struct core *c, struct session *s, const struct call *call,
    const char *text, struct item *it)
{
	uint32_t occurrence = 0, alarm;
	struct err e = { "" };
	struct audit_action a = { .verb = verbs[call->verb].name,
		.name = it->name, .old = it->old, .new = it->new,
		.reason = call_text(call, PARAMETER_NOTE) };
	uint64_t command;

	str_copy(it->name, text, sizeof(it->name));
	it->code = find_alarm(c, text, &alarm, &occurrence, &e);
	if (it->code == EXIT_DONE) {
		if (strchr(text, '#') == NULL)
			snprintf(it->name, sizeof(it->name), "%s#%u",
			    c->plant->alarms[alarm].name, occurrence);
		str_copy(it->old,
		    alarm_state_name(c->alarms.at[alarm].alarm.state),
		    sizeof(it->old));
		it->code = check(c, s, call, alarm, occurrence, &e);
	}
	command = audit_request(c, &s->who, &a);
	if (it->code == EXIT_DONE) {
		apply(c, s, call, alarm, command);
		it->alarm = alarm;
		str_copy(it->new,
		    alarm_state_name(c->alarms.at[alarm].alarm.state),
		    sizeof(it->new));
		str_copy(it->result, "done", sizeof(it->result));
	} else {
		snprintf(it->result, sizeof(it->result), "refused: %s",
		    e.text);
	}
	audit_result(c, &s->who, command, &a, it->result);
}

static void
each(struct core *c, struct session *s, struct call *call)
{
	unsigned i, n = call_count(call, PARAMETER_NAME);
	struct group *g;

	if (n == 0) {
		answer_end(c, s, call->id, EXIT_USAGE, "%s ALARM...",
		    verbs[call->verb].name);
		return;
	}
	g = xcalloc(1, sizeof(*g) + n * sizeof(g->items[0]));
	g->session = s->id;
	g->call = call->id;
	g->ack = call->verb == VERB_ACK;
	str_copy(g->user, s->who.user, sizeof(g->user));
	g->begun = c->now;
	g->n = n;
	for (i = 0; i < n; i++)
		one(c, s, call, call_nth(call, PARAMETER_NAME, i),
		    &g->items[i]);
	commit_then(c, recorded, g);
	/* P19: it holds and is shown as not recorded */
	if (commit_is_behind(c))
		for (i = 0; i < n; i++)
			if (g->items[i].code == EXIT_DONE)
				str_copy(g->items[i].result,
				    "done, not recorded yet",
				    sizeof(g->items[i].result));
	if (commit_is_behind(c))
		tell(c, g);
}

void
on_ACK(struct core *c, struct session *s, struct call *call)
{
	each(c, s, call);
}

void
on_RESET(struct core *c, struct session *s, struct call *call)
{
	each(c, s, call);
}
