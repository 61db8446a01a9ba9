/* SPDX-License-Identifier: ISC */
#include "model/alarm.h"

#include <assert.h>
#include <math.h>

#include "base/mem.h"
#include "base/when.h"
#include "model/alarm_table.h"

struct alarm
alarm_new(void)
{
	struct alarm a = { .state = ALARM_NORMAL,
		.at = value_initial(VALUE_REAL),
		.limit = NAN,
		.seen = value_initial(VALUE_REAL),
		.seen_limit = NAN };

	return a;
}

void
alarm_restored(struct alarm *a)
{
	a->active = a->state == ALARM_UNACKNOWLEDGED ||
	    a->state == ALARM_ACKNOWLEDGED;
	a->verified = a->held = a->limit_unknown = false;
	a->pending = PENDING_NONE;
	a->lifting = false;
	a->note = ALARM_NOTE_NONE;
	a->outage = a->rearm = (struct wall){ 0 };
	a->seen = value_initial(VALUE_REAL);
	a->seen_limit = NAN;
}

/* Sounds only where a horn may: what is inhibited comes silently. */
static bool
sounds(const struct alarm *a, const struct alarm_class *c)
{
	return c->horn != HORN_NONE && !alarm_is_inhibited(a);
}

static struct wall
rearm_time(const struct alarm *a, const struct alarm_class *c)
{
	if (a->state != ALARM_ACKNOWLEDGED || c->rearm.ms <= 0 ||
	    c->ack == ACK_NONE || a->acked.ms == 0)
		return (struct wall){ 0 };
	return wall_add(a->acked, c->rearm);
}

static struct alarm_change
came(struct alarm *a, const struct alarm_class *c, struct wall wall)
{
	struct alarm_change change = alarm_step(a, c, INPUT_CAME);

	assert(change.event == ALARM_EVENT_CAME);
	a->occurrence++;
	a->count++;
	a->raised = wall;
	a->acked = a->returned = (struct wall){ 0 };
	a->acked_by[0] = '\0';
	a->at = a->seen;
	a->limit = a->seen_limit;
	change.horn = sounds(a, c);
	return change;
}

static struct alarm_change
gone(struct alarm *a, const struct alarm_class *c, struct wall wall)
{
	struct alarm_change change = alarm_step(a, c, INPUT_GONE);

	assert(change.event == ALARM_EVENT_GONE);
	a->returned = wall;
	return change;
}

static void
cancel(struct alarm *a)
{
	a->pending = PENDING_NONE;
	a->note = ALARM_NOTE_NONE;
}

static struct mono
pending_end(const struct alarm *a, const struct alarm_def *d)
{
	return mono_add(a->pending_since,
	    a->pending == PENDING_ON ? d->on_delay : d->off_delay);
}

static struct alarm_change
fire(struct alarm *a, const struct alarm_class *c, struct wall wall)
{
	struct alarm_change change = a->pending == PENDING_ON
	    ? came(a, c, wall)
	    : gone(a, c, wall);

	change.note = a->note;
	if (a->note == ALARM_NOTE_OUTAGE)
		change.since = a->outage;
	cancel(a);
	a->rearm = rearm_time(a, c);
	return change;
}

/* How a difference is to be explained that this sample finds. */
static enum alarm_note
note_of(const struct alarm *a, bool holds, bool was_held)
{
	if (!a->verified)
		return holds ? ALARM_NOTE_AT_START : ALARM_NOTE_OUTAGE;
	return was_held ? ALARM_NOTE_OUTAGE : ALARM_NOTE_NONE;
}

/* The condition is known: starts or cancels a delay. */
static void
aim(struct alarm *a, const struct alarm_class *c, bool holds, bool was_held,
    struct mono now)
{
	uint8_t wanted = holds ? PENDING_ON : PENDING_OFF;

