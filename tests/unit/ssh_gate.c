/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ssh/gate.h"

static struct mono
at(int64_t ms)
{
	return (struct mono){ ms * 1000 };
}

/* The n-th address. */
static struct source
from(uint8_t n)
{
	return (struct source){ .key = { 4, 10, 0, 0, n } };
}

static struct gate gate;

static int
open_gate(void **state)
{
	struct gate_rules r = gate_rules_default(64, (struct span){ 30000 });

	(void)state;
	gate_init(&gate, &r);
	return 0;
}

static int
close_gate(void **state)
{
	(void)state;
	gate_fini(&gate);
	return 0;
}

static int
arrive(uint8_t n, int64_t ms)
{
	struct source s = from(n);

	return gate_arrive(&gate, &s, at(ms));
}

/* Lets everybody run who may; how many these were. */
static unsigned
run_all(int64_t ms)
{
	unsigned n = 0;
	int i;

	while ((i = gate_next(&gate)) >= 0) {
		gate_call(&gate, i);
		gate_run(&gate, i, at(ms));
		n++;
	}
	return n;
}

static unsigned
count(enum gate_stage stage)
{
	unsigned i, n = 0;

	for (i = 0; i < gate.rules.seats; i++)
		n += gate.seats[i].stage == stage;
	return n;
}

static void
one_source_runs_four_and_the_others_wait(void **state)
{
	unsigned i;
	int seat = -1;

	(void)state;
	for (i = 0; i < 6; i++)
		assert_true((seat = arrive(1, i)) >= 0);
	assert_int_equal(run_all(10), 4);
	assert_int_equal(count(GATE_WAITING), 2);
	assert_int_equal(gate.seats[seat].stage, GATE_WAITING);
	assert_true(arrive(2, 11) >= 0);
	assert_int_equal(run_all(12), 1);
}

static void
who_logged_in_or_left_makes_room_for_the_oldest(void **state)
{
	int seats[6], i;

	(void)state;
	for (i = 0; i < 6; i++)
		seats[i] = arrive(1, i);
	run_all(10);
	gate_live(&gate, seats[0]);
	assert_int_equal(gate_next(&gate), seats[4]);
	run_all(20);
	gate_keyed(&gate, seats[1]);
	assert_int_equal(gate_next(&gate), -1);
	gate_leave(&gate, seats[1]);
	assert_int_equal(gate_next(&gate), seats[5]);
}

static void
above_ten_only_a_source_that_runs_none_may_run(void **state)
{
	uint8_t n;

	(void)state;
	for (n = 1; n <= 5; n++) {
		arrive(n, 0);
		arrive(n, 0);
	}
	assert_int_equal(run_all(1), 10);
	arrive(1, 2);
	assert_int_equal(run_all(3), 0);
	for (n = 6; n <= 100; n++)
		arrive(n, 4);
	assert_int_equal(run_all(5), 50);
	assert_int_equal(count(GATE_RUNNING), 60);
}

static void
the_source_that_runs_fewest_goes_first(void **state)
{
	int second, fresh;

	(void)state;
	arrive(1, 0);
	run_all(0);
	second = arrive(1, 1);
	fresh = arrive(2, 2);
	assert_int_equal(gate_next(&gate), fresh);
	gate_call(&gate, fresh);
	assert_int_equal(gate_next(&gate), second);
}

static void
waiting_is_bounded_for_a_source_and_for_all(void **state)
{
	unsigned i, in = 0;
	uint8_t n;

	(void)state;
	for (i = 0; i < 200; i++)
		in += arrive(1, 0) >= 0;
	assert_int_equal(in, 192);
	for (n = 2; n < 10; n++)
		for (i = 0; i < 60; i++)
			in += arrive(n, 0) >= 0;
	assert_int_equal(in, 256);
}

static void
who_waits_without_a_word_makes_room(void **state)
{
	struct source one = from(1), two = from(2), three = from(3);
	int seat, first = arrive(1, 0), second = arrive(1, 1), i;

	(void)state;
	for (i = 2; i < 192; i++)
		arrive(1, i);
	gate_spoke(&gate, first);
	assert_int_equal(gate_in_the_way(&gate, &two, at(5000)), -1);
	assert_int_equal(gate_in_the_way(&gate, &one, at(20)), -1);
	assert_int_equal(gate_in_the_way(&gate, &one, at(21)), second);
	gate_leave(&gate, second);
	assert_true(arrive(1, 1001) >= 0);
	seat = arrive(2, 0);
	for (i = 1; i < 64; i++)
		arrive(2, 2000);
	assert_int_equal(gate_in_the_way(&gate, &three, at(1001)), seat);
	gate_spoke(&gate, seat);
	assert_int_not_equal(gate_in_the_way(&gate, &three, at(1500)), seat);
}

