/* SPDX-License-Identifier: ISC */
/* The alarms that are not normal, by the table that all lists share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/when.h"
#include "console/actions.h"
#include "console/chosen.h"
#include "console/list.h"
#include "wire/said.h"
#include "console/views.h"

enum { BADGE, STATE, TIME, NAME, TITLE, VALUE, LIMIT, AREA, BY };

static const struct table_column columns[] = {
	[BADGE] = { "", 2, false, false, 0 },
	[STATE] = { "", 4, false, false, 0 },
	[TIME] = { N_("since"), 8, false, false, 2 },
	[NAME] = { N_("alarm"), 16, false, false, 0 },
	[TITLE] = { "", 22, true, false, 0 },
	[VALUE] = { N_("came at"), 10, false, true, 3 },
	[LIMIT] = { N_("limit"), 8, false, true, 4 },
	[AREA] = { N_("area"), 12, false, false, 5 },
	[BY] = { N_("by"), 8, false, false, 6 },
};

#define STAMP_INHIBITED 0x80u	/* a stamp: occurrence << 8, this, state */

struct list {
	struct table table;
	struct app *app;
};

static size_t
count(void *data)
{
	return ((struct list *)data)->app->things.order.n;
}

static struct alarm_info *
at(void *data, size_t row)
{
	return ((struct list *)data)->app->things.order.at[row];
}

static uint64_t
row_key(void *data, size_t row)
{
	return at(data, row)->key;
}

/* Another occurrence or state is another thing under the cursor (P9, P10). */
static uint64_t
row_stamp(void *data, size_t row)
{
	const struct alarm_info *a = at(data, row);

	return (uint64_t)a->occurrence << 8 |
	    (*a->inhibit != '\0' ? STAMP_INHIBITED : 0u) | (uint64_t)a->state;
}

static void
cell(void *data, size_t row, unsigned column, struct table_cell *c)
{
	const struct alarm_info *a = at(data, row);
	char clock[WHEN_CAP];

	switch (column) {
	case STATE:
		str_copy(c->text, a->asked ? "..." : alarm_info_mark(a),
		    sizeof(c->text));
		break;
	case TIME:
		c->style = STYLE_LABEL;
		str_copy(c->text, when_clock(clock, a->raised),
		    sizeof(c->text));
		break;
	case NAME:
		str_copy(c->text, a->name, sizeof(c->text));
		break;
	case TITLE:
		if (a->count > 1)
			snprintf(c->text, sizeof(c->text), _("%s x%u"), a->title,
			    a->count);
		else
			str_copy(c->text, a->title, sizeof(c->text));
		break;
	case VALUE:
		c->style = STYLE_VALUE;
		if (!a->verified)
			str_copy(c->text, _("not verif."), sizeof(c->text));
		else if (strcmp(a->value, a->limit) != 0)
			snprintf(c->text, sizeof(c->text), "%s %s", a->value,
			    a->unit);
		break;
	case LIMIT:
		if (strcmp(a->value, a->limit) != 0)
			str_copy(c->text, a->limit, sizeof(c->text));
		break;
	case AREA:
		c->style = STYLE_LABEL;
		str_copy(c->text, a->area, sizeof(c->text));
		break;
	case BY:
		c->style = STYLE_LABEL;
		str_copy(c->text, a->by, sizeof(c->text));
		break;
	default:
		break;
	}
}

static bool
draw_badge(void *data, size_t row, unsigned column, struct canvas c)
{
	const struct alarm_info *a = at(data, row);

	if (column != BADGE)
		return false;
	badge_draw(c, 0, 0, alarm_badge(a), a->priority);
	return true;
}

static const struct table_source source = { .rows = count,
	.key = row_key,
	.stamp = row_stamp,
	.cell = cell,
	.draw = draw_badge };

static void
init(struct view *v, void *arg)
{
	struct list *l = xcalloc(1, sizeof(*l));

	(void)arg;
	l->app = v->app;
	table_init(&l->table, &source, l, columns,
	    sizeof(columns) / sizeof(columns[0]));
	table_sync(&l->table);
	v->data = l;
}

