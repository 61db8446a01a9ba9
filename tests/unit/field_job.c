/* SPDX-License-Identifier: ISC */
/*
 * Commands against a device that misbehaves: exactly one result each, and in
 * the device's own record exactly the writes that the results admit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "badplc.h"
#include "base/log.h"
#include "fieldend.h"

enum { SP, COIL, WIDE, BIT, OUR_BIT, INPUT };	/* slots */

struct stage {
	struct badplc *plc;
	struct fieldend *f;
};

static int
open_stage(void **state)
{
	struct stage *s = test_calloc(1, sizeof(*s));
	struct field_point *p;

	s->plc = badplc_new();
	s->f = fieldend_new();
	fieldend_line(s->f, "net1", badplc_port(s->plc));
	fieldend_device(s->f, "plc1");
	badplc_set(s->plc, 10, 100);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_point(s->f, SPACE_COIL, 3, KIND_BOOL);
	fieldend_point(s->f, SPACE_HR, 20, KIND_FLOAT32);
	p = fieldend_point(s->f, SPACE_HR, 30, KIND_BOOL);
	p->at.bit = 4;
	p = fieldend_point(s->f, SPACE_HR, 31, KIND_BOOL);
	p->at.bit = 4;
	p->at.ours = true;
	fieldend_point(s->f, SPACE_DI, 5, KIND_BOOL);
	badplc_set(s->plc, 30, 0x8001);
	badplc_set(s->plc, 31, 0x8001);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 100) &&
		fieldend_good(s->f, COIL, 0) && s->f->tags[OUR_BIT].n > 0);
	*state = s;
	return 0;
}

static int
close_stage(void **state)
{
	struct stage *s = *state;

	assert_int_equal(s->f->broken, 0);
	fieldend_free(s->f);
	badplc_free(s->plc);
	test_free(s);
	return 0;
}

/* Sends and waits for the one result. */
static const struct field_result *
run(struct stage *s, const struct field_job *j)
{
	fieldend_send(s->f, j);
	FIELDEND_UNTIL(s->f, fieldend_result(s->f, j->id) != NULL);
	return fieldend_result(s->f, j->id);
}

static void
a_setpoint_is_written_read_back_and_done(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);
	const struct field_result *r = run(s, &j);
	int i;

	assert_int_equal(r->outcome, FIELD_DONE);
	assert_string_equal(r->reason, "");
	assert_int_equal(r->n_held, 1);
	assert_int_equal(r->held[0], 55);
	assert_int_equal(badplc_get(s->plc, 10), 55);
	assert_int_equal(badplc_writes(s->plc), 1);
	/* the new value was told before the result */
	assert_true(fieldend_good(s->f, SP, 55));
	for (i = 1; i < FIELD_STEP_COUNT; i++)
		assert_true(r->steps[i].us >= r->steps[i - 1].us);
	assert_int_equal(r->request.n, 12);
	assert_memory_equal(r->request.at + 6, "\x01\x06\x00\x0a\x00\x37", 6);
	assert_int_equal(r->reply.n, 12);
	assert_int_equal(r->back_request.n, 12);
	assert_memory_equal(
	    r->back_request.at + 6, "\x01\x03\x00\x0a\x00\x01", 6);
	assert_int_equal(r->back_reply.n, 11);
	assert_memory_equal(
	    r->back_reply.at + 6, "\x01\x03\x02\x00\x37", 5);
}

static void
a_coil_is_written_with_function_5(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);

	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
	assert_true(badplc_coil(s->plc, 3));
	assert_int_equal(badplc_write_at(s->plc, 0).function, 5);
}

static void
a_value_of_two_registers_is_written_in_one_request(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, WIDE, 0x3fc0);

	j.registers[1] = 0;
	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
	assert_int_equal(badplc_writes(s->plc), 1);
	assert_int_equal(badplc_write_at(s->plc, 0).function, 16);
	assert_int_equal(badplc_write_at(s->plc, 0).n, 2);
	assert_true(fieldend_good(s->f, WIDE, 1.5));
}

