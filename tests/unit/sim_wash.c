/* SPDX-License-Identifier: ISC */
/* The backwash sequence from end to end, by what the signal list says. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim_fresh_master.h"

static void
assert_washing_step(unsigned step)
{
	static const char *const words[] = { "FILTERS", "INLET CLOSES",
		"DRAINS", "OUTLET CLOSES", "AIR", "AIR AND WATER", "WATER",
		"SETTLES", "FILLS" };

	assert_string_equal(master_text(&m, "F-301.text"), words[step]);
	assert_true(master_get(&m, "filtration.turn") == 1);
	if (step == 4 || step == 6) {
		master_run(&m, 60.0);
		master_read(&m);
		assert_true(master_get(&m, "XV-313.opened") == 1);
		assert_true(master_get(&m, "XV-311.opened") == 0);
		assert_true(master_get(&m, "B-301.run") == (step == 4));
		assert_true(master_get(&m, "P-301.run") == (step == 6));
		assert_true(
		    (master_get(&m, "FT-302.pv") > 700.0) == (step == 6));
	}
}

static void
a_filter_washes_in_eight_steps(void **state)
{
	double loss, washes, waste;
	unsigned step;

	(void)state;
	loss = master_get(&m, "PDT-301.pv");
	washes = master_get(&m, "F-301.washes");
	waste = master_get(&m, "LT-401.pv");
	master_do(&m, "F-301", "wash");
	for (step = 1; step <= 8; step++) {
		if (!master_wait(&m, "F-301.step", step, 2400.0))
			fail_msg("step %u does not come", step);
		assert_washing_step(step);
	}
	assert_true(master_get(&m, "LT-401.pv") > waste + 1.2);
	assert_true(master_wait(&m, "F-301.step", 0, 5400.0));
	assert_true(master_get(&m, "filtration.turn") == 0);
	assert_true(master_get(&m, "F-301.washes") == washes + 1);
	assert_true(master_get(&m, "F-301.hours") < 1.0);
	master_run(&m, 1800.0);
	master_read(&m);
	assert_true(master_get(&m, "PDT-301.pv") < loss - 0.15);
}

static void
one_filter_washes_at_a_time(void **state)
{
	(void)state;
	master_do(&m, "F-301", "wash");
	master_run(&m, 5.0);
	master_do(&m, "F-303", "wash");
	master_run(&m, 5.0);
	master_read(&m);
	assert_true(master_get(&m, "F-301.washing") == 1);
	assert_true(master_get(&m, "F-303.washing") == 0);
	assert_true(master_get(&m, "F-303.lock_busy") == 1);
	assert_true(master_get(&m, "F-301.lock_busy") == 0);
	master_do(&m, "F-301", "abort");
	assert_true(master_wait(&m, "F-301.step", 7, 5.0));
	assert_true(master_wait(&m, "F-301.step", 0, 5400.0));
}

/* Each condition of a wash, its reason, and that nothing begins. */
static void
a_wash_that_cannot_be_says_why(void **state)
{
	static const struct {
		const char *reason, *signal;
		double value;
	} locks[] = { { "F-302.lock_water", "LT-501.pv", 1.2 },
		{ "F-302.lock_room", "LT-401.pv", 2.5 },
		{ "F-302.lock_pump", "P-301.fault", 1 },
		{ "F-302.lock_blower", "B-301.fault", 1 } };
	struct sim_order o;
	struct err e;
	char line[80];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(locks) / sizeof(locks[0]); i++) {
		snprintf(line, sizeof(line),
		    i < 2 ? "force %s %g" : "trip %.5s", locks[i].signal,
		    locks[i].value);
		assert_int_equal(order_parse(&o, &m.sim, line, &e), 0);
		order_apply(&o, &m.sim);
		master_run(&m, 2.0);
		master_do(&m, "F-302", "wash");
		master_run(&m, 2.0);
		master_read(&m);
		if (master_get(&m, locks[i].reason) != 1)
			fail_msg("%s is not said", locks[i].reason);
		assert_true(master_get(&m, "F-302.washing") == 0);
		o.off = true;
		order_apply(&o, &m.sim);
		master_do(&m, i < 2 ? "F-302" : i == 2 ? "P-301" : "B-301",
		    "reset");
		master_run(&m, 5.0);
		master_read(&m);
		assert_true(master_get(&m, locks[i].reason) == 0);
	}
}

static void
a_wash_whose_pump_fails_stands_and_is_brought_back(void **state)
{
	struct sim_order o;
	struct err e;

	(void)state;
	master_do(&m, "F-301", "wash");
	assert_true(master_wait(&m, "F-301.step", 6, 2400.0));
	assert_int_equal(order_parse(&o, &m.sim, "trip P-301", &e), 0);
	order_apply(&o, &m.sim);
	assert_true(master_wait(&m, "F-301.step", 9, 600.0));
	assert_true(master_get(&m, "F-301.fault") == 1);
	assert_true(master_get(&m, "P-301.run") == 0);
	master_run(&m, 60.0);
	master_read(&m);
	assert_true(master_get(&m, "XV-311.opened") == 0);
	assert_true(master_get(&m, "LIC-301.out") == 0.0);
	o.off = true;
	order_apply(&o, &m.sim);
	master_do(&m, "P-301", "reset");
	master_do(&m, "F-301", "reset");
	assert_true(master_wait(&m, "F-301.fault", 0, 5.0));
	assert_true(master_wait(&m, "F-301.step", 0, 5400.0));
}

static void
a_filter_goes_out_of_service_and_comes_back(void **state)
{
	(void)state;
	master_do(&m, "F-304", "out");
	assert_true(master_wait(&m, "F-304.step", 10, 5.0));
	master_run(&m, 1800.0);
	master_read(&m);
	assert_true(master_get(&m, "F-304.flow") < 1.0);
	assert_true(master_get(&m, "filtration.serving") == 3);
	assert_true(master_get(&m, "F-301.flow") > 120.0);
	assert_true(master_get(&m, "F-301.lock_few") == 0);
	master_do(&m, "F-304", "in");
	assert_true(master_wait(&m, "F-304.serving", 1, 5400.0));
}

static void
a_valve_that_sticks_is_the_one_that_says_so(void **state)
{
	static const char *const others[] = { "XV-312.fault", "XV-313.fault",
		"XV-314.fault", "LV-301.fault", "XV-321.fault" };
	struct sim_order o;
	struct err e;
	size_t i;

	(void)state;
	assert_int_equal(order_parse(&o, &m.sim, "stick XV-311", &e), 0);
	order_apply(&o, &m.sim);
	master_do(&m, "F-301", "wash");
	assert_true(master_wait(&m, "F-301.step", 9, 120.0));
	assert_true(master_get(&m, "XV-311.fault") == 1);
	assert_true(master_get(&m, "XV-311.opened") == 1);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_true(master_get(&m, others[i]) == 0);
	o.off = true;
	order_apply(&o, &m.sim);
	master_do(&m, "F-301", "reset");
	assert_true(master_wait(&m, "XV-311.fault", 0, 5.0));
	assert_true(master_wait(&m, "F-301.step", 0, 5400.0));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_filter_washes_in_eight_steps),
		TEST(one_filter_washes_at_a_time),
		TEST(a_wash_that_cannot_be_says_why),
		TEST(a_valve_that_sticks_is_the_one_that_says_so),
		TEST(a_wash_whose_pump_fails_stands_and_is_brought_back),
		TEST(a_filter_goes_out_of_service_and_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
