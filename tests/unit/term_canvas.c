/* SPDX-License-Identifier: ISC */
/* Drawing into rectangles: clipping, cleaning, ASCII, and the dump. */
#include "term/canvas.h"

#include "term/badge.h"
#include "term/bar.h"
#include "term/field.h"
#include "term_help.h"

#define NAN_VALUE (0.0 / 0.0)

static void
text_is_cut_by_columns_never_inside_a_character(void **state)
{
	struct terminal *t = help_screen(4, 10);
	struct canvas c = terminal_frame_begin(t, AT(0));

	(void)state;
	assert_int_equal(canvas_text(c, 0, 0, 5, STYLE_VALUE, "abcdefgh"), 5);
	assert_int_equal(canvas_text(c, 1, 0, 6, STYLE_VALUE, "ab"), 2);
	assert_int_equal(
	    canvas_text(c, 2, 7, -1, STYLE_LABEL, "\346\260\264\346\260\264"), 3);
	canvas_text_right(c, 3, 0, 10, STYLE_VALUE, "4.2 \302\260C");
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "abcd\342\200\246\n"
					  "ab\n"
					  "       \346\260\264\342\200\246\n"
					  "    4.2 \302\260C\n");
	assert_string_equal(help_styles(t), ":vvvvv.....:\n"
					    ":vvvvvv....:\n"
					    ":.......lll:\n"
					    ":vvvvvvvvvv:\n");
	help_close(t);
}

static void
nothing_hostile_reaches_the_terminal(void **state)
{
	struct terminal *t = help_screen(1, 30);
	struct canvas c = terminal_frame_begin(t, AT(0));

	(void)state;
	canvas_text(c, 0, 0, -1, STYLE_NORMAL, "a\033[31mb\r\n\302\233c\342\200\256d\177");
	canvas_char(c, 0, 28, STYLE_NORMAL, 0x1b);
	canvas_char(c, 0, 29, STYLE_NORMAL, 0x202e);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t),
	    "a\302\267[31mb\302\267\302\267\302\267c\302\267d\302\267"
	    "              \302\267\302\267\n");
	help_close(t);
}

static void
what_is_outside_is_not_drawn(void **state)
{
	struct terminal *t = help_screen(3, 6);
	struct canvas c = terminal_frame_begin(t, AT(0));
	struct canvas p = canvas_part(c, 1, 1, 1, 3);

	(void)state;
	canvas_text(p, 0, 0, -1, STYLE_NORMAL, "abcdefg");
	canvas_text(p, -1, 0, -1, STYLE_NORMAL, "x");
	canvas_text(p, 1, 0, -1, STYLE_NORMAL, "x");
	canvas_text(p, 0, 3, -1, STYLE_NORMAL, "x");
	canvas_char(p, 0, -1, STYLE_NORMAL, 'x');
	canvas_hline(p, 1, -5, 50, STYLE_NORMAL);
	canvas_vline(p, -5, 5, 50, STYLE_NORMAL);
	canvas_restyle(p, 0, -2, 3, STYLE_SELECTED);
	canvas_restyle(p, 7, 0, 3, STYLE_SELECTED);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "\n ab\342\200\246\n\n");
	assert_string_equal(help_styles(t), ":......:\n:.S....:\n:......:\n");
	p = canvas_part(c, -2, -2, 3, 3);
	assert_int_equal(p.rows, 1);
	assert_int_equal(p.cols, 1);
	p = canvas_part(c, 9, 9, 3, 3);
	assert_int_equal(p.rows, 0);
	assert_int_equal(p.cols, 0);
	help_close(t);
}

static void
a_box_has_corners_also_in_the_last_cell(void **state)
{
	struct terminal *t = help_screen(3, 14);

	(void)state;
	canvas_box(terminal_frame_begin(t, AT(0)), STYLE_BORDER, "Title");
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t),
	    "┌── Title ───┐\n"
	    "│            │\n"
	    "└────────────┘\n");
	help_close(t);
	t = help_ascii(3, 14);
	canvas_box(terminal_frame_begin(t, AT(0)), STYLE_BORDER,
	    "Beh\303\244lter");
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "+-- Behalte~-+\n"
					  "|            |\n"
					  "+------------+\n");
	help_close(t);
}

static void
in_the_ascii_set_only_ascii_leaves(void **state)
{
	struct terminal *t = help_ascii(2, 40);
	struct canvas c = terminal_frame_begin(t, AT(0));

	(void)state;
	canvas_text(c, 0, 0, -1, STYLE_NORMAL,
	    "\303\204\302\260\342\226\262\342\224\202\346\260\264\342\202\254 \342\200\246");
	for (int g = 0; g < GLYPH_COUNT && g < 40; g++)
		canvas_glyph(c, 1, g, STYLE_NORMAL, (enum glyph)g);
	terminal_frame_end(t, AT(0));
	for (const char *s = help_text(t); *s != '\0'; s++)
		assert_true(*s == '\n' || (*s >= 0x20 && *s < 0x7f));
	assert_true(strncmp(help_text(t), "Ao^|??E ~\n", 10) == 0);
	help_close(t);
}

