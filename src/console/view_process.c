/* SPDX-License-Identifier: ISC */
/*
 * A process screen. Tab goes from item to item; w writes to the selected
 * one, Enter looks at it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/actions.h"
#include "console/mimic.h"
#include "console/panes.h"
#include "console/past.h"
#include "console/pens.h"
#include "console/chosen.h"
#include "console/views.h"

#define TAGS_MOST 2000

struct process {
	char name[65];
	struct mimic mimic;
	const struct screen *bound;	/* that mimic was made for */
	struct mono selected_at;
	struct past past;		/* of what its trends show */
	bool past_asked;
	struct panes panes;
};

/* Trends begin full: what was logged stands before what came in. */
static void
on_past(void *arg)
{
	struct view *v = arg;
	struct process *p = v->data;
	struct app *a = v->app;
	unsigned i;

	for (i = 0; i < p->past.n; i++)
		things_past(&a->things, p->past.names[i],
		    p->past.curve[i].here.at, p->past.curve[i].here.n,
		    p->past.to_ms);
	view_dirty(v);
}

static void
ask_past(struct view *v)
{
	struct process *p = v->data;
	struct app *a = v->app;
	int64_t now = a->things.now.ms, longest = 0;
	const char *names[PAST_TAGS];
	unsigned n = 0, k;
	uint32_t i;

	if (p->past_asked || now == 0 || p->bound == NULL)
		return;
	for (i = 0; i < p->bound->n_bindings; i++) {
		const struct binding *b = &p->bound->bindings[i];

		if (b->kind != BIND_TREND)
			continue;
		if (mimic_trend_span(b) > longest)
			longest = mimic_trend_span(b);
		for (k = 0; k < b->n_names && n < PAST_TAGS; k++)
			names[n++] = b->names[k];
	}
	past_name(&p->past, names, n);
	p->past_asked = n == 0 || past_ask(&p->past, now - longest, now, 300);
}

static void
init(struct view *v, void *arg)
{
	struct process *p = xcalloc(1, sizeof(*p));

	str_copy(p->name, arg, sizeof(p->name));
	p->selected_at = (struct mono){ INT64_MIN / 2 };
	past_init(&p->past, v->app, on_past, v);
	v->data = p;
	v->class->update(v, CHANGE_THINGS, (struct mono){ 0 });
}

static void
unbind(struct view *v)
{
	struct process *p = v->data;

	if (p->bound != NULL)
		mimic_fini(&p->mimic);
	p->bound = NULL;
	p->past_asked = false;
}

static void
fini(struct view *v)
{
	struct process *p = v->data;

	app_unwant(v->app, v);
	panes_fini(&p->panes);
	past_fini(&p->past);
	unbind(v);
	free(v->data);
}

/* As people call it, once it is known; else its name. */
static const char *
title_of(struct app *a, const char *name)
{
	const struct app_screen *s = app_screen_find(a, name);

	return s != NULL && s->screen != NULL
	    ? text_in(&s->screen->title, a->language)
	    : name;
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	struct app *a = v->app;
	const struct process *p = v->data;
	struct app_screen *s = app_screen_find(a, p->name);

	if (s == NULL || s->screen == NULL)
		snprintf(dst, cap, "%s", p->name);
	else if (s->screen->parent != NULL)
		snprintf(dst, cap, _("%s  L%d  < %s"),
		    text_in(&s->screen->title, a->language), s->screen->level,
		    title_of(a, s->screen->parent));
	else
		snprintf(dst, cap, _("%s  L%d"), text_in(&s->screen->title, a->language),
		    s->screen->level);
}

static void
want(struct view *v)
{
	struct process *p = v->data;
	uint32_t *tags = xcalloc(TAGS_MOST, sizeof(*tags));
	size_t n = mimic_tags(&p->mimic, tags, TAGS_MOST);

	app_want(v->app, v, tags, n);
	free(tags);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct app *a = v->app;
	struct process *p = v->data;
	struct app_screen *s = app_screen_find(a, p->name);

	/* another project: what it was drawn from is gone */
	if (p->bound != NULL && (s == NULL || p->bound != s->screen))
		unbind(v);
	if (what & CHANGE_THINGS && s != NULL) {
		app_ask_screen(a, s);
		if (p->bound == NULL && s->screen != NULL) {
			mimic_init(&p->mimic, s->screen, &a->things);
			p->bound = s->screen;
		}
		if (p->bound != NULL && a->asking == 0)
			want(v);
	}
	if (what & CHANGE_LINK) {	/* what was missed is there now */
		past_lost(&p->past);
		p->past_asked = false;
	}
	if (what & (CHANGE_THINGS | CHANGE_BEAT))
		ask_past(v);
	if (what & (CHANGE_THINGS | CHANGE_LINK))
		panes_follow(&p->panes, v, p->bound);
	panes_update(&p->panes, what, now);
	view_dirty(v);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct app *a = v->app;
	struct process *p = v->data;
	struct app_screen *s = app_screen_find(a, p->name);
	struct panes_layout l;

	canvas_clear(c, STYLE_NORMAL);
	p->mimic.language = a->language;
	if (p->bound != NULL) {
		l = panes_layout(seat_panes(a), c.rows, c.cols, p->bound);
		mimic_draw(&p->mimic, canvas_rect(c, l.screen));
		panes_draw(&p->panes, c, &l, now);
	} else if (s != NULL && *s->problem != '\0')
		canvas_printf(c, c.rows / 2, 2, c.cols - 4, STYLE_REFUSED,
		    _(" The screen %s cannot be shown: %s "), p->name,
		    s->problem);
	else if (s == NULL && a->screens.n > 0)
		canvas_printf(c, c.rows / 2, 2, c.cols - 4, STYLE_LABEL,
		    _("There is no screen %s. m shows what there is."), p->name);
	else if (s == NULL)
		canvas_text(c, c.rows / 2, 2, c.cols - 4, STYLE_LABEL,
		    _("This project has no screens: 3 alarms, v tags."));
}

