/* SPDX-License-Identifier: ISC */
/*
 * run.c - what is asked, one question after the other.
 *
 * The alarms as they are now are asked before the journal: what comes or goes
 * between the two answers stands in the journal and counts.
 */
#include "report/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <uthash.h>

#include "model/alarm.h"
#include "report/parts.h"
#include "report/plan.h"

#define BATCH 100	/* tags in one question */

struct named {
	const char *name;
	uint32_t index;
	UT_hash_handle hh;
};

struct report_run {
	struct report_plan plan;
	struct report_facts facts;
	struct report_bucket *buckets;	/* of sheet and tag */
	struct named *alarm_names, *tag_names, *object_names;
	unsigned step;
	unsigned sheet;		/* HISTORY: whose figures are asked for */
	size_t batch;		/* first tag of the question */
	enum inhibit aside;	/* ALARMS: what is handed over of them */
	VEC(struct report_word) words;
	struct report_question question;
};

static uint32_t
find(const struct named *names, const char *name)
{
	struct named *n;

	HASH_FIND_STR(names, name, n);
	return n != NULL ? n->index : NONE;
}

static void
remember(struct report_run *r, struct named **names, const char *name,
    size_t index)
{
	struct named *n = arena_take(r->facts.arena, 1, sizeof(*n));

	n->name = name;
	n->index = (uint32_t)index;
	HASH_ADD_KEYPTR(hh, *names, n->name, strlen(n->name), n);
}

static void
say(struct report_run *r, enum parameter which, const char *text)
{
	vec_push(&r->words, ((struct report_word){ which, text }));
}

static void
say_time(struct report_run *r, enum parameter which, struct wall t)
{
	char *room = arena_take(r->facts.arena, 1, WHEN_CAP);

	say(r, which, when_utc(room, t));
}

/* A text of the answer, kept; "" for none. */
static const char *
keep(struct report_run *r, const struct cell *c)
{
	if (c->type != CELL_TEXT && c->type != CELL_FLAGS)
		return "";
	return arena_text(r->facts.arena, c->as.text);
}

/* --- what the report holds, and when the shifts are --- */

static void
ask_outline(struct report_run *r)
{
	say(r, PARAMETER_NAME, r->plan.name);
}

static void
take_line(struct report_run *r, const struct cell *cells, unsigned n)
{
	(void)n;
	if (cells[0].type == CELL_TEXT)
		buf_text(&r->plan.text, cells[0].as.text);
	buf_char(&r->plan.text, '\n');
}

static void
end_outline(struct report_run *r)
{
	plan_read(&r->plan);
}

static bool
has_shifts(const struct report_run *r)
{
	return r->plan.outline->period == PERIOD_SHIFT;
}

static void
take_shift(struct report_run *r, const struct cell *cells, unsigned n)
{
	if (n >= 3)
		plan_shift(&r->plan, keep(r, &cells[0]), keep(r, &cells[1]),
		    keep(r, &cells[2]));
}

static void
end_shifts(struct report_run *r)
{
	plan_sheets(&r->plan);
}

/* --- tags and their figures --- */

static bool
is_of_tags(const struct outline_section *s)
{
	return s->kind <= SECTION_OF_HOURS;
}

static bool
has_kind(const struct report_run *r, enum section_kind k)
{
	const struct outline *o = r->plan.outline;
	unsigned i;

	for (i = 0; i < o->n_sections; i++)
		if (o->sections[i].kind == k)
			return true;
	return false;
}

static bool
has_tags(const struct report_run *r)
{
	return has_kind(r, SECTION_OF_VALUES) ||
	    has_kind(r, SECTION_OF_TOTALS) || has_kind(r, SECTION_OF_HOURS);
}

static void
ask_tags(struct report_run *r)
{
	const struct outline *o = r->plan.outline;
	unsigned i, k;

	for (i = 0; i < o->n_sections; i++)
		for (k = 0; is_of_tags(&o->sections[i]) &&
		     k < o->sections[i].n_names; k++)
			say(r, PARAMETER_NAME, o->sections[i].names[k]);
}

