/* SPDX-License-Identifier: ISC */
/* alarms and follow: the alarms that are not normal. */
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/requests.h"

void
alarm_cells(struct core *c, const struct session *s, uint32_t alarm,
    struct cell *cells)
{
	static char inhibit[64];	/* one thread; used before the next */
	const struct plant *p = c->plant;
	const struct alarm_def *d = &p->alarms[alarm];
	const struct alarm *a = &c->alarms.at[alarm].alarm;
	const struct tag *t = d->of != NONE ? &p->tags[d->of] : NULL;
	bool came = a->occurrence > 0;

	cells[0] = cell_text(d->name);
	cells[1] = cell_uint(a->occurrence);
	cells[2] = cell_text(alarm_state_name((enum alarm_state)a->state));
	cells[3] = cell_flags(alarm_inhibit_print(inhibit, a));
	cells[4] = cell_bool(a->verified);
	cells[5] = cell_uint(d->priority);
	cells[6] = cell_text(p->areas[d->area].name);
	cells[7] = cell_text(text_in(&d->title, s->language));
	cells[8] = cell_time(a->raised);
	cells[9] = cell_time(a->acked);
	cells[10] = cell_text(a->acked_by);
	cells[11] = cell_time(a->returned);
	cells[12] = cells[13] = cell_null();
	if (t != NULL && came) {
		cells[12] = cell_value(&a->at, t->decimals);
		cells[13] = d->kind == ALARM_IS
		    ? (t->type == VALUE_BOOL ? cell_bool(d->is != 0)
					     : cell_real(d->is, t->decimals))
		    : cell_real(a->limit, t->decimals);
	}
	cells[14] = cell_text(t != NULL ? t->unit : NULL);
	cells[15] = cell_uint(a->count);
}

void
inhibition_cells(const struct core *c, uint32_t alarm, enum inhibit which,
    struct cell *cells)
{
	static const enum inhibit by_precedence[] = { INHIBIT_SHELVED,
		INHIBIT_SUPPRESSED, INHIBIT_OUT_OF_SERVICE };
	const struct alarm *a = &c->alarms.at[alarm].alarm;
	const struct inhibition *in = NULL;
	int i;

	if (which < INHIBITS)
		in = alarm_inhibition(a, which);
	for (i = INHIBITS; i > 0 && in == NULL; i--)
		in = alarm_inhibition(a, by_precedence[i - 1]);
	cells[0] = cell_text(in != NULL ? in->owner : NULL);
	cells[1] = cell_time(in != NULL ? in->until : (struct wall){ 0 });
	cells[2] = cell_text(in != NULL ? in->reason : NULL);
	cells[3] = cell_time(in != NULL ? in->since : (struct wall){ 0 });
}

/* What stands and waits, what is over and waits, all else. */
static int
pressing(const struct alarm *a)
{
	return !alarm_waits(a) ? 2 : a->state == ALARM_RETURNED;
}

/* Unacknowledged first, then the worst, then the newest. */
static int
compare(const void *x, const void *y, void *arg)
{
	const struct core *c = arg;
	uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
	const struct alarm *a = &c->alarms.at[i].alarm,
			   *b = &c->alarms.at[k].alarm;
	int by = pressing(a) - pressing(b);

	if (by != 0)
		return by;
	if (c->plant->alarms[i].priority != c->plant->alarms[k].priority)
		return (int)c->plant->alarms[i].priority -
		    (int)c->plant->alarms[k].priority;
	if (a->raised.ms != b->raised.ms)
		return a->raised.ms > b->raised.ms ? -1 : 1;
	return i < k ? -1 : 1;
}

/* "shelved" and the like, or INHIBITS. */
static enum inhibit
inhibit_named(const char *word)
{
	int i;

	for (i = 0; i < INHIBITS; i++)
		if (word != NULL &&
		    strcmp(alarm_inhibit_name((enum inhibit)i), word) == 0)
			break;
	return (enum inhibit)i;
}

/* By the process part, or by an inhibition: then normal ones too. */
static bool
in_state(const struct alarm *a, const char *state)
{
	const enum inhibit which = inhibit_named(state);

	if (which < INHIBITS)
		return alarm_inhibition(a, which) != NULL;
	if (state != NULL && strcmp(state, "inhibited") == 0)
		return alarm_is_inhibited(a);
	return alarm_is_shown(a) && (state == NULL ||
		strcmp(state, alarm_state_name((enum alarm_state)a->state)) ==
		    0);
}

