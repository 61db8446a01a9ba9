/* SPDX-License-Identifier: ISC */
/*
 * One piece of equipment: its state, its signals, and what can be done with
 * it: commands and setpoints in one list. Choosing opens the dialog; nothing
 * is sent from here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/actions.h"
#include "console/chosen.h"
#include "console/pens.h"
#include "console/range.h"
#include "console/views.h"
#include "term/form.h"

#define LINES 120
#define TITLES 54	/* columns from which signals have theirs */
#define HEAD 2			/* rows: its state, its alarm */

struct sheet {
	struct object_info *info;
	int cursor, top, page;
	int n;			/* commands, then tags: the writable first */
	VEC(uint32_t) tags;
	struct mono changed_at;
};

/* Setpoints are why one comes here. */
static void
list_tags(struct app *a, struct sheet *o)
{
	size_t i;
	uint32_t tag;
	int write;

	vec_clear(&o->tags);
	for (write = 1; write >= 0; write--)
		for (i = 0; i < o->info->tags.n; i++) {
			tag = o->info->tags.at[i];
			if (a->things.tags.at[tag]->writable == (write == 1))
				vec_push(&o->tags, tag);
		}
}

static void
want(struct view *v)
{
	struct sheet *o = v->data;
	uint32_t tags[LINES * 4];
	const uint32_t *of;
	size_t n = 0, i;
	unsigned k, j;

	list_tags(v->app, o);
	for (i = 0; i < o->tags.n && n < LINES; i++)
		tags[n++] = o->tags.at[i];
	if (o->info->main != NONE)
		tags[n++] = o->info->main;
	for (i = 0; i < o->info->states.n; i++) {
		if (o->info->states.at[i].when == NULL)
			continue;
		of = expr_tags(o->info->states.at[i].when, &k);
		for (j = 0; j < k && n < LINES * 4; j++)
			tags[n++] = of[j];
	}
	app_want(v->app, v, tags, n);
	o->n = (int)(o->info->commands.n + o->tags.n);
}

static void
init(struct view *v, void *arg)
{
	struct app *a = v->app;
	struct sheet *o = xcalloc(1, sizeof(*o));

	o->info = things_object(&a->things, arg);
	v->data = o;
	want(v);
}

static void
fini(struct view *v)
{
	struct sheet *o = v->data;

	app_unwant(v->app, v);
	vec_free(&o->tags);
	free(o);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct app *a = v->app;

	(void)now;
	if (what & CHANGE_THINGS && a->asking == 0)
		want(v);
	view_dirty(v);
}

static void
draw_command(struct app *a, struct sheet *o, struct canvas c, int row,
    size_t i, enum style s)
{
	const struct object_command *k = &o->info->commands.at[i];
	enum function f;
	const char *why = "", *bypass = object_bypass(o->info, k->name);

	if (function_parse(&f, k->function) && !app_may(a, f))
		why = k->function;
	canvas_fill(canvas_part(c, row, 0, 1, c.cols), s, ' ');
	canvas_printf(c, row, 1, 20, s, "%s", k->label);
	if (bypass != NULL) {	/* P14: nobody may overlook it */
		canvas_glyph(c, row, 22, STYLE_REFUSED, GLYPH_BYPASSED);
		canvas_printf(c, row, 24, c.cols - 25, STYLE_REFUSED,
		    _("BYPASSED by %s"), bypass);
		return;
	}
	canvas_printf(c, row, 22, c.cols - 23, s, "%s%s%s",
	    *why != '\0' ? _("needs ") : _("command"), why,
	    k->safe ? _(", always possible") : "");
}

