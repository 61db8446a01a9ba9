/* SPDX-License-Identifier: ISC */
/*
 * difference.h - what is different between two plants (P20).
 *
 * Things are matched by their names, but before that by what `was` says: in
 * the project that brings it, so that two may exchange their names, and as
 * long as what had that name does not keep it. A difference is seen in the text
 * that describes one part of a thing: what people read in `project plan` is
 * what was compared. One place for plan, diff and the swap in the core.
 * Pure; takes about a second for 100,000 tags, so it has a thread of its own.
 */
#ifndef MODEL_DIFFERENCE_H
#define MODEL_DIFFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/vec.h"
#include "model/plant.h"

/* Sorts of things. */
#define DIFFERENCE_SORTS(X)                                                    \
	X(TAG, "tag") X(OBJECT, "object") X(COMMAND, "command")                \
	X(ALARM, "alarm") X(LINE, "line") X(DEVICE, "device")                  \
	X(PLANT, "plant") X(AREA, "area") X(SHIFT, "shift") X(POLL, "poll")    \
	X(TYPE, "type") X(CLASS, "class") X(PRIORITY, "priority")              \
	X(ROLE, "role") X(STATION, "station") X(SCREEN, "screen")              \
	X(REPORT, "report")
enum difference_sort {
#define X(id, name) DIFFERENCE_##id,
	DIFFERENCE_SORTS(X)
#undef X
	DIFFERENCE_SORT_COUNT
};

/* Parts of a thing. Of tags: ADDRESS is where the value comes from, its kind
 * and scaling; of alarms: CONDITION is all that decides when it comes. */
#define DIFFERENCE_PARTS(X)                                                    \
	X(ADDRESS, "address") X(EXPR, "expr") X(RANGE, "range")                \
	X(WRITE, "write") X(LOG, "log") X(POLL, "poll") X(VALUE, "value")      \
	X(TEXT, "text") X(AREA, "area") X(CONDITION, "condition")              \
	X(PRIORITY, "priority") X(CLASS, "class") X(STATES, "states")          \
	X(TUNABLE, "tunable") X(DEFINITION, "definition")
enum difference_part {
#define X(id, name) DIFFERENCE_OF_##id,
	DIFFERENCE_PARTS(X)
#undef X
	DIFFERENCE_PART_COUNT
};

enum difference_change {
	DIFFERENCE_ADDED, DIFFERENCE_REMOVED, DIFFERENCE_RENAMED,
	DIFFERENCE_CHANGED
};

struct difference_row {
	uint8_t change, sort;
	uint8_t part;		/* CHANGED: enum difference_part */
	uint32_t from, to;	/* old and new index, or NONE */
	const char *name;	/* new, of what is gone the old one */
	const char *old, *new;	/* the part's text; RENAMED: the names */
};

/* Old and new slots of one sort. NONE: there is none. */
struct slots {
	uint32_t n_old, n_new;
	uint32_t *from;		/* [n_new] */
	uint32_t *to;		/* [n_old] */
	uint16_t *parts;	/* [n_new]: bits 1 << enum difference_part */
};

struct difference {
	struct arena *arena;
	struct slots of[DIFFERENCE_SORT_COUNT];
	VEC(struct difference_row) rows;	/* by sort, in plant order */
};

/* Both plants outlive it. back: new is the earlier of the two, and what old
 * says that its things were called they are called again. Ended by
 * difference_free(). */
struct difference *difference_new(
    const struct plant *old, const struct plant *new, bool back);
/* The same over the plants between the two (lineage.h): over leads from new to
 * old. */
struct lineage;
struct difference *difference_new_over(const struct plant *old,
    const struct plant *new, const struct lineage *over);
void difference_free(struct difference *d);	/* NULL is fine */
/* Who was what, of one sort, as in difference_new(); in the arena. */
struct slots difference_match(struct arena *arena, enum difference_sort sort,
    const struct plant *old, const struct plant *new, bool back);

static inline bool
difference_is(const struct slots *s, uint32_t slot, enum difference_part part)
{
	return (s->parts[slot] >> part & 1) != 0;
}
/* Is it there now, and was it there before, under whichever name? */
static inline uint32_t
slots_from(const struct slots *s, uint32_t slot)
{
	return slot < s->n_new ? s->from[slot] : NONE;
}
static inline uint32_t
slots_to(const struct slots *s, uint32_t slot)
{
	return slot < s->n_old ? s->to[slot] : NONE;
}

/* How many things of a sort a plant has. */
uint32_t difference_count(const struct plant *p, enum difference_sort sort);
const char *difference_sort_name(enum difference_sort s);
const char *difference_part_name(enum difference_part p);
const char *difference_change_name(enum difference_change c);
/* What an apply does about it: "value begins anew". */
const char *difference_effect(const struct difference_row *r);

#endif
