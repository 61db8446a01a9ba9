/* SPDX-License-Identifier: ISC */
/*
 * Events: alarms, actions and what happened, newest first. It goes on by
 * itself as long as no end is set; at its lower end it asks for what was
 * before, page by page, through the core's reader threads. F chooses kinds,
 * area and time, / a text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/actions.h"
#include "console/events_filter.h"
#include "console/list.h"
#include "wire/said.h"
#include "console/views.h"
#include "console/words.h"

#define PAGE "300"		/* rows asked for at once */
#define ROWS_MOST 6000
#define AGAIN_MS 1000		/* how late a new one may be seen */

enum { TIME, KIND, AREA, NAME, TEXT, USER, STATION, OLD, NEW, RESULT, TEXTS };
#define COMMAND 11
#define FLAGS 12
#define CELLS 13		/* EVENT_COLUMNS */

static const struct table_column columns[] = {
	[TIME] = { N_("time"), 15, false, false, 1 },
	[KIND] = { N_("kind"), 9, false, false, 5 },
	[AREA] = { N_("area"), 10, false, false, 6 },
	[NAME] = { N_("name"), 16, false, false, 0 },
	[TEXT] = { N_("text"), 16, true, false, 0 },
	[USER] = { N_("user"), 8, false, false, 0 },
	[STATION] = { N_("station"), 12, false, false, 8 },
	[OLD] = { N_("old"), 9, false, true, 3 },
	[NEW] = { N_("new"), 8, false, true, 2 },
	[RESULT] = { N_("result"), 10, true, false, 1 },
};

struct event {
	uint64_t seq;
	struct wall time;
	char *text[TEXTS];	/* [TIME] is NULL */
	uint64_t command;	/* that it belongs to, or 0 */
	bool simulated;		/* nobody lived through it */
};

enum asking { IDLE, FIRST, NEWER, OLDER };

struct list {
	struct app *app;
	struct table table;
	struct events_filter filter;
	VEC(struct event *) events;	/* by seq, the oldest first */
	enum asking asking;
	uint32_t call;
	unsigned came;		/* rows of the call under way */
	struct mono asked_at;
	bool complete;		/* the first answer has come */
	bool at_begin;		/* there is nothing older */
};

static const struct event *
at(struct list *l, size_t row)
{
	return l->events.at[l->events.n - 1 - row];
}

static size_t
count(void *data)
{
	return ((struct list *)data)->events.n;
}

static uint64_t
row_key(void *data, size_t row)
{
	return at(data, row)->seq;
}

/* 23-Nov 06:38:20: the year is known to whoever looks. */
static void
print_time(char *dst, size_t cap, struct wall t)
{
	time_t s = (time_t)(t.ms / 1000);
	struct tm tm;

	if (localtime_r(&s, &tm) == NULL ||
	    strftime(dst, cap, _("%d-%b %H:%M:%S"), &tm) == 0)
		dst[0] = '\0';
}

/* What was simulated says so first. */
static void
print_text(char *dst, size_t cap, const struct event *e)
{
	size_t len = 0;

	if (e->simulated)
		len = (size_t)snprintf(dst, cap, "%s ", _("SIM"));
	if (*e->text[TEXT] == '\0' && *e->text[NEW] != '\0')
		snprintf(dst + len, cap - len, "%s -> %s", e->text[OLD],
		    e->text[NEW]);
	else if (strcmp(e->text[KIND], "note") == 0)	/* a person's words */
		str_copy(dst + len, e->text[TEXT], cap - len);
	else
		said_show(dst + len, cap - len, e->text[TEXT]);
}

static void
cell(void *data, size_t row, unsigned column, struct table_cell *c)
{
	const struct event *e = at(data, row);

	switch (column) {
	case TIME:
		c->style = STYLE_LABEL;
		print_time(c->text, sizeof(c->text), e->time);
		break;
	case KIND:
		c->style = STYLE_LABEL;
		str_copy(c->text, words_kind(e->text[KIND]), sizeof(c->text));
		break;
	case OLD:
	case NEW:
		str_copy(c->text, words_state(e->text[column]),
		    sizeof(c->text));
		break;
	case TEXT:
		print_text(c->text, sizeof(c->text), e);
		break;
	case RESULT:
		said_show(c->text, sizeof(c->text), e->text[column]);
		break;
	default:
		str_copy(c->text, e->text[column], sizeof(c->text));
		break;
	}
}

static const struct table_source source = {
	.rows = count, .key = row_key, .cell = cell
};