static void
draw_tag(struct app *a, struct sheet *o, struct canvas c, int row, size_t i,
    bool selected)
{
	struct tag_info *g = a->things.tags.at[o->tags.at[i]];
	enum style s = selected ? STYLE_SELECTED : STYLE_NORMAL;
	const char *dot = strchr(g->name, '.');
	char room[VALUE_CAP];
	struct field f = tag_field(&a->things, g, room);

	canvas_fill(canvas_part(c, row, 0, 1, c.cols), s, ' ');
	canvas_text(c, row, 1, 14, s, dot != NULL ? dot + 1 : g->name);
	if (c.cols >= TITLES)
		canvas_text(c, row, 16, c.cols - 42,
		    selected ? s : STYLE_LABEL, g->title);
	field_draw(c, row, c.cols - 25, 14, FIELD_RIGHT, &f);
	canvas_text(c, row, c.cols - 10, 6, selected ? s : STYLE_LABEL,
	    g->unit);
	if (g->writable)
		canvas_text(c, row, c.cols - 3, 2, STYLE_KEY, "w");
}

static void
draw_head(struct app *a, struct sheet *o, struct canvas c, bool framed)
{
	const struct object_state_info *s =
	    object_state_now(&a->things, o->info, NULL);
	unsigned alarms;
	const struct alarm_info *alarm =
	    things_worst(&a->things, o->info->name, &alarms);

	canvas_printf(c, 0, 1, c.cols - 16, STYLE_TITLE, "%s%s%s",
	    framed ? "" : o->info->name, framed ? "" : "  ", o->info->title);
	if (o->info->states.n > 0)	/* a measurement has none */
		canvas_text_right(c, 0, c.cols - 14, 12,
		    s == NULL || a->things.no_data ? STYLE_DOUBTFUL : STYLE_ON,
		    s == NULL || a->things.no_data ? "?" : s->text);
	if (o->info->locked != NULL) {	/* P25: nobody may overlook it */
		canvas_glyph(c, 1, 1, STYLE_REFUSED, GLYPH_LOCKED);
		canvas_printf(c, 1, 4, c.cols - 5, STYLE_REFUSED,
		    _("LOCKED OUT by %s"), o->info->locked);
	} else if (alarm != NULL) {
		badge_draw(c, 1, 1, alarm_badge(alarm), alarm->priority);
		canvas_printf(c, 1, 4, c.cols - 5, STYLE_NORMAL, "%s %s",
		    alarm_info_mark(alarm), alarm->title);
	}
}

/* What it measures, if there are limits to see it between, or a setpoint; that
 * alone gives way to the list. */
static const struct tag_info *
measure(const struct app *a, const struct sheet *o, int rows)
{
	const struct tag_info *g;
	bool sp = range_signal(&a->things, o->info, "sp") != NULL;

	if (o->info->main == NONE)
		return NULL;
	g = a->things.tags.at[o->info->main];
	return range_has_limits(g) ||
		(sp && g->has_range && o->n + HEAD + RANGE_ROWS + 5 <= rows)
	    ? g
	    : NULL;
}

/* chosen: one of them is, by the cursor. */
static void
draw_rows(struct app *a, struct sheet *o, struct canvas c, bool chosen)
{
	int i, row, at = chosen ? o->cursor : -1;
	char text[60];

	o->page = c.rows - 2;
	if (o->cursor < o->top)
		o->top = o->cursor;
	if (o->page > 0 && o->cursor >= o->top + o->page)
		o->top = o->cursor - o->page + 1;
	for (i = o->top, row = 0; i < o->n && row < o->page; i++, row++) {
		size_t k = (size_t)i;

		if (k < o->info->commands.n)
			draw_command(a, o, c, row, k,
			    i == at ? STYLE_SELECTED : STYLE_NORMAL);
		else
			draw_tag(a, o, c, row, k - o->info->commands.n,
			    i == at);
	}
	if (chosen)
		canvas_text(c, c.rows - 1, 1, c.cols - 2, STYLE_KEY,
		    _("Up Down choose   w or Enter open   q back"));
	if (o->n > o->page) {
		snprintf(text, sizeof(text), _("%d..%d of %d"), o->top + 1,
		    o->top + row, o->n);
		canvas_text_right(c, c.rows - 1, c.cols - 21, 20, STYLE_KEY,
		    text);
	}
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct app *a = v->app;
	struct sheet *o = v->data;
	const struct tag_info *g = measure(a, o, c.rows);
	int cols = c.cols < 78 ? c.cols : 78;
	int head = HEAD + (g != NULL ? RANGE_ROWS + 1 : 0);
	int rows = o->n + 4 + head;

	(void)now;
	if (rows > c.rows)
		rows = c.rows;
	if (v->host == NULL)
		c = form_frame(c, o->info->name, rows, cols);
	if (o->info->state != THING_KNOWN) {
		canvas_text(c, 1, 1, c.cols - 2, STYLE_LABEL,
		    o->info->state == THING_REFUSED
			? _("There is no such object, or it may not be "
			    "seen.  q back")
			: "..");
		return;
	}
	draw_head(a, o, c, v->host == NULL);
	if (g != NULL)
		range_draw(canvas_part(c, HEAD, 1, RANGE_ROWS, c.cols - 2),
		    &a->things, g, range_signal(&a->things, o->info, "sp"));
	draw_rows(a, o, canvas_part(c, head, 0, c.rows - head, c.cols),
	    v->host == NULL);
}

