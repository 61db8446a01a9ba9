/* SPDX-License-Identifier: ISC */
/*
 * shelve, suppress, oos and their opposites: the inhibit part of P8. No
 * inhibit acknowledges, and none is without a reason; a shelving has an end,
 * the others may.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/group.h"
#include "server/requests.h"

static enum inhibit
which_of(enum verb v)
{
	return v == VERB_SHELVE || v == VERB_UNSHELVE ? INHIBIT_SHELVED
	    : v == VERB_OOS			      ? INHIBIT_OUT_OF_SERVICE
						      : INHIBIT_SUPPRESSED;
}

static bool
begins(const struct call *call)
{
	const char *state = call_text(call, PARAMETER_STATE);

	return call->verb == VERB_SHELVE || call->verb == VERB_SUPPRESS ||
	    (call->verb == VERB_OOS && state != NULL &&
		strcmp(state, "on") == 0);
}

static const char *
reason_of(const struct call *call)
{
	const char *reason = call_text(call, PARAMETER_REASON);

	return reason != NULL ? reason : "";
}

/* The length that is asked for; 0: no end. */
static int
length_of(const struct call *call, struct span *length, struct err *e)
{
	const char *given = call_text(call, PARAMETER_FOR);

	*length = (struct span){ 0 };
	if (given == NULL)
		return EXIT_DONE;
	if (span_parse(length, given, e) < 0)
		return EXIT_USAGE;
	if (length->ms <= 0)
		return REFUSE(EXIT_USAGE, "--for %s is no time", given);
	return EXIT_DONE;
}

/* May it begin? */
static int
may_begin(const struct call *call, const struct alarm *a,
    const struct alarm_class *k, struct err *e)
{
	size_t len = strlen(reason_of(call));
	struct span length;
	int code = length_of(call, &length, e);

	if (code != EXIT_DONE)
		return code;
	if (len == 0)
		return REFUSE(EXIT_REFUSED, "needs a reason (--reason TEXT)");
	if (len > ALARM_REASON_MAX)
		return REFUSE(EXIT_REFUSED,
		    "the reason is longer than %d bytes", ALARM_REASON_MAX);
	return alarm_can_inhibit(a, k, which_of(call->verb), length, e) < 0
	    ? EXIT_REFUSED
	    : EXIT_DONE;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	const enum inhibit which = which_of(call->verb);
	const struct alarm_def *d;
	const struct alarm *a;
	int code;

	it->thing = plant_alarm(c->plant, it->name);
	if (begins(call))
		str_copy(it->new, alarm_inhibit_name(which), sizeof(it->new));
	if (it->thing == NONE)
		return REFUSE(EXIT_NO_SUCH, "no alarm %s", it->name);
	d = &c->plant->alarms[it->thing];
	a = &c->alarms.at[it->thing].alarm;
	it->area = d->area;
	alarm_inhibit_print(it->old, a);
	code = door_right(c, s, verbs[call->verb].function, d->area, e);
	if (code == EXIT_DONE)
		code = group_recordable(c, e);
	if (code != EXIT_DONE)
		return code;
	if (begins(call))
		return may_begin(call, a, &c->plant->classes[d->class], e);
	if (which == INHIBIT_SUPPRESSED && alarm_is_suppressed_by_design(a))
		return REFUSE(EXIT_REFUSED, "suppressed by design: %s",
		    alarm_inhibition(a, which)->reason);
	if (alarm_inhibition(a, which) == NULL)
		return REFUSE(
		    EXIT_CHANGED, "is not %s", alarm_inhibit_name(which));
	return EXIT_DONE;
}

/* "shelved for 2 h: pump is being greased" */
static void
describe(const struct call *call, char *dst, size_t cap)
{
	const char *what = alarm_inhibit_name(which_of(call->verb));
	const char *reason = reason_of(call);
	char time[WHEN_CAP];
	struct span length;
	struct err e;

	length_of(call, &length, &e);
	if (!begins(call))
		snprintf(dst, cap, "no longer %s%s%s", what,
		    *reason != '\0' ? ": " : "", reason);
	else if (length.ms == 0)
		snprintf(dst, cap, "%s: %s", what, reason);
	else
		snprintf(dst, cap, "%s for %s: %s", what,
		    span_print(time, length), reason);
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	const struct alarm_def *d = &c->plant->alarms[it->thing];
	const struct alarm_class *k = &c->plant->classes[d->class];
	struct alarm *a = &c->alarms.at[it->thing].alarm;
	const enum inhibit which = which_of(call->verb);
	struct wall until = { 0 };
	struct alarm_change ch;
	struct span length;
	struct err e;

	length_of(call, &length, &e);
	if (length.ms > 0)
		until = wall_add(c->wall, length);
	ch = begins(call) ? alarm_inhibit(a, k, which, s->who.user,
				reason_of(call), until, c->wall)
			  : alarm_free(a, k, which, c->wall);
	describe(call, it->did, sizeof(it->did));
	alarms_by_person(c, it->thing, &ch, s->who.user, s->who.station,
	    it->did, command);
	alarm_inhibit_print(it->new, a);
}

static const struct group_class inhibit = { check, apply, PARAMETER_REASON };

void
on_SHELVE(struct core *c, struct session *s, struct call *call)
{
	group_run_named(c, s, call, &inhibit);
}

void
on_UNSHELVE(struct core *c, struct session *s, struct call *call)
{
	group_run_named(c, s, call, &inhibit);
}

void
on_SUPPRESS(struct core *c, struct session *s, struct call *call)
{
	group_run_named(c, s, call, &inhibit);
}

void
on_UNSUPPRESS(struct core *c, struct session *s, struct call *call)
{
	group_run_named(c, s, call, &inhibit);
}

/* The alarms of an object: all, or those that are out of service now. */
static void
of_object(struct core *c, struct session *s, struct call *call,
    uint32_t object)
{
	const struct plant *p = c->plant;
	const char **names = xcalloc(p->n_alarms, sizeof(*names));
	unsigned n = 0;
	uint32_t i;

	for (i = 0; i < p->n_alarms; i++)
		if (p->alarms[i].object == object &&
		    (begins(call) ||
			alarm_inhibition(&c->alarms.at[i].alarm,
			    INHIBIT_OUT_OF_SERVICE) != NULL))
			names[n++] = p->alarms[i].name;
	if (n > 0)
		group_run(c, s, call, &inhibit, names, n);
	else
		request_refuse(c, s, call, EXIT_CHANGED,
		    p->objects[object].name, "%s",
		    begins(call) ? "it has no alarms"
				 : "none of its alarms is out of service");
	free(names);
}

void
on_OOS(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);
	const char *state = call_text(call, PARAMETER_STATE);
	uint32_t object;

	if (name == NULL || state == NULL ||
	    (strcmp(state, "on") != 0 && strcmp(state, "off") != 0)) {
		answer_end(c, s, call->id, EXIT_USAGE, "oos %s",
		    verbs[VERB_OOS].parameters);
		return;
	}
	object = plant_object(c->plant, name);
	if (object != NONE)
		of_object(c, s, call, object);
	else
		group_run_named(c, s, call, &inhibit);
}
