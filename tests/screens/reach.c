/* SPDX-License-Identifier: ISC */
#include "tests/screens/reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "console/actions.h"
#include "console/chosen.h"
#include "console/views.h"
#include "term/dump.h"

static bool
lacks(const char *object, const char *part, const char *title,
    const char *glass)
{
	char row[200];

	/* a row begins with the name, then come blanks or its title */
	snprintf(row, sizeof(row), " %s ", part);
	if (strstr(glass, row) != NULL &&
	    (title == NULL || strstr(glass, title) != NULL))
		return false;
	printf("%s: the faceplate lacks %s %s\n", object, part,
	    title != NULL ? title : "");
	return true;
}

/* The faceplate of this object is on the glass. */
static int
check_faceplate(struct app *a, const struct plant *p, uint32_t object)
{
	const struct object *o = &p->objects[object];
	struct buf glass = { 0 };
	uint32_t i;
	int wrong = 0;

	dump_screen(a->terminal, DUMP_TEXT, &glass);
	for (i = 0; i < p->n_tags; i++)
		if (p->tags[i].object == object)
			wrong += lacks(o->name,
			    strrchr(p->tags[i].name, '.') + 1,
			    text_in(&p->tags[i].title, a->language),
			    buf_string(&glass));
	for (i = 0; i < p->n_commands; i++)
		if (p->commands[i].object == object)
			wrong += lacks(o->name,
			    text_in(&p->commands[i].title, a->language), NULL,
			    buf_string(&glass));
	buf_free(&glass);
	return wrong;
}

/* What Enter opened for the item that is selected. */
static int
look(struct app *a, const struct plant *p, bool *seen, void (*draw)(void *),
    void *arg)
{
	struct chosen c = { .object = "" };
	uint32_t object;
	int wrong = 0;

	actions_do(a, ACTION_DETAIL);
	draw(arg);
	if (view_top(&a->views)->class == &view_object) {
		object_chosen(view_top(&a->views), &c);
		object = plant_object(p, c.object);
		if (!seen[object]) {
			printf("%s\n", c.object);
			wrong = check_faceplate(a, p, object);
		}
		seen[object] = true;
	}
	if (view_top(&a->views)->class->modal)
		app_back(a);
	return wrong;
}

int
reach_faceplates(struct app *a, const struct plant *p, const struct screen *s,
    void (*draw)(void *), void *arg)
{
	bool *seen = xcalloc(p->n_objects, sizeof(*seen));
	uint32_t i, most = 0;
	int wrong = 0;

	for (i = 0; i < s->n_arts; i++)
		if (s->arts[i].n_markers > most)
			most = s->arts[i].n_markers;
	draw(arg);
	for (i = 0; i < most; i++) {
		actions_do(a, ACTION_NEXT);
		wrong += look(a, p, seen, draw, arg);
	}
	free(seen);
	return wrong;
}
