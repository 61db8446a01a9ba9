/* SPDX-License-Identifier: ISC */
/* read_tag.c - an item (signal of an object, free-standing tag) to a tag. */
#include <math.h>
#include <string.h>

#include "project/reader.h"

void
use_add(struct reader *r, const struct point *p, uint32_t tag,
    const char *name, struct place at)
{
	vec_push(&r->uses, ((struct use){ *p, at, tag, name }));
}

bool
point_place(struct reader *r, struct point *p, const char *address,
    const struct tag_home *home, const char *key, struct place at)
{
	struct address a;
	struct err e;
	uint32_t base = NONE;
	unsigned first = home->device < r->firsts.n
	    ? r->firsts.at[home->device] : 0;

	if (address_parse(&a, address, &e) < 0) {
		report_error(r->report, at, "\"%s\": %s", key, e.text);
		return false;
	}
	if (a.relative && home->object == NONE) {
		report_error(r->report, at, "\"%s\": \"%s\" counts from an "
		    "object's base; write %s:N", key, address,
		    space_name((enum space)a.space));
		return false;
	}
	if (home->base != NULL)
		base = home->base[a.space];
	if (a.relative)
		at = home->row;
	if (a.relative && base == NONE) {
		report_error(r->report, at,
		    "\"%s\": %s has no base address in column \"%s\"", key,
		    home->name, space_name((enum space)a.space));
		return false;
	}
	if (address_place(p, &a, base, first, &e) < 0) {
		report_error(r->report, at, "%s: \"%s\": %s", home->name, key,
		    e.text);
		return false;
	}
	return true;
}

static const struct log_rule *
log_rule(struct reader *r, const struct item *x)
{
	struct log_rule rule = {
		.deadband = x->cells[LOG_DEADBAND].real,
		.at_least = x->cells[LOG_AT_LEAST].span,
		.at_most = x->cells[LOG_AT_MOST].span,
	};

	return arena_copy(r->arena, &rule, 1, sizeof(rule));
}

/* Decimal digits end where they end, whatever the bits. */
static const struct counter_rule *
counter_rule(struct reader *r, const struct item *x, const struct cell *of)
{
	const char *kind = cell_is_set(of) ? of->string : "";
	struct counter_rule rule = {
		.size = strcmp(kind, "bcd16") == 0 ? 1e4
		    : strcmp(kind, "bcd32") == 0
		    ? 1e8
		    : ldexp(1, (int)x->cells[COUNTER_BITS].integer),
		.rate = x->cells[COUNTER_RATE].real,
	};

	return arena_copy(r->arena, &rule, 1, sizeof(rule));
}

/* What all objects of a type share is made once. */
static void
prepare(struct reader *r, struct signal_def *d)
{
	const struct cell *c = d->item->cells;
	struct text *texts;
	uint32_t i;

	d->ready = true;
	d->unit = cell_is_set(&c[TAG_UNIT]) ? keep(r, c[TAG_UNIT].string) : "";
	if (cell_is_set(&c[TAG_TITLE]))
		d->title = keep_text(r, &c[TAG_TITLE].text);
	if (cell_is_set(&c[TAG_LOG]))
		d->log = log_rule(r, c[TAG_LOG].item);
	if (cell_is_set(&c[TAG_COUNTER]))
		d->counter = counter_rule(
		    r, c[TAG_COUNTER].item, &c[TAG_KIND]);
	if (!cell_is_set(&c[TAG_TEXTS]))
		return;
	texts = arena_take(r->arena, c[TAG_TEXTS].list.n, sizeof(*texts));
	for (i = 0; i < c[TAG_TEXTS].list.n; i++)
		texts[i] = keep_text(r, &c[TAG_TEXTS].list.at[i].text);
	d->texts = texts;
	d->n_texts = (uint16_t)c[TAG_TEXTS].list.n;
}

