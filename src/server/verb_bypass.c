/* SPDX-License-Identifier: ISC */
/* bypass OBJECT COMMAND, bypass OBJECT COMMAND --end, bypass list (P14). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/expr.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/group.h"
#include "server/length.h"
#include "server/requests.h"

static bool
ends(const struct call *call)
{
	return call_text(call, PARAMETER_END) != NULL;
}

/* For the audit, which is read when the project is another one: what does not
 * count, and until when. */
static char *
described(const char *interlock, struct wall until)
{
	char when[WHEN_CAP];

	return xasprintf("bypassed until %s: %s", when_utc(when, until),
	    interlock);
}

/* In the order of P25: control, lock-out, then what is asked for itself. */
static int
may_begin(const struct core *c, const struct call *call, uint32_t command,
    struct group_item *it, struct err *e)
{
	const struct command *k = &c->plant->commands[command];
	const char *reason = call_text(call, PARAMETER_REASON);
	struct span length;
	int code = door_control(c, e);

	str_copy(it->new, "bypassed", sizeof(it->new));
	if (code == EXIT_DONE)
		code = door_revision(call, c->changed.commands[command], e);
	if (code == EXIT_DONE && lockout_refuses(c, k->object, e) < 0)
		code = EXIT_REFUSED;
	if (code == EXIT_DONE)
		code = length_given(c, call, &length, e);
	if (code == EXIT_DONE && k->interlock != NULL)
		it->audit_new = described(expr_text(k->interlock),
		    wall_add(c->wall, length));
	if (code == EXIT_DONE && bypass_can(k, length, e) < 0)
		code = EXIT_REFUSED;
	if (code == EXIT_DONE && c->plant->objects[k->object].bypass == NONE)
		return REFUSE(EXIT_REFUSED,
		    "could not be alarmed: the project has an alarm BYPASS "
		    "of its own there");
	if (code == EXIT_DONE && (reason == NULL || *reason == '\0'))
		return REFUSE(EXIT_REFUSED, "needs a reason (--reason TEXT)");
	if (code == EXIT_DONE && strlen(reason) > BYPASS_REASON_MAX)
		return REFUSE(EXIT_REFUSED,
		    "the reason is longer than %d bytes", BYPASS_REASON_MAX);
	return code == EXIT_DONE ? group_recordable(c, e) : code;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	const char *what = call_text(call, PARAMETER_COMMAND);
	char object[sizeof(it->name)];
	uint32_t command;
	int code;

	str_copy(object, it->name, sizeof(object));
	it->thing = plant_object(c->plant, object);
	if (it->thing == NONE)
		return REFUSE(EXIT_NO_SUCH, "no object %s", object);
	it->area = c->plant->objects[it->thing].area;
	snprintf(it->name, sizeof(it->name), "%s.%s", object, what);
	command = plant_command(c->plant, it->thing, what);
	code = door_right(c, s, FUNCTION_BYPASS, it->area, e);
	if (code != EXIT_DONE)
		return code;
	if (command == NONE)
		return REFUSE(
		    EXIT_NO_SUCH, "%s has no command %s", object, what);
	it->thing = command;
	if (bypass_of(c, command) != NULL) {
		str_copy(it->old, "bypassed", sizeof(it->old));
		it->audit_old = described(bypass_of(c, command)->interlock,
		    bypass_of(c, command)->until);
	}
	if (!ends(call))
		return may_begin(c, call, command, it, e);
	/* what protects again goes without control, and on a full disk */
	return bypass_of(c, command) != NULL
	    ? EXIT_DONE
	    : REFUSE(EXIT_CHANGED, "is not bypassed");
}

static void
begin(struct core *c, struct session *s, const struct call *call,
    struct group_item *it)
{
	const struct command *k = &c->plant->commands[it->thing];
	struct bypass *b = xcalloc(1, sizeof(*b));
	struct span length;
	char until[WHEN_CAP];
	struct err e;

	length_given(c, call, &length, &e);
	bypass_begin(b, k, length, c->now, c->wall);
	str_copy(b->object, c->plant->objects[k->object].name,
	    sizeof(b->object));
	str_copy(b->user, s->who.user, sizeof(b->user));
	str_copy(b->station, s->who.station, sizeof(b->station));
	str_copy(b->reason, call_text(call, PARAMETER_REASON),
	    sizeof(b->reason));
	snprintf(it->did, sizeof(it->did), "interlock bypassed until %s: %s",
	    when_local(until, b->until), b->reason);
	bypass_ask(c, b);
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	const char *reason = call_text(call, PARAMETER_REASON);

	if (ends(call)) {
		bypass_end(c, it->thing);
		snprintf(it->did, sizeof(it->did), "bypass ended%s%s",
		    reason != NULL ? ": " : "", reason != NULL ? reason : "");
	} else {
		begin(c, s, call, it);
	}
	group_event(c, s, RECORD_COMMAND, it, it->did, command);
}

void
on_BYPASS(struct core *c, struct session *s, struct call *call)
{
	static const struct group_class class = { check, apply,
		PARAMETER_REASON };
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL || call_text(call, PARAMETER_COMMAND) == NULL) {
		answer_end(c, s, call->id, EXIT_USAGE, "bypass %s",
		    verbs[VERB_BYPASS].parameters);
		return;
	}
	group_run(c, s, call, &class, &name, 1);
}

/* What it would say if it were asked. */
static const char *
interlock_now(struct core *c, const struct expr *x, char *room, size_t cap)
{
	struct value v = expr_eval(x, core_operand, c, c->wall);
	uint32_t culprit;

	if (value_is_good(&v))
		return value_true(&v) ? "true" : "false";
	culprit = expr_culprit(x, core_operand, c, c->wall);
	snprintf(room, cap, "%s is %s",
	    culprit != NONE ? c->plant->tags[culprit].name : "it",
	    quality_name((enum quality)v.quality));
	return room;
}

static bool
next_bypass(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct bypass_run *r;
	const struct command *k;
	const struct object *o;

	do {
		if (a->cursor >= c->bypasses.all.n)
			return false;
		r = c->bypasses.all.at[a->cursor++];
		k = &c->plant->commands[r->command];
		o = &c->plant->objects[k->object];
	} while (!session_may(c, s, FUNCTION_VIEW, o->area));
	snprintf(a->room, sizeof(a->room), "%s.%s", o->name, k->name);
	cells[0] = cell_text(a->room);
	cells[1] = cell_text(text_in(&k->title, s->language));
	cells[2] = cell_text(expr_text(k->interlock));
	cells[3] = cell_text(interlock_now(c, k->interlock,
	    a->room + PLANT_NAME_MAX * 2, sizeof(a->room) - PLANT_NAME_MAX * 2));
	cells[4] = cell_text(c->plant->areas[o->area].name);
	cells[5] = cell_text(r->bypass.user);
	cells[6] = cell_text(r->bypass.station);
	cells[7] = cell_time(r->bypass.since);
	cells[8] = cell_time(bypass_until(&r->bypass, c->now, c->wall));
	cells[9] = cell_text(r->bypass.reason);
	return true;
}

void
on_BYPASS_LIST(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_bypass);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
