/* SPDX-License-Identifier: ISC */
/*
 * screen_check.c - a screen against its plant: do the names exist, can they be
 * written, is there a range, and will the values fit their markers.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "model/expr.h"
#include "project/screen.h"

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
	case BIND_TILE:
		if (tag_behind(c->p, b->names[0]) == NONE)
			unknown_name(c, b, b->names[0], "tag or object");
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
check_expr(struct checking *c, const char *key, const char *text,
    struct place at, struct arena *scratch)
{
	struct plant plant = *c->p;	/* the resolver wants no const */
	struct err e;
	char hint[NEAR_CAP] = "";
	bool unknown = false;
	int column;

	if (text == NULL || expr_parse(scratch, text, find_in_plant,
		&plant, &column, &unknown, &e) != NULL)
		return;
	if (unknown && report_may_search(c->r))
		near_text(hint, near_tag(c->p, e.text));
	report_error(c->r, at, "\"%s\": %s at column %d of \"%.200s\"%s", key,
	    e.text, column, text, hint);
}

static void
check_exprs(struct checking *c, const struct binding *b, struct arena *scratch)
{
	check_expr(c, "when", b->when, b->when_at, scratch);
	check_expr(c, "least", b->limits[LIMIT_LEAST],
	    b->limit_at[LIMIT_LEAST], scratch);
	check_expr(c, "most", b->limits[LIMIT_MOST], b->limit_at[LIMIT_MOST],
	    scratch);
}

/* A text in its languages: the columns of what is wider than most, into dst. */
static size_t
wider(const struct text *t, size_t most, char dst[80])
{
	unsigned i;

	for (i = 0; i < PLANT_LANGUAGES; i++) {
		const char *s = t->in[i];

		if (s == NULL || text_columns(s) <= most)
			continue;
		most = text_columns(s);
		str_copy(dst, s, 80);
	}
	return most;
}

/* Columns of the widest thing that the tag may show, "" if any may come. */
static size_t
widest_value(const struct binding *b, const struct tag *t, char dst[80])
{
	int decimals = b->has_dec ? b->dec : t->decimals;
	char low[80], high[80];
	size_t most = 0;
	unsigned i;

	dst[0] = '\0';
	for (i = 0; i < t->n_texts; i++)
		most = wider(&t->texts[i], most, dst);
	if (most > 0 || !t->has_range || !isfinite(t->min) ||
	    !isfinite(t->max) || t->type == VALUE_TEXT ||
	    fabs(t->min) > 1e30 || fabs(t->max) > 1e30)
		return most;
	snprintf(low, sizeof(low), "%.*f", decimals, t->min);
	snprintf(high, sizeof(high), "%.*f", decimals, t->max);
	str_copy(dst, strlen(low) > strlen(high) ? low : high, 80);
	return strlen(dst);
}

static size_t
widest_state(const struct object *o, char dst[80])
{
	size_t most = 0;
	unsigned i;

	dst[0] = '\0';
	for (i = 0; i < o->n_states; i++)
		most = wider(&o->states[i].title, most, dst);
	return most;
}

/* Of an object its main signal. */
static uint32_t
tag_of_tile(const struct plant *p, const char *name)
{
	uint32_t object = plant_object(p, name);

	return object != NONE ? p->objects[object].main : plant_tag(p, name);
}

/*
 * P31: what does not fit is shown as ####; better said now than then. A value
 * that is not good needs a column more, for its mark.
 */
static void
check_width(struct checking *c, const struct art *a, const struct marker *m)
{
	const struct binding *b = &c->s->bindings[m->binding];
	struct place at = a->at;
	uint32_t what;
	char text[80];
	size_t n;

	if (b->kind == BIND_VALUE) {
		what = plant_tag(c->p, b->names[0]);
		if (what == NONE)
			return;
		n = widest_value(b, &c->p->tags[what], text);
		n += n > 0;
	} else if (b->kind == BIND_TILE) {
		what = tag_of_tile(c->p, b->names[0]);
		if (what == NONE)
			return;
		n = widest_value(b, &c->p->tags[what], text);
		n += n > 0 ? 1 + 2 : 0;	/* and its frame */
	} else if (b->kind == BIND_STATE) {
		what = plant_object(c->p, b->names[0]);
		if (what == NONE)
			return;
		n = widest_state(&c->p->objects[what], text);
	} else {
		return;
	}
	if (n <= m->width)
		return;
	at.line += m->row;
	at.column = (uint16_t)(m->column + 1);
	report_warning(c->r, at, "\"%s\" of %s%s needs %zu columns; this "
	    "marker has %u", text, b->names[0],
	    b->kind == BIND_TILE	 ? " with a mark and a frame"
		: b->kind == BIND_VALUE ? " with a mark"
					 : "", n, m->width);
}

static void
check_widths(struct checking *c)
{
	uint32_t i, j;

	for (i = 0; i < c->s->n_arts; i++) {
		const struct art *a = &c->s->arts[i];

		for (j = 0; j < a->n_markers; j++)
			check_width(c, a, &a->markers[j]);
	}
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
		check_exprs(&c, &s->bindings[i], scratch);
	}
	check_widths(&c);
	if (s->parent != NULL && plant_screen(p, s->parent) == NULL)
		report_error(r, s->parent_at, "unknown parent screen \"%s\"",
		    s->parent);
	arena_free(scratch);
	return r->errors == errors ? 0 : -1;
}
