/* SPDX-License-Identifier: ISC */
/* Shifts, days and months as pairs of instants (P30). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/mem.h"
#include "model/calendar.h"

#define HOUR 3600000
#define WORKDAYS 0x1f
#define WEEKEND 0x60
#define DAILY 0x7f

static const struct shift three[] = { { "early", 360, DAILY },
	{ "late", 840, DAILY }, { "night", 1320, DAILY } };
static const struct calendar riverside = { three, 3 };

static struct wall
utc(const char *text)
{
	struct wall t;
	struct err e;
	bool odd;

	assert_int_equal(when_parse(&t, &odd, text, (struct wall){ 0 }, &e), 0);
	return t;
}

static void
expect_period(const struct period *p, const char *from, const char *to)
{
	char room[WHEN_CAP];

	assert_string_equal(when_utc(room, p->from), from);
	assert_string_equal(when_utc(room, p->to), to);
}

static int
hours(const struct period *p)
{
	return (int)((p->to.ms - p->from.ms) / HOUR);
}

static struct period
shift_on(const struct calendar *c, const char *name, struct date d)
{
	struct period p;

	assert_true(calendar_shift(c, calendar_find(c, name), d, &p));
	return p;
}

static void
a_shift_ends_where_the_next_begins(void **state)
{
	struct date d = { 2026, 11, 22 };
	struct period p;

	(void)state;
	p = shift_on(&riverside, "early", d);
	expect_period(
	    &p, "2026-11-22T05:00:00.000Z", "2026-11-22T13:00:00.000Z");
	p = shift_on(&riverside, "late", d);
	expect_period(
	    &p, "2026-11-22T13:00:00.000Z", "2026-11-22T21:00:00.000Z");
}

static void
the_night_shift_belongs_to_the_day_on_which_it_begins(void **state)
{
	struct period p =
	    shift_on(&riverside, "night", (struct date){ 2026, 12, 31 });

	(void)state;
	expect_period(
	    &p, "2026-12-31T21:00:00.000Z", "2027-01-01T05:00:00.000Z");
	assert_int_equal(p.date.year, 2026);
	assert_int_equal(p.date.day, 31);
}

static void
a_night_across_a_clock_change_is_seven_or_nine_hours_long(void **state)
{
	struct period spring =
	    shift_on(&riverside, "night", (struct date){ 2026, 3, 28 });
	struct period autumn =
	    shift_on(&riverside, "night", (struct date){ 2026, 10, 24 });

	(void)state;
	expect_period(&spring, "2026-03-28T21:00:00.000Z",
	    "2026-03-29T04:00:00.000Z");
	assert_int_equal(hours(&spring), 7);
	expect_period(&autumn, "2026-10-24T20:00:00.000Z",
	    "2026-10-25T05:00:00.000Z");
	assert_int_equal(hours(&autumn), 9);
}

static void
a_day_has_twenty_three_to_twenty_five_hours(void **state)
{
	struct period p;

	(void)state;
	p = calendar_day((struct date){ 2026, 3, 29 });
	assert_int_equal(hours(&p), 23);
	p = calendar_day((struct date){ 2026, 10, 25 });
	assert_int_equal(hours(&p), 25);
	p = calendar_day((struct date){ 2024, 2, 29 });
	expect_period(
	    &p, "2024-02-28T23:00:00.000Z", "2024-02-29T23:00:00.000Z");
}

static void
a_month_goes_from_midnight_to_midnight(void **state)
{
	struct period p;

	(void)state;
	p = calendar_month((struct date){ 2026, 12, 17 });
	expect_period(
	    &p, "2026-11-30T23:00:00.000Z", "2026-12-31T23:00:00.000Z");
	p = calendar_month((struct date){ 2026, 10, 1 });
	assert_int_equal(hours(&p), 31 * 24 + 1);
}

static void
a_wall_time_that_does_not_exist_is_the_next_hour(void **state)
{
	static const struct shift odd[] = { { "a", 150, DAILY },
		{ "b", 600, DAILY } };
	static const struct calendar c = { odd, 2 };
	struct period p = shift_on(&c, "a", (struct date){ 2026, 3, 29 });

	(void)state;
	expect_period(
	    &p, "2026-03-29T01:30:00.000Z", "2026-03-29T08:00:00.000Z");
}

static void
a_wall_time_that_exists_twice_is_the_first(void **state)
{
	static const struct shift odd[] = { { "a", 150, DAILY },
		{ "b", 600, DAILY } };
	static const struct calendar c = { odd, 2 };
	struct period p = shift_on(&c, "a", (struct date){ 2026, 10, 25 });

	(void)state;
	expect_period(
	    &p, "2026-10-25T00:30:00.000Z", "2026-10-25T09:00:00.000Z");
}

static void
days_narrow_a_shift_and_the_next_one_is_of_any_name(void **state)
{
	static const struct shift mixed[] = { { "early", 360, WORKDAYS },
		{ "late", 840, WORKDAYS }, { "long", 480, WEEKEND } };
	static const struct calendar c = { mixed, 3 };
	struct period p;

	(void)state;
	/* 2026-11-20 is a Friday */
	p = shift_on(&c, "late", (struct date){ 2026, 11, 20 });
	expect_period(
	    &p, "2026-11-20T13:00:00.000Z", "2026-11-21T07:00:00.000Z");
	p = shift_on(&c, "long", (struct date){ 2026, 11, 22 });
	expect_period(
	    &p, "2026-11-22T07:00:00.000Z", "2026-11-23T05:00:00.000Z");
	assert_false(calendar_shift(&c, 0, (struct date){ 2026, 11, 21 }, &p));
}

