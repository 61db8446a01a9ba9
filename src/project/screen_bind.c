/* SPDX-License-Identifier: ISC */
/* screen_bind.c - what the markers of a screen mean, without and with a plant. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/expr.h"
#include "project/conf.h"
#include "project/keys.h"
#include "project/names.h"
#include "project/screen_parts.h"

static const uint8_t key_of_kind[] = {
	[BIND_VALUE] = BINDING_VALUE,
	[BIND_ALARM] = BINDING_ALARM,
	[BIND_TANK] = BINDING_TANK,
	[BIND_RANGE] = BINDING_RANGE,
	[BIND_DEVICE] = BINDING_DEVICE,
	[BIND_STATE] = BINDING_STATE,
	[BIND_TREND] = BINDING_TREND,
};
#define KINDS_OF_BINDING (sizeof(key_of_kind) / sizeof(key_of_kind[0]))

/* Exactly one of the kinds; NULL if said. */
static const struct cell *
kind_of(struct screen_reading *x, const struct item *item, uint8_t *kind)
{
	const struct cell *found = NULL, *c;
	unsigned i, n = 0;
	bool wrong = false;

	for (i = 0; i < KINDS_OF_BINDING; i++) {
		c = &item->cells[key_of_kind[i]];
		wrong |= c->state == CELL_WRONG;
		if (!cell_is_set(c))
			continue;
		*kind = (uint8_t)i;
		found = c;
		n++;
	}
	if (n == 1 || wrong)
		return n == 1 ? found : NULL;
	report_error(x->g.report, item->at, n == 0
		? "a binding needs one of value, alarm, tank, range, device, "
		  "state, trend"
		: "a binding has only one of value, alarm, tank, range, "
		  "device, state, trend");
	return NULL;
}

static void
take_names(struct screen_reading *x, struct binding *b, const struct cell *c)
{
	uint32_t i;

	b->name_at = c->at;
	if (b->kind != BIND_TREND) {
		b->names[0] = arena_text(x->arena, c->string);
		b->n_names = 1;
		return;
	}
	for (i = 0; i < c->list.n; i++)
		b->names[b->n_names++] =
		    arena_text(x->arena, c->list.at[i].string);
}

/* Any name will do: is the grammar right? */
static uint32_t
find_any(void *arg, const char *name, size_t len)
{
	(void)arg;
	(void)name;
	(void)len;
	return 0;
}

static void
take_when(struct screen_reading *x, struct binding *b, const struct cell *c)
{
	struct err e;
	int column;

	if (!cell_is_set(c))
		return;
	if (expr_parse(x->g.arena, c->string, find_any, NULL, &column, NULL,
		&e) == NULL)
		report_error(x->g.report, c->at,
		    "\"when\": %s at column %d of \"%.200s\"", e.text, column,
		    c->string);
	b->when = arena_text(x->arena, c->string);
	b->when_at = c->at;
}

/* A key that means something for some kinds only. */
static void
only_for(struct screen_reading *x, const struct item *item, unsigned row,
    const struct binding *b, unsigned kinds)
{
	const struct cell *c = &item->cells[row];

	if (cell_is_set(c) && !(kinds & 1u << b->kind))
		report_error(x->g.report, c->at,
		    "\"%s\" means nothing for \"%s\"",
		    schema_binding.keys[row].name,
		    binding_name((enum binding_kind)b->kind));
}

static void
take_options(struct screen_reading *x, struct binding *b,
    const struct item *item)
{
	const struct cell *c = item->cells;
	unsigned scaled = 1u << BIND_TANK | 1u << BIND_RANGE |
	    1u << BIND_TREND;

	only_for(x, item, BINDING_WRITE, b, 1u << BIND_VALUE);
	only_for(x, item, BINDING_DEC, b, 1u << BIND_VALUE);
	only_for(x, item, BINDING_MIN, b, scaled);
	only_for(x, item, BINDING_MAX, b, scaled);
	only_for(x, item, BINDING_SPAN, b, 1u << BIND_TREND);
	only_for(x, item, BINDING_GLYPH, b, 1u << BIND_DEVICE);
	b->write = c[BINDING_WRITE].on;
	b->has_dec = cell_is_set(&c[BINDING_DEC]);
	b->dec = (uint8_t)c[BINDING_DEC].integer;
	b->has_min = cell_is_set(&c[BINDING_MIN]);
	b->has_max = cell_is_set(&c[BINDING_MAX]);
	b->min = c[BINDING_MIN].real;
	b->max = c[BINDING_MAX].real;
	b->span = cell_is_set(&c[BINDING_SPAN]) ? c[BINDING_SPAN].span
						: (struct span){ 3600000 };
	if (cell_is_set(&c[BINDING_GLYPH]))
		b->glyph = (uint8_t)(c[BINDING_GLYPH].integer + 1);
	if (b->has_min && b->has_max && b->min >= b->max)
		report_error(x->g.report, c[BINDING_MAX].at,
		    "\"max\" is not above \"min\"");
}

