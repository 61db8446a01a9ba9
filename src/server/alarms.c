/* SPDX-License-Identifier: ISC */
#include "server/alarms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "model/expr.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/swap.h"
#include "store/load.h"

const struct alarm_def *
alarms_def(const struct core *c, uint32_t alarm)
{
	const struct alarm_def *tuned = alarm < c->tunables.n
	    ? c->tunables.alarms[alarm]
	    : NULL;

	return tuned != NULL ? tuned : &c->plant->alarms[alarm];
}

static const struct alarm_class *
class_of(const struct core *c, uint32_t alarm)
{
	return &c->plant->classes[c->plant->alarms[alarm].class];
}

static void
restore(void *arg, struct record_alarm *row)
{
	struct core *c = arg;
	uint32_t i = plant_alarm(c->plant, row->name);

	if (i == NONE) {	/* the project has it no more */
		alarm_fini(&row->alarm);
		return;
	}
	c->alarms.at[i].alarm = row->alarm;
	if (row->alarm.at.type == VALUE_TEXT)	/* its text ends with the row */
		c->alarms.at[i].alarm.at.as.text = "";
	alarm_restored(&c->alarms.at[i].alarm);
}

bool
alarms_counts(const struct core *c, uint32_t alarm)
{
	const struct alarm_run *r = &c->alarms.at[alarm];

	return alarm_waits(&r->alarm) && !alarm_is_inhibited(&r->alarm) &&
	    !r->folded;
}

/* P27: while HH is active, H stands in its row. */
static bool
is_folded(const struct core *c, uint32_t alarm)
{
	uint32_t by = c->plant->alarms[alarm].folded_by;

	return by != NONE && c->alarms.at[by].alarm.active;
}

static unsigned
bin(const struct core *c, uint32_t alarm)
{
	unsigned p = c->plant->alarms[alarm].priority;

	return p < 1 ? 0 : p > 4 ? 3 : p - 1;
}

static void
plan_timer(struct core *c, uint32_t alarm)
{
	struct alarm_run *r = &c->alarms.at[alarm];
	struct mono due = alarm_due(
	    &r->alarm, alarms_def(c, alarm), c->now, c->wall);

	/* one that comes earlier looks again by itself */
	if (!mono_before(due, r->planned))
		return;
	r->planned = due;
	timers_add(&c->timers, TIMER_ALARM, alarm, due);
}

void
alarms_prepare(struct alarms *a, const struct plant *p)
{
	uint32_t i;

	memset(a, 0, sizeof(*a));
	a->n = p->n_alarms;
	a->at = xcalloc(a->n, sizeof(*a->at));
	a->queue = xcalloc(a->n, sizeof(*a->queue));
	for (i = 0; i < a->n; i++) {
		a->at[i].alarm = alarm_new();
		a->at[i].planned = MONO_NEVER;
	}
}

/* Who is folded and who waits, for all. */
static void
count_all(struct core *c)
{
	struct alarms *a = &c->alarms;
	uint32_t i;

	memset(a->waiting, 0, sizeof(a->waiting));
	for (i = 0; i < a->n; i++) {
		a->at[i].folded = is_folded(c, i);
		if (alarms_counts(c, i))
			a->waiting[bin(c, i)]++;
	}
}

void
alarms_init(struct core *c)
{
	struct alarms *a = &c->alarms;
	struct err e;
	uint32_t i;

	alarms_prepare(a, c->plant);
	if (record_load_alarms(c->record, restore, c, &e) < 0)
		log_error("alarm states: %s", e.text);
	count_all(c);
	for (i = 0; i < a->n; i++)
		plan_timer(c, i);
}

void
alarms_release(struct alarms *a)
{
	uint32_t i;

	for (i = 0; i < a->n; i++)
		alarm_fini(&a->at[i].alarm);
	free(a->at);
	free(a->queue);
	memset(a, 0, sizeof(*a));
}

void
alarms_fini(struct core *c)
{
	alarms_release(&c->alarms);
}

void
alarms_look(struct core *c, uint32_t alarm)
{
	struct alarms *a = &c->alarms;

	if (a->at[alarm].looked)
		return;
	a->at[alarm].looked = true;
	a->queue[a->n_queue++] = alarm;
}

static const char *
note_text(const struct alarm_change *ch, char *room, size_t cap)
{
	char from[WHEN_CAP];

	switch ((enum alarm_note)ch->note) {
	case ALARM_NOTE_AT_START:
		return "found at start";
	case ALARM_NOTE_OUTAGE:
		if (ch->since.ms == 0)
			return "during outage";
		snprintf(room, cap, "during outage, since %s",
		    when_utc(from, ch->since));
		return room;
	case ALARM_NOTE_NONE:
		break;
	}
	return NULL;
}

