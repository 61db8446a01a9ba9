/* SPDX-License-Identifier: ISC */
/* screen_bind.c - what the markers of a screen mean, without a plant. */
#include <stdlib.h>
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
	[BIND_TILE] = BINDING_TILE,
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
		  "state, trend, tile"
		: "a binding has only one of value, alarm, tank, range, "
		  "device, state, trend, tile");
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

/* The expression of a key, or NULL. */
static const char *
take_expr(struct screen_reading *x, const struct item *item, unsigned row,
    struct place *at)
{
	const struct cell *c = &item->cells[row];
	char number[32];
	struct err e;
	int column;

	if (!cell_is_set(c))
		return NULL;
	*at = c->at;
	if (c->form == FORM_REAL)
		return arena_text(x->arena, real_print(number, c->real));
	if (expr_parse(x->g.arena, c->string, find_any, NULL, &column, NULL,
		&e) == NULL)
		report_error(x->g.report, c->at,
		    "\"%s\": %s at column %d of \"%.200s\"",
		    schema_binding.keys[row].name, e.text, column, c->string);
	return arena_text(x->arena, c->string);
}

static void
take_title(struct screen_reading *x, struct binding *b, const struct cell *c)
{
	unsigned i;

	for (i = 0; cell_is_set(c) && i < PLANT_LANGUAGES; i++)
		if (c->text.in[i] != NULL)
			b->title.in[i] = arena_text(x->arena, c->text.in[i]);
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

/* A limit that is a number, not an expression. */
static bool
number_of(const char *limit, double *number)
{
	char *end;

	if (limit == NULL)
		return false;
	*number = strtod(limit, &end);
	return end != limit && *end == '\0';
}

static void
check_limits(struct screen_reading *x, const struct binding *b)
{
	double least, most;

	if (number_of(b->limits[LIMIT_LEAST], &least) &&
	    number_of(b->limits[LIMIT_MOST], &most) && least >= most)
		report_warning(x->g.report, b->limit_at[LIMIT_MOST],
		    "\"most\" is not above \"least\"");
}

static void
take_options(struct screen_reading *x, struct binding *b,
    const struct item *item)
{
	const struct cell *c = item->cells;
	unsigned scaled = 1u << BIND_TANK | 1u << BIND_RANGE |
	    1u << BIND_TREND | 1u << BIND_TILE;

	only_for(x, item, BINDING_WRITE, b, 1u << BIND_VALUE);
	only_for(x, item, BINDING_DEC, b, 1u << BIND_VALUE | 1u << BIND_TILE);
	only_for(x, item, BINDING_LEAST, b, 1u << BIND_TILE);
	only_for(x, item, BINDING_MOST, b, 1u << BIND_TILE);
	only_for(x, item, BINDING_TITLE, b,
	    1u << BIND_TILE | 1u << BIND_ALARM);
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
	check_limits(x, b);
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
	b->when = take_expr(x, item, BINDING_WHEN, &b->when_at);
	b->limits[LIMIT_LEAST] = take_expr(
	    x, item, BINDING_LEAST, &b->limit_at[LIMIT_LEAST]);
	b->limits[LIMIT_MOST] = take_expr(
	    x, item, BINDING_MOST, &b->limit_at[LIMIT_MOST]);
	take_title(x, b, &item->cells[BINDING_TITLE]);
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

/* In less it is drawn as nothing, which nobody takes for a value. */
static void
check_tile(struct screen_reading *x, const struct found *f)
{
	const struct marker *m = &f->marker;

	if (m->width < SCREEN_TILE_COLS || m->height < SCREEN_TILE_ROWS)
		report_warning(x->g.report, f->at,
		    "a tile needs %d columns and %d rows; this one has %u and "
		    "%u and shows nothing", SCREEN_TILE_COLS, SCREEN_TILE_ROWS, m->width,
		    m->height);
}

/* Text and graphics are drawn differently: is the marker what is needed? */
static void
check_shape(struct screen_reading *x, const struct found *f,
    const struct binding *b)
{
	bool graphic = b->kind == BIND_TANK || b->kind == BIND_RANGE ||
	    b->kind == BIND_TREND || b->kind == BIND_TILE;

	if (b->n_names == 0)
		return;
	if (graphic == f->marker.graphic) {
		if (b->kind == BIND_TILE)
			check_tile(x, f);
		return;
	}
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
