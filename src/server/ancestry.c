/* SPDX-License-Identifier: ISC */
#include "server/ancestry.h"

#include <string.h>

#include "base/log.h"
#include "model/lineage.h"

/*
 * A project is named by the first revision that it was, counted from 0; one
 * that is new comes after all others.
 */
struct way {
	VEC(uint32_t) up, down;	/* without the one in which they meet */
	uint32_t top;
};

static uint32_t
first_of(const struct making *m, const char *id)
{
	uint32_t i;

	for (i = 0; i < m->known.n; i++)
		if (strcmp(m->known.at[i].id, id) == 0)
			break;
	return i;
}

/* What held when it was applied first, or NONE. */
static uint32_t
parent_of(const struct making *m, uint32_t project)
{
	uint32_t i;

	if (project == m->known.n)
		return first_of(m, m->from);
	for (i = project; i > 0; i--)
		if (*m->known.at[i - 1].id != '\0')
			return first_of(m, m->known.at[i - 1].id);
	return NONE;
}

/* From the one that is to hold to the one that holds. */
static bool
find_way(const struct making *m, struct way *w)
{
	uint32_t a = first_of(m, m->id), b = first_of(m, m->from);

	memset(w, 0, sizeof(*w));
	while (a != b && a != NONE && b != NONE) {
		if (a > b) {
			vec_push(&w->up, a);
			a = parent_of(m, a);
		} else {
			vec_push(&w->down, b);
			b = parent_of(m, b);
		}
	}
	w->top = a;
	return a == b && a < m->known.n;
}

/* The i-th project behind the one that is to hold. */
static uint32_t
station_of(const struct way *w, size_t i)
{
	if (i < w->up.n)
		return i + 1 < w->up.n ? w->up.at[i + 1] : w->top;
	return w->down.at[w->down.n - 1 - (i - w->up.n)];
}

/* NULL: a project between cannot be read. */
static struct lineage *
walk(struct making *m, const struct way *w, const struct plant *old,
    const struct plant *new)
{
	struct lineage *l = lineage_new(new);
	struct plant *here = NULL, *next = NULL;
	size_t i, n = w->up.n + w->down.n;
	struct err e;

	for (i = 0; i + 1 < n; i++) {
		if (making_read(m->config, m->known.at[station_of(w, i)].id,
			&next, &e) < 0) {
			log_warn("names of before: %s", e.text);
			m->names_lost = true;
			plant_free(here);
			lineage_free(l);
			return NULL;
		}
		lineage_step(
		    l, here != NULL ? here : new, next, i < w->up.n);
		plant_free(here);
		here = next;
	}
	lineage_step(l, here, old, i < w->up.n);
	plant_free(here);
	return l;
}

struct difference *
ancestry_difference(struct making *m, const struct plant *old,
    const struct plant *new)
{
	struct difference *d;
	struct lineage *l = NULL;
	struct way w;

	if (find_way(m, &w) && w.up.n + w.down.n > 1)
		l = walk(m, &w, old, new);
	d = l != NULL
	    ? difference_new_over(old, new, l)
	    : difference_new(old, new,
		  first_of(m, m->id) < first_of(m, m->from));
	lineage_free(l);
	vec_free(&w.up);
	vec_free(&w.down);
	return d;
}
