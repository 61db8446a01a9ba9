/* SPDX-License-Identifier: ISC */
/*
 * read_expr.c - expressions, once all tags have their slots; and the order in
 * which calculated tags are evaluated.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/ring.h"
#include "project/reader.h"

void
pend_limit(struct reader *r, const struct cell *c, const char *key,
    struct pending into)
{
	if (!cell_is_set(c))
		return;
	into.key = key;
	into.at = c->at;
	into.text = c->form == FORM_EXPR
	    ? c->string
	    : NULL;
	if (into.text == NULL) {
		char number[32];

		real_print(number, c->real);
		into.text = keep(r, number);
	}
	vec_push(&r->pending, into);
}

/* Who asks for names: the plant, and the object whose signals are bare. */
struct scope {
	const struct plant *plant;
	uint32_t object;
	const struct type_def *type;	/* checked by itself */
};

static uint32_t
find_tag(void *arg, const char *name, size_t len)
{
	const struct scope *s = arg;
	char full[2 * PLANT_NAME_MAX + 2];
	size_t i;

	if (len > PLANT_NAME_MAX)
		return NONE;
	if (memchr(name, '.', len) != NULL)
		return plant_tag_n(s->plant, name, len);
	if (s->object != NONE) {
		snprintf(full, sizeof(full), "%s.%.*s",
		    s->plant->objects[s->object].name, (int)len, name);
		return plant_tag(s->plant, full);
	}
	for (i = 0; s->type != NULL && i < s->type->signals.n; i++) {
		const char *own =
		    s->type->signals.at[i].item->cells[TAG_NAME].string;

		if (strncmp(own, name, len) == 0 && own[len] == '\0')
			return 0;
	}
	return NONE;
}

/* The name in `unknown tag "x"`. */
static void
name_in(char name[PLANT_NAME_MAX + 1], const char *message)
{
	const char *from = strchr(message, '"');
	const char *to = from ? strchr(from + 1, '"') : NULL;

	name[0] = '\0';
	if (to != NULL && to - from <= PLANT_NAME_MAX)
		snprintf(name, PLANT_NAME_MAX + 1, "%.*s",
		    (int)(to - from - 1), from + 1);
}

/* A signal that the type has, but that could not be made, was said. */
static bool
was_said(const struct scope *s, const char *name)
{
	const struct type_def *t = s->type;
	size_t i;

	for (i = 0; t != NULL && i < t->signals.n; i++) {
		if (strcmp(t->signals.at[i].item->cells[0].string, name) == 0)
			return t->signals.at[i].failed;
	}
	return false;
}

/* The nearest tag or own signal to an unknown name. */
static const char *
suggest(char hint[NEAR_CAP], const struct scope *s, const char *name)
{
	const struct type_def *t = s->type;
	const char *best = NULL;
	unsigned distance = 0;
	size_t i;

	for (i = 0; i < s->plant->n_tags && i < 20000; i++)
		near_offer(name, s->plant->tags[i].name, &best, &distance);
	for (i = 0; t != NULL && i < t->signals.n; i++)
		near_offer(name, t->signals.at[i].item->cells[0].string,
		    &best, &distance);
	if (best != NULL && strcmp(best, name) == 0)
		return "; it was removed from this object";	/* removed by - */
	return near_text(hint, best);
}

static struct expr *
compile(struct reader *r, struct arena *into, const char *text,
    struct scope *s, const char *key, struct place at)
{
	struct err e;
	char hint[NEAR_CAP] = "", name[PLANT_NAME_MAX + 1] = "";
	bool unknown = false;
	int column = 0;
	struct expr *x = expr_parse(
	    into, text, find_tag, s, &column, &unknown, &e);

	if (unknown)
		name_in(name, e.text);
	if (x != NULL || (unknown && (r->tags.unsure || was_said(s, name))))
		return x;
	report_error(r->report, at, "\"%s\": %s at column %d of \"%.200s\"%s",
	    key, e.text, column, text,
	    unknown && report_may_search(r->report)
		? suggest(hint, s, name) : "");
	return NULL;
}

