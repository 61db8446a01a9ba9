/* SPDX-License-Identifier: ISC */
#include "server/alarms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "model/alarm_look.h"
#include "model/ring.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/swap.h"
#include "store/journal.h"
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

/* Would it reach an operator: is it neither put aside (P8), nor one of the
 * server's own for which there is nothing to do (P27)? */
static bool
may_call(const struct core *c, uint32_t alarm)
{
	return !alarm_is_inhibited(&c->alarms.at[alarm].alarm) &&
	    !plant_alarm_is_quiet(c->plant, &c->plant->alarms[alarm]);
}

/* Does it, for it is not folded either? */
static bool
is_announced(const struct core *c, uint32_t alarm)
{
	return may_call(c, alarm) && !c->alarms.at[alarm].folded;
}

bool
alarms_counts(const struct core *c, uint32_t alarm)
{
	return alarm_waits(&c->alarms.at[alarm].alarm) &&
	    is_announced(c, alarm);
}

/* P27: while HH is active, H stands in its row; but not in one that calls
 * nobody itself. */
static bool
is_folded(const struct core *c, uint32_t alarm)
{
	const struct plant *p = c->plant;
	uint32_t by = p->alarms[alarm].folded_by, left;

	if (by == NONE)
		return false;
	/* limits of which only some are numbers may lead round */
	for (left = p->tags[p->alarms[alarm].of].n_alarms;
	     left > 0 && by != NONE && by != alarm;
	     left--, by = p->alarms[by].folded_by)
		if (c->alarms.at[by].alarm.active && may_call(c, by))
			return true;
	return false;
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

/* It may wait now, or no longer. */
static void
recount(struct core *c, uint32_t alarm)
{
	struct alarm_run *r = &c->alarms.at[alarm];
	const bool counts = alarms_counts(c, alarm);

	if (counts && !r->counted)
		c->alarms.waiting[bin(c, alarm)]++;
	if (!counts && r->counted)
		c->alarms.waiting[bin(c, alarm)]--;
	r->counted = counts;
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
		a->at[i].counted = false;
		recount(c, i);
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
alarms_clock_set(struct core *c, struct span by)
{
	struct alarm *a;
	uint32_t i;

	for (i = 0; i < c->alarms.n; i++) {
		a = &c->alarms.at[i].alarm;
		if (!alarm_is_inhibited(a) && a->rearm.ms == 0)
			continue;
		alarm_clock_set(a, by);
		record_put_alarm(commit_batch(c), c->plant->alarms[i].name, a);
		plan_timer(c, i);
	}
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

/* Is it annunciated as new? */
static bool
is_new(const struct core *c, uint32_t alarm, const struct alarm_change *ch)
{
	if (!is_announced(c, alarm))
		return false;
	return ch->event == ALARM_EVENT_CAME ||
	    ch->event == ALARM_EVENT_REARMED ||
	    (ch->event == ALARM_EVENT_FREED &&
		c->alarms.at[alarm].alarm.active);
}

static void
journal(struct core *c, uint32_t alarm, const struct alarm_change *ch,
    const char *user, const char *station, const char *why,
    uint64_t command)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	struct journal_step s = { .def = d,
		.area = c->plant->areas[d->area].name,
		.alarm = &c->alarms.at[alarm].alarm,
		.change = ch,
		.why = why,
		.user = user,
		.station = station,
		.command = command,
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.announced = is_new(c, alarm, ch) };

	journal_step(commit_batch(c), &s);
}

/* What came, went or was put aside may be the HH of others. From HH back to H
 * does not sound again; where HH is put aside, nothing would call any more. */
static void
fold(struct core *c, uint32_t alarm, bool put_aside)
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
		was = r->folded;
		r->folded = is_folded(c, other);
		recount(c, other);
		if (r->folded) {
			horn_end(c, other);
			tallies_folded(c, other);
		} else if (was && put_aside && r->counted && r->alarm.active &&
		    class_of(c, other)->horn != HORN_NONE)
			horn_add(c, other);
		follow_mark(c, other);
	}
}

/* P28. Return to normal ends none. */
static void
sound(struct core *c, uint32_t alarm, const struct alarm_change *ch)
{
	if (ch->horn && is_announced(c, alarm))
		horn_add(c, alarm);
	else if (ch->event == ALARM_EVENT_ACKED ||
	    ch->event == ALARM_EVENT_RESET ||
	    ch->event == ALARM_EVENT_INHIBITED)
		horn_end(c, alarm);
}

