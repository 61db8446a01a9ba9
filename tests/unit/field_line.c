/* SPDX-License-Identifier: ISC */
/* A line against a device that misbehaves: what is believed, and what is not. */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "badplc.h"
#include "base/log.h"
#include "fieldend.h"

#define TRUTH 4242

struct stage {
	struct badplc *plc;
	struct fieldend *f;
};

static int
open_stage(void **state)
{
	struct stage *s = test_calloc(1, sizeof(*s));

	s->plc = badplc_new();
	s->f = fieldend_new();
	fieldend_line(s->f, "net1", badplc_port(s->plc));
	fieldend_device(s->f, "plc1");
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

/* One uint16 at hr:10 that is TRUTH. */
static void
start_simple(struct stage *s)
{
	badplc_set(s->plc, 10, TRUTH);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
}

static void
values_arrive_and_only_changes_follow(void **state)
{
	struct stage *s = *state;
	unsigned requests, n;

	start_simple(s);
	assert_true(s->f->line[0].up);
	assert_int_equal(s->f->device[0].condition, FIELD_DEVICE_OK);
	n = s->f->tags[0].n;
	requests = badplc_requests(s->plc);
	FIELDEND_UNTIL(s->f, badplc_requests(s->plc) > requests + 5);
	assert_int_equal(s->f->tags[0].n, n);
	assert_true(s->f->alives > 0);
	badplc_set(s->plc, 10, 7);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 7));
	assert_int_equal(s->f->tags[0].n, n + 1);
}

static void
every_kind_and_a_bit_are_decoded(void **state)
{
	struct stage *s = *state;
	struct fieldend *f = s->f;

	badplc_set(s->plc, 0, 0xfffe);			/* int16 -2 */
	badplc_set(s->plc, 1, 0x3fc0);			/* float32 1.5 */
	badplc_set(s->plc, 3, 1 << 5);
	badplc_set_coil(s->plc, 9, true);
	badplc_set(s->plc, 4, ('P' << 8) | '1');
	fieldend_point(f, SPACE_HR, 0, KIND_INT16);
	fieldend_point(f, SPACE_HR, 1, KIND_FLOAT32);
	fieldend_point(f, SPACE_HR, 3, KIND_BOOL)->at.bit = 5;
	fieldend_point(f, SPACE_HR, 3, KIND_BOOL)->at.bit = 6;
	fieldend_point(f, SPACE_COIL, 9, KIND_BOOL);
	fieldend_point(f, SPACE_HR, 4, KIND_TEXT)->at.registers = 1;
	f->points[5].at.length = 2;
	fieldend_start(f, 1);
	FIELDEND_UNTIL(f, f->tags[5].n > 0 && f->tags[4].n > 0);
	assert_true(fieldend_good(f, 0, -2));
	assert_true(fieldend_good(f, 1, 1.5));
	assert_true(fieldend_good(f, 2, 1));
	assert_true(fieldend_good(f, 3, 0));
	assert_true(fieldend_good(f, 4, 1));
	assert_string_equal(f->tags[5].text, "P1");
}

static bool
is_truth(void *context, uint32_t slot, double value)
{
	(void)context;
	(void)slot;
	return value == TRUTH;
}

/* With this misdeed nothing false is ever good; afterwards all is well. */
static void
endure(struct stage *s, enum bad how, int arg)
{
	unsigned requests = badplc_requests(s->plc);

	s->f->truth = is_truth;
	badplc_behave(s->plc, how, arg);
	FIELDEND_UNTIL(s->f,
	    s->f->device[0].condition != FIELD_DEVICE_OK &&
		badplc_requests(s->plc) >= requests + 3);
	assert_int_equal(s->f->tags[0].v.quality, QUALITY_BAD);
	fieldend_take(s->f, 300);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	assert_int_equal(s->f->lies, 0);
	assert_true(s->f->line[0].up);
}

