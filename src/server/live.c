/* SPDX-License-Identifier: ISC */
#include "server/live.h"

#include <stdlib.h>
#include <string.h>

#include "model/expr.h"
#include "server/core.h"
#include "server/watch.h"

#define SWEEP_MS 250		/* the precision of growing old */
#define AGE_MS 1000

struct value
core_value(const struct core *c, uint32_t tag)
{
	const struct live_tag *t = &c->live.tags[tag];
	struct value v = t->value;
	const struct live_block *b;

	if (t->block == NONE || t->real != NULL || !value_is_good(&v))
		return v;
	b = &c->live.blocks.at[t->block];
	if (v.time.ms < b->read.ms)
		v.time = b->read;
	return v;
}

const struct value *
core_operand(void *arg, uint32_t tag)
{
	const struct core *c = arg;

	return &c->live.tags[tag].value;
}

struct value
live_initial(const struct tag *t, struct wall now)
{
	if (!t->has_initial)
		return value_initial((enum value_type)t->type);
	return value_make(
	    (enum value_type)t->type, t->initial, t->initial_text, now);
}

void
live_set(struct live_tag *t, struct value v)
{
	t->value = v;
	if (t->text == NULL)
		return;
	str_copy(t->text, v.type == VALUE_TEXT ? v.as.text : "",
	    VALUE_TEXT_MAX + 1);
	t->value.as.text = t->text;
}

void
live_confine(const struct tag *t, struct value *v)
{
	if (!t->has_range || v->type == VALUE_TEXT ||
	    (value_number(v) >= t->min && value_number(v) <= t->max))
		return;
	v->quality = QUALITY_BAD;
	v->cause = CAUSE_CONFIG;
}

void
live_prepare(struct live *l, const struct plant *p)
{
	uint32_t i;

	memset(l, 0, sizeof(*l));
	l->n_tags = p->n_tags;
	l->tags = xcalloc(l->n_tags, sizeof(*l->tags));
	for (i = 0; i < l->n_tags; i++) {
		l->tags[i].value = value_initial(p->tags[i].type);
		l->tags[i].block = NONE;
		if (p->tags[i].type == VALUE_TEXT) {
			l->tags[i].text = xcalloc(1, VALUE_TEXT_MAX + 1);
			l->tags[i].value.as.text = l->tags[i].text;
		}
	}
	dependents_init(&l->dependents, p);
	for (i = 0; i < p->n_calc; i++)
		l->uses_age |= expr_uses_age(p->tags[p->calc[i]].expr);
}

void
live_init(struct core *c)
{
	struct live *l = &c->live;

	live_prepare(l, c->plant);
	timers_add(&c->timers, TIMER_STALE, 0,
	    mono_add(c->now, (struct span){ SWEEP_MS }));
	if (l->uses_age)
		timers_add(&c->timers, TIMER_AGE, 0,
		    mono_add(c->now, (struct span){ AGE_MS }));
}

void
live_release(struct live *l)
{
	uint32_t i;

	for (i = 0; i < l->n_tags; i++) {
		free(l->tags[i].text);
		free(l->tags[i].real);
		vec_free(&l->tags[i].watchers);
	}
	for (i = 0; i < l->blocks.n; i++)
		free(l->blocks.at[i].tags);
	vec_free(&l->blocks);
	free(l->tags);
	dependents_fini(&l->dependents);
	memset(l, 0, sizeof(*l));
}

void
live_fini(struct core *c)
{
	live_release(&c->live);
}

void
live_touch(struct core *c, uint32_t tag)
{
	const struct plant *p = c->plant;
	struct live *l = &c->live;
	const struct dependent *d;
	uint32_t i, n;

	for (i = 0; i < l->tags[tag].watchers.n; i++)
		watch_mark(c, l->tags[tag].watchers.at[i].watch,
		    l->tags[tag].watchers.at[i].index);
	logs_change(c, tag);
	for (i = 0; i < p->tags[tag].n_alarms; i++)
		alarms_look(c, p->of_tag[p->tags[tag].alarms + i]);
	d = dependents_of(&l->dependents, tag, &n);
	for (i = 0; i < n; i++) {
		if (d[i].alarm) {
			alarms_look(c, d[i].slot);
			continue;
		}
		l->tags[d[i].slot].queued = true;
		l->any_queued = true;
	}
}

const struct value *
live_real(const struct core *c, uint32_t tag)
{
	const struct live_tag *t = &c->live.tags[tag];

	return t->real != NULL ? &t->real->value : &t->value;
}

