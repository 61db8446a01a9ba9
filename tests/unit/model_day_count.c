/* SPDX-License-Identifier: ISC */
/* What a counter has counted since midnight, and when nobody knows (P29, P30). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/when.h"
#include "model/day_count.h"

#define MINUTE 60000
#define HOUR (60 * MINUTE)
/* midnight in Berlin of the day on which the clock goes back: 25 hours */
#define MIDNIGHT INT64_C(1792879200000)	/* 2026-10-24T22:00Z */

static const struct counter_rule rule = { .size = 65536, .rate = 1 };
static const struct tag counter = { .counter = &rule }, plain = { 0 };

static struct value
feed_as(struct day_count *d, const struct tag *t, int64_t after, double reads,
    enum quality q)
{
	struct wall now = { MIDNIGHT + after };
	struct value v = value_real(reads, now);

	v.quality = (uint8_t)q;
	if (!value_is_good(&v))
		v.cause = CAUSE_COMM;
	return day_count_feed(d, t, (struct span){ 10000 }, &v, now);
}

static struct value
feed(struct day_count *d, int64_t after, double reads)
{
	return feed_as(d, &counter, after, reads, QUALITY_GOOD);
}

static void
expect(struct value v, double sum, enum quality q)
{
	assert_true(v.as.real == sum);
	assert_int_equal(v.quality, q);
}

/* A count that has seen the midnight. */
static struct day_count
whole(void)
{
	struct day_count d = { 0 };

	feed(&d, -10000, 500);
	expect(feed(&d, 1000, 502), 2, QUALITY_GOOD);
	return d;
}

static void
the_first_day_is_not_whole(void **state)
{
	struct day_count d = { 0 };

	(void)state;
	expect(feed(&d, HOUR, 500), 0, QUALITY_UNCERTAIN);
	expect(feed(&d, 2 * HOUR, 530), 30, QUALITY_UNCERTAIN);
	/* the next one is: read at midnight */
	feed(&d, 25 * HOUR - 5000, 900);
	expect(feed(&d, 25 * HOUR + 5000, 903), 3, QUALITY_GOOD);
}

static void
a_day_ends_at_the_midnight_of_the_plant(void **state)
{
	struct day_count d = whole();

	(void)state;
	/* 24 hours after midnight it is 23:00, for the clock went back */
	expect(feed(&d, 24 * HOUR, 1500), 1000, QUALITY_GOOD);
	feed(&d, 25 * HOUR - 1, 1540);
	expect(feed(&d, 25 * HOUR, 1540), 0, QUALITY_GOOD);
}

static void
what_was_not_read_comes_from_the_difference(void **state)
{
	struct day_count d = whole();

	(void)state;
	expect(feed_as(&d, &counter, HOUR, 0, QUALITY_BAD), 2, QUALITY_BAD);
	expect(feed(&d, 5 * HOUR, 700), 200, QUALITY_GOOD);
}

static void
silent_at_midnight_nobody_knows_the_share(void **state)
{
	struct day_count d = whole();

	(void)state;
	feed_as(&d, &counter, 24 * HOUR, 0, QUALITY_STALE);
	expect(feed_as(&d, &counter, 26 * HOUR, 0, QUALITY_STALE), 0,
	    QUALITY_STALE);
	expect(feed(&d, 27 * HOUR, 2000), 0, QUALITY_UNCERTAIN);
	expect(feed(&d, 28 * HOUR, 2040), 40, QUALITY_UNCERTAIN);
}

static void
a_rollover_counts_on_and_a_reset_does_not(void **state)
{
	struct day_count d = whole();

	(void)state;
	feed(&d, 19 * HOUR, 65530);
	expect(feed(&d, 19 * HOUR + 10000, 4), 65040, QUALITY_GOOD);
	expect(feed(&d, 19 * HOUR + 20000, 0), 65040, QUALITY_UNCERTAIN);
	expect(feed(&d, 19 * HOUR + 30000, 5), 65045, QUALITY_UNCERTAIN);
}

static void
a_jump_is_not_counted(void **state)
{
	struct day_count d = whole();

	(void)state;
	/* at most 1 in a second, read each 10 s: at most 21 in 10 s */
	expect(feed(&d, 11000, 523), 23, QUALITY_GOOD);
	expect(feed(&d, 21000, 545), 23, QUALITY_UNCERTAIN);
	expect(feed(&d, 31000, 555), 33, QUALITY_UNCERTAIN);
}