/* Why it moved, if more is to be said than that it did. */
static const char *
cause_text(const struct core *c, uint32_t alarm,
    const struct alarm_change *ch, char *room, size_t cap)
{
	if (!c->alarms.at[alarm].by_apply)
		return note_text(ch, room, cap);
	snprintf(room, cap, "by apply %s", c->alarms.applied_by);
	return room;
}

/* The row of the journal and the state that belongs to it. */
static void
journal(struct core *c, uint32_t alarm, const struct alarm_change *ch,
    const char *user, const char *station, const char *note,
    uint64_t command)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const struct alarm *a = &c->alarms.at[alarm].alarm;
	char value[VALUE_CAP], room[96], text[RECORD_TEXT_MAX];
	const char *why = note != NULL && *note != '\0' ? note
	    : ch->event == ALARM_EVENT_FREED
	    ? "put aside no longer: its time is over"
	    : cause_text(c, alarm, ch, room, sizeof(room));
	struct record_event ev = {
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = RECORD_ALARM,
		.area = c->plant->areas[d->area].name,
		.name = d->name,
		.text = text,
		.user = user,
		.station = station,
		.old = alarm_state_name(ch->from),
		.new = alarm_state_name(ch->to),
		.occurrence = a->occurrence,
		.priority = d->priority,
		.value = d->of != NONE ? value_print(value, &a->at) : NULL,
		.cause = why,
		.command = command,
	};

	snprintf(text, sizeof(text), why != NULL ? "%s (%s)" : "%s",
	    text_in(&d->title, 0), why);
	record_event(commit_batch(c), &ev);
	record_put_alarm(commit_batch(c), d->name, a);
}

/* What came or went may be the HH of others. */
static void
fold(struct core *c, uint32_t alarm)
{
	const struct plant *p = c->plant;
	const struct alarm_def *d = &p->alarms[alarm];
	struct alarm_run *r;
	uint32_t i, other;
	bool was;

	if (d->of == NONE)
		return;
	for (i = 0; i < p->tags[d->of].n_alarms; i++) {
		other = p->of_tag[p->tags[d->of].alarms + i];
		if (p->alarms[other].folded_by == NONE)
			continue;
		r = &c->alarms.at[other];
		was = alarms_counts(c, other);
		r->folded = is_folded(c, other);
		if (was && !alarms_counts(c, other))
			c->alarms.waiting[bin(c, other)]--;
		if (!was && alarms_counts(c, other))
			c->alarms.waiting[bin(c, other)]++;
		if (r->folded) {
			horn_end(c, other);
			tallies_folded(c, other);
		}
		follow_mark(c, other);
	}
}

/* P28; in its HH's row it has no horn of its own (P27). Return to normal ends
 * none. */
static void
sound(struct core *c, uint32_t alarm, const struct alarm_change *ch)
{
	if (ch->horn && !c->alarms.at[alarm].folded)
		horn_add(c, alarm);
	else if (ch->event == ALARM_EVENT_ACKED ||
	    ch->event == ALARM_EVENT_RESET ||
	    ch->event == ALARM_EVENT_INHIBITED)
		horn_end(c, alarm);
}

/* Is it annunciated as new? Not if it is put aside (P8) or folded (P27). */
static bool
is_new(const struct core *c, uint32_t alarm, const struct alarm_change *ch)
{
	const struct alarm_run *r = &c->alarms.at[alarm];

	if (alarm_is_inhibited(&r->alarm) || r->folded)
		return false;
	return ch->event == ALARM_EVENT_CAME ||
	    ch->event == ALARM_EVENT_REARMED ||
	    (ch->event == ALARM_EVENT_FREED && r->alarm.active);
}

static void
applied(struct core *c, uint32_t alarm, bool counted,
    const struct alarm_change *ch)
{
	const bool counts = alarms_counts(c, alarm);

	if (counted && !counts)
		c->alarms.waiting[bin(c, alarm)]--;
	if (!counted && counts)
		c->alarms.waiting[bin(c, alarm)]++;
	plan_timer(c, alarm);
	if (ch->event == ALARM_EVENT_NONE)
		return;
	sound(c, alarm, ch);
	if (is_new(c, alarm, ch))
		tallies_alarm(c, alarm);
	follow_mark(c, alarm);
	if (ch->event == ALARM_EVENT_CAME || ch->event == ALARM_EVENT_GONE)
		fold(c, alarm);
}

/* One step of the process part. */
static void
process(struct core *c, uint32_t alarm, bool counted, struct alarm_change ch)
{
	if (ch.persist)
		journal(c, alarm, &ch, NULL, NULL, NULL, 0);
	applied(c, alarm, counted, &ch);
}