static bool
wanted(const struct core *c, const struct session *s, const struct call *call,
    uint32_t alarm)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const char *area = call_text(call, PARAMETER_AREA);
	const char *state = call_text(call, PARAMETER_STATE);
	const char *priority = call_text(call, PARAMETER_PRIORITY);
	const struct alarm *a = &c->alarms.at[alarm].alarm;

	if (d->name == NULL || !in_state(a, state) ||
	    !session_may(c, s, FUNCTION_VIEW, d->area))
		return false;
	if (area != NULL &&
	    !plant_within(c->plant, d->area, plant_area(c->plant, area)))
		return false;
	return priority == NULL || atoi(priority) == d->priority;
}

/* state: n, then the alarms in order, chosen when the call came. */
static bool
next_alarm(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const uint32_t *list = a->state;
	uint32_t alarm;

	if (a->cursor >= list[0])
		return false;
	alarm = list[1 + a->cursor++];
	alarm_cells(c, s, alarm, cells);
	inhibition_cells(c, alarm,
	    inhibit_named(call_text(&a->call, PARAMETER_STATE)), cells + 16);
	return true;
}

void
on_ALARMS(struct core *c, struct session *s, struct call *call)
{
	const char *area = call_text(call, PARAMETER_AREA);
	const char *state = call_text(call, PARAMETER_STATE);
	enum alarm_state parsed;
	struct answer *a;
	uint32_t i, *list;

	if (area != NULL && plant_area(c->plant, area) == NONE) {
		answer_end(c, s, call->id, EXIT_NO_SUCH, "no area %s", area);
		return;
	}
	if (state != NULL && !alarm_state_parse(&parsed, state) &&
	    inhibit_named(state) == INHIBITS &&
	    strcmp(state, "inhibited") != 0) {
		answer_end(c, s, call->id, EXIT_USAGE,
		    "%s is no state (unacknowledged acknowledged returned "
		    "latched shelved suppressed out-of-service inhibited)",
		    state);
		return;
	}
	list = xcalloc(c->alarms.n + 1, sizeof(*list));
	for (i = 0; i < c->alarms.n; i++)
		if (wanted(c, s, call, i))
			list[++list[0]] = i;
	qsort_r(list + 1, list[0], sizeof(*list), compare, c);
	a = answer_new(c, s, call, next_alarm);
	a->state = list;
	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

/* In no PATTERN at all, or in one of them. */
static bool
is_named(const struct call *call, const char *name)
{
	const char *pattern;
	unsigned i;

	for (i = 0; (pattern = call_nth(call, PARAMETER_NAME, i)) != NULL; i++)
		if (name_match(pattern, name))
			return true;
	return i == 0;
}

static const char *
level_name(const struct plant *p, unsigned priority)
{
	uint32_t i;

	for (i = 0; i < p->n_priorities; i++)
		if (p->priorities[i].number == priority)
			return p->priorities[i].name;
	return NULL;
}

static bool
next_description(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct plant *p = c->plant;
	const struct alarm_def *d;

	while (a->cursor < p->n_alarms) {
		d = &p->alarms[a->cursor++];
		if (d->name == NULL || !is_named(&a->call, d->name) ||
		    !session_may(c, s, FUNCTION_VIEW, d->area))
			continue;
		cells[0] = cell_text(d->name);
		cells[1] = cell_text(text_in(&d->title, s->language));
		cells[2] = cell_text(p->areas[d->area].name);
		cells[3] = cell_uint(d->priority);
		cells[4] = cell_text(level_name(p, d->priority));
		cells[5] = cell_text(p->classes[d->class].name);
		cells[6] = cell_text(text_in(&d->cause, s->language));
		cells[7] = cell_text(text_in(&d->action, s->language));
		return true;
	}
	return false;
}

void
on_DESCRIBE_ALARM(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_description);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

void
on_FOLLOW(struct core *c, struct session *s, struct call *call)
{
	follow_new(c, s, call->id);
}
