/* SPDX-License-Identifier: ISC */
/* Reading the history: first values, counters, pages, the last rows. */
#include <math.h>

#include "history_help.h"

static void
the_first_value_of_a_range_comes_from_before_it(void **state)
{
	struct history *h = begin(*state, midnight);
	int day;

	put(h, "a.x", midnight + 5, 7);
	put(h, "a.y", midnight + 5, 9);
	settle(h, midnight + 6);
	for (day = 1; day < 4; day++) {	/* the other tag goes on */
		put(h, "a.y", midnight + day * DAY, day);
		settle(h, midnight + day * DAY);
	}
	assert_rows(h, "a.x", midnight + 3 * DAY, midnight + 3 * DAY + 1, 0,
	    "a.x -259199995 7 good\n");
	assert_true(bucket(h, "a.x", midnight + 2 * DAY, midnight + 3 * DAY)
			.avg == 7);
	history_close(h, (struct wall){ midnight + 3 * DAY });
	/* nothing is known after the stop, however long ago */
	h = begin(*state, midnight + 5 * DAY);
	assert_rows(
	    h, "a.x", midnight + 4 * DAY, midnight + 5 * DAY, 0, "");
	assert_true(isnan(bucket(h, "a.x", midnight + 4 * DAY,
		midnight + 5 * DAY).avg));
	history_close(h, (struct wall){ midnight + 5 * DAY + 1 });
}

/* 16 bits, at most 10 in a second */
static const struct counter_kept counter = { .rule = { 65536, 10 }, .each = 1 };

/* Buckets of a counter, as text: what it counted, and the share of it. */
static char *
counts(struct history *h, int64_t since, int64_t until, int64_t every)
{
	const struct counter_kept *counters[] = { NULL, &counter };
	const char *tags[] = { "a.none", "a.x" };
	struct history_query q = { .tags = tags,
		.n_tags = 2,
		.counters = counters,
		.since = { since },
		.until = { until },
		.every = { every } };
	char *all = calloc(1, 1 << 20);
	struct history_page *p;
	size_t at = 0, i;
	bool more = true;

	for (; more; history_page_free(p)) {
		p = ask(h, &q);
		for (i = 0; i < p->n; i++)
			if (p->buckets[i].tag == 1)
				at += (size_t)sprintf(all + at, "%g %g\n",
				    p->buckets[i].counted,
				    p->buckets[i].covered);
		q.place = p->place;
		more = p->more;
	}
	return all;
}

static void
a_counter_is_added_up_over_stops_and_days(void **state)
{
	struct history *h = begin(*state, midnight);
	char *all;

	put(h, "a.x", midnight + HOUR, 100);
	put(h, "a.x", midnight + 2 * HOUR, 400);
	put_bad(h, "a.x", midnight + 3 * HOUR, 400);
	settle(h, midnight + 3 * HOUR);
	history_close(h, (struct wall){ midnight + 4 * HOUR });
	/* away for more than a day, then read again, and bad before it */
	h = begin(*state, midnight + 2 * DAY);
	put_bad(h, "a.x", midnight + 2 * DAY + 1, 0);
	put(h, "a.x", midnight + 2 * DAY + HOUR, 1000);
	settle(h, midnight + 3 * DAY);
	all = counts(h, midnight, midnight + 3 * DAY, DAY);
	assert_string_equal(
	    all, "300 0.0833333\nnan 0\n600 0.958333\n");
	free(all);
	/* also where the range begins in the silence */
	all = counts(h, midnight + DAY, midnight + 3 * DAY, 2 * DAY);
	assert_string_equal(all, "600 0.479167\n");
	free(all);
	history_close(h, (struct wall){ midnight + 3 * DAY + 1 });
}

/* No page of buckets begins without what was read before it. */
static void
pages_of_a_counter_lose_nothing(void **state)
{
	struct history *h = begin(*state, midnight);
	double sum = 0, n, share;
	char *all, *line;
	int i, lines = 0;

	for (i = 0; i < 2000; i += 1 + i % 7)
		put(h, "a.x", midnight + i * MINUTE, i);
	settle(h, midnight + 2 * DAY);
	all = counts(h, midnight, midnight + 2000 * MINUTE, MINUTE);
	for (line = all; sscanf(line, "%lf %lf", &n, &share) == 2;
	     line = strchr(line, '\n') + 1, lines++)
		sum += n;
	assert_int_equal(lines, 2000);
	assert_true(sum > 1990 && sum < 2000);
	free(all);
	all = counts(h, midnight, midnight + 2000 * MINUTE, 2000 * MINUTE);
	assert_int_equal(sscanf(all, "%lf %lf", &n, &share), 2);
	assert_true(n == sum && share == 1);
	free(all);
	history_close(h, (struct wall){ midnight + 2 * DAY + 1 });
}