/* What is counted since midnight is one number that counts. */
static void
check_since(struct reader *r, const struct pending *p)
{
	const struct plant *plant = r->plant;
	const struct tag *t = &plant->tags[p->index];
	uint32_t of;

	if (!t->since_day || t->expr == NULL)
		return;
	of = expr_is_tag(t->expr);
	if (of == NONE || plant->tags[of].type == VALUE_TEXT ||
	    plant->tags[of].type == VALUE_BOOL)
		report_error(r->report, p->at, "\"since\": \"expr\" must be "
		    "one tag that counts, not \"%.200s\"", p->text);
}

static const struct type_def *
type_of(const struct reader *r, uint32_t object)
{
	return object == NONE
	    ? NULL
	    : &r->type_defs.at[r->plant->objects[object].type];
}

void
compile_all(struct reader *r)
{
	struct scope s = { .plant = r->plant };
	struct expr *x;
	size_t i;

	for (i = 0; i < r->pending.n; i++) {
		const struct pending *p = &r->pending.at[i];

		s.object = p->object;
		s.type = type_of(r, p->object);
		x = compile(r, r->arena, p->text, &s, p->key, p->at);
		if (p->target == TARGET_SLOT)
			*p->slot = x;
		else if (p->target == TARGET_TAG)
			r->plant->tags[p->index].expr = x;
		else if (p->target == TARGET_COMMAND)
			r->plant->commands[p->index].interlock = x;
		else if (p->target == TARGET_SUPPRESS)
			r->plant->alarms[p->index].suppress = x;
		else
			r->plant->alarms[p->index].limit = x;
		if (p->target == TARGET_TAG)
			check_since(r, p);
	}
}

static void
check_cell(struct reader *r, struct scope *s, const struct item *x,
    unsigned row)
{
	const struct cell *c = &x->cells[row];

	if (cell_is_set(c) && c->form == FORM_EXPR)
		compile(r, r->scratch, c->string, s, x->schema->keys[row].name,
		    c->at);
}

static void
check_items(struct reader *r, struct scope *s, struct item *const *all,
    size_t n)
{
	size_t i;
	unsigned row;

	for (i = 0; i < n; i++) {
		for (row = 0; row < all[i]->schema->n; row++)
			check_cell(r, s, all[i], row);
	}
}

void
check_types(struct reader *r)
{
	struct scope s = { .plant = r->plant, .object = NONE };
	size_t i, j;
	unsigned row;

	for (i = 0; i < r->type_defs.n; i++) {
		struct type_def *t = &r->type_defs.at[i];

		s.type = t;
		check_cell(r, &s, t->item, TYPE_SUPPRESS);
		check_items(r, &s, t->states.at, t->states.n);
		check_items(r, &s, t->commands.at, t->commands.n);
		check_items(r, &s, t->alarms.at, t->alarms.n);
		for (j = 0; j < t->signals.n; j++) {
			const struct item *x = t->signals.at[j].item;
			const struct cell *w = &x->cells[TAG_WRITE];

			check_cell(r, &s, x, TAG_EXPR);
			if (!cell_is_set(w))
				continue;
			for (row = 0; row < w->item->schema->n; row++)
				check_cell(r, &s, w->item, row);
		}
	}
}

/* Depth first with a stack of our own: a chain may be as long as the plant. */
struct walk {
	struct reader *r;
	uint8_t *state;		/* 0 new, 1 on the stack, 2 in order */
	struct frame {
		uint32_t tag;
		unsigned next;
	} *stack;
	size_t depth;
	unsigned said;
};

static struct place
place_of_calc(const struct reader *r, uint32_t tag)
{
	size_t i;

	for (i = 0; i < r->pending.n; i++) {
		if (r->pending.at[i].target == TARGET_TAG &&
		    r->pending.at[i].index == tag)
			return r->pending.at[i].at;
	}
	return (struct place){ 0 };
}

#define CYCLE_SHOWN 8	/* names of a cycle that are written out */
#define CYCLES_SAID 100

