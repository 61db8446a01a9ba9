/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/sim.h"

#include "sim_plant.h"

static void
order(const char *line)
{
	struct sim_order o;
	struct err e;

	if (order_parse(&o, &s, line, &e) < 0)
		fail_msg("%s: %s", line, e.text);
	order_apply(&o, &s);
}

static uint16_t
hr(unsigned address)
{
	uint16_t word = 0;

	assert_int_equal(plc_read(&s.plcs[0], MAP_HR, address, 1, &word), PLC_OK);
	return word;
}

static void
write_hr(unsigned address, uint16_t word)
{
	assert_int_equal(plc_write(&s.plcs[0], MAP_HR, address, 1, &word), PLC_OK);
}

static double
shown(const char *name)
{
	int i;
	const struct map_row *r = sim_row_find(&s, name, &i);

	assert_non_null(r);
	return sim_shown(&s, r, i);
}

static void
assert_places_of_its_own(const struct plc_make *make)
{
	uint16_t owner[4][PLC_WORDS] = { { 0 } }, mask;
	const struct map_row *r;
	size_t i;
	unsigned k;

	for (i = 0; i < make->map->n; i++) {
		r = &make->map->rows[i];
		mask = r->bit != MAP_NO_BIT ? (uint16_t)(1u << r->bit) : 0xffff;
		if (r->address + map_words(r) > make->size[r->space])
			fail_msg("%s is not in %s", r->name, make->name);
		for (k = 0; k < map_words(r); k++) {
			if (owner[r->space][r->address + k] & mask)
				fail_msg("%s overlaps", r->name);
			owner[r->space][r->address + k] |= mask;
		}
	}
}

static void
no_two_rows_share_a_register(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < plc_makes_n; i++)
		assert_places_of_its_own(&plc_makes[i]);
}

static void
a_written_setpoint_is_shown_at_once_and_reaches_the_pump(void **state)
{
	(void)state;
	write_hr(100, 13824);
	assert_int_equal(hr(100), 13824);
	sim_step(&s, 30.0);
	assert_true(w.p101[0].speed > 49.9 && w.p101[0].speed < 50.1);
}

static void
the_plc_limits_what_is_written(void **state)
{
	uint16_t sp[2] = { 0x0000, 0x4120 };	/* 10.0, low word first */

	(void)state;
	assert_int_equal(plc_write(&s.plcs[0], MAP_HR, 222, 2, sp), PLC_OK);
	assert_true(shown("PIC-501.sp") == 6.5);
	write_hr(10, 7);			/* no such mode */
	assert_int_equal(hr(10), MODE_MANUAL);
	write_hr(100, 30000);
	assert_int_equal(hr(100), 27648);
}

static void
what_the_program_writes_others_write_in_vain(void **state)
{
	uint16_t before = hr(201);

	(void)state;
	write_hr(201, 0xffff);
	assert_int_equal(hr(201), before);
}

static void
addresses_that_are_not_there_are_refused(void **state)
{
	uint16_t words[20] = { 0 };

	(void)state;
	assert_int_equal(
	    plc_read(&s.plcs[0], MAP_HR, 490, 20, words), PLC_BAD_ADDRESS);
	assert_int_equal(
	    plc_read(&s.plcs[0], MAP_HR, 55, 6, words), PLC_BAD_ADDRESS);
	assert_int_equal(plc_read(&s.plcs[0], MAP_HR, 69, 2, words), PLC_BAD_ADDRESS);
	assert_int_equal(plc_read(&s.plcs[0], MAP_HR, 55, 5, words), PLC_OK);
	assert_int_equal(plc_read(&s.plcs[0], MAP_HR, 70, 5, words), PLC_OK);
	assert_int_equal(
	    plc_write(&s.plcs[0], MAP_HR, 60, 1, words), PLC_BAD_ADDRESS);
	assert_int_equal(
	    plc_read(&s.plcs[0], MAP_DI, 99, 2, words), PLC_BAD_ADDRESS);
}

static void
the_alive_word_counts_every_scan(void **state)
{
	uint16_t before = hr(0);

	(void)state;
	sim_step(&s, 1.0);
	assert_int_equal((uint16_t)(hr(0) - before), 10);
}

