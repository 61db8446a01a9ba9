/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/timers.h"

static struct mono
at(int64_t ms)
{
	return (struct mono){ ms * 1000 };
}

static void
nothing_is_due_in_an_empty_heap(void **state)
{
	struct timers t = { { 0 } };
	struct timer got;

	(void)state;
	assert_true(timers_due(&t).us == MONO_NEVER.us);
	assert_false(timers_take(&t, at(INT32_MAX), &got));
	timers_fini(&t);
}

static void
what_is_never_due_is_not_kept(void **state)
{
	struct timers t = { { 0 } };

	(void)state;
	timers_add(&t, TIMER_ALARM, 1, MONO_NEVER);
	assert_int_equal(t.heap.n, 0);
	timers_fini(&t);
}

static void
a_timer_is_taken_at_its_time_and_not_before(void **state)
{
	struct timers t = { { 0 } };
	struct timer got;

	(void)state;
	timers_add(&t, TIMER_COMMAND, 7, at(100));
	assert_false(timers_take(&t, at(99), &got));
	assert_true(timers_take(&t, at(100), &got));
	assert_int_equal(got.sort, TIMER_COMMAND);
	assert_int_equal(got.slot, 7);
	assert_false(timers_take(&t, at(1000), &got));
	timers_fini(&t);
}

/* All orders of many: each comes once, none before one that is earlier. */
static void
timers_come_in_order_whatever_order_they_were_set_in(void **state)
{
	enum { N = 1000 };
	struct timers t = { { 0 } };
	struct timer got;
	uint8_t seen[N] = { 0 };
	uint32_t random = 1;
	int64_t last = -1;
	unsigned i, n = 0;

	(void)state;
	for (i = 0; i < N; i++) {
		random = random * 1664525 + 1013904223;
		timers_add(&t, TIMER_ALARM, i, at(random >> 20));
	}
	while (timers_take(&t, at(INT32_MAX), &got)) {
		assert_true(got.due.us >= last);
		last = got.due.us;
		assert_int_equal(seen[got.slot]++, 0);
		n++;
	}
	assert_int_equal(n, N);
	timers_fini(&t);
}

static void
one_that_is_set_while_others_are_taken_finds_its_place(void **state)
{
	struct timers t = { { 0 } };
	struct timer got;

	(void)state;
	timers_add(&t, TIMER_ALARM, 1, at(10));
	timers_add(&t, TIMER_ALARM, 3, at(30));
	assert_true(timers_take(&t, at(50), &got));
	timers_add(&t, TIMER_ALARM, 2, at(20));
	assert_true(timers_due(&t).us == at(20).us);
	assert_true(timers_take(&t, at(50), &got));
	assert_int_equal(got.slot, 2);
	assert_true(timers_take(&t, at(50), &got));
	assert_int_equal(got.slot, 3);
	timers_fini(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_due_in_an_empty_heap),
		cmocka_unit_test(what_is_never_due_is_not_kept),
		cmocka_unit_test(a_timer_is_taken_at_its_time_and_not_before),
		cmocka_unit_test(
		    timers_come_in_order_whatever_order_they_were_set_in),
		cmocka_unit_test(
		    one_that_is_set_while_others_are_taken_finds_its_place),
	};

	return cmocka_run_group_tests_name("server_timers", tests, NULL, NULL);
}