static void
badges_show_state_without_colour(void **state)
{
	struct terminal *t = help_screen(1, 24);
	struct canvas c = terminal_frame_begin(t, AT(0));

	(void)state;
	badge_draw(c, 0, 0, BADGE_UNACKNOWLEDGED, 1);
	badge_draw(c, 0, 3, BADGE_ACKNOWLEDGED, 2);
	badge_draw(c, 0, 6, BADGE_RETURNED, 3);
	badge_draw(c, 0, 9, BADGE_LATCHED, 4);
	badge_draw(c, 0, 12, BADGE_SHELVED, 1);
	badge_draw(c, 0, 15, BADGE_SUPPRESSED, 1);
	badge_draw(c, 0, 18, BADGE_OUT_OF_SERVICE, 1);
	badge_draw(c, 0, 21, BADGE_NONE, 1);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "■1 ▲2 ▽3 ◇4 s1 d1 x1\n");
	assert_string_equal(help_styles(t), ":11.22.33.44.hh.hh.hh....:\n");
	assert_true(terminal_wants_flash(t, AT(500)));
	assert_false(terminal_wants_flash(t, AT(499)));
	/* the other half: inverted, the text stays */
	c = terminal_frame_begin(t, AT(500));
	badge_draw(c, 0, 0, BADGE_UNACKNOWLEDGED, 1);
	badge_draw(c, 0, 3, BADGE_ACKNOWLEDGED, 2);
	badge_draw(c, 0, 6, BADGE_RETURNED, 3);
	terminal_frame_end(t, AT(500));
	assert_string_equal(help_text(t), "■1 ▲2 ▽3\n");
	assert_true(strncmp(help_styles(t), ":AA.22.CC", 9) == 0);
	help_close(t);
}

static void
nothing_that_flashes_wakes_nobody(void **state)
{
	struct terminal *t = help_screen(1, 10);

	(void)state;
	badge_draw(terminal_frame_begin(t, AT(0)), 0, 0, BADGE_ACKNOWLEDGED, 1);
	terminal_frame_end(t, AT(0));
	assert_false(terminal_wants_flash(t, AT(500)));
	assert_int_equal(terminal_wake(t, false, AT(0)).us, INT64_MAX);
	help_close(t);
}

static const char *
number(double v, int decimals, int width)
{
	static char text[64];

	field_number(text, sizeof(text), v, decimals, width);
	return text;
}

static void
a_number_is_whole_or_hashes(void **state)
{
	(void)state;
	assert_string_equal(number(92.44, 1, 6), "92.4");
	assert_string_equal(number(92.44, 1, 4), "92.4");
	assert_string_equal(number(92.44, 1, 3), "###");
	assert_string_equal(number(-0.04, 1, 6), "0.0");
	assert_string_equal(number(-0.06, 1, 6), "-0.1");
	assert_string_equal(number(1e300, 2, 10), "##########");
	assert_string_equal(number(NAN_VALUE, 2, 4), "####");
	assert_string_equal(number(1 / 0.0, 2, 4), "####");
	assert_string_equal(number(5, 0, 0), "");
	assert_string_equal(number(5, -3, 4), "5");
}

static void
draw_fields(struct canvas c)
{
	struct field f = { NULL, 4.25, 2, FIELD_GOOD, 0 };

	field_draw(c, 0, 0, 6, FIELD_RIGHT, &f);
	f.quality = FIELD_STALE;
	field_draw(c, 1, 0, 6, FIELD_RIGHT, &f);
	f.quality = FIELD_BAD;
	field_draw(c, 2, 0, 6, FIELD_RIGHT, &f);
	f.quality = FIELD_UNCERTAIN;
	field_draw(c, 3, 0, 6, FIELD_LEFT, &f);
	f.flags = FIELD_OVERRIDE;
	field_draw(c, 4, 0, 6, FIELD_RIGHT, &f);
	f.flags = FIELD_SIMULATED;
	field_draw(c, 5, 0, 4, FIELD_RIGHT, &f);	/* no room for both */
	f.quality = FIELD_BAD;
	field_draw(c, 6, 0, 1, FIELD_RIGHT, &f);
	f.quality = FIELD_NEVER;
	field_draw(c, 7, 0, 6, FIELD_RIGHT, &f);
	f.quality = FIELD_GOOD;
	f.flags = 0;
	f.number = 12345;
	field_draw(c, 8, 0, 6, FIELD_RIGHT, &f);
	f.text = "RUNNING";
	field_draw(c, 9, 0, 6, FIELD_LEFT, &f);
	f.quality = FIELD_BAD;
	field_draw(c, 10, 0, 8, FIELD_LEFT, &f);
}