static void
a_device_that_keeps_the_old_value_is_a_mismatch(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);
	const struct field_result *r;

	badplc_overrule(s->plc, true);
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_MISMATCH);
	assert_int_equal(r->held[0], 100);
	assert_int_equal(badplc_writes(s->plc), 1);
	assert_true(r->steps[FIELD_STEP_READ].us -
		r->steps[FIELD_STEP_ANSWERED].us >= 290000);
}

static void
a_device_that_answers_no_is_a_mismatch_with_its_reason(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 100);
	const struct field_result *r;

	j.registers[0] = 55;
	badplc_overrule(s->plc, true);
	badplc_behave_writes(s->plc, BAD_EXCEPTION, 3);
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_MISMATCH);
	assert_non_null(strstr(r->reason, "illegal data value"));
	assert_int_equal(r->held[0], 100);
}

static void
no_answer_to_the_write_is_unknown_and_it_is_not_repeated(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);
	const struct field_result *r;

	badplc_behave_writes(s->plc, BAD_SILENT, 0);
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_UNKNOWN);
	assert_true(r->steps[FIELD_STEP_SENT].us > 0);
	assert_int_equal(r->steps[FIELD_STEP_ANSWERED].us, 0);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	/* the next good read shows what came of it */
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 55));
	fieldend_take(s->f, 300);
	assert_int_equal(badplc_writes(s->plc), 1);
	assert_int_equal(s->f->n_results, 1);
}

static void
a_wrong_echo_of_the_write_is_unknown(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);

	badplc_behave_writes(s->plc, BAD_ECHO, 0);
	assert_int_equal(run(s, &j)->outcome, FIELD_UNKNOWN);
	assert_int_equal(badplc_writes(s->plc), 1);
}

static void
a_connection_lost_at_the_write_is_unknown(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);

	badplc_behave_writes(s->plc, BAD_DROP, 0);
	assert_int_equal(run(s, &j)->outcome, FIELD_UNKNOWN);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 55));
	assert_int_equal(badplc_writes(s->plc), 1);
}

static void
a_command_given_while_the_device_is_silent_never_reaches_it(void **state)
{
	struct stage *s = *state;
	struct field_job j;

	/* as a stopped process: what is sent waits in its buffers */
	badplc_behave(s->plc, BAD_DEAF, 0);
	j = fieldend_job(s->f, 7, SP, 55);
	j.deadline = mono_add(clock_mono(), (struct span){ 1000 });
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, s->f->device[0].condition != FIELD_DEVICE_OK);
	j.id = 8;
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, s->f->n_results == 2);
	assert_int_equal(fieldend_result(s->f, 7)->outcome, FIELD_EXPIRED);
	assert_int_equal(fieldend_result(s->f, 8)->outcome, FIELD_EXPIRED);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 100));
	fieldend_take(s->f, 500);
	assert_int_equal(badplc_writes(s->plc), 0);
	assert_int_equal(s->f->n_results, 2);
}

static void
a_command_waits_for_its_device_within_its_time(void **state)
{
	struct stage *s = *state;
	struct field_job j;

	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, !s->f->line[0].up);
	j = fieldend_job(s->f, 7, SP, 55);
	fieldend_send(s->f, &j);
	fieldend_take(s->f, 200);
	assert_int_equal(s->f->n_results, 0);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, s->f->n_results == 1);
	assert_int_equal(s->f->results[0].outcome, FIELD_DONE);
}

static void
a_deadline_that_is_over_is_expired(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);

	j.deadline = clock_mono();
	assert_int_equal(run(s, &j)->outcome, FIELD_EXPIRED);
	assert_int_equal(badplc_writes(s->plc), 0);
}

static void
the_deadline_is_tested_just_before_the_first_byte(void **state)
{
	struct stage *s = *state;
	const struct field_result *r;
	struct field_job j;
	uint32_t i;

	for (i = 0; i < s->f->n_points; i++)
		s->f->points[i].period_ms = 60000;	/* the line is idle */
	s->f->tags[INPUT].n = 0;
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, s->f->tags[INPUT].n > 0);
	fieldend_take(s->f, 50);
	/* in time when it is taken up, too late when the first read is there */
	badplc_behave(s->plc, BAD_LATE, 150);
	j = fieldend_job(s->f, 7, SP, 55);
	j.deadline = mono_add(clock_mono(), (struct span){ 100 });
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_EXPIRED);
	assert_true(r->steps[FIELD_STEP_CHECKED].us > 0);
	assert_int_equal(r->steps[FIELD_STEP_SENT].us, 0);
	assert_int_equal(badplc_writes(s->plc), 0);
}

