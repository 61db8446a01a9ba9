/* SPDX-License-Identifier: ISC */
/*
 * The way of one command or acknowledgement (audit show ID --trace): each step
 * with its time, and drawn where in the whole it lies. What a step says, the
 * bytes on the wire first of all, stands below for the one that is selected.
 * It is asked for again while screens may still come.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/vec.h"
#include "console/actions.h"
#include "console/lines.h"
#include "console/list.h"
#include "console/views.h"
#include "term/table.h"
#include "wire/said.h"

#define AGAIN_MS 2000
#define UNTIL_MS 20000		/* a screen that is later does not count */
#define CELLS 4			/* TRACE_COLUMNS */
#define FOOT 4			/* rows for what a step says */
#define DETAIL_CAP 700

enum { STEP, AT, SINCE, BAR, DETAIL, COLUMNS };

static const struct table_column columns[] = {
	[STEP] = { N_("step"), 24, false, false, 0 },
	[AT] = { N_("at"), 12, false, true, 0 },
	[SINCE] = { N_("took"), 12, false, true, 1 },
	[BAR] = { "", 24, true, false, 2 },
	[DETAIL] = { N_("detail"), 44, false, false, 3 },
};

/* As the core names them; here they only wait for their translation. */
static const char *const steps[] = { N_("key"), N_("received"), N_("decided"),
	N_("audit request"), N_("to field"), N_("field"), N_("checked"),
	N_("write"), N_("reply"), N_("read-back"), N_("read-back reply"),
	N_("value"), N_("result"), N_("audit result"), N_("told"),
	N_("achieved"), N_("own screen sent"), N_("own screen drawn"),
	N_("first screen sent"), N_("last screen sent"),
	N_("first screen drawn"), N_("last screen drawn") };

struct step {
	const char *name;	/* of steps, or "" */
	int64_t us, since;
	char detail[DETAIL_CAP];
};

struct way {
	uint64_t id;
	struct table table;
	VEC(struct step) steps, coming;
	uint32_t call;
	bool asking;
	struct mono opened, asked_at;
	char said[400];		/* why there is none */
};

static size_t
count(void *data)
{
	return ((struct way *)data)->steps.n;
}

static uint64_t
row_key(void *data, size_t row)
{
	(void)data;
	return row + 1;
}

/* 870 us, 12.4 ms, 3.20 s: three digits are enough for people. */
static void
print_us(char *dst, size_t cap, int64_t us)
{
	if (us < 1000)
		snprintf(dst, cap, "%lld µs", (long long)us);
	else if (us < 1000000)
		snprintf(dst, cap, "%.*f ms", us < 100000, (double)us / 1e3);
	else
		snprintf(dst, cap, "%.2f s", (double)us / 1e6);
}

static void
cell(void *data, size_t row, unsigned column, struct table_cell *c)
{
	struct way *w = data;
	const struct step *s = &w->steps.at[row];

	switch (column) {
	case STEP:
		str_copy(c->text, _(s->name), sizeof(c->text));
		break;
	case AT:
		print_us(c->text, sizeof(c->text), s->us);
		break;
	case SINCE:
		c->style = STYLE_LABEL;
		if (row > 0) {
			c->text[0] = '+';
			print_us(c->text + 1, sizeof(c->text) - 1, s->since);
		}
		break;
	case DETAIL:
		c->style = STYLE_LABEL;
		str_copy(c->text, s->detail, sizeof(c->text));
		break;
	default:
		break;
	}
}

/* From where the step before stands to where it stands itself, the whole way
 * being as wide as the column. */
static bool
draw_bar(void *data, size_t row, unsigned column, struct canvas c)
{
	struct way *w = data;
	const struct step *s = &w->steps.at[row];
	int64_t all = w->steps.at[w->steps.n - 1].us;
	int from, to;

	if (column != BAR || c.cols < 2)
		return column == BAR;
	to = all > 0 ? (int)(s->us * (c.cols - 1) / all) : 0;
	from = all > 0 ? (int)((s->us - s->since) * (c.cols - 1) / all) : 0;
	canvas_hline(c, 0, from, to - from, STYLE_LABEL);
	canvas_char(c, 0, to, STYLE_TITLE, 0x2502);
	return true;
}

static const struct table_source source = { .rows = count,
	.key = row_key,
	.cell = cell,
	.draw = draw_bar };

static const char *
known(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (strcmp(steps[i], name) == 0)
			return steps[i];
	return "";
}

