/* SPDX-License-Identifier: ISC */
/*
 * plant.c - finding things by name, and what follows from the whole plant.
 *
 * A name index is one table of u32, a power of two of at least 1.5 entries a
 * name, probed linearly. An entry is a slot in its low bits (those of the
 * mask) and bits of the name's hash above them, so that a foreign name is
 * passed over without touching it. NONE is empty: no slot is as large as the
 * mask.
 */
#include "model/plant.h"

#include <string.h>

#include "model/expr.h"

static uint64_t
hash(const char *name, size_t len)
{
	uint64_t h = 0xcbf29ce484222325;	/* FNV-1a */

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)name[i]) * 0x100000001b3;
	return h ^ h >> 29;
}

/* A name inside an array of structs whose first member is the name. */
struct names {
	const void *items;
	size_t stride;
};

static const char *
name_of(struct names in, uint32_t slot)
{
	const void *at = (const char *)in.items + slot * in.stride;

	return *(const char *const *)at;
}

#define NAMES(array) ((struct names){ (array), sizeof(*(array)) })
#define FIRST_IS_NAME(type)                                                    \
	_Static_assert(offsetof(struct type, name) == 0, #type)
FIRST_IS_NAME(area);
FIRST_IS_NAME(tag);
FIRST_IS_NAME(object);
FIRST_IS_NAME(alarm_def);
FIRST_IS_NAME(command);
FIRST_IS_NAME(role);
FIRST_IS_NAME(document);

static uint32_t
index_find(const uint32_t *index, uint32_t mask, struct names in,
    const char *name, size_t len)
{
	uint64_t h = hash(name, len);
	uint32_t mark = (uint32_t)(h >> 32) & ~mask, entry;
	const char *found;

	if (index == NULL)
		return NONE;
	for (uint32_t i = (uint32_t)h & mask; (entry = index[i]) != NONE;
	     i = (i + 1) & mask) {
		if ((entry & ~mask) != mark)
			continue;
		found = name_of(in, entry & mask);
		if (strncmp(found, name, len) == 0 && found[len] == '\0')
			return entry & mask;
	}
	return NONE;
}

static void
index_put(uint32_t *index, uint32_t mask, const char *name, uint32_t slot)
{
	uint64_t h = hash(name, strlen(name));
	uint32_t i = (uint32_t)h & mask;

	while (index[i] != NONE)
		i = (i + 1) & mask;
	index[i] = ((uint32_t)(h >> 32) & ~mask) | slot;
}

static uint32_t *
index_build(struct arena *a, struct names in, uint32_t n, uint32_t *mask)
{
	uint32_t size = 8, *index;

	while (size < n + n / 2 + 1)
		size *= 2;
	*mask = size - 1;
	index = arena_take(a, size, sizeof(*index));
	memset(index, 0xff, size * sizeof(*index));
	for (uint32_t i = 0; i < n; i++)
		index_put(index, *mask, name_of(in, i), i);
	return index;
}

/* Alarms grouped by the tag that they watch, in order of their slots. */
static void
group_alarms(struct plant *p)
{
	uint32_t n = 0, of;

	for (uint32_t i = 0; i < p->n_tags; i++)
		p->tags[i].n_alarms = 0;
	for (uint32_t i = 0; i < p->n_alarms; i++)
		if (p->alarms[i].of != NONE)
			p->tags[p->alarms[i].of].n_alarms++;
	for (uint32_t i = 0; i < p->n_tags; i++) {
		p->tags[i].alarms = n;
		n += p->tags[i].n_alarms;
		p->tags[i].n_alarms = 0;
	}
	p->of_tag = arena_take(p->arena, n, sizeof(*p->of_tag));
	for (uint32_t i = 0; i < p->n_alarms; i++) {
		of = p->alarms[i].of;
		if (of != NONE)
			p->of_tag[p->tags[of].alarms +
			    p->tags[of].n_alarms++] = i;
	}
}

/* The last part of P-101A.HH. */
static const char *
own_name(const struct alarm_def *d)
{
	const char *dot = strrchr(d->name, '.');

	return dot == NULL ? d->name : dot + 1;
}

/* HH to H, LL to L, HHH to HH: one letter, and one more of it. */
static bool
names_fold(const struct alarm_def *d, const struct alarm_def *outer)
{
	const char *inner = own_name(d), *name = own_name(outer);
	size_t n = strlen(inner);
	char letter[2] = { d->kind == ALARM_ABOVE ? 'H' : 'L', '\0' };

	return strspn(inner, letter) == n && strspn(name, letter) == n + 1 &&
	    name[n + 1] == '\0';
}

/* How far outer lies beyond d: above 0 if it folds d. Where the limits are
 * numbers they decide, else the names do. */
static double
beyond(const struct alarm_def *d, const struct alarm_def *outer)
{
	double a, b;

	if (d == outer || d->kind != outer->kind)
		return 0;
	if (d->limit == NULL || outer->limit == NULL ||
	    !expr_is_constant(d->limit, &a) ||
	    !expr_is_constant(outer->limit, &b))
		return names_fold(d, outer) ? 1 : 0;
	return d->kind == ALARM_ABOVE ? b - a : a - b;
}

/* The nearest alarm beyond this one: of H, HH, HHH each folds the one before
 * it (P27). */
static uint32_t
find_fold(const struct plant *p, const struct alarm_def *d)
{
	const struct tag *t;
	uint32_t slot, best = NONE;
	double distance, nearest = 0;

	if (d->kind != ALARM_ABOVE && d->kind != ALARM_BELOW)
		return NONE;
	t = &p->tags[d->of];
	for (uint32_t i = 0; i < t->n_alarms; i++) {
		slot = p->of_tag[t->alarms + i];
		distance = beyond(d, &p->alarms[slot]);
		if (distance > 0 && (best == NONE || distance < nearest)) {
			best = slot;
			nearest = distance;
		}
	}
	return best;
}

void
plant_index(struct plant *p)
{
	p->index_tags = index_build(
	    p->arena, NAMES(p->tags), p->n_tags, &p->mask_tags);
	p->index_objects = index_build(
	    p->arena, NAMES(p->objects), p->n_objects, &p->mask_objects);
	p->index_alarms = index_build(
	    p->arena, NAMES(p->alarms), p->n_alarms, &p->mask_alarms);
	group_alarms(p);
	for (uint32_t i = 0; i < p->n_alarms; i++)
		p->alarms[i].folded_by = find_fold(p, &p->alarms[i]);
}

void
plant_free(struct plant *p)
{
	if (p != NULL)
		arena_free(p->arena);
}

uint32_t
plant_tag_n(const struct plant *p, const char *name, size_t len)
{
	return index_find(
	    p->index_tags, p->mask_tags, NAMES(p->tags), name, len);
}

uint32_t
plant_tag(const struct plant *p, const char *name)
{
	return plant_tag_n(p, name, strlen(name));
}

uint32_t
plant_object(const struct plant *p, const char *name)
{
	return index_find(p->index_objects, p->mask_objects,
	    NAMES(p->objects), name, strlen(name));
}

uint32_t
plant_alarm(const struct plant *p, const char *name)
{
	return index_find(p->index_alarms, p->mask_alarms, NAMES(p->alarms),
	    name, strlen(name));
}

/* In a small array, from first on. */
static uint32_t
walk(struct names in, uint32_t first, uint32_t n, const char *name)
{
	for (uint32_t i = first; i < first + n; i++)
		if (strcmp(name_of(in, i), name) == 0)
			return i;
	return NONE;
}

uint32_t
plant_area(const struct plant *p, const char *name)
{
	return walk(NAMES(p->areas), 0, p->n_areas, name);
}

uint32_t
plant_role(const struct plant *p, const char *name)
{
	return walk(NAMES(p->roles), 0, p->n_roles, name);
}

uint32_t
plant_command(const struct plant *p, uint32_t object, const char *name)
{
	const struct object *o;

	if (object >= p->n_objects)
		return NONE;
	o = &p->objects[object];
	return walk(NAMES(p->commands), o->commands, o->n_commands, name);
}

const struct document *
plant_screen(const struct plant *p, const char *name)
{
	uint32_t i = walk(NAMES(p->screens), 0, p->n_screens, name);

	return i == NONE ? NULL : &p->screens[i];
}

const struct document *
plant_report(const struct plant *p, const char *name)
{
	uint32_t i = walk(NAMES(p->reports), 0, p->n_reports, name);

	return i == NONE ? NULL : &p->reports[i];
}

bool
plant_within(const struct plant *p, uint32_t area, uint32_t outer)
{
	if (outer == NONE)
		return true;
	while (area != NONE && area != outer)
		area = p->areas[area].parent;
	return area == outer;
}

bool
plant_alarm_is_quiet(const struct plant *p, const struct alarm_def *d)
{
	return plant_within(p, d->area, 0) && *text_in(&d->action, 0) == '\0';
}

const char *
text_in(const struct text *t, unsigned language)
{
	if (language < PLANT_LANGUAGES && t->in[language] != NULL)
		return t->in[language];
	return t->in[0] != NULL ? t->in[0] : "";
}

const char *
plant_value_text(
    const struct tag *t, const struct value *v, char room[VALUE_CAP])
{
	int code;

	if (t->n_texts == 0)
		return value_show(room, v, t->decimals);
	code = value_code(v, t->n_texts, room);
	return code >= 0 ? text_in(&t->texts[code], 0) : room;
}

unsigned
plant_language(const struct plant *p, const char *name)
{
	for (unsigned i = 0; i < p->n_languages; i++)
		if (strcmp(p->languages[i], name) == 0)
			return i;
	return 0;
}