static void
a_silent_device_is_bad_and_comes_back(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	endure(s, BAD_SILENT, 0);
	assert_int_equal(s->f->line_messages[0], 3);	/* up, down, up */
}

static void
a_late_answer_never_becomes_a_value(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	badplc_set(s->plc, 10, TRUTH);
	endure(s, BAD_LATE, 260);
}

static void
an_answer_to_another_request_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_ID, 0);
}

static void
an_answer_of_another_unit_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_UNIT, 0);
}

static void
an_answer_to_another_function_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_FUNCTION, 0);
}

static void
a_wrong_byte_count_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_COUNT, 0);
}

static void
garbage_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_GARBAGE, 0);
}

static void
half_a_frame_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_HALF, 0);
}

static void
a_dropped_connection_is_no_value(void **state)
{
	start_simple(*state);
	endure(*state, BAD_DROP, 0);
}

static void
too_few_registers_are_no_values(void **state)
{
	struct stage *s = *state;

	badplc_set(s->plc, 10, TRUTH);
	badplc_set(s->plc, 11, TRUTH);
	badplc_set(s->plc, 12, TRUTH);
	fieldend_point(s->f, SPACE_HR, 11, KIND_UINT16);
	fieldend_point(s->f, SPACE_HR, 12, KIND_UINT16);
	start_simple(s);
	endure(s, BAD_SHORT, 0);
}

static void
a_stale_answer_behind_a_good_one_is_no_value(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	s->f->truth = is_truth;
	badplc_behave(s->plc, BAD_TWICE, 0);
	fieldend_take(s->f, 400);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	assert_int_equal(s->f->lies, 0);
}

static void
an_answer_in_pieces_is_one(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	badplc_behave(s->plc, BAD_PIECES, 0);
	badplc_set(s->plc, 10, 99);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 99));
	assert_int_equal(s->f->device_messages[0], 1);
}

static void
a_refused_connection_is_a_line_that_is_down(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(
	    s->f, s->f->device[0].condition == FIELD_DEVICE_LINE);
	assert_false(s->f->line[0].up);
	assert_non_null(strstr(s->f->line[0].text, "refused"));
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	assert_int_equal(s->f->line_messages[0], 3);
}

static void
set_alive(struct stage *s)
{
	struct device *d = &s->f->devices[0];

	d->has_alive = true;
	d->alive = (struct point){ .address = 5, .space = SPACE_HR,
		.bit = NO_BIT, .kind = KIND_UINT16, .registers = 1 };
	d->alive_within = (struct span){ 300 };
	badplc_alive(s->plc, 5, true);
}

/* Nothing is due to be read for a minute, so that it is the look at the word
 * alive which finds that nobody listens. */
static void
a_line_that_was_refused_is_tried_again_whatever_found_it(void **state)
{
	struct stage *s = *state;

	set_alive(s);
	badplc_set(s->plc, 10, TRUTH);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16)->period_ms = 60000;
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(
	    s->f, s->f->device[0].condition == FIELD_DEVICE_LINE);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	assert_true(s->f->line[0].up);
}

static void
a_server_that_was_never_there_is_a_line_that_is_down(void **state)
{
	struct stage *s = *state;

	badplc_behave(s->plc, BAD_REFUSES, 0);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, s->f->line_messages[0] > 0);
	assert_false(s->f->line[0].up);
	FIELDEND_UNTIL(s->f, s->f->device_messages[0] > 0);
	assert_int_equal(s->f->tags[0].n, 0);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 0));
}

static void
one_silent_device_does_not_take_its_line_along(void **state)
{
	struct stage *s = *state;

	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_device(s->f, "plc2")->unit = 2;
	fieldend_point(s->f, SPACE_HR, 20, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f,
	    fieldend_good(s->f, 0, 0) && fieldend_good(s->f, 1, 0));
	badplc_behave_unit(s->plc, 2, BAD_SILENT, 0);
	FIELDEND_UNTIL(
	    s->f, s->f->device[1].condition == FIELD_DEVICE_SILENT);
	assert_non_null(strstr(s->f->device[1].text, "unit 2"));
	badplc_set(s->plc, 10, 5);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 5));
	assert_int_equal(s->f->line_messages[0], 1);
	assert_int_equal(s->f->device_messages[0], 1);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 1, 0));
}