/* TAG_COLUMNS */
static void
take_tag(struct report_run *r, const struct cell *cells, unsigned n)
{
	const char *name;

	if (n < 10 || cells[0].type != CELL_TEXT ||
	    find(r->tag_names, cells[0].as.text) != NONE)
		return;
	name = keep(r, &cells[0]);
	remember(r, &r->tag_names, name, r->facts.tags.n);
	vec_push(&r->facts.tags,
	    ((struct report_tag){ .name = name,
		.title = keep(r, &cells[9]),
		.unit = keep(r, &cells[3]),
		.area = keep(r, &cells[8]),
		.object = "" }));
}

static void
say_batch(struct report_run *r)
{
	size_t i;

	for (i = r->batch; i < r->facts.tags.n && i < r->batch + BATCH; i++)
		say(r, PARAMETER_NAME, r->facts.tags.at[i].name);
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
	    ? find(r->tag_names, cells[0].as.text)
	    : NONE;
	double decimals;

	if (tag == NONE)
		return;
	r->facts.tags.at[tag].object = keep(r, &cells[4]);
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
		    find(r->object_names, t->object) == NONE) {
			remember(r, &r->object_names, t->object, i);
			say(r, PARAMETER_NAME, t->object);
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
	first = find(r->object_names, cells[0].as.text);
	if (first == NONE || r->facts.tags.at[first].owner != NULL)
		return;
	title = keep(r, &cells[1]);
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
	say_time(r, PARAMETER_SINCE, s->period.from);
	say_time(r, PARAMETER_UNTIL, s->to);
	say(r, PARAMETER_EVERY,
	    arena_printf(r->facts.arena, "%lldms",
		(long long)(s->to.ms - s->period.from.ms)));
	say(r, PARAMETER_SHOW,
	    "avg,min,max,last,count,good,integral,rises,flags,counted,"
	    "covered,resets");
}

/* tag,from,to and what was asked for */
static void
take_bucket(struct report_run *r, const struct cell *cells, unsigned n)
{
	uint32_t tag = n >= 15 && cells[0].type == CELL_TEXT
	    ? find(r->tag_names, cells[0].as.text)
	    : NONE;
	double x[12];
	unsigned i;

	if (tag == NONE)
		return;
	for (i = 0; i < 12; i++)
		x[i] = cell_number(&cells[3 + i]);
	r->buckets[r->sheet * r->facts.tags.n + tag] =
	    (struct report_bucket){ x[0], x[1], x[2], x[3], x[4], x[5], x[6],
		x[7], x[9], x[10], x[11], keep(r, &cells[11]) };
}

static bool
more_history(struct report_run *r)
{
	return more_batches(r) || ++r->sheet < r->plan.n_sheets;
}

/* --- alarms --- */

static bool
has_alarms(const struct report_run *r)
{
	return has_kind(r, SECTION_OF_ALARMS);
}

/* Also one that the project does not have any more. */
static uint32_t
alarm_of(struct report_run *r, const struct cell *name)
{
	const char *text = cell_words(name);
	uint32_t i = find(r->alarm_names, text);

	if (i != NONE)
		return i;
	text = arena_text(r->facts.arena, text);
	remember(r, &r->alarm_names, text, r->facts.alarms.n);
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
	a->title = keep(r, &cells[1]);
	a->area = keep(r, &cells[2]);
	a->priority = priority > 0 ? (unsigned)priority : 0;
	a->level = keep(r, &cells[4]);
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
	say(r, PARAMETER_KIND, "alarm");
	say_time(r, PARAMETER_SINCE, r->plan.sheets[0].period.from);
}

/* What EVENT_COLUMNS say of it; an older server says nothing. */
static const char *
flags_of(struct report_run *r, const struct cell *cells, unsigned n)
{
	return n > 12 ? keep(r, &cells[12]) : "";
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
			cells[1].as.time, was, is, flags_of(r, cells, n) }));
}

