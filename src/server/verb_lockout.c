/* SPDX-License-Identifier: ISC */
/* lockout OBJECT, lockout OBJECT --end, lockout list (P25). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/group.h"
#include "server/requests.h"

static bool
ends(const struct call *call)
{
	return call_text(call, PARAMETER_END) != NULL;
}

/* Whose tag is meant: one's own, unless another one is named. */
static const char *
whose(const struct call *call, const struct session *s)
{
	const char *of = call_text(call, PARAMETER_OF);

	return of != NULL ? of : s->who.user;
}

static int
may_begin(const struct call *call, struct err *e)
{
	const char *reason = call_text(call, PARAMETER_REASON);
	const char *ticket = call_text(call, PARAMETER_TICKET);

	if (reason == NULL || *reason == '\0')
		return REFUSE(EXIT_REFUSED, "needs a reason (--reason TEXT)");
	if (strlen(reason) > LOCKOUT_REASON_MAX ||
	    (ticket != NULL && strlen(ticket) > 64))
		return REFUSE(EXIT_REFUSED, "reason or ticket is too long");
	if (call_text(call, PARAMETER_OF) != NULL)
		return REFUSE(EXIT_REFUSED, "a tag is hung in one's own name");
	return EXIT_DONE;
}

static int
may_end(const struct core *c, const struct session *s,
    const struct call *call, const char *object, struct err *e)
{
	const struct lockout *other;

	if (lockout_find(c, object, whose(call, s)) != NULL)
		return EXIT_DONE;
	other = lockout_find(c, object, NULL);
	if (other == NULL)
		return REFUSE(EXIT_CHANGED, "is not locked out");
	return REFUSE(EXIT_REFUSED, "the tag is %s's (--of %s takes it away)",
	    other->user, other->user);
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	int code;

	it->thing = plant_object(c->plant, it->name);
	/* a tag on what the project has no more can be taken away */
	if (it->thing == NONE &&
	    (!ends(call) || lockout_find(c, it->name, NULL) == NULL))
		return REFUSE(EXIT_NO_SUCH, "no object %s", it->name);
	it->area = it->thing != NONE ? c->plant->objects[it->thing].area : 0;
	if (lockout_find(c, it->name, NULL) != NULL)
		str_copy(it->old, "locked out", sizeof(it->old));
	if (!ends(call))
		str_copy(it->new, "locked out", sizeof(it->new));
	code = door_right(c, s, FUNCTION_LOCKOUT, it->area, e);
	if (code == EXIT_DONE)
		code = group_recordable(c, e);
	if (code != EXIT_DONE)
		return code;
	return ends(call) ? may_end(c, s, call, it->name, e)
			  : may_begin(call, e);
}

static void
begin(struct core *c, struct session *s, const struct call *call,
    struct group_item *it)
{
	const char *ticket = call_text(call, PARAMETER_TICKET);
	struct lockout l = { .since = c->wall };
	struct err e;

	str_copy(l.object, it->name, sizeof(l.object));
	str_copy(l.user, s->who.user, sizeof(l.user));
	str_copy(l.station, s->who.station, sizeof(l.station));
	str_copy(l.reason, call_text(call, PARAMETER_REASON),
	    sizeof(l.reason));
	str_copy(l.ticket, ticket != NULL ? ticket : "", sizeof(l.ticket));
	lockout_record(c, &l, l.object);
	lockout_add(c, &l);
	lockout_refuses(c, it->thing, &e);
	commands_discard(c, it->thing, e.text);
	snprintf(it->did, sizeof(it->did), "locked out: %s%s%s%s", l.reason,
	    *l.ticket != '\0' ? " (ticket " : "", l.ticket,
	    *l.ticket != '\0' ? ")" : "");
}

static void
ended(struct core *c, void *arg, uint64_t number)
{
	struct lockout *l = arg;
	const struct lockout *now = lockout_find(c, l->object, l->user);

	(void)number;
	/* one that was hung anew meanwhile stays */
	if (now != NULL && now->since.ms == l->since.ms)
		lockout_end(c, l->object, l->user);
	free(l);
}

static void
finish(struct core *c, struct session *s, const struct call *call,
    struct group_item *it)
{
	struct lockout *l = xcalloc(1, sizeof(*l));
	const char *of = whose(call, s);

	*l = *lockout_find(c, it->name, of);
	record_remove_lockout(commit_batch(c), l->object, l->user);
	commit_then(c, ended, l);
	snprintf(it->did, sizeof(it->did), "%s%s tag taken away",
	    strcmp(of, s->who.user) == 0 ? "own" : of,
	    strcmp(of, s->who.user) == 0 ? "" : "'s");
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	if (ends(call))
		finish(c, s, call, it);
	else
		begin(c, s, call, it);
	group_event(c, s, RECORD_COMMAND, it, it->did, command);
}

void
on_LOCKOUT(struct core *c, struct session *s, struct call *call)
{
	static const struct group_class class = { check, apply,
		PARAMETER_REASON };
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL) {
		answer_end(c, s, call->id, EXIT_USAGE, "lockout %s",
		    verbs[VERB_LOCKOUT].parameters);
		return;
	}
	group_run(c, s, call, &class, &name, 1);
}

static bool
next_lockout(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct lockout *l;
	uint32_t object, area;

	do {
		if (a->cursor >= c->lockouts.all.n)
			return false;
		l = c->lockouts.all.at[a->cursor++];
		object = plant_object(c->plant, l->object);
		area = object != NONE ? c->plant->objects[object].area : 0;
	} while (!session_may(c, s, FUNCTION_VIEW, area));
	cells[0] = cell_text(l->object);
	cells[1] = cell_text(
	    object != NONE ? c->plant->areas[area].name : NULL);
	cells[2] = cell_text(l->user);
	cells[3] = cell_text(l->station);
	cells[4] = cell_time(l->since);
	cells[5] = cell_text(l->reason);
	cells[6] = cell_text(l->ticket);
	return true;
}

void
on_LOCKOUT_LIST(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_lockout);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
