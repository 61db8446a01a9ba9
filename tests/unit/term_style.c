/* SPDX-License-Identifier: ISC */
/* Looks and symbols: readable, distinct, one column, and never colour alone. */
#include "term/style.h"

#include <ctype.h>
#include <math.h>
#include <wchar.h>
#include <locale.h>

#include "base/text.h"
#include "term/glyph.h"
#include "term_help.h"

/* Channels 0..1 of one of the 256 colours, from 16 on. */
static double
channel(int colour, int which)
{
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };
	int n = colour - 16;

	if (colour >= 232)
		return (8 + 10 * (colour - 232)) / 255.0;
	n = which == 0 ? n / 36 : which == 1 ? n / 6 % 6 : n % 6;
	return steps[n] / 255.0;
}

/* WCAG relative luminance. */
static double
luminance(int colour)
{
	static const double weight[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0, c;

	for (int i = 0; i < 3; i++) {
		c = channel(colour, i);
		c = c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
		sum += weight[i] * c;
	}
	return sum;
}

static double
contrast(int a, int b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static bool
is_decoration(enum style s)
{
	return s == STYLE_STATIC || s == STYLE_OFF || s == STYLE_FILL ||
	    s == STYLE_KEY_OFF || s == STYLE_BORDER;
}

static void
texts_can_be_read_in_both_themes(void **state)
{
	(void)state;
	for (int theme = THEME_LIGHT; theme <= THEME_DARK; theme++) {
		for (int s = 0; s < STYLE_COUNT; s++) {
			struct style_look l = style_look((enum style)s,
			    (enum style_theme)theme, DEPTH_256);
			double want = is_decoration((enum style)s) ? 2.3 : 4.4;

			if (contrast(l.fg, l.bg) < want)
				fail_msg("%s, theme %d: %.1f",
				    style_name((enum style)s), theme,
				    contrast(l.fg, l.bg));
		}
	}
}

static void
looks_stay_within_their_ladder(void **state)
{
	static const int most[] = { 0, 0, 8, 16, 256 };

	(void)state;
	for (int depth = DEPTH_8; depth <= DEPTH_256; depth++) {
		for (int s = 0; s < STYLE_COUNT; s++) {
			struct style_look l = style_look((enum style)s,
			    THEME_LIGHT, (enum style_depth)depth);

			assert_in_range(l.fg, 0, most[depth] - 1);
			assert_in_range(l.bg, 0, most[depth] - 1);
			assert_int_not_equal(l.fg, l.bg);
		}
	}
	assert_int_equal(style_look(STYLE_P1, THEME_MONO, DEPTH_256).fg, -1);
}

static void
letters_of_styles_are_unique(void **state)
{
	bool used[256] = { false };

	(void)state;
	for (int s = 0; s < STYLE_COUNT; s++) {
		unsigned char c = (unsigned char)style_letter((enum style)s);

		assert_true(isgraph(c));
		if (used[c])
			fail_msg("%c is twice", c);
		used[c] = true;
	}
}

static void
a_badge_and_its_flash_differ_without_colour(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		unsigned a = style_look((enum style)(STYLE_P1 + i), THEME_MONO,
				 DEPTH_MONO)
				 .attrs;
		unsigned b = style_look((enum style)(STYLE_P1_FLASH + i),
		    THEME_MONO, DEPTH_MONO)
				 .attrs;

		assert_int_not_equal(a, b);
	}
	assert_true(style_look(STYLE_SELECTED, THEME_MONO, DEPTH_MONO).attrs &
	    ATTR_REVERSE);
}

static void
the_ladder_is_the_one_that_was_measured(void **state)
{
	struct style_look l;

	(void)state;
	l = style_look(STYLE_NORMAL, THEME_LIGHT, DEPTH_256);
	assert_int_equal(l.fg, 235);
	assert_int_equal(l.bg, 251);
	l = style_look(STYLE_P1, THEME_LIGHT, DEPTH_256);
	assert_int_equal(l.fg, 231);
	assert_int_equal(l.bg, 160);
	l = style_look(STYLE_P2, THEME_DARK, DEPTH_16);
	assert_int_equal(l.fg, 0);
	assert_int_equal(l.bg, 11);
	l = style_look(STYLE_P3, THEME_LIGHT, DEPTH_8);
	assert_int_equal(l.fg, 0);
	assert_int_equal(l.bg, 3);
	l = style_look(STYLE_P1, THEME_LIGHT, DEPTH_MONO);
	assert_int_equal(l.attrs, ATTR_REVERSE | ATTR_BOLD);
}

static void
symbols_take_one_column_everywhere(void **state)
{
	(void)state;
	setlocale(LC_CTYPE, "C.UTF-8");
	for (int g = 0; g < GLYPH_COUNT; g++) {
		uint32_t code = glyph_code((enum glyph)g, false);
		uint32_t plain = glyph_code((enum glyph)g, true);

		assert_int_equal(text_width(code), 1);
		assert_int_equal(wcwidth((wchar_t)code), 1);
		assert_in_range(plain, 0x21, 0x7e);
	}
	for (unsigned i = 0; i <= 8; i++) {
		assert_int_equal(text_width(glyph_rise(i, false)), 1);
		assert_in_range(glyph_rise(i, true), 0x20, 0x7e);
	}
	assert_int_equal(glyph_rise(8, false), 0x2588);
}

static void
shapes_of_priorities_differ_in_both_sets(void **state)
{
	(void)state;
	for (int set = 0; set < 2; set++)
		for (int a = 0; a < 4; a++)
			for (int b = 0; b < a; b++)
				assert_int_not_equal(
				    glyph_code((enum glyph)(GLYPH_P1 + a), set),
				    glyph_code((enum glyph)(GLYPH_P1 + b), set));
}

static void
every_character_has_an_ascii_one(void **state)
{
	(void)state;
	for (uint32_t c = 0x20; c < 0x30000; c++)
		if (c < 0xd800 || c > 0xdfff)
			assert_in_range(glyph_ascii(c), 0x20, 0x7e);
	assert_int_equal(glyph_ascii(0x2500), '-');
	assert_int_equal(glyph_ascii(0x2502), '|');
	assert_int_equal(glyph_ascii(0x253c), '+');
	assert_int_equal(glyph_ascii(0x2592), ':');
	assert_int_equal(glyph_ascii(0xe4), 'a');
	assert_int_equal(glyph_ascii(0x25b6), '>');
	assert_int_equal(glyph_ascii(0x6c34), '?');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_can_be_read_in_both_themes),
		cmocka_unit_test(looks_stay_within_their_ladder),
		cmocka_unit_test(letters_of_styles_are_unique),
		cmocka_unit_test(a_badge_and_its_flash_differ_without_colour),
		cmocka_unit_test(the_ladder_is_the_one_that_was_measured),
		cmocka_unit_test(symbols_take_one_column_everywhere),
		cmocka_unit_test(shapes_of_priorities_differ_in_both_sets),
		cmocka_unit_test(every_character_has_an_ascii_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