static void
a_device_that_was_never_there_does_not_take_its_line_along(void **state)
{
	struct stage *s = *state;

	badplc_behave_unit(s->plc, 1, BAD_SILENT, 0);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_device(s->f, "plc2")->unit = 2;
	fieldend_point(s->f, SPACE_HR, 20, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 1, 0) &&
		s->f->device[0].condition == FIELD_DEVICE_SILENT);
	fieldend_take(s->f, 300);
	assert_true(s->f->line[0].up);
	assert_int_equal(s->f->line_messages[0], 1);
	assert_int_equal(s->f->device_messages[1], 1);
}

static void
only_the_refused_register_is_bad(void **state)
{
	struct stage *s = *state;
	uint32_t i;

	for (i = 0; i < 20; i++) {
		badplc_set(s->plc, (uint16_t)(100 + i), (uint16_t)i);
		fieldend_point(
		    s->f, SPACE_HR, (uint16_t)(100 + i), KIND_UINT16);
	}
	badplc_forbid(s->plc, 113, 113, 2);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, s->f->marks > 0);
	for (i = 0; i < 20; i++) {
		if (i != 13)
			FIELDEND_UNTIL(s->f, fieldend_good(s->f, i, i));
	}
	assert_int_equal(s->f->tags[13].v.quality, QUALITY_BAD);
	assert_int_equal(s->f->tags[13].v.cause, CAUSE_DEVICE);
	assert_int_equal(s->f->marks, 1);
	assert_int_equal(s->f->device[0].condition, FIELD_DEVICE_OK);
	/* the others go on */
	badplc_set(s->plc, 112, 1000);
	badplc_set(s->plc, 114, 1001);
	FIELDEND_UNTIL(s->f,
	    fieldend_good(s->f, 12, 1000) && fieldend_good(s->f, 14, 1001));
}

static void
exceptions_to_everything_are_a_fault_that_passes(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	badplc_behave(s->plc, BAD_EXCEPTION, 4);
	FIELDEND_UNTIL(s->f, s->f->device[0].condition == FIELD_DEVICE_FAULT);
	assert_int_equal(s->f->tags[0].v.cause, CAUSE_DEVICE);
	assert_true(s->f->line[0].up);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
}

static void
a_register_with_a_fault_of_its_own_is_found(void **state)
{
	struct stage *s = *state;

	fieldend_point(s->f, SPACE_HR, 11, KIND_UINT16);
	fieldend_point(s->f, SPACE_HR, 12, KIND_UINT16);
	badplc_forbid(s->plc, 12, 12, 4);
	badplc_set(s->plc, 10, TRUTH);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, s->f->marks == 1);
	assert_int_equal(s->f->tags[1].v.cause, CAUSE_DEVICE);
	FIELDEND_UNTIL(s->f,
	    fieldend_good(s->f, 0, 0) && fieldend_good(s->f, 2, TRUTH));
}

static void
a_program_that_stands_still_makes_all_bad(void **state)
{
	struct stage *s = *state;

	set_alive(s);
	start_simple(s);
	fieldend_take(s->f, 500);
	assert_int_equal(s->f->device[0].condition, FIELD_DEVICE_OK);
	badplc_alive(s->plc, 5, false);
	FIELDEND_UNTIL(
	    s->f, s->f->device[0].condition == FIELD_DEVICE_STOPPED);
	assert_int_equal(s->f->tags[0].v.quality, QUALITY_BAD);
	assert_int_equal(s->f->tags[0].v.cause, CAUSE_DEVICE);
	badplc_alive(s->plc, 5, true);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
}