/* Why a suppression by design ended: it is over, or nobody knows (P14). */
static const char *
lifted_text(
    struct core *c, const struct alarm_def *d, char *room, size_t cap)
{
	uint32_t culprit = d->suppress != NULL
	    ? expr_culprit(d->suppress, core_operand, c)
	    : NONE;

	if (culprit == NONE)
		return "no longer suppressed";
	snprintf(room, cap, "no longer suppressed: %s is not known",
	    c->plant->tags[culprit].name);
	return room;
}

static void
by_design(struct core *c, uint32_t alarm, bool counted, struct alarm_change ch)
{
	char room[ALARM_REASON_MAX + 32];
	const char *note = room;

	if (ch.event == ALARM_EVENT_INHIBITED)
		snprintf(room, sizeof(room), "suppressed: %s",
		    alarm_inhibition(&c->alarms.at[alarm].alarm,
			INHIBIT_SUPPRESSED)->reason);
	else if (ch.event == ALARM_EVENT_FREED)
		note = lifted_text(
		    c, alarms_def(c, alarm), room, sizeof(room));
	if (ch.persist)
		journal(c, alarm, &ch, NULL, NULL, note, 0);
	applied(c, alarm, counted, &ch);
}

/* What the logic of the project says of it now. */
static void
suppress(struct core *c, uint32_t alarm, const struct value *when)
{
	struct alarm_run *r = &c->alarms.at[alarm];
	const bool counted = alarms_counts(c, alarm);

	by_design(c, alarm, counted,
	    alarm_suppress(&r->alarm, alarms_def(c, alarm), class_of(c, alarm),
		when, c->now, c->wall));
}

static void
feed_process(struct core *c, uint32_t alarm)
{
	struct alarm_run *r = &c->alarms.at[alarm];
	const struct alarm_def *d = alarms_def(c, alarm);
	const struct value *v = &c->live.tags[d->of].value;
	struct value limit = value_real(0, c->wall);
	bool counted = alarms_counts(c, alarm);

	if (d->limit != NULL)
		limit = expr_eval(d->limit, core_operand, c, c->wall);
	process(c, alarm, counted,
	    alarm_feed(&r->alarm, d, class_of(c, alarm), v, &limit, c->now,
		c->wall));
	/* the next sample is the process's again, unless a delay still runs */
	if (r->alarm.pending == PENDING_NONE && r->alarm.verified)
		r->by_apply = false;
}

/* A suppression begins before the alarm that it is to keep silent, and ends
 * after the one that has gone with its cause. */
static void
feed(struct core *c, uint32_t alarm)
{
	const struct alarm_def *d = alarms_def(c, alarm);
	struct value when;

	if (d->suppress == NULL) {
		feed_process(c, alarm);
		suppress(c, alarm, NULL);
		return;
	}
	when = expr_eval(d->suppress, core_operand, c, c->wall);
	if (value_is_good(&when) && value_true(&when))
		suppress(c, alarm, &when);
	feed_process(c, alarm);
	suppress(c, alarm, &when);
}

void
alarms_tuned(struct core *c, uint32_t alarm)
{
	c->alarms.at[alarm].alarm.pending = PENDING_NONE;
	alarms_look(c, alarm);
}

void
alarms_settle(struct core *c)
{
	struct alarms *a = &c->alarms;
	uint32_t i;

	for (i = 0; i < a->n_queue; i++) {
		a->at[a->queue[i]].looked = false;
		feed(c, a->queue[i]);
	}
	a->n_queue = 0;
}

void
alarms_due(struct core *c, uint32_t alarm)
{
	const struct alarm_def *d;
	struct alarm_change ch;
	struct alarm_run *r;
	bool counted, designed;

	if (alarm >= c->alarms.n)
		return;		/* a project took it away */
	r = &c->alarms.at[alarm];
	d = alarms_def(c, alarm);
	counted = alarms_counts(c, alarm);
	designed = alarm_is_suppressed_by_design(&r->alarm);
	r->planned = MONO_NEVER;
	if (mono_before(
		c->now, alarm_due(&r->alarm, d, c->now, c->wall))) {
		plan_timer(c, alarm);	/* what it was set for is over */
		return;
	}
	ch = alarm_expire(&r->alarm, d, class_of(c, alarm), c->now, c->wall);
	if (ch.event == ALARM_EVENT_FREED && designed &&
	    !alarm_is_suppressed_by_design(&r->alarm))
		by_design(c, alarm, counted, ch);
	else
		process(c, alarm, counted, ch);
	if (r->alarm.pending == PENDING_NONE)
		r->by_apply = false;
}

