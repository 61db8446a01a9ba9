/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/value.h"

static const struct wall noon = { 1795348990482 };

static void
reals_print_as_the_fewest_digits(void **state)
{
	static const struct {
		double real;
		const char *text;
	} rows[] = {
		{ 0, "0" }, { -0.0, "0" }, { 0.1, "0.1" }, { -0.25, "-0.25" },
		{ 4.5, "4.5" }, { 41.8, "41.8" }, { 100000, "100000" },
		{ 1e15, "1000000000000000" }, { 1e16, "1e16" },
		{ 123456789012345678.0, "1.2345678901234568e17" },
		{ 0.00001, "0.00001" }, { 0.000001, "1e-6" },
		{ 0.00012345, "0.00012345" }, { 2.5e-7, "2.5e-7" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ 5e-324, "5e-324" }, { DBL_MAX, "1.7976931348623157e308" },
		{ 9007199254740993.0, "9007199254740992" },
		{ NAN, "" }, { INFINITY, "" }, { -INFINITY, "" },
	};
	char text[32];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    real_print(text, rows[i].real), rows[i].text);
}

/* A small generator: the same numbers on every run. */
static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005 + 1442695040888963407;
	return *seed ^ *seed >> 31;
}

static void
a_printed_real_reads_back_to_the_same_double(void **state)
{
	uint64_t seed = 1, bits;
	char text[32];
	double real, back;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		bits = next(&seed);
		memcpy(&real, &bits, sizeof(real));
		if (!isfinite(real))
			continue;
		real_print(text, real);
		back = strtod(text, NULL);
		assert_true(back == real);
	}
	for (int i = -20000; i < 20000; i++) {
		real = i / 100.0;
		real_print(text, real);
		assert_true(strtod(text, NULL) == real);
		assert_true(strlen(text) <= 7);
	}
}

static void
a_value_prints_exactly_whatever_its_type(void **state)
{
	char text[VALUE_CAP];
	struct value rows[] = {
		value_bool(true, noon), value_bool(false, noon),
		value_int(INT64_MIN, noon), value_uint(UINT64_MAX, noon),
		value_real(0.92, noon), value_text("AUTO", noon),
	};
	const char *const texts[] = { "true", "false", "-9223372036854775808",
		"18446744073709551615", "0.92", "AUTO" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(value_print(text, &rows[i]), texts[i]);
}

static void
a_value_without_content_is_never_shown_as_zero(void **state)
{
	struct value rows[] = {
		value_initial(VALUE_BOOL), value_initial(VALUE_INT),
		value_initial(VALUE_UINT), value_initial(VALUE_REAL),
		value_initial(VALUE_TEXT), value_real(NAN, noon),
		value_real(INFINITY, noon),
		{ .type = VALUE_UINT, .quality = QUALITY_BAD,
		    .cause = CAUSE_COMM },	/* lost before it was read */
	};
	char text[VALUE_CAP];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_false(value_known(&rows[i]));
		assert_int_equal(rows[i].quality, QUALITY_BAD);
		assert_string_equal(value_print(text, &rows[i]), "");
		assert_string_equal(value_show(text, &rows[i], 2), "---");
	}
}

static void
the_last_content_of_a_bad_value_is_still_known(void **state)
{
	struct value v = value_uint(7, noon);
	char text[VALUE_CAP];

	(void)state;
	v.quality = QUALITY_BAD;
	v.cause = CAUSE_COMM;
	assert_true(value_known(&v));
	assert_string_equal(value_show(text, &v, 0), "7");
}

static void
people_see_the_decimals_of_the_tag(void **state)
{
	static const struct {
		double real;
		int decimals;
		const char *text;
	} rows[] = {
		{ 4.5, 2, "4.50" }, { 4.567, 1, "4.6" }, { 4.5, 0, "4" },
		{ -0.001, 2, "0.00" }, { -0.4, 0, "0" }, { -0.01, 2, "-0.01" },
		{ 12, -3, "12" }, { 1, 99, "1.000000000000000" },
	};
	char text[VALUE_CAP];
	struct value v;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		v = value_real(rows[i].real, noon);
		assert_string_equal(
		    value_show(text, &v, rows[i].decimals), rows[i].text);
	}
	v = value_real(-DBL_MAX, noon);
	assert_int_equal(strlen(value_show(text, &v, 15)), 326);
	v = value_int(-3, noon);
	assert_string_equal(value_show(text, &v, 2), "-3");
}

