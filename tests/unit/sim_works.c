/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/program.h"
#include "sim/works.h"

#define DAY_S 86400.0

static struct works w;

static void
run(double seconds)
{
	for (; seconds > WORKS_STEP / 2; seconds -= WORKS_STEP) {
		program_scan(&w, WORKS_STEP);
		works_step(&w, WORKS_STEP);
	}
}

static double
stored(void)
{
	return works_stored(&w);
}

static void
assert_balanced(double before)
{
	double lost = w.in_m3 - w.out_m3 - w.overflow_m3 - w.waste.drain_m3 -
	    w.waste.overflow_m3 - (stored() - before);

	assert_true(w.in_m3 > 5000.0);
	assert_true(fabs(lost) < 0.001 * w.in_m3);
}

/* The alarm limits of the project, read off conf/riverside/types. */
static void
assert_calm(void)
{
	assert_true(w.lt501.measured > 1.0 && w.lt501.measured < 5.2);
	assert_true(fabs(w.lt501.measured - w.lt502.measured) < 0.12);
	assert_true(w.lt101.measured > 1.5 && w.lt101.measured < 3.6);
	assert_true(w.pdt101.measured > -0.05 && w.pdt101.measured < 0.35);
	assert_true(w.pt501.measured > 4.2 && w.pt501.measured < 6.8);
	assert_true(w.ft101.measured > 80.0 && w.ft101.measured < 760.0);
	assert_true(w.ft501.measured > 80.0 && w.ft501.measured < 720.0);
	assert_true(w.at101.measured < 20.0);
	assert_true(w.at501.measured > 0.3 && w.at501.measured < 0.9);
	assert_true(w.at502.measured < 0.25);
	assert_true(w.jt501.measured < 280.0);
	assert_false(w.p101[0].fault || w.p101[1].fault || w.sc101.fault);
	assert_false(w.p501[0].fault || w.p501[1].fault || w.p501[2].fault);
	assert_false(w.lv501.fault || w.v101.fault || w.dosing.fault);
}

static void
a_day_loses_no_water_and_crosses_no_limit(void **state)
{
	double before;
	int i;

	(void)state;
	works_init(&w, 1);
	before = stored();
	for (i = 0; i < 86400; i++) {
		assert_calm();
		run(1.0);
	}
	assert_balanced(before);
}

static void
water_is_conserved_through_disturbances(void **state)
{
	double before;

	(void)state;
	works_init(&w, 2);
	before = stored();
	w.storm_aim = 1.0;
	run(4 * 3600.0);
	w.burst = 100.0;
	run(3600.0);
	w.burst = 0.0;
	w.p101[0].protection = true;
	run(3600.0);
	w.supply.grid = false;
	run(600.0);
	w.supply.grid = true;
	w.lv501.stuck = true;
	w.p101[0].protection = false;
	w.p101[0].reset = true;
	run(1.0);
	w.p101[0].command = w.p101[1].command = true;
	run(12 * 3600.0);
	assert_true(w.overflow_m3 > 0.0);
	assert_balanced(before);
}

static void
the_same_seed_gives_the_same_day(void **state)
{
	static struct works first;

	(void)state;
	works_init(&w, 7);
	run(3600.0);
	first = w;
	works_init(&w, 7);
	run(3600.0);
	assert_memory_equal(&first, &w, sizeof(w));
	works_init(&w, 8);
	run(3600.0);
	assert_true(first.lt501.measured != w.lt501.measured);
}

static void
a_trip_is_latched_until_its_cause_is_gone_and_it_is_reset(void **state)
{
	struct pump *p = &w.p101[0];
	uint32_t starts;

	(void)state;
	works_init(&w, 1);
	assert_true(p->run);
	starts = p->starts;
	p->protection = true;
	run(1.0);
	assert_true(p->fault && !p->run && !p->command);
	p->reset = true;
	run(1.0);
	assert_true(p->fault);		/* the cause is still there */
	assert_false(p->reset);		/* the PLC has taken it */
	p->protection = false;
	run(1.0);
	assert_true(p->fault);
	p->command = true;
	run(1.0);
	assert_false(p->run);
	p->reset = true;
	run(1.0);
	assert_false(p->fault);
	assert_false(p->run);		/* it does not start by itself */
	p->command = true;
	run(2.0);
	assert_true(p->run);
	assert_int_equal(p->starts, starts + 1);
}

static const uint32_t locks[] = { LOCK_LEVEL, LOCK_PATH, LOCK_MODE,
	LOCK_MAINS };

static void
cause(uint32_t lock, bool on)
{
	switch (lock) {
	case LOCK_LEVEL:
		w.sump = on ? 0.8 : 2.9;
		break;
	case LOCK_PATH:
		w.v101.command = !on;
		break;
	case LOCK_MODE:
		w.raw.mode = on ? MODE_OFF : MODE_MANUAL;
		break;
	default:
		w.supply.grid = !on;
	}
}