/* --- what operators did --- */

static bool
has_actions(const struct report_run *r)
{
	return has_kind(r, SECTION_OF_ACTIONS);
}

static void
ask_actions(struct report_run *r)
{
	say(r, PARAMETER_KIND, "command");
	say(r, PARAMETER_KIND, "alarm");	/* some are acknowledgements */
	say_time(r, PARAMETER_SINCE, r->plan.sheets[0].period.from);
	say_time(r, PARAMETER_UNTIL, r->plan.sheets[r->plan.n_sheets - 1].to);
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
		.area = keep(r, &cells[3]),
		.name = keep(r, &cells[4]),
		.user = keep(r, &cells[6]),
		.old = keep(r, &cells[8]),
		.new = keep(r, &cells[9]),
		.result = keep(r, &cells[10]),
		.flags = flags_of(r, cells, n) }));
}

/* --- what stands that is not usual --- */

static bool
has_standing(const struct report_run *r)
{
	return has_kind(r, SECTION_OF_STANDING);
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
		.name = keep(r, &cells[0]),
		.area = keep(r, &cells[standing[i].area]),
		.user = keep(r, &cells[standing[i].user]),
		.since = instant(&cells[standing[i].since]),
		.until = instant(&cells[standing[i].until]),
		.reason = keep(r, &cells[standing[i].reason]) }));
}

/* Each inhibition by itself: an alarm may have several (P8). */
static void
ask_aside(struct report_run *r)
{
	say(r, PARAMETER_STATE, alarm_inhibit_name(r->aside));
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
		.name = keep(r, &cells[0]),
		.area = keep(r, &cells[6]),
		.user = keep(r, &cells[16]),
		.since = n > 19 ? instant(&cells[19]) : (struct wall){ 0 },
		.until = instant(&cells[17]),
		.reason = keep(r, &cells[18]) }));
}

static bool
more_aside(struct report_run *r)
{
	return ++r->aside < INHIBITS;
}

static void
make_part(struct report_run *r, unsigned sheet, unsigned section)
{
	struct report_sheet *s = &r->plan.sheets[sheet];
	struct report_part *p = &s->parts[section];
	struct report_making m = { .facts = &r->facts,
		.section = &r->plan.outline->sections[section],
		.sheet = s,
		.buckets = r->buckets + sheet * r->facts.tags.n,
		.language = r->plan.language,
		.by_area = r->plan.outline->by_area };
	const char *title = text_in(&m.section->title, r->plan.language);

	p->section = section_kind_name((enum section_kind)m.section->kind);
	p->title = *title != '\0' ? title : p->section;
	if (is_of_tags(m.section))
		report_tags_part(p, &m);
	else if (m.section->kind == SECTION_OF_ALARMS)
		report_alarms_part(p, &m);
	else if (m.section->kind == SECTION_OF_STANDING)
		report_standing_part(p, &m);
	else
		report_actions_part(p, &m);
}

static void
end_all(struct report_run *r)
{
	const unsigned n = r->plan.outline->n_sections;
	struct report_sheet *s;
	unsigned i, k;

	for (i = 0; i < r->plan.n_sheets; i++) {
		s = &r->plan.sheets[i];
		report_head(s, r->facts.arena);
		s->n_parts = n;
		s->parts = arena_take(r->facts.arena, n, sizeof(*s->parts));
		for (k = 0; k < n; k++)
			make_part(r, i, k);
	}
}

