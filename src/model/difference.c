/* SPDX-License-Identifier: ISC */
#include "model/difference.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/difference_text.h"
#include "model/lineage.h"

static const char *const sorts[] = {
#define X(id, name) name,
	DIFFERENCE_SORTS(X)
#undef X
};
static const char *const part_names[] = {
#define X(id, name) name,
	DIFFERENCE_PARTS(X)
#undef X
};
_Static_assert(DIFFERENCE_PART_COUNT <= 16, "bits of slots.parts");

const char *
difference_sort_name(enum difference_sort s)
{
	return sorts[s];
}

const char *
difference_part_name(enum difference_part p)
{
	return part_names[p];
}

const char *
difference_change_name(enum difference_change c)
{
	static const char *const names[] = { "added", "removed", "renamed",
		"changed" };

	return names[c];
}

/* The full name of a thing, in the arena if it has to be made. */
static const char *
name_of(struct arena *a, const struct plant *p, enum difference_sort sort,
    uint32_t i)
{
	switch (sort) {
	case DIFFERENCE_COMMAND:
		return arena_printf(a, "%s.%s",
		    p->objects[p->commands[i].object].name,
		    p->commands[i].name);
	case DIFFERENCE_PRIORITY:
		return arena_printf(a, "%u", p->priorities[i].number);
	case DIFFERENCE_PLANT:
		return "plant";
	default:
		break;
	}
	switch (sort) {
#define NAMED(id, field)                                                       \
	case DIFFERENCE_##id:                                                  \
		return p->field[i].name;
	NAMED(TAG, tags)
	NAMED(OBJECT, objects)
	NAMED(ALARM, alarms)
	NAMED(LINE, lines)
	NAMED(DEVICE, devices)
	NAMED(AREA, areas)
	NAMED(SHIFT, shifts)
	NAMED(POLL, polls)
	NAMED(TYPE, types)
	NAMED(CLASS, classes)
	NAMED(ROLE, roles)
	NAMED(STATION, stations)
	NAMED(SCREEN, screens)
	NAMED(REPORT, reports)
#undef NAMED
	default:
		return "";
	}
}

uint32_t
difference_count(const struct plant *p, enum difference_sort sort)
{
	const uint32_t n[] = {
		[DIFFERENCE_TAG] = p->n_tags,
		[DIFFERENCE_OBJECT] = p->n_objects,
		[DIFFERENCE_COMMAND] = p->n_commands,
		[DIFFERENCE_ALARM] = p->n_alarms,
		[DIFFERENCE_LINE] = p->n_lines,
		[DIFFERENCE_DEVICE] = p->n_devices,
		[DIFFERENCE_PLANT] = 1,
		[DIFFERENCE_AREA] = p->n_areas,
		[DIFFERENCE_SHIFT] = p->n_shifts,
		[DIFFERENCE_POLL] = p->n_polls,
		[DIFFERENCE_TYPE] = p->n_types,
		[DIFFERENCE_CLASS] = p->n_classes,
		[DIFFERENCE_PRIORITY] = p->n_priorities,
		[DIFFERENCE_ROLE] = p->n_roles,
		[DIFFERENCE_STATION] = p->n_stations,
		[DIFFERENCE_SCREEN] = p->n_screens,
		[DIFFERENCE_REPORT] = p->n_reports,
	};

	return n[sort];
}

/* The name that a thing had before, or NULL. */
static const char *
before_of(struct arena *a, const struct plant *p, enum difference_sort sort,
    uint32_t i)
{
	const struct object *o;

	switch (sort) {
	case DIFFERENCE_TAG:
		return p->tags[i].was;
	case DIFFERENCE_OBJECT:
		return p->objects[i].was;
	case DIFFERENCE_ALARM:
		return p->alarms[i].was;
	case DIFFERENCE_COMMAND:
		o = &p->objects[p->commands[i].object];
		return o->was == NULL ? NULL
				      : arena_printf(a, "%s.%s", o->was,
					    p->commands[i].name);
	default:
		return NULL;
	}
}