static void
frozen_it_answers_and_nothing_moves(void **state)
{
	uint16_t alive = hr(0), level = hr(200), sp;

	(void)state;
	order("freeze plc1");
	sim_step(&s, 600.0);
	assert_int_equal(hr(0), alive);
	assert_int_equal(hr(200), level);
	assert_true(w.p101[0].run);		/* the plant goes on */
	write_hr(100, 13824);
	assert_int_equal(hr(100), 13824);	/* memory is memory */
	sim_step(&s, 10.0);
	assert_true(w.p101[0].sp > 79.0);	/* nobody takes it */
	order("freeze plc1 off");
	sp = hr(100);
	assert_int_equal(sp, 13824);
	sim_step(&s, 1.0);
	assert_true(w.p101[0].sp < 51.0);
	assert_true(hr(0) != alive);
	assert_true(hr(200) != level);
}

static void
stopped_it_drops_its_outputs_and_comes_back_all_off(void **state)
{
	uint16_t alive = hr(0);

	(void)state;
	order("stop plc1");
	sim_step(&s, 10.0);
	assert_false(w.p101[0].run || w.p501[0].run);
	assert_int_equal(hr(0), alive);
	order("stop plc1 off");
	sim_step(&s, 10.0);
	assert_false(w.p101[0].run || w.p101[0].command);
	assert_true(shown("P-101A.start") == 0.0);
	assert_true(hr(0) != alive);
	assert_true(w.p101[0].sp > 79.0);	/* setpoints are retained */
}

static void
a_kept_setpoint_keeps_its_value(void **state)
{
	uint16_t before = hr(100);

	(void)state;
	order("keep P-101A.sp for 1min");
	write_hr(100, 13824);
	assert_int_equal(hr(100), before);
	sim_step(&s, 61.0);
	write_hr(100, 13824);
	assert_int_equal(hr(100), 13824);
}

static void
a_forced_measurement_is_believed_by_the_program(void **state)
{
	(void)state;
	order("force LT-501.pv 0.3 for 10s");
	sim_step(&s, 5.0);
	assert_true(shown("LT-501.pv") > 0.299 && shown("LT-501.pv") < 0.301);
	assert_true(w.tank > 3.0);
	assert_false(w.p501[0].run);		/* suction level too low */
	sim_step(&s, 10.0);
	assert_true(shown("LT-501.pv") > 3.0);
}

static void
a_forced_contact_changes_the_register_only(void **state)
{
	uint32_t starts = w.p101[0].starts;

	(void)state;
	order("force P-101A.run false");
	sim_step(&s, 5.0);
	assert_true(shown("P-101A.run") == 0.0);
	assert_true(w.p101[0].run);
	order("force P-101A.run off");
	assert_true(shown("P-101A.run") == 1.0);
	assert_int_equal(w.p101[0].starts, starts);
}

static void
another_program_has_another_identity(void **state)
{
	(void)state;
	assert_int_equal(hr(2), 1042);
	order("program plc1 1050");
	assert_int_equal(hr(2), 1050);
	order("program plc1 off");
	assert_int_equal(hr(2), 1042);
}

static void
a_reset_coil_is_taken_and_cleared_by_the_program(void **state)
{
	uint16_t one = 1, coil = 9;

	(void)state;
	order("trip P-101A");
	sim_step(&s, 1.0);
	order("trip P-101A off");
	assert_true(shown("P-101A.fault") == 1.0);
	assert_int_equal(plc_write(&s.plcs[0], MAP_COIL, 10, 1, &one), PLC_OK);
	assert_int_equal(plc_read(&s.plcs[0], MAP_COIL, 10, 1, &coil), PLC_OK);
	assert_int_equal(coil, 1);
	sim_step(&s, 0.3);
	assert_int_equal(plc_read(&s.plcs[0], MAP_COIL, 10, 1, &coil), PLC_OK);
	assert_int_equal(coil, 0);
	assert_true(shown("P-101A.fault") == 0.0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_two_rows_share_a_register),
		TEST(a_written_setpoint_is_shown_at_once_and_reaches_the_pump),
		TEST(the_plc_limits_what_is_written),
		TEST(what_the_program_writes_others_write_in_vain),
		TEST(addresses_that_are_not_there_are_refused),
		TEST(the_alive_word_counts_every_scan),
		TEST(frozen_it_answers_and_nothing_moves),
		TEST(stopped_it_drops_its_outputs_and_comes_back_all_off),
		TEST(a_kept_setpoint_keeps_its_value),
		TEST(a_forced_measurement_is_believed_by_the_program),
		TEST(a_forced_contact_changes_the_register_only),
		TEST(another_program_has_another_identity),
		TEST(a_reset_coil_is_taken_and_cleared_by_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
