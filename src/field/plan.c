/* SPDX-License-Identifier: ISC */
#include "field/plan.h"

#include <stdlib.h>

#include "base/mem.h"

#define POINTS_MOST 8000	/* of a block: they are named in one message */

/* What cannot be split: a run of points, and the addresses it covers. */
struct atom {
	uint32_t first, end;	/* end is one past the last address */
	uint32_t period_ms;
	uint8_t space;
	uint32_t lo, n;		/* members[lo..lo+n) */
};
struct atoms {
	const struct field_point *points;
	uint32_t *members;	/* indices of points, by group */
	struct atom *at;
	size_t n;
};

static uint32_t
point_end(const struct point *at)
{
	return (uint32_t)at->address + at->registers;
}

static unsigned
most(const struct device *d, uint8_t space)
{
	return space == SPACE_COIL || space == SPACE_DI ? d->max_bits
							: d->max_registers;
}

static int
compare_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

/* Groups together, in each by address; points without a group one by one. */
static int
by_group(const void *a, const void *b, void *points)
{
	const struct field_point *p = points;
	const struct field_point *x = &p[*(const uint32_t *)a];
	const struct field_point *y = &p[*(const uint32_t *)b];
	int c = compare_u32(x->group, y->group);

	c = c != 0 ? c : compare_u32(x->at.space, y->at.space);
	return c != 0 ? c : compare_u32(x->at.address, y->at.address);
}

static int
by_place(const void *a, const void *b)
{
	const struct atom *x = a, *y = b;
	int c = compare_u32(x->period_ms, y->period_ms);

	c = c != 0 ? c : compare_u32(x->space, y->space);
	c = c != 0 ? c : compare_u32(x->first, y->first);
	return c != 0 ? c : compare_u32(x->end, y->end);
}

static int
by_address(const void *a, const void *b, void *points)
{
	const struct field_point *p = points;
	const struct field_point *x = &p[*(const uint32_t *)a];
	const struct field_point *y = &p[*(const uint32_t *)b];
	int c = compare_u32(x->at.address, y->at.address);

	return c != 0 ? c : compare_u32(x->slot, y->slot);
}

/* May [first, end) be read although nobody asked for it? */
static bool
readable(const struct device *d, uint8_t space, uint32_t first, uint32_t end)
{
	unsigned i;

	for (i = 0; i < d->n_holes; i++) {
		const struct hole *h = &d->holes[i];

		if (h->space == space && h->first < end && h->last >= first)
			return false;
	}
	return true;
}

/* The atom of members[lo..lo+n), which are of one group and space. */
static struct atom
make_atom(const struct atoms *a, uint32_t lo, uint32_t n)
{
	const struct field_point *f = &a->points[a->members[lo]];
	struct atom atom = { .first = f->at.address, .end = point_end(&f->at),
		.period_ms = f->period_ms, .space = f->at.space, .lo = lo,
		.n = n };
	uint32_t i;

	for (i = 1; i < n; i++) {
		f = &a->points[a->members[lo + i]];
		if (point_end(&f->at) > atom.end)
			atom.end = point_end(&f->at);
		if (f->period_ms < atom.period_ms)
			atom.period_ms = f->period_ms;
	}
	return atom;
}

/* One request can hold the atom, and reads no hole for it. */
static bool
atom_fits(const struct atoms *a, const struct device *d, const struct atom *t)
{
	uint32_t end = t->first, i;

	if (t->end - t->first > most(d, t->space))
		return false;
	for (i = 0; i < t->n; i++) {
		const struct point *at = &a->points[a->members[t->lo + i]].at;

		if (at->address > end &&
		    !readable(d, t->space, end, at->address))
			return false;
		if (point_end(at) > end)
			end = point_end(at);
	}
	return true;
}

static uint32_t
run_length(const struct atoms *a, uint32_t lo, size_t n)
{
	const struct field_point *f = &a->points[a->members[lo]];
	uint32_t i = 1;

	while (f->group != 0 && lo + i < n &&
	    a->points[a->members[lo + i]].group == f->group &&
	    a->points[a->members[lo + i]].at.space == f->at.space)
		i++;
	return i;
}

static void
find_atoms(struct atoms *a, const struct device *d, size_t n)
{
	uint32_t lo, run, i;

	for (lo = 0; lo < n; lo++)
		a->members[lo] = lo;
	qsort_r(a->members, n, sizeof(*a->members), by_group,
	    (void *)(uintptr_t)a->points);
	for (lo = 0; lo < n; lo += run) {
		struct atom whole;

		run = run_length(a, lo, n);
		whole = make_atom(a, lo, run);
		if (run == 1 || atom_fits(a, d, &whole)) {
			a->at[a->n++] = whole;
			continue;
		}
		for (i = 0; i < run; i++)
			a->at[a->n++] = make_atom(a, lo + i, 1);
	}
	qsort(a->at, a->n, sizeof(*a->at), by_place);
}