static void
one_shift_a_week_lasts_a_week(void **state)
{
	static const struct shift weekly[] = { { "only", 360, 1 } };
	static const struct calendar c = { weekly, 1 };
	struct period p;

	(void)state;
	p = shift_on(&c, "only", (struct date){ 2026, 11, 16 });
	expect_period(
	    &p, "2026-11-16T05:00:00.000Z", "2026-11-23T05:00:00.000Z");
	assert_true(calendar_last(&c, PERIOD_SHIFT, NONE,
	    utc("2026-11-22T12:00:00Z"), &p));
	expect_period(
	    &p, "2026-11-09T05:00:00.000Z", "2026-11-16T05:00:00.000Z");
}

static void
the_last_complete_shift_is_the_one_that_ended(void **state)
{
	struct period p;

	(void)state;
	/* 03:00 in the plant: the night goes on, the late shift is over */
	assert_true(calendar_last(&riverside, PERIOD_SHIFT, NONE,
	    utc("2026-11-22T02:00:00Z"), &p));
	expect_period(
	    &p, "2026-11-21T13:00:00.000Z", "2026-11-21T21:00:00.000Z");
	assert_int_equal(p.shift, 1);
	/* to the millisecond */
	assert_true(calendar_last(&riverside, PERIOD_SHIFT, NONE,
	    utc("2026-11-22T05:00:00Z"), &p));
	assert_int_equal(p.shift, 2);
	assert_int_equal(p.date.day, 21);
	/* of one name */
	assert_true(calendar_last(&riverside, PERIOD_SHIFT, 1,
	    utc("2026-11-22T12:59:59Z"), &p));
	assert_int_equal(p.date.day, 21);
	assert_false(calendar_last(&(struct calendar){ NULL, 0 }, PERIOD_SHIFT,
	    NONE, utc("2026-11-22T12:59:59Z"), &p));
}

static void
the_last_day_and_month_are_those_before_this_one(void **state)
{
	struct period p;

	(void)state;
	/* 00:30 of the first of March in the plant */
	calendar_last(
	    &riverside, PERIOD_DAY, NONE, utc("2026-02-28T23:30:00Z"), &p);
	assert_int_equal(p.date.month, 2);
	assert_int_equal(p.date.day, 28);
	calendar_last(
	    &riverside, PERIOD_MONTH, NONE, utc("2026-02-28T23:30:00Z"), &p);
	assert_int_equal(p.date.month, 2);
	calendar_last(
	    &riverside, PERIOD_MONTH, NONE, utc("2026-01-15T12:00:00Z"), &p);
	assert_int_equal(p.date.year, 2025);
	assert_int_equal(p.date.month, 12);
}