void
alarms_system(struct core *c, uint32_t alarm, bool active)
{
	struct alarm_run *r;
	bool counted;

	if (alarm >= c->alarms.n)
		return;
	r = &c->alarms.at[alarm];
	counted = alarms_counts(c, alarm);
	r->by_apply = false;
	process(c, alarm, counted,
	    alarm_set(&r->alarm, &c->plant->alarms[alarm],
		class_of(c, alarm), active, c->now, c->wall));
}

static void
shown(struct core *c, void *arg, uint64_t number)
{
	uint32_t alarm = (uint32_t)(uintptr_t)arg;

	(void)number;
	if (alarm >= c->alarms.n || c->alarms.at[alarm].waits == 0)
		return;
	if (--c->alarms.at[alarm].waits == 0)
		follow_mark(c, alarm);
}

void
alarms_by_person(struct core *c, uint32_t alarm, bool counted,
    const struct alarm_change *ch, const char *user, const char *station,
    const char *note, uint64_t command)
{
	struct alarm_run *r = &c->alarms.at[alarm];

	journal(c, alarm, ch, user, station, note, command);
	r->waits++;
	commit_then(c, shown, (void *)(uintptr_t)alarm);
	applied(c, alarm, counted, ch);
	/* what a person no longer suppresses the project may */
	if (ch->event == ALARM_EVENT_FREED && alarms_def(c, alarm)->suppress)
		alarms_look(c, alarm);
}

/* An alarm that the new project does not have ends here. */
static void
retire(struct core *c, const struct swap *s, uint32_t old)
{
	const struct alarm_def *d = &s->old->alarms[old];
	const struct alarm *a = &c->alarms.at[old].alarm;
	char text[120];

	if (alarm_is_shown(a) || alarm_is_inhibited(a)) {
		snprintf(text, sizeof(text), "retired by apply %s (it was %s)",
		    s->by, alarm_state_name((enum alarm_state)a->state));
		audit_event(c, RECORD_PROJECT, NONE, d->name, text, s->by,
		    s->station, NULL);
	}
	record_remove_alarm(commit_batch(c), d->name);
}

/* Everything of an alarm goes over, but not what was decided by a definition
 * that does not hold any more. */
static void
move(struct core *c, struct swap *s, uint32_t old, uint32_t new)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_ALARM);
	struct alarm_run *r = &s->alarms.at[new];

	alarm_fini(&r->alarm);
	*r = c->alarms.at[old];
	r->looked = false;
	if (!difference_is(slots, new, DIFFERENCE_OF_CONDITION))
		return;
	r->alarm.pending = PENDING_NONE;
	r->by_apply = true;
}

static uint64_t
moved_timer(void *arg, uint64_t slot)
{
	const struct swap *s = arg;

	return slots_to(swap_slots(s, DIFFERENCE_ALARM), (uint32_t)slot);
}

static void *
moved_waiter(void *arg, void *slot)
{
	const struct swap *s = arg;

	return (void *)(uintptr_t)slots_to(
	    swap_slots(s, DIFFERENCE_ALARM), (uint32_t)(uintptr_t)slot);
}

/* Those that were to be looked at, and those that mean something else. */
static void
look_again(struct core *c, const struct swap *s, const struct alarms *old)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_ALARM);
	uint32_t i, new;

	for (i = 0; i < old->n_queue; i++) {
		new = slots_to(slots, old->queue[i]);
		if (new != NONE)
			alarms_look(c, new);
	}
	for (i = 0; i < c->alarms.n; i++) {
		if (slots->from[i] == NONE)
			c->alarms.at[i].by_apply = true;
		if (c->plant->alarms[i].of != NONE && c->alarms.at[i].by_apply)
			alarms_look(c, i);
	}
}

void
alarms_swap(struct core *c, struct swap *s)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_ALARM);
	struct alarms old = c->alarms;
	uint32_t i;

	for (i = 0; i < old.n; i++) {
		if (slots->to[i] != NONE)
			move(c, s, i, slots->to[i]);
		else
			retire(c, s, i);
	}
	for (i = 0; i < old.n; i++)	/* what has moved is not theirs */
		if (slots->to[i] != NONE)
			old.at[i].alarm = alarm_new();
	c->alarms = s->alarms;
	s->alarms = old;
	str_copy(c->alarms.applied_by, s->by, sizeof(c->alarms.applied_by));
	timers_move(&c->timers, TIMER_ALARM, moved_timer, s);
	commit_move(c, shown, moved_waiter, s);
	count_all(c);
	look_again(c, s, &s->alarms);
}

bool
alarms_may_show(const struct core *c, uint32_t alarm)
{
	return c->alarms.at[alarm].waits == 0 || commit_is_behind(c);
}

bool
alarms_unrecorded(const struct core *c, uint32_t alarm)
{
	return c->alarms.at[alarm].waits != 0;
}
