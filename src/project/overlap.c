/* SPDX-License-Identifier: ISC */
/*
 * overlap.c - one register with two meanings.
 *
 * The same address may be used twice with the same kind (a command and the
 * tag that shows it), and the bits of a 16-bit word may be used beside the
 * word. Anything else that overlaps is a mistake in an address.
 */
#include <stdlib.h>

#include "project/reader.h"

static int
compare(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	const struct point *p = &x->point, *q = &y->point;

	if (p->device != q->device)
		return p->device < q->device ? -1 : 1;
	if (p->space != q->space)
		return p->space < q->space ? -1 : 1;
	if (p->address != q->address)
		return p->address < q->address ? -1 : 1;
	if (p->registers != q->registers)
		return p->registers > q->registers ? -1 : 1;
	if (x->at.line != y->at.line)
		return x->at.line < y->at.line ? -1 : 1;
	return (x->tag > y->tag) - (x->tag < y->tag);
}

static bool
is_word(const struct point *p)
{
	return p->kind == KIND_UINT16 || p->kind == KIND_INT16;
}

static bool
may_share(const struct point *p, const struct point *q)
{
	bool p_bit = p->bit != NO_BIT, q_bit = q->bit != NO_BIT;

	if (p_bit && q_bit)
		return true;
	if (p_bit || q_bit)
		return is_word(p_bit ? q : p);
	return p->address == q->address && p->kind == q->kind &&
	    p->registers == q->registers &&
	    (p->registers == 1 || p->order == q->order);
}

static const char *
name_of(const struct reader *r, const struct use *u)
{
	return u->tag != NONE ? r->plant->tags[u->tag].name : u->name;
}

static bool
overlaps(const struct use *u, const struct use *v)
{
	return u->point.device == v->point.device &&
	    u->point.space == v->point.space &&
	    v->point.address < u->point.address + u->point.registers;
}

static void
say(struct reader *r, const struct use *u, const struct use *v)
{
	report_error(r->report, v->at,
	    "%s (%s at %s:%u) overlaps %s (%s at %s:%u)", name_of(r, v),
	    kind_name((enum kind)v->point.kind),
	    space_name((enum space)v->point.space), v->point.address,
	    name_of(r, u), kind_name((enum kind)u->point.kind),
	    space_name((enum space)u->point.space), u->point.address);
}

void
check_overlaps(struct reader *r)
{
	struct use *at = r->uses.at;
	size_t i, reach = 0;

	if (r->uses.n == 0)
		return;
	qsort(at, r->uses.n, sizeof(*at), compare);
	/* reach: the one before that ends last; the nearest is tested too */
	for (i = 1; i < r->uses.n; i++) {
		if (overlaps(&at[reach], &at[i]) &&
		    !may_share(&at[reach].point, &at[i].point))
			say(r, &at[reach], &at[i]);
		else if (reach != i - 1 && overlaps(&at[i - 1], &at[i]) &&
		    !may_share(&at[i - 1].point, &at[i].point))
			say(r, &at[i - 1], &at[i]);
		if (!overlaps(&at[reach], &at[i]) ||
		    at[i].point.address + at[i].point.registers >
			at[reach].point.address + at[reach].point.registers)
			reach = i;
	}
}