static void
fini(struct view *v)
{
	struct list *l = v->data;

	table_fini(&l->table);
	free(l);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct list *l = v->data;
	struct buf b = { 0 };

	table_describe(&l->table, &b);
	snprintf(dst, cap, _("Alarms  %s"), buf_string(&b));
	buf_free(&b);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct list *l = v->data;

	(void)now;
	if (what & (CHANGE_ALARMS | CHANGE_LINK)) {
		table_sync(&l->table);
		view_dirty(v);
	}
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct list *l = v->data;

	canvas_clear(c, STYLE_NORMAL);
	table_draw(&l->table, c, now);
	if (l->app->things.order.n == 0)
		canvas_text(c, c.rows / 2, 2, -1, STYLE_LABEL,
		    _("No alarms: everything is normal."));
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	const struct list *l = v->data;
	struct table_row row;

	*changed = table_changed_at(&l->table);
	return table_picked(&l->table, &row);
}

static struct alarm_info *
by_key(struct app *a, uint64_t key)
{
	size_t i;

	for (i = 0; i < a->things.order.n; i++)
		if (a->things.order.at[i]->key == key)
			return a->things.order.at[i];
	return NULL;
}

struct acking {			/* how one acknowledgement went */
	struct app *app;
	unsigned done, refused;
	char first[PLANT_NAME_MAX + 300];	/* the first refusal, or else */
};

/* NAME#OCCURRENCE was answered; NULL: whatever was asked. */
static void
answered(struct app *a, const char *text)
{
	size_t len = text != NULL ? strcspn(text, "#") : 0, i;
	struct alarm_info *alarm;

	for (i = 0; i < a->things.order.n; i++) {
		alarm = a->things.order.at[i];
		if (text == NULL || (strncmp(alarm->name, text, len) == 0 &&
			alarm->name[len] == '\0'))
			alarm->asked = false;
	}
	app_changed(a, CHANGE_ALARMS);
}

static void
count_acked(struct acking *k, const char *name, const char *result)
{
	bool done = strncmp(result, "done", 4) == 0;
	char said[300];

	answered(k->app, name);
	said_show(said, sizeof(said), result);
	if ((k->done == 0 && k->refused == 0) || (!done && k->refused == 0))
		snprintf(k->first, sizeof(k->first), _("acknowledge %s: %s"),
		    name, said);
	if (done)
		k->done++;
	else
		k->refused++;
}

static void
say_acked(const struct acking *k, const struct client_event *end)
{
	char said[300];
	enum remark_kind kind =
	    k->refused > 0 ? REMARK_REFUSAL : REMARK_NOTICE;

	if (k->done + k->refused == 0)
		answered(k->app, NULL);
	if (k->done + k->refused == 0)
		app_say(k->app, REMARK_REFUSAL, _("acknowledge: %s"),
		    said_show(said, sizeof(said), end->text));
	else if (k->done + k->refused == 1)
		app_say(k->app, kind, "%s", k->first);
	else if (k->refused == 0)
		app_say(k->app, kind, _("acknowledge %u alarms: done"), k->done);
	else
		app_say(k->app, kind, _("%u done, %u refused: %s"), k->done,
		    k->refused, k->first);
}

static void
on_acked(void *arg, struct link *l, const struct client_event *ev)
{
	struct acking *k = arg;
	struct cell cells[5];

	while (ev->type == MESSAGE_ROWS && ev->cells == 5 &&
	    client_row(l->client, cells))
		if (cells[3].type == CELL_TEXT && cells[0].type == CELL_TEXT)
			count_acked(
			    k, cells[0].as.text, cells[3].as.text);
	if (ev->type != MESSAGE_END)
		return;
	say_acked(k, ev);
	free(k);
}

void
ack_send(struct app *a, char *const *names, size_t n)
{
	struct acking *k;
	struct alarm_info *alarm;
	char name[PLANT_NAME_MAX + 1];
	size_t i;

	if (n == 0 || !link_begin(&a->link, VERB_ACK))
		return;
	for (i = 0; i < n; i++) {
		client_with(a->link.client, PARAMETER_NAME, names[i]);
		str_copy(name, names[i], sizeof(name));
		name[strcspn(name, "#")] = '\0';
		alarm = things_find_alarm(&a->things, name);
		if (alarm != NULL)
			alarm->asked = true;
	}
	link_pressed(&a->link, a->now);
	k = xcalloc(1, sizeof(*k));
	k->app = a;
	if (link_send(&a->link, on_acked, k) == 0)
		free(k);
	app_changed(a, CHANGE_ALARMS);
}

