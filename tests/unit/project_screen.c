/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "project/screen.h"

#define HEAD "# a comment\n@screen main  level 3  parent over\ntitle = \"M\";\n"

static struct report report;
static struct buf said;
static struct screen *screen;

static const char *
problems(const char *text)
{
	screen_free(screen);
	report_fini(&report);
	buf_clear(&said);
	report_init(&report);
	screen = screen_parse("s", text, strlen(text), NULL, 0, &report);
	report_print(&report, NULL, &said);
	return buf_string(&said);
}
#define FINE "0 errors, 0 warnings\n"
#define says(text, words)                                                      \
	do {                                                                   \
		if (strstr(problems(text), words) == NULL)                     \
			fail_msg("%s", buf_string(&said));                     \
		assert_null(screen);                                           \
	} while (0)

static uint32_t
cell(const struct art *a, unsigned row, unsigned column)
{
	return a->cells[row * a->width + column];
}

static void
art_and_markers_stand_where_they_were_drawn(void **state)
{
	const struct marker *m;
	const struct art *a;

	(void)state;
	assert_string_equal(problems(HEAD "@art 20x3\n"
	    "ab \xe2\x94\x80{v__}{__w}x\n# no comment\n {{{P}}}\n@end\n@bind\n"
	    "v = { value = \"a.b\"; }; w = { value = \"c.d\"; dec = 2; };\n"
	    "P = { device = \"P-1\"; glyph = \"valve\"; };\n@end\n"), FINE);
	assert_string_equal(screen->name, "main");
	assert_int_equal(screen->level, 3);
	assert_string_equal(screen->parent, "over");
	assert_string_equal(screen->title.in[0], "M");
	assert_int_equal(screen->n_arts, 1);
	a = &screen->arts[0];
	assert_int_equal(cell(a, 0, 0), 'a');
	assert_int_equal(cell(a, 0, 3), 0x2500);
	assert_int_equal(cell(a, 0, 4), ' ');
	assert_int_equal(cell(a, 0, 14), 'x');
	assert_int_equal(cell(a, 1, 0), '#');
	assert_int_equal(cell(a, 2, 1), '{');
	assert_int_equal(cell(a, 2, 2), ' ');
	assert_int_equal(cell(a, 2, 6), '}');
	assert_int_equal(a->n_markers, 3);
	m = &a->markers[0];
	assert_int_equal(m->row, 0);
	assert_int_equal(m->column, 4);
	assert_int_equal(m->width, 5);
	assert_false(m->right);
	m = &a->markers[1];
	assert_int_equal(m->column, 9);
	assert_true(m->right);
	assert_string_equal(screen->bindings[m->binding].names[0], "c.d");
	assert_true(screen->bindings[m->binding].has_dec);
	m = &a->markers[2];
	assert_int_equal(m->column, 3);
	assert_int_equal(m->width, 3);
	assert_int_equal(screen->bindings[m->binding].glyph, SYMBOL_VALVE);
}

static void
equal_graphics_in_touching_rows_are_one_rectangle(void **state)
{
	const struct art *a;

	(void)state;
	assert_string_equal(problems(HEAD "@art 30x6\n"
	    "{T===} {T===}\n{T===} {T===}\n{T===}\n\n{T===}\n@end\n@bind\n"
	    "T = { tank = \"a.b\"; min = 0; max = 1; };\n@end\n"), FINE);
	a = &screen->arts[0];
	assert_int_equal(a->n_markers, 3);
	assert_int_equal(a->markers[0].height, 3);
	assert_int_equal(a->markers[0].width, 6);
	assert_int_equal(a->markers[1].column, 7);
	assert_int_equal(a->markers[1].height, 2);
	assert_int_equal(a->markers[2].row, 4);
	assert_int_equal(a->markers[2].height, 1);
	says(HEAD "@art 30x6\n{T===}\n {T===}\n@end\n@bind\nT = { tank = "
	    "\"a.b\"; };\n@end\n", "s:6:2: error: torn rectangle");
}

static void
the_largest_art_that_fits_is_used(void **state)
{
	(void)state;
	assert_string_equal(problems(HEAD "@art 80x19\n a\n@end\n"
	    "@art 132x36\n b\n@end\n@art 40x10\n c\n@end\n"), FINE);
	assert_int_equal(screen_art(screen, 80, 19)->width, 80);
	assert_int_equal(screen_art(screen, 131, 40)->width, 80);
	assert_int_equal(screen_art(screen, 200, 50)->width, 132);
	assert_int_equal(screen_art(screen, 79, 19)->width, 40);
	assert_int_equal(screen_art(screen, 10, 2)->width, 40);
}

static void
titles_follow_the_languages_of_the_plant(void **state)
{
	static const char *const languages[] = { "en", "de" };
	const char *text = "@screen m  level 1\ntitle = { de = \"D\"; en = "
	    "\"E\"; };\n@art 1x1\n@end\n";

	(void)state;
	problems("");
	screen = screen_parse(
	    "s", text, strlen(text), languages, 2, &report);
	assert_non_null(screen);
	assert_string_equal(screen->title.in[0], "E");
	assert_string_equal(screen->title.in[1], "D");
	assert_string_equal(problems(text), FINE);
	assert_string_equal(screen->title.in[0], "D");
}

