/* SPDX-License-Identifier: ISC */
#include "model/right.h"

#include <string.h>

#include "base/mem.h"

static int
add(struct rights *r, uint32_t role, uint32_t narrowed, struct err *e)
{
	for (unsigned i = 0; i < r->n; i++)
		if (r->roles[i].role == role &&
		    r->roles[i].narrowed == narrowed)
			return 0;
	if (r->n == RIGHT_ROLES)
		return err_set(e, "more than %d roles", RIGHT_ROLES);
	r->roles[r->n].role = role;
	r->roles[r->n++].narrowed = narrowed;
	return 0;
}

/* Each area of "filtration,filtration.west". */
static int
add_narrowed(struct rights *r, const struct plant *p, uint32_t role,
    char *areas, struct err *e)
{
	char *name;
	uint32_t area;

	while ((name = strsep(&areas, ",")) != NULL) {
		area = plant_area(p, name);
		if (area == NONE)
			return err_set(e, "there is no area \"%s\"", name);
		if (add(r, role, area, e) < 0)
			return -1;
	}
	return 0;
}

int
right_add(struct rights *r, const struct plant *p, const char *grant,
    struct err *e)
{
	struct rights with = *r;	/* all of the grant or nothing */
	char text[1024], *areas = text, *name;
	uint32_t role;
	int result;

	if (str_copy(text, grant, sizeof(text)) >= sizeof(text))
		return err_set(e, "this role is too long");
	name = strsep(&areas, "@");
	role = plant_role(p, name);
	if (role == NONE)
		return err_set(e, "there is no role \"%s\"", name);
	result = areas == NULL ? add(&with, role, NONE, e)
			       : add_narrowed(&with, p, role, areas, e);
	if (result == 0)
		*r = with;
	return result;
}

static bool
granted(const struct grant *g, const struct plant *p, enum function f,
    uint32_t area)
{
	if ((g->functions & 1u << f) == 0)
		return false;
	for (unsigned i = 0; i < g->n_areas; i++)
		if (plant_within(p, area, g->areas[i]))
			return true;
	return false;
}

bool
right_has(const struct rights *r, const struct plant *p, enum function f,
    uint32_t area)
{
	const struct role *role;

	for (unsigned i = 0; i < r->n; i++) {
		/* to see the whole plant helps, wherever one may act */
		if (f != FUNCTION_VIEW &&
		    !plant_within(p, area, r->roles[i].narrowed))
			continue;
		role = &p->roles[r->roles[i].role];
		for (unsigned g = 0; g < role->n_grants; g++)
			if (granted(&role->grants[g], p, f, area))
				return true;
	}
	return false;
}

bool
right_anywhere(
    const struct rights *r, const struct plant *p, enum function f)
{
	for (uint32_t area = 0; area < p->n_areas; area++)
		if (right_has(r, p, f, area))
			return true;
	return false;
}
