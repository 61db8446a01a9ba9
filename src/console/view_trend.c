/* SPDX-License-Identifier: ISC */
/*
 * Curves of up to four tags: what was logged and what comes in, in one. The
 * right edge is now until one goes back; each pen has its own scale, the one
 * in front shows it. Where a value was not good there is no curve, and a
 * column shows the least and the greatest of its time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/when.h"
#include "console/past.h"
#include "console/views.h"
#include "term/field.h"
#include "term/plot.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define LEAST_AGAIN_MS 5000	/* between two questions while it goes on */

static const int64_t spans[] = { MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE,
	30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY,
	2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY };
#define SPANS (sizeof(spans) / sizeof(spans[0]))
#define SPAN_FIRST 5		/* an hour */

struct graph {
	struct app *app;
	struct past past;
	unsigned n, front;	/* pens; the one whose scale is shown */
	uint32_t tag[TREND_PENS];
	VEC(struct trend_sample) curve[TREND_PENS];	/* as drawn */
	size_t span;		/* in spans[] */
	int64_t to_ms;		/* right edge; 0: now */
	int64_t cursor_ms;	/* 0: none */
	bool own_scale;		/* of what is seen, not of the instrument */
	enum trend_graph how;
	int cols;		/* of the curves, as last drawn */
	struct mono asked_at;
	bool asked;		/* for what is to be seen now */
};

static struct tag_info *
pen(const struct graph *g, unsigned i)
{
	return g->app->things.tags.at[g->tag[i]];
}

static int64_t
right_edge(const struct graph *g)
{
	return g->to_ms != 0 ? g->to_ms : g->app->things.now.ms;
}

static int64_t
span_ms(const struct graph *g)
{
	return spans[g->span];
}

static void
look_elsewhere(struct view *v)
{
	struct graph *g = v->data;

	g->asked = false;
	view_dirty(v);
}

static void
arrived(void *arg)
{
	view_dirty(arg);
}

static void
init(struct view *v, void *arg)
{
	const struct trend_request *r = arg;
	struct graph *g = xcalloc(1, sizeof(*g));
	struct app *a = v->app;
	const char *names[TREND_PENS];
	unsigned i;

	g->app = a;
	g->span = SPAN_FIRST;
	v->data = g;
	for (i = 0; i < r->n && i < TREND_PENS; i++) {
		names[i] = r->names[i];
		g->tag[i] = things_tag(&a->things, r->names[i])->index;
		pen(g, i)->trended = true;
	}
	g->n = i;
	past_init(&g->past, a, arrived, v);
	past_name(&g->past, names, g->n);
	app_want(a, v, g->tag, g->n);
}

bool
trend_shows(const struct view *v, const char *const *names, unsigned n)
{
	const struct graph *g = v->data;
	unsigned i;

	for (i = 0; i < n && i < g->n; i++)
		if (strcmp(pen(g, i)->name, names[i]) != 0)
			return false;
	return i == n && i == g->n;
}

static void
fini(struct view *v)
{
	struct graph *g = v->data;
	unsigned i;

	app_unwant(v->app, v);
	past_fini(&g->past);
	for (i = 0; i < TREND_PENS; i++)
		vec_free(&g->curve[i]);
	free(g);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct graph *g = v->data;
	char span[WHEN_CAP];

	span_print(span, (struct span){ span_ms(g) });
	snprintf(dst, cap, "%s  %s%s", _("Trend"), span,
	    g->past.call != 0 ? "  .." : g->to_ms != 0 ? _("  past") : "");
}

/* The last answer, then what came in since. */
static void
join(struct graph *g)
{
	const struct tag_info *t;
	size_t k;
	unsigned i;

	for (i = 0; i < g->n; i++) {
		vec_clear(&g->curve[i]);
		for (k = 0; k < g->past.curve[i].here.n; k++)
			vec_push(&g->curve[i], g->past.curve[i].here.at[k]);
		t = pen(g, i);
		for (k = 0; k < t->samples.n; k++)
			if (t->samples.at[k].ms >= g->past.to_ms)
				vec_push(&g->curve[i], t->samples.at[k]);
	}
}

/* Asked for when something else is to be seen, and now and then while it
 * goes on, so that columns are the spans of what was logged. */