/* The clock was set back: in which time it counted nobody knows. */
static void
what_was_counted_while_the_clock_was_set_is_counted(void **state)
{
	struct day_count d = whole();

	(void)state;
	feed(&d, HOUR, 600);
	expect(feed(&d, HOUR - 30000, 650), 150, QUALITY_GOOD);
}

static void
a_counter_without_a_rule_never_rolls_over(void **state)
{
	struct day_count d = whole();

	(void)state;
	expect(feed_as(&d, &plain, 20000, 1, QUALITY_GOOD), 2,
	    QUALITY_UNCERTAIN);
}

static void
an_override_is_not_counted(void **state)
{
	struct day_count d = whole();
	struct value v = value_real(9999, (struct wall){ MIDNIGHT + 2000 });

	(void)state;
	v.quality = QUALITY_UNCERTAIN;
	v.flags = VALUE_OVERRIDE;
	v = day_count_feed(&d, &counter, (struct span){ 1000 }, &v, v.time);
	expect(v, 2, QUALITY_UNCERTAIN);
	assert_int_equal(v.flags, VALUE_OVERRIDE);
	expect(feed(&d, 3000, 504), 4, QUALITY_GOOD);
}

static void
counts_are_in_the_unit_of_the_tag(void **state)
{
	static const struct point tenths = { .scaled = true, .raw = { 0, 10 },
		.value = { 0, 1 } };
	const struct tag t = { .point = &tenths, .counter = &rule };
	struct day_count d = { 0 };

	(void)state;
	feed_as(&d, &t, HOUR, 50, QUALITY_GOOD);
	expect(feed_as(&d, &t, HOUR + 15000, 52.5, QUALITY_GOOD), 2.5,
	    QUALITY_UNCERTAIN);
}

static void
it_goes_on_after_a_restart_within_the_day(void **state)
{
	struct day_count d = whole(), again = { 0 };
	char text[DAY_COUNT_TEXT];

	(void)state;
	feed(&d, HOUR, 600);
	assert_true(day_count_parse(&again, day_count_print(text, &d)));
	expect(feed(&again, 4 * HOUR, 1000), 500, QUALITY_GOOD);
	/* not over a midnight that nobody saw */
	assert_true(day_count_parse(&again, day_count_print(text, &d)));
	expect(feed(&again, 26 * HOUR, 2000), 0, QUALITY_UNCERTAIN);
}

/* The zone of another project: its day begins at another time. */
static void
in_another_zone_it_is_not_whole(void **state)
{
	struct day_count d = whole(), again = { 0 };
	char text[DAY_COUNT_TEXT];

	(void)state;
	feed(&d, HOUR, 600);
	when_zone("UTC");
	assert_true(day_count_parse(&again, day_count_print(text, &d)));
	when_zone("Europe/Berlin");
	expect(feed(&again, 2 * HOUR, 700), 0, QUALITY_UNCERTAIN);
}

static void
a_torn_text_is_none(void **state)
{
	static const char *const torn[] = { "", "day", "day 1 2 3 4",
		"day 1 2 nan 4 1", "day 1 2 3 inf 1", "day 1 2 3 4 1 5",
		"day -5 2 3 4 1", "night 1 2 3 4 1" };
	struct day_count d = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(torn) / sizeof(torn[0]); i++)
		assert_false(day_count_parse(&d, torn[i]));
	assert_false(d.known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_day_is_not_whole),
		cmocka_unit_test(a_day_ends_at_the_midnight_of_the_plant),
		cmocka_unit_test(what_was_not_read_comes_from_the_difference),
		cmocka_unit_test(silent_at_midnight_nobody_knows_the_share),
		cmocka_unit_test(a_rollover_counts_on_and_a_reset_does_not),
		cmocka_unit_test(a_jump_is_not_counted),
		cmocka_unit_test(
		    what_was_counted_while_the_clock_was_set_is_counted),
		cmocka_unit_test(a_counter_without_a_rule_never_rolls_over),
		cmocka_unit_test(an_override_is_not_counted),
		cmocka_unit_test(counts_are_in_the_unit_of_the_tag),
		cmocka_unit_test(it_goes_on_after_a_restart_within_the_day),
		cmocka_unit_test(in_another_zone_it_is_not_whole),
		cmocka_unit_test(a_torn_text_is_none),
	};

	when_zone("Europe/Berlin");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
