/* SPDX-License-Identifier: ISC */
#include "field/intake.h"

#include <stdlib.h>

static int
broken(struct err *e, const char *what)
{
	return err_set(e, "the core sent a broken %s", what);
}

struct intake *
intake_new(struct get *g, struct err *e)
{
	struct intake *in = xcalloc(1, sizeof(*in));

	in->plan = get_u32(g);
	in->n_lines = get_u32(g);
	in->n_devices = get_u32(g);
	in->n_points = get_u32(g);
	if (!get_done(g) || in->n_lines > INTAKE_LINES ||
	    in->n_devices > INTAKE_DEVICES || in->n_points > INTAKE_POINTS) {
		broken(e, "plan");
		free(in);
		return NULL;
	}
	in->arena = arena_new();
	in->lines = xcalloc(in->n_lines, sizeof(*in->lines));
	in->devices = xcalloc(in->n_devices, sizeof(*in->devices));
	return in;
}

void
intake_free(struct intake *in)
{
	if (in == NULL)
		return;
	arena_free(in->arena);
	free(in->lines);
	free(in->devices);
	vec_free(&in->points);
	free(in);
}

int
intake_line(struct intake *in, struct get *g, struct err *e)
{
	struct line l;
	uint32_t index;

	get_line(g, &index, &l, in->arena);
	if (!get_done(g) || index != in->got_lines || index >= in->n_lines)
		return broken(e, "line");
	in->lines[in->got_lines++] = l;
	return 0;
}

int
intake_device(struct intake *in, struct get *g, struct err *e)
{
	struct device d;
	uint32_t index;

	get_device(g, &index, &d, in->arena);
	if (!get_done(g) || index != in->got_devices ||
	    index >= in->n_devices || d.line >= in->n_lines)
		return broken(e, "device");
	in->devices[in->got_devices++] = d;
	return 0;
}

/* Can the device be asked for it at all? */
static bool
askable(const struct intake *in, const struct field_point *f)
{
	return f->at.device < in->n_devices && f->slot < INTAKE_SLOTS;
}

int
intake_points(struct intake *in, struct get *g, struct err *e)
{
	unsigned n = get_u16(g);

	while (n-- > 0 && !g->bad) {
		struct field_point f;

		get_field_point(g, &f);
		if (g->bad || !askable(in, &f) || in->points.n >= in->n_points)
			return broken(e, "point");
		vec_push(&in->points, f);
	}
	return get_done(g) ? 0 : broken(e, "list of points");
}

static int
by_device(const void *a, const void *b)
{
	const struct field_point *x = a, *y = b;

	if (x->at.device != y->at.device)
		return x->at.device < y->at.device ? -1 : 1;
	return (x->slot > y->slot) - (x->slot < y->slot);
}

int
intake_finish(struct intake *in, uint32_t plan, struct err *e)
{
	if (plan != in->plan || in->got_lines != in->n_lines ||
	    in->got_devices != in->n_devices || in->points.n != in->n_points)
		return err_set(e, "the core started an incomplete plan");
	if (in->points.n > 0)
		qsort(in->points.at, in->points.n, sizeof(*in->points.at),
		    by_device);
	return 0;
}

/* The first point of this device or a later one. */
static size_t
lower_bound(const struct intake *in, uint32_t device)
{
	size_t lo = 0, hi = in->points.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (in->points.at[mid].at.device < device)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct field_point *
intake_of(const struct intake *in, uint32_t device, size_t *n)
{
	size_t first = lower_bound(in, device);

	*n = lower_bound(in, device + 1) - first;
	return in->points.at + first;
}

uint32_t
intake_slots(const struct intake *in)
{
	uint32_t slots = 0;
	size_t i;

	for (i = 0; i < in->points.n; i++) {
		if (in->points.at[i].slot >= slots)
			slots = in->points.at[i].slot + 1;
	}
	return slots;
}
