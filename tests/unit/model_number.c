/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "model/scale.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct text modes[] = { { { "OFF", "AUS" } },
	{ { "MANUAL", "HAND" } }, { { "AUTO", NULL } } };
static const struct text switched[] = { { { "CLOSED" } }, { { "OPEN" } } };

static void
a_number_is_read_with_point_or_comma(void **state)
{
	static const struct {
		const char *typed;
		int decimals;
		double number;
	} rows[] = {
		{ "0", 0, 0 }, { "12", 0, 12 }, { "-12", 0, -12 },
		{ "+3", 0, 3 }, { "4.5", 2, 4.5 }, { "4,5", 2, 4.5 },
		{ "4.56", 2, 4.56 }, { "-0,5", 1, -0.5 }, { ".5", 1, 0.5 },
		{ "-.5", 1, -0.5 }, { " 60 \t", 0, 60 }, { "007", 0, 7 },
		{ "1.2345", 1, 1.2345 }, { "1.234", 3, 1.234 },
		{ "1,234", 4, 1.234 }, { "1234", 0, 1234 },
		{ "1.2340", 2, 1.234 },
	};
	double number;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (number_parse(&number, rows[i].typed, rows[i].decimals,
			NULL, 0, false, &e) != 0)
			fail_msg("refused %s: %s", rows[i].typed, e.text);
		assert_true(number == rows[i].number);
	}
	assert_int_equal(number_parse(&number, "-0", 0, NULL, 0, false, &e), 0);
	assert_false(signbit(number));
}

static void
three_digits_behind_a_sign_may_be_thousands_and_are_refused(void **state)
{
	static const char *const rows[] = { "1.234", "1,234", "-12.500",
		"0.125", ".500", "999,999" };
	double number;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int decimals = 0; decimals < 5; decimals++)
			assert_int_equal(number_parse(&number, rows[i],
					     decimals, NULL, 0, false, &e),
			    decimals < 3 ? -1 : 0);
	number_parse(&number, "1.234", 2, NULL, 0, false, &e);
	assert_non_null(strstr(e.text, "two ways"));
}

static void
what_is_no_plain_number_is_refused(void **state)
{
	static const char *const rows[] = { "", " ", "nan", "NaN", "inf",
		"-inf", "infinity", "1e5", "1E5", "1e", "0x10", "1,234.5",
		"1.234,5", "1.2.3", "1 234", "1'234", "12m", "--1", "+-1",
		"-", "+", ".", ",", "5.", "5,", "a", "true", "\xd9\xa1",
		"11111111111111111111111111111111111111111", "1\n2" };
	double number = 4711;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		e.text[0] = '\0';
		if (number_parse(&number, rows[i], 9, NULL, 0, false, &e) == 0)
			fail_msg("took \"%s\"", rows[i]);
		assert_true(e.text[0] != '\0');
	}
	assert_true(number == 4711);
}

static void
the_texts_of_a_tag_are_values_in_any_language_and_case(void **state)
{
	double number;
	struct err e;

	(void)state;
	assert_int_equal(
	    number_parse(&number, "AUTO", 0, modes, 3, false, &e), 0);
	assert_true(number == 2);
	assert_int_equal(
	    number_parse(&number, " hand ", 0, modes, 3, false, &e), 0);
	assert_true(number == 1);
	assert_int_equal(number_parse(&number, "2", 0, modes, 3, false, &e), 0);
	assert_true(number == 2);
	assert_int_equal(
	    number_parse(&number, "AUT", 0, modes, 3, false, &e), -1);
}

static void
a_bool_is_one_of_its_words(void **state)
{
	static const struct {
		const char *typed;
		int result;
	} rows[] = { { "true", 1 }, { "false", 0 }, { "True", 1 }, { "1", 1 },
		{ "0", 0 }, { "OPEN", 1 }, { "closed", 0 }, { "2", -1 },
		{ "yes", -1 }, { "on", -1 }, { "", -1 }, { "1.0", -1 },
		{ "-1", -1 } };
	double number;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		number = -1;
		number_parse(&number, rows[i].typed, 0, switched, 2, true, &e);
		assert_true(number == rows[i].result);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_read_with_point_or_comma),
		cmocka_unit_test(
		    three_digits_behind_a_sign_may_be_thousands_and_are_refused),
		cmocka_unit_test(what_is_no_plain_number_is_refused),
		cmocka_unit_test(
		    the_texts_of_a_tag_are_values_in_any_language_and_case),
		cmocka_unit_test(a_bool_is_one_of_its_words),
	};

	return cmocka_run_group_tests_name("model_number", tests, NULL, NULL);
}
