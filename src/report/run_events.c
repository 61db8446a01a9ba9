/* SPDX-License-Identifier: ISC */
/*
 * run_events.c - alarms, and what operators did.
 *
 * The alarms as they are now are asked before the journal: what comes or goes
 * between the two answers stands in the journal and counts.
 */
#include "report/run_inside.h"

#include <string.h>

static bool
has_alarms(const struct report_run *r)
{
	return run_has_kind(r, SECTION_OF_ALARMS);
}

/* Also one that the project does not have any more. */
static uint32_t
alarm_of(struct report_run *r, const struct cell *name)
{
	const char *text = cell_words(name);
	uint32_t i = run_find(r->alarm_names, text);

	if (i != NONE)
		return i;
	text = arena_text(r->facts.arena, text);
	run_remember(r, &r->alarm_names, text, r->facts.alarms.n);
	vec_push(&r->facts.alarms, ((struct report_alarm){ .name = text }));
	return (uint32_t)r->facts.alarms.n - 1;
}

/* DESCRIBE_ALARM_COLUMNS */
static void
take_alarm(struct report_run *r, const struct cell *cells, unsigned n)
{
	struct report_alarm *a;
	double priority;
	uint32_t i;

	if (n < 5)
		return;
	i = alarm_of(r, &cells[0]);
	a = &r->facts.alarms.at[i];
	priority = cell_number(&cells[3]);
	a->title = run_keep(r, &cells[1]);
	a->area = run_keep(r, &cells[2]);
	a->priority = priority > 0 ? (unsigned)priority : 0;
	a->level = run_keep(r, &cells[4]);
}

static bool
is_active(const struct cell *state)
{
	return state->type == CELL_TEXT &&
	    (strcmp(state->as.text, "unacknowledged") == 0 ||
		strcmp(state->as.text, "acknowledged") == 0);
}

/* ALARM_COLUMNS */
static void
take_state(struct report_run *r, const struct cell *cells, unsigned n)
{
	uint32_t i;

	if (n < 3)
		return;
	i = alarm_of(r, &cells[0]);
	r->facts.alarms.at[i].active = is_active(&cells[2]);
}

static void
ask_journal(struct report_run *r)
{
	run_say(r, PARAMETER_KIND, "alarm");
	run_say_time(r, PARAMETER_SINCE, r->plan.sheets[0].period.from);
}

/* What EVENT_COLUMNS say of it; an older server says nothing. */
static const char *
run_flags(struct report_run *r, const struct cell *cells, unsigned n)
{
	return n > 12 ? run_keep(r, &cells[12]) : "";
}

/* EVENT_COLUMNS */
static void
take_step(struct report_run *r, const struct cell *cells, unsigned n)
{
	bool was, is;

	if (n < 10 || cells[1].type != CELL_TIME)
		return;
	was = is_active(&cells[8]);
	is = is_active(&cells[9]);
	if (was != is)
		vec_push(&r->facts.steps,
		    ((struct report_step){ alarm_of(r, &cells[4]),
			cells[1].as.time, was, is, run_flags(r, cells, n) }));
}

/* --- what operators did --- */

static bool
has_actions(const struct report_run *r)
{
	return run_has_kind(r, SECTION_OF_ACTIONS);
}

static void
ask_actions(struct report_run *r)
{
	run_say(r, PARAMETER_KIND, "command");
	run_say(r, PARAMETER_KIND, "alarm");	/* some are acknowledgements */
	run_say_time(r, PARAMETER_SINCE, r->plan.sheets[0].period.from);
	run_say_time(r, PARAMETER_UNTIL, r->plan.sheets[r->plan.n_sheets - 1].to);
}

/* EVENT_COLUMNS */
static void
take_action(struct report_run *r, const struct cell *cells, unsigned n)
{
	if (n < 11 || cells[6].type != CELL_TEXT || cells[1].type != CELL_TIME)
		return;
	vec_push(&r->facts.actions,
	    ((struct report_action){ .seq = (uint64_t)cell_number(&cells[0]),
		.time = cells[1].as.time,
		.area = run_keep(r, &cells[3]),
		.name = run_keep(r, &cells[4]),
		.user = run_keep(r, &cells[6]),
		.old = run_keep(r, &cells[8]),
		.new = run_keep(r, &cells[9]),
		.result = run_keep(r, &cells[10]),
		.flags = run_flags(r, cells, n) }));
}

const struct run_step run_event_steps[] = {
	{ VERB_DESCRIBE_ALARM, false, has_alarms, NULL, take_alarm, NULL,
	    NULL },
	{ VERB_ALARMS, false, has_alarms, NULL, take_state, NULL, NULL },
	{ VERB_EVENTS, false, has_alarms, ask_journal, take_step, NULL, NULL },
	{ VERB_EVENTS, false, has_actions, ask_actions, take_action, NULL,
	    NULL },
	{ .row = NULL },
};