static void
open_row(struct view *v)
{
	struct app *a = v->app;
	struct sheet *o = v->data;
	size_t i = (size_t)o->cursor;
	struct tag_info *g;

	if (o->n == 0)
		return;
	if (i < o->info->commands.n) {
		actions_give(a, o->info->name, i);
		return;
	}
	g = a->things.tags.at[o->tags.at[i - o->info->commands.n]];
	if (g->writable)
		actions_set(a, g->name);
	else
		app_say(a, REMARK_INFO, _(" %s is not written"), g->name);
}

/* Of the row, if it is a signal; else of the object. */
unsigned
object_pens(const struct view *v, const char **names)
{
	const struct sheet *o = v->data;
	struct app *a = v->app;
	size_t i = (size_t)o->cursor;

	if (o->n == 0 || i < o->info->commands.n)
		return pens_of_object(a, o->info, names);
	names[0] = a->things.tags.at[o->tags.at[i - o->info->commands.n]]
		       ->name;
	return 1;
}

void
object_chosen(const struct view *v, struct chosen *c)
{
	const struct sheet *o = v->data;
	const struct app *a = v->app;
	size_t i = (size_t)o->cursor;

	str_copy(c->object, o->info->name, sizeof(c->object));
	if (i < o->info->commands.n) {
		/* a name that was cut would be another's */
		if ((size_t)snprintf(c->command, sizeof(c->command), "%s.%s",
			o->info->name, o->info->commands.at[i].name) >=
		    sizeof(c->command))
			*c->command = '\0';
	} else if (o->n > 0)
		str_copy(c->tag,
		    a->things.tags
			.at[o->tags.at[i - o->info->commands.n]]
			->name,
		    sizeof(c->tag));
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	(void)v;
	(void)changed;
	return true;
}

static bool
do_action(struct view *v, int action)
{
	switch (action) {
	case ACTION_WRITE:
	case ACTION_DETAIL:
		open_row(v);
		return true;
	default:
		return false;
	}
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct sheet *o = v->data;
	int step = k->code == K_UP || k->code == 'k' ? -1
	    : k->code == K_DOWN || k->code == 'j'    ? 1
	    : k->code == K_PAGE_UP		     ? -o->page
	    : k->code == K_PAGE_DOWN		     ? o->page
						     : 0;

	(void)now;
	if (k->code == K_TAB || k->code == K_BACKTAB)
		step = k->code == K_TAB ? 1 : -1;
	if (step == 0 || k->mods != 0)
		return false;
	o->cursor += step;
	if (o->cursor >= o->n)
		o->cursor = o->n - 1;
	if (o->cursor < 0)
		o->cursor = 0;
	view_dirty(v);
	return true;
}

const struct view_class view_object = { .name = "object",
	.modal = true,
	.init = init,
	.fini = fini,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
