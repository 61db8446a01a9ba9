/* SPDX-License-Identifier: ISC */
/*
 * One event with all that is known of it, however narrow the list. It leads to
 * what it belongs to and, if it was a command or an acknowledgement, to the
 * way that took, for those who may see traces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/when.h"
#include "console/actions.h"
#include "console/lines.h"
#include "console/views.h"
#include "console/words.h"
#include "term/form.h"
#include "wire/said.h"

struct sheet {
	struct wall time;
	char *kind, *area, *name, *text, *user, *station, *old, *new, *result;
	uint64_t command;
	bool simulated;
};

static void
init(struct view *v, void *arg)
{
	const struct event_request *r = arg;
	struct sheet *s = xcalloc(1, sizeof(*s));

	s->time = r->time;
	s->kind = xstrdup(r->kind);
	s->area = xstrdup(r->area);
	s->name = xstrdup(r->name);
	s->text = xstrdup(r->text);
	s->user = xstrdup(r->user);
	s->station = xstrdup(r->station);
	s->old = xstrdup(r->old);
	s->new = xstrdup(r->new);
	s->result = xstrdup(r->result);
	s->command = r->command;
	s->simulated = r->simulated;
	v->data = s;
}

static void
fini(struct view *v)
{
	struct sheet *s = v->data;

	free(s->kind);
	free(s->area);
	free(s->name);
	free(s->text);
	free(s->user);
	free(s->station);
	free(s->old);
	free(s->new);
	free(s->result);
	free(s);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	(void)now;
	if (what & CHANGE_LANGUAGE)
		view_dirty(v);
}

/* What an alarm was and is stands as in its list; of a value, before and
 * after. */
static int
change(struct canvas c, int row, const struct sheet *s)
{
	char text[200];

	if (*s->old == '\0' && *s->new == '\0')
		return row;
	snprintf(text, sizeof(text), "%s -> %s", words_state(s->old),
	    words_state(s->new));
	return lines_paragraph(c, row, _("change"), text);
}

static int
who(struct canvas c, int row, const struct sheet *s)
{
	char text[200];

	if (*s->user == '\0')
		return row;
	snprintf(text, sizeof(text), "%s%s%s", s->user,
	    *s->station != '\0' ? _(" at ") : "", s->station);
	return lines_put(c, row, _("by"), text);
}

static bool
has_way(const struct view *v)
{
	const struct sheet *s = v->data;

	return s->command != 0 && app_may(v->app, FUNCTION_TRACE);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct sheet *s = v->data;
	int rows = c.rows < 17 ? c.rows : 17;
	int cols = c.cols < 74 ? c.cols : 74, row = 0;
	char when[WHEN_CAP], said[800], text[32];

	(void)now;
	c = form_frame(c, *s->name != '\0' ? s->name : words_kind(s->kind),
	    rows, cols);
	row = lines_put(c, row, _("time"), when_local(when, s->time));
	row = lines_put(c, row, _("kind"), words_kind(s->kind));
	row = lines_put(c, row, _("area"), s->area);
	if (s->simulated)
		row = lines_put(c, row, _("note"),
		    _("simulated: nobody lived through it"));
	row = lines_paragraph(
	    c, row, _("text"), said_show(said, sizeof(said), s->text));
	row = change(c, row, s);
	row = who(c, row, s);
	row = lines_paragraph(
	    c, row, _("result"), said_show(said, sizeof(said), s->result));
	if (s->command != 0) {
		snprintf(text, sizeof(text), "%llu",
		    (unsigned long long)s->command);
		row = lines_put(c, row, _("command"), text);
	}
	canvas_text(c, c.rows - 1, 1, c.cols - 2, STYLE_KEY,
	    has_way(v) ? _("J its way in microseconds   w what it is of   q back")
		       : _("w what it is of   q back"));
}

void
event_open(struct view *v, const char *of)
{
	struct app *a = v->app;
	char name[PLANT_NAME_MAX + 1];

	str_copy(name, of, sizeof(name));
	name[strcspn(name, "#")] = '\0';
	if (things_find_alarm(&a->things, name) != NULL) {
		view_push(v->stack, &view_alarm_detail, name);
		return;
	}
	name[strcspn(name, ".")] = '\0';
	if (name_is_object(name))
		view_push(v->stack, &view_object, name);
	else
		app_say(a, REMARK_INFO, _(" it belongs to no object"));
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct sheet *s = v->data;

	(void)now;
	if (!key_is_char(k) || k->code != 'J' || !has_way(v))
		return false;
	view_push(v->stack, &view_trace, &s->command);
	return true;
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
	const struct sheet *s = v->data;

	if (action != ACTION_DETAIL && action != ACTION_WRITE)
		return false;
	event_open(v, s->name);
	return true;
}

const struct view_class view_event = { .name = "event",
	.modal = true,
	.init = init,
	.fini = fini,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action,
	.has_item = has_item };