	a->rearm = rearm_time(a, c);
	if (holds == a->active)
		cancel(a);
	else if (a->pending != wanted) {
		a->pending = wanted;
		a->pending_since = now;
		a->note = (uint8_t)note_of(a, holds, was_held);
		a->outage = a->last_good;
	}
}

/* A delay that has ended by now, also one that nobody asked about in time. */
static struct alarm_change
finish(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, struct mono now, struct wall wall)
{
	if (a->pending == PENDING_NONE || mono_before(now, pending_end(a, d)))
		return alarm_still(a, ALARM_EVENT_NONE);
	return fire(a, c, wall);
}

static bool
has_limit(const struct alarm_def *d)
{
	return d->kind == ALARM_ABOVE || d->kind == ALARM_BELOW;
}

/* Deadband applies from the held side. */
static bool
condition(const struct alarm *a, const struct alarm_def *d, double n,
    double limit)
{
	double band = a->active ? d->deadband : 0;

	switch (d->kind) {
	case ALARM_ABOVE:
		return n > limit - band;
	case ALARM_BELOW:
		return n < limit + band;
	default:
		return n == d->is;
	}
}

/* Can it be said whether the condition holds? Sets the marks. */
static bool
judge(struct alarm *a, const struct alarm_def *d, const struct alarm_class *c,
    const struct value *input, double limit, bool *holds)
{
	double n = value_number(input);
	bool good = value_is_good(input) && !isnan(n);

	a->held = !good;
	a->limit_unknown = has_limit(d) && isnan(limit);
	if (a->limit_unknown)
		return false;
	if (good) {
		*holds = condition(a, d, n, limit);
		return true;
	}
	/* out through the upper fault limit (P7), or a class that says so; a
	 * silent line or device has its own alarm, its tags have none (P6) */
	*holds = input->quality == QUALITY_BAD &&
	    input->cause == CAUSE_RANGE &&
	    ((d->kind == ALARM_ABOVE && n > limit) ||
		(c->alarm_on_bad && a->verified));
	a->held = !*holds;
	return *holds;
}

static void
see(struct alarm *a, const struct value *input, double limit)
{
	a->seen = *input;
	if (a->seen.type == VALUE_TEXT)
		a->seen.as.text = "";	/* borrowed: not ours to keep */
	a->seen_limit = limit;
}

static void
see_good(struct alarm *a, const struct value *input, struct wall wall)
{
	a->verified = true;
	if (value_is_good(input))
		a->last_good = input->time.ms != 0 ? input->time : wall;
}

struct alarm_change
alarm_feed(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, const struct value *input,
    const struct value *limit, struct mono now, struct wall wall)
{
	struct alarm_change change = finish(a, d, c, now, wall);
	const bool held = a->held, unknown = a->limit_unknown,
		   verified = a->verified;
	double number = d->is;
	bool holds;

	if (has_limit(d))
		number = value_is_good(limit) ? value_number(limit) : NAN;
	if (judge(a, d, c, input, number, &holds)) {
		see(a, input, number);
		aim(a, c, holds, held || unknown, now);
		if (change.event == ALARM_EVENT_NONE)
			change = finish(a, d, c, now, wall);
		see_good(a, input, wall);
	} else
		cancel(a);
	if (change.event == ALARM_EVENT_NONE &&
	    (held != a->held || unknown != a->limit_unknown ||
		verified != a->verified))
		change.event = ALARM_EVENT_HELD;
	return change;
}

struct alarm_change
alarm_set(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, bool active, struct mono now,
    struct wall wall)
{
	const bool verified = a->verified;
	struct alarm_change change = finish(a, d, c, now, wall);

	aim(a, c, active, false, now);
	if (change.event == ALARM_EVENT_NONE)
		change = finish(a, d, c, now, wall);
	a->verified = true;
	a->last_good = wall;
	if (change.event == ALARM_EVENT_NONE && !verified)
		change.event = ALARM_EVENT_HELD;
	return change;
}

