/* SPDX-License-Identifier: ISC */
/* Asking the glass how far it is, and never waiting for it. */
#include "term/probe.h"

#include "term_help.h"

/* The last frame was long ago. */
static struct mono
ready(const struct probe *p, uint64_t bytes, int64_t ms)
{
	return probe_ready_at(p, bytes, AT(-10000), AT(ms));
}

static void
without_an_answer_nothing_is_waited_for(void **state)
{
	struct probe p = { 0 };

	(void)state;
	assert_true(probe_wanted(&p));
	probe_asked(&p, 10000, AT(0));
	assert_false(probe_wanted(&p));	/* once is enough */
	assert_int_equal(ready(&p, 90000, 1).us, AT(1).us);
	probe_answered(&p, AT(2));
	assert_true(p.answers && probe_wanted(&p));
	assert_int_equal(ready(&p, 90000, 3).us, AT(3).us);
}

static void
bytes_under_way_hold_the_next_frame(void **state)
{
	struct probe p = { .answers = true };

	(void)state;
	probe_asked(&p, 1000, AT(0));
	probe_asked(&p, 2048, AT(100));
	assert_int_equal(ready(&p, 2048, 200).us, AT(200).us);
	probe_asked(&p, 3000, AT(200));
	assert_int_equal(ready(&p, 3000, 300).us, AT(5000).us);
	probe_answered(&p, AT(400));	/* 1000 are on the glass */
	assert_int_equal(ready(&p, 3000, 500).us, AT(500).us);
	assert_int_equal(ready(&p, 3100, 500).us, AT(5400).us);
	probe_answered(&p, AT(600));
	probe_answered(&p, AT(600));
	probe_answered(&p, AT(600));	/* one too many */
	assert_int_equal(p.open, 0);
	assert_int_equal(p.seen, 3000);
}

static void
a_terminal_that_falls_silent_is_drawn_to_again(void **state)
{
	struct probe p = { .answers = true };

	(void)state;
	for (int i = 0; i < PROBE_FLYING; i++) {
		assert_true(probe_wanted(&p));
		probe_asked(&p, 5000, AT(0));
	}
	assert_false(probe_wanted(&p));
	assert_int_equal(ready(&p, 9000, 29999).us, AT(5000).us);
	/* meanwhile a frame each five seconds */
	assert_int_equal(
	    probe_ready_at(&p, 9000, AT(5000), AT(5001)).us, AT(10000).us);
	assert_int_equal(ready(&p, 9000, 30000).us, AT(30000).us);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_an_answer_nothing_is_waited_for),
		cmocka_unit_test(bytes_under_way_hold_the_next_frame),
		cmocka_unit_test(
		    a_terminal_that_falls_silent_is_drawn_to_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
