/* SPDX-License-Identifier: ISC */
/*
 * The rows of a verb as a list: who is on, tags. Asked for when it
 * opens, every few seconds as long as it is open, and by r; bounded. An
 * answer takes the place of the one before when it is complete.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/when.h"
#include "console/actions.h"
#include "console/chosen.h"
#include "console/list.h"
#include "wire/said.h"
#include "console/views.h"
#include "console/words.h"

#define ROWS_MOST 5000
#define AGAIN_MS 5000
#define COLUMNS_MOST 24

struct cells {			/* texts, rows x columns */
	VEC(char *) text;
};

struct rows {
	struct app *app;
	struct rows_request request;
	char title[65];
	struct table table;
	struct table_column column[COLUMNS_MOST];
	char names[COLUMNS_MOST][24];
	unsigned columns;
	struct cells cells, coming;
	uint32_t call;
	struct mono asked_at;
	bool done, complete;	/* the call is; a first answer has come */
};

/* Columns that people need first; the others give way on narrow screens. */
static const struct {
	const char *name;
	int width;
	bool grow, right;
	unsigned priority;
} known[] = {
	{ N_("seq"), 6, false, true, 9 }, { N_("time"), 15, false, false, 1 },
	{ N_("kind"), 8, false, false, 5 }, { N_("area"), 10, false, false, 6 },
	{ N_("name"), 16, false, false, 0 }, { N_("text"), 12, true, false, 0 },
	{ N_("user"), 8, false, false, 0 }, { N_("station"), 10, false, false, 8 },
	{ N_("old"), 9, false, true, 3 }, { N_("new"), 9, false, true, 2 },
	{ N_("result"), 10, true, false, 1 }, { N_("tag"), 18, false, false, 0 },
	{ N_("value"), 10, false, true, 0 }, { N_("unit"), 6, false, false, 2 },
	{ N_("quality"), 9, false, false, 1 }, { N_("cause"), 7, false, false, 3 },
	{ N_("flags"), 8, false, false, 5 }, { N_("title"), 16, true, false, 1 },
	{ N_("id"), 5, false, true, 0 }, { N_("from"), 16, false, false, 3 },
	{ N_("since"), 15, false, false, 2 }, { N_("idle_s"), 6, false, true, 1 },
	{ N_("screen"), 12, true, false, 0 }, { N_("size"), 8, false, false, 4 },
	{ N_("term"), 12, false, false, 6 },
	{ N_("alarm"), 16, false, false, 0 }, { N_("inhibit"), 14, false, false, 0 },
	{ N_("state"), 14, false, false, 4 }, { N_("owner"), 8, false, false, 1 },
	{ N_("until"), 15, false, false, 0 }, { N_("reason"), 12, true, false, 0 },
	{ N_("inhibited"), 15, false, false, 2 },
	{ N_("object"), 16, false, false, 0 }, { N_("ticket"), 10, false, false, 2 },
	{ N_("real"), 10, false, true, 0 },
	{ N_("interlock"), 16, true, false, 4 }, { N_("now"), 12, false, false, 2 },
};

static size_t
count(void *data)
{
	struct rows *r = data;

	return r->columns > 0 ? r->cells.text.n / r->columns : 0;
}

/* Events and sessions have a number of their own, tags their place. */
static uint64_t
row_key(void *data, size_t row)
{
	struct rows *r = data;

	if (r->request.verb != VERB_SESSION_LIST)
		return row + 1;
	return strtoull(
	    r->cells.text.at[row * r->columns], NULL, 10);
}

/* Columns whose words are the core's, the same in every language. */
static bool
has_words(const char *column)
{
	static const char *const all[] = { "quality", "cause", "flags",
		"inhibit", "inhibited" };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i], column) == 0)
			return true;
	return false;
}

static void
cell(void *data, size_t row, unsigned column, struct table_cell *c)
{
	struct rows *r = data;
	const char *text = r->cells.text.at[row * r->columns + column];

	if (has_words(r->names[column]))
		words_list(c->text, sizeof(c->text), text);
	else if (strcmp(r->names[column], "state") == 0)
		str_copy(c->text, words_state(text), sizeof(c->text));
	else
		str_copy(c->text, text, sizeof(c->text));
}

