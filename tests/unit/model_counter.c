/* SPDX-License-Identifier: ISC */
/* A step back of a counter is a rollover or a reset (P29). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "model/counter.h"

static void
expect_step(unsigned bits, double rate, double old, double new, int64_t ms,
    enum counter_step wanted, double by_wanted)
{
	const struct counter_rule rule = { ldexp(1, (int)bits), rate };
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
	expect_step(16, 10, 10, 20, 1000, COUNTER_ON, 10);
	/* one more: it had almost been counted before */
	expect_step(16, 10, 10, 21, 1000, COUNTER_ON, 11);
	expect_step(16, 0.01, 10, 11, 1000, COUNTER_ON, 1);
	/* over an hour's outage it may be more */
	expect_step(16, 10, 10, 36010, 3600000, COUNTER_ON, 36000);
}

static void
no_counter_counts_faster_than_its_rate(void **state)
{
	(void)state;
	expect_step(16, 10, 10, 22, 1000, COUNTER_JUMPED, 0);
	expect_step(16, 1, 10, 500, 1000, COUNTER_JUMPED, 0);
	expect_step(16, 10, 10, 36012, 3600000, COUNTER_JUMPED, 0);
	/* the clock was set: nobody knows in what time; or no rate is known */
	expect_step(16, 1, 10, 500, -1, COUNTER_ON, 490);
	expect_step(16, 0, 10, 500, 1000, COUNTER_ON, 490);
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

static const struct point tenths = { .scaled = true,
	.raw = { 0, 10 },
	.value = { 0, 1 } };
static const struct counter_rule small = { 65536, 10 };

/* Tenths of a litre in 16 bits, at most 10 in a second, read each second. */
static struct counter_kept
kept(const struct log_rule *log)
{
	struct poll polls[] = { { "normal", { 1000 } } };
	const struct plant plant = { .polls = polls };
	const struct tag t = { .point = &tenths,
		.counter = &small,
		.log = log };
	struct counter_kept k;

	assert_true(counter_keep(&k, &plant, &t));
	return k;
}

/* Recorded, and known to hold, so long ago. */
static enum counter_step
between(const struct counter_kept *k, double old, double new, int64_t ms,
    double *by)
{
	return counter_between(
	    k, old, new, (struct span){ ms }, (struct span){ ms }, by);
}

static void
what_is_no_counter_is_not_kept_as_one(void **state)
{
	const struct plant plant = { 0 };
	const struct tag t = { .point = &tenths };
	struct counter_kept k;

	(void)state;
	assert_false(counter_keep(&k, &plant, &t));
}

static void
the_difference_of_recorded_values_is_in_their_unit(void **state)
{
	const struct counter_kept k = kept(NULL);
	const struct span hour = { 3600000 }, none = { 0 };
	double by;

	(void)state;
	assert_int_equal(counter_between(&k, 1, 101.5, hour, hour, &by), COUNTER_ON);
	assert_true(by == 100.5);
	/* 65535 to 4 tenths: five counts */
	assert_int_equal(
	    counter_between(&k, 6553.5, 0.4, none, none, &by), COUNTER_ROLLED);
	assert_true(by > 0.499 && by < 0.501);
	assert_int_equal(
	    counter_between(&k, 6550.0, 0.4, none, none, &by), COUNTER_RESET);
	assert_true(by == 0);
	assert_int_equal(
	    counter_between(&k, 6550.0, 0.4, hour, hour, &by), COUNTER_ROLLED);
}

/* What a deadband and at_most keep back had been counted before. */
static void
a_recorded_value_may_be_late(void **state)
{
	const struct log_rule deadband = { .deadband = 5 },
			      seldom = { .at_most = { 6000 } };
	struct counter_kept k = kept(&deadband);
	double by;

	(void)state;
	assert_true(k.late.ms == 6000);
	assert_int_equal(between(&k, 6550, 0.4, 0,
			     &by), COUNTER_ROLLED);
	k = kept(&seldom);
	assert_true(k.late.ms == 7000);
	assert_int_equal(between(&k, 6550, 4, 0,
			     &by), COUNTER_RESET);
}

/* How long it had stood there does not matter for what it counted since. */
static void
a_recorded_jump_is_one_for_the_time_since_it_was_recorded(void **state)
{
	const struct counter_kept k = kept(NULL);
	const struct span minute = { 60000 }, none = { 0 };
	double by;

	(void)state;
	/* 600 tenths in a minute, 10 in the poll before, and one */
	assert_int_equal(counter_between(&k, 100, 161, minute, none, &by),
	    COUNTER_ON);
	assert_true(by == 61);
	assert_int_equal(counter_between(&k, 100, 161.2, minute, none, &by),
	    COUNTER_JUMPED);
	assert_true(by == 0);
}

static void
after_a_long_silence_it_is_at_least_so_much(void **state)
{
	const struct counter_kept k = kept(NULL);
	double by;

	(void)state;
	/* 65536 tenths take at least 6553.6 s */
	assert_int_equal(between(&k, 10, 20,
			     6553500, &by), COUNTER_ON);
	assert_int_equal(between(&k, 10, 20,
			     6553600, &by), COUNTER_AT_LEAST);
	assert_true(by == 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_counter_counts_on),
		cmocka_unit_test(no_counter_counts_faster_than_its_rate),
		cmocka_unit_test(
		    a_recorded_jump_is_one_for_the_time_since_it_was_recorded),
		cmocka_unit_test(
		    a_step_back_that_is_small_for_its_time_is_a_rollover),
		cmocka_unit_test(any_other_step_back_is_a_reset),
		cmocka_unit_test(values_are_compared_in_raw_counts),
		cmocka_unit_test(what_is_no_counter_is_not_kept_as_one),
		cmocka_unit_test(
		    the_difference_of_recorded_values_is_in_their_unit),
		cmocka_unit_test(a_recorded_value_may_be_late),
		cmocka_unit_test(after_a_long_silence_it_is_at_least_so_much),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
