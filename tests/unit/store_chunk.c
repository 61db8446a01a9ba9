/* SPDX-License-Identifier: ISC */
/* What is written bit by bit, and what is worked out of it: chunks, buckets. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "store/bucket.h"
#include "store/chunk.h"

/* 2026-11-22T00:00:00Z */
static const int64_t midnight = 1795305600000LL;

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