static void
say_cycle(struct walk *w, uint32_t tag)
{
	struct plant *p = w->r->plant;
	struct buf text = { 0 };
	size_t i = w->depth, n = 0;

	if (w->said++ >= CYCLES_SAID)
		return;
	while (i > 0 && w->stack[i - 1].tag != tag)
		i--;
	for (i = i > 0 ? i - 1 : 0; i < w->depth; i++) {
		if (n++ < CYCLE_SHOWN)
			buf_printf(&text, "%s -> ",
			    p->tags[w->stack[i].tag].name);
	}
	if (n > CYCLE_SHOWN)
		buf_text(&text, ".. -> ");
	buf_text(&text, p->tags[tag].name);
	report_error(w->r->report, place_of_calc(w->r, tag),
	    "the expression needs itself: %s", buf_string(&text));
	buf_free(&text);
}

static void
push(struct walk *w, uint32_t tag)
{
	w->stack[w->depth++] = (struct frame){ tag, 0 };
	w->state[tag] = 1;
}

static void
visit(struct walk *w, uint32_t first)
{
	struct plant *p = w->r->plant;
	const uint32_t *needs;
	struct frame *f;
	unsigned n;

	push(w, first);
	while (w->depth > 0) {
		f = &w->stack[w->depth - 1];
		needs = expr_tags(p->tags[f->tag].expr, &n);
		if (f->next == n) {
			w->state[f->tag] = 2;
			p->calc[p->n_calc++] = f->tag;
			w->depth--;
			continue;
		}
		needs += f->next++;
		if (p->tags[*needs].expr == NULL)
			continue;
		if (w->state[*needs] == 0)
			push(w, *needs);
		else if (w->state[*needs] == 1)
			say_cycle(w, *needs);
	}
}

void
order_calc(struct reader *r)
{
	struct plant *p = r->plant;
	struct walk w = { .r = r };
	uint32_t i, n = 0;

	for (i = 0; i < p->n_tags; i++)
		n += p->tags[i].expr != NULL;
	p->calc = arena_take(r->arena, n, sizeof(*p->calc));
	w.state = xcalloc(p->n_tags + 1, sizeof(*w.state));
	w.stack = xcalloc(n + 1, sizeof(*w.stack));
	for (i = 0; i < p->n_tags; i++) {
		if (p->tags[i].expr != NULL && w.state[i] == 0)
			visit(&w, i);
	}
	free(w.state);
	free(w.stack);
}

/* One way round a ring, if it is not too long. */
static void
ring_print(struct buf *b, const struct plant *p, const struct ring *first)
{
	const struct ring *next;
	uint32_t at = first->by, n, i, steps;

	buf_printf(b, "%s by %s", p->alarms[first->alarm].name,
	    p->alarms[at].name);
	for (steps = 0; at != first->alarm && steps < 8; steps++) {
		next = ring_of(p, at, &n);
		at = next->by;
		for (i = 0; i < n; i++)	/* home, if it leads there */
			if (next[i].by == first->alarm)
				at = first->alarm;
		buf_printf(b, " by %s", p->alarms[at].name);
	}
	if (at != first->alarm)
		buf_text(b, " by ..");
}

void
check_rings(struct reader *r)
{
	const struct pending *p;
	const struct ring *ring;
	struct buf b = { 0 };
	uint32_t n;
	size_t i;

	if (r->report->errors > 0)
		return;		/* not all expressions are there */
	rings_find(r->plant);
	for (i = 0; r->plant->n_rings > 0 && i < r->pending.n; i++) {
		p = &r->pending.at[i];
		if (p->target != TARGET_SUPPRESS)
			continue;
		ring = ring_of(r->plant, p->index, &n);
		if (ring == NULL)
			continue;
		buf_clear(&b);
		ring_print(&b, r->plant, ring);
		report_warning(r->report, p->at,
		    "\"suppress\": alarms silence each other: %s; while all of "
		    "them would be silent none is", buf_string(&b));
	}
	buf_free(&b);
}
