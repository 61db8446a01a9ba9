/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/plant.h"

typedef bool rule(const char *);

static void
check(rule *is, const char *const *good, const char *const *wrong)
{
	for (; *good != NULL; good++)
		if (!is(*good))
			fail_msg("refused \"%s\"", *good);
	for (; *wrong != NULL; wrong++)
		if (is(*wrong))
			fail_msg("took \"%s\"", *wrong);
}

#define LIST(...) (const char *const[]){ __VA_ARGS__, NULL }

static void
each_sort_of_name_has_its_rule(void **state)
{
	(void)state;
	check(name_is_object,
	    LIST("P", "P-101A", "LT-501", "A1-2-3", "ABCDEFGHIJKLMNOPQRSTUVWX"),
	    LIST("", "p-101", "1P", "P-", "P--1", "-P", "P-101a", "P_1", "P.1",
		"P-101A ", "ABCDEFGHIJKLMNOPQRSTUVWXY", "\xc3\x84"));
	check(name_is_signal, LIST("run", "pv", "sp2", "local_mode"),
	    LIST("", "Run", "2x", "_a", "a-b", "a.b", "and", "or", "not",
		"else", "true", "false", "a b",
		"abcdefghijklmnopqrstuvwxyzabcdefg"));
	check(name_is_alarm, LIST("FAIL", "HH", "L", "COMM", "H2"),
	    LIST("", "fail", "H-H", "2H", "H H", "Hh"));
	check(name_is_plain, LIST("plc1", "shift-leader", "a", "net1"),
	    LIST("", "Plc1", "1plc", "-a", "a_b", "a.b", "a\n"));
	check(name_is_area, LIST("intake", "filtration.west", "a.b.c", "a-1"),
	    LIST("", ".", "a.", ".a", "a..b", "A", "a b", "a.1"));
	check(name_is_tag, LIST("site.demand", "a.b1", "site.speed_limit"),
	    LIST("", "site", "site.", ".a", "a.b.c", "Site.demand",
		"site.Demand", "P-101A.run", "a-b.c"));
}

static void
patterns_match_over_the_whole_name(void **state)
{
	static const struct {
		const char *pattern, *name;
		bool match;
	} rows[] = {
		{ "P-101?.run", "P-101A.run", true },
		{ "P-101?.run", "P-101.run", false },
		{ "P-101?.run", "P-101AB.run", false },
		{ "*", "", true }, { "*", "anything", true },
		{ "**", "x", true }, { "", "", true }, { "", "x", false },
		{ "?", "", false }, { "?", "x", true },
		{ "LT-*.pv", "LT-501.pv", true },
		{ "LT-*.pv", "LT-501.pvx", false },
		{ "*.pv", "LT-501.pv.pv", true },
		{ "*a*b*c", "xxaxxbxxabc", true },
		{ "*a*b*c", "xxaxxbxxab", false },
		{ "p*", "P-101A", false },
		{ "P-101A", "P-101A.run", false },
		{ "[P]*", "P-101A", false },
		{ "a*?", "a", false }, { "a*?", "ab", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (name_match(rows[i].pattern, rows[i].name) != rows[i].match)
			fail_msg("%s on %s", rows[i].pattern, rows[i].name);
}

static void
a_hostile_pattern_takes_no_longer_than_it_must(void **state)
{
	char pattern[2001], name[1001];

	(void)state;
	for (int i = 0; i < 1000; i++)
		memcpy(pattern + 2 * i, "*a", 2);
	pattern[2000] = '\0';
	memset(name, 'a', 1000);
	name[1000] = '\0';
	assert_true(name_match(pattern, name));
	name[999] = 'b';
	assert_false(name_match(pattern, name));
}

static void
functions_and_kinds_travel_by_name(void **state)
{
	enum function f;

	(void)state;
	for (unsigned i = 0; i < FUNCTION_COUNT; i++) {
		assert_true(function_parse(&f, function_name((enum function)i)));
		assert_int_equal(f, i);
	}
	assert_false(function_parse(&f, "View"));
	assert_int_equal(kind_registers(KIND_UINT64), 4);
	assert_int_equal(kind_type(KIND_BCD32), VALUE_UINT);
	assert_int_equal(kind_type(KIND_INT64), VALUE_INT);
	assert_int_equal(kind_type(KIND_FLOAT32), VALUE_REAL);
	assert_int_equal(kind_type(KIND_TEXT), VALUE_TEXT);
	assert_int_equal(kind_type(KIND_BOOL), VALUE_BOOL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_sort_of_name_has_its_rule),
		cmocka_unit_test(patterns_match_over_the_whole_name),
		cmocka_unit_test(
		    a_hostile_pattern_takes_no_longer_than_it_must),
		cmocka_unit_test(functions_and_kinds_travel_by_name),
	};

	return cmocka_run_group_tests_name("model_name", tests, NULL, NULL);
}
