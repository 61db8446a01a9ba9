/* SPDX-License-Identifier: ISC */
/* What stands behind ":events" and in the form of the filter. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "console/events_filter.h"

static void
reads(const char *words, const char *printed)
{
	struct events_filter f;
	struct err e = { "" };
	char text[160];

	assert_int_equal(events_filter_parse(&f, words, &e), 0);
	events_filter_print(&f, text, sizeof(text));
	assert_string_equal(text, printed);
}

static void
refuses(const char *words, const char *why)
{
	struct events_filter f;
	struct err e = { "" };

	assert_int_equal(events_filter_parse(&f, words, &e), -1);
	if (strstr(e.text, why) == NULL)
		fail_msg("%s: %s", words, e.text);
}

static void
words_are_kinds_an_area_and_times(void **state)
{
	(void)state;
	reads("", "");
	reads("alarm", "  alarm");
	reads("plc,alarm intake", "  alarm plc  intake");
	reads("-2h", "  -2h..");
	reads("filtration.west 06:00 08:00", "  filtration.west  06:00..08:00");
	reads("today COMMAND", "  command  today..");
	refuses("intake clearwater", "clearwater");
	refuses("1h 2h 3h more", "more");
}

static void
kinds_are_known_in_the_language_of_the_screen(void **state)
{
	static char dir[4096];
	struct err e = { "" };
	unsigned kinds;
	char text[100];

	(void)state;
	snprintf(dir, sizeof(dir), "%s/po", getenv("SG_BUILD"));
	language_dir(dir);
	assert_int_equal(language_use("de", &e), 0);
	assert_int_equal(events_filter_kinds(&kinds, "Befehl alarm", &e), 0);
	assert_int_equal(kinds, 3);
	events_filter_print_kinds(kinds, text, sizeof(text));
	assert_string_equal(text, "Alarm Befehl");
	assert_int_equal(events_filter_kinds(&kinds, text, &e), 0);
	assert_int_equal(kinds, 3);
	assert_int_equal(events_filter_kinds(&kinds, "Quatsch", &e), -1);
	assert_int_equal(events_filter_kinds(&kinds, "", &e), 0);
	assert_int_equal(kinds, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_kinds_an_area_and_times),
		cmocka_unit_test(kinds_are_known_in_the_language_of_the_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