static void
set_identity(struct stage *s, uint16_t program)
{
	struct device *d = &s->f->devices[0];

	d->has_identity = true;
	d->identity = (struct point){ .address = 2, .space = SPACE_HR,
		.bit = NO_BIT, .kind = KIND_UINT16, .registers = 1 };
	d->identity_value = 1042;
	badplc_set(s->plc, 2, program);
}

static void
another_program_is_never_read_nor_written(void **state)
{
	struct stage *s = *state;
	struct field_job j;

	set_identity(s, 1043);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(
	    s->f, s->f->device[0].condition == FIELD_DEVICE_PROGRAM);
	assert_int_equal(s->f->tags[0].v.cause, CAUSE_CONFIG);
	j = fieldend_job(s->f, 1, 0, 5);
	j.safe = true;
	fieldend_send(s->f, &j);
	FIELDEND_UNTIL(s->f, fieldend_result(s->f, 1) != NULL);
	assert_int_equal(fieldend_result(s->f, 1)->outcome, FIELD_REFUSED);
	assert_int_equal(badplc_writes(s->plc), 0);
	assert_int_equal(s->f->tags[0].n, 0);
	badplc_set(s->plc, 2, 1042);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 0));
}

static void
a_new_connection_is_identified_before_it_is_believed(void **state)
{
	struct stage *s = *state;

	set_identity(s, 1042);
	s->f->truth = is_truth;
	start_simple(s);
	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, !s->f->line[0].up);
	badplc_set(s->plc, 2, 7);
	badplc_set(s->plc, 10, 1);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(
	    s->f, s->f->device[0].condition == FIELD_DEVICE_PROGRAM);
	assert_int_equal(s->f->lies, 0);
}

static void
the_life_word_needs_a_young_beat_and_control(void **state)
{
	struct stage *s = *state;
	struct device *d = &s->f->devices[0];
	unsigned writes;

	d->has_life = true;
	d->life = (struct point){ .address = 1, .space = SPACE_HR,
		.bit = NO_BIT, .kind = KIND_UINT16, .registers = 1 };
	start_simple(s);
	fieldend_beat(s->f, 8, false);
	fieldend_take(s->f, 300);
	assert_int_equal(badplc_writes(s->plc), 0);
	fieldend_beat(s->f, 9, true);
	FIELDEND_UNTIL(s->f, badplc_get(s->plc, 1) == 9);
	fieldend_take(s->f, 300);
	writes = badplc_writes(s->plc);
	assert_int_equal(writes, 1);		/* once per beat */
	FIELDEND_UNTIL(s->f, s->f->pulse.life_writes == 1);
}

static void
a_slow_line_hears_the_life_word_less_often(void **state)
{
	struct stage *s = *state;
	struct device *d = &s->f->devices[0];

	d->has_life = true;
	d->life = (struct point){ .address = 1, .space = SPACE_HR,
		.bit = NO_BIT, .kind = KIND_UINT16, .registers = 1 };
	d->life_every = (struct span){ 60000 };
	start_simple(s);
	fieldend_beat(s->f, 8, true);
	FIELDEND_UNTIL(s->f, badplc_get(s->plc, 1) == 8);
	fieldend_beat(s->f, 9, true);
	fieldend_take(s->f, 300);
	assert_int_equal(badplc_writes(s->plc), 1);
}

static void
the_second_path_is_taken_when_the_first_is_dead(void **state)
{
	struct stage *s = *state;
	struct badplc *other = badplc_new();

	s->f->lines[0].to[1] = s->f->lines[0].to[0];
	s->f->lines[0].to[1].port = badplc_port(other);
	s->f->lines[0].n_to = 2;
	badplc_set(other, 10, 77);
	start_simple(s);
	badplc_behave(s->plc, BAD_REFUSES, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 77));
	badplc_behave(s->plc, BAD_NOTHING, 0);
	badplc_behave(other, BAD_SILENT, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	badplc_behave(other, BAD_NOTHING, 0);
	badplc_free(other);
}

