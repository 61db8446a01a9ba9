/* SPDX-License-Identifier: ISC */
#include "server/group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"

struct group {
	uint64_t session;
	uint32_t call;
	char user[USER_NAME_MAX + 1];
	struct mono begun, received;	/* of the turn; of the call */
	unsigned n;
	bool told;
	struct group_item items[];
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
		struct group_item *it = &g->items[i];

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
	for (i = 0; i < g->n; i++)
		trace_step(c, g->items[i].command, TRACE_TOLD);
}

/* Everybody sees who did what. */
static void
announce(struct core *c, const struct group *g)
{
	struct notice n = { .time = c->wall };
	unsigned i;

	str_copy(n.user, g->user, sizeof(n.user));
	for (i = 0; i < g->n; i++) {
		if (g->items[i].code != EXIT_DONE)
			continue;
		str_copy(n.name, g->items[i].name, sizeof(n.name));
		n.name[strcspn(n.name, "#")] = '\0';
		str_copy(n.text, g->items[i].did, sizeof(n.text));
		sessions_notice(
		    c, &n, plant_area(c->plant, g->items[i].where));
	}
}

static void
recorded(struct core *c, void *arg, uint64_t number)
{
	struct group *g = arg;
	unsigned i;

	(void)number;
	for (i = 0; i < g->n; i++) {	/* both rows at once */
		trace_step(c, g->items[i].command, TRACE_REQUESTED);
		trace_step(c, g->items[i].command, TRACE_RECORDED);
	}
	announce(c, g);
	tell(c, g);
	free(g);
}

/* What is done to an alarm, from its call to all screens (trace.h). */
static void
apply(struct core *c, struct session *s, const struct call *call,
    const struct group_class *class, struct group_item *it,
    struct mono received)
{
	char what[400];

	if (class->traced) {
		snprintf(what, sizeof(what), "%s %s: %s, %s at %s",
		    verbs[call->verb].name, it->name, it->old, s->who.user,
		    s->who.station);
		trace_begin(c, s, call, it->command, it->area, received, what);
	}
	class->apply(c, s, call, it, it->command);
	if (class->traced)
		trace_alarm(c, it->command, it->thing);
	str_copy(it->result, "done", sizeof(it->result));
	trace_result(c, it->command, it->result);
}

static void
one(struct core *c, struct session *s, const struct call *call,
    const struct group_class *class, struct group_item *it,
    struct mono received)
{
	struct err e = { "" };
	struct audit_action a = { .verb = verbs[call->verb].name,
		.name = it->name, .old = it->old, .new = it->new,
		.reason = call_text(call, class->why) };

	it->code = class->check(c, s, call, it, &e);
	str_copy(it->where,
	    c->plant->areas[it->area == NONE ? 0 : it->area].name,
	    sizeof(it->where));
	if (it->audit_old != NULL)
		a.old = it->audit_old;
	if (it->audit_new != NULL)
		a.new = it->audit_new;
	it->command = audit_request(c, &s->who, &a);
	if (it->code == EXIT_DONE)
		apply(c, s, call, class, it, received);
	else
		snprintf(it->result, sizeof(it->result), "refused: %s",
		    e.text);
	audit_result(c, &s->who, it->command, &a, it->result);
	free(it->audit_old);
	free(it->audit_new);
	it->audit_old = it->audit_new = NULL;
}

void
group_event(struct core *c, const struct session *s, int kind,
    const struct group_item *it, const char *text, uint64_t command)
{
	struct record_event ev = {
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = (enum record_kind)kind,
		.area = c->plant->areas[it->area == NONE ? 0 : it->area].name,
		.name = it->name,
		.text = text,
		.user = s->who.user,
		.station = s->who.station,
		.old = it->old,
		.new = it->new,
		.result = kind == RECORD_COMMAND ? "done" : NULL,
		.command = command,
	};

	record_event(commit_batch(c), &ev);
}

int
group_recordable(const struct core *c, struct err *e)
{
	if (c->intake.step == INTAKE_RECORDING) {
		err_set(e, "the project is being changed: ask again");
		return EXIT_REFUSED;
	}
	if (!commit_is_behind(c))
		return EXIT_DONE;
	err_set(e, "the record does not take rows (status says why)");
	return EXIT_REFUSED;
}

void
group_run(struct core *c, struct session *s, const struct call *call,
    const struct group_class *class, const char *const *names, unsigned n)
{
	struct group *g = xcalloc(1, sizeof(*g) + n * sizeof(g->items[0]));
	unsigned i;

	g->session = s->id;
	g->call = call->id;
	str_copy(g->user, s->who.user, sizeof(g->user));
	g->begun = c->now;
	g->received = clock_mono();
	g->n = n;
	for (i = 0; i < n; i++) {
		str_copy(g->items[i].name, names[i],
		    sizeof(g->items[i].name));
		g->items[i].thing = g->items[i].area = NONE;
		one(c, s, call, class, &g->items[i], g->received);
	}
	commit_then(c, recorded, g);
	if (!commit_is_behind(c))
		return;
	/* P19: it holds and is shown as not recorded */
	for (i = 0; i < n; i++)
		if (g->items[i].code == EXIT_DONE)
			str_copy(g->items[i].result, "done, not recorded yet",
			    sizeof(g->items[i].result));
	tell(c, g);
}

void
group_run_named(struct core *c, struct session *s, const struct call *call,
    const struct group_class *class)
{
	unsigned i, n = call_count(call, PARAMETER_NAME);
	const char **names;

	if (n == 0) {
		answer_end(c, s, call->id, EXIT_USAGE, "%s %s",
		    verbs[call->verb].name, verbs[call->verb].parameters);
		return;
	}
	names = xcalloc(n, sizeof(*names));
	for (i = 0; i < n; i++)
		names[i] = call_nth(call, PARAMETER_NAME, i);
	group_run(c, s, call, class, names, n);
	free(names);
}