/* Names with their slots, in order. */
struct entry {
	const char *name;
	uint32_t slot;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name,
	    ((const struct entry *)b)->name);
}

static struct entry *
entries_of(struct arena *a, const struct plant *p, enum difference_sort sort)
{
	uint32_t i, n = difference_count(p, sort);
	struct entry *all = xcalloc(n + 1, sizeof(*all));

	for (i = 0; i < n; i++)
		all[i] = (struct entry){ name_of(a, p, sort, i), i };
	if (n > 0)
		qsort(all, n, sizeof(*all), by_name);
	return all;
}

static uint32_t
find(const struct entry *all, uint32_t n, const char *name)
{
	struct entry key = { name, 0 };
	const struct entry *found =
	    n > 0 ? bsearch(&key, all, n, sizeof(*all), by_name) : NULL;

	return found != NULL ? found->slot : NONE;
}

/* One sort of things in two plants, of which later says how things were
 * called in earlier. */
struct matching {
	struct arena *arena;
	enum difference_sort sort;
	const struct plant *earlier, *later;
	uint32_t n_earlier, n_later;
	struct entry *then, *now;	/* by name */
	uint32_t *named;	/* [n_later]: of the same name earlier, or NONE */
	uint32_t *claims;	/* [n_later]: what it was, or NONE */
	uint32_t *claimed;	/* [n_earlier]: by which later thing, or NONE */
};

/* What it says that it was. Once: as long as the cell stays, it is what it is
 * called. */
static uint32_t
claim_of(const struct matching *m, uint32_t i)
{
	const char *was = before_of(m->arena, m->later, m->sort, i);
	const char *said = was != NULL && m->named[i] != NONE
	    ? before_of(m->arena, m->earlier, m->sort, m->named[i])
	    : NULL;

	if (was == NULL || (said != NULL && strcmp(said, was) == 0))
		return NONE;
	return find(m->then, m->n_earlier, was);
}

/* A thing keeps the name that it has, so whoever says to have been it was
 * not; and that one keeps its own name then, and so on. */
static void
refute(struct matching *m, uint32_t keeps)
{
	uint32_t i, of = m->named[keeps];

	while (of != NONE && m->claimed[of] != NONE) {
		i = m->claimed[of];
		m->claimed[of] = m->claims[i] = NONE;
		of = m->named[i];
	}
}

static uint32_t *
no_slots(uint32_t n)
{
	uint32_t *all = xcalloc(n + 1u, sizeof(*all)), i;

	for (i = 0; i < n; i++)
		all[i] = NONE;
	return all;
}

static void
claim(struct matching *m)
{
	uint32_t i, of;

	for (i = 0; i < m->n_later; i++)
		m->named[m->now[i].slot] =
		    find(m->then, m->n_earlier, m->now[i].name);
	for (i = 0; i < m->n_later; i++) {
		of = claim_of(m, i);
		if (of == NONE || m->claimed[of] != NONE)
			continue;
		m->claims[i] = of;
		m->claimed[of] = i;
	}
	for (i = 0; i < m->n_later; i++)
		if (m->claims[i] == NONE)
			refute(m, i);
}

/* Who was what: first what things say, so that names may be exchanged, then
 * the names. was[n_later], is[n_earlier]. */
static void
match(struct matching *m, uint32_t *was, uint32_t *is)
{
	uint32_t i;

	m->n_earlier = difference_count(m->earlier, m->sort);
	m->n_later = difference_count(m->later, m->sort);
	m->then = entries_of(m->arena, m->earlier, m->sort);
	m->now = entries_of(m->arena, m->later, m->sort);
	m->named = no_slots(m->n_later);
	m->claims = no_slots(m->n_later);
	m->claimed = no_slots(m->n_earlier);
	claim(m);
	for (i = 0; i < m->n_earlier; i++)
		is[i] = NONE;
	for (i = 0; i < m->n_later; i++) {
		was[i] = m->claims[i] != NONE ? m->claims[i] : m->named[i];
		if (was[i] != NONE)
			is[was[i]] = i;
	}
	free(m->then);
	free(m->now);
	free(m->named);
	free(m->claims);
	free(m->claimed);
}

