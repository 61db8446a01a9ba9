/* SPDX-License-Identifier: ISC */
/* The history: exact samples, honest gaps, whatever happens between. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/bucket.h"
#include "store/chunk.h"
#include "store/history.h"

#define SOON 10000		/* ms: the deadline of every wait */
#define MINUTE 60000LL
#define HOUR 3600000LL
#define DAY 86400000LL

/* 2026-11-22T00:00:00Z */
static const int64_t midnight = 1795305600000LL;
static const struct history_limits plenty = { { 730 * DAY }, 1LL << 40 };

static int
dir_make(void **state)
{
	char *dir = strdup("/tmp/sg-history-XXXXXX");

	*state = mkdtemp(dir);
	return *state == NULL;
}

static int
dir_remove(void **state)
{
	char path[512];
	DIR *d;
	struct dirent *entry;

	snprintf(path, sizeof(path), "%s/history", (char *)*state);
	d = opendir(path);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/history/%s", (char *)*state,
		    entry->d_name);
		unlink(path);
	}
	if (d != NULL)
		closedir(d);
	snprintf(path, sizeof(path), "%s/history", (char *)*state);
	rmdir(path);
	rmdir(*state);
	free(*state);
	return 0;
}

static struct history *
must_open(const char *dir, const struct history_limits *l)
{
	return history_open(dir, l);
}

static struct history *
begin(const char *dir, int64_t now)
{
	struct history *h = must_open(dir, &plenty);

	history_start(h, (struct wall){ now });
	return h;
}

static void
put(struct history *h, const char *tag, int64_t t, double n)
{
	struct value v = value_real(n, (struct wall){ t });

	history_put(h, history_tag(h, tag), &v);
}

static void
put_bad(struct history *h, const char *tag, int64_t t, double n)
{
	struct value v = value_real(n, (struct wall){ t });

	v.quality = QUALITY_BAD;
	v.cause = CAUSE_COMM;
	history_put(h, history_tag(h, tag), &v);
}

static void
settle(struct history *h, int64_t now)
{
	history_flush(h, (struct wall){ now });
	assert_true(history_wait(h, SOON));
}

struct got {
	int ready;		/* written by a reader thread */
	struct history_page *page;
};

static void
on_page(void *arg, struct history_page *page)
{
	struct got *got = arg;

	got->page = page;
	__atomic_store_n(&got->ready, 1, __ATOMIC_RELEASE);
}

static struct history_page *
ask(struct history *h, const struct history_query *q)
{
	struct got got = { 0 };
	int i;

	assert_true(history_query_submit(h, q, on_page, &got));
	for (i = 0; i < SOON && !__atomic_load_n(&got.ready, __ATOMIC_ACQUIRE);
	     i++)
		usleep(1000);
	assert_true(got.ready);
	if (got.page->failed)
		fail_msg("%s", got.page->text);
	return got.page;
}

/* All pages as text: "tag +ms value quality", or "tag +ms gap". */
static char *
rows(struct history *h, struct history_query q, int64_t from, int *pages)
{
	struct history_page *p;
	char value[VALUE_CAP];
	char *all = calloc(1, 4 << 20);
	size_t at = 0, i;
	bool more = true;

	for (*pages = 0; more; ++*pages) {
		p = ask(h, &q);
		for (i = 0; i < p->n; i++) {
			struct history_row *r = &p->rows[i];

			at += (size_t)sprintf(all + at, "%s %+lld %s %s\n",
			    q.tags[r->tag],
			    (long long)(r->value.time.ms - from),
			    r->gap ? "gap" : value_print(value, &r->value),
			    r->gap ? "" : quality_name(r->value.quality));
		}
		q.place = p->place;
		more = p->more;
		history_page_free(p);
	}
	return all;
}

static void
assert_rows(struct history *h, const char *tag, int64_t since, int64_t until,
    uint64_t last, const char *expected)
{
	const char *tags[] = { tag };
	struct history_query q = { .tags = tags,
		.n_tags = 1,
		.since = { since },
		.until = { until },
		.last = last };
	int pages;
	char *all = rows(h, q, since, &pages);

	assert_string_equal(all, expected);
	free(all);
}

