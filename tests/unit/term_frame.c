/* SPDX-License-Identifier: ISC */
/* The layers together: a whole console screen, in every set and depth. */
#include "term/badge.h"
#include "term/bar.h"
#include "term/field.h"
#include "term/keymap.h"
#include "term/layout.h"
#include "term/remark.h"
#include "term_help.h"

enum { HELP = 1, OVERVIEW, ALARMS, ACK };

static const struct keymap_row keys[] = {
	{ "help", { "?", "F1" }, "Help", "Shows what every key does.", 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, HELP },
	{ "overview", { "o", "F2", "2" }, "Over", "Goes to the overview.", 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, OVERVIEW },
	{ "alarms", { "A", "F3", "3" }, "Alarm", "Opens the alarm list.", 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, ALARMS },
	{ "ack", { "a", "F4" }, "Ack", "Acknowledges the selected alarm.", 0,
	    KEYMAP_FOOTER | KEYMAP_ITEM | KEYMAP_ACTS, ACK },
};

static const struct {
	enum badge badge;
	unsigned priority;
	const char *line;
} alarms[] = {
	{ BADGE_UNACKNOWLEDGED, 1, "UNA 12:33:10 LT-501.HH   Very high" },
	{ BADGE_ACKNOWLEDGED, 2, "ACK 12:31:44 P-101A.FAIL Pump tripped" },
	{ BADGE_RETURNED, 3, "RTN 12:29:55 PT-209.L    Pressure low" },
	{ BADGE_SHELVED, 4, "SHL 12:00:00 FT-301.L    Flow low" },
};

static void
draw_banner(struct canvas c)
{
	for (int i = 0; i < c.rows; i++) {
		badge_draw(c, i, 0, alarms[i].badge, alarms[i].priority);
		canvas_text(c, i, 3, -1, STYLE_NORMAL, alarms[i].line);
	}
}

static void
draw_body(struct canvas c)
{
	struct bar b = { 0, 6, 1.0, 5.7, 3, 5, 5.8, 4.5, true };
	struct field f = { NULL, 5.8, 2, FIELD_GOOD, 0 };

	canvas_text(c, 1, 1, -1, STYLE_LABEL, "Clear water level");
	field_draw(c, 1, 20, 8, FIELD_RIGHT, &f);
	canvas_text(c, 1, 29, -1, STYLE_LABEL, "m");
	bar_draw_range(canvas_part(c, 1, 31, 1, 24), 0, &b);
	f.quality = FIELD_BAD;
	canvas_text(c, 2, 1, -1, STYLE_LABEL, "Power");
	field_draw(c, 2, 20, 8, FIELD_RIGHT, &f);
	canvas_glyph(c, 3, 1, STYLE_ON, GLYPH_ON);
	canvas_text(c, 3, 3, -1, STYLE_LABEL, "P-101A RUN");
}

static void
draw_screen(struct terminal *t, struct mono now)
{
	struct canvas c = terminal_frame_begin(t, now);
	struct layout_frame f = layout_frame(c.rows, c.cols);
	struct keymap_state state = { .now = now };
	struct remark message;
	struct keymap map;

	keymap_init(&map, keys, sizeof(keys) / sizeof(*keys));
	remark_init(&message);
	remark_set(&message, REMARK_REFUSAL, (struct span){ 0 }, now,
	    "Ack: nothing is selected");
	canvas_text(canvas_rect(c, f.status), 0, 0, c.cols, STYLE_STATUS,
	    " CLEAR WATER  L2");
	draw_banner(canvas_rect(c, f.banner));
	draw_body(canvas_rect(c, f.body));
	remark_draw(canvas_rect(c, f.message), &message);
	keymap_draw_footer(&map, canvas_rect(c, f.footer), NULL, &state);
	keymap_fini(&map);
	terminal_frame_end(t, now);
}

