/* SPDX-License-Identifier: ISC */
#include "model/ring.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "model/expr_code.h"
#include "model/plant.h"

#define FAR 1e12		/* beyond every limit */

/* --- what is a ring --- */

struct search {
	struct plant *p;
	VEC(struct ring) edges;
	VEC(uint32_t) tags;	/* that a suppression reads, through others */
	VEC(uint32_t) calc;	/* those of them that are calculated, in order */
	VEC(double) tries;	/* values at which something may change */
	bool scaled;		/* or at others that are worked out */
	VEC(uint32_t) stack;
	struct value *values;	/* of all tags, on trial: not known */
	uint32_t *place;	/* in p->calc, of all tags */
	uint32_t *seen;		/* tags or alarms: at which turn */
	uint32_t turn;
};

static void
add_tags(struct search *s, const struct expr *x)
{
	const uint32_t *tags;
	unsigned n, i;

	tags = expr_tags(x, &n);
	for (i = 0; i < n; i++)
		if (s->seen[tags[i]] != s->turn) {
			s->seen[tags[i]] = s->turn;
			vec_push(&s->tags, tags[i]);
		}
}

/* Does it make other numbers of those that it is given? */
static bool
is_arithmetic(enum expr_code code)
{
	switch (code) {
	case EXPR_NEGATE:
	case EXPR_ABS:
	case EXPR_AGE:
	case EXPR_ADD:
	case EXPR_SUBTRACT:
	case EXPR_MULTIPLY:
	case EXPR_DIVIDE:
		return true;
	default:
		return false;
	}
}

/* Around each number of an expression it may become another one. */
static void
add_tries(struct search *s, const struct expr *x)
{
	double k, step;
	unsigned i;

	for (i = 0; i < x->n_ops; i++) {
		s->scaled |= is_arithmetic(x->ops[i].code);
		if (x->ops[i].code != EXPR_NUMBER)
			continue;
		k = x->ops[i].number;
		step = fmax(fabs(k), 1) * 1e-6;
		vec_push(&s->tries, k - step);
		vec_push(&s->tries, k);
		vec_push(&s->tries, k + step);
	}
}

static int
by_place(const void *x, const void *y, void *arg)
{
	const struct search *s = arg;
	uint32_t a = s->place[*(const uint32_t *)x],
		 b = s->place[*(const uint32_t *)y];

	return a < b ? -1 : a > b;
}

/* All tags behind a suppression, and all numbers. */
static void
read_all(struct search *s, const struct expr *suppress)
{
	const struct expr *x;
	size_t i;

	s->turn++;
	vec_clear(&s->tags);
	vec_clear(&s->calc);
	vec_clear(&s->tries);
	s->scaled = false;
	add_tags(s, suppress);
	add_tries(s, suppress);
	for (i = 0; i < s->tags.n; i++) {
		x = s->p->tags[s->tags.at[i]].expr;
		if (x == NULL)
			continue;
		vec_push(&s->calc, s->tags.at[i]);
		add_tags(s, x);
		add_tries(s, x);
	}
	if (s->calc.n > 0)
		qsort_r(s->calc.at, s->calc.n, sizeof(*s->calc.at), by_place,
		    s);
	vec_push(&s->tries, -FAR);
	vec_push(&s->tries, FAR);
	vec_push(&s->tries, 0.0);
	vec_push(&s->tries, 1.0);
}

static const struct value *
trial(void *arg, uint32_t tag)
{
	return &((struct search *)arg)->values[tag];
}

static struct value
unknown(void)
{
	struct value v =
	    value_make(VALUE_REAL, NAN, NULL, (struct wall){ 0 });

	v.quality = QUALITY_BAD;
	v.cause = CAUSE_COMM;
	return v;
}

/* What an expression is when one tag has a value, what is calculated of it
 * follows, and the rest is not known. */
static struct value
try(struct search *s, const struct expr *x, uint32_t tag, double n)
{
	const struct wall never = { 0 };
	struct value v;
	size_t i;

	s->values[tag] = value_make(VALUE_REAL, n, NULL, never);
	for (i = 0; i < s->calc.n; i++)
		if (s->calc.at[i] != tag)
			s->values[s->calc.at[i]] = expr_eval(
			    s->p->tags[s->calc.at[i]].expr, trial, s, never);
	v = expr_eval(x, trial, s, never);
	s->values[tag] = unknown();
	return v;
}

/* May the alarm stand at this value? By its limit as the project has it; one
 * that may change says nothing. */
static bool
may_stand(const struct alarm_def *d, double n)
{
	double limit;

	if (d->kind == ALARM_IS)
		return n == d->is;
	if (d->tunable || d->limit == NULL ||
	    !expr_is_constant(d->limit, &limit))
		return true;
	return d->kind == ALARM_ABOVE ? n > limit - d->deadband
				      : n < limit + d->deadband;
}