/* Where the value that is read stands. */
static struct value *
inside(struct live_tag *t)
{
	return t->real != NULL ? &t->real->value : &t->value;
}

/* Somebody sees it: not while it is overridden. */
static void
real_changed(struct core *c, uint32_t tag)
{
	if (c->live.tags[tag].real == NULL)
		live_touch(c, tag);
}

/* A copy that keeps its text where the value stands. */
static void
keep(struct value *dst, char *text, const struct value *v)
{
	struct wall time = dst->time;

	*dst = *v;
	if (v->time.ms == 0 && time.ms != 0)
		dst->time = time;
	if (v->type != VALUE_TEXT)
		return;
	if (v->as.text != text)
		str_copy(text, v->as.text, VALUE_TEXT_MAX + 1);
	dst->as.text = text;
}

void
live_put(struct core *c, uint32_t tag, const struct value *v)
{
	struct live_tag *t = &c->live.tags[tag];
	struct value *at = inside(t);
	bool same = value_same(at, v);

	if (v->type != at->type)
		return;		/* field and plan disagree: never shown */
	keep(at, t->real != NULL ? t->real->text : t->text, v);
	if (!same)
		real_changed(c, tag);
}

void
live_worsen(struct core *c, uint32_t tag, enum quality q, enum cause cause)
{
	struct live_tag *t = &c->live.tags[tag];
	struct value *v = inside(t);

	if (v->quality == q && v->cause == cause)
		return;
	/* what was never read stays so (P5), unless it is refused (P24): then
	 * it has no time, and so no content */
	if (v->quality == QUALITY_BAD && v->cause == CAUSE_INITIAL) {
		if (cause != CAUSE_DEVICE)
			return;
		v->time = (struct wall){ 0 };
	} else if (t->real == NULL)
		/* as old as its last good read, not its last change (P22) */
		v->time = core_value(c, tag).time;
	v->quality = (uint8_t)q;
	v->cause = (uint8_t)cause;
	real_changed(c, tag);
}

void
live_worsen_device(struct core *c, uint32_t device, enum cause cause)
{
	const struct point *p;
	uint32_t i;

	for (i = 0; i < c->plant->n_tags; i++) {
		p = c->plant->tags[i].point;
		if (p != NULL && (device == NONE || p->device == device))
			live_worsen(c, i, QUALITY_BAD, cause);
	}
}

void
live_override(struct core *c, uint32_t tag, const struct value *v)
{
	struct live_tag *t = &c->live.tags[tag];

	if (t->real == NULL) {
		t->real = xcalloc(1, sizeof(*t->real));
		t->real->value.type = t->value.type;
		keep(&t->real->value, t->real->text, &t->value);
		t->real->value.time = core_value(c, tag).time;
	}
	keep(&t->value, t->text, v);
	t->value.quality = QUALITY_UNCERTAIN;
	t->value.cause = CAUSE_NONE;
	t->value.flags |= VALUE_OVERRIDE;
	live_touch(c, tag);
}

void
live_reveal(struct live_tag *t)
{
	struct live_real *real = t->real;

	if (real == NULL)
		return;
	t->real = NULL;
	t->value.time = (struct wall){ 0 };
	keep(&t->value, t->text, &real->value);
	free(real);
}

void
live_override_end(struct core *c, uint32_t tag)
{
	live_reveal(&c->live.tags[tag]);
	live_touch(c, tag);
}

static void
evaluate(struct core *c, uint32_t tag)
{
	const struct tag *t = &c->plant->tags[tag];
	struct value v = t->since_day
	    ? tallies_value(c, tag)
	    : expr_eval(t->expr, core_operand, c, c->wall);

	/* a calculated tag is of its declared type, whatever came out */
	if (t->type == VALUE_BOOL) {
		v.as.uint = value_true(&v);
		v.type = VALUE_BOOL;
	} else if (t->type == VALUE_REAL && v.type != VALUE_REAL) {
		v.as.real = value_number(&v);
		v.type = VALUE_REAL;
	}
	if (t->has_range && v.type == VALUE_REAL && v.quality == QUALITY_GOOD &&
	    (v.as.real < t->min || v.as.real > t->max)) {
		v.quality = QUALITY_UNCERTAIN;
		v.cause = CAUSE_RANGE;
	}
	live_put(c, tag, &v);
}