static void
what_cannot_be_written_is_refused(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, INPUT, 1);

	assert_int_equal(run(s, &j)->outcome, FIELD_REFUSED);
	j = fieldend_job(s->f, 8, SP, 1);
	j.plan = 99;
	assert_int_equal(run(s, &j)->outcome, FIELD_REFUSED);
	assert_int_equal(badplc_writes(s->plc), 0);
}

static void
a_bit_is_written_under_a_mask(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, BIT, 1 << 4);

	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
	assert_int_equal(badplc_get(s->plc, 30), 0x8011);
	assert_int_equal(badplc_write_at(s->plc, 0).function, 22);
	j = fieldend_job(s->f, 8, BIT, 0);
	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
	assert_int_equal(badplc_get(s->plc, 30), 0x8001);
}

static void
a_bit_of_a_word_that_is_not_ours_is_not_written_as_a_word(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, BIT, 1 << 4);
	const struct field_result *r;

	badplc_no_mask(s->plc, true);
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_MISMATCH);
	assert_non_null(strstr(r->reason, "not declared ours"));
	assert_int_equal(badplc_get(s->plc, 30), 0x8001);
}

static void
a_bit_of_our_word_is_read_changed_and_written(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, OUR_BIT, 1 << 4);

	badplc_no_mask(s->plc, true);
	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
	assert_int_equal(badplc_write_at(s->plc, 0).function, 6);
	assert_int_equal(badplc_get(s->plc, 31), 0x8011);
	assert_true(fieldend_good(s->f, OUR_BIT, 1));
}

static void
a_neighbour_bit_that_changes_is_a_mismatch(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, OUR_BIT, 1 << 4);
	const struct field_result *r;

	badplc_meddle(s->plc, 9);
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_MISMATCH);
	assert_int_equal(r->held[0], 0x8211);
}

static void
a_plc_reset_is_done_when_the_device_cleared_it(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);
	const struct field_result *r;

	j.kind = FIELD_PLC_RESET;
	j.taken_ms = 2000;
	badplc_clears(s->plc, 100);
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_DONE);
	assert_true(r->steps[FIELD_STEP_READ].us -
		r->steps[FIELD_STEP_SENT].us >= 95000);
	assert_int_equal(badplc_writes(s->plc), 1);
	badplc_clears(s->plc, 0);
	j.id = 8;
	j.taken_ms = 200;
	r = run(s, &j);
	assert_int_equal(r->outcome, FIELD_MISMATCH);
	assert_int_equal(r->held[0], 1);
}

static void
a_timed_pulse_is_set_held_and_cleared(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);
	struct badplc_write set, cleared;

	j.kind = FIELD_TIMED;
	j.pulse_ms = 200;
	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
	assert_int_equal(badplc_writes(s->plc), 2);
	set = badplc_write_at(s->plc, 0);
	cleared = badplc_write_at(s->plc, 1);
	assert_int_equal(set.values[0], 0xff00);
	assert_int_equal(cleared.values[0], 0);
	assert_true(cleared.at_us - set.at_us >= 195000);
	assert_false(badplc_coil(s->plc, 3));
}

static void
polls_go_on_while_a_pulse_is_held(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);

	j.kind = FIELD_TIMED;
	j.pulse_ms = 600;
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, badplc_writes(s->plc) == 1);
	badplc_set(s->plc, 10, 101);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 101));
	assert_int_equal(s->f->n_results, 0);
	FIELDEND_UNTIL(s->f, s->f->n_results == 1);
	assert_int_equal(s->f->results[0].outcome, FIELD_DONE);
}

