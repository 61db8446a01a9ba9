/* SPDX-License-Identifier: ISC */
/* The loops and pumps of the plant, worked by what the signal list says. */
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

#define BUMP	  0.5	/* % of output that a change of mode may move */

/* A tag of every object that has one of this name; NULL at the end. */
static const char *
nth_loop(unsigned n)
{
	static char name[40];
	uint32_t i;

	for (i = 0; i < m.plant->n_objects; i++) {
		snprintf(name, sizeof(name), "%s.reset_time",
		    m.plant->objects[i].name);
		if (plant_tag(m.plant, name) != NONE && n-- == 0)
			return m.plant->objects[i].name;
	}
	return NULL;
}

static const char *
tag(const char *object, const char *signal)
{
	static char name[4][48];
	static unsigned i;

	i = (i + 1) % 4;
	snprintf(name[i], sizeof(name[i]), "%s.%s", object, signal);
	return name[i];
}

/* A change of mode by a write, and by how much the output jumped in a scan. */
static double
bump(const char *loop, int mode)
{
	double before;

	master_read(&m);
	before = master_get(&m, tag(loop, "out"));
	master_set(&m, tag(loop, "mode"), mode);
	master_run(&m, WORKS_STEP);
	master_read(&m);
	assert_true(master_get(&m, tag(loop, "mode")) == mode);
	return fabs(master_get(&m, tag(loop, "out")) - before);
}

static double
limit_of(const struct expr *x)
{
	double limit = 0.0;

	assert_true(expr_is_constant(x, &limit));
	return limit;
}

/* In automatic the setpoint is another than that of the cascade. */
static void
move_setpoint(const char *loop)
{
	const char *sp = tag(loop, "sp");
	const struct write_rule *rule =
	    m.plant->tags[plant_tag(m.plant, sp)].write;
	double low = limit_of(rule->min), high = limit_of(rule->max);
	double now = master_get(&m, sp), way = 0.1 * (high - low);

	master_set(&m, sp, now + way < high ? now + way : now - way);
}

/* In manual the output is moved, so an unprepared integral would jump. */
static void
change_modes(const char *loop, const int modes[6])
{
	double step;
	int i;

	for (i = 0; i < 6; i++) {
		step = bump(loop, modes[i]);
		if (step >= BUMP)
			fail_msg("%s: %.2f %% at change %d to mode %d", loop,
			    step, i, modes[i]);
		if (modes[i] == 0)
			master_set(&m, tag(loop, "out"),
			    master_get(&m, tag(loop, "out")) +
				(i % 2 != 0 ? 3.0 : -3.0));
		if (modes[i] == 1)
			move_setpoint(loop);
		master_run(&m, 90.0);
	}
}

static void
six_changes_of_mode_bump_no_loop(void **state)
{
	static const int simple[6] = { 0, 1, 0, 1, 0, 1 };
	static const int cascade[6] = { 0, 1, 2, 0, 2, 1 };
	const struct write_rule *rule;
	const char *loop;
	unsigned n;

	(void)state;
	for (n = 0; (loop = nth_loop(n)) != NULL; n++) {
		rule = m.plant->tags[plant_tag(m.plant, tag(loop, "mode"))]
			   .write;
		change_modes(
		    loop, limit_of(rule->max) > 1.0 ? cascade : simple);
	}
	assert_true(n >= 7);
}

/* The setpoint stays where the cascade left it (P26). */
static void
leaving_the_cascade_keeps_its_setpoint(void **state)
{
	double sp;

	(void)state;
	master_set(&m, "FIC-201.ratio", 42.0);
	master_run(&m, 60.0);
	master_read(&m);
	sp = master_get(&m, "FIC-201.sp");
	assert_true(fabs(sp - 0.042 * master_get(&m, "FT-201.pv")) < 0.2);
	assert_true(fabs(sp - master_get(&m, "FIC-201.pv")) < 0.3);
	master_set(&m, "FIC-201.mode", 1);
	master_set(&m, "FIC-201.ratio", 20.0);
	master_run(&m, 60.0);
	master_read(&m);
	assert_true(fabs(master_get(&m, "FIC-201.sp") - sp) < 0.2);
}

/* An hour without water closes the outlets; then nothing runs over. */
static void
an_hour_without_water_winds_no_filter_up(void **state)
{
	int s;

	(void)state;
	master_do(&m, "P-101A", "stop");
	master_run(&m, 3600.0);
	master_read(&m);
	assert_true(master_get(&m, "LIC-301.out") < 3.0);
	assert_true(master_get(&m, "D-201A.lock_path") == 1);
	assert_true(master_get(&m, "FIC-201.pv") < 0.1);
	master_do(&m, "P-101A", "start");
	for (s = 0; s < 7200; s++) {
		master_run(&m, 1.0);
		master_read(&m);
		assert_true(master_get(&m, "LIC-301.pv") < 2.4);
	}
	assert_true(fabs(master_get(&m, "LIC-301.pv") - 1.8) < 0.3);
	assert_true(master_get(&m, "D-201A.run") == 1);
}

static void
the_other_dosing_pump_takes_over(void **state)
{
	struct sim_order o;
	struct err e;

	(void)state;
	assert_int_equal(order_parse(&o, &m.sim, "trip D-201A", &e), 0);
	order_apply(&o, &m.sim);
	assert_true(master_wait(&m, "D-201B.run", 1, 8.0));
	assert_true(master_get(&m, "D-201A.fault") == 1);
	master_run(&m, 60.0);
	master_read(&m);
	assert_true(fabs(master_get(&m, "FIC-201.pv") -
		    master_get(&m, "FIC-201.sp")) < 0.5);
	assert_true(master_get(&m, "clarifier.undosed") == 0);
	master_do(&m, "D-201B", "stop");
	assert_true(master_wait(&m, "clarifier.undosed", 1, 120.0));
}

static void
a_pump_started_too_often_has_to_wait(void **state)
{
	int i;

	(void)state;
	master_set(&m, "P-401.mode", 0);
	for (i = 0; i < 18; i++) {
		master_do(&m, "P-401", i % 2 == 0 ? "start" : "stop");
		master_run(&m, 5.0);
	}
	master_read(&m);
	assert_true(master_get(&m, "P-401.lock_starts") == 1);
	master_do(&m, "P-401", "start");
	master_run(&m, 5.0);
	master_read(&m);
	assert_true(master_get(&m, "P-401.run") == 0);
	master_run(&m, 900.0);
	master_do(&m, "P-401", "start");
	assert_true(master_wait(&m, "P-401.run", 1, 5.0));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(six_changes_of_mode_bump_no_loop),
		TEST(leaving_the_cascade_keeps_its_setpoint),
		TEST(an_hour_without_water_winds_no_filter_up),
		TEST(the_other_dosing_pump_takes_over),
		TEST(a_pump_started_too_often_has_to_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
