/* SPDX-License-Identifier: ISC */
/* One alarm: what it means and what to do, the thing operators miss most. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/when.h"
#include "console/actions.h"
#include "console/chosen.h"
#include "console/lines.h"
#include "console/views.h"
#include "console/words.h"
#include "term/field.h"
#include "term/form.h"

struct detail {
	char name[PLANT_NAME_MAX + 1];
	struct tag_info *tag;	/* that it watches, or NULL */
	uint32_t drawn;		/* the occurrence that was on the glass */
	struct mono changed_at;	/* when it became another one (P10) */
};

/* Its value is shown as it is now, beside what it was when it came. */
static void
want(struct view *v)
{
	struct detail *d = v->data;
	struct app *app = v->app;
	struct things *t = &app->things;
	const struct alarm_info *a = things_find_alarm(t, d->name);
	struct tag_info *tag;

	if (a == NULL || *a->tag == '\0')
		return;
	tag = things_tag(t, a->tag);
	if (tag == d->tag)
		return;
	d->tag = tag;
	app_want(app, v, &d->tag->index, 1);
}

static void
init(struct view *v, void *arg)
{
	struct detail *d = xcalloc(1, sizeof(*d));

	str_copy(d->name, arg, sizeof(d->name));
	d->changed_at = (struct mono){ INT64_MIN / 2 };
	v->data = d;
	want(v);
}

static void
fini(struct view *v)
{
	app_unwant(v->app, v);
	free(v->data);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	(void)now;
	if (what & CHANGE_ALARMS)	/* an apply may give it another one */
		want(v);
	if (what & (CHANGE_ALARMS | CHANGE_VALUES | CHANGE_THINGS |
		       CHANGE_BEAT | CHANGE_LINK))
		view_dirty(v);
}

/* The limit that holds now; of an alarm by name, as screens draw it. */
static double
limit_now(const struct tag_info *g, const char *name)
{
	const char *which = strrchr(name, '.');

	if (which == NULL)
		return NAN;
	return strcmp(which, ".HH") == 0 ? g->hh_limit
	    : strcmp(which, ".H") == 0	 ? g->h_limit
	    : strcmp(which, ".L") == 0	 ? g->l_limit
	    : strcmp(which, ".LL") == 0	 ? g->ll_limit
					 : NAN;
}

/* Between two beats nobody sees less than a second. */
static char *
age_print(char dst[WHEN_CAP], struct wall now, struct wall then)
{
	if (now.ms < then.ms + 1000)
		snprintf(dst, WHEN_CAP, "0 s");
	else
		span_print(dst, (struct span){ now.ms - then.ms });
	return dst;
}

/* What its tag is now, how good that is, and for how long it has been so. */
static int
value_now(struct canvas c, int row, const struct things *t,
    const struct tag_info *g, const char *alarm)
{
	char room[VALUE_CAP], clock[WHEN_CAP], age[WHEN_CAP], text[300];
	struct field f = tag_field(t, g, room);
	double limit = limit_now(g, alarm);
	int width = field_measure(&f), at = LINES_LABEL + 2;

	canvas_text(c, row, 1, LINES_LABEL, STYLE_LABEL, _("now"));
	field_draw(c, row, at, width, FIELD_LEFT, &f);
	at += width + 1;
	if (f.quality == FIELD_NEVER)
		return row + 1;
	canvas_text(c, row, at, c.cols - at - 1, STYLE_LABEL, g->unit);
	at += canvas_columns(g->unit) + (*g->unit != '\0');
	snprintf(text, sizeof(text), _("(%s, since %s, %s)"),
	    words_quality((enum quality)(t->no_data &&
		    g->value.quality < QUALITY_STALE
		? QUALITY_STALE
		: g->value.quality)),
	    when_clock(clock, g->value.time),
	    age_print(age, t->now, g->value.time));
	canvas_text(c, row, at, c.cols - at - 1, STYLE_NORMAL, text);
	at += canvas_columns(text) + 2;
	if (!isnan(limit) && at < c.cols - 1) {
		snprintf(text, sizeof(text), _("limit %.*f"), g->decimals,
		    limit);
		canvas_text(c, row, at, c.cols - at - 1, STYLE_NORMAL, text);
	}
	return row + 1;
}

/* Put aside: what it is, since when, until when, by whom, why. */
static int
inhibited(struct canvas c, int row, const struct alarm_info *a)
{
	char list[100], since[WHEN_CAP], until[WHEN_CAP], text[300];

	if (*a->inhibit == '\0')
		return row;
	snprintf(text, sizeof(text), "%s%s%s%s%s",
	    words_list(list, sizeof(list), a->inhibit),
	    a->inhibited.ms != 0 ? _(" since ") : "",
	    a->inhibited.ms != 0 ? when_local(since, a->inhibited) : "",
	    a->until.ms != 0 ? _(" until ") : "",
	    a->until.ms != 0 ? when_local(until, a->until) : "");
	row = lines_put(c, row, _("inhibited"), text);
	snprintf(text, sizeof(text), "%s: %s",
	    *a->owner != '\0' ? a->owner : _("by the project"), a->reason);
	return *a->reason != '\0' ? lines_paragraph(c, row, _("why"), text) : row;
}

