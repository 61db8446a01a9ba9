/* SPDX-License-Identifier: ISC */
#include "sim/chronicle_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

#define ANSWER_S 40		/* until somebody has read an alarm .. */
#define ANSWER_MORE_S 260	/* .. at the least, and so much more */
#define FLUSH_EVENTS 2000

bool
chronicle_reads(const struct chronicle *h, uint32_t tag)
{
	const struct tag *t = &h->plant->tags[tag];
	const struct dependent *d;
	uint32_t n, i;

	if (t->event || t->write != NULL || t->n_alarms > 0)
		return true;
	d = dependents_of(&h->dependents, tag, &n);
	for (i = 0; i < n; i++)
		if (d[i].alarm)
			return true;
	return false;
}

/* --- who is there, and when they answer --- */

static const char *
on_duty(const struct chronicle *h)
{
	time_t s = (time_t)(h->wall.ms / 1000);
	struct tm tm;

	localtime_r(&s, &tm);
	return tm.tm_hour >= 6 && tm.tm_hour < 18 ? "olga" : "sven";
}

static void
plan_answer(struct chronicle *h, struct told *t)
{
	const struct alarm *a = &t->alarm;
	struct span s = { 1000 * (ANSWER_S +
	    (int64_t)(ANSWER_MORE_S * rng_unit(&h->rng))) };

	t->answer = (alarm_waits(a) || a->state == ALARM_LATCHED) &&
		!alarm_is_inhibited(a)
	    ? mono_add(h->now, s)
	    : MONO_NEVER;
	h->next = mono_first(h->next, t->answer);
}

/* --- rows --- */

struct record_batch *
chronicle_batch(struct chronicle *h)
{
	h->events++;
	return record_import_batch(h->record);
}

static void
write_step(struct chronicle *h, uint32_t alarm,
    const struct alarm_change *change, const char *why, const char *user,
    uint64_t command)
{
	const struct alarm_def *d = &h->plant->alarms[alarm];
	struct journal_step s = { .def = d,
		.area = h->plant->areas[d->area].name,
		.alarm = &h->alarms[alarm].alarm,
		.change = change,
		.why = why,
		.user = user,
		.station = user != NULL ? CHRONICLE_PLACE : NULL,
		.command = command,
		.time = h->wall,
		.mono_ms = h->now.us / 1000,
		.flags = VALUE_SIMULATED };

	journal_step(chronicle_batch(h), &s);
}

struct record_audit
chronicle_audit(const struct chronicle *h, const char *user)
{
	return (struct record_audit){ .time = h->wall,
		.mono_ms = h->now.us / 1000,
		.user = user,
		.station = CHRONICLE_PLACE,
		.from = CHRONICLE_PLACE };
}

/* --- alarms --- */

struct looking {
	struct chronicle *h;
	uint32_t alarm;
};

static void
took(void *arg, const struct alarm_change *change, const char *why)
{
	const struct looking *k = arg;

	if (change->persist)
		write_step(k->h, k->alarm, change, why, NULL, 0);
	if (change->event != ALARM_EVENT_HELD)
		plan_answer(k->h, &k->h->alarms[k->alarm]);
}

static const struct alarm_class *
class_of(const struct chronicle *h, uint32_t alarm)
{
	return &h->plant->classes[h->plant->alarms[alarm].class];
}

static struct alarm_look
look_of(struct looking *k)
{
	struct chronicle *h = k->h;

	return (struct alarm_look){ .plant = h->plant,
		.def = &h->plant->alarms[k->alarm],
		.class = class_of(h, k->alarm),
		.operand = h->value,
		.values = h->values,
		.now = h->now,
		.wall = h->wall,
		.took = took,
		.arg = k };
}

static void
plan(struct chronicle *h, uint32_t alarm)
{
	struct told *t = &h->alarms[alarm];

	t->due = alarm_due(
	    &t->alarm, &h->plant->alarms[alarm], h->now, h->wall);
	h->next = mono_first(h->next, t->due);
}

static void
look(struct chronicle *h, uint32_t alarm)
{
	struct looking k = { h, alarm };
	struct alarm_look l = look_of(&k);

	h->alarms[alarm].looked = false;
	alarm_look(&h->alarms[alarm].alarm, &l);
	plan(h, alarm);
}

static void
wake(struct chronicle *h, uint32_t alarm)
{
	struct looking k = { h, alarm };
	struct alarm_look l = look_of(&k);

	alarm_wake(&h->alarms[alarm].alarm, &l);
	plan(h, alarm);
}

void
chronicle_set_alarm(struct chronicle *h, uint32_t alarm, bool active)
{
	struct looking k = { h, alarm };
	struct alarm_change change = alarm_set(&h->alarms[alarm].alarm,
	    &h->plant->alarms[alarm], class_of(h, alarm), active, h->now,
	    h->wall);
	char room[ALARM_WHY_CAP];

	if (change.event != ALARM_EVENT_NONE)
		took(&k, &change, alarm_why(room, &change));
	plan(h, alarm);
}

/* Somebody acknowledges it, or resets what is latched: a request, the step,
 * the one result (P2). */
