/* SPDX-License-Identifier: ISC */
/* A step back of a counter is a rollover or a reset (P29). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/counter.h"

static void
expect_step(unsigned bits, double rate, double old, double new, int64_t ms,
    enum counter_step wanted, double by_wanted)
{
	const struct counter_rule rule = { bits, rate };
	double by = -1;

	assert_int_equal(
	    counter_step(&rule, old, new, (struct span){ ms }, &by), wanted);
	assert_true(by == by_wanted);
}

static void
a_counter_counts_on(void **state)
{
	(void)state;
	expect_step(16, 1, 10, 10, 0, COUNTER_ON, 0);
	/* faster than it should: that is another's business */
	expect_step(16, 1, 10, 500, 1000, COUNTER_ON, 490);
}

static void
a_step_back_that_is_small_for_its_time_is_a_rollover(void **state)
{
	(void)state;
	expect_step(16, 10, 65530, 4, 1000, COUNTER_ROLLED, 10);
	expect_step(32, 1, 4294967295.0, 0, 1000, COUNTER_ROLLED, 1);
	/* over an hour's outage it may be more */
	expect_step(16, 10, 65000, 1000, 3600000, COUNTER_ROLLED, 1536);
}

static void
any_other_step_back_is_a_reset(void **state)
{
	(void)state;
	expect_step(16, 10, 65530, 5, 1000, COUNTER_RESET, 0);
	expect_step(16, 10, 1000, 0, 1000, COUNTER_RESET, 0);
	expect_step(32, 1, 4294967295.0, 0, 999, COUNTER_RESET, 0);
	/* more than its bits can hold */
	expect_step(8, 10, 65530, 4, 1000000, COUNTER_RESET, 0);
}

static void
values_are_compared_in_raw_counts(void **state)
{
	static const struct point hours = { .scaled = true,
		.raw = { 0, 3600 },
		.value = { 0, 1 } };
	const struct tag scaled = { .point = &hours }, plain = { 0 };
	struct value v = value_real(2.5, (struct wall){ 1 });
	struct value n = value_uint(9000, (struct wall){ 1 });

	(void)state;
	assert_true(counter_raw(&scaled, &v) == 9000);
	assert_true(counter_raw(&plain, &n) == 9000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_counter_counts_on),
		cmocka_unit_test(
		    a_step_back_that_is_small_for_its_time_is_a_rollover),
		cmocka_unit_test(any_other_step_back_is_a_reset),
		cmocka_unit_test(values_are_compared_in_raw_counts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
