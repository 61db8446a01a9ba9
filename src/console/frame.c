/* SPDX-License-Identifier: ISC */
#include "console/frame.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/language.h"
#include "base/when.h"

#define WIDE 110	/* columns from which more is said */

static int
rank_style(const struct app *a)
{
	static const uint32_t more = 1u << FUNCTION_TUNE |
	    1u << FUNCTION_OVERRIDE | 1u << FUNCTION_USERS |
	    1u << FUNCTION_CONTROL | 1u << FUNCTION_SHELVE |
	    1u << FUNCTION_BYPASS;

	return a->welcome.functions & more ? STYLE_ROLE : STYLE_STATUS;
}

/* The first role is what people call somebody. */
static void
print_who(const struct app *a, char *dst, size_t cap)
{
	if (*a->welcome.roles == '\0')
		snprintf(dst, cap, _("%s, looks on"),
		    strcmp(a->welcome.user, "local") == 0 ? _("nobody")
							  : a->welcome.user);
	else
		snprintf(dst, cap, "%s/%.*s", a->welcome.user,
	    (int)strcspn(a->welcome.roles, ","), a->welcome.roles);
}

static void
no_data_bar(const struct app *a, struct canvas c)
{
	char since[WHEN_CAP];
	struct wall at = a->lost ? a->lost_since : a->beat.now;

	canvas_clear(c, STYLE_NO_DATA);
	if (at.ms == 0)
		canvas_printf(c, 0, 0, c.cols, STYLE_NO_DATA,
		    _(" NO DATA: waiting for the server"));
	else
		canvas_printf(c, 0, 0, c.cols, STYLE_NO_DATA,
		    _(" NO DATA since %s: what stands here is old. "
		      "Waiting for the server .."),
		    when_clock(since, at));
}

struct edge {			/* the free part of the status line */
	struct canvas c;
	int at;			/* its end */
};

static void __attribute__((format(printf, 3, 4)))
put_mark(struct edge *e, enum style style, const char *fmt, ...)
{
	char text[128];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	e->at -= canvas_columns(text);
	if (e->at < 0)
		e->at = 0;
	canvas_text(e->c, 0, e->at, -1, style, text);
	e->at--;
}

/* What nobody may overlook; the worst last, so that it is nearest to the
 * title. Without an edge nothing is drawn; the columns that all take. */
static int
each_warning(const struct app *a, struct edge *e)
{
	static const enum style styles[] = { STYLE_OVERRIDE, STYLE_OVERRIDE,
		STYLE_FROZEN, STYLE_NO_DATA, STYLE_VIEW_ONLY };
	char text[5][64] = { "", "", "", "", "" };
	int cols = 0, i;

	if (a->beat.overrides > 0)
		snprintf(text[0], sizeof(text[0]), " F %u ",
		    a->beat.overrides);
	if (a->beat.bypasses > 0)
		snprintf(text[1], sizeof(text[1]), " B %u ",
		    a->beat.bypasses);
	if (a->frozen)
		snprintf(text[2], sizeof(text[2]), _(" FROZEN %d s "),
		    (int)(mono_since(a->now, a->frozen_at).ms / 1000));
	if (a->beat.store_behind)
		str_copy(text[3], _(" NOT RECORDED "), sizeof(text[3]));
	if (!a->beat.control)
		str_copy(text[4], _(" VIEW ONLY "), sizeof(text[4]));
	for (i = 0; i < 5; i++) {
		if (*text[i] == '\0')
			continue;
		cols += canvas_columns(text[i]) + 1;
		if (e != NULL)
			put_mark(e, styles[i], "%s", text[i]);
	}
	return cols;
}

/* From the right: clock, PLCs, heart, who; then the warnings. On a narrow
 * glass the date goes first, then who it is. */
static void
draw_status(struct app *a, struct canvas c)
{
	struct view *v = view_screen(&a->views);
	struct edge e = { c, c.cols - 1 };
	char title[160] = "", who[128], clock[32] = "--:--:--";
	time_t s = (time_t)(a->beat.now.ms / 1000);
	int room;
	struct tm tm;

	if (a->no_data || a->lost) {
		no_data_bar(a, c);
		return;
	}
	canvas_clear(c, STYLE_STATUS);
	if (v != NULL)
		view_title(v, title, sizeof(title));
	print_who(a, who, sizeof(who));
	/* beside title, warnings, clock, PLCs and heart */
	room = c.cols - canvas_columns(title) - each_warning(a, NULL) - 24;
	if (a->beat.now.ms != 0 && localtime_r(&s, &tm) != NULL)
		strftime(clock, sizeof(clock),
		    room >= canvas_columns(who) + 8 ? _("%d-%b %H:%M:%S")
						     : "%H:%M:%S",
		    &tm);
	put_mark(&e,
	    a->beat.devices_ok < a->beat.devices ? STYLE_REFUSED
						  : STYLE_STATUS,
	    _("%u/%u PLC  %s"), a->beat.devices_ok, a->beat.devices, clock);
	canvas_glyph(c, 0, e.at - 1, STYLE_STATUS,
	    a->beat.now.ms / 1000 % 2 != 0 ? GLYPH_HEART : GLYPH_HEART_OFF);
	e.at -= 3;
	if (room >= canvas_columns(who) || c.cols >= 80)
		put_mark(&e, (enum style)rank_style(a), "%s", who);
	each_warning(a, &e);
	if (e.at > 4)
		canvas_text(c, 0, 1, e.at - 1, STYLE_TITLE, title);
}

