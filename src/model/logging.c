/* SPDX-License-Identifier: ISC */
#include "model/logging.h"

#include <math.h>

static bool
was_read(const struct value *v)
{
	return v->quality != QUALITY_BAD || v->cause != CAUSE_INITIAL;
}

static bool
same_state(const struct value *a, const struct value *b)
{
	return a->quality == b->quality && a->cause == b->cause &&
	    a->flags == b->flags && a->type == b->type &&
	    value_known(a) == value_known(b);
}

/* Of values in the same state: is the content another? */
static bool
differs(const struct logging *l, const struct log_rule *r,
    const struct value *v)
{
	if (v->type == VALUE_TEXT)	/* the old one is not kept */
		return true;
	if (value_equal(&l->last, v) || !value_known(v))
		return false;
	return r->deadband == 0 ||
	    fabs(value_number(v) - value_number(&l->last)) >= r->deadband;
}

static bool
take(struct logging *l, const struct value *v, struct mono now)
{
	l->last = *v;
	if (v->type == VALUE_TEXT)
		l->last.as.text = "";
	l->at = now;
	l->begun = true;
	l->held = false;
	return true;
}

static bool
is_too_soon(
    const struct logging *l, const struct log_rule *r, struct mono now)
{
	return r->at_most.ms > 0 && mono_since(now, l->at).ms < r->at_most.ms;
}

bool
logging_change(struct logging *l, const struct log_rule *r,
    const struct value *v, struct mono now)
{
	if (!l->begun)
		return was_read(v) && take(l, v, now);
	if (!same_state(&l->last, v))
		return take(l, v, now);
	if (!differs(l, r, v))
		return false;
	if (!is_too_soon(l, r, now))
		return take(l, v, now);
	l->held = true;
	return false;
}

bool
logging_look(struct logging *l, const struct log_rule *r,
    const struct value *v, struct mono now)
{
	if (!l->begun)
		return false;
	if (l->held && !is_too_soon(l, r, now)) {
		l->held = false;
		if (!same_state(&l->last, v) || differs(l, r, v))
			return take(l, v, now);
	}
	if (r->at_least.ms > 0 &&
	    mono_since(now, l->at).ms >= r->at_least.ms)
		return take(l, v, now);
	return false;
}

struct mono
logging_due(const struct logging *l, const struct log_rule *r)
{
	struct mono due = MONO_NEVER;

	if (!l->begun)
		return due;
	if (r->at_least.ms > 0)
		due = mono_add(l->at, r->at_least);
	if (l->held)
		due = mono_first(due, mono_add(l->at, r->at_most));
	return due;
}
