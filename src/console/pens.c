/* SPDX-License-Identifier: ISC */
#include "console/pens.h"

#include <string.h>

#include "base/mem.h"

#define FEW 2		/* curves of what is neither main value nor setpoint */

static unsigned
add(const char **names, unsigned n, const char *name)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return n;
	if (n < TREND_PENS)
		names[n++] = name;
	return n;
}

/* On and off is no curve that stands beside the main value for long. */
static bool
is_number(const struct tag_info *t)
{
	return t->state == THING_KNOWN && t->type != VALUE_TEXT &&
	    t->type != VALUE_BOOL && t->n_texts == 0;
}

unsigned
pens_of_object(
    struct app *a, const struct object_info *o, const char **names)
{
	const struct tag_info *t;
	unsigned n = 0;
	int write;
	size_t i;

	if (o->state != THING_KNOWN)
		return 0;
	if (o->main != NONE)
		n = add(names, n, a->things.tags.at[o->main]->name);
	for (write = 1; write >= 0; write--)
		for (i = 0; i < o->tags.n; i++) {
			t = a->things.tags.at[o->tags.at[i]];
			if (is_number(t) && t->writable == (write == 1) &&
			    (write == 1 || n < FEW))
				n = add(names, n, t->name);
		}
	return n;
}

unsigned
pens_of_screen(struct app *a, const struct screen *s, const char **names)
{
	unsigned n = 0, k;
	uint32_t i;

	for (i = 0; s != NULL && i < s->n_bindings; i++)
		for (k = 0; s->bindings[i].kind == BIND_TREND &&
		     k < s->bindings[i].n_names;
		     k++)
			n = add(names, n,
			    things_tag(&a->things, s->bindings[i].names[k])
				->name);
	return n;
}

unsigned
pens_named(struct app *a, const char *text, char *room, size_t cap,
    const char **names)
{
	const struct app_screen *screen;
	const struct object_info *o;
	char *rest = room, *word;
	unsigned n = 0, k, more;
	const char *of[TREND_PENS];

	str_copy(room, text, cap);
	while ((word = strsep(&rest, " ,")) != NULL) {
		if (*word == '\0')
			continue;
		screen = app_screen_find(a, word);
		o = things_find_object(&a->things, word);
		more = screen != NULL ? pens_of_screen(a, screen->screen, of)
		    : o != NULL	      ? pens_of_object(a, o, of)
				      : 0;
		for (k = 0; k < more; k++)
			n = add(names, n, of[k]);
		if (more == 0 && strchr(word, '.') != NULL)
			n = add(names, n, word);
	}
	return n;
}

unsigned
pens_selected(struct app *a, const char **names)
{
	const struct view *v = view_top(&a->views);

	if (v == NULL)
		return 0;
	if (v->class == &view_process)
		return process_pens(v, names);
	if (v->class == &view_alarms)
		return alarms_pens(v, names);
	if (v->class == &view_alarm_detail)
		return alarm_detail_pens(v, names);
	if (v->class == &view_object)
		return object_pens(v, names);
	if (v->class == &view_rows)
		return rows_pens(v, names);
	return 0;
}
