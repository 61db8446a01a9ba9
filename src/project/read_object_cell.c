/* SPDX-License-Identifier: ISC */
/* read_object_cell.c - cells of an object that replace what its type says. */
#include <string.h>

#include "project/making.h"

int
making_signal(const struct making *m, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < m->signals.n; i++) {
		const char *s = m->signals.at[i].item->cells[0].string;

		if (strncmp(s, name, len) == 0 && s[len] == '\0')
			return (int)i;
	}
	return -1;
}

static int
find_item(struct item *const *all, size_t n, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const char *s = all[i]->cells[0].string;

		if (strncmp(s, name, len) == 0 && s[len] == '\0')
			return (int)i;
	}
	return -1;
}

static void
no_such_item(struct reader *r, const struct making *m, const char *column,
    size_t len)
{
	const char *best = NULL, *name;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	size_t i;

	name = arena_textn(r->scratch, column, len);
	for (i = 0; i < m->signals.n; i++)
		near_offer(name, m->signals.at[i].item->cells[0].string, &best,
		    &distance);
	for (i = 0; i < m->alarms.n; i++)
		near_offer(name, m->alarms.at[i]->cells[0].string, &best,
		    &distance);
	report_error(r->report, m->at,
	    "column \"%s\": type \"%s\" has no signal or alarm \"%s\"%s",
	    column, m->type->name, name, near_text(hint, best));
}

/* The object's own copy of an item that it changes. */
static struct item *
own(struct reader *r, const struct making *m, const struct item *x)
{
	struct item *copy = item_copy(&r->g, x);

	copy->at = m->at;
	return copy;
}

void
making_override(struct reader *r, struct making *m, const char *column,
    const char *text)
{
	size_t len = (size_t)(strchr(column, '.') - column);
	const char *path = column + len + 1;
	struct item **x;
	int i;

	if ((i = making_signal(m, column, len)) >= 0) {
		x = &m->signals.at[i].item;
		m->signals.at[i].ready = false;
	} else if ((i = find_item(
			m->alarms.at, m->alarms.n, column, len)) >= 0) {
		x = &m->alarms.at[i];
	} else if ((i = find_item(
			m->commands.at, m->commands.n, column, len)) >= 0) {
		x = &m->commands.at[i];
	} else {
		no_such_item(r, m, column, len);
		return;
	}
	*x = own(r, m, *x);
	if (strcmp(path, "name") == 0)
		report_error(r->report, m->at,
		    "column \"%s\": a name cannot be replaced", column);
	else
		cell_override(r, *x, path, text, m->at);
}

bool
making_is_gone(struct reader *r, struct item *x, const uint8_t *keys, unsigned n)
{
	unsigned i;

	if (!x->removed)
		return false;
	for (i = 0; i < n; i++) {
		if (cell_is_there(&x->cells[keys[i]])) {
			item_missing(&r->g, x, KEY_REQUIRED | KEY_LATE);
			return false;
		}
	}
	return true;
}