static void
answer(struct chronicle *h, uint32_t alarm)
{
	struct told *t = &h->alarms[alarm];
	const struct alarm_class *k = class_of(h, alarm);
	const bool reset = t->alarm.state == ALARM_LATCHED;
	struct record_audit row = chronicle_audit(h, on_duty(h));
	struct alarm_change change;
	char name[PLANT_NAME_MAX + 16];
	struct err ignored;
	uint64_t command;

	t->answer = MONO_NEVER;
	if (alarm_is_inhibited(&t->alarm) ||
	    (reset ? alarm_can_reset(&t->alarm, k, &ignored)
		   : alarm_can_ack(&t->alarm, k, t->alarm.occurrence,
			 &ignored)) < 0)
		return;
	snprintf(name, sizeof(name), "%s#%u", h->plant->alarms[alarm].name,
	    t->alarm.occurrence);
	row.verb = reset ? "reset" : "ack";
	row.name = name;
	row.old = alarm_state_name((enum alarm_state)t->alarm.state);
	row.reason = k->comment ? "looked at" : NULL;
	command = record_audit_request(chronicle_batch(h), &row);
	change = reset ? alarm_reset(&t->alarm, k, h->wall)
		       : alarm_ack(&t->alarm, k, row.user, h->wall);
	write_step(h, alarm, &change, row.reason, row.user, command);
	row.new = alarm_state_name((enum alarm_state)t->alarm.state);
	row.result = "done";
	record_audit_result(chronicle_batch(h), command, &row);
	plan_answer(h, t);
	plan(h, alarm);
}

/* What comes first of all that is due; MONO_NEVER: nothing. */
static struct mono
first_due(const struct chronicle *h)
{
	struct mono first = MONO_NEVER;
	uint32_t i;

	for (i = 0; i < h->plant->n_alarms; i++)
		first = mono_first(first,
		    mono_first(h->alarms[i].due, h->alarms[i].answer));
	return first;
}

static void
run_due(struct chronicle *h)
{
	uint32_t i;

	for (i = 0; i < h->plant->n_alarms; i++) {
		if (!mono_before(h->now, h->alarms[i].due))
			wake(h, i);
		if (!mono_before(h->now, h->alarms[i].answer))
			answer(h, i);
	}
}

void
chronicle_time(struct chronicle *h, struct mono now, struct wall wall)
{
	const int64_t began = wall.ms - now.us / 1000;

	/* an acknowledgement may be due at once: each moment until it is over */
	while (!mono_before(now, h->next)) {
		if (mono_before(h->now, h->next))
			h->now = h->next;
		h->wall.ms = began + h->now.us / 1000;
		h->next = MONO_NEVER;
		run_due(h);
		h->next = first_due(h);
	}
	h->now = now;
	h->wall = wall;
}

static void
queue(struct chronicle *h, uint32_t alarm)
{
	if (!h->alarms[alarm].looked)
		h->queue[h->n_queue++] = alarm;
	h->alarms[alarm].looked = true;
}

void
chronicle_changed(
    struct chronicle *h, uint32_t tag, const struct value *was)
{
	const struct tag *t = &h->plant->tags[tag];
	const struct value *is = h->value(h->values, tag);
	struct change_look l = { .was = was,
		.is = is,
		.ours = tag == h->ours,
		.value = h->value,
		.arg = h->values,
		.wall = h->wall };
	struct journal_change row = { .tag = t,
		.area = h->plant->areas[t->area].name,
		.change = change_of(t, &l),
		.was = was,
		.is = is,
		.time = h->wall,
		.mono_ms = h->now.us / 1000,
		.flags = VALUE_SIMULATED };
	const struct dependent *d;
	uint32_t i, n;

	if (row.change != CHANGE_NONE)
		journal_change(chronicle_batch(h), &row);
	if (tag == h->ours)
		h->ours = NONE;
	for (i = 0; i < t->n_alarms; i++)
		queue(h, h->plant->of_tag[t->alarms + i]);
	d = dependents_of(&h->dependents, tag, &n);
	for (i = 0; i < n; i++)
		if (d[i].alarm)
			queue(h, d[i].slot);
}

void
chronicle_keep(struct chronicle *h, uint32_t tag, const struct value *v)
{
	record_put_value(chronicle_batch(h), h->plant->tags[tag].name, v);
}

/* --- its life --- */

struct chronicle *
chronicle_open(const char *state, const struct plant *plant,
    expr_value_fn *value, void *values, struct err *e)
{
	struct record_import *record = record_import_begin(state, e);
	struct chronicle *h;
	uint32_t i;

	if (record == NULL)
		return NULL;
	h = xcalloc(1, sizeof(*h));
	h->plant = plant;
	h->value = value;
	h->values = values;
	h->record = record;
	h->next = MONO_NEVER;
	h->ours = NONE;
	h->alarms = xcalloc(plant->n_alarms, sizeof(*h->alarms));
	h->queue = xcalloc(plant->n_alarms, sizeof(*h->queue));
	for (i = 0; i < plant->n_alarms; i++)
		h->alarms[i] = (struct told){ .alarm = alarm_new(),
			.due = MONO_NEVER,
			.answer = MONO_NEVER };
	rng_seed(&h->rng, 0x5157);
	dependents_init(&h->dependents, plant);
	return h;
}

int
chronicle_settle(struct chronicle *h, struct err *e)
{
	uint32_t i;

	chronicle_settle_given(h);
	for (i = 0; i < h->n_queue; i++)
		look(h, h->queue[i]);
	h->n_queue = 0;
	if (h->events < FLUSH_EVENTS)
		return 0;
	h->events = 0;
	return record_import_flush(h->record, e);
}

static void
release(struct chronicle *h)
{
	uint32_t i;

	for (i = 0; i < h->plant->n_alarms; i++)
		alarm_fini(&h->alarms[i].alarm);
	vec_free(&h->given);
	free(h->alarms);
	free(h->queue);
	dependents_fini(&h->dependents);
	free(h);
}

int
chronicle_end(struct chronicle *h, struct err *e)
{
	int rc = record_import_end(h->record, e);

	release(h);
	return rc;
}

void
chronicle_drop(struct chronicle *h)
{
	if (h == NULL)
		return;
	record_import_drop(h->record);
	release(h);
}
