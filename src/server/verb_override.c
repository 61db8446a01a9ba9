/* SPDX-License-Identifier: ISC */
/* override TAG VALUE, override TAG --end, override list (P18). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/scale.h"
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

static int
end_of(const struct core *c, const struct call *call, struct wall *until,
    struct err *e)
{
	struct span length;
	int code = length_given(c, call, &length, e);

	if (code != EXIT_DONE)
		return code;
	*until = wall_add(c->wall, length);
	if (length.ms > OVERRIDE_MOST_MS)
		return REFUSE(EXIT_REFUSED, "at most for 30 d");
	return EXIT_DONE;
}

/* The value that is to be shown; text: room for a text. */
static int
value_given(const struct core *c, const struct tag *t, const char *typed,
    struct value *v, char text[VALUE_TEXT_MAX + 1], struct err *e)
{
	double n = 0;

	if (t->type == VALUE_TEXT && strlen(typed) > VALUE_TEXT_MAX)
		return REFUSE(EXIT_REFUSED, "longer than %d bytes",
		    VALUE_TEXT_MAX);
	str_copy(text, t->type == VALUE_TEXT ? typed : "",
	    VALUE_TEXT_MAX + 1);
	if (t->type != VALUE_TEXT &&
	    number_parse(&n, typed, t->decimals, t->texts, t->n_texts,
		t->type == VALUE_BOOL, e) < 0)
		return EXIT_USAGE;
	if (t->has_range && t->type != VALUE_TEXT && (n < t->min || n > t->max))
		return REFUSE(EXIT_REFUSED, "outside the range %g .. %g",
		    t->min, t->max);
	if (t->type == VALUE_UINT && n < 0)
		return REFUSE(EXIT_REFUSED, "it is never negative");
	*v = value_make((enum value_type)t->type, n, text, c->wall);
	v->quality = QUALITY_UNCERTAIN;
	v->flags = VALUE_OVERRIDE;
	return EXIT_DONE;
}

static int
may_begin(const struct core *c, const struct call *call,
    const struct tag *t, struct group_item *it, struct err *e)
{
	const char *typed = call_text(call, PARAMETER_VALUE);
	const char *reason = call_text(call, PARAMETER_REASON);
	char text[VALUE_TEXT_MAX + 1], room[VALUE_CAP];
	struct wall until;
	struct value v;
	int code;

	if (typed == NULL)
		return REFUSE(EXIT_USAGE, "override TAG VALUE, or --end");
	str_copy(it->new, typed, sizeof(it->new));
	if (t->write != NULL)
		return REFUSE(EXIT_REFUSED,
		    "it is written by people: give it a setpoint");
	code = value_given(c, t, typed, &v, text, e);
	if (code != EXIT_DONE)
		return code;
	str_copy(it->new, value_show(room, &v, t->decimals),
	    sizeof(it->new));
	code = end_of(c, call, &until, e);
	if (code == EXIT_DONE && (reason == NULL || *reason == '\0'))
		return REFUSE(EXIT_REFUSED, "needs a reason (--reason TEXT)");
	if (code == EXIT_DONE && strlen(reason) > OVERRIDE_REASON_MAX)
		return REFUSE(EXIT_REFUSED,
		    "the reason is longer than %d bytes", OVERRIDE_REASON_MAX);
	return code;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	char room[VALUE_CAP];
	const struct tag *t;
	int code;

	it->thing = plant_tag(c->plant, it->name);
	/* one that waits for its tag can be ended all the same */
	if (it->thing == NONE &&
	    (!ends(call) || overrides_find(c, it->name) == NULL))
		return REFUSE(EXIT_NO_SUCH, "no tag %s", it->name);
	t = it->thing != NONE ? &c->plant->tags[it->thing] : NULL;
	it->area = t != NULL ? t->area : 0;
	if (t != NULL)
		str_copy(it->old,
		    value_show(room, &c->live.tags[it->thing].value,
			t->decimals),
		    sizeof(it->old));
	code = door_right(c, s, FUNCTION_OVERRIDE, it->area, e);
	if (code == EXIT_DONE)
		code = group_recordable(c, e);
	if (code != EXIT_DONE)
		return code;
	if (!ends(call))
		return may_begin(c, call, t, it, e);
	if (overrides_find(c, it->name) == NULL)
		return REFUSE(EXIT_CHANGED, "is not overridden");
	if (t != NULL)
		str_copy(it->new,
		    value_show(room, live_real(c, it->thing), t->decimals),
		    sizeof(it->new));
	return EXIT_DONE;
}