static void
applied(struct core *c, uint32_t alarm, const struct alarm_change *ch)
{
	recount(c, alarm);
	sound(c, alarm, ch);
	if (is_new(c, alarm, ch))
		tallies_alarm(c, alarm);
	follow_mark(c, alarm);
	if (ch->event == ALARM_EVENT_CAME || ch->event == ALARM_EVENT_GONE ||
	    ch->event == ALARM_EVENT_INHIBITED ||
	    ch->event == ALARM_EVENT_FREED)
		fold(c, alarm, ch->event == ALARM_EVENT_INHIBITED);
}

/* A look at one alarm, on its way through the machine. */
struct looking {
	struct core *c;
	uint32_t alarm;
};

/* Why it moved, if more is to be said than that it did. */
static const char *
by_apply(const struct core *c, uint32_t alarm, const struct alarm_change *ch,
    const char *why, char room[ALARM_WHY_CAP])
{
	if (!c->alarms.at[alarm].by_apply ||
	    ch->event == ALARM_EVENT_INHIBITED ||
	    ch->event == ALARM_EVENT_FREED)
		return why;
	snprintf(room, ALARM_WHY_CAP, "by apply %s", c->alarms.applied_by);
	return room;
}

static void
took(void *arg, const struct alarm_change *ch, const char *why)
{
	const struct looking *k = arg;
	char room[ALARM_WHY_CAP];

	if (ch->persist)
		journal(k->c, k->alarm, ch, NULL, NULL,
		    by_apply(k->c, k->alarm, ch, why, room), 0);
	applied(k->c, k->alarm, ch);
}

static struct alarm_look
look_of(struct looking *k)
{
	struct core *c = k->c;

	return (struct alarm_look){ .plant = c->plant,
		.def = alarms_def(c, k->alarm),
		.class = class_of(c, k->alarm),
		.operand = core_operand,
		.values = c,
		.now = c->now,
		.wall = c->wall,
		.took = took,
		.arg = k };
}

static void
feed(struct core *c, uint32_t alarm)
{
	struct alarm_run *r = &c->alarms.at[alarm];
	struct looking k = { c, alarm };
	struct alarm_look l = look_of(&k);

	alarm_look(&r->alarm, &l);
	/* the next sample is the process's again, unless a delay still runs */
	if (r->alarm.pending == PENDING_NONE && r->alarm.verified)
		r->by_apply = false;
	plan_timer(c, alarm);
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
	struct looking k = { c, alarm };
	struct alarm_look l;
	struct alarm_run *r;

	if (alarm >= c->alarms.n)
		return;		/* a project took it away */
	r = &c->alarms.at[alarm];
	r->planned = MONO_NEVER;
	l = look_of(&k);
	/* else what it was set for is over */
	if (!mono_before(c->now, alarm_due(&r->alarm, l.def, c->now, c->wall))) {
		alarm_wake(&r->alarm, &l);
		if (r->alarm.pending == PENDING_NONE)
			r->by_apply = false;
	}
	plan_timer(c, alarm);
}

void
alarms_system(struct core *c, uint32_t alarm, bool active)
{
	struct looking k = { c, alarm };
	char room[ALARM_WHY_CAP];
	struct alarm_change ch;
	struct alarm_run *r;

	if (alarm >= c->alarms.n)
		return;
	r = &c->alarms.at[alarm];
	r->by_apply = false;
	ch = alarm_set(&r->alarm, &c->plant->alarms[alarm],
	    class_of(c, alarm), active, c->now, c->wall);
	if (ch.event != ALARM_EVENT_NONE)
		took(&k, &ch, alarm_why(room, &ch));
	plan_timer(c, alarm);
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
alarms_by_person(struct core *c, uint32_t alarm,
    const struct alarm_change *ch, const char *user, const char *station,
    const char *note, uint64_t command)
{
	struct alarm_run *r = &c->alarms.at[alarm];

	journal(c, alarm, ch, user, station, note, command);
	r->waits++;
	commit_then(c, shown, (void *)(uintptr_t)alarm);
	applied(c, alarm, ch);
	plan_timer(c, alarm);
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

/* A ring may be closed that was not, or be none any more (P14). */
static void
look_at_rings(struct core *c, const struct swap *s)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_ALARM);
	uint32_t i, new;

	for (i = 0; i < c->plant->n_rings; i++)
		alarms_look(c, c->plant->rings[i].alarm);
	for (i = 0; i < s->old->n_rings; i++) {
		new = slots_to(slots, s->old->rings[i].alarm);
		if (new != NONE)
			alarms_look(c, new);
	}
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
	look_at_rings(c, s);
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