struct slots
difference_match(struct arena *arena, enum difference_sort sort,
    const struct plant *old, const struct plant *new, bool back)
{
	struct slots s = { .n_old = difference_count(old, sort),
		.n_new = difference_count(new, sort) };
	struct matching m = { .arena = arena,
		.sort = sort,
		.earlier = back ? new : old,
		.later = back ? old : new };

	s.from = arena_take(arena, s.n_new + 1u, sizeof(*s.from));
	s.to = arena_take(arena, s.n_old + 1u, sizeof(*s.to));
	s.parts = arena_take(arena, s.n_new + 1u, sizeof(*s.parts));
	match(&m, back ? s.to : s.from, back ? s.from : s.to);
	return s;
}

static struct difference_row *
add(struct difference *d, enum difference_change change,
    enum difference_sort sort, uint32_t from, uint32_t to, const char *name)
{
	struct difference_row *r = vec_add(&d->rows);

	*r = (struct difference_row){ .change = (uint8_t)change,
		.sort = (uint8_t)sort, .from = from, .to = to, .name = name };
	return r;
}

/* Each part of a thing that says something else than before. */
static void
compare(struct difference *d, enum difference_sort sort,
    const struct plant *old, const struct plant *new, uint32_t from,
    uint32_t to)
{
	struct buf a = { 0 }, b = { 0 };
	struct difference_row *r;
	int part;

	for (part = 0; part < DIFFERENCE_PART_COUNT; part++) {
		buf_clear(&a);
		buf_clear(&b);
		if (!difference_text(
			&a, old, sort, from, (enum difference_part)part))
			continue;
		difference_text(
		    &b, new, sort, to, (enum difference_part)part);
		if (strcmp(buf_string(&a), buf_string(&b)) == 0)
			continue;
		d->of[sort].parts[to] |= (uint16_t)(1u << part);
		r = add(d, DIFFERENCE_CHANGED, sort, from, to,
		    name_of(d->arena, new, sort, to));
		r->part = (uint8_t)part;
		if (difference_is_long(sort))
			continue;
		r->old = arena_text(d->arena, buf_string(&a));
		r->new = arena_text(d->arena, buf_string(&b));
	}
	buf_free(&a);
	buf_free(&b);
}

static void
look(struct difference *d, enum difference_sort sort,
    const struct plant *old, const struct plant *new)
{
	const struct slots *s = &d->of[sort];
	struct difference_row *r;
	const char *was, *is;
	uint32_t i;

	for (i = 0; i < s->n_old; i++)
		if (s->to[i] == NONE)
			add(d, DIFFERENCE_REMOVED, sort, i, NONE,
			    name_of(d->arena, old, sort, i));
	for (i = 0; i < s->n_new; i++) {
		is = name_of(d->arena, new, sort, i);
		if (s->from[i] == NONE) {
			add(d, DIFFERENCE_ADDED, sort, NONE, i, is);
			continue;
		}
		was = name_of(d->arena, old, sort, s->from[i]);
		if (strcmp(was, is) != 0) {
			r = add(d, DIFFERENCE_RENAMED, sort, s->from[i], i,
			    is);
			r->old = was;
			r->new = is;
		}
		compare(d, sort, old, new, s->from[i], i);
	}
}

/* What has no way to the other plant, on both sides, goes by its name. */
static void
match_rest(struct arena *arena, struct slots *s, enum difference_sort sort,
    const struct plant *old, const struct plant *new)
{
	struct entry *then = entries_of(arena, old, sort);
	uint32_t i, k;

	for (i = 0; i < s->n_new; i++) {
		if (s->from[i] != NONE)
			continue;
		k = find(then, s->n_old, name_of(arena, new, sort, i));
		if (k == NONE || s->to[k] != NONE)
			continue;
		s->from[i] = k;
		s->to[k] = i;
	}
	free(then);
}

