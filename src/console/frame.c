/* SPDX-License-Identifier: ISC */
#include "console/frame.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/when.h"

#define WIDE 110	/* columns from which more is said */

static int
rank_style(const struct app *a)
{
	static const uint32_t more = 1u << FUNCTION_TUNE |
	    1u << FUNCTION_OVERRIDE | 1u << FUNCTION_USERS |
	    1u << FUNCTION_CONTROL | 1u << FUNCTION_SHELVE;

	return a->welcome.functions & more ? STYLE_ROLE : STYLE_STATUS;
}

/* The first role is what people call somebody. */
static void
print_who(const struct app *a, char *dst, size_t cap)
{
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
		    " NO DATA: waiting for the server");
	else
		canvas_printf(c, 0, 0, c.cols, STYLE_NO_DATA,
		    " NO DATA since %s: what stands here is old. Waiting for "
		    "the server ..",
		    when_clock(since, at));
}

/* For the date, beside the title and what must be said? */
static bool
has_room(const struct app *a, int cols, const char *title)
{
	char who[128];
	int marks = (!a->beat.control ? 12 : 0) +
	    (a->beat.store_behind ? 14 : 0) + (a->beat.overrides > 0 ? 6 : 0);

	print_who(a, who, sizeof(who));
	return canvas_columns(title) + (int)strlen(who) + marks + 34 <= cols;
}

/* From the right: clock, PLCs, who; then what matters most. */
static void
draw_status(struct app *a, struct canvas c)
{
	struct view *v = view_screen(&a->views);
	char title[160], who[128], clock[32] = "--:--:--", right[96];
	time_t s = (time_t)(a->beat.now.ms / 1000);
	bool odd = a->beat.now.ms / 1000 % 2 != 0;
	struct tm tm;
	int at;

	if (a->no_data || a->lost) {
		no_data_bar(a, c);
		return;
	}
	canvas_clear(c, STYLE_STATUS);
	title[0] = '\0';
	if (v != NULL)
		view_title(v, title, sizeof(title));
	if (a->beat.now.ms != 0 && localtime_r(&s, &tm) != NULL)
		strftime(clock, sizeof(clock),
		    has_room(a, c.cols, title) ? "%d-%b %H:%M:%S" : "%H:%M:%S",
		    &tm);
	snprintf(right, sizeof(right), "%u/%u PLC  %s ", a->beat.devices_ok,
	    a->beat.devices, clock);
	at = c.cols - (int)strlen(right);
	canvas_text(c, 0, at, -1,
	    a->beat.devices_ok < a->beat.devices ? STYLE_REFUSED
						  : STYLE_STATUS,
	    right);
	canvas_glyph(c, 0, at - 2, STYLE_STATUS,
	    odd ? GLYPH_HEART : GLYPH_HEART_OFF);
	print_who(a, who, sizeof(who));
	at -= 4 + (int)strlen(who);
	canvas_text(c, 0, at, -1, (enum style)rank_style(a), who);
	if (!a->beat.control) {
		at -= 12;
		canvas_text(c, 0, at, 11, STYLE_VIEW_ONLY, " VIEW ONLY ");
	}
	if (a->beat.store_behind) {
		at -= 14;
		canvas_text(c, 0, at, 13, STYLE_NO_DATA, " NOT RECORDED");
	}
	if (a->beat.overrides > 0) {
		at -= 6;
		canvas_printf(c, 0, at, 5, STYLE_OVERRIDE, " F %u ",
		    a->beat.overrides);
	}
	canvas_text(c, 0, 1, at - 2, STYLE_TITLE, title);
}

/* Fixed columns, so that the eye finds the same thing at the same place. */
void
frame_draw_alarm(struct canvas c, int row, const struct alarm_info *a)
{
	char clock[WHEN_CAP], value[160];
	bool wide = c.cols >= WIDE;
	int name = wide ? 22 : 16, area = wide ? 14 : 0, at = 18 + name,
	    room, limit = wide ? 26 : 17;

	badge_draw(c, row, 0, alarm_badge(a), a->priority);
	canvas_text(c, row, 3, 4, STYLE_NORMAL, alarm_info_mark(a));
	canvas_text(c, row, 8, 8, STYLE_LABEL, when_clock(clock, a->raised));
	canvas_text(c, row, 17, name, STYLE_NORMAL, a->name);
	room = c.cols - at - area - limit - 2;
	canvas_text(c, row, at, room, STYLE_NORMAL, a->title);
	if (*a->limit != '\0' && strcmp(a->value, a->limit) != 0)
		snprintf(value, sizeof(value), "%s %s (%s)", a->value,
		    a->unit, a->limit);
	else
		value[0] = '\0';
	if (!a->verified)
		snprintf(value, sizeof(value), "not verified");
	else if (a->held)
		snprintf(value, sizeof(value), "input bad");
	canvas_text_right(
	    c, row, at + room + 1, limit, STYLE_VALUE, value);
	if (area > 0)
		canvas_text(c, row, c.cols - area, area, STYLE_LABEL, a->area);
}

/* P27 and inhibited alarms are in the list, not in the banner. */
static bool
in_banner(const struct alarm_info *a)
{
	return !a->folded && *a->inhibit == '\0';
}

static void
draw_banner(struct app *a, struct canvas c)
{
	size_t i, shown = 0, more = 0;

	canvas_clear(c, STYLE_NORMAL);
	for (i = 0; i < a->things.order.n; i++) {
		if (!in_banner(a->things.order.at[i]))
			continue;
		if (shown < (size_t)c.rows)
			frame_draw_alarm(
			    c, (int)shown++, a->things.order.at[i]);
		else if (alarm_info_waits(a->things.order.at[i]))
			more++;
	}
	if (shown == 0)
		canvas_text(c, 0, 0, -1, STYLE_LABEL,
		    a->things.alarms_complete ? " No alarms" : " ..");
	if (more > 0)
		canvas_printf(c, c.rows - 1, c.cols - 9, 9, STYLE_NOTICE,
		    " +%zu more", more);
}

static void
draw_footer(struct app *a, struct canvas c)
{
	struct view *v = view_top(&a->views);
	struct keymap_state state = app_key_state(a, v);

	canvas_clear(c, STYLE_KEY);
	keymap_draw_footer(&a->keys, c, NULL, &state);
}

void
frame_draw(struct app *a, struct canvas c, const struct layout_frame *f)
{
	draw_status(a, canvas_rect(c, f->status));
	draw_banner(a, canvas_rect(c, f->banner));
	remark_draw(canvas_rect(c, f->message), &a->message);
	draw_footer(a, canvas_rect(c, f->footer));
}
