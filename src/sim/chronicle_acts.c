/* SPDX-License-Identifier: ISC */
/* Commands and setpoints: a request, the one result (P2), what came of it. */
#include <math.h>
#include <stdio.h>

#include "model/state.h"
#include "sim/chronicle_inside.h"

static struct record_event
event_of(const struct chronicle *h, const char *user, uint32_t area)
{
	return (struct record_event){ .time = h->wall,
		.mono_ms = h->now.us / 1000,
		.kind = RECORD_COMMAND,
		.area = h->plant->areas[area].name,
		.user = user,
		.station = CHRONICLE_PLACE,
		.flags = VALUE_SIMULATED };
}

static bool
is_achieved(const struct chronicle *h, const struct command *k)
{
	const struct value *v = h->value(h->values, k->feedback);

	return value_is_good(v) &&
	    fabs(value_number(v) - k->expect) <=
	    1e-6 * fmax(1, fabs(k->expect));
}

static void
write_end(struct chronicle *h, const struct given *g, const char *text,
    const char *result)
{
	const struct command *k = &h->plant->commands[g->command];
	const struct object *o = &h->plant->objects[k->object];
	struct record_event ev = event_of(h, g->user, o->area);
	char name[PLANT_NAME_MAX + 1];

	snprintf(name, sizeof(name), "%s.%s", o->name, k->name);
	ev.name = name;
	ev.text = text;
	ev.new = text_in(&k->title, 0);
	ev.result = result;
	ev.command = g->id;
	record_event(chronicle_batch(h), &ev);
}

void
chronicle_settle_given(struct chronicle *h)
{
	const struct command *k;
	const struct given *g;
	uint32_t alarm;
	bool there;
	size_t i;

	for (i = h->given.n; i-- > 0;) {
		g = &h->given.at[i];
		k = &h->plant->commands[g->command];
		there = is_achieved(h, k);
		if (!there && mono_before(h->now, g->until))
			continue;
		write_end(h, g, there ? "achieved" : "not achieved",
		    there ? "done" : "mismatch: not achieved");
		alarm = h->plant->objects[k->object].disagree;
		if (alarm != NONE)
			chronicle_set_alarm(h, alarm, !there);
		h->given.at[i] = h->given.at[--h->given.n];
	}
}

void
chronicle_do(struct chronicle *h, const char *user, uint32_t command)
{
	const struct command *k = &h->plant->commands[command];
	const struct object *o = &h->plant->objects[k->object];
	const struct state *was = state_of(o, h->value, h->values, h->wall);
	struct record_audit row = chronicle_audit(h, user);
	struct record_event ev = event_of(h, user, o->area);
	char name[PLANT_NAME_MAX + 1];

	snprintf(name, sizeof(name), "%s.%s", o->name, k->name);
	row.verb = "do";
	row.name = ev.name = name;
	row.old = ev.old = was != NULL ? was->name : "?";
	row.new = ev.new = ev.text = text_in(&k->title, 0);
	ev.command = record_audit_request(chronicle_batch(h), &row);
	row.result = ev.result = "done";
	record_audit_result(chronicle_batch(h), ev.command, &row);
	record_event(chronicle_batch(h), &ev);
	if (k->feedback != NONE && k->within.ms > 0)
		vec_push(&h->given,
		    ((struct given){ command, ev.command, user,
			mono_add(h->now, k->within) }));
}

void
chronicle_set(struct chronicle *h, const char *user, uint32_t tag,
    const char *text, const char *reason)
{
	const struct tag *t = &h->plant->tags[tag];
	struct record_audit row = chronicle_audit(h, user);
	struct record_event ev = event_of(h, user, t->area);
	char old[VALUE_CAP];

	value_show(old, h->value(h->values, tag), t->decimals);
	row.verb = "set";
	row.name = ev.name = t->name;
	row.old = ev.old = old;
	row.new = ev.new = text;
	row.reason = ev.text = reason;
	ev.command = record_audit_request(chronicle_batch(h), &row);
	row.result = ev.result = "done";
	record_audit_result(chronicle_batch(h), ev.command, &row);
	record_event(chronicle_batch(h), &ev);
	h->ours = tag;
}