static const struct table_source source = {
	.rows = count, .key = row_key, .cell = cell
};

static void
make_columns(struct rows *r)
{
	const char *s = verbs[r->request.verb].columns;
	size_t len, i;

	while (*s != '\0' && r->columns < COLUMNS_MOST) {
		len = strcspn(s, ",");
		snprintf(r->names[r->columns], sizeof(r->names[0]), "%.*s",
		    (int)len, s);
		r->column[r->columns] = (struct table_column){
			r->names[r->columns], 8, false, false, 9 };
		for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			if (strcmp(known[i].name, r->names[r->columns]) == 0)
				r->column[r->columns] = (struct table_column){
					r->names[r->columns], known[i].width,
					known[i].grow, known[i].right,
					known[i].priority };
		r->columns++;
		s += len + (s[len] == ',');
	}
}

/* 23-Nov 06:38:20: the year is known to whoever looks. */
static const char *
short_time(char dst[WHEN_CAP], struct wall t)
{
	time_t s = (time_t)(t.ms / 1000);
	struct tm tm;

	if (t.ms == 0 || localtime_r(&s, &tm) == NULL ||
	    strftime(dst, WHEN_CAP, _("%d-%b %H:%M:%S"), &tm) == 0)
		dst[0] = '\0';
	return dst;
}

static char *
cell_text_of(const struct cell *c)
{
	char when[WHEN_CAP], number[32];

	switch ((enum cell_type)c->type) {
	case CELL_NULL:
		return xstrdup("");
	case CELL_BOOL:
		return xstrdup(c->as.on ? _("true") : _("false"));
	case CELL_INT:
		return xasprintf("%lld", (long long)c->as.sint);
	case CELL_UINT:
		return xasprintf("%llu", (unsigned long long)c->as.uint);
	case CELL_REAL:
		return c->decimals == CELL_SHORTEST
		    ? xstrdup(real_print(number, c->as.real))
		    : xasprintf("%.*f", c->decimals, c->as.real);
	case CELL_TIME:
		return xstrdup(short_time(when, c->as.time));
	case CELL_TEXT:
	case CELL_FLAGS:
		return xstrdup(c->as.text);
	}
	return xstrdup("");
}

static void
forget(struct cells *c)
{
	size_t i;

	for (i = 0; i < c->text.n; i++)
		free(c->text.at[i]);
	vec_clear(&c->text);
}

static void
take_answer(struct rows *r)
{
	size_t i;

	forget(&r->cells);
	for (i = 0; i < r->coming.text.n; i++)
		vec_push(&r->cells.text, r->coming.text.at[i]);
	vec_clear(&r->coming.text);
	r->complete = true;
}

static void
on_rows(void *arg, struct link *l, const struct client_event *ev)
{
	struct view *v = arg;
	struct rows *r = v->data;
	struct cell cells[COLUMNS_MOST];
	char said[400];
	unsigned i;

	if (ev->type == MESSAGE_ROWS && ev->cells == r->columns) {
		while (client_row(l->client, cells))
			for (i = 0; i < r->columns; i++)
				vec_push(&r->coming.text, cell_text_of(&cells[i]));
		if (r->coming.text.n / r->columns > ROWS_MOST)
			link_cancel(l, ev->id);
	} else if (ev->type == MESSAGE_END) {
		r->done = true;
		/* a line that broke has told half of it */
		if (ev->code == EXIT_UNKNOWN)
			forget(&r->coming);
		else
			take_answer(r);
		if (ev->code > EXIT_NEGATIVE && *ev->text != '\0')
			app_say(r->app, REMARK_REFUSAL, "%s",
			    said_show(said, sizeof(said), ev->text));
	}
	table_sync(&r->table);
	view_dirty(v);
}

static void
ask(struct view *v)
{
	struct rows *r = v->data;
	struct link *l = &r->app->link;

	r->asked_at = r->app->now;
	if (!link_begin(l, r->request.verb))
		return;
	r->done = false;
	client_with(l->client, PARAMETER_COUNT, r->request.count);
	client_with(l->client, PARAMETER_STATE, r->request.state);
	r->call = link_send(l, on_rows, v);
}

