/* SPDX-License-Identifier: ISC */
/* What an art says in another language, cell by cell. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "project/screen.h"

static const char *const languages[] = { "en", "de" };

/* The first row of the art in that language, as ASCII. */
static void
row_is(const char *text, unsigned language, const char *expected)
{
	struct report r;
	struct screen *s;
	const uint32_t *cells;
	char row[81] = "";
	unsigned i;

	report_init(&r);
	s = screen_parse("t", text, strlen(text), languages, 2, &r);
	assert_non_null(s);
	cells = art_cells(&s->arts[0], language);
	for (i = 0; i < s->arts[0].width; i++)
		row[i] = cells[i] < 0x7f ? (char)cells[i] : '~';
	assert_string_equal(row, expected);
	screen_free(s);
	report_fini(&r);
}

#define ART(art, words)                                                        \
	"@screen t\ntitle = \"T\";\n@art 24x1\n" art "\n@end\n"                \
	"@words de\n" words "@end\n@bind\nP = { value = \"a.b\"; };\n@end\n"

static void
a_word_stands_in_the_place_of_the_other(void **state)
{
	(void)state;
	row_is(ART(" Tank   {P}", "Tank = Becken\n"), 1,
	    " Becken                 ");
	row_is(ART(" Tank   {P}", "Tank = Becken\n"), 0,
	    " Tank                   ");
	row_is(ART(" Intake {P} x", "Intake = Zu\n"), 1,
	    " Zu         x           ");
	row_is(ART(" Intake: {P} x", "Intake = Zu\n"), 1,
	    " Zu    :     x          ");
	/* a language that it does not have is the first one */
	row_is(ART(" Tank   {P}", ""), 1, " Tank                   ");
	row_is(ART(" Tank   {P}", ""), 9, " Tank                   ");
}

static void
a_line_behind_it_gives_way(void **state)
{
	(void)state;
	row_is(ART("-- Tank ------- {P}", "Tank = Becken\n"), 1,
	    "-- Becken -----         ");
	row_is(ART("-- Intake ----- {P}", "Intake = Zu\n"), 1,
	    "-- Zu ---------         ");
}

static void
whole_words_alone_and_the_longer_first(void **state)
{
	(void)state;
	row_is(ART("Raw Rawh Raw water {P}",
		   "Raw = Roh\nRaw water = Rohwasser\n"), 1,
	    "Roh Rawh Rohwasser      ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_stands_in_the_place_of_the_other),
		cmocka_unit_test(a_line_behind_it_gives_way),
		cmocka_unit_test(whole_words_alone_and_the_longer_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