#define MORE 9			/* columns of " +12 more" */

/* Fixed columns, so that the eye finds the same thing at the same place; spare
 * ones at the right stay free. */
static void
draw_alarm(struct canvas c, int row, const struct alarm_info *a, int spare)
{
	char clock[WHEN_CAP], value[160];
	bool wide = c.cols >= WIDE;
	int name = wide ? 22 : 16, area = wide ? 14 : 0, at = 18 + name,
	    room, limit = wide ? 26 : 17;

	badge_draw(c, row, 0, alarm_badge(a), a->priority);
	canvas_text(c, row, 3, 4, STYLE_NORMAL, alarm_info_mark(a));
	canvas_text(c, row, 8, 8, STYLE_LABEL, when_clock(clock, a->raised));
	room = c.cols - at - area - limit - 2 - spare;
	if (room < 0) {		/* a small window: which one it is */
		canvas_text(c, row, 17, c.cols - 17 - spare, STYLE_NORMAL,
		    a->name);
		return;
	}
	canvas_text(c, row, 17, name, STYLE_NORMAL, a->name);
	canvas_text(c, row, at, room, STYLE_NORMAL, a->title);
	if (*a->limit != '\0' && strcmp(a->value, a->limit) != 0)
		snprintf(value, sizeof(value), "%s %s (%s)", a->value,
		    a->unit, a->limit);
	else
		value[0] = '\0';
	if (!a->verified)
		snprintf(value, sizeof(value), _("not verified"));
	else if (a->held)
		snprintf(value, sizeof(value), _("input bad"));
	canvas_text_right(
	    c, row, at + room + 1, limit, STYLE_VALUE, value);
	if (area > 0)
		canvas_text(c, row, c.cols - spare - area, area, STYLE_LABEL,
		    a->area);
}

static void
draw_banner(struct app *a, struct canvas c)
{
	const struct alarm_info *last = NULL;
	size_t i, shown = 0, more = 0;

	canvas_clear(c, STYLE_NORMAL);
	for (i = 0; i < a->things.order.n; i++) {
		if (!alarm_info_is_announced(a->things.order.at[i]))
			continue;
		if (shown < (size_t)c.rows) {
			last = a->things.order.at[i];
			draw_alarm(c, (int)shown++, last, 0);
		} else if (alarm_info_waits(a->things.order.at[i])) {
			more++;
		}
	}
	if (shown == 0)
		canvas_text(c, 0, 0, -1, STYLE_LABEL,
		    a->things.alarms_complete ? _(" No alarms") : " ..");
	if (more > 0) {	/* beside its value, never over it (P31) */
		canvas_fill(canvas_part(c, c.rows - 1, 0, 1, c.cols),
		    STYLE_NORMAL, ' ');
		draw_alarm(c, c.rows - 1, last, MORE);
		canvas_printf(c, c.rows - 1, c.cols - MORE, MORE, STYLE_NOTICE,
		    _(" +%zu more"), more);
	}
}

static void
draw_footer(struct app *a, struct canvas c)
{
	struct view *v = view_top(&a->views);
	struct keymap_state state = app_key_state(a, v);

	canvas_clear(c, STYLE_KEY);
	keymap_draw_footer(&a->keys, c, seat_footer(a), &state);
}

/* What the server tells of others begins with when it was: "12:34:56 olga". */
static bool
has_time(const char *text)
{
	return strlen(text) > 8 && strspn(text, "0123456789") == 2 &&
	    text[2] == ':' && text[5] == ':';
}

/* A result that still stands is told from one of now by its time. */
static void
draw_message(struct app *a, struct canvas c)
{
	const struct remark *m = &a->message;
	char when[WHEN_CAP];

	remark_draw(c, m);
	if (m->text[0] == '\0' || m->kind == REMARK_INFO ||
	    a->beat.now.ms == 0 || has_time(m->text))
		return;
	if (a->said.us != m->since.us) {
		a->said = m->since;
		a->said_at.ms = a->beat.now.ms +
		    mono_since(m->since, a->beat_at).ms;
	}
	when_clock(when, a->said_at);
	if (canvas_columns(m->text) + (int)strlen(when) + 3 <= c.cols)
		canvas_text(c, 0, c.cols - (int)strlen(when) - 1, -1,
		    remark_style(m), when);
}

void
frame_draw(struct app *a, struct canvas c, const struct layout_frame *f)
{
	draw_status(a, canvas_rect(c, f->status));
	draw_banner(a, canvas_rect(c, f->banner));
	draw_message(a, canvas_rect(c, f->message));
	draw_footer(a, canvas_rect(c, f->footer));
}
