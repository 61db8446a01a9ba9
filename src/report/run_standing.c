/* SPDX-License-Identifier: ISC */
/* run_standing.c - what stands that is not usual. */
#include "report/run_inside.h"

static bool
has_standing(const struct report_run *r)
{
	return run_has_kind(r, SECTION_OF_STANDING);
}

static struct wall
instant(const struct cell *c)
{
	return c->type == CELL_TIME ? c->as.time : (struct wall){ 0 };
}

/* Where the answers to these have what; 0: nowhere. */
static const struct {
	enum verb verb;
	const char *what;
	unsigned cells, area, user, since, until, reason;
} standing[] = {
	{ VERB_OVERRIDE_LIST, "override", 12, 6, 7, 9, 10, 11 },
	{ VERB_BYPASS_LIST, "bypass", 10, 4, 5, 7, 8, 9 },
	{ VERB_LOCKOUT_LIST, "lock-out", 6, 1, 2, 4, 0, 5 },
};

/* OVERRIDE_COLUMNS, BYPASS_COLUMNS, LOCKOUT_COLUMNS */
static void
take_standing(struct report_run *r, const struct cell *cells, unsigned n)
{
	size_t i = 0;

	while (standing[i].verb != r->question.verb)
		i++;
	if (n < standing[i].cells)
		return;
	vec_push(&r->facts.standing,
	    ((struct report_standing){ .what = standing[i].what,
		.name = run_keep(r, &cells[0]),
		.area = run_keep(r, &cells[standing[i].area]),
		.user = run_keep(r, &cells[standing[i].user]),
		.since = instant(&cells[standing[i].since]),
		.until = instant(&cells[standing[i].until]),
		.reason = run_keep(r, &cells[standing[i].reason]) }));
}

/* Each inhibition by itself: an alarm may have several (P8). */
static void
ask_aside(struct report_run *r)
{
	run_say(r, PARAMETER_STATE, alarm_inhibit_name(r->aside));
}

/* ALARM_COLUMNS. What nobody put aside is suppressed by design: nothing to
 * hand over. An older server does not say since when. */
static void
take_aside(struct report_run *r, const struct cell *cells, unsigned n)
{
	if (n < 19 || *cell_words(&cells[16]) == '\0')
		return;
	vec_push(&r->facts.standing,
	    ((struct report_standing){ .what = alarm_inhibit_name(r->aside),
		.name = run_keep(r, &cells[0]),
		.area = run_keep(r, &cells[6]),
		.user = run_keep(r, &cells[16]),
		.since = n > 19 ? instant(&cells[19]) : (struct wall){ 0 },
		.until = instant(&cells[17]),
		.reason = run_keep(r, &cells[18]) }));
}

static bool
more_aside(struct report_run *r)
{
	return ++r->aside < INHIBITS;
}

const struct run_step run_standing_steps[] = {
	{ VERB_OVERRIDE_LIST, false, has_standing, NULL, take_standing, NULL,
	    NULL },
	{ VERB_BYPASS_LIST, false, has_standing, NULL, take_standing, NULL,
	    NULL },
	{ VERB_LOCKOUT_LIST, false, has_standing, NULL, take_standing, NULL,
	    NULL },
	{ VERB_ALARMS, false, has_standing, ask_aside, take_aside, more_aside,
	    NULL },
	{ .row = NULL },
};