static void
free_event(struct event *e)
{
	unsigned i;

	for (i = 0; i < TEXTS; i++)
		free(e->text[i]);
	free(e);
}

static void
forget(struct list *l)
{
	size_t i;

	for (i = 0; i < l->events.n; i++)
		free_event(l->events.at[i]);
	vec_clear(&l->events);
	l->at_begin = l->complete = false;
}

static struct event *
make_event(const struct cell *c)
{
	struct event *e = xcalloc(1, sizeof(*e));
	unsigned i;

	e->seq = c[0].type == CELL_UINT ? c[0].as.uint : 0;
	if (c[1].type == CELL_TIME)
		e->time = c[1].as.time;
	for (i = KIND; i < TEXTS; i++)
		e->text[i] =
		    xstrdup(c[i + 1].type == CELL_TEXT ? c[i + 1].as.text : "");
	if (c[COMMAND].type == CELL_UINT)
		e->command = c[COMMAND].as.uint;
	e->simulated = c[FLAGS].type == CELL_FLAGS &&
	    strstr(c[FLAGS].as.text, "simulated") != NULL;
	return e;
}

static int
by_seq(const void *a, const void *b)
{
	const struct event *const *x = a, *const *y = b;

	return (*x)->seq < (*y)->seq ? -1 : (*x)->seq > (*y)->seq;
}

static bool
is_known(const struct list *l, uint64_t seq)
{
	struct event key = { .seq = seq }, *k = &key;

	return l->events.n > 0 &&
	    bsearch(&k, l->events.at, l->events.n, sizeof(k), by_seq) != NULL;
}

/* Rows of one answer come in order, but older ones behind newer ones. */
static void
take(struct list *l, struct link *link)
{
	struct cell cells[CELLS];
	struct event *e;
	size_t known = l->events.n, i;

	while (client_row(link->client, cells)) {
		e = make_event(cells);
		vec_push(&l->events, e);
		l->came++;
	}
	for (i = known; i < l->events.n;) {
		struct event *x = l->events.at[i];
		size_t n = l->events.n;
		bool twice;

		l->events.n = known;
		twice = x->seq == 0 || is_known(l, x->seq);
		l->events.n = n;
		if (!twice) {
			i++;
			continue;
		}
		free_event(x);
		l->events.at[i] = l->events.at[--l->events.n];
	}
	if (l->events.n > 0)
		qsort(l->events.at, l->events.n, sizeof(l->events.at[0]),
		    by_seq);
}

static void
on_rows(void *arg, struct link *link, const struct client_event *ev)
{
	struct view *v = arg;
	struct list *l = v->data;
	enum asking asked = l->asking;
	char said[400];

	if (ev->type == MESSAGE_ROWS && ev->cells == CELLS) {
		take(l, link);
	} else if (ev->type == MESSAGE_END) {
		l->asking = IDLE;
		if (asked != NEWER && ev->code <= EXIT_NEGATIVE)
			l->at_begin = l->came < (unsigned)atoi(PAGE);
		l->complete = true;
		if (ev->code > EXIT_NEGATIVE && *ev->text != '\0')
			app_say(l->app, REMARK_REFUSAL, "%s",
			    said_show(said, sizeof(said), ev->text));
	}
	/* what was asked for belongs to the list at once */
	if (asked == OLDER)
		table_take_new(&l->table);
	table_sync(&l->table);
	view_dirty(v);
}

static void
with_number(struct client *c, enum parameter which, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	client_with(c, which, text);
}

static void
ask(struct view *v, enum asking what)
{
	struct list *l = v->data;
	struct link *link = &l->app->link;
	size_t n = l->events.n;

	l->asked_at = l->app->now;
	if (l->asking != IDLE || !link_begin(link, VERB_EVENTS))
		return;
	events_filter_ask(&l->filter, link->client);
	if (what == NEWER && n > 0)
		with_number(link->client, PARAMETER_AFTER,
		    l->events.at[n - 1]->seq);
	if (what == OLDER && n > 0)
		with_number(
		    link->client, PARAMETER_BEFORE, l->events.at[0]->seq);
	if (what != NEWER || n == 0)
		client_with(link->client, PARAMETER_COUNT, PAGE);
	l->came = 0;
	l->call = link_send(link, on_rows, v);
	l->asking = l->call != 0 ? what : IDLE;
}

