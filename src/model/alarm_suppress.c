/* SPDX-License-Identifier: ISC */
/* alarm_suppress.c - suppression by design: logic, not a person (P8, P14). */
#include "model/alarm.h"
#include "model/alarm_table.h"
#include "model/expr.h"

bool
alarm_is_suppressed_by_design(const struct alarm *a)
{
	const struct inhibition *i = alarm_inhibition(a, INHIBIT_SUPPRESSED);

	return i != NULL && i->owner[0] == '\0';
}

struct mono
alarm_lift(const struct alarm *a)
{
	return a->lifting && alarm_is_suppressed_by_design(a) ? a->lift
							       : MONO_NEVER;
}

static struct alarm_change
begin(struct alarm *a, const struct alarm_def *d, const struct alarm_class *c,
    struct wall wall)
{
	a->lifting = false;
	if (alarm_inhibition(a, INHIBIT_SUPPRESSED) != NULL)
		return alarm_still(a, ALARM_EVENT_NONE);
	return alarm_inhibit(a, c, INHIBIT_SUPPRESSED, "",
	    expr_text(d->suppress), (struct wall){ 0 }, wall);
}

/* How long it goes on though it is not known to be true; 0: it ends now. */
static struct span
goes_on(const struct alarm *a, const struct alarm_def *d,
    const struct value *when)
{
	if (when == NULL)
		return (struct span){ 0 };
	if (value_is_good(when))
		return d->suppress_more;
	if (when->quality != QUALITY_BAD || when->cause != CAUSE_INITIAL)
		return (struct span){ 0 };
	return (struct span){ a->verified ? ALARM_UNKNOWN_MS : INT64_MAX };
}

struct alarm_change
alarm_suppress(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, const struct value *when, struct mono now,
    struct wall wall)
{
	struct span more;

	if (when != NULL && value_is_good(when) && value_true(when))
		return begin(a, d, c, wall);
	if (!alarm_is_suppressed_by_design(a))
		return alarm_still(a, ALARM_EVENT_NONE);
	more = goes_on(a, d, when);
	if (more.ms == INT64_MAX)
		return alarm_still(a, ALARM_EVENT_NONE);
	a->lift = mono_first(alarm_lift(a), mono_add(now, more));
	a->lifting = true;
	if (more.ms > 0 && mono_before(now, a->lift))
		return alarm_still(a, ALARM_EVENT_NONE);
	a->lifting = false;
	return alarm_free(a, c, INHIBIT_SUPPRESSED, wall);
}