static void
a_pulse_whose_line_is_lost_is_unknown_and_cleared_at_the_return(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);

	j.kind = FIELD_TIMED;
	j.pulse_ms = 300;
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, badplc_writes(s->plc) == 1);
	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, s->f->n_results == 1);
	assert_int_equal(s->f->results[0].outcome, FIELD_UNKNOWN);
	assert_true(badplc_coil(s->plc, 3));
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, s->f->n_cleared == 1);
	assert_int_equal(s->f->cleared[0].id, 7);
	assert_true(s->f->cleared[0].ok);
	assert_false(badplc_coil(s->plc, 3));
	fieldend_take(s->f, 200);
	assert_int_equal(badplc_writes(s->plc), 2);	/* and nothing else */
}

static void
the_end_of_the_core_clears_a_pulse_and_sends_nothing_else(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);

	j.kind = FIELD_TIMED;
	j.pulse_ms = 5000;
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, badplc_writes(s->plc) == 1);
	fieldend_free(s->f);
	s->f = fieldend_new();
	assert_int_equal(badplc_writes(s->plc), 2);
	assert_false(badplc_coil(s->plc, 3));
}

static void
a_safe_command_drops_the_unsent_others_of_its_object(void **state)
{
	struct stage *s = *state;
	struct field_job start = fieldend_job(s->f, 7, COIL, 1);
	struct field_job other = fieldend_job(s->f, 8, SP, 5);
	struct field_job stop = fieldend_job(s->f, 9, COIL, 0);

	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, !s->f->line[0].up);
	start.object = stop.object = 3;
	other.object = 4;
	stop.safe = true;
	fieldend_send(s->f, &start);
	fieldend_send(s->f, &other);
	fieldend_send(s->f, &stop);
	FIELDEND_UNTIL(s->f, fieldend_result(s->f, 7) != NULL);
	assert_int_equal(fieldend_result(s->f, 7)->outcome, FIELD_REFUSED);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, s->f->n_results == 3);
	assert_int_equal(fieldend_result(s->f, 8)->outcome, FIELD_DONE);
	assert_int_equal(fieldend_result(s->f, 9)->outcome, FIELD_DONE);
	assert_int_equal(badplc_writes(s->plc), 2);
	assert_int_equal(badplc_write_at(s->plc, 0).function, 5);
}

static void
a_safe_command_does_not_wait_for_another_to_be_taken(void **state)
{
	struct stage *s = *state;
	struct field_job start = fieldend_job(s->f, 7, COIL, 1);
	struct field_job stop = fieldend_job(s->f, 8, COIL, 0);
	struct mono before;

	badplc_overrule(s->plc, true);
	start.taken_ms = 4000;
	stop.safe = true;
	fieldend_send(s->f, &start);
	FIELDEND_UNTIL(s->f, badplc_writes(s->plc) == 1);
	before = clock_mono();
	assert_int_equal(run(s, &stop)->outcome, FIELD_DONE);
	assert_true(mono_since(clock_mono(), before).ms < 1000);
	assert_int_equal(fieldend_result(s->f, 7)->outcome, FIELD_MISMATCH);
}

static void
a_program_that_stands_still_takes_safe_commands_only(void **state)
{
	struct stage *s = *state;
	struct device *d = &s->f->devices[0];
	struct field_job j;

	d->has_alive = true;
	d->alive = (struct point){ .address = 5, .space = SPACE_HR,
		.bit = NO_BIT, .kind = KIND_UINT16, .registers = 1 };
	d->alive_within = (struct span){ 200 };
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(
	    s->f, s->f->device[0].condition == FIELD_DEVICE_STOPPED);
	j = fieldend_job(s->f, 7, SP, 55);
	assert_int_equal(run(s, &j)->outcome, FIELD_REFUSED);
	assert_int_equal(badplc_writes(s->plc), 0);
	j = fieldend_job(s->f, 8, COIL, 1);
	j.safe = true;
	assert_int_equal(run(s, &j)->outcome, FIELD_DONE);
}