static void
say_selected(struct view *v)
{
	struct app *a = v->app;
	struct process *p = v->data;
	char text[200];

	panes_follow(&p->panes, v, p->bound);
	p->selected_at = (struct mono){ INT64_MIN / 2 };
	mimic_describe(&p->mimic, text, sizeof(text));
	app_say(a, REMARK_INFO, " %s", text);
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	const struct process *p = v->data;

	*changed = p->selected_at;
	return p->bound != NULL && p->mimic.selected >= 0;
}

/* Write: a tag at once, an object by the list of what can be done. */
static void
open_selected(struct app *a, struct process *p, bool write)
{
	struct mimic_bound *o;
	const struct binding *b = mimic_selected(&p->mimic, &o);
	struct tag_info *g;

	if (b == NULL)
		return;
	if (o->object != NULL) {
		view_push(&a->views, &view_object, o->object->name);
		return;
	}
	g = a->things.tags.at[o->tags[0]];
	if (write && g->writable)
		actions_set(a, g->name);
	else if (*g->object != '\0')
		view_push(&a->views, &view_object, g->object);
	else if (g->writable)
		actions_set(a, g->name);
	else
		app_say(a, REMARK_INFO, _(" %s  %s: nothing can be written"),
		    g->name, g->title);
}

/* Of what is selected; else of the trends that the screen itself draws. */
unsigned
process_pens(const struct view *v, const char **names)
{
	struct app *a = v->app;
	const struct process *p = v->data;
	struct mimic_bound *o;

	if (p->bound == NULL)
		return 0;
	if (mimic_selected(&p->mimic, &o) == NULL)
		return pens_of_screen(a, p->bound, names);
	if (o->object != NULL)
		return pens_of_object(a, o->object, names);
	if (o->n_tags == 0)
		return 0;
	names[0] = a->things.tags.at[o->tags[0]]->name;
	return 1;
}

void
process_chosen(const struct view *v, struct chosen *c)
{
	const struct app *a = v->app;
	const struct process *p = v->data;
	struct mimic_bound *o;

	if (p->bound == NULL || mimic_selected(&p->mimic, &o) == NULL)
		return;
	if (o->object != NULL)
		str_copy(c->object, o->object->name, sizeof(c->object));
	else if (o->n_tags > 0)
		str_copy(c->tag, a->things.tags.at[o->tags[0]]->name,
		    sizeof(c->tag));
}

static bool
do_action(struct view *v, int action)
{
	struct app *a = v->app;
	struct process *p = v->data;
	struct app_screen *s = app_screen_find(a, p->name);

	switch (action) {
	case ACTION_NEXT:
	case ACTION_PREVIOUS:
		if (p->bound != NULL &&
		    mimic_select(&p->mimic, action == ACTION_NEXT ? 1 : -1))
			say_selected(v);
		return true;
	case ACTION_WRITE:
	case ACTION_DETAIL:
		if (p->bound != NULL)
			open_selected(a, p, action == ACTION_WRITE);
		return true;
	case ACTION_UP:
		if (s != NULL && s->screen != NULL &&
		    s->screen->parent != NULL)
			app_go(a, s->screen->parent);
		else
			app_back(a);
		return true;
	default:
		return false;
	}
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct app *a = v->app;
	struct process *p = v->data;
	int row;

	(void)now;
	if (p->bound == NULL)
		return false;
	switch (k->code) {
	case K_RIGHT:
	case K_DOWN:
		return do_action(v, ACTION_NEXT);
	case K_LEFT:
	case K_UP:
		return do_action(v, ACTION_PREVIOUS);
	case K_CLICK:
	case K_DOUBLE:
		if (!app_in_body(a, k, &row) ||
		    !mimic_select_at(&p->mimic, row, k->col))
			return false;
		say_selected(v);
		if (k->code == K_DOUBLE)
			open_selected(a, p, false);
		return true;
	default:
		return false;
	}
}

const struct view_class view_process = { .name = "process",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