static struct history_bucket
bucket(struct history *h, const char *tag, int64_t since, int64_t until)
{
	const char *tags[] = { tag };
	struct history_query q = { .tags = tags,
		.n_tags = 1,
		.since = { since },
		.until = { until },
		.every = { until - since } };
	struct history_page *p = ask(h, &q);
	struct history_bucket b;

	assert_int_equal(p->n, 1);
	assert_false(p->more);
	b = p->buckets[0];
	history_page_free(p);
	return b;
}

/* ---- chunks ---- */

static uint64_t
random_bits(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static struct value
random_value(enum value_type type, int64_t t, uint64_t *seed, char *text)
{
	struct value v = { .type = (uint8_t)type, .time = { t } };
	uint64_t bits = random_bits(seed);

	v.as.uint = random_bits(seed) % 3 ? bits : bits % 7;
	v.quality = bits % 11 == 0 ? (uint8_t)(bits / 11 % 4) : 0;
	v.cause = v.quality ? (uint8_t)(bits / 44 % 6) : 0;
	v.flags = (uint8_t)(bits % 13 == 0 ? bits / 13 % 4 : 0);
	if (type == VALUE_BOOL)
		v.as.uint = bits & 1;
	if (type == VALUE_REAL && bits % 5)
		v.as.real = (double)(bits % 100000) / 100.0;
	if (type == VALUE_REAL && !isfinite(v.as.real))
		v.as.real = -0.0;
	if (type == VALUE_TEXT) {
		snprintf(text, VALUE_TEXT_MAX + 1, "%.*s",
		    (int)(bits % (VALUE_TEXT_MAX + 1)),
		    "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuv"
		    "wxyz0123456789abcdefghi");
		v.as.text = text;
	}
	return v;
}

static void
a_chunk_gives_back_every_bit_of_what_was_put(void **state)
{
	enum { N = 2000 };
	static struct value all[N];
	static char texts[N][VALUE_TEXT_MAX + 1];
	char text[VALUE_TEXT_MAX + 1];
	uint64_t seed = 7;
	int type, i;

	(void)state;
	for (type = VALUE_BOOL; type <= VALUE_TEXT; type++) {
		struct chunk_pen pen =
		    chunk_pen((enum value_type)type, midnight);
		struct chunk_reader r;
		struct buf b = { 0 };
		int64_t t = midnight;
		struct value v;

		for (i = 0; i < N; i++) {
			t += (int64_t)(random_bits(&seed) % 100000);
			all[i] = random_value((enum value_type)type, t, &seed,
			    texts[i]);
			chunk_put(&b, &pen, &all[i]);
		}
		r = chunk_reader(b.at, b.len, (enum value_type)type, midnight);
		for (i = 0; i < N; i++) {
			assert_true(chunk_get(&r, &v, text));
			assert_int_equal(v.time.ms, all[i].time.ms);
			assert_true(v.quality == all[i].quality &&
			    v.cause == all[i].cause &&
			    v.flags == all[i].flags);
			if (!value_known(&all[i]))
				continue;
			if (type == VALUE_TEXT)
				assert_string_equal(v.as.text, texts[i]);
			else
				assert_memory_equal(&v.as, &all[i].as, 8);
		}
		assert_false(chunk_get(&r, &v, text));
		assert_false(r.bad);
		buf_free(&b);
	}
}

static void
a_torn_chunk_is_said_to_be_bad(void **state)
{
	struct chunk_pen pen = chunk_pen(VALUE_REAL, 0);
	struct value v = value_real(1.1, (struct wall){ 5 });
	struct chunk_reader r;
	struct buf b = { 0 };
	char text[VALUE_TEXT_MAX + 1];

	(void)state;
	chunk_put(&b, &pen, &v);
	r = chunk_reader(b.at, b.len - 1, VALUE_REAL, 0);
	assert_false(chunk_get(&r, &v, text));
	assert_true(r.bad);
	buf_free(&b);
}

/* ---- buckets ---- */

static void
a_bucket_weighs_by_time_and_bridges_nothing(void **state)
{
	struct bucket_pen p;
	struct value v, bad;

	(void)state;
	/* 10 held before; 20 from 10 s; bad from 20 s; 40 from 30 s; gap 40 s */
	v = value_real(10, (struct wall){ -5000 });
	bucket_begin(&p, 0, 60000, &v);
	v = value_real(20, (struct wall){ 10000 });
	bucket_feed(&p, &v);
	bad = value_real(20, (struct wall){ 20000 });
	bad.quality = QUALITY_BAD;
	bad.cause = CAUSE_COMM;
	bucket_feed(&p, &bad);
	v = value_real(40, (struct wall){ 30000 });
	bucket_feed(&p, &v);
	v = chunk_gap(VALUE_REAL, (struct wall){ 40000 });
	bucket_feed(&p, &v);
	bucket_end(&p, INT64_MAX);
	assert_true(p.b.avg == (10 * 10 + 20 * 10 + 40 * 10) / 30.0);
	assert_true(p.b.integral == 700);
	assert_true(p.b.min == 10 && p.b.max == 40 && p.b.last == 40);
	assert_true(p.b.good == 0.5);
	assert_int_equal(p.b.count, 2);
}

static void
a_bucket_of_nothing_has_no_numbers(void **state)
{
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 1000, NULL);
	bucket_end(&p, INT64_MAX);
	assert_true(isnan(p.b.avg) && isnan(p.b.min) && isnan(p.b.last));
	assert_true(p.b.good == 0 && p.b.count == 0 && p.b.integral == 0);
}