static bool
is_key(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	return s[n] == '\0' && (*s < '0' || *s > '9');
}

static void
take_binding(struct screen_reading *x, struct binding *b, const char *key,
    const struct item *item)
{
	const struct cell *c;

	*b = (struct binding){ .key = arena_text(x->arena, key),
		.at = item->at };
	if (!is_key(key))
		report_error(x->g.report, item->at,
		    "bad name \"%s\" of a marker; write letters and digits",
		    key);
	c = kind_of(x, item, &b->kind);
	if (c == NULL)
		return;
	take_names(x, b, c);
	take_when(x, b, &item->cells[BINDING_WHEN]);
	take_options(x, b, item);
}

void
bind_read(
    struct screen_reading *x, const char *text, size_t len, struct place at)
{
	const char **names;
	struct item **items;
	int i, n;

	n = conf_read_open(
	    &x->g, &schema_binding, text, len, at, &names, &items);
	if (n > SCREEN_BINDINGS) {
		report_error(x->g.report, at, "more than %d bindings",
		    SCREEN_BINDINGS);
		n = SCREEN_BINDINGS;
	}
	if (n < 0 || x->s->bindings != NULL)
		return;
	x->s->bindings = arena_take(
	    x->arena, (size_t)n, sizeof(*x->s->bindings));
	x->s->n_bindings = (uint32_t)n;
	for (i = 0; i < n; i++)
		take_binding(x, &x->s->bindings[i], names[i], items[i]);
}

static uint32_t
find_binding(const struct screen *s, const char *key)
{
	uint32_t i;

	for (i = 0; i < s->n_bindings; i++) {
		if (strcmp(s->bindings[i].key, key) == 0)
			return i;
	}
	return NONE;
}

static void
unbound(struct screen_reading *x, const struct found *f)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	uint32_t i;

	for (i = 0; strlen(f->key) > 1 && i < x->s->n_bindings; i++)
		near_offer(f->key, x->s->bindings[i].key, &best, &distance);
	report_error(x->g.report, f->at, "unbound marker \"%s\"%s", f->key,
	    near_text(hint, best));
}

/* Text and graphics are drawn differently: is the marker what is needed? */
static void
check_shape(struct screen_reading *x, const struct found *f,
    const struct binding *b)
{
	bool graphic = b->kind == BIND_TANK || b->kind == BIND_RANGE ||
	    b->kind == BIND_TREND;

	if (b->n_names == 0 || graphic == f->marker.graphic)
		return;
	report_error(x->g.report, f->at,
	    graphic ? "a \"%s\" is a graphic; write {%s===}"
		    : "a \"%s\" is a text; write {%s___}",
	    binding_name((enum binding_kind)b->kind), f->key);
}

static void
place_marker(struct screen_reading *x, struct found *f, bool *used)
{
	uint32_t index = find_binding(x->s, f->key);
	struct art *a = &x->arts.at[f->art];

	if (f->marker.height == 0)
		return;
	if (index == NONE) {
		unbound(x, f);
		return;
	}
	used[index] = true;
	check_shape(x, f, &x->s->bindings[index]);
	f->marker.binding = index;
	a->markers[a->n_markers++] = f->marker;
}

void
bind_join(struct screen_reading *x)
{
	bool used[SCREEN_BINDINGS] = { false };
	size_t i;
	uint32_t n;

	for (i = 0; i < x->arts.n; i++) {
		struct art *a = &x->arts.at[i];

		a->markers = arena_take(
		    x->arena, a->n_markers, sizeof(*a->markers));
		a->n_markers = 0;	/* counts again what is placed */
	}
	for (i = 0; i < x->found.n; i++)
		place_marker(x, &x->found.at[i], used);
	for (n = 0; n < x->s->n_bindings; n++) {
		if (!used[n])
			report_warning(x->g.report, x->s->bindings[n].at,
			    "binding \"%s\" has no marker",
			    x->s->bindings[n].key);
	}
}

/* --- with a plant --- */

struct checking {
	const struct screen *s;
	const struct plant *p;
	struct report *r;
};

static void
unknown_name(struct checking *c, const struct binding *b, const char *name,
    const char *what)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	bool search = report_may_search(c->r);
	uint32_t i;

	for (i = 0; search && strcmp(what, "object") != 0 &&
	     i < c->p->n_tags && i < 20000; i++)
		near_offer(name, c->p->tags[i].name, &best, &distance);
	for (i = 0; search && strcmp(what, "tag") != 0 &&
	     i < c->p->n_objects && i < 20000; i++)
		near_offer(name, c->p->objects[i].name, &best, &distance);
	report_error(c->r, b->name_at, "unknown %s \"%.80s\"%s", what, name,
	    near_text(hint, best));
}