void
live_settle(struct core *c)
{
	const struct plant *p = c->plant;
	uint32_t i;

	if (!c->live.any_queued)
		return;
	c->live.any_queued = false;
	/* operands stand before what reads them: one pass is enough */
	for (i = 0; i < p->n_calc; i++)
		if (c->live.tags[p->calc[i]].queued) {
			c->live.tags[p->calc[i]].queued = false;
			evaluate(c, p->calc[i]);
		}
}

void
live_age(struct core *c)
{
	const struct plant *p = c->plant;
	uint32_t i;

	for (i = 0; i < p->n_calc; i++)
		if (expr_uses_age(p->tags[p->calc[i]].expr))
			evaluate(c, p->calc[i]);
	if (!c->live.uses_age)
		return;		/* a new project has none any more */
	timers_add(&c->timers, TIMER_AGE, 0,
	    mono_add(c->now, (struct span){ AGE_MS }));
}

void
live_no_blocks(struct core *c)
{
	struct live *l = &c->live;
	uint32_t i;

	for (i = 0; i < l->n_tags; i++)
		l->tags[i].block = NONE;
	for (i = 0; i < l->blocks.n; i++)
		free(l->blocks.at[i].tags);
	vec_clear(&l->blocks);
}

void
live_block(struct core *c, uint32_t block, const uint32_t *tags, uint32_t n,
    struct span limit)
{
	struct live *l = &c->live;
	struct live_block *b;
	uint32_t i;

	while (l->blocks.n <= block)
		*vec_add(&l->blocks) = (struct live_block){ .stale = true };
	b = &l->blocks.at[block];
	if (n > 0 && b->n_tags == n &&
	    memcmp(b->tags, tags, n * sizeof(*tags)) == 0) {
		b->limit = limit;	/* of another plan, but the same (P20) */
		return;
	}
	free(b->tags);
	*b = (struct live_block){ .n_tags = n, .limit = limit,
		.alive = c->now };	/* it may never be read */
	b->tags = xcalloc(n, sizeof(*tags));
	memcpy(b->tags, tags, n * sizeof(*tags));
	for (i = 0; i < n; i++) {
		l->tags[tags[i]].block = block;
		b->restore |=
		    inside(&l->tags[tags[i]])->quality == QUALITY_STALE;
	}
}

/* Read again and unchanged: what was stale is as it was before. */
static void
refresh(struct core *c, const struct live_block *b)
{
	struct live_tag *t;
	struct value *v;
	uint32_t i;

	for (i = 0; i < b->n_tags; i++) {
		t = &c->live.tags[b->tags[i]];
		v = inside(t);
		if (v->quality != QUALITY_STALE)
			continue;
		v->quality = t->fresh;
		v->cause = t->fresh_cause;
		real_changed(c, b->tags[i]);
	}
}

void
live_block_value(struct core *c, uint32_t tag)
{
	struct live_block *b;

	if (c->live.tags[tag].block == NONE)
		return;
	b = &c->live.blocks.at[c->live.tags[tag].block];
	if (!b->stale)
		return;
	b->stale = false;
	b->alive = c->now;
}

/* Its tags are not shown good any longer; each remembers what it was. */
static void
grow_stale(struct core *c, struct live_block *b)
{
	struct live_tag *t;
	struct value *v;
	uint32_t i;

	b->stale = b->restore = true;
	for (i = 0; i < b->n_tags; i++) {
		t = &c->live.tags[b->tags[i]];
		v = inside(t);
		if (!value_is_good(v))
			continue;
		t->fresh = v->quality;
		t->fresh_cause = v->cause;
		live_worsen(c, b->tags[i], QUALITY_STALE, CAUSE_COMM);
	}
}

void
live_block_alive(struct core *c, uint32_t block, struct wall read)
{
	struct live_block *b;

	if (block >= c->live.blocks.n)
		return;
	b = &c->live.blocks.at[block];
	b->alive = c->now;
	b->read = read;
	if (b->restore)
		refresh(c, b);
	b->stale = b->restore = false;
}

void
live_sweep(struct core *c)
{
	struct live_block *b;
	uint32_t i;

	/* what would be too old at the next look is marked now */
	for (i = 0; i < c->live.blocks.n; i++) {
		b = &c->live.blocks.at[i];
		if (!b->stale &&
		    mono_since(c->now, b->alive).ms + SWEEP_MS > b->limit.ms)
			grow_stale(c, b);
	}
	timers_add(&c->timers, TIMER_STALE, 0,
	    mono_add(c->now, (struct span){ SWEEP_MS }));
}