static bool
may_be_suppressed(struct search *s, const struct alarm_def *a,
    const struct alarm_def *by, double n)
{
	struct value v;

	if (!may_stand(by, n) || (a->of == by->of && !may_stand(a, n)))
		return false;
	v = try(s, a->suppress, by->of, n);
	return !value_is_good(&v) || value_true(&v);
}

/* Can a be suppressed while by stands? It can where it still is for a time, and
 * where the numbers that matter are not written. */
static bool
is_possible(
    struct search *s, const struct alarm_def *a, const struct alarm_def *by)
{
	double limit;
	size_t i;

	if (a->suppress_more.ms > 0 ||
	    (s->scaled && by->kind != ALARM_IS && by->kind != ALARM_SYSTEM))
		return true;
	if (by->kind == ALARM_IS)
		return may_be_suppressed(s, a, by, by->is);
	for (i = 0; i < s->tries.n; i++)
		if (may_be_suppressed(s, a, by, s->tries.at[i]))
			return true;
	return by->limit != NULL && expr_is_constant(by->limit, &limit) &&
	    may_be_suppressed(s, a, by, limit);
}

static void
edges_of(struct search *s, uint32_t alarm)
{
	const struct plant *p = s->p;
	const struct alarm_def *a = &p->alarms[alarm];
	const struct tag *t;
	uint32_t by, k;
	size_t i;

	read_all(s, a->suppress);
	for (i = 0; i < s->tags.n; i++) {
		t = &p->tags[s->tags.at[i]];
		for (k = 0; k < t->n_alarms; k++) {
			by = p->of_tag[t->alarms + k];
			if (by != alarm && p->alarms[by].suppress != NULL &&
			    is_possible(s, a, &p->alarms[by]))
				vec_push(&s->edges,
				    ((struct ring){ alarm, by, NONE }));
		}
	}
}

static int
by_alarm(const void *x, const void *y)
{
	const struct ring *a = x, *b = y;

	if (a->alarm != b->alarm)
		return a->alarm < b->alarm ? -1 : 1;
	return a->by < b->by ? -1 : a->by > b->by;
}

static const struct ring *
find(const struct ring *all, uint32_t many, uint32_t alarm, uint32_t *n)
{
	uint32_t low = 0, high = many, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (all[middle].alarm < alarm)
			low = middle + 1;
		else
			high = middle;
	}
	for (*n = 0; low + *n < many && all[low + *n].alarm == alarm;)
		++*n;
	return *n > 0 ? all + low : NULL;
}

/* Is there a way from an alarm, by what it is suppressed by, to another? */
static bool
leads(struct search *s, uint32_t from, uint32_t to)
{
	const struct ring *next;
	uint32_t n, i;

	s->turn++;
	vec_clear(&s->stack);
	vec_push(&s->stack, from);
	while (s->stack.n > 0) {
		from = s->stack.at[--s->stack.n];
		if (from == to)
			return true;
		if (s->seen[from] == s->turn)
			continue;
		s->seen[from] = s->turn;
		next = find(s->edges.at, (uint32_t)s->edges.n, from, &n);
		for (i = 0; i < n; i++)
			vec_push(&s->stack, next[i].by);
	}
	return false;
}

/* Steps that lead nowhere are gone: from alarms that nothing suppresses. */
static bool
trim(struct search *s)
{
	size_t i, kept = 0;
	uint32_t n;
	bool any = false;

	for (i = 0; i < s->edges.n; i++) {
		find(s->edges.at, (uint32_t)s->edges.n, s->edges.at[i].by, &n);
		if (n > 0)
			s->edges.at[i].group = s->edges.at[i].alarm;
		any |= n == 0;
	}
	for (i = 0; i < s->edges.n; i++)
		if (s->edges.at[i].group != NONE) {
			s->edges.at[kept] = s->edges.at[i];
			s->edges.at[kept++].group = NONE;
		}
	s->edges.n = kept;
	return any;
}

/* What is left of the steps are those from which one comes back. */
static void
close_rings(struct search *s)
{
	struct ring *e;
	size_t i, kept = 0;

	for (i = 0; i < s->edges.n; i++) {
		e = &s->edges.at[i];
		if (leads(s, e->by, e->alarm))
			e->group = e->alarm;
	}
	for (i = 0; i < s->edges.n; i++)
		if (s->edges.at[i].group != NONE)
			s->edges.at[kept++] = s->edges.at[i];
	s->edges.n = kept;
}

/* Those that lead to each other take the number of their first alarm. */
static void
group(struct search *s)
{
	const struct ring *next;
	uint32_t n, k, first;
	size_t i, j;

	for (i = 0; i < s->edges.n; i++)
		s->edges.at[i].group = NONE;
	for (i = 0; i < s->edges.n; i++) {
		if (s->edges.at[i].group != NONE)
			continue;
		first = s->edges.at[i].alarm;
		vec_clear(&s->stack);
		vec_push(&s->stack, first);
		while (s->stack.n > 0) {
			next = find(s->edges.at, (uint32_t)s->edges.n,
			    s->stack.at[--s->stack.n], &n);
			if (next == NULL || next->group != NONE)
				continue;
			j = (size_t)(next - s->edges.at);
			for (k = 0; k < n; k++) {
				s->edges.at[j + k].group = first;
				vec_push(&s->stack, next[k].by);
			}
		}
	}
}