static void
a_rise_is_counted_once_and_not_over_a_hole(void **state)
{
	static const int ons[] = { 0, 1, 1, 0, 1 };
	struct bucket_pen p;
	struct value v;
	int i;

	(void)state;
	bucket_begin(&p, 0, 60000, NULL);
	for (i = 0; i < 5; i++) {
		v = value_bool(ons[i], (struct wall){ i * 1000 });
		bucket_feed(&p, &v);
	}
	assert_int_equal(p.b.rises, 2);
	v = value_bool(false, (struct wall){ 6000 });
	bucket_feed(&p, &v);
	v = chunk_gap(VALUE_BOOL, (struct wall){ 7000 });
	bucket_feed(&p, &v);
	v = value_bool(true, (struct wall){ 8000 });
	bucket_feed(&p, &v);
	assert_int_equal(p.b.rises, 2);
}

static void
what_is_not_known_yet_is_not_good(void **state)
{
	struct value v = value_real(3, (struct wall){ 0 });
	struct bucket_pen p;

	(void)state;
	bucket_begin(&p, 0, 8000, &v);
	bucket_end(&p, 2000);
	assert_true(p.b.good == 0.25 && p.b.avg == 3);
}

/* 16 bits, at most 10 in a second */
static const struct counter_kept counter = { .rule = { 65536, 10 }, .each = 1 };

/* ---- files ---- */

static void
samples_come_back_before_and_after_their_commit_and_a_restart(void **state)
{
	int64_t t = midnight + HOUR;
	struct history *h = begin(*state, t);

	put(h, "a.x", t + 1, 1.5);
	put(h, "a.y", t + 2, -7);
	put_bad(h, "a.x", t + 3, 1.5);
	history_flush(h, (struct wall){ t + 3 });
	assert_rows(h, "a.x", t, t + HOUR, 0, "a.x +1 1.5 good\na.x +3 1.5 bad\n");
	settle(h, t + 3);
	assert_rows(h, "a.x", t, t + HOUR, 0, "a.x +1 1.5 good\na.x +3 1.5 bad\n");
	history_close(h, (struct wall){ t + 5 });

	h = begin(*state, t + 1000);
	put(h, "a.x", t + 1001, 2);
	settle(h, t + 1001);
	assert_rows(h, "a.x", t, t + HOUR, 0,
	    "a.x +1 1.5 good\na.x +3 1.5 bad\na.x +5 gap \na.x +1001 2 good\n");
	assert_rows(h, "a.y", t, t + HOUR, 0, "a.y +2 -7 good\na.y +5 gap \n");
	history_close(h, (struct wall){ t + 2000 });
}

static void
a_killed_writer_loses_nothing_that_was_committed(void **state)
{
	int64_t t = midnight + HOUR;
	struct history *h;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		h = begin(*state, t);
		put(h, "a.x", t + 1, 1);
		put(h, "a.x", t + 2, 2);
		history_flush(h, (struct wall){ t + 10 });
		if (!history_wait(h, SOON))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	h = begin(*state, t + 5000);
	put(h, "a.x", t + 6000, 3);
	settle(h, t + 6000);
	assert_rows(h, "a.x", t, t + HOUR, 0,
	    "a.x +1 1 good\na.x +2 2 good\na.x +10 gap \na.x +6000 3 good\n");
	history_close(h, (struct wall){ t + 7000 });
}

