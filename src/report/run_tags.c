/* SPDX-License-Identifier: ISC */
/* run_tags.c - tags and their figures. */
#include "report/run_inside.h"

#include <math.h>
#include <string.h>

#define BATCH 100	/* tags in one question */

static bool
has_tags(const struct report_run *r)
{
	return run_has_kind(r, SECTION_OF_VALUES) ||
	    run_has_kind(r, SECTION_OF_TOTALS) || run_has_kind(r, SECTION_OF_HOURS);
}

static void
ask_tags(struct report_run *r)
{
	const struct outline *o = r->plan.outline;
	unsigned i, k;

	for (i = 0; i < o->n_sections; i++)
		for (k = 0; run_is_of_tags(&o->sections[i]) &&
		     k < o->sections[i].n_names; k++)
			run_say(r, PARAMETER_NAME, o->sections[i].names[k]);
}

/* TAG_COLUMNS */
static void
take_tag(struct report_run *r, const struct cell *cells, unsigned n)
{
	const char *name;

	if (n < 10 || cells[0].type != CELL_TEXT ||
	    run_find(r->tag_names, cells[0].as.text) != NONE)
		return;
	name = run_keep(r, &cells[0]);
	run_remember(r, &r->tag_names, name, r->facts.tags.n);
	vec_push(&r->facts.tags,
	    ((struct report_tag){ .name = name,
		.title = run_keep(r, &cells[9]),
		.unit = run_keep(r, &cells[3]),
		.area = run_keep(r, &cells[8]),
		.object = "" }));
}

static void
say_batch(struct report_run *r)
{
	size_t i;

	for (i = r->batch; i < r->facts.tags.n && i < r->batch + BATCH; i++)
		run_say(r, PARAMETER_NAME, r->facts.tags.at[i].name);
}

static bool
more_batches(struct report_run *r)
{
	r->batch += BATCH;
	if (r->batch < r->facts.tags.n)
		return true;
	r->batch = 0;
	return false;
}

static bool
has_any_tag(const struct report_run *r)
{
	return r->facts.tags.n > 0;
}

/* DESCRIBE_COLUMNS */
static void
take_description(struct report_run *r, const struct cell *cells, unsigned n)
{
	uint32_t tag = n >= 7 && cells[0].type == CELL_TEXT
	    ? run_find(r->tag_names, cells[0].as.text)
	    : NONE;
	double decimals;

	if (tag == NONE)
		return;
	r->facts.tags.at[tag].object = run_keep(r, &cells[4]);
	decimals = cell_number(&cells[6]);
	if (decimals > 0 && decimals <= 9)
		r->facts.tags.at[tag].decimals = (uint8_t)decimals;
}

static bool
has_objects(const struct report_run *r)
{
	size_t i;

	for (i = 0; i < r->facts.tags.n; i++)
		if (*r->facts.tags.at[i].object != '\0')
			return true;
	return false;
}

/* A signal is called after its object: "Raw water pump A", not "Running". */
static void
ask_objects(struct report_run *r)
{
	const struct report_tag *t;
	size_t i;

	for (i = r->batch; i < r->facts.tags.n && i < r->batch + BATCH; i++) {
		t = &r->facts.tags.at[i];
		if (*t->object != '\0' &&
		    run_find(r->object_names, t->object) == NONE) {
			run_remember(r, &r->object_names, t->object, i);
			run_say(r, PARAMETER_NAME, t->object);
		}
	}
}

/* OBJECT_COLUMNS: many rows of each */
static void
take_object(struct report_run *r, const struct cell *cells, unsigned n)
{
	const char *title;
	struct report_tag *t;
	uint32_t first;
	size_t i;

	if (n < 2 || cells[0].type != CELL_TEXT || cells[1].type != CELL_TEXT)
		return;
	first = run_find(r->object_names, cells[0].as.text);
	if (first == NONE || r->facts.tags.at[first].owner != NULL)
		return;
	title = run_keep(r, &cells[1]);
	for (i = first; i < r->facts.tags.n; i++) {
		t = &r->facts.tags.at[i];
		if (strcmp(t->object, cells[0].as.text) == 0)
			t->owner = title;
	}
}

static void
end_objects(struct report_run *r)
{
	const struct report_bucket none = { NAN, NAN, NAN, NAN, NAN, 0, NAN,
		NAN, NAN, NAN, NAN, NULL };
	size_t n = r->plan.n_sheets * r->facts.tags.n, i;

	if (r->buckets != NULL)
		return;
	r->buckets = arena_take(r->facts.arena, n, sizeof(*r->buckets));
	for (i = 0; i < n; i++)
		r->buckets[i] = none;
}

static void
ask_history(struct report_run *r)
{
	const struct report_sheet *s = &r->plan.sheets[r->sheet];

	say_batch(r);
	run_say_time(r, PARAMETER_SINCE, s->period.from);
	run_say_time(r, PARAMETER_UNTIL, s->to);
	run_say(r, PARAMETER_EVERY,
	    arena_printf(r->facts.arena, "%lldms",
		(long long)(s->to.ms - s->period.from.ms)));
	run_say(r, PARAMETER_SHOW,
	    "avg,min,max,last,count,good,integral,rises,flags,counted,"
	    "covered,resets");
}

/* tag,from,to and what was asked for */
static void
take_bucket(struct report_run *r, const struct cell *cells, unsigned n)
{
	uint32_t tag = n >= 15 && cells[0].type == CELL_TEXT
	    ? run_find(r->tag_names, cells[0].as.text)
	    : NONE;
	double x[12];
	unsigned i;

	if (tag == NONE)
		return;
	for (i = 0; i < 12; i++)
		x[i] = cell_number(&cells[3 + i]);
	r->buckets[r->sheet * r->facts.tags.n + tag] =
	    (struct report_bucket){ x[0], x[1], x[2], x[3], x[4], x[5], x[6],
		x[7], x[9], x[10], x[11], run_keep(r, &cells[11]) };
}

static bool
more_history(struct report_run *r)
{
	return more_batches(r) || ++r->sheet < r->plan.n_sheets;
}

const struct run_step run_tag_steps[] = {
	{ VERB_TAGS, false, has_tags, ask_tags, take_tag, NULL, NULL },
	{ VERB_DESCRIBE, false, has_any_tag, say_batch, take_description,
	    more_batches, NULL },
	{ VERB_OBJECT, false, has_objects, ask_objects, take_object,
	    more_batches, end_objects },
	{ VERB_HISTORY, false, has_any_tag, ask_history, take_bucket,
	    more_history, NULL },
	{ .row = NULL },
};
