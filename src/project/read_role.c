/* SPDX-License-Identifier: ISC */
/* read_role.c - roles.conf: grants, those of extended roles included. */
#include <string.h>

#include "project/reader.h"

#define GRANTS_MAX 1000	/* of a role, inherited ones included */

struct role_def {
	const struct item *item;
	const char *name;
	enum { ROLE_RAW, ROLE_BUSY, ROLE_DONE } state;
	VEC(struct grant) grants;
};
struct role_defs {
	VEC(struct role_def) all;
};

static bool
take_areas(struct reader *r, const struct cell *in, struct grant *g)
{
	uint32_t *areas = arena_take(r->arena, in->list.n, sizeof(*areas));
	uint32_t i, area;

	for (i = 0; i < in->list.n; i++) {
		const char *name = in->list.at[i].string;

		area = NONE;
		if (strcmp(name, "*") != 0) {
			area = names_get(&r->areas, name, in->at, r->report);
			if (area == NONE)
				continue;	/* not a grant for the plant! */
		}
		areas[g->n_areas++] = area;
	}
	g->areas = areas;
	return g->n_areas > 0;
}

static void
take_grants(struct reader *r, struct role_def *d)
{
	const struct cell *c = &d->item->cells[ROLE_GRANTS];
	uint32_t i;

	for (i = 0; cell_is_set(c) && i < c->items.n; i++) {
		const struct item *x = c->items.at[i];
		struct grant g = { .functions = x->cells[GRANT_MAY].bits };

		if (x->whole && take_areas(r, &x->cells[GRANT_IN], &g))
			vec_push(&d->grants, g);
	}
}

static void
resolve(struct reader *r, struct role_defs *defs, struct role_def *d)
{
	const struct cell *c = &d->item->cells[ROLE_EXTENDS];
	struct role_def *other;
	uint32_t i, index;
	size_t j;

	if (d->state == ROLE_DONE)
		return;
	d->state = ROLE_BUSY;
	take_grants(r, d);
	for (i = 0; cell_is_set(c) && i < c->list.n; i++) {
		index = names_get(
		    &r->roles, c->list.at[i].string, c->at, r->report);
		if (index == UINT32_MAX)
			continue;
		other = &defs->all.at[index];
		if (other->state == ROLE_BUSY) {
			report_error(r->report, c->at,
			    "role \"%s\" extends itself", d->name);
			continue;
		}
		resolve(r, defs, other);
		if (d->grants.n + other->grants.n > GRANTS_MAX) {
			report_error(r->report, c->at,
			    "role \"%s\" has more than %d grants", d->name,
			    GRANTS_MAX);
			break;
		}
		for (j = 0; j < other->grants.n; j++)
			vec_push(&d->grants, other->grants.at[j]);
	}
	d->state = ROLE_DONE;
}

#define ROLES_MAX 200	/* so that a chain of extends stays shallow */

static void
collect(struct reader *r, struct role_defs *defs, const struct cell *c)
{
	uint32_t i;

	if (cell_is_set(c) && c->items.n > ROLES_MAX)
		report_error(r->report, c->at, "more than %d roles",
		    ROLES_MAX);
	for (i = 0; cell_is_set(c) && i < c->items.n && i < ROLES_MAX; i++) {
		const struct cell *name = &c->items.at[i]->cells[ROLE_NAME];
		struct role_def d = { .item = c->items.at[i] };

		if (!cell_is_set(name))
			continue;
		d.name = keep(r, name->string);
		if (names_add(&r->roles, d.name, (uint32_t)defs->all.n,
			name->at, r->report))
			vec_push(&defs->all, d);
	}
}

void
read_roles(struct reader *r)
{
	const struct item *x = reader_conf(r, "roles.conf", &schema_roles);
	struct role_defs defs = { { NULL } };
	size_t i;

	if (x == NULL)
		return;
	collect(r, &defs, &x->cells[ROLES_ROLES]);
	for (i = 0; i < defs.all.n; i++) {
		struct role_def *d = &defs.all.at[i];
		struct role role = { .name = d->name };

		resolve(r, &defs, d);
		role.n_grants = (unsigned)d->grants.n;
		role.grants = arena_copy(r->arena, d->grants.at, d->grants.n,
		    sizeof(*d->grants.at));
		vec_push(&r->all_roles, role);
	}
	for (i = 0; i < defs.all.n; i++)
		vec_free(&defs.all.at[i].grants);
	vec_free(&defs.all);
}