static const char utf8_80x24[] =
    " CLEAR WATER  L2\n"
    "■1 UNA 12:33:10 LT-501.HH   Very high\n"
    "▲2 ACK 12:31:44 P-101A.FAIL Pump tripped\n"
    "\n"
    " Clear water level      5.80 m ├────░░░░░░░▒▒▒▒▒◇▒░░░▲┤\n"
    " Power                 ◌5.80\n"
    " ● P-101A RUN\n"
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
    " Ack: nothing is selected\n"
    "F1/? Help  F2/o Over  F3/A Alarm  F4/a Ack\n";

static const char ascii_80x24[] =
    " CLEAR WATER  L2\n"
    "#1 UNA 12:33:10 LT-501.HH   Very high\n"
    "^2 ACK 12:31:44 P-101A.FAIL Pump tripped\n"
    "\n"
    " Clear water level      5.80 m [----.......=====o=...^]\n"
    " Power                 ?5.80\n"
    " @ P-101A RUN\n"
    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
    " Ack: nothing is selected\n"
    "F1/? Help  F2/o Over  F3/A Alarm  F4/a Ack\n";

static void
every_depth_shows_the_same_text_and_meaning(void **state)
{
	char styles[8192];
	struct terminal *t = help_screen(24, 80);

	(void)state;
	draw_screen(t, AT(0));
	assert_string_equal(help_text(t), utf8_80x24);
	snprintf(styles, sizeof(styles), "%s", help_styles(t));
	for (int theme = THEME_LIGHT; theme <= THEME_MONO; theme++) {
		for (int depth = DEPTH_MONO; depth <= DEPTH_256; depth++) {
			terminal_set_look(t, (enum style_theme)theme,
			    (enum style_depth)depth, SET_UTF8);
			draw_screen(t, AT(0));
			assert_string_equal(help_text(t), utf8_80x24);
			assert_string_equal(help_styles(t), styles);
			terminal_set_look(t, (enum style_theme)theme,
			    (enum style_depth)depth, SET_ASCII);
			draw_screen(t, AT(0));
			assert_string_equal(help_text(t), ascii_80x24);
			assert_string_equal(help_styles(t), styles);
		}
	}
	help_close(t);
}

static void
a_large_screen_has_four_banner_rows(void **state)
{
	struct terminal *t = help_screen(43, 132);
	const char *text;

	(void)state;
	draw_screen(t, AT(0));
	text = help_text(t);
	assert_true(strstr(text, "▲2 ACK 12:31:44 P-101A.FAIL Pump tripped\n"
				 "▽3 RTN 12:29:55 PT-209.L    Pressure low\n"
				 "s4 SHL 12:00:00 FT-301.L    Flow low\n"
				 "\n"
				 " Clear water level") != NULL);
	help_close(t);
}

static void
nothing_vanishes_in_the_other_half_of_a_blink(void **state)
{
	char first[4096];
	struct terminal *t = help_screen(24, 80);

	(void)state;
	draw_screen(t, AT(0));
	snprintf(first, sizeof(first), "%s", help_text(t));
	assert_true(terminal_wants_flash(t, AT(500)));
	draw_screen(t, AT(500));
	assert_string_equal(help_text(t), first);
	help_close(t);
}

static void
any_size_can_be_drawn(void **state)
{
	struct terminal *t = help_screen(1, 1);

	(void)state;
	for (int rows = 1; rows <= 61; rows += 3) {
		for (int cols = 1; cols <= 200; cols += 11) {
			terminal_set_size(t, rows, cols);
			draw_screen(t, AT(0));
		}
	}
	terminal_set_size(t, 200, 500);
	draw_screen(t, AT(0));
	terminal_set_size(t, 24, 80);
	draw_screen(t, AT(0));
	assert_string_equal(help_text(t), utf8_80x24);
	help_close(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_depth_shows_the_same_text_and_meaning),
		cmocka_unit_test(a_large_screen_has_four_banner_rows),
		cmocka_unit_test(
		    nothing_vanishes_in_the_other_half_of_a_blink),
		cmocka_unit_test(any_size_can_be_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