static void
samples_land_in_the_day_of_their_time(void **state)
{
	struct history *h = begin(*state, midnight - 1000);
	char path[512];

	put(h, "a.x", midnight - 1, 1);
	put(h, "a.x", midnight, 2);
	put(h, "a.y", midnight - 2, 3);	/* late */
	settle(h, midnight + 10);
	assert_rows(h, "a.x", midnight - 5, midnight, 0, "a.x +4 1 good\n");
	assert_rows(h, "a.x", midnight - 5, midnight + 5, 0,
	    "a.x +4 1 good\na.x +5 2 good\n");
	assert_rows(h, "a.y", midnight - 5, midnight + 5, 0,
	    "a.y +3 3 good\n");
	history_close(h, (struct wall){ midnight + 20 });
	snprintf(path, sizeof(path), "%s/history/2026-11-21.db",
	    (char *)*state);
	assert_int_equal(access(path, R_OK), 0);
	snprintf(path, sizeof(path), "%s/history/2026-11-22.db",
	    (char *)*state);
	assert_int_equal(access(path, R_OK), 0);
}

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

static void
a_tag_that_is_not_logged_any_more_ends(void **state)
{
	struct history *h = begin(*state, midnight);

	put(h, "a.x", midnight + 1, 1);
	history_end(h, history_tag(h, "a.x"), (struct wall){ midnight + 9 });
	settle(h, midnight + 10);
	assert_rows(h, "a.x", midnight, midnight + 100, 0,
	    "a.x +1 1 good\na.x +9 gap \n");
	assert_rows(h, "a.x", midnight + 50, midnight + 100, 0, "");
	history_close(h, (struct wall){ midnight + 700 });
}

static void
a_step_of_the_clock_loses_nothing(void **state)
{
	struct history *h = begin(*state, midnight);

	put(h, "a.x", midnight + 5000, 1);
	put(h, "a.x", midnight + 3000, 2);
	put(h, "a.x", midnight + 6000, 3);
	settle(h, midnight + 10000);
	assert_true(bucket(h, "a.x", midnight, midnight + 10000).count == 3);
	history_close(h, (struct wall){ midnight + 11000 });
	h = begin(*state, midnight + DAY);
	assert_true(bucket(h, "a.x", midnight, midnight + 10000).count == 3);
	history_close(h, (struct wall){ midnight + DAY });
}

static void
what_does_not_fit_is_counted_and_is_a_gap(void **state)
{
	struct history *h = must_open(*state, &plenty);
	struct history_health s;
	struct wall since;
	uint64_t count;
	int i;

	/* nobody takes yet: the thread is not started */
	for (i = 0; i < HISTORY_QUEUE; i++)
		put(h, "a.x", midnight + i, i);
	history_flush(h, (struct wall){ midnight + i });
	put(h, "a.x", midnight + i, 1);
	put(h, "a.x", midnight + i + 1, 2);
	history_flush(h, (struct wall){ midnight + i + 1 });
	history_health(h, &s);
	assert_true(s.losing);
	assert_int_equal(s.lost, 2);
	assert_false(history_resumed(h, &count, &since));
	history_start(h, (struct wall){ midnight + i + 2 });
	assert_true(history_wait(h, SOON));
	assert_true(history_resumed(h, &count, &since));
	assert_int_equal(count, 2);
	assert_int_equal(since.ms, midnight + i);
	put(h, "a.x", midnight + i + 50, 9);
	settle(h, midnight + i + 50);
	assert_rows(h, "a.x", midnight + i - 1, midnight + i + 100, 2,
	    "a.x +0 499999 good\na.x +1 gap \na.x +51 9 good\n");
	history_close(h, (struct wall){ midnight + i + 100 });
}