/* The bytes and names as they are; sentences in the person's language. */
static void
take_detail(char dst[DETAIL_CAP], const char *text)
{
	unsigned n, of;
	char rest;

	if (sscanf(text, "%u of %u%c", &n, &of, &rest) == 2)
		snprintf(dst, DETAIL_CAP, _("%u of %u"), n, of);
	else
		said_show(dst, DETAIL_CAP, text);
}

static void
take(struct way *w, struct link *l)
{
	struct cell c[CELLS];
	struct step s;

	while (client_row(l->client, c)) {
		memset(&s, 0, sizeof(s));
		s.name = known(c[0].type == CELL_TEXT ? c[0].as.text : "");
		s.us = c[1].type == CELL_INT ? c[1].as.sint : 0;
		s.since = c[2].type == CELL_INT ? c[2].as.sint : 0;
		take_detail(
		    s.detail, c[3].type == CELL_TEXT ? c[3].as.text : "");
		vec_push(&w->coming, s);
	}
}

static void
on_rows(void *arg, struct link *l, const struct client_event *ev)
{
	struct view *v = arg;
	struct way *w = v->data;
	size_t i;

	if (ev->type == MESSAGE_ROWS && ev->cells == CELLS)
		take(w, l);
	if (ev->type != MESSAGE_END)
		return;
	w->asking = false;
	said_show(w->said, sizeof(w->said), ev->text);
	if (ev->code == EXIT_DONE) {
		vec_clear(&w->steps);
		for (i = 0; i < w->coming.n; i++)
			vec_push(&w->steps, w->coming.at[i]);
	}
	vec_clear(&w->coming);
	table_sync(&w->table);
	view_dirty(v);
}

static void
ask(struct view *v)
{
	struct app *a = v->app;
	struct way *w = v->data;
	char id[24];

	w->asked_at = a->now;
	if (w->asking || !link_begin(&a->link, VERB_AUDIT_SHOW))
		return;
	snprintf(id, sizeof(id), "%llu", (unsigned long long)w->id);
	client_with(a->link.client, PARAMETER_NAME, id);
	client_with(a->link.client, PARAMETER_TRACE, "yes");
	w->call = link_send(&a->link, on_rows, v);
	w->asking = w->call != 0;
}

static void
init(struct view *v, void *arg)
{
	struct way *w = xcalloc(1, sizeof(*w));

	w->id = *(const uint64_t *)arg;
	w->opened = ((struct app *)v->app)->now;
	table_init(&w->table, &source, w, columns, COLUMNS);
	v->data = w;
	ask(v);
}

static void
fini(struct view *v)
{
	struct app *a = v->app;
	struct way *w = v->data;

	link_forget(&a->link, v);
	if (w->asking)
		link_cancel(&a->link, w->call);
	table_fini(&w->table);
	vec_free(&w->steps);
	vec_free(&w->coming);
	free(w);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct way *w = v->data;

	snprintf(dst, cap, _("Way of command %llu"),
	    (unsigned long long)w->id);
}

/* What was refused once is not asked again: each refusal is in the audit. */
static void
update(struct view *v, unsigned what, struct mono now)
{
	struct app *a = v->app;
	struct way *w = v->data;

	if (what & CHANGE_LINK)
		w->asking = false;
	if (what & CHANGE_LANGUAGE)
		view_dirty(v);
	if (w->steps.n > 0 && !a->no_data &&
	    mono_since(now, w->opened).ms < UNTIL_MS &&
	    mono_since(now, w->asked_at).ms >= AGAIN_MS)
		ask(v);
}

static void
draw_foot(struct way *w, struct canvas c)
{
	const struct step *s;
	struct table_row row;

	canvas_hline(c, 0, 0, c.cols, STYLE_LABEL);
	if (!table_picked(&w->table, &row) || row.key > w->steps.n)
		return;
	s = &w->steps.at[row.key - 1];
	lines_paragraph(c, 1, _(s->name), s->detail);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct way *w = v->data;

	canvas_clear(c, STYLE_NORMAL);
	if (w->steps.n == 0) {
		lines_paragraph(c, c.rows / 2, "", w->asking ? ".." : w->said);
		return;
	}
	table_draw(&w->table, canvas_part(c, 0, 0, c.rows - FOOT, c.cols),
	    now);
	draw_foot(w, canvas_part(c, c.rows - FOOT, 0, FOOT, c.cols));
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct way *w = v->data;

	(void)now;
	return list_key(v, &w->table, k);
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	const struct way *w = v->data;
	struct table_row row;

	(void)changed;
	return table_picked(&w->table, &row);
}

static bool
do_action(struct view *v, int action)
{
	struct way *w = v->data;

	if (action == ACTION_NEW)
		ask(v);
	return list_action(v, &w->table, action);
}

const struct view_class view_trace = { .name = "trace",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