static void
pages_and_one_page_say_the_same(void **state)
{
	struct history *h = begin(*state, midnight);
	const char *tags[] = { "a.x", "a.none", "a.y" };
	struct history_query q = { .tags = tags,
		.n_tags = 3,
		.since = { midnight },
		.until = { midnight + 2 * DAY } };
	char *all, *expected = calloc(1, 4 << 20), *line = expected;
	int i, pages;

	for (i = 0; i < 5000; i++) {
		put(h, "a.x", midnight + i * 30000LL, i / 4.0);
		if (i % 500 == 0)
			settle(h, midnight + i * 30000LL);
		line += sprintf(line, "a.x %+lld %g good\n", i * 30000LL,
		    i / 4.0);
	}
	put(h, "a.y", midnight + 1, 1);
	line += sprintf(line, "a.y +1 1 good\n");
	settle(h, midnight + 5000 * 30000LL);
	all = rows(h, q, midnight, &pages);
	assert_true(pages > 5);
	assert_string_equal(all, expected);
	free(all);
	history_close(h, (struct wall){ midnight + 5000 * 30000LL + 1 });

	h = begin(*state, midnight + 2 * DAY);
	line -= strlen("a.y +1 1 good\n");
	line += sprintf(line, "a.x +%lld gap \na.y +1 1 good\na.y +%lld gap \n",
	    5000 * 30000LL + 1, 5000 * 30000LL + 1);
	all = rows(h, q, midnight, &pages);
	assert_string_equal(all, expected);
	free(all);
	free(expected);
	history_close(h, (struct wall){ midnight + 2 * DAY + 1 });
}

static void
buckets_of_pages_are_those_of_a_sum(void **state)
{
	struct history *h = begin(*state, midnight);
	const char *tags[] = { "a.x" };
	struct history_query q = { .tags = tags,
		.n_tags = 1,
		.since = { midnight },
		.until = { midnight + 2 * DAY - 90000 },
		.every = { 2 * MINUTE } };
	struct history_page *p;
	double integral = 0;
	uint64_t count = 0, n = 0;
	int64_t from = midnight;
	bool more = true;
	size_t i;
	int k;

	for (k = 0; k < 2880; k++)
		put(h, "a.x", midnight + k * MINUTE + 1000, k % 100);
	settle(h, midnight + 3 * DAY);
	for (; more; q.place = p->place, history_page_free(p)) {
		p = ask(h, &q);
		for (i = 0; i < p->n; i++, n++) {
			assert_int_equal(p->buckets[i].from.ms, from);
			from = p->buckets[i].to.ms;
			integral += p->buckets[i].integral;
			count += p->buckets[i].count;
		}
		more = p->more;
	}
	assert_int_equal(from, midnight + 2 * DAY - 90000);
	assert_int_equal(n, 1440);
	assert_int_equal(count, 2879);
	assert_true(fabs(integral -
	    bucket(h, "a.x", midnight, midnight + 2 * DAY - 90000).integral) <
	    1e-3);
	history_close(h, (struct wall){ midnight + 3 * DAY });
}

static void
the_last_rows_are_the_last_rows(void **state)
{
	struct history *h = begin(*state, midnight);
	int i;

	for (i = 0; i < 1000; i++)
		put(h, "a.x", midnight - 500 + i, i);
	settle(h, midnight + 600);
	assert_rows(h, "a.x", 0 + midnight, midnight + 100, 2,
	    "a.x +98 598 good\na.x +99 599 good\n");
	assert_rows(h, "a.x", midnight, midnight + 2, 5,
	    "a.x +0 500 good\na.x +1 501 good\n");
	assert_rows(h, "a.none", midnight, midnight + 2, 5, "");
	history_close(h, (struct wall){ midnight + 700 });
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define FILES(f) cmocka_unit_test_setup_teardown(f, dir_make, dir_remove)
		FILES(the_first_value_of_a_range_comes_from_before_it),
		FILES(a_counter_is_added_up_over_stops_and_days),
		FILES(pages_of_a_counter_lose_nothing),
		FILES(pages_and_one_page_say_the_same),
		FILES(buckets_of_pages_are_those_of_a_sum),
		FILES(the_last_rows_are_the_last_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
