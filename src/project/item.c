/* SPDX-License-Identifier: ISC */
#include "project/item.h"

#include <string.h>

#include "base/near.h"

const char *
form_name(enum form f)
{
	static const char *const names[] = {
#define X(id, name) name,
		FORMS(X)
#undef X
	};

	return names[f];
}

struct item *
item_new(const struct reading *g, const struct schema *s, struct place at)
{
	struct item *x = arena_take(
	    g->arena, 1, sizeof(*x) + s->n * sizeof(x->cells[0]));
	unsigned i;

	x->schema = s;
	x->at = at;
	x->whole = true;
	for (i = 0; i < s->n; i++) {
		x->cells[i].at = at;
		cell_reset(g, &s->keys[i], &x->cells[i]);
	}
	return x;
}

struct item *
item_copy(const struct reading *g, const struct item *x)
{
	struct item *copy = arena_copy(g->arena, x, 1,
	    sizeof(*x) + x->schema->n * sizeof(x->cells[0]));
	unsigned i;

	for (i = 0; i < x->schema->n; i++) {
		if (x->schema->keys[i].form == FORM_GROUP &&
		    copy->cells[i].item != NULL)
			copy->cells[i].item =
			    item_copy(g, copy->cells[i].item);
	}
	return copy;
}

void
item_merge(const struct reading *g, struct item *x, const struct item *over)
{
	unsigned i;

	x->at = over->at;
	for (i = 0; i < x->schema->n; i++) {
		if (!cell_is_there(&over->cells[i]))
			continue;
		if (x->schema->keys[i].form == FORM_GROUP &&
		    cell_is_set(&x->cells[i]) && cell_is_set(&over->cells[i]))
			item_merge(g, x->cells[i].item, over->cells[i].item);
		else
			x->cells[i] = over->cells[i];
	}
}

int
schema_find(const struct schema *s, const char *name, size_t len)
{
	unsigned i;

	for (i = 0; i < s->n; i++) {
		if (strncmp(s->keys[i].name, name, len) == 0 &&
		    s->keys[i].name[len] == '\0')
			return (int)i;
	}
	return -1;
}

void
schema_unknown(const struct reading *g, const struct schema *s,
    const char *name, struct place at)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0, i;

	for (i = 0; i < s->n; i++)
		near_offer(name, s->keys[i].name, &best, &distance);
	report_error(g->report, at, "unknown key \"%s\" in %s%s", name,
	    s->what, near_text(hint, best));
}

void
item_missing(const struct reading *g, struct item *x, unsigned flag)
{
	unsigned i;

	for (i = 0; i < x->schema->n; i++) {
		const struct key *k = &x->schema->keys[i];

		if (!(k->flags & flag) || cell_is_set(&x->cells[i]))
			continue;
		x->whole = false;
		if (x->cells[i].state != CELL_WRONG)
			report_error(g->report, x->at,
			    "missing key \"%s\" in %s", k->name,
			    x->schema->what);
	}
}