static void
each_interlock_stops_the_pump_and_says_why(void **state)
{
	struct pump *p = &w.p101[0];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(locks) / sizeof(locks[0]); i++) {
		works_init(&w, 1);
		assert_int_equal(p->locks, 0);
		cause(locks[i], true);
		run(3.0);
		assert_int_equal(p->locks & locks[i], locks[i]);
		assert_false(p->run);
		p->command = true;
		run(1.0);
		assert_false(p->run || p->command);
		cause(locks[i], false);
		run(60.0);
		assert_int_equal(p->locks, 0);
		assert_false(p->run);
		p->command = true;
		run(2.0);
		assert_true(p->run);
	}
}

static void
in_local_the_remote_command_has_no_effect(void **state)
{
	(void)state;
	works_init(&w, 1);
	w.p101[0].local = true;
	run(0.2);
	w.p101[0].command = false;
	run(2.0);
	assert_true(w.p101[0].run && w.p101[0].command);
	w.p101[0].local = false;
	run(0.2);
	w.p101[0].command = false;
	run(2.0);
	assert_false(w.p101[0].run);
}

static void
a_pump_against_a_closed_valve_trips_after_a_minute(void **state)
{
	(void)state;
	works_init(&w, 1);
	w.lic501.mode = PID_MANUAL;
	w.lic501.out = 0.0;
	run(55.0);
	assert_false(w.p101[0].fault);
	run(120.0);
	assert_true(w.p101[0].fault && !w.p101[0].run);
}

static void
in_automatic_the_stand_by_pump_takes_over(void **state)
{
	(void)state;
	works_init(&w, 1);
	w.raw.mode = MODE_AUTO;
	w.p101[0].protection = true;
	run(4.0);
	assert_false(w.p101[1].run);
	run(4.0);
	assert_true(w.p101[1].run);
	run(60.0);
	assert_true(w.p101[1].flow > 200.0);

	works_init(&w, 1);
	w.p101[0].protection = true;
	run(60.0);
	assert_false(w.p101[1].run);	/* MANUAL: that is the operator's */
}

static void
the_life_word_standing_still_is_noticed(void **state)
{
	(void)state;
	works_init(&w, 1);
	run(60.0);
	assert_false(w.plc1.server_silent);	/* none was ever there */
	w.plc1.life = 7;
	run(9.0);
	assert_false(w.plc1.server_silent);
	run(2.0);
	assert_true(w.plc1.server_silent);
	w.plc1.life = 8;
	run(0.2);
	assert_false(w.plc1.server_silent);
}

/* stick, for everything that moves. */
static void
what_is_stuck_does_not_follow_its_command(void **state)
{
	double position;

	(void)state;
	works_init(&w, 1);
	w.p101[0].stuck = w.p101[1].stuck = true;
	w.v101.stuck = w.lv501.stuck = w.dosing.stuck = true;
	position = w.lv501.position;
	w.p101[0].command = w.dosing.command = w.v101.command = false;
	w.lic501.mode = PID_MANUAL;
	w.lic501.out = 90.0;
	run(10.0);
	assert_true(w.p101[0].run && w.dosing.run && w.v101.opened);
	assert_true(w.lv501.position == position);
	run(120.0);
	assert_true(w.v101.fault && w.lv501.fault);
	w.p101[1].command = true;
	run(5.0);
	assert_false(w.p101[1].run);
}

static void
a_third_pump_makes_up_for_a_burst(void **state)
{
	(void)state;
	works_init(&w, 1);
	w.burst = 200.0;
	run(120.0);
	assert_true(w.pressure < 4.5);
	w.p501[2].command = true;
	run(120.0);
	assert_true(w.pressure > 4.8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_loses_no_water_and_crosses_no_limit),
		cmocka_unit_test(water_is_conserved_through_disturbances),
		cmocka_unit_test(the_same_seed_gives_the_same_day),
		cmocka_unit_test(
		    a_trip_is_latched_until_its_cause_is_gone_and_it_is_reset),
		cmocka_unit_test(each_interlock_stops_the_pump_and_says_why),
		cmocka_unit_test(in_local_the_remote_command_has_no_effect),
		cmocka_unit_test(
		    a_pump_against_a_closed_valve_trips_after_a_minute),
		cmocka_unit_test(in_automatic_the_stand_by_pump_takes_over),
		cmocka_unit_test(the_life_word_standing_still_is_noticed),
		cmocka_unit_test(what_is_stuck_does_not_follow_its_command),
		cmocka_unit_test(a_third_pump_makes_up_for_a_burst),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
