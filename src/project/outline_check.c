/* SPDX-License-Identifier: ISC */
/*
 * outline_check.c - a report against its plant: are its names there, are they
 * of the sort that the section needs, and do units and time base fit (P29). A
 * pattern may match nothing: one report serves several plants.
 */
#include <string.h>

#include "base/near.h"
#include "project/outline.h"

struct checking {
	const struct outline_section *s;
	const struct plant *p;
	struct report *r;
};

static bool
is_pattern(const char *name)
{
	return strpbrk(name, "*?") != NULL;
}

static void
unknown(struct checking *c, const char *name, const char *what)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	bool alarms = strcmp(what, "alarm") == 0;
	uint32_t i, n = alarms ? c->p->n_alarms : c->p->n_tags;

	for (i = 0; report_may_search(c->r) && i < n && i < 20000; i++)
		near_offer(name,
		    alarms ? c->p->alarms[i].name : c->p->tags[i].name, &best,
		    &distance);
	report_error(c->r, c->s->names_at, "unknown %s \"%.80s\"%s", what,
	    name, near_text(hint, best));
}

/* A counter counts in its unit; all else needs a time base. */
static void
check_total(struct checking *c, const struct tag *t)
{
	const struct outline_section *s = c->s;

	if (t->counter != NULL && s->unit != NULL &&
	    strcmp(t->unit, s->unit) != 0)
		report_error(c->r, s->unit_at,
		    "\"%s\" counts %s: its total is not in %s", t->name,
		    *t->unit != '\0' ? t->unit : "without unit", s->unit);
	if (t->counter != NULL)
		return;
	if (s->per == NULL)
		report_error(c->r, s->names_at,
		    "\"%s\" is no counter: its total needs a time base, "
		    "\"per\"", t->name);
	if (s->unit != NULL && s->per != NULL &&
	    !outline_unit_fits(t->unit, s->unit, s->per))
		report_error(c->r, s->unit_at,
		    "\"%s\" is in %s: its total per %s is not in %s", t->name,
		    *t->unit != '\0' ? t->unit : "no unit", s->per, s->unit);
}

static void
check_tag(struct checking *c, const struct tag *t)
{
	bool hours = c->s->kind == SECTION_OF_HOURS;

	if (hours && t->type != VALUE_BOOL)
		report_error(c->r, c->s->names_at,
		    "\"%s\" is not true or false: it has no hours", t->name);
	else if (!hours && t->type == VALUE_TEXT)
		report_error(c->r, c->s->names_at,
		    "\"%s\" is a text: it has no figures", t->name);
	else if (c->s->kind == SECTION_OF_TOTALS)
		check_total(c, t);
	if (t->log == NULL)
		report_warning(c->r, c->s->names_at,
		    "\"%s\" is not logged: its figures stay empty", t->name);
}

static void
check_tags(struct checking *c, const char *name)
{
	uint32_t i;

	if (!is_pattern(name)) {
		i = plant_tag(c->p, name);
		if (i == NONE)
			unknown(c, name, "tag");
		else
			check_tag(c, &c->p->tags[i]);
		return;
	}
	for (i = 0; i < c->p->n_tags; i++)
		if (name_match(name, c->p->tags[i].name))
			check_tag(c, &c->p->tags[i]);
}

static void
check_alarm(struct checking *c, const char *name)
{
	if (!is_pattern(name) && plant_alarm(c->p, name) == NONE)
		unknown(c, name, "alarm");
}

void
outline_check(const struct outline *o, const struct plant *p, struct report *r)
{
	struct checking c = { NULL, p, r };
	unsigned i, k;

	for (i = 0; i < o->n_sections; i++) {
		c.s = &o->sections[i];
		for (k = 0; k < c.s->n_names; k++)
			if (c.s->kind == SECTION_OF_ALARMS)
				check_alarm(&c, c.s->names[k]);
			else if (c.s->kind != SECTION_OF_ACTIONS &&
			    c.s->kind != SECTION_OF_STANDING)
				check_tags(&c, c.s->names[k]);
	}
	if (o->period == PERIOD_SHIFT && p->n_shifts == 0)
		report_error(
		    r, o->at, "\"shifts\" in plant.conf does not have any");
}