static void
begun(struct core *c, void *arg, uint64_t number)
{
	(void)number;
	overrides_take(c, arg);
}

static void
ended(struct core *c, void *arg, uint64_t number)
{
	struct override *o = arg;

	(void)number;
	overrides_end(c, o->tag);
	free(o);
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	const char *reason = call_text(call, PARAMETER_REASON);
	struct override *o = xcalloc(1, sizeof(*o));
	char until[WHEN_CAP];
	struct err e;

	str_copy(o->tag, it->name, sizeof(o->tag));
	if (ends(call)) {
		snprintf(it->did, sizeof(it->did), "override ended%s%s",
		    reason != NULL ? ": " : "", reason != NULL ? reason : "");
		record_remove_override(commit_batch(c), o->tag);
		commit_then(c, ended, o);
		group_event(c, s, RECORD_COMMAND, it, it->did, command);
		return;
	}
	value_given(c, &c->plant->tags[it->thing],
	    call_text(call, PARAMETER_VALUE), &o->value, o->text, &e);
	end_of(c, call, &o->until, &e);
	str_copy(o->user, s->who.user, sizeof(o->user));
	str_copy(o->station, s->who.station, sizeof(o->station));
	str_copy(o->reason, reason, sizeof(o->reason));
	snprintf(it->did, sizeof(it->did), "overridden with %s until %s: %s",
	    it->new, when_local(until, o->until), reason);
	override_record(c, o, o->tag);
	commit_then(c, begun, o);
	group_event(c, s, RECORD_COMMAND, it, it->did, command);
}

void
on_OVERRIDE(struct core *c, struct session *s, struct call *call)
{
	static const struct group_class class = { check, apply,
		PARAMETER_REASON };
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL) {
		answer_end(c, s, call->id, EXIT_USAGE, "override %s",
		    verbs[VERB_OVERRIDE].parameters);
		return;
	}
	group_run(c, s, call, &class, &name, 1);
}

static bool
may_see(const struct core *c, const struct session *s,
    const struct override *o)
{
	return session_may(c, s, FUNCTION_VIEW,
	    o->slot != NONE ? c->plant->tags[o->slot].area : 0);
}

static bool
next_override(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct override *o;
	const struct value *real;
	const struct tag *t;
	unsigned i;

	do {
		if (a->cursor >= c->overrides.all.n)
			return false;
		o = c->overrides.all.at[a->cursor++];
	} while (!may_see(c, s, o));
	for (i = 0; i < 12; i++)
		cells[i] = cell_null();
	cells[0] = cell_text(o->tag);
	cells[1] = cell_value(&o->value, CELL_SHORTEST);
	cells[7] = cell_text(o->user);
	cells[8] = cell_text(o->station);
	cells[9] = cell_time(o->value.time);
	cells[10] = cell_time(o->until);
	cells[11] = cell_text(o->reason);
	if (o->slot == NONE)
		return true;
	t = &c->plant->tags[o->slot];
	real = live_real(c, o->slot);
	cells[1] = cell_value(&o->value, t->decimals);
	cells[2] = cell_value(real, t->decimals);
	cells[3] = cell_text(t->unit);
	cells[4] = cell_text(quality_name((enum quality)real->quality));
	cells[5] = cell_text(cause_name((enum cause)real->cause));
	cells[6] = cell_text(c->plant->areas[t->area].name);
	return true;
}

void
on_OVERRIDE_LIST(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_override);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