static void
what_waits_goes_on_waiting_under_a_new_plan(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);

	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, !s->f->line[0].up);
	fieldend_send(s->f, &j);
	fieldend_start(s->f, 2);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, s->f->n_results == 1);
	assert_int_equal(s->f->results[0].outcome, FIELD_DONE);
	assert_int_equal(badplc_writes(s->plc), 1);
}

static void
a_device_that_changed_gets_nothing_that_was_not_sent(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, SP, 55);

	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, !s->f->line[0].up);
	fieldend_send(s->f, &j);
	s->f->devices[0].max_hole = 3;
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, s->f->n_results == 1);
	assert_int_equal(s->f->results[0].outcome, FIELD_REFUSED);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 100));
	assert_int_equal(badplc_writes(s->plc), 0);
}

static void
a_new_plan_lets_what_was_sent_come_to_its_end(void **state)
{
	struct stage *s = *state;
	struct field_job j = fieldend_job(s->f, 7, COIL, 1);

	j.kind = FIELD_TIMED;
	j.pulse_ms = 300;
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, badplc_writes(s->plc) == 1);
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, s->f->n_results == 1);
	assert_int_equal(s->f->results[0].outcome, FIELD_DONE);
	assert_false(badplc_coil(s->plc, 3));
	badplc_set(s->plc, 10, 1);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, SP, 1));
}

static void
a_hundred_commands_have_a_hundred_results_and_writes(void **state)
{
	struct stage *s = *state;
	struct field_job j;
	unsigned i;

	for (i = 0; i < END_RESULTS - 4; i++) {
		j = fieldend_job(s->f, 1000 + i, i % 2 ? SP : COIL, i % 4 == 0);
		fieldend_send(s->f, &j);
	}
	FIELDEND_UNTIL(s->f, s->f->n_results == END_RESULTS - 4);
	for (i = 0; i < END_RESULTS - 4; i++)
		assert_int_equal(fieldend_result(s->f, 1000 + i)->outcome,
		    FIELD_DONE);
	assert_int_equal(badplc_writes(s->plc), END_RESULTS - 4);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)
	const struct CMUnitTest tests[] = {
		TEST(a_setpoint_is_written_read_back_and_done),
		TEST(a_coil_is_written_with_function_5),
		TEST(a_value_of_two_registers_is_written_in_one_request),
		TEST(a_device_that_keeps_the_old_value_is_a_mismatch),
		TEST(a_device_that_answers_no_is_a_mismatch_with_its_reason),
		TEST(no_answer_to_the_write_is_unknown_and_it_is_not_repeated),
		TEST(a_wrong_echo_of_the_write_is_unknown),
		TEST(a_connection_lost_at_the_write_is_unknown),
		TEST(a_command_given_while_the_device_is_silent_never_reaches_it),
		TEST(a_command_waits_for_its_device_within_its_time),
		TEST(a_deadline_that_is_over_is_expired),
		TEST(the_deadline_is_tested_just_before_the_first_byte),
		TEST(what_cannot_be_written_is_refused),
		TEST(a_bit_is_written_under_a_mask),
		TEST(a_bit_of_a_word_that_is_not_ours_is_not_written_as_a_word),
		TEST(a_bit_of_our_word_is_read_changed_and_written),
		TEST(a_neighbour_bit_that_changes_is_a_mismatch),
		TEST(a_plc_reset_is_done_when_the_device_cleared_it),
		TEST(a_timed_pulse_is_set_held_and_cleared),
		TEST(polls_go_on_while_a_pulse_is_held),
		TEST(a_pulse_whose_line_is_lost_is_unknown_and_cleared_at_the_return),
		TEST(the_end_of_the_core_clears_a_pulse_and_sends_nothing_else),
		TEST(a_safe_command_drops_the_unsent_others_of_its_object),
		TEST(a_safe_command_does_not_wait_for_another_to_be_taken),
		TEST(a_program_that_stands_still_takes_safe_commands_only),
		TEST(what_waits_goes_on_waiting_under_a_new_plan),
		TEST(a_device_that_changed_gets_nothing_that_was_not_sent),
		TEST(a_new_plan_lets_what_was_sent_come_to_its_end),
		TEST(a_hundred_commands_have_a_hundred_results_and_writes),
	};

	log_open("field_job", LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
