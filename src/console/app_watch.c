/* SPDX-License-Identifier: ISC */
/* What views want to see: asked for until it is known, then watched. */
#include "console/app.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/describe.h"

static struct app_want *
find_want(struct app *a, const void *owner)
{
	size_t i;

	for (i = 0; i < a->wants.n; i++)
		if (a->wants.at[i].owner == owner)
			return &a->wants.at[i];
	return NULL;
}

void
app_want(
    struct app *a, const void *owner, const uint32_t *tags, size_t n)
{
	struct app_want *w = find_want(a, owner);
	size_t i;

	if (w == NULL) {
		w = vec_add(&a->wants);
		memset(w, 0, sizeof(*w));
		w->owner = owner;
	}
	vec_clear(&w->tags);
	for (i = 0; i < n; i++)
		vec_push(&w->tags, tags[i]);
	a->wants_changed = true;
}

void
app_unwant(struct app *a, const void *owner)
{
	struct app_want *w = find_want(a, owner);

	if (w == NULL)
		return;
	vec_free(&w->tags);
	*w = a->wants.at[--a->wants.n];
	a->wants_changed = true;
}

static void
on_description(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	struct cell cells[DESCRIBE_CELLS];

	if (ev->type == MESSAGE_ROWS) {
		if (ev->cells != DESCRIBE_CELLS && ev->cells != OBJECT_CELLS) {
			link_misunderstood(l);
			return;
		}
		while (client_row(l->client, cells))
			if (ev->cells == DESCRIBE_CELLS)
				things_describe_tag(&a->things, cells);
			else
				things_describe_object(&a->things, cells);
		return;
	}
	a->asking--;
	a->wants_changed = true;
	/* what was asked for and not described is not to be had */
	if (ev->code != EXIT_DONE && ev->code != EXIT_UNKNOWN)
		things_refuse(&a->things);
	app_changed(a, CHANGE_THINGS);
}

/* Asks for what is new: tags in one call, objects in another. */
static bool
ask_tags(struct app *a)
{
	struct tag_info *g;
	unsigned n = 0;
	size_t i;

	for (i = 0; i < a->things.tags.n; i++)
		n += a->things.tags.at[i]->state == THING_NEW;
	if (n == 0 || !link_begin(&a->link, VERB_DESCRIBE))
		return false;
	for (i = 0, n = 0; i < a->things.tags.n && n < 1000; i++) {
		g = a->things.tags.at[i];
		if (g->state != THING_NEW)
			continue;
		g->state = THING_ASKED;
		client_with(a->link.client, PARAMETER_NAME, g->name);
		n++;
	}
	a->asking += link_send(&a->link, on_description, a) != 0;
	return true;
}

static bool
ask_objects(struct app *a)
{
	struct object_info *o;
	unsigned n = 0;

	for (o = a->things.objects; o != NULL; o = o->hh.next)
		n += o->state == THING_NEW;
	if (n == 0 || !link_begin(&a->link, VERB_OBJECT))
		return false;
	for (o = a->things.objects; o != NULL; o = o->hh.next)
		if (o->state == THING_NEW) {
			o->state = THING_ASKED;
			client_with(
			    a->link.client, PARAMETER_NAME, o->name);
		}
	a->asking += link_send(&a->link, on_description, a) != 0;
	return true;
}

static void
on_watch_end(void *arg, struct link *l, const struct client_event *ev)
{
	(void)arg;
	(void)l;
	(void)ev;
}

/* The union of what the views show; only what the core has described. */
static void
rewatch(struct app *a)
{
	bool *seen = xcalloc(a->things.tags.n + 1, sizeof(*seen));
	size_t i, k;
	uint32_t tag;

	link_cancel(&a->link, a->watch);
	a->watch = 0;
	vec_clear(&a->watched);
	for (i = 0; i < a->wants.n; i++)
		for (k = 0; k < a->wants.at[i].tags.n; k++) {
			tag = a->wants.at[i].tags.at[k];
			if (seen[tag] ||
			    a->things.tags.at[tag]->state != THING_KNOWN)
				continue;
			seen[tag] = true;
			vec_push(&a->watched, tag);
		}
	free(seen);
	if (a->watched.n == 0 || !link_begin(&a->link, VERB_WATCH))
		return;
	for (i = 0; i < a->watched.n; i++)
		client_with(a->link.client, PARAMETER_NAME,
		    a->things.tags.at[a->watched.at[i]]->name);
	a->watch = link_send(&a->link, on_watch_end, a);
}

void
app_settle(struct app *a)
{
	bool asked;

	if (!a->wants_changed || a->link.state != LINK_UP)
		return;
	asked = ask_objects(a);
	asked |= ask_tags(a);
	if (asked || a->asking > 0)
		return;
	a->wants_changed = false;
	rewatch(a);
}
