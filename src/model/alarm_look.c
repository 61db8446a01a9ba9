/* SPDX-License-Identifier: ISC */
#include "model/alarm_look.h"

#include <stdio.h>

#include "base/when.h"
#include "model/ring.h"

const char *
alarm_why(char room[ALARM_WHY_CAP], const struct alarm_change *change)
{
	char from[WHEN_CAP];

	if (change->event == ALARM_EVENT_FREED)
		return "put aside no longer: its time is over";
	if (change->note == ALARM_NOTE_NONE)
		return NULL;
	if (change->note != ALARM_NOTE_OUTAGE || change->since.ms == 0)
		return alarm_note_text((enum alarm_note)change->note);
	snprintf(room, ALARM_WHY_CAP, "during outage, since %s",
	    when_utc(from, change->since));
	return room;
}

/* Why a suppression by design ended: it is over, or nobody knows (P14). */
static const char *
lifted_text(char room[ALARM_WHY_CAP], const struct alarm_look *l)
{
	uint32_t culprit = l->def->suppress != NULL
	    ? expr_culprit(l->def->suppress, l->operand, l->values,
		  l->wall)
	    : NONE;

	if (culprit == NONE)
		return "no longer suppressed";
	snprintf(room, ALARM_WHY_CAP, "no longer suppressed: %s is not known",
	    l->plant->tags[culprit].name);
	return room;
}

static void
process(const struct alarm_look *l, struct alarm_change change)
{
	char room[ALARM_WHY_CAP];

	if (change.event != ALARM_EVENT_NONE)
		l->took(l->arg, &change, alarm_why(room, &change));
}

/* It and the other one would both be silent: neither is. */
static const char *
ring_text(char room[ALARM_WHY_CAP], const struct alarm_look *l, uint32_t by)
{
	snprintf(room, ALARM_WHY_CAP,
	    "not suppressed: it and %s would silence each other",
	    l->plant->alarms[by].name);
	return room;
}

/* ring: the alarm that would be silenced by this one in turn, or NONE. */
static void
by_design(const struct alarm *a, const struct alarm_look *l,
    struct alarm_change change, uint32_t ring)
{
	char room[ALARM_WHY_CAP];
	const char *why = NULL;

	if (change.event == ALARM_EVENT_NONE)
		return;
	if (change.event == ALARM_EVENT_INHIBITED) {
		snprintf(room, sizeof(room), "suppressed: %s",
		    alarm_inhibition(a, INHIBIT_SUPPRESSED)->reason);
		why = room;
	} else if (change.event == ALARM_EVENT_FREED)
		why = ring != NONE ? ring_text(room, l, ring)
				   : lifted_text(room, l);
	l->took(l->arg, &change, why);
}

/* What the logic of the project says of it now. */
static void
suppress(struct alarm *a, const struct alarm_look *l, const struct value *when,
    uint32_t ring)
{
	by_design(a, l,
	    alarm_suppress(a, l->def, l->class, when, l->now, l->wall), ring);
}

/* The ring that is closed around it now; then its suppression is as good as
 * not known (P14). */
static uint32_t
closed_ring(const struct alarm_look *l, struct value *when)
{
	uint32_t by;

	if (l->plant->n_rings == 0 || !value_is_good(when) ||
	    !value_true(when))
		return NONE;
	by = ring_closed(l->plant, plant_alarm(l->plant, l->def->name),
	    l->operand, l->values, l->wall);
	if (by != NONE)
		when->quality = QUALITY_BAD;
	return by;
}

static void
feed(struct alarm *a, const struct alarm_look *l)
{
	struct value limit = value_real(0, l->wall);

	if (l->def->limit != NULL)
		limit = expr_eval(
		    l->def->limit, l->operand, l->values, l->wall);
	process(l,
	    alarm_feed(a, l->def, l->class, l->operand(l->values, l->def->of),
		&limit, l->now, l->wall));
}

void
alarm_look(struct alarm *a, const struct alarm_look *l)
{
	struct value when;
	uint32_t ring;

	if (l->def->suppress == NULL) {
		feed(a, l);
		suppress(a, l, NULL, NONE);
		return;
	}
	when = expr_eval(l->def->suppress, l->operand, l->values, l->wall);
	ring = closed_ring(l, &when);
	if (value_is_good(&when) && value_true(&when))
		suppress(a, l, &when, NONE);
	feed(a, l);
	suppress(a, l, &when, ring);
}

void
alarm_wake(struct alarm *a, const struct alarm_look *l)
{
	const bool designed = alarm_is_suppressed_by_design(a);
	struct alarm_change change =
	    alarm_expire(a, l->def, l->class, l->now, l->wall);

	if (change.event == ALARM_EVENT_FREED && designed &&
	    !alarm_is_suppressed_by_design(a))
		by_design(a, l, change, NONE);
	else
		process(l, change);
}