static void
forget_what_came(struct stage *s)
{
	memset(s->f->tags, 0, sizeof(s->f->tags));
	memset(s->f->blocks, 0, sizeof(s->f->blocks));
	s->f->n_conditions = 0;
	s->f->line_messages[0] = 0;
}

static void
new_points_come_over_the_connection_that_is_there(void **state)
{
	struct stage *s = *state;
	unsigned connections;

	start_simple(s);
	connections = badplc_connections(s->plc);
	forget_what_came(s);
	fieldend_point(s->f, SPACE_HR, 11, KIND_UINT16);
	badplc_set(s->plc, 11, 3);
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH) &&
		fieldend_good(s->f, 1, 3));
	assert_int_equal(badplc_connections(s->plc), connections);
	assert_int_equal(s->f->n_conditions, 0);
	assert_int_equal(s->f->line_messages[0], 0);
}

static void
the_same_points_get_new_slots_and_are_told_once(void **state)
{
	struct stage *s = *state;
	unsigned connections, requests;

	badplc_set(s->plc, 11, 3);
	fieldend_point(s->f, SPACE_HR, 11, KIND_UINT16);
	badplc_set(s->plc, 10, TRUTH);
	fieldend_point(s->f, SPACE_HR, 10, KIND_UINT16);
	fieldend_start(s->f, 1);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 3) &&
		fieldend_good(s->f, 1, TRUTH));
	connections = badplc_connections(s->plc);
	forget_what_came(s);
	/* hr:10 is slot 0 now, hr:11 slot 1 */
	s->f->points[0].at.address = 10;
	s->f->points[1].at.address = 11;
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH) &&
		fieldend_good(s->f, 1, 3));
	requests = badplc_requests(s->plc);
	FIELDEND_UNTIL(s->f, badplc_requests(s->plc) > requests + 3);
	assert_int_equal(s->f->tags[0].n + s->f->tags[1].n, 2);
	badplc_set(s->plc, 11, 4);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 1, 4));
	assert_int_equal(s->f->tags[0].n, 1);
	assert_int_equal(badplc_connections(s->plc), connections);
	assert_int_equal(s->f->n_conditions, 0);
}

static void
a_device_that_changed_is_asked_anew_on_the_same_line(void **state)
{
	struct stage *s = *state;
	unsigned connections;

	start_simple(s);
	connections = badplc_connections(s->plc);
	forget_what_came(s);
	s->f->devices[0].max_registers = 10;
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	assert_int_equal(badplc_connections(s->plc), connections);
	assert_true(s->f->n_conditions > 0);
}

static void
a_line_that_changed_connects_anew(void **state)
{
	struct stage *s = *state;
	unsigned connections;

	start_simple(s);
	connections = badplc_connections(s->plc);
	forget_what_came(s);
	s->f->lines[0].timeout.ms = 300;
	fieldend_start(s->f, 2);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, TRUTH));
	assert_int_equal(badplc_connections(s->plc), connections + 1);
}

/* So fast that a line is still going over to one plan when the next comes: it
 * must not look at what is freed, which mallopt() in main() makes seen. */
static void
plan_after_plan_is_taken_over(void **state)
{
	struct stage *s = *state;
	unsigned connections, alives, i;

	start_simple(s);
	for (i = 1; i < 60; i++)
		fieldend_point(s->f, SPACE_HR, (uint16_t)(20 * i), KIND_UINT16);
	connections = badplc_connections(s->plc);
	for (i = 2; i < 800; i++) {
		s->f->points[0].at.address = (uint16_t)(10 + i / 3 % 2);
		fieldend_start(s->f, i);
	}
	alives = s->f->alives;
	FIELDEND_UNTIL(s->f, s->f->alives > alives);	/* of the last plan */
	badplc_set(s->plc, s->f->points[0].at.address, 77);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 0, 77));
	assert_int_equal(badplc_connections(s->plc), connections);
}