/* Where the value comes from; false if said. */
static bool
source_of(struct reader *r, const struct item *x, struct tag *t)
{
	static const struct {
		uint8_t key, source;
	} all[] = { { TAG_AT, SOURCE_DEVICE }, { TAG_EXPR, SOURCE_CALC },
		{ TAG_INTERNAL, SOURCE_INTERNAL },
		{ TAG_MANUAL, SOURCE_MANUAL },
		/* tags only: last, so that signals have one fewer */
		{ TAG_NEW_ALARMS, SOURCE_ALARMS } };
	const struct cell *second = NULL;
	unsigned i, n = 0;
	bool wrong = false;

	for (i = 0; i < 5 && all[i].key < x->schema->n; i++) {
		const struct cell *c = &x->cells[all[i].key];

		wrong |= c->state == CELL_WRONG;
		if (!cell_is_set(c) ||
		    (all[i].source == SOURCE_INTERNAL && !c->on))
			continue;
		if (n++ == 0)
			t->source = all[i].source;
		else
			second = c;
	}
	if (n == 0 && !wrong)
		report_error(r->report, x->at, "missing key \"at\", \"expr\", "
		    "\"internal\" or \"manual\" in %s", x->schema->what);
	if (n > 1)
		report_error(r->report, second->at,
		    "%s has only one of \"at\", \"expr\", \"internal\", "
		    "\"manual\"", x->schema->what);
	return n == 1;
}

static bool
kind_of(struct reader *r, const struct item *x, const struct tag *t,
    struct point *p)
{
	const struct cell *c = &x->cells[TAG_KIND];
	struct err e;

	if (!cell_is_set(c)) {
		if (t->source == SOURCE_DEVICE && !cell_is_there(c))
			report_error(r->report, x->at,
			    "missing key \"kind\" in %s", x->schema->what);
		point_set_kind(p, "float64", &e);
		return t->source != SOURCE_DEVICE;
	}
	if (point_set_kind(p, c->string, &e) == 0)
		return true;
	report_error(r->report, c->at, "\"kind\": %s", e.text);
	return false;
}

static bool
is_number(const struct point *p)
{
	return p->kind != KIND_TEXT && p->kind != KIND_BOOL;
}

static void
take_scale(struct reader *r, const struct item *x, struct point *p)
{
	const struct cell *scale = &x->cells[TAG_SCALE];
	const struct cell *fault = &x->cells[TAG_FAULT];
	int i;

	for (i = 0; cell_is_set(scale) && i < 2; i++) {
		p->raw[i] = scale->list.at[i].real;
		p->value[i] = scale->list.at[i + 2].real;
	}
	for (i = 0; cell_is_set(fault) && i < 2; i++)
		p->fault[i] = fault->list.at[i].real;
	p->scaled = cell_is_set(scale);
	p->has_fault = cell_is_set(fault);
	if (p->scaled && (p->raw[0] == p->raw[1] || p->value[0] ==
		p->value[1]))
		report_error(r->report, scale->at,
		    "\"scale\": both ends are the same");
	if (p->has_fault && p->fault[0] >= p->fault[1])
		report_error(r->report, fault->at,
		    "\"fault\": the lower limit is not below the upper");
	if (p->scaled && !is_number(p))
		report_error(r->report, scale->at,
		    "\"scale\" is for numbers, not for %s",
		    kind_name((enum kind)p->kind));
}

static bool
registers_fit(struct reader *r, const struct point *p,
    const struct tag_home *home, struct place at)
{
	unsigned most = r->all_devices.at[home->device].max_registers;

	if (p->registers <= most)
		return true;
	report_error(r->report, at,
	    "%s needs %u registers in one request; device \"%s\" gives %u",
	    home->name, p->registers, r->all_devices.at[home->device].name,
	    most);
	return false;
}

/* A mistake in an address is one of the object's row, or of the tag. */
static struct place
place_of(const struct tag_home *home, const struct item *x)
{
	return home->row.line != 0 ? home->row : x->cells[TAG_AT].at;
}

static bool
take_point(struct reader *r, const struct item *x, struct point *p,
    const struct tag_home *home)
{
	const struct cell *at = &x->cells[TAG_AT];
	const struct cell *order = &x->cells[TAG_ORDER];

	if (home->device == NONE) {
		if (!r->devices.unsure)
			report_error(r->report, place_of(home, x),
			    "%s has an address but no device", home->name);
		return false;
	}
	p->device = home->device;
	p->order = cell_is_set(order)
	    ? (uint8_t)order->integer
	    : r->all_devices.at[home->device].order;
	p->clamp = x->cells[TAG_CLAMP].on;
	p->ours = cell_is_set(&x->cells[TAG_WRITER]);
	if (cell_is_set(&x->cells[TAG_TOGETHER]))
		p->together = x->cells[TAG_TOGETHER].string[0];
	if (!point_place(r, p, at->string, home, "at", at->at))
		return false;
	return registers_fit(r, p, home, at->at);
}