/* Can the block go on with this atom? */
static bool
joins(const struct device *d, const struct plan_block *b, const struct atom *t)
{
	uint32_t end = (uint32_t)b->first + b->count;

	if (t->period_ms != b->period_ms || t->space != b->space ||
	    b->n + t->n > POINTS_MOST)
		return false;
	if (t->end > end && t->end - b->first > most(d, b->space))
		return false;
	if (t->first <= end)
		return true;
	return t->first - end <= d->max_hole &&
	    readable(d, b->space, end, t->first);
}

static void
add_atom(struct plan *p, const struct atoms *a, const struct atom *t)
{
	struct plan_block *b = &p->blocks[p->n_blocks - 1];
	uint32_t i;

	for (i = 0; i < t->n; i++)
		p->order[p->n++] = a->members[t->lo + i];
	b->n += t->n;
	if (t->end > (uint32_t)b->first + b->count)
		b->count = (uint16_t)(t->end - b->first);
}

void
plan_build(struct plan *p, const struct device *d,
    const struct field_point *points, size_t n)
{
	struct atoms a = { .points = points,
		.members = xcalloc(n, sizeof(*a.members)),
		.at = xcalloc(n, sizeof(*a.at)) };
	size_t i;

	p->order = xcalloc(n, sizeof(*p->order));
	p->blocks = xcalloc(n, sizeof(*p->blocks));
	p->n = p->n_blocks = 0;
	find_atoms(&a, d, n);
	for (i = 0; i < a.n; i++) {
		const struct atom *t = &a.at[i];

		if (p->n_blocks == 0 ||
		    !joins(d, &p->blocks[p->n_blocks - 1], t)) {
			p->blocks[p->n_blocks++] = (struct plan_block){
				.space = t->space,
				.first = (uint16_t)t->first,
				.period_ms = t->period_ms,
				.lo = (uint32_t)p->n };
		}
		add_atom(p, &a, t);
	}
	for (i = 0; i < p->n_blocks; i++) {
		qsort_r(p->order + p->blocks[i].lo, p->blocks[i].n,
		    sizeof(*p->order), by_address, (void *)(uintptr_t)points);
	}
	free(a.members);
	free(a.at);
}

void
plan_free(struct plan *p)
{
	free(p->order);
	free(p->blocks);
	*p = (struct plan){ 0 };
}

/* The last index of order, in b, with a point of the group of order[i]. */
static uint32_t
group_reach(const struct plan *p, const struct field_point *points,
    const struct plan_block *b, uint32_t i)
{
	uint32_t group = points[p->order[i]].group, last = b->lo + b->n - 1;

	while (group != 0 && last > i && points[p->order[last]].group != group)
		last--;
	return group != 0 ? last : i;
}

/* The part of b with these points. */
static struct plan_block
part(const struct plan *p, const struct field_point *points,
    const struct plan_block *b, uint32_t lo, uint32_t n)
{
	struct plan_block half = *b;
	uint32_t i, end = 0;

	half.lo = lo;
	half.n = n;
	half.first = points[p->order[lo]].at.address;
	for (i = lo; i < lo + n; i++) {
		const struct point *at = &points[p->order[i]].at;

		end = point_end(at) > end ? point_end(at) : end;
	}
	half.count = (uint16_t)(end - half.first);
	return half;
}

bool
plan_split(const struct plan *p, const struct field_point *points,
    const struct plan_block *b, struct plan_block *left,
    struct plan_block *right)
{
	uint32_t middle = b->first + b->count / 2u, end = 0, i, best = 0;
	uint32_t distance = UINT32_MAX, reach = b->lo, to;

	for (i = b->lo; i < b->lo + b->n; i++) {
		const struct point *at = &points[p->order[i]].at;
		uint32_t off = at->address > middle ? at->address - middle
						    : middle - at->address;

		if (at->address >= end && off < distance && i > reach) {
			best = i;
			distance = off;
		}
		to = group_reach(p, points, b, i);
		reach = to > reach ? to : reach;
		end = point_end(at) > end ? point_end(at) : end;
	}
	if (best == 0)
		return false;
	*left = part(p, points, b, b->lo, best - b->lo);
	*right = part(p, points, b, best, b->lo + b->n - best);
	return true;
}

uint32_t
plan_good_for(uint32_t period_ms, struct span timeout)
{
	uint64_t ms = 3 * (uint64_t)period_ms;
	uint64_t once = period_ms + (uint64_t)timeout.ms;

	ms = ms > once ? ms : once;
	ms = ms > 2000 ? ms : 2000;
	return ms > UINT32_MAX ? UINT32_MAX : (uint32_t)ms;
}