static void
old_days_go_by_age_and_by_size(void **state)
{
	struct history_limits week = { { 7 * DAY }, 1LL << 40 };
	struct history_limits tiny = { { 7 * DAY }, 1 };
	struct history *h = begin(*state, midnight);
	struct history_health s;
	int day;

	for (day = 0; day < 10; day++)
		put(h, "a.x", midnight + day * DAY, day);
	settle(h, midnight + 9 * DAY);
	history_close(h, (struct wall){ midnight + 9 * DAY + 1 });

	h = must_open(*state, &week);
	history_start(h, (struct wall){ midnight + 9 * DAY + 2 });
	history_flush(h, (struct wall){ midnight + 9 * DAY + 2 });
	for (day = 0; day < 1000; day++) {
		history_health(h, &s);
		if (s.bytes > 0)
			break;
		usleep(10000);
	}
	assert_rows(h, "a.x", midnight, midnight + 4 * DAY, 0,
	    "a.x +172800000 2 good\na.x +259200000 3 good\n");
	history_close(h, (struct wall){ midnight + 9 * DAY + 3 });

	h = must_open(*state, &tiny);
	history_start(h, (struct wall){ midnight + 9 * DAY + 4 });
	for (day = 0; day < 1000; day++) {
		history_health(h, &s);
		if (s.bytes > 0)
			break;
		usleep(10000);
	}
	assert_rows(h, "a.x", midnight, midnight + 9 * DAY, 0, "");
	assert_rows(h, "a.x", midnight + 9 * DAY, midnight + 9 * DAY + 1, 0,
	    "a.x +0 9 good\n");
	history_close(h, (struct wall){ midnight + 9 * DAY + 5 });
}

static void
what_is_brought_in_stays_apart_from_what_was_recorded(void **state)
{
	struct history_import r;
	struct err e;
	struct history *h = begin(*state, midnight + HOUR);
	struct value v;
	int i;

	put(h, "a.x", midnight + HOUR, 5);
	settle(h, midnight + HOUR);
	history_close(h, (struct wall){ midnight + HOUR + 10 });
	h = must_open(*state, &plenty);
	assert_int_equal(history_import_begin(h, &e), 0);
	for (i = -1000; i < 1000; i++) {
		v = value_real(i, (struct wall){ midnight + i * 1000 });
		v.flags = VALUE_SIMULATED;
		assert_int_equal(
		    history_import_put(h, history_tag(h, "a.z"), &v, &e), 0);
	}
	v = value_real(1, (struct wall){ midnight + 2 * HOUR });
	history_import_put(h, history_tag(h, "a.x"), &v, &e);
	v = value_real(1, (struct wall){ midnight + HOUR });
	history_import_put(h, history_tag(h, "a.x"), &v, &e);
	assert_int_equal(history_import_end(h,
	    (struct wall){ midnight + 3 * HOUR }, &r, &e), 0);
	assert_int_equal(r.taken, 2001);
	assert_int_equal(r.refused, 1);
	history_close(h, (struct wall){ 0 });

	h = begin(*state, midnight + DAY);
	assert_int_equal(
	    bucket(h, "a.z", midnight - HOUR, midnight + HOUR).count, 2000);
	assert_int_equal(
	    bucket(h, "a.z", midnight - HOUR, midnight + HOUR).flags,
	    VALUE_SIMULATED);
	assert_rows(h, "a.z", midnight + 999000, midnight + 5 * HOUR, 0,
	    "a.z -1000 998 good\na.z +0 999 good\na.z +2601010 gap \n");
	history_close(h, (struct wall){ midnight + DAY });
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chunk_gives_back_every_bit_of_what_was_put),
		cmocka_unit_test(a_torn_chunk_is_said_to_be_bad),
		cmocka_unit_test(a_bucket_weighs_by_time_and_bridges_nothing),
		cmocka_unit_test(a_bucket_of_nothing_has_no_numbers),
		cmocka_unit_test(a_rise_is_counted_once_and_not_over_a_hole),
		cmocka_unit_test(what_is_not_known_yet_is_not_good),
#define FILES(f) cmocka_unit_test_setup_teardown(f, dir_make, dir_remove)
		FILES(samples_come_back_before_and_after_their_commit_and_a_restart),
		FILES(a_killed_writer_loses_nothing_that_was_committed),
		FILES(samples_land_in_the_day_of_their_time),
		FILES(the_first_value_of_a_range_comes_from_before_it),
		FILES(a_counter_is_added_up_over_stops_and_days),
		FILES(pages_of_a_counter_lose_nothing),
		FILES(pages_and_one_page_say_the_same),
		FILES(buckets_of_pages_are_those_of_a_sum),
		FILES(the_last_rows_are_the_last_rows),
		FILES(a_tag_that_is_not_logged_any_more_ends),
		FILES(a_step_of_the_clock_loses_nothing),
		FILES(what_does_not_fit_is_counted_and_is_a_gap),
		FILES(old_days_go_by_age_and_by_size),
		FILES(what_is_brought_in_stays_apart_from_what_was_recorded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