static void
take_range(struct reader *r, const struct item *x, struct tag *t)
{
	const struct cell *min = &x->cells[TAG_MIN], *max = &x->cells[TAG_MAX];

	t->min = cell_is_set(min) ? min->real : -INFINITY;
	t->max = cell_is_set(max) ? max->real : INFINITY;
	t->has_range = cell_is_set(min) || cell_is_set(max);
	if (t->min >= t->max)
		report_error(r->report, max->at,
		    "\"max\" is not above \"min\"");
}

static uint16_t
poll_of(struct reader *r, const struct item *x, const struct tag_home *home)
{
	const struct cell *c = &x->cells[TAG_POLL];
	const struct name *n;
	uint32_t index;

	if (cell_is_set(c)) {
		index = names_get(&r->polls, c->string, c->at, r->report);
		return index == UINT32_MAX ? 0 : (uint16_t)index;
	}
	n = home->poll ? names_find(&r->polls, home->poll, strlen(home->poll))
		       : names_find(&r->polls, "normal", 6);
	return n != NULL ? (uint16_t)n->index : 0;
}

static struct pending
pending_of(const struct tag_home *home, struct expr **slot)
{
	return (struct pending){ .target = TARGET_SLOT, .slot = slot,
		.object = home->object };
}

static void
check_setpoint(struct reader *r, const struct item *x, const struct point *p,
    const struct tag *t)
{
	const struct cell *c = &x->cells[TAG_WRITE];
	const struct item *w = c->item;
	const struct cell *min = &w->cells[WRITE_MIN];
	const struct cell *max = &w->cells[WRITE_MAX];

	if (t->source == SOURCE_CALC || t->source == SOURCE_ALARMS)
		report_error(r->report, c->at,
		    "a calculated tag cannot be written");
	if (t->source == SOURCE_DEVICE &&
	    (p->space == SPACE_DI || p->space == SPACE_IR))
		report_error(r->report, c->at, "%s: %s cannot be written",
		    t->name, space_name((enum space)p->space));
	if (t->source == SOURCE_DEVICE && is_number(p) &&
	    !cell_is_set(&x->cells[TAG_TEXTS]) &&
	    (!cell_is_there(min) || !cell_is_there(max)))
		report_warning(r->report, c->at, "\"write\" has no \"%s\": "
		    "any value that the register holds may be written",
		    cell_is_there(min) ? "max" : "min");
	if (cell_is_set(min) && min->form == FORM_REAL && cell_is_set(max) &&
	    max->form == FORM_REAL && min->real > max->real)
		report_error(r->report, max->at,
		    "\"max\" is below \"min\"");
}

static const struct write_rule *
write_rule(struct reader *r, const struct item *x, const struct point *p,
    const struct tag *t, const struct tag_home *home)
{
	const struct item *w = x->cells[TAG_WRITE].item;
	struct write_rule *rule = arena_take(r->arena, 1, sizeof(*rule));
	struct pending gate = pending_of(home, &rule->gate);

	check_setpoint(r, x, p, t);
	rule->function = (uint8_t)w->cells[WRITE_FUNCTION].integer;
	rule->confirm = (uint8_t)w->cells[WRITE_CONFIRM].integer;
	pend_limit(r, &w->cells[WRITE_MIN], "min",
	    pending_of(home, &rule->min));
	pend_limit(r, &w->cells[WRITE_MAX], "max",
	    pending_of(home, &rule->max));
	pend_limit(r, &w->cells[WRITE_MAX_STEP], "max_step",
	    pending_of(home, &rule->max_step));
	pend_limit(r, &w->cells[WRITE_GATE], "gate", gate);
	return rule;
}

static void
take_initial(struct reader *r, const struct item *x, struct tag *t)
{
	const struct cell *c = &x->cells[TAG_VALUE];

	if (t->source != SOURCE_INTERNAL) {
		if (cell_is_set(c))
			report_error(r->report, c->at,
			    "\"value\" is for internal tags");
		if (x->cells[TAG_RETAIN].on)
			report_error(r->report, x->cells[TAG_RETAIN].at,
			    "\"retain\" is for internal tags");
		return;
	}
	t->retain = x->cells[TAG_RETAIN].on;
	if (!cell_is_set(c))
		return;
	if ((t->kind == KIND_TEXT) != (c->form == FORM_STRING)) {
		report_error(r->report, c->at, "\"value\" must be a %s",
		    t->kind == KIND_TEXT ? "text" : "number");
		return;
	}
	t->has_initial = true;
	if (c->form == FORM_STRING)
		t->initial_text = keep(r, c->string);
	else
		t->initial = c->real;
}