static void
a_value_is_a_number_and_a_condition(void **state)
{
	struct value v = value_text("", noon);

	(void)state;
	assert_true(isnan(value_number(&v)));
	assert_false(value_true(&v));
	v = value_text("x", noon);
	assert_true(value_true(&v));
	v = value_int(-2, noon);
	assert_true(value_number(&v) == -2);
	assert_true(value_true(&v));
	v = value_real(NAN, noon);
	assert_false(value_true(&v));
	v = value_uint(UINT64_MAX, noon);
	assert_true(value_number(&v) == 0x1p64);
}

static void
the_worse_quality_wins_with_its_cause(void **state)
{
	struct value a = value_real(1, noon), b = value_initial(VALUE_REAL);

	(void)state;
	b.flags = VALUE_OVERRIDE;
	value_taint(&a, &b);
	assert_int_equal(a.quality, QUALITY_BAD);
	assert_int_equal(a.cause, CAUSE_INITIAL);
	assert_int_equal(a.flags, VALUE_OVERRIDE);
	b.cause = CAUSE_COMM;
	value_taint(&a, &b);
	assert_int_equal(a.cause, CAUSE_INITIAL);
	b.quality = QUALITY_STALE;
	value_taint(&b, &a);
	assert_int_equal(b.quality, QUALITY_BAD);
	assert_int_equal(b.cause, CAUSE_INITIAL);
}

static void
equal_looks_at_the_content_and_same_at_what_a_screen_shows(void **state)
{
	struct value a = value_real(NAN, noon), b = a;
	char other[] = "on";

	(void)state;
	assert_true(value_equal(&a, &b));
	b = value_uint(1, noon);
	a = value_bool(true, noon);
	assert_false(value_equal(&a, &b));
	a = value_uint(1, (struct wall){ 1 });
	assert_true(value_same(&a, &b));
	a.flags = VALUE_SIMULATED;
	assert_true(value_equal(&a, &b));
	assert_false(value_same(&a, &b));
	a = value_text("on", noon);
	b = value_text(other, noon);
	assert_true(value_equal(&a, &b));
}

static void
qualities_have_names_and_foreign_ones_are_bad(void **state)
{
	enum quality q;

	(void)state;
	assert_true(quality_parse(&q, "uncertain"));
	assert_int_equal(q, QUALITY_UNCERTAIN);
	assert_false(quality_parse(&q, "Good"));
	assert_string_equal(quality_name(QUALITY_STALE), "stale");
	assert_string_equal(quality_name((enum quality)9), "bad");
	assert_string_equal(cause_name(CAUSE_NONE), "");
	assert_string_equal(cause_name(CAUSE_RANGE), "range");
}

/* P31: an unknown code is neither blank nor another text. */
static void
a_code_without_a_text_shows_itself(void **state)
{
	struct wall t = { 1 };
	char unknown[VALUE_CAP];
	struct value v = value_uint(2, t);

	(void)state;
	assert_int_equal(value_code(&v, 3, unknown), 2);
	assert_int_equal(value_code(&v, 2, unknown), -1);
	assert_string_equal(unknown, "?2");
	v = value_int(-1, t);
	assert_int_equal(value_code(&v, 3, unknown), -1);
	assert_string_equal(unknown, "?-1");
	v = value_real(1.5, t);
	assert_int_equal(value_code(&v, 3, unknown), -1);
	assert_string_equal(unknown, "?1.5");
	v = value_text("RUN", t);
	assert_int_equal(value_code(&v, 3, unknown), -1);
	assert_string_equal(unknown, "?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_without_a_text_shows_itself),
		cmocka_unit_test(reals_print_as_the_fewest_digits),
		cmocka_unit_test(a_printed_real_reads_back_to_the_same_double),
		cmocka_unit_test(a_value_prints_exactly_whatever_its_type),
		cmocka_unit_test(
		    a_value_without_content_is_never_shown_as_zero),
		cmocka_unit_test(
		    the_last_content_of_a_bad_value_is_still_known),
		cmocka_unit_test(people_see_the_decimals_of_the_tag),
		cmocka_unit_test(a_value_is_a_number_and_a_condition),
		cmocka_unit_test(the_worse_quality_wins_with_its_cause),
		cmocka_unit_test(
		    equal_looks_at_the_content_and_same_at_what_a_screen_shows),
		cmocka_unit_test(
		    qualities_have_names_and_foreign_ones_are_bad),
	};

	return cmocka_run_group_tests_name("model_value", tests, NULL, NULL);
}
