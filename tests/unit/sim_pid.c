/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/pid.h"
#include "sim/program.h"
#include "sim/works.h"

#define BUMP 0.5		/* % of output that a change of mode may move */

static struct works w;

static void
run(double seconds)
{
	for (; seconds > 0.0; seconds -= WORKS_STEP) {
		program_scan(&w, WORKS_STEP);
		works_step(&w, WORKS_STEP);
	}
}

static void
the_loop_holds_its_setpoint(void **state)
{
	(void)state;
	works_init(&w, 3);
	w.pic501.sp = 5.5;
	run(120.0);
	assert_true(fabs(w.pressure - 5.5) < 0.05);
}

/* In manual the value wanders off, so an unprepared integral would jump. */
static void
six_changes_of_mode_do_not_bump_the_output(void **state)
{
	double before;
	int i;

	(void)state;
	works_init(&w, 4);
	for (i = 0; i < 6; i++) {
		before = w.pic501.out;
		w.pic501.mode = i % 2;
		program_scan(&w, WORKS_STEP);
		assert_true(fabs(w.pic501.out - before) < BUMP);
		works_step(&w, WORKS_STEP);
		if (w.pic501.mode == PID_MANUAL) {
			run(5.0);
			w.pic501.out += i == 2 ? 4.0 : -4.0;
			run(60.0);
			assert_true(
			    fabs(w.pressure - w.pic501.sp) > 0.1);
		} else {
			run(120.0);
			assert_true(
			    fabs(w.pressure - w.pic501.sp) < 0.05);
		}
	}
}

static void
an_output_at_its_limit_does_not_wind_up(void **state)
{
	struct pid c;
	int i;

	(void)state;
	pid_init(&c, 5.0, 50.0, 8.0, 8.0, 5.0);
	for (i = 0; i < 36000; i++)
		pid_scan(&c, 1.0, 0.1);		/* an hour far below */
	assert_true(c.out == 100.0);
	for (i = 0; i < 20; i++)
		pid_scan(&c, 7.0, 0.1);		/* two seconds above */
	assert_true(c.out < 90.0);
}

static void
the_output_is_ours_in_manual_only(void **state)
{
	(void)state;
	works_init(&w, 5);
	w.pic501.out = 10.0;
	program_scan(&w, WORKS_STEP);
	assert_true(w.pic501.out > 60.0);
	w.pic501.mode = PID_MANUAL;
	w.pic501.out = 70.0;
	run(10.0);
	assert_true(w.pic501.out == 70.0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_loop_holds_its_setpoint),
		cmocka_unit_test(six_changes_of_mode_do_not_bump_the_output),
		cmocka_unit_test(an_output_at_its_limit_does_not_wind_up),
		cmocka_unit_test(the_output_is_ours_in_manual_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