static uint8_t
decimals_of(const struct item *x, const struct tag *t)
{
	const struct cell *c = &x->cells[TAG_DECIMALS];

	if (cell_is_set(c))
		return (uint8_t)c->integer;
	return t->type == VALUE_REAL ? 2 : 0;
}

static void
check_together(struct reader *r, const struct cell *c)
{
	if (cell_is_set(c) && (c->string[0] < 'a' || c->string[0] > 'z'))
		report_error(r->report, c->at,
		    "\"together\" is a letter a..z");
}

/* Its own, language by language, else that of the object. */
static struct text
title_of(const struct signal_def *d, const struct tag_home *home)
{
	struct text t = home->title ? *home->title : (struct text){ { "" } };
	int i;

	if (d->title.in[0] != NULL)
		return d->title;
	for (i = 0; i < PLANT_LANGUAGES; i++) {
		if (d->title.in[i] != NULL)
			t.in[i] = d->title.in[i];
	}
	return t;
}

static void
take_tunable(struct reader *r, const struct item *x, struct tag *t)
{
	const struct cell *c = &x->cells[TAG_TUNABLE];

	t->tunable = c->on;
	if (t->tunable && (!t->retain || !cell_is_set(&x->cells[TAG_WRITE])))
		report_error(r->report, c->at, "\"tunable\" is for internal "
		    "tags with \"retain\" and \"write\"");
}

/* What the server counts itself. */
static void
take_counted(struct reader *r, const struct item *x, struct tag *t)
{
	const struct cell *c = &x->cells[TAG_SINCE];

	t->since_day = cell_is_set(c);
	if (t->since_day && t->source != SOURCE_CALC)
		report_error(r->report, c->at,
		    "\"since\" is for tags with \"expr\"");
	if (t->source == SOURCE_ALARMS)
		t->new_alarms = x->cells[TAG_NEW_ALARMS].span;
	if ((t->since_day || t->source == SOURCE_ALARMS) &&
	    (t->type == VALUE_TEXT || t->type == VALUE_BOOL))
		report_error(r->report, x->cells[TAG_KIND].at,
		    "a count is a number");
}

/* All that does not depend on where the value comes from. */
static void
take_common(struct reader *r, struct signal_def *d, struct tag *t,
    const struct tag_home *home)
{
	const struct item *x = d->item;

	if (!d->ready)
		prepare(r, d);
	t->name = home->name;
	t->area = home->area;
	t->object = home->object;
	t->title = title_of(d, home);
	t->unit = d->unit;
	t->log = d->log;
	t->counter = d->counter;
	t->texts = d->texts;
	t->n_texts = d->n_texts;
	t->event = x->cells[TAG_EVENT].on;
	t->poll = poll_of(r, x, home);
	if (t->source == SOURCE_MANUAL)
		t->valid = x->cells[TAG_MANUAL].item->cells[MANUAL_VALID].span;
	check_together(r, &x->cells[TAG_TOGETHER]);
	take_range(r, x, t);
	take_initial(r, x, t);
	take_tunable(r, x, t);
	take_counted(r, x, t);
	t->was = home->was;
}

uint32_t
tag_add(struct reader *r, struct signal_def *d, const struct tag_home *home)
{
	const struct item *x = d->item;
	struct tag t = { 0 };
	struct point p = { .bit = NO_BIT, .device = NONE };
	uint32_t index = (uint32_t)r->all_tags.n;
	struct pending calc = { .target = TARGET_TAG, .index = index,
		.object = home->object };

	if (!reader_has_room(r, index, "tags", x->at) ||
	    !source_of(r, x, &t) || !kind_of(r, x, &t, &p))
		return NONE;
	if (t.source == SOURCE_DEVICE && !take_point(r, x, &p, home))
		return NONE;
	take_scale(r, x, &p);
	t.kind = p.kind;
	t.type = (uint8_t)(p.scaled ? VALUE_REAL
				    : kind_type((enum kind)p.kind));
	t.decimals = decimals_of(x, &t);
	take_common(r, d, &t, home);
	if (t.source == SOURCE_DEVICE) {
		t.point = arena_copy(r->arena, &p, 1, sizeof(p));
		use_add(r, &p, index, NULL, place_of(home, x));
	}
	if (t.source == SOURCE_CALC)
		pend_limit(r, &x->cells[TAG_EXPR], "expr", calc);
	if (cell_is_set(&x->cells[TAG_WRITE]))
		t.write = write_rule(r, x, &p, &t, home);
	vec_push(&r->all_tags, t);
	return index;
}
