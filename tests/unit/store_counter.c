/* SPDX-License-Identifier: ISC */
/* What a counter counted in a span, from its readings (P29). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "store/bucket.h"
#include "store/chunk.h"

/* 16 bits, at most 10 in a second */
static const struct counter_kept counter = { .rule = { 65536, 10 }, .each = 1 };

static void
feed_counter(struct bucket_pen *p, int64_t s, double n)
{
	struct value v = value_real(n, (struct wall){ s * 1000 });

	bucket_feed(p, &v);
}

static void
feed_gap(struct bucket_pen *p, int64_t s)
{
	struct value v = chunk_gap(VALUE_REAL, (struct wall){ s * 1000 });

	bucket_feed(p, &v);
}

static void
a_counter_counts_on_while_nobody_looks(void **state)
{
	struct value held = value_real(65500, (struct wall){ -1000 });
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 100000, &held);
	bucket_counts(&p, &counter, NULL);
	feed_counter(&p, 10, 65530);
	feed_gap(&p, 20);
	feed_counter(&p, 40, 94);	/* 100 counts in 20 s: it went round */
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.counted == 130 && p.b.covered == 1);
	assert_true(p.b.good == 0.8 && p.b.resets == 0);
}

static void
a_counter_that_was_set_back_is_known_to_have_been(void **state)
{
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 100000, NULL);
	bucket_counts(&p, &counter, NULL);
	feed_counter(&p, 0, 1000);
	feed_counter(&p, 10, 1100);
	feed_gap(&p, 20);
	feed_counter(&p, 40, 5);	/* from 1100 over 65536: not in 20 s */
	feed_counter(&p, 50, 25);
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.counted == 120 && p.b.resets == 1);
	assert_true(p.b.covered == 0.8);
}

/* 900 counts in 20 s are none of a counter of at most 10 in a second. */
static void
a_jump_is_not_counted_and_the_time_before_it_not_covered(void **state)
{
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 100000, NULL);
	bucket_counts(&p, &counter, NULL);
	feed_counter(&p, 0, 1000);
	feed_counter(&p, 10, 1100);
	feed_counter(&p, 30, 2000);
	feed_counter(&p, 40, 2020);
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.counted == 120 && p.b.resets == 1);
	assert_true(p.b.covered == 0.8 && p.b.good == 1);
	/* over a gap: neither what held before it nor the gap */
	bucket_begin(&p, 0, 100000, NULL);
	bucket_counts(&p, &counter, NULL);
	feed_counter(&p, 0, 1000);
	feed_gap(&p, 10);
	feed_counter(&p, 30, 2000);
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.counted == 0 && p.b.resets == 1);
	assert_true(p.b.covered == 0.7 && p.b.good == 0.8);
}

static void
a_step_over_an_edge_is_of_the_span_in_which_it_was_read(void **state)
{
	struct reading before;
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 100000, NULL);
	bucket_counts(&p, &counter, NULL);
	feed_counter(&p, 0, 100);
	feed_gap(&p, 90);
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.counted == 0 && p.b.covered == 0.9);
	before = p.read;
	bucket_begin(&p, 100000, 200000, NULL);
	bucket_counts(&p, &counter, &before);
	feed_counter(&p, 120, 300);
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.counted == 200 && p.b.covered == 0.8);
}

static void
what_was_never_read_has_counted_nothing_that_is_known(void **state)
{
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 1000, NULL);
	bucket_end(&p, INT64_MAX);
	assert_true(isnan(p.b.counted) && isnan(p.b.covered));
	bucket_begin(&p, 0, 1000, NULL);
	bucket_counts(&p, &counter, NULL);
	bucket_end(&p, INT64_MAX);
	assert_true(isnan(p.b.counted) && p.b.covered == 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test(name)
	const struct CMUnitTest tests[] = {
		TEST(a_counter_counts_on_while_nobody_looks),
		TEST(a_counter_that_was_set_back_is_known_to_have_been),
		TEST(a_jump_is_not_counted_and_the_time_before_it_not_covered),
		TEST(a_step_over_an_edge_is_of_the_span_in_which_it_was_read),
		TEST(what_was_never_read_has_counted_nothing_that_is_known),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
