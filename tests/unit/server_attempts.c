/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "server/attempts.h"

static struct attempts attempts;
static const struct mono noon = { 1000000000 };

static int
fresh(void **state)
{
	(void)state;
	attempts = (struct attempts){ 0 };
	return 0;
}

static struct mono
later(int64_t ms)
{
	return mono_add(noon, (struct span){ ms });
}

static int64_t
try(const char *name, const char *place, struct mono now)
{
	return attempts_begin(&attempts, name, place, now).ms;
}

static void
three_of_a_name_cost_nothing_then_it_doubles_up_to_8_s(void **state)
{
	static const int64_t waits[] = { 0, 0, 0, 1000, 2000, 4000, 8000,
		8000, 8000 };
	char place[16];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		snprintf(place, sizeof(place), "10.0.0.%zu", i);
		assert_int_equal(try("olga", place, noon), waits[i]);
	}
}

static void
nobody_waits_longer_however_often_it_failed(void **state)
{
	int64_t ms = 0;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++)
		ms = try("olga", "10.0.0.1", noon);
	assert_int_equal(ms, 15000);
	/* from elsewhere it is only the name that counts */
	assert_int_equal(try("olga", "10.0.0.2", noon), 8000);
}

static void
ten_from_a_place_cost_nothing_whoever_they_name(void **state)
{
	char name[16];
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		snprintf(name, sizeof(name), "u%d", i);
		assert_int_equal(try(name, "10.0.0.1", noon), 0);
	}
	assert_int_equal(try("v", "10.0.0.1", noon), 1000);
	assert_int_equal(try("w", "10.0.0.1", noon), 2000);
	assert_int_equal(try("w", "10.0.0.2", noon), 0);
}

static void
a_right_one_forgets_its_name_and_its_own_of_the_place(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 9; i++)
		try("mallory", "10.0.0.1", noon);
	for (i = 0; i < 5; i++)
		try("olga", "10.0.0.1", noon);
	attempts_right(&attempts, "olga", "10.0.0.1");
	assert_int_equal(try("olga", "10.0.0.2", noon), 0);
	/* the nine of the other one still stand against the place */
	assert_int_equal(try("anna", "10.0.0.1", noon), 0);
	assert_int_equal(try("anna", "10.0.0.1", noon), 1000);
}

static void
a_quarter_of_an_hour_forgets(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 20; i++)
		try("olga", "10.0.0.1", noon);
	assert_int_equal(try("olga", "10.0.0.1", later(899000)), 15000);
	assert_int_equal(try("olga", "10.0.0.1", later(899000 + 900000)), 0);
}

static void
a_full_table_forgets_who_failed_least(void **state)
{
	char name[16];
	int i;

	(void)state;
	for (i = 0; i < 6; i++)
		try("olga", "tty", noon);
	for (i = 0; i < 5 * ATTEMPTS_ROWS; i++) {
		snprintf(name, sizeof(name), "u%d", i);
		try(name, name, noon);
	}
	assert_int_equal(try("olga", "other", noon), 8000);
}

static void
a_place_is_an_address_without_its_port(void **state)
{
	char place[ATTEMPTS_KEY];

	(void)state;
	assert_string_equal(
	    attempts_place(place, "10.0.5.7:51234"), "10.0.5.7");
	assert_string_equal(attempts_place(place, "[fd00:1:2:3:4:5:6:7]:22"),
	    "fd00:0001:0002:0003::/64");
	assert_string_equal(attempts_place(place, "/dev/tty1"), "/dev/tty1");
}

#define TEST(name) cmocka_unit_test_setup(name, fresh)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(three_of_a_name_cost_nothing_then_it_doubles_up_to_8_s),
		TEST(nobody_waits_longer_however_often_it_failed),
		TEST(ten_from_a_place_cost_nothing_whoever_they_name),
		TEST(a_right_one_forgets_its_name_and_its_own_of_the_place),
		TEST(a_quarter_of_an_hour_forgets),
		TEST(a_full_table_forgets_who_failed_least),
		TEST(a_place_is_an_address_without_its_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