static void
ask_if_due(struct graph *g)
{
	int64_t to = right_edge(g), again = span_ms(g) / 120;

	if (g->cols <= 0 || to == 0 || g->app->no_data)
		return;
	if (again < LEAST_AGAIN_MS)
		again = LEAST_AGAIN_MS;
	if (g->asked && (g->to_ms != 0 || g->past.call != 0 ||
			    mono_since(g->app->now, g->asked_at).ms < again))
		return;
	g->asked_at = g->app->now;
	g->asked = past_ask(
	    &g->past, to - span_ms(g), to, 2 * g->cols);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct graph *g = v->data;

	(void)now;
	if (what & CHANGE_LINK) {
		past_lost(&g->past);
		g->asked = false;
	}
	ask_if_due(g);
	if (what & (CHANGE_THINGS | CHANGE_LANGUAGE) || g->to_ms == 0)
		view_dirty(v);
}

static struct trend
trend_of(const struct graph *g, unsigned i)
{
	const struct tag_info *t = pen(g, i);
	int64_t to = right_edge(g);
	struct trend all = { .sample = g->curve[i].at,
		.n = g->curve[i].n,
		.from_ms = to - span_ms(g),
		.to_ms = to };

	if (!g->own_scale && t->has_range) {
		all.min = t->min;
		all.max = t->max;
	} else if (!trend_scale(&all, &all.min, &all.max)) {
		all.min = 0;
		all.max = 1;
	}
	return all;
}

/* What a pen shows in the column of the cursor. */
static void
print_at_cursor(const struct graph *g, unsigned i, const struct plot *p,
    char *dst, size_t cap)
{
	struct trend t = trend_of(g, i);
	struct trend_column *column =
	    xcalloc((size_t)g->cols, sizeof(*column));
	const struct trend_column *c =
	    &column[plot_column(p, g->cols, g->cursor_ms)];
	int decimals = pen(g, i)->decimals;

	trend_columns(&t, column, (size_t)g->cols);
	if (!c->any)
		snprintf(dst, cap, "---");
	else if (c->low < c->high)
		snprintf(dst, cap, "%.*f .. %.*f%s", decimals, c->low,
		    decimals, c->high, c->bad ? " ?" : "");
	else
		snprintf(dst, cap, "%.*f%s", decimals, c->low,
		    c->bad ? " ?" : "");
	free(column);
}

static enum style
pen_style(unsigned i)
{
	static const enum style styles[TREND_PENS] = { STYLE_PEN1, STYLE_PEN2,
		STYLE_PEN3, STYLE_PEN4 };

	return styles[i];
}

/* One row a pen: name, title, its value now, and at the cursor. */
static void
draw_pen(struct graph *g, struct canvas c, int row, unsigned i,
    const struct plot *p)
{
	struct tag_info *t = pen(g, i);
	char room[VALUE_CAP], at[80] = "";
	struct field f = tag_field(&g->app->things, t, room);
	int right = c.cols - 24;

	canvas_printf(c, row, 0, 22, pen_style(i), "%s%u %s",
	    i == g->front ? ">" : " ", i + 1, t->name);
	if (g->cursor_ms != 0)
		print_at_cursor(g, i, p, at, sizeof(at));
	if (t->state == THING_REFUSED)
		canvas_text(c, row, 23, right - 24, STYLE_REFUSED,
		    _("not known, or not to be seen"));
	else
		canvas_text(c, row, 23, right - 24, STYLE_LABEL, t->title);
	if (g->cursor_ms != 0)
		canvas_text_right(c, row, right - 2, 16, pen_style(i), at);
	else
		field_draw(c, row, right, 14, FIELD_RIGHT, &f);
	canvas_text(c, row, c.cols - 9, 8, STYLE_LABEL, t->unit);
}

static void
draw_head(const struct graph *g, struct canvas c, const struct plot *p)
{
	char from[WHEN_CAP], to[WHEN_CAP], at[WHEN_CAP];

	when_local(from, (struct wall){ p->from_ms });
	when_local(to, (struct wall){ p->to_ms });
	canvas_printf(c, 0, 0, -1, STYLE_LABEL, " %s .. %s", from, to);
	if (g->to_ms == 0)
		canvas_printf(c, 0, canvas_columns(from) + 5, -1, STYLE_LABEL,
		    "%-*s", canvas_columns(to), _("now"));
	if (g->cursor_ms != 0)
		canvas_text_right(c, 0, c.cols - 22, 21, STYLE_SELECTED,
		    when_local(at, (struct wall){ g->cursor_ms }));
}

