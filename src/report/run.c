/* SPDX-License-Identifier: ISC */
/* run.c - what is asked, one question after the other. */
#include "report/run_inside.h"

#include <string.h>

uint32_t
run_find(const struct named *names, const char *name)
{
	struct named *n;

	HASH_FIND_STR(names, name, n);
	return n != NULL ? n->index : NONE;
}

void
run_remember(struct report_run *r, struct named **names, const char *name,
    size_t index)
{
	struct named *n = arena_take(r->facts.arena, 1, sizeof(*n));

	n->name = name;
	n->index = (uint32_t)index;
	HASH_ADD_KEYPTR(hh, *names, n->name, strlen(n->name), n);
}

void
run_say(struct report_run *r, enum parameter which, const char *text)
{
	vec_push(&r->words, ((struct report_word){ which, text }));
}

void
run_say_time(struct report_run *r, enum parameter which, struct wall t)
{
	char *room = arena_take(r->facts.arena, 1, WHEN_CAP);

	run_say(r, which, when_utc(room, t));
}

const char *
run_keep(struct report_run *r, const struct cell *c)
{
	if (c->type != CELL_TEXT && c->type != CELL_FLAGS)
		return "";
	return arena_text(r->facts.arena, c->as.text);
}

bool
run_has_kind(const struct report_run *r, enum section_kind k)
{
	const struct outline *o = r->plan.outline;
	unsigned i;

	for (i = 0; i < o->n_sections; i++)
		if (o->sections[i].kind == k)
			return true;
	return false;
}

bool
run_is_of_tags(const struct outline_section *s)
{
	return s->kind <= SECTION_OF_HOURS;
}

static void
ask_outline(struct report_run *r)
{
	run_say(r, PARAMETER_NAME, r->plan.name);
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
		plan_shift(&r->plan, run_keep(r, &cells[0]), run_keep(r, &cells[1]),
		    run_keep(r, &cells[2]));
}

static void
end_shifts(struct report_run *r)
{
	plan_sheets(&r->plan);
}

static const struct run_step plan_steps[] = {
	{ VERB_REPORT, true, NULL, ask_outline, take_line, NULL, end_outline },
	{ VERB_SHIFTS, false, has_shifts, NULL, take_shift, NULL, end_shifts },
	{ .row = NULL },
};
static const struct run_step *const groups[] = { plan_steps, run_tag_steps,
	run_event_steps, run_standing_steps };
#define GROUPS (sizeof(groups) / sizeof(groups[0]))

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
	if (run_is_of_tags(m.section))
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

/* NULL: all is asked. */
static const struct run_step *
step_of(const struct report_run *r)
{
	return r->group < GROUPS ? &groups[r->group][r->step] : NULL;
}

/* On to the next step; what the last one needs done is done. */
static void
advance(struct report_run *r)
{
	const struct run_step *s = step_of(r);

	if (s->end != NULL)
		s->end(r);
	r->step++;
	if (s[1].row == NULL) {
		r->step = 0;
		r->group++;
	}
	if (r->group == GROUPS)
		end_all(r);
}

const struct report_question *
report_run_next(struct report_run *r)
{
	const struct run_step *s;

	while (r->plan.code == EXIT_DONE && (s = step_of(r)) != NULL) {
		if (s->needed != NULL && !s->needed(r)) {
			advance(r);
			continue;
		}
		vec_clear(&r->words);
		if (s->ask != NULL)
			s->ask(r);
		r->question = (struct report_question){
			s->verb, r->words.at, r->words.n };
		return &r->question;
	}
	return NULL;
}

void
report_run_row(struct report_run *r, const struct cell *cells, unsigned n)
{
	const struct run_step *s = step_of(r);

	if (s != NULL && n > 0)
		s->row(r, cells, n);
}

void
report_run_end(struct report_run *r, int code, const char *text)
{
	const struct run_step *s = step_of(r);

	if (s == NULL)
		return;
	if (code != EXIT_DONE && (code != EXIT_NEGATIVE || s->must))
		plan_fail(&r->plan, code, "%s", text);
	else if (s->more == NULL || !s->more(r))
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
