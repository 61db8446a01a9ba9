/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/codec.h"

static const struct {
	enum codec_kind kind;
	enum codec_order order;
	double value;
	uint16_t words[CODEC_WORDS];
} known[] = {
	/* 1.5f = 3f c0 00 00 */
	{ CODEC_FLOAT32, CODEC_ABCD, 1.5, { 0x3fc0, 0x0000 } },
	{ CODEC_FLOAT32, CODEC_CDAB, 1.5, { 0x0000, 0x3fc0 } },
	{ CODEC_FLOAT32, CODEC_BADC, 1.5, { 0xc03f, 0x0000 } },
	{ CODEC_FLOAT32, CODEC_DCBA, 1.5, { 0x0000, 0xc03f } },
	{ CODEC_UINT32, CODEC_ABCD, 0x12345678, { 0x1234, 0x5678 } },
	{ CODEC_UINT32, CODEC_CDAB, 0x12345678, { 0x5678, 0x1234 } },
	{ CODEC_UINT32, CODEC_BADC, 0x12345678, { 0x3412, 0x7856 } },
	{ CODEC_UINT32, CODEC_DCBA, 0x12345678, { 0x7856, 0x3412 } },
	{ CODEC_INT32, CODEC_ABCD, -2, { 0xffff, 0xfffe } },
	{ CODEC_INT64, CODEC_ABCD, -2, { 0xffff, 0xffff, 0xffff, 0xfffe } },
	{ CODEC_UINT64, CODEC_CDAB, 0x123456789abc, { 0x9abc, 0x5678, 0x1234 } },
	{ CODEC_UINT64, CODEC_DCBA, 0x123456789abc, { 0xbc9a, 0x7856, 0x3412 } },
	{ CODEC_INT16, CODEC_CDAB, -2, { 0xfffe } },
	{ CODEC_UINT16, CODEC_CDAB, 40000, { 40000 } },
	{ CODEC_BCD16, CODEC_ABCD, 1234, { 0x1234 } },
	{ CODEC_BCD32, CODEC_CDAB, 12345678, { 0x5678, 0x1234 } },
	{ CODEC_FLOAT64, CODEC_ABCD, 1.0, { 0x3ff0, 0, 0, 0 } },
	{ CODEC_BOOL, CODEC_ABCD, 1, { 1 } },
};

static void
every_kind_and_order_has_its_known_registers(void **state)
{
	uint16_t words[CODEC_WORDS];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		codec_encode(
		    known[i].kind, known[i].order, known[i].value, words);
		assert_memory_equal(words, known[i].words,
		    codec_words(known[i].kind) * sizeof(words[0]));
		assert_true(codec_decode(known[i].kind, known[i].order,
				words) == known[i].value);
	}
}

static void
a_number_that_does_not_fit_is_limited(void **state)
{
	uint16_t w[CODEC_WORDS];

	(void)state;
	codec_encode(CODEC_INT16, CODEC_ABCD, -40000, w);
	assert_int_equal(w[0], 0x8000);
	codec_encode(CODEC_UINT16, CODEC_ABCD, 70000, w);
	assert_int_equal(w[0], 0xffff);
	codec_encode(CODEC_BCD16, CODEC_ABCD, 12345, w);
	assert_int_equal(w[0], 0x9999);
	codec_encode(CODEC_UINT16, CODEC_ABCD, 2.5, w);
	assert_int_equal(w[0], 2);
}

static void
text_stands_with_the_first_character_in_the_high_byte(void **state)
{
	uint16_t w[4];

	(void)state;
	codec_put_text("ABC", 8, w);
	assert_int_equal(w[0], 0x4142);
	assert_int_equal(w[1], 0x4300);
	assert_int_equal(w[2], 0);
	assert_int_equal(w[3], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_and_order_has_its_known_registers),
		cmocka_unit_test(a_number_that_does_not_fit_is_limited),
		cmocka_unit_test(
		    text_stands_with_the_first_character_in_the_high_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