static void
the_second_is_reported(void **state)
{
	struct stage *s = *state;

	start_simple(s);
	FIELDEND_UNTIL(s->f, s->f->stats[0].requests > 10);
	assert_true(s->f->stats[0].p50_us > 0);
	assert_true(s->f->stats[0].p99_us >= s->f->stats[0].p50_us);
	badplc_behave(s->plc, BAD_SILENT, 0);
	FIELDEND_UNTIL(s->f, s->f->stats[0].timeouts >= 3 &&
		strstr(s->f->stats[0].text, "unit 1") != NULL);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, s->f->stats[0].text[0] == '\0');
}

static void
a_pipeline_asks_several_things_at_once(void **state)
{
	struct stage *s = *state;
	uint32_t i;

	s->f->devices[0].pipeline = 8;
	for (i = 0; i < 12; i++) {
		badplc_set(s->plc, (uint16_t)(100 * i), (uint16_t)(i + 1));
		fieldend_point(
		    s->f, SPACE_HR, (uint16_t)(100 * i), KIND_UINT16);
	}
	fieldend_start(s->f, 1);
	for (i = 0; i < 12; i++)
		FIELDEND_UNTIL(s->f, fieldend_good(s->f, i, i + 1));
	badplc_behave(s->plc, BAD_SILENT, 0);
	FIELDEND_UNTIL(s->f, !s->f->line[0].up);
	badplc_behave(s->plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(s->f, fieldend_good(s->f, 11, 12));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)
	const struct CMUnitTest tests[] = {
		TEST(values_arrive_and_only_changes_follow),
		TEST(every_kind_and_a_bit_are_decoded),
		TEST(a_silent_device_is_bad_and_comes_back),
		TEST(a_late_answer_never_becomes_a_value),
		TEST(an_answer_to_another_request_is_no_value),
		TEST(an_answer_of_another_unit_is_no_value),
		TEST(an_answer_to_another_function_is_no_value),
		TEST(a_wrong_byte_count_is_no_value),
		TEST(garbage_is_no_value),
		TEST(half_a_frame_is_no_value),
		TEST(a_dropped_connection_is_no_value),
		TEST(too_few_registers_are_no_values),
		TEST(a_stale_answer_behind_a_good_one_is_no_value),
		TEST(an_answer_in_pieces_is_one),
		TEST(a_refused_connection_is_a_line_that_is_down),
		TEST(a_line_that_was_refused_is_tried_again_whatever_found_it),
		TEST(a_server_that_was_never_there_is_a_line_that_is_down),
		TEST(one_silent_device_does_not_take_its_line_along),
		TEST(a_device_that_was_never_there_does_not_take_its_line_along),
		TEST(only_the_refused_register_is_bad),
		TEST(exceptions_to_everything_are_a_fault_that_passes),
		TEST(a_register_with_a_fault_of_its_own_is_found),
		TEST(a_program_that_stands_still_makes_all_bad),
		TEST(another_program_is_never_read_nor_written),
		TEST(a_new_connection_is_identified_before_it_is_believed),
		TEST(the_life_word_needs_a_young_beat_and_control),
		TEST(a_slow_line_hears_the_life_word_less_often),
		TEST(the_second_path_is_taken_when_the_first_is_dead),
		TEST(new_points_come_over_the_connection_that_is_there),
		TEST(the_same_points_get_new_slots_and_are_told_once),
		TEST(a_device_that_changed_is_asked_anew_on_the_same_line),
		TEST(a_line_that_changed_connects_anew),
		TEST(plan_after_plan_is_taken_over),
		TEST(the_second_is_reported),
		TEST(a_pipeline_asks_several_things_at_once),
	};

	log_open("field_line", LOG_ERROR);
	mallopt(M_PERTURB, 0xa5);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