static void
draw_curves(struct graph *g, struct canvas c, struct plot *p)
{
	struct canvas inside;
	struct trend front = trend_of(g, g->front), t;
	unsigned i;

	p->min = front.min;
	p->max = front.max;
	p->pen = pen_style(g->front);
	p->decimals = pen(g, g->front)->decimals;
	if (p->decimals < 2 && front.max - front.min < 10)
		p->decimals = 2;
	inside = plot_frame(c, p);
	if (inside.cols != g->cols) {
		g->cols = inside.cols;
		g->asked = false;
	}
	if (g->cursor_ms != 0)
		plot_cursor(inside, p, g->cursor_ms);
	for (i = 0; i < g->n; i++) {
		if (i == g->front)
			continue;
		t = trend_of(g, i);
		trend_draw(inside, &t, pen_style(i), g->how);
	}
	trend_draw(inside, &front, pen_style(g->front), g->how);
	for (i = 0; g->n > 1 && i < g->n; i++) {
		t = trend_of(g, i);
		trend_number(inside, &t, pen_style(i), i);
	}
	plot_bad(c, &front);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct graph *g = v->data;
	int keys = v->host == NULL, rows = c.rows - 1 - keys - (int)g->n;
	struct plot p = { .to_ms = right_edge(g) };
	unsigned i;

	(void)now;
	p.from_ms = p.to_ms - span_ms(g);
	canvas_clear(c, STYLE_NORMAL);
	if (p.to_ms == 0 || rows < PLOT_BELOW + 2)
		return;
	join(g);
	draw_head(g, c, &p);
	draw_curves(g, canvas_part(c, 1, 0, rows, c.cols), &p);
	for (i = 0; i < g->n; i++)
		draw_pen(g, c, 1 + rows + (int)i, i, &p);
	if (keys)
		canvas_text(c, c.rows - 1, 0, -1, STYLE_KEY,
		    _(" + - zoom  Left Right cursor  PgUp PgDn past  l now  "
		      "Tab pen  s scale  g line"));
	ask_if_due(g);
}

/* Around the cursor, which keeps its place, or the right edge. */
static void
zoom(struct graph *g, int step)
{
	int64_t before = span_ms(g), edge = right_edge(g), left;

	if (step < 0 ? g->span == 0 : g->span + 1 >= SPANS)
		return;
	g->span = step < 0 ? g->span - 1 : g->span + 1;
	if (g->cursor_ms == 0)
		return;
	left = edge - g->cursor_ms;
	g->to_ms = g->cursor_ms +
	    (int64_t)((double)left / (double)before * (double)span_ms(g));
	if (g->to_ms >= g->app->things.now.ms)
		g->to_ms = 0;
}

static void
pan(struct graph *g, int step)
{
	int64_t now = g->app->things.now.ms;
	int64_t to = right_edge(g) + step * span_ms(g) / 2;

	g->to_ms = to >= now ? 0 : to;
	if (g->cursor_ms != 0)
		g->cursor_ms += step * span_ms(g) / 2;
	if (g->cursor_ms > now)
		g->cursor_ms = now;
}

static void
move_cursor(struct graph *g, int step)
{
	int64_t to = right_edge(g), from = to - span_ms(g);
	int64_t column = g->cols > 0 ? span_ms(g) / g->cols : 1;

	if (g->cursor_ms == 0)
		g->cursor_ms = to;
	g->cursor_ms += step * column;
	if (g->cursor_ms < from)
		pan(g, -1);
	if (g->cursor_ms > right_edge(g))
		pan(g, 1);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct graph *g = v->data;

	(void)now;
	if (k->mods & (K_CTRL | K_ALT))
		return false;
	switch (k->code) {
	case '+':
	case '=':
		zoom(g, -1);
		break;
	case '-':
	case '_':
		zoom(g, 1);
		break;
	case K_LEFT:
		move_cursor(g, k->mods & K_SHIFT ? -10 : -1);
		break;
	case K_RIGHT:
		move_cursor(g, k->mods & K_SHIFT ? 10 : 1);
		break;
	case K_PAGE_UP:
	case '<':
		pan(g, -1);
		break;
	case K_PAGE_DOWN:
	case '>':
		pan(g, 1);
		break;
	case 'l':
		g->to_ms = g->cursor_ms = 0;
		break;
	case 's':
		g->own_scale = !g->own_scale;
		break;
	case 'g':
		g->how = g->how == TREND_ASCII
		    ? TREND_AUTO
		    : (enum trend_graph)(g->how + 1);
		break;
	case K_TAB:
		g->front = (g->front + 1) % g->n;
		break;
	default:
		return false;
	}
	look_elsewhere(v);
	return true;
}

const struct view_class view_trend = { .name = "trend",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key };