static const struct {
	enum verb verb;
	bool must;		/* an answer without rows is none */
	bool (*needed)(const struct report_run *r);	/* NULL: always */
	void (*ask)(struct report_run *r);		/* NULL: no words */
	void (*row)(struct report_run *r, const struct cell *cells, unsigned n);
	bool (*more)(struct report_run *r);	/* the same once more */
	void (*end)(struct report_run *r);	/* also if it was not needed */
} steps[] = {
	{ VERB_REPORT, true, NULL, ask_outline, take_line, NULL, end_outline },
	{ VERB_SHIFTS, false, has_shifts, NULL, take_shift, NULL, end_shifts },
	{ VERB_TAGS, false, has_tags, ask_tags, take_tag, NULL, NULL },
	{ VERB_DESCRIBE, false, has_any_tag, say_batch, take_description,
	    more_batches, NULL },
	{ VERB_OBJECT, false, has_objects, ask_objects, take_object,
	    more_batches, end_objects },
	{ VERB_HISTORY, false, has_any_tag, ask_history, take_bucket,
	    more_history, NULL },
	{ VERB_DESCRIBE_ALARM, false, has_alarms, NULL, take_alarm, NULL,
	    NULL },
	{ VERB_ALARMS, false, has_alarms, NULL, take_state, NULL, NULL },
	{ VERB_EVENTS, false, has_alarms, ask_journal, take_step, NULL, NULL },
	{ VERB_EVENTS, false, has_actions, ask_actions, take_action, NULL,
	    NULL },
	{ VERB_OVERRIDE_LIST, false, has_standing, NULL, take_standing, NULL,
	    NULL },
	{ VERB_BYPASS_LIST, false, has_standing, NULL, take_standing, NULL,
	    NULL },
	{ VERB_LOCKOUT_LIST, false, has_standing, NULL, take_standing, NULL,
	    NULL },
	{ VERB_ALARMS, false, has_standing, ask_aside, take_aside, more_aside,
	    end_all },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

struct report_run *
report_run_new(const struct report_wish *wish)
{
	struct report_run *r = xcalloc(1, sizeof(*r));

	r->facts.arena = arena_new();
	plan_init(&r->plan, wish, r->facts.arena);
	return r;
}

void
report_run_free(struct report_run *r)
{
	if (r == NULL)
		return;
	HASH_CLEAR(hh, r->alarm_names);
	HASH_CLEAR(hh, r->tag_names);
	HASH_CLEAR(hh, r->object_names);
	vec_free(&r->facts.tags);
	vec_free(&r->facts.alarms);
	vec_free(&r->facts.steps);
	vec_free(&r->facts.actions);
	vec_free(&r->facts.standing);
	vec_free(&r->words);
	plan_fini(&r->plan);
	arena_free(r->facts.arena);
	free(r);
}

/* On to the next step; what the last one needs done is done. */
static void
advance(struct report_run *r)
{
	if (steps[r->step].end != NULL)
		steps[r->step].end(r);
	r->step++;
}

const struct report_question *
report_run_next(struct report_run *r)
{
	while (r->plan.code == EXIT_DONE && r->step < STEPS) {
		if (steps[r->step].needed != NULL &&
		    !steps[r->step].needed(r)) {
			advance(r);
			continue;
		}
		vec_clear(&r->words);
		if (steps[r->step].ask != NULL)
			steps[r->step].ask(r);
		r->question = (struct report_question){ steps[r->step].verb,
			r->words.at, r->words.n };
		return &r->question;
	}
	return NULL;
}

void
report_run_row(struct report_run *r, const struct cell *cells, unsigned n)
{
	if (r->step < STEPS && n > 0)
		steps[r->step].row(r, cells, n);
}

void
report_run_end(struct report_run *r, int code, const char *text)
{
	if (r->step >= STEPS)
		return;
	if (code != EXIT_DONE &&
	    (code != EXIT_NEGATIVE || steps[r->step].must)) {
		plan_fail(&r->plan, code, "%s", text);
		return;
	}
	if (steps[r->step].more == NULL || !steps[r->step].more(r))
		advance(r);
}

int
report_run_code(const struct report_run *r, const char **text)
{
	*text = r->plan.why.text;
	return r->plan.code;
}

const struct report_sheet *
report_sheets(const struct report_run *r, unsigned *n)
{
	*n = r->plan.n_sheets;
	return r->plan.sheets;
}

const struct report_plan *
report_plan_of(const struct report_run *r)
{
	return &r->plan;
}