static int
times(struct canvas c, int row, const struct alarm_info *a)
{
	char when[WHEN_CAP], text[160];

	row = lines_put(c, row, _("since"), when_local(when, a->raised));
	if (a->acked.ms != 0) {
		snprintf(text, sizeof(text), "%s%s%s%s",
		    when_local(when, a->acked), *a->by != '\0' ? _(" by ") : "",
		    a->by, a->recorded ? "" : _(" (not recorded yet)"));
		row = lines_put(c, row, _("acknowledged"), text);
	}
	if (a->returned.ms != 0)
		row = lines_put(c, row, _("returned"), when_local(when, a->returned));
	return row;
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct app *app = v->app;
	struct detail *d = v->data;
	const struct alarm_info *a =
	    things_find_alarm(&app->things, d->name);
	int rows = c.rows < 19 ? c.rows : 19;
	int cols = c.cols < 74 ? c.cols : 74, row = 0;
	char text[200];

	c = form_frame(c, d->name, rows, cols);
	if (a == NULL) {
		d->drawn = 0;
		canvas_text(c, 1, 1, c.cols - 2, STYLE_NORMAL,
		    _("This alarm is normal again.  q back"));
		return;
	}
	if (d->drawn != 0 && d->drawn != a->occurrence)
		d->changed_at = now;
	d->drawn = a->occurrence;
	badge_draw(c, row, 1, alarm_badge(a), a->priority);
	canvas_printf(c, row++, 4, c.cols - 5, STYLE_TITLE, "%s  %s",
	    alarm_info_mark(a), a->title);
	row = lines_put(c, row, _("area"), a->area);
	if (a->count > 1) {
		snprintf(text, sizeof(text), _("%u times"), a->count);
		row = lines_put(c, row, _("came"), text);
	}
	if (*a->limit != '\0' && strcmp(a->value, a->limit) != 0) {
		snprintf(text, sizeof(text), _("%s %s at a limit of %s %s"),
		    a->value, a->unit, a->limit, a->unit);
		row = lines_put(c, row, _("came at"), text);
	}
	if (d->tag != NULL)
		row = value_now(c, row, &app->things, d->tag, a->name);
	row = inhibited(c, row, a);
	if (a->quiet)
		row = lines_put(c, row, _("note"),
		    _("nothing is to be done: it is in the list only"));
	if (a->folded)
		row = lines_put(c, row, _("note"),
		    _("a worse alarm of the same value stands for it"));
	if (!a->verified || a->held)
		row = lines_put(c, row, _("note"),
		    !a->verified ? _("not verified since the server started")
				 : _("its input is bad: the state is held"));
	row = times(c, row, a);
	row = lines_paragraph(c, row + 1, _("cause"), a->cause);
	row = lines_paragraph(c, row, _("action"), a->action);
	canvas_text(c, c.rows - 1, 1, c.cols - 2, STYLE_KEY,
	    _("a acknowledge   w write to its object   q back"));
}

static bool
has_item(const struct view *v, struct mono *changed)
{
	const struct detail *d = v->data;

	*changed = d->changed_at;
	return true;
}

unsigned
alarm_detail_pens(const struct view *v, const char **names)
{
	const struct detail *d = v->data;
	struct app *app = v->app;
	const struct alarm_info *a =
	    things_find_alarm(&app->things, d->name);

	if (a == NULL || *a->tag == '\0')
		return 0;
	names[0] = a->tag;
	return 1;
}

void
alarm_detail_chosen(const struct view *v, struct chosen *c)
{
	const struct detail *d = v->data;

	str_copy(c->alarm, d->name, sizeof(c->alarm));
}

static bool
do_action(struct view *v, int action)
{
	struct app *app = v->app;
	struct detail *d = v->data;
	const struct alarm_info *a =
	    things_find_alarm(&app->things, d->name);
	char *name;

	switch (action) {
	case ACTION_ACK:
		if (d->drawn == 0)
			return true;
		name = xasprintf("%s#%u", d->name, d->drawn);
		ack_send(app, &name, 1);
		free(name);
		return true;
	case ACTION_WRITE:
	case ACTION_DETAIL:
		if (a != NULL && *a->object != '\0')
			view_push(&app->views, &view_object, a->object);
		return true;
	default:
		return false;
	}
}

const struct view_class view_alarm_detail = { .name = "alarm",
	.modal = true,
	.init = init,
	.fini = fini,
	.update = update,
	.draw = draw,
	.action = do_action,
	.has_item = has_item };