static void
a_day_is_written_in_a_few_ways_only(void **state)
{
	static const char *const wrong[] = { "", "tomorrow", "2026-02-29",
		"2026-13-01", "2026-1-1", "22.11.2026", "2026-11-22 ",
		"2026-11-00", "0000-00-00" };
	struct wall now = utc("2026-03-01T00:10:00Z");
	struct date d;
	struct err e;
	size_t i;

	(void)state;
	assert_int_equal(date_parse(&d, "today", now, &e), 0);
	assert_int_equal(d.day, 1);
	assert_int_equal(date_parse(&d, "yesterday", now, &e), 0);
	assert_int_equal(d.month, 2);
	assert_int_equal(d.day, 28);
	assert_int_equal(date_parse(&d, "2024-02-29", now, &e), 0);
	assert_int_equal(d.day, 29);
	assert_int_equal(date_parse(&d, "2026-10", now, &e), 0);
	assert_int_equal(d.day, 1);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(date_parse(&d, wrong[i], now, &e), -1);
}

/* Every hour of every day of four zones comes back, but for those that do
 * not exist. */
static void
wall_times_and_instants_are_each_others_inverse(void **state)
{
	static const struct {
		const char *zone;
		int gaps, doubles;	/* hours of 2026 and 2027 */
	} zones[] = { { "Europe/Berlin", 2, 2 }, { "UTC", 0, 0 },
		{ "America/New_York", 2, 2 }, { "Asia/Kolkata", 0, 0 } };
	struct date d, back;
	int day, hour, gaps, doubles;
	struct wall t;
	size_t i;
	bool odd;

	(void)state;
	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		assert_true(when_zone(zones[i].zone));
		gaps = doubles = 0;
		for (day = 0; day < 730; day++) {
			d = date_add((struct date){ 2026, 1, 1 }, day);
			for (hour = 0; hour < 24; hour++) {
				t = when_instant(d, hour * 60, &odd);
				back = when_date(t);
				assert_int_equal(back.day, d.day);
				if (when_instant(d, hour * 60 + 60, NULL).ms -
					t.ms == 2 * HOUR)
					doubles++;
				else if (odd)
					gaps++;
			}
		}
		assert_int_equal(gaps, zones[i].gaps);
		assert_int_equal(doubles, zones[i].doubles);
	}
	when_zone("Europe/Berlin");
}

static void
the_offset_is_printed_in_the_doubled_hour(void **state)
{
	char room[WHEN_CAP];

	(void)state;
	assert_string_equal(
	    when_local(room, utc("2026-10-25T00:30:00Z")),
	    "2026-10-25 02:30:00 +0200");
	assert_string_equal(
	    when_local(room, utc("2026-10-25T01:30:00Z")),
	    "2026-10-25 02:30:00 +0100");
	assert_string_equal(
	    when_local(room, utc("2026-10-25T02:30:00Z")),
	    "2026-10-25 03:30:00");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test(name)
	const struct CMUnitTest tests[] = {
		TEST(a_shift_ends_where_the_next_begins),
		TEST(the_night_shift_belongs_to_the_day_on_which_it_begins),
		TEST(a_night_across_a_clock_change_is_seven_or_nine_hours_long),
		TEST(a_day_has_twenty_three_to_twenty_five_hours),
		TEST(a_month_goes_from_midnight_to_midnight),
		TEST(a_wall_time_that_does_not_exist_is_the_next_hour),
		TEST(a_wall_time_that_exists_twice_is_the_first),
		TEST(days_narrow_a_shift_and_the_next_one_is_of_any_name),
		TEST(one_shift_a_week_lasts_a_week),
		TEST(the_last_complete_shift_is_the_one_that_ended),
		TEST(the_last_day_and_month_are_those_before_this_one),
		TEST(a_day_is_written_in_a_few_ways_only),
		TEST(wall_times_and_instants_are_each_others_inverse),
		TEST(the_offset_is_printed_in_the_doubled_hour),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	when_zone("Europe/Berlin");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