static void
begin_anew(struct view *v)
{
	struct list *l = v->data;

	link_forget(&l->app->link, v);
	if (l->asking != IDLE)
		link_cancel(&l->app->link, l->call);
	l->asking = IDLE;
	forget(l);
	table_home(&l->table);
	table_take_new(&l->table);
	table_sync(&l->table);
	ask(v, FIRST);
	view_dirty(v);
}

static void
init(struct view *v, void *arg)
{
	struct list *l = xcalloc(1, sizeof(*l));

	l->app = v->app;
	if (arg != NULL)
		l->filter = *(const struct events_filter *)arg;
	table_init(&l->table, &source, l, columns, TEXTS);
	v->data = l;
	ask(v, FIRST);
}

static void
fini(struct view *v)
{
	struct list *l = v->data;

	link_forget(&l->app->link, v);
	if (l->asking != IDLE)
		link_cancel(&l->app->link, l->call);
	table_fini(&l->table);
	forget(l);
	vec_free(&l->events);
	free(l);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct list *l = v->data;
	struct buf b = { 0 };
	char filter[160];

	table_describe(&l->table, &b);
	events_filter_print(&l->filter, filter, sizeof(filter));
	snprintf(dst, cap, _("Events%s  %s%s"), filter, buf_string(&b),
	    l->asking == FIRST || l->asking == OLDER ? "  .."
		: l->at_begin			     ? ""
						     : "+");
	buf_free(&b);
}

/* Is the oldest one on the glass, so that the one before is wanted? */
static bool
at_the_end(const struct list *l)
{
	size_t n;
	const struct table_row *rows = table_drawn(&l->table, &n);

	return l->events.n > 0 && n > 0 &&
	    (rows[n - 1].key == l->events.at[0]->seq ||
		l->table.shown.n <= l->table.page);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct list *l = v->data;

	if (what & CHANGE_LINK)
		l->asking = IDLE;	/* a new core knows nothing of it */
	if (what & CHANGE_LANGUAGE)
		view_dirty(v);
	if (l->asking != IDLE || l->app->no_data)
		return;
	if (!l->complete)
		ask(v, FIRST);
	else if (!l->at_begin && l->events.n < ROWS_MOST && at_the_end(l))
		ask(v, OLDER);
	else if (*l->filter.until == '\0' &&
	    mono_since(now, l->asked_at).ms >= AGAIN_MS)
		ask(v, NEWER);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct list *l = v->data;

	canvas_clear(c, STYLE_NORMAL);
	table_draw(&l->table, c, now);
	if (l->events.n == 0)
		canvas_text(c, c.rows / 2, 2, -1, STYLE_LABEL,
		    l->complete ? _("Nothing has happened that fits.") : "..");
}

static const struct event *
picked(struct list *l)
{
	struct table_row row;
	size_t i;

	if (!table_picked(&l->table, &row))
		return NULL;
	for (i = 0; i < l->events.n; i++)
		if (l->events.at[i]->seq == row.key)
			return l->events.at[i];
	return NULL;
}

/* All of it, on a sheet of its own. */
static void
open_row(struct view *v, const struct event *e)
{
	struct event_request r = { .time = e->time,
		.kind = e->text[KIND],
		.area = e->text[AREA],
		.name = e->text[NAME],
		.text = e->text[TEXT],
		.user = e->text[USER],
		.station = e->text[STATION],
		.old = e->text[OLD],
		.new = e->text[NEW],
		.result = e->text[RESULT],
		.command = e->command,
		.simulated = e->simulated };

	view_push(v->stack, &view_event, &r);
}

static void
on_filter(void *arg, const struct events_filter *filter)
{
	struct view *v = arg;
	struct list *l = v->data;

	l->filter = *filter;
	begin_anew(v);
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	const struct list *l = v->data;
	struct table_row row;

	(void)changed;
	return table_picked(&l->table, &row);
}

static bool
do_action(struct view *v, int action)
{
	struct list *l = v->data;
	const struct event *e = picked(l);

	switch (action) {
	case ACTION_FILTER:
		view_push(v->stack, &view_filter,
		    &(struct filter_request){ on_filter, v, l->filter });
		return true;
	case ACTION_DETAIL:
		if (e != NULL)
			open_row(v, e);
		return true;
	case ACTION_WRITE:
		if (e != NULL)
			event_open(v, e->text[NAME]);
		return true;
	default:
		return list_action(v, &l->table, action);
	}
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct list *l = v->data;

	(void)now;
	return list_key(v, &l->table, k);
}

const struct view_class view_events = { .name = "events",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