#define DRAWN_NAME (PLANT_NAME_MAX + 12)
#define PAGE_MOST 128

/* NAME#OCCURRENCE as drawn: the stamp carries the occurrence. */
static bool
drawn_name(struct app *a, const struct table_row *row, char dst[DRAWN_NAME])
{
	struct alarm_info *alarm = by_key(a, row->key);

	if (alarm == NULL)
		return false;
	return snprintf(dst, DRAWN_NAME, "%s#%u", alarm->name,
	    (unsigned)(row->stamp >> 8)) < DRAWN_NAME;
}

static void
ack_one(struct list *l)
{
	struct table_row row;
	char name[DRAWN_NAME];

	if (table_picked(&l->table, &row) && drawn_name(l->app, &row, name))
		ack_send(l->app, (char *[]){ name }, 1);
}

struct page {			/* exactly the rows that were drawn */
	size_t n;
	char names[PAGE_MOST][DRAWN_NAME];
};

static void
ack_page(struct app *a, void *arg)
{
	struct page *p = arg;
	char *names[PAGE_MOST];
	size_t i;

	for (i = 0; i < p->n; i++)
		names[i] = p->names[i];
	ack_send(a, names, p->n);
}

static bool
waits(const struct table_row *row)
{
	enum alarm_state s = (enum alarm_state)(row->stamp & 0x7f);

	/* nobody acknowledges by page what was put aside (P8) */
	if (row->stamp & STAMP_INHIBITED)
		return false;
	return s == ALARM_UNACKNOWLEDGED || s == ALARM_RETURNED;
}

static void
ask_page(struct list *l)
{
	struct page *p = xcalloc(1, sizeof(*p));
	static char text[80], number[16];
	const struct table_row *rows;
	size_t n, i;

	rows = table_drawn(&l->table, &n);
	for (i = 0; i < n && p->n < PAGE_MOST; i++)
		if (waits(&rows[i]) &&
		    drawn_name(l->app, &rows[i], p->names[p->n]))
			p->n++;
	if (p->n == 0) {
		free(p);
		app_say(l->app, REMARK_INFO,
		    _("nothing on this page waits for an acknowledgement"));
		return;
	}
	snprintf(text, sizeof(text),
	    ngettext("Acknowledge the %zu alarm on this page?",
		"Acknowledge the %zu alarms on this page?", p->n),
	    p->n);
	snprintf(number, sizeof(number), "%zu", p->n);
	view_push(&l->app->views, &view_question,
	    &(struct question){ _("Acknowledge page"), text, number, ack_page,
		p });
}

static unsigned
pens_of_alarm(const struct alarm_info *a, const char **names)
{
	if (a == NULL || *a->tag == '\0')
		return 0;
	names[0] = a->tag;
	return 1;
}

unsigned
alarms_pens(const struct view *v, const char **names)
{
	const struct list *l = v->data;
	struct table_row row;

	return table_picked(&l->table, &row)
	    ? pens_of_alarm(by_key(l->app, row.key), names)
	    : 0;
}

void
alarms_chosen(const struct view *v, struct chosen *c)
{
	const struct list *l = v->data;
	const struct alarm_info *alarm;
	struct table_row row;

	if (table_picked(&l->table, &row) &&
	    (alarm = by_key(l->app, row.key)) != NULL)
		str_copy(c->alarm, alarm->name, sizeof(c->alarm));
}

static bool
do_action(struct view *v, int action)
{
	struct list *l = v->data;
	struct table_row row;
	struct alarm_info *alarm;

	switch (action) {
	case ACTION_ACK:
		ack_one(l);
		return true;
	case ACTION_ACK_PAGE:
		ask_page(l);
		return true;
	case ACTION_DETAIL:
		if (table_picked(&l->table, &row) &&
		    (alarm = by_key(l->app, row.key)) != NULL)
			view_push(&l->app->views, &view_alarm_detail,
			    alarm->name);
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

const struct view_class view_alarms = { .name = "alarms",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