static void
a_value_that_is_not_good_never_looks_good(void **state)
{
	struct terminal *t = help_screen(11, 9);

	(void)state;
	draw_fields(terminal_frame_begin(t, AT(0)));
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_dump(t, DUMP_TEXT | DUMP_STYLES),
	    "|  4.25   |\n:vvvvvv...:\n"
	    "| ~4.25   |\n:U?UUUU...:\n"
	    "| ◌4.25   |\n:U?UUUU...:\n"
	    "|≈4.25    |\n:?UUUUU...:\n"
	    "| F4.25   |\n:UFUUUU...:\n"
	    "|S---     |\n:FUUU.....:\n"
	    "|◌        |\n:?........:\n"
	    "|   ---   |\n:UUUUUU...:\n"
	    "|######   |\n:vvvvvv...:\n"
	    "|RUNNI…   |\n:vvvvvv...:\n"
	    "|◌RUNNING |\n:?UUUUUUU.:\n");
	help_close(t);
}

static struct bar
level(double v)
{
	struct bar b = bar_none();

	b.min = 0;
	b.max = 100;
	b.low = 10;
	b.high = 90;
	b.want_low = 40;
	b.want_high = 60;
	b.setpoint = 55;
	b.value = v;
	b.good = true;
	return b;
}

static void
draw_bars(struct canvas c)
{
	struct bar b = level(75);

	bar_draw_range(c, 0, &b);
	b = level(-20);
	bar_draw_range(c, 1, &b);
	b = level(50);
	b.good = false;
	bar_draw_range(c, 2, &b);
	b = bar_none();
	bar_draw_range(c, 3, &b);
}

static void
range_bars_show_limits_value_and_setpoint(void **state)
{
	struct terminal *t = help_screen(4, 22);

	(void)state;
	draw_bars(terminal_frame_begin(t, AT(0)));
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "├──░░░░░░▒▒▒◇░░░▲░░──┤\n"
					  "├▲─░░░░░░▒▒▒◇░░░░░░──┤\n"
					  "├?─░░░░░░▒▒▒◇░░░░░░──┤\n"
					  "├?░░░░░░░░░░░░░░░░░░░┤\n");
	help_close(t);
	t = help_ascii(4, 22);
	draw_bars(terminal_frame_begin(t, AT(0)));
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "[--......===o...^..--]\n"
					  "[^-......===o......--]\n"
					  "[?-......===o......--]\n"
					  "[?...................]\n");
	help_close(t);
}

static void
a_tank_fills_from_below_in_eighths(void **state)
{
	struct terminal *t = help_screen(4, 8);
	struct canvas c = terminal_frame_begin(t, AT(0));
	struct bar b = level(60);

	(void)state;
	bar_draw_tank(canvas_part(c, 0, 0, 4, 3), &b);
	b.good = false;
	bar_draw_tank(canvas_part(c, 0, 5, 4, 3), &b);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), "\n"
					  "▃▃▃\n"
					  "███   ?\n"
					  "███\n");
	help_close(t);
}

static void
no_size_is_too_small_or_too_large_to_draw(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 1, 80 }, { 2, 2 }, { 24, 1 },
		{ 200, 500 }, { 3, 7 }, { 24, 80 }, { 43, 132 } };
	struct terminal *t = help_screen(1, 1);
	struct canvas c;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		terminal_set_size(t, sizes[i][0], sizes[i][1]);
		c = terminal_frame_begin(t, AT(0));
		assert_int_equal(c.rows, sizes[i][0]);
		assert_int_equal(c.cols, sizes[i][1]);
		canvas_fill(c, STYLE_STATIC, 0x2500);
		canvas_box(c, STYLE_BORDER, "A title that is rather long");
		draw_fields(c);
		draw_bars(c);
		bar_draw_tank(c, &(struct bar){ 0 });
		canvas_cursor(c, 500, 500);
		terminal_frame_end(t, AT(0));
		assert_non_null(help_text(t));
	}
	terminal_set_size(t, -5, 100000);
	assert_int_equal(terminal_rows(t), 1);
	assert_int_equal(terminal_cols(t), TERMINAL_COLS_MAX);
	help_close(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    text_is_cut_by_columns_never_inside_a_character),
		cmocka_unit_test(nothing_hostile_reaches_the_terminal),
		cmocka_unit_test(what_is_outside_is_not_drawn),
		cmocka_unit_test(a_box_has_corners_also_in_the_last_cell),
		cmocka_unit_test(in_the_ascii_set_only_ascii_leaves),
		cmocka_unit_test(badges_show_state_without_colour),
		cmocka_unit_test(nothing_that_flashes_wakes_nobody),
		cmocka_unit_test(a_number_is_whole_or_hashes),
		cmocka_unit_test(a_value_that_is_not_good_never_looks_good),
		cmocka_unit_test(range_bars_show_limits_value_and_setpoint),
		cmocka_unit_test(a_tank_fills_from_below_in_eighths),
		cmocka_unit_test(no_size_is_too_small_or_too_large_to_draw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