static void
begin(struct search *s)
{
	const struct plant *p = s->p;
	const uint32_t most =
	    p->n_tags > p->n_alarms ? p->n_tags : p->n_alarms;
	uint32_t i;

	s->values = xcalloc(p->n_tags, sizeof(*s->values));
	s->place = xcalloc(p->n_tags, sizeof(*s->place));
	s->seen = xcalloc(most, sizeof(*s->seen));
	for (i = 0; i < p->n_tags; i++)
		s->values[i] = unknown();
	for (i = 0; i < p->n_calc; i++)
		s->place[p->calc[i]] = i;
}

static void
end(struct search *s)
{
	vec_free(&s->edges);
	vec_free(&s->tags);
	vec_free(&s->calc);
	vec_free(&s->tries);
	vec_free(&s->stack);
	free(s->values);
	free(s->place);
	free(s->seen);
}

void
rings_find(struct plant *p)
{
	struct search s = { .p = p };
	uint32_t i;

	begin(&s);
	for (i = 0; i < p->n_alarms; i++)
		if (p->alarms[i].suppress != NULL)
			edges_of(&s, i);
	if (s.edges.n > 0)
		qsort(s.edges.at, s.edges.n, sizeof(*s.edges.at), by_alarm);
	while (s.edges.n > 0 && trim(&s))
		;
	close_rings(&s);
	group(&s);
	p->n_rings = (uint32_t)s.edges.n;
	p->rings = s.edges.n > 0 ? arena_copy(p->arena, s.edges.at, s.edges.n,
				       sizeof(*s.edges.at))
				 : NULL;
	end(&s);
}

const struct ring *
ring_of(const struct plant *p, uint32_t alarm, uint32_t *n)
{
	return find(p->rings, p->n_rings, alarm, n);
}

/* --- is it closed? --- */

struct walk {
	const struct plant *p;
	expr_value_fn *value;
	void *arg;
	struct wall now;
	bool *seen;		/* by the first step of each alarm */
	VEC(uint32_t) stack;
};

/* It holds, or that is not known: then it may. */
static bool
may_hold(const struct walk *w, const struct alarm_def *d)
{
	const struct value *input = w->value(w->arg, d->of);
	double n = value_number(input), limit;
	struct value v;

	if (!value_is_good(input) || isnan(n))
		return true;
	if (d->kind == ALARM_IS)
		return n == d->is;
	if (d->tunable || d->limit == NULL)
		return true;
	v = expr_eval(d->limit, w->value, w->arg, w->now);
	limit = value_number(&v);
	if (!value_is_good(&v) || isnan(limit))
		return true;
	return d->kind == ALARM_ABOVE ? n > limit - d->deadband
				      : n < limit + d->deadband;
}

/* It would be silent, though it holds; or may still be, for its suppression
 * goes on for a time. */
static bool
would_be_silent(const struct walk *w, uint32_t alarm)
{
	const struct alarm_def *d = &w->p->alarms[alarm];
	struct value v = expr_eval(d->suppress, w->value, w->arg, w->now);

	return (d->suppress_more.ms > 0 ||
		   (value_is_good(&v) && value_true(&v))) &&
	    may_hold(w, d);
}

/* Does a way over alarms that would all be silent lead from here to home? */
static bool
leads_home(struct walk *w, uint32_t from, uint32_t home)
{
	const struct ring *next;
	uint32_t n, i;

	vec_clear(&w->stack);
	vec_push(&w->stack, from);
	while (w->stack.n > 0) {
		from = w->stack.at[--w->stack.n];
		if (from == home)
			return true;
		next = ring_of(w->p, from, &n);
		if (next == NULL || w->seen[next - w->p->rings])
			continue;
		w->seen[next - w->p->rings] = true;
		for (i = 0; would_be_silent(w, from) && i < n; i++)
			vec_push(&w->stack, next[i].by);
	}
	return false;
}

uint32_t
ring_closed(const struct plant *p, uint32_t alarm, expr_value_fn *value,
    void *arg, struct wall now)
{
	struct walk w = { .p = p, .value = value, .arg = arg, .now = now };
	uint32_t n, i, by = NONE;
	const struct ring *next = ring_of(p, alarm, &n);

	if (next == NULL || !would_be_silent(&w, alarm))
		return NONE;
	w.seen = xcalloc(p->n_rings, sizeof(*w.seen));
	for (i = 0; i < n && by == NONE; i++)
		if (leads_home(&w, next[i].by, alarm))
			by = next[i].by;
	vec_free(&w.stack);
	free(w.seen);
	return by;
}