/* Something that can have alarms. */
static bool
has_alarms(const struct plant *p, const char *name)
{
	uint32_t i;

	if (plant_object(p, name) != NONE || plant_tag(p, name) != NONE ||
	    plant_alarm(p, name) != NONE || plant_area(p, name) != NONE)
		return true;
	for (i = 0; i < p->n_lines; i++) {
		if (strcmp(p->lines[i].name, name) == 0)
			return true;
	}
	for (i = 0; i < p->n_devices; i++) {
		if (strcmp(p->devices[i].name, name) == 0)
			return true;
	}
	return false;
}

/* The tag behind a name: itself, or for an object its main signal. */
static uint32_t
tag_behind(const struct plant *p, const char *name)
{
	uint32_t object = plant_object(p, name);

	return object != NONE ? p->objects[object].main : plant_tag(p, name);
}

static void
check_scale(struct checking *c, const struct binding *b, uint32_t tag)
{
	const struct tag *t = &c->p->tags[tag];
	bool low = b->has_min || (t->has_range && isfinite(t->min));
	bool high = b->has_max || (t->has_range && isfinite(t->max));

	if (!low || !high)
		report_error(c->r, b->name_at, "\"%s\" has no range; give \"min\" "
		    "and \"max\"", t->name);
}

static void
check_tag(struct checking *c, const struct binding *b, const char *name)
{
	uint32_t tag = plant_tag(c->p, name);

	if (tag == NONE)
		unknown_name(c, b, name, "tag");
	else if (b->write && c->p->tags[tag].write == NULL)
		report_error(c->r, b->name_at, "\"%s\" cannot be written", name);
	else if (b->kind == BIND_TANK)
		check_scale(c, b, tag);
}

static void
check_names(struct checking *c, const struct binding *b)
{
	uint32_t tag;
	unsigned i;

	switch ((enum binding_kind)b->kind) {
	case BIND_VALUE:
	case BIND_TANK:
	case BIND_TREND:
		for (i = 0; i < b->n_names; i++)
			check_tag(c, b, b->names[i]);
		break;
	case BIND_RANGE:
		tag = tag_behind(c->p, b->names[0]);
		if (tag == NONE)
			unknown_name(c, b, b->names[0], "tag or object");
		else
			check_scale(c, b, tag);
		break;
	case BIND_ALARM:
		if (!has_alarms(c->p, b->names[0]))
			unknown_name(c, b, b->names[0], "object or tag");
		break;
	case BIND_DEVICE:
	case BIND_STATE:
		if (plant_object(c->p, b->names[0]) == NONE)
			unknown_name(c, b, b->names[0], "object");
		break;
	}
}

static uint32_t
find_in_plant(void *arg, const char *name, size_t len)
{
	return plant_tag_n(arg, name, len);
}

/* The tag nearest to the name in `unknown tag "x"`. */
static const char *
near_tag(const struct plant *p, const char *message)
{
	const char *from = strchr(message, '"'), *best = NULL;
	char name[PLANT_NAME_MAX + 1];
	unsigned distance = 0;
	uint32_t i;

	if (from == NULL || sscanf(from, "\"%63[^\"]", name) != 1)
		return NULL;
	for (i = 0; i < p->n_tags && i < 20000; i++)
		near_offer(name, p->tags[i].name, &best, &distance);
	return best;
}

static void
check_when(struct checking *c, const struct binding *b, struct arena *scratch)
{
	struct plant plant = *c->p;	/* the resolver wants no const */
	struct err e;
	char hint[NEAR_CAP] = "";
	bool unknown = false;
	int column;

	if (b->when == NULL || expr_parse(scratch, b->when, find_in_plant,
		&plant, &column, &unknown, &e) != NULL)
		return;
	if (unknown && report_may_search(c->r))
		near_text(hint, near_tag(c->p, e.text));
	report_error(c->r, b->when_at,
	"\"when\": %s at column %d of \"%.200s\"%s",
	    e.text, column, b->when, hint);
}

int
screen_check(
    const struct screen *s, const struct plant *p, struct report *r)
{
	struct checking c = { s, p, r };
	struct arena *scratch = arena_new();
	unsigned errors = r->errors;
	uint32_t i;

	for (i = 0; i < s->n_bindings; i++) {
		if (s->bindings[i].n_names > 0)
			check_names(&c, &s->bindings[i]);
		check_when(&c, &s->bindings[i], scratch);
	}
	if (s->parent != NULL && plant_screen(p, s->parent) == NULL)
		report_error(r, s->parent_at, "unknown parent screen \"%s\"",
		    s->parent);
	arena_free(scratch);
	return r->errors == errors ? 0 : -1;
}