static void
init(struct view *v, void *arg)
{
	struct rows *r = xcalloc(1, sizeof(*r));

	r->app = v->app;
	r->request = *(const struct rows_request *)arg;
	str_copy(r->title, r->request.title, sizeof(r->title));
	r->done = true;
	make_columns(r);
	table_init(&r->table, &source, r, r->column, r->columns);
	v->data = r;
	ask(v);
}

static void
fini(struct view *v)
{
	struct rows *r = v->data;

	link_forget(&r->app->link, v);
	if (!r->done)
		link_cancel(&r->app->link, r->call);
	table_fini(&r->table);
	forget(&r->coming);
	forget(&r->cells);
	vec_free(&r->cells.text);
	vec_free(&r->coming.text);
	free(r);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct rows *r = v->data;
	struct buf b = { 0 };

	table_describe(&r->table, &b);
	snprintf(dst, cap, "%s  %s%s", _(r->title), buf_string(&b),
	    r->complete ? "" : "  ..");
	buf_free(&b);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct rows *r = v->data;

	if (what & CHANGE_LANGUAGE)
		r->asked_at = mono_add(now, (struct span){ -AGAIN_MS });
	if (what & CHANGE_LINK)
		r->done = true;	/* a new core knows nothing of the call */
	if (r->done && mono_since(now, r->asked_at).ms >= AGAIN_MS &&
	    !r->app->no_data)
		ask(v);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct rows *r = v->data;

	canvas_clear(c, STYLE_NORMAL);
	table_draw(&r->table, c, now);
	if (r->complete && count(r) == 0)
		canvas_text(c, c.rows / 2, 2, -1, STYLE_LABEL, _("There are none."));
}

/* The rows of tags lead to what they belong to. */
static bool
open_tag(struct view *v)
{
	struct rows *r = v->data;
	struct table_row row;
	char name[PLANT_NAME_MAX + 1];
	char *dot;

	if (r->request.verb != VERB_TAGS || !table_picked(&r->table, &row))
		return r->request.verb != VERB_TAGS;
	str_copy(name, r->cells.text.at[(row.key - 1) * r->columns],
	    sizeof(name));
	dot = strchr(name, '.');
	if (dot != NULL)
		*dot = '\0';
	if (name_is_object(name))
		view_push(v->stack, &view_object, name);
	else
		app_say(r->app, REMARK_INFO, _(" it belongs to no object"));
	return true;
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	const struct rows *r = v->data;
	struct table_row row;

	(void)changed;
	return table_picked(&r->table, &row);
}

unsigned
rows_pens(const struct view *v, const char **names)
{
	const struct rows *r = v->data;
	struct table_row row;

	if (r->request.verb != VERB_TAGS || !table_picked(&r->table, &row))
		return 0;
	names[0] = r->cells.text.at[(row.key - 1) * r->columns];
	return 1;
}

void
rows_chosen(const struct view *v, struct chosen *c)
{
	const struct rows *r = v->data;
	struct table_row row;
	const char *name;

	if (!table_picked(&r->table, &row) ||
	    r->request.verb == VERB_SESSION_LIST)
		return;
	name = r->cells.text.at[(row.key - 1) * r->columns];
	if (r->request.verb == VERB_ALARMS)
		str_copy(c->alarm, name, sizeof(c->alarm));
	else if (r->request.verb == VERB_BYPASS_LIST)
		str_copy(c->command, name, sizeof(c->command));
	else if (r->request.verb == VERB_LOCKOUT_LIST)
		str_copy(c->object, name, sizeof(c->object));
	else
		str_copy(c->tag, name, sizeof(c->tag));
}

static bool
do_action(struct view *v, int action)
{
	struct rows *r = v->data;

	switch (action) {
	case ACTION_NEW:
		if (r->done)
			ask(v);
		return list_action(v, &r->table, action);
	case ACTION_DETAIL:
	case ACTION_WRITE:
		return open_tag(v);
	default:
		return list_action(v, &r->table, action);
	}
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct rows *r = v->data;

	(void)now;
	return list_key(v, &r->table, k);
}

const struct view_class view_rows = { .name = "rows",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