static struct slots
match_over(struct arena *arena, enum difference_sort sort,
    const struct plant *old, const struct plant *new,
    const struct lineage *over)
{
	struct slots s = { .n_old = difference_count(old, sort),
		.n_new = over->n[sort] };
	uint32_t i;

	s.from = arena_take(arena, s.n_new + 1u, sizeof(*s.from));
	s.to = arena_take(arena, s.n_old + 1u, sizeof(*s.to));
	s.parts = arena_take(arena, s.n_new + 1u, sizeof(*s.parts));
	for (i = 0; i < s.n_old; i++)
		s.to[i] = NONE;
	for (i = 0; i < s.n_new; i++) {
		s.from[i] = over->is[sort][i];
		if (s.from[i] != NONE)
			s.to[s.from[i]] = i;
	}
	match_rest(arena, &s, sort, old, new);
	return s;
}

static struct difference *
look_at_all(
    struct difference *d, const struct plant *old, const struct plant *new)
{
	int sort;

	for (sort = 0; sort < DIFFERENCE_SORT_COUNT; sort++)
		look(d, (enum difference_sort)sort, old, new);
	return d;
}

struct difference *
difference_new(const struct plant *old, const struct plant *new, bool back)
{
	struct difference *d = xcalloc(1, sizeof(*d));
	int sort;

	d->arena = arena_new();
	for (sort = 0; sort < DIFFERENCE_SORT_COUNT; sort++)
		d->of[sort] = difference_match(d->arena,
		    (enum difference_sort)sort, old, new, back);
	return look_at_all(d, old, new);
}

struct difference *
difference_new_over(const struct plant *old, const struct plant *new,
    const struct lineage *over)
{
	struct difference *d = xcalloc(1, sizeof(*d));
	int sort;

	d->arena = arena_new();
	for (sort = 0; sort < DIFFERENCE_SORT_COUNT; sort++)
		d->of[sort] = match_over(
		    d->arena, (enum difference_sort)sort, old, new, over);
	return look_at_all(d, old, new);
}

void
difference_free(struct difference *d)
{
	if (d == NULL)
		return;
	vec_free(&d->rows);
	arena_free(d->arena);
	free(d);
}

static const char *
effect_of_change(enum difference_sort sort, enum difference_part part)
{
	if (sort == DIFFERENCE_TAG)
		return part == DIFFERENCE_OF_ADDRESS ? "value begins anew"
		    : part == DIFFERENCE_OF_EXPR     ? "calculated at once"
						     : "value goes on";
	if (sort == DIFFERENCE_ALARM)
		return part == DIFFERENCE_OF_CONDITION
		    ? "evaluated at once"
		    : "state and acknowledgement stay";
	return "";
}

const char *
difference_effect(const struct difference_row *r)
{
	static const char *const added[DIFFERENCE_SORT_COUNT] = {
		[DIFFERENCE_TAG] = "bad until it is read",
		[DIFFERENCE_ALARM] = "evaluated at once",
		[DIFFERENCE_LINE] = "connects",
	};
	static const char *const changed[DIFFERENCE_SORT_COUNT] = {
		[DIFFERENCE_LINE] = "connects anew",
		[DIFFERENCE_DEVICE] = "is asked anew",
		[DIFFERENCE_SCREEN] = "is drawn anew",
		[DIFFERENCE_ROLE] = "holds at once",
		[DIFFERENCE_STATION] = "holds at once",
	};
	const char *text = NULL;

	switch ((enum difference_change)r->change) {
	case DIFFERENCE_ADDED:
		text = added[r->sort];
		break;
	case DIFFERENCE_REMOVED:
		return "ends";
	case DIFFERENCE_RENAMED:
		return "state and history go on";
	case DIFFERENCE_CHANGED:
		text = changed[r->sort];
		if (text == NULL)
			text = effect_of_change((enum difference_sort)r->sort,
			    (enum difference_part)r->part);
		break;
	}
	return text != NULL ? text : "";
}