static void
live_connections_take_seats_but_no_turns(void **state)
{
	unsigned i;
	int seat;

	(void)state;
	for (i = 0; i < 64; i++) {
		seat = arrive(1, 0);
		assert_int_equal(run_all(0), 1);
		gate_live(&gate, seat);
	}
	assert_int_equal(gate.running, 0);
	assert_true(arrive(1, 1) >= 0);
	assert_int_equal(run_all(1), 1);
	assert_int_equal(gate_overdue(&gate, at(1000000)), seat + 1);
}

static void
everybody_has_the_grace_but_not_more(void **state)
{
	int running, waiting;
	unsigned i;

	(void)state;
	running = arrive(1, 0);
	assert_int_equal(run_all(5000), 1);
	gate_keyed(&gate, running);
	assert_int_equal(gate_wake(&gate).us, at(35000).us);
	assert_int_equal(gate_overdue(&gate, at(34999)), -1);
	assert_int_equal(gate_overdue(&gate, at(35000)), running);
	gate_leave(&gate, running);
	assert_int_equal(gate_wake(&gate).us, MONO_NEVER.us);
	for (i = 0; i < 4; i++)
		arrive(2, 0);
	run_all(1000);
	for (i = 0; i < gate.rules.seats; i++)
		if (gate.seats[i].stage == GATE_RUNNING)
			gate_keyed(&gate, (int)i);
	waiting = arrive(2, 500);
	assert_int_equal(gate_overdue(&gate, at(30500)), waiting);
}

static void
a_silent_one_goes_after_three_seconds_if_somebody_waits(void **state)
{
	int seats[4], i;

	(void)state;
	for (i = 0; i < 4; i++) {
		seats[i] = arrive(1, i);
		run_all(i);
	}
	gate_keyed(&gate, seats[0]);	/* asks for a passphrase, perhaps */
	assert_int_equal(gate_overdue(&gate, at(5000)), -1);
	arrive(2, 5000);		/* has its own turn */
	run_all(5000);
	assert_int_equal(gate_overdue(&gate, at(5000)), -1);
	arrive(1, 5000);
	assert_int_equal(gate_overdue(&gate, at(3000)), -1);
	assert_int_equal(gate_overdue(&gate, at(5000)), seats[1]);
	gate_leave(&gate, seats[1]);
	assert_int_equal(run_all(5000), 1);
	assert_int_equal(gate_overdue(&gate, at(5000)), -1);
}

static void
who_waits_for_the_core_is_not_hurried(void **state)
{
	int i, seat;

	(void)state;
	for (i = 0; i < 4; i++)
		arrive(1, 0);
	while ((seat = gate_next(&gate)) >= 0)
		gate_call(&gate, seat);
	arrive(1, 0);
	assert_int_equal(gate_overdue(&gate, at(29999)), -1);
	assert_true(gate_overdue(&gate, at(30000)) >= 0);
}

/* Ends whom the time ends, every 100 ms, until this one runs. */
static int64_t
runs_after(int seat)
{
	int64_t ms;
	int i;

	for (ms = 1; gate.seats[seat].stage == GATE_WAITING; ms += 100) {
		assert_true(ms < 40000);
		while ((i = gate_overdue(&gate, at(ms))) >= 0)
			gate_leave(&gate, i);
		run_all(ms);
	}
	return ms;
}

static void
silent_connections_hold_up_others_for_seconds_only(void **state)
{
	int other, same, i;

	(void)state;
	for (i = 0; i < 40; i++)
		arrive(1, 0);
	run_all(0);
	other = arrive(2, 1);
	same = arrive(1, 1);
	gate_spoke(&gate, same);
	run_all(1);
	assert_int_equal(gate.seats[other].stage, GATE_RUNNING);
	assert_true(runs_after(same) < 3200);
}

static void
who_has_not_spoken_still_has_a_turn(void **state)
{
	int same, i;

	(void)state;
	for (i = 0; i < 20; i++)
		arrive(1, 0);
	run_all(0);
	same = arrive(1, 1);
	assert_true(runs_after(same) < 15200);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_gate, close_gate)
	const struct CMUnitTest tests[] = {
		T(one_source_runs_four_and_the_others_wait),
		T(who_logged_in_or_left_makes_room_for_the_oldest),
		T(above_ten_only_a_source_that_runs_none_may_run),
		T(the_source_that_runs_fewest_goes_first),
		T(waiting_is_bounded_for_a_source_and_for_all),
		T(who_waits_without_a_word_makes_room),
		T(live_connections_take_seats_but_no_turns),
		T(everybody_has_the_grace_but_not_more),
		T(a_silent_one_goes_after_three_seconds_if_somebody_waits),
		T(who_waits_for_the_core_is_not_hurried),
		T(silent_connections_hold_up_others_for_seconds_only),
		T(who_has_not_spoken_still_has_a_turn),
	};

	return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