/* A held alarm is not re-armed (P6), an inhibited one does not sound. */
static bool
may_rearm(const struct alarm *a)
{
	return a->rearm.ms != 0 && a->verified && !a->held &&
	    !a->limit_unknown && !alarm_is_inhibited(a);
}

static struct mono
at_wall(struct wall t, struct mono now, struct wall wall)
{
	struct span left = { t.ms - wall.ms };

	return left.ms < INT64_MAX / 2000 ? mono_add(now, left) : MONO_NEVER;
}

struct mono
alarm_due(const struct alarm *a, const struct alarm_def *d, struct mono now,
    struct wall wall)
{
	struct mono due = MONO_NEVER;
	const struct inhibition *i;

	if (a->pending != PENDING_NONE)
		due = pending_end(a, d);
	due = mono_first(due, alarm_lift(a));
	for (int which = 0; which < INHIBITS; which++) {
		i = alarm_inhibition(a, (enum inhibit)which);
		if (i != NULL && i->until.ms != 0)
			due = mono_first(due, at_wall(i->until, now, wall));
	}
	if (may_rearm(a))
		due = mono_first(due, at_wall(a->rearm, now, wall));
	return due;
}

struct alarm_change
alarm_expire(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, struct mono now, struct wall wall)
{
	struct alarm_change change = finish(a, d, c, now, wall);
	const struct inhibition *i;

	if (change.event != ALARM_EVENT_NONE)
		return change;
	for (int which = 0; which < INHIBITS; which++) {
		i = alarm_inhibition(a, (enum inhibit)which);
		if (i != NULL && i->until.ms != 0 && i->until.ms <= wall.ms)
			return alarm_free(a, c, (enum inhibit)which, wall);
	}
	if (!mono_before(now, alarm_lift(a)))
		return alarm_free(a, c, INHIBIT_SUPPRESSED, wall);
	if (!may_rearm(a) || a->rearm.ms > wall.ms)
		return alarm_still(a, ALARM_EVENT_NONE);
	change = alarm_step(a, c, INPUT_REARM);
	change.horn = sounds(a, c);
	return change;
}

int
alarm_can_ack(const struct alarm *a, const struct alarm_class *c,
    uint32_t occurrence, struct err *e)
{
	char clock[WHEN_CAP];

	if (occurrence < a->occurrence)
		return err_set(
		    e, "came again %s", when_clock(clock, a->raised));
	if (occurrence > a->occurrence)
		return err_set(e, "has not come %u times", occurrence);
	if (alarm_next(c, a->state, INPUT_ACK) >= 0)
		return 0;
	if (a->acked.ms != 0)
		return err_set(e, "already acknowledged by %s %s", a->acked_by,
		    when_clock(clock, a->acked));
	return err_set(e, "nothing to acknowledge");
}

struct alarm_change
alarm_ack(struct alarm *a, const struct alarm_class *c, const char *user,
    struct wall wall)
{
	struct alarm_change change = alarm_step(a, c, INPUT_ACK);

	if (change.event == ALARM_EVENT_NONE)
		return change;
	a->acked = wall;
	str_copy(a->acked_by, user, sizeof(a->acked_by));
	a->rearm = rearm_time(a, c);
	return change;
}

int
alarm_can_reset(
    const struct alarm *a, const struct alarm_class *c, struct err *e)
{
	if (alarm_next(c, a->state, INPUT_RESET) >= 0)
		return 0;
	if (a->active)
		return err_set(e, "its condition still holds");
	if (a->state == ALARM_RETURNED)
		return err_set(e, "acknowledge it first");
	return err_set(e, "nothing to reset");
}

struct alarm_change
alarm_reset(struct alarm *a, const struct alarm_class *c, struct wall wall)
{
	(void)wall;
	return alarm_step(a, c, INPUT_RESET);
}

bool
alarm_is_shown(const struct alarm *a)
{
	return a->state != ALARM_NORMAL;
}

bool
alarm_waits(const struct alarm *a)
{
	return a->state == ALARM_UNACKNOWLEDGED || a->state == ALARM_RETURNED;
}