static void
a_torn_marker_is_said_with_its_column(void **state)
{
	(void)state;
	says(HEAD "@art 30x2\nab {v__\n@end\n",
	    "s:5:4: error: torn marker: this { has no }");
	says(HEAD "@art 30x2\nab v__}\n@end\n",
	    "s:5:7: error: torn marker: this } has no {");
	says(HEAD "@art 30x2\n\xc3\xa4 {v_x}\n@end\n",
	    "s:5:3: error: torn marker: write");
	says(HEAD "@art 30x2\n{_}\n@end\n", "torn marker");
	says(HEAD "@art 30x2\n{__v__}\n@end\n", "torn marker");
	says(HEAD "@art 30x2\n{v_=}\n@end\n", "torn marker");
	says(HEAD "@art 30x2\n{1__}\n@end\n", "torn marker");
}

static void
what_cannot_be_drawn_is_refused(void **state)
{
	(void)state;
	says(HEAD "@art 3x2\nabcd\n@end\n",
	    "s:5:4: error: the art is wider than its 3 columns");
	says(HEAD "@art 3x2\na\nb\nc\n@end\n",
	    "s:7:1: error: the art is higher than its 2 rows");
	says(HEAD "@art 9x2\na\tb\n@end\n", "s:5:2: error: a tab");
	says(HEAD "@art 9x2\na \xe2\x9a\xa0\n@end\n", "U+26A0");
	says(HEAD "@art 9x2\n\xe6\xbc\xa2\n@end\n", "U+6F22");
	says(HEAD "@art 0x2\n@end\n", "write @art WIDTHxHEIGHT");
	says(HEAD "@art 301x2\n@end\n", "at most 300x120");
	says(HEAD "@art 9x2 x\n@end\n", "write @art");
	assert_string_equal(problems(HEAD "@art 40x1\n"
	    "\xe2\x94\x8c\xe2\x94\x80\xe2\x96\x88\xe2\x97\x8f\xe2\x96\xb6"
	    "\xc2\xb0\xce\xa9\xe2\x86\x92\n@end\n"), FINE);
}

static void
parts_must_be_whole(void **state)
{
	(void)state;
	says("", "s:1:1: error: @screen is missing");
	says(HEAD, "@art is missing");
	says("@screen\n@art 1x1\n@end\n", "write @screen NAME");
	says("@screen X\ntitle = \"x\";\n@art 1x1\n@end\n", "bad name");
	says("@screen x\n@art 1x1\n@end\n", "missing key \"title\"");
	says(HEAD "@art 1x1\na\n", "s:4:1: error: @art has no @end");
	says(HEAD "@art 1x1\n@end\nx\n", "s:6:1: error: expected");
	says(HEAD "@art 1x1\n@end\n@bind\n@end\n@bind\n@end\n",
	    "s:8:1: error: a second @bind");
}

static void
bindings_mean_one_thing_that_fits_the_marker(void **state)
{
#define ONE(marker, bind)                                                      \
	HEAD "@art 30x1\n" marker "\n@end\n@bind\n  k = " bind "\n@end\n"
	(void)state;
	says(ONE("{k__}", "{ };"), "s:8:3: error: a binding needs one of");
	says(ONE("{k__}", "{ value = \"a.b\"; state = \"P\"; };"), "only one");
	says(ONE("{k__}", "{ valeu = \"a.b\"; };"),
	    "s:8:9: error: unknown key \"valeu\"");
	says(ONE("{k__}", "{ tank = \"a.b\"; };"), "is a graphic");
	says(ONE("{k==}", "{ value = \"a.b\"; };"), "is a text");
	says(ONE("{x__}", "{ value = \"a.b\"; };"), "s:5:1: error: unbound");
	says(ONE("{k__}", "{ alarm = \"P\"; dec = 1; };"), "means nothing");
	says(ONE("{k__}", "{ value = \"a.b\"; when = \"1 +\"; };"),
	    "\"when\":");
	says(ONE("{k==}", "{ trend = [ \"a\" ]; span = \"1s\"; };"),
	    "out of range");
	says(ONE("{k==}", "{ tank = \"a.b\"; min = 5; max = 5; };"),
	    "not above");
	says(ONE("{k__}", "7;"), "must be a group");
	problems(ONE("x", "{ value = \"a.b\"; };"));
	assert_non_null(screen);
	assert_string_equal(buf_string(&said),
	    "s:8:3: warning: binding \"k\" has no marker\n"
	    "0 errors, 1 warning\n");
	screen_free(screen);
	screen = NULL;
	report_fini(&report);
	buf_free(&said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(art_and_markers_stand_where_they_were_drawn),
		cmocka_unit_test(
		    equal_graphics_in_touching_rows_are_one_rectangle),
		cmocka_unit_test(the_largest_art_that_fits_is_used),
		cmocka_unit_test(titles_follow_the_languages_of_the_plant),
		cmocka_unit_test(a_torn_marker_is_said_with_its_column),
		cmocka_unit_test(what_cannot_be_drawn_is_refused),
		cmocka_unit_test(parts_must_be_whole),
		cmocka_unit_test(bindings_mean_one_thing_that_fits_the_marker),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
