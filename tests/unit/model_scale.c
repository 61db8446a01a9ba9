/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/scale.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct wall t = { 1 };

static struct point
point_of(enum kind kind, enum order order)
{
	return (struct point){ .space = SPACE_HR,
		.bit = NO_BIT,
		.kind = (uint8_t)kind,
		.order = (uint8_t)order,
		.registers = (uint8_t)kind_registers(kind) };
}

/* 0..27648 to 0..100, fault limits 0..32500. */
static struct point
percent(void)
{
	struct point p = point_of(KIND_UINT16, ORDER_ABCD);

	p.scaled = p.has_fault = true;
	p.raw[1] = 27648;
	p.value[1] = 100;
	p.fault[1] = 32500;
	return p;
}

static struct value
decode(const struct point *p, uint16_t reg)
{
	return point_decode(p, &reg, NULL, t, NULL);
}

static void
each_order_puts_the_bytes_in_its_place(void **state)
{
	static const struct {
		enum order order;
		uint16_t one[1], two[2], four[4];
	} rows[] = {
		{ ORDER_ABCD, { 0x1122 }, { 0x1122, 0x3344 },
		    { 0x1122, 0x3344, 0x5566, 0x7788 } },
		{ ORDER_CDAB, { 0x1122 }, { 0x3344, 0x1122 },
		    { 0x7788, 0x5566, 0x3344, 0x1122 } },
		{ ORDER_BADC, { 0x2211 }, { 0x2211, 0x4433 },
		    { 0x2211, 0x4433, 0x6655, 0x8877 } },
		{ ORDER_DCBA, { 0x2211 }, { 0x4433, 0x2211 },
		    { 0x8877, 0x6655, 0x4433, 0x2211 } },
	};
	uint16_t regs[4];
	struct point p;
	struct value v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		p = point_of(KIND_UINT16, rows[i].order);
		v = point_decode(&p, rows[i].one, NULL, t, NULL);
		assert_int_equal(v.as.uint, 0x1122);
		assert_int_equal(point_encode(&p, &v, regs, NULL), 1);
		assert_memory_equal(regs, rows[i].one, 2);
		p = point_of(KIND_UINT32, rows[i].order);
		v = point_decode(&p, rows[i].two, NULL, t, NULL);
		assert_int_equal(v.as.uint, 0x11223344);
		assert_int_equal(point_encode(&p, &v, regs, NULL), 2);
		assert_memory_equal(regs, rows[i].two, 4);
		p = point_of(KIND_UINT64, rows[i].order);
		v = point_decode(&p, rows[i].four, NULL, t, NULL);
		assert_int_equal(v.as.uint, 0x1122334455667788);
		assert_int_equal(point_encode(&p, &v, regs, NULL), 4);
		assert_memory_equal(regs, rows[i].four, 8);
	}
}

static void
a_float_of_the_plc_is_the_number_that_was_meant(void **state)
{
	/* 1.5 = 3fc00000, 0.92 = 3f6b851f, as the devices send them */
	static const uint16_t abcd[] = { 0x3fc0, 0x0000 };
	static const uint16_t cdab[] = { 0x851f, 0x3f6b };
	struct point p = point_of(KIND_FLOAT32, ORDER_ABCD);
	struct value v = point_decode(&p, abcd, NULL, t, NULL);

	(void)state;
	assert_true(v.as.real == 1.5);
	p.order = ORDER_CDAB;
	v = point_decode(&p, cdab, NULL, t, NULL);
	assert_true(v.as.real == 0.92);
	assert_int_equal(v.quality, QUALITY_GOOD);
}

static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005 + 1442695040888963407;
	return *seed ^ *seed >> 29;
}

/* What decodes must encode to the registers that it came from. */
static void
encoding_gives_back_the_registers_of_every_kind_and_order(void **state)
{
	uint64_t seed = 7, bits;
	uint16_t regs[4], back[4];
	struct value v;
	struct point p;
	unsigned n;

	(void)state;
	for (int i = 0; i < 40000; i++) {
		p = point_of((enum kind)(i % KIND_TEXT), (enum order)(i / 16 % 4));
		if (p.kind == KIND_BOOL)
			continue;
		n = kind_registers(p.kind);
		bits = next(&seed);
		if (i % 3 == 0)		/* near the ends too */
			bits = i % 2 ? ~(uint64_t)0 << (i % 64) : bits >> (i % 64);
		memcpy(regs, &bits, sizeof(regs));
		v = point_decode(&p, regs, NULL, t, NULL);
		if (v.quality != QUALITY_GOOD)
			continue;	/* NaN, no BCD */
		if (v.type == VALUE_REAL && v.as.real == 0)
			continue;	/* -0 comes back as -0 or 0 */
		assert_int_equal(point_encode(&p, &v, back, NULL), n);
		if (memcmp(regs, back, 2 * n) != 0)
			fail_msg("%s order %d", kind_name(p.kind), p.order);
	}
}

static void
decoding_gives_back_the_values_of_every_kind_and_order(void **state)
{
	static const struct {
		enum kind kind;
		int64_t low;
		uint64_t high;
	} rows[] = {
		{ KIND_INT16, INT16_MIN, INT16_MAX },
		{ KIND_UINT16, 0, UINT16_MAX },
		{ KIND_INT32, INT32_MIN, INT32_MAX },
		{ KIND_UINT32, 0, UINT32_MAX },
		{ KIND_INT64, INT64_MIN, INT64_MAX },
		{ KIND_UINT64, 0, UINT64_MAX },
		{ KIND_BCD16, 0, 9999 }, { KIND_BCD32, 0, 99999999 },
	};
	uint16_t regs[4];
	struct value in, out;
	struct point p;

	(void)state;
	for (size_t i = 0; i < 4 * COUNT(rows); i++) {
		p = point_of(rows[i / 4].kind, (enum order)(i % 4));
		in = value_uint(rows[i / 4].high, t);
		assert_true(point_encode(&p, &in, regs, NULL) > 0);
		out = point_decode(&p, regs, NULL, t, NULL);
		assert_true(out.as.uint == in.as.uint);
		in = value_int(rows[i / 4].low, t);
		assert_true(point_encode(&p, &in, regs, NULL) > 0);
		out = point_decode(&p, regs, NULL, t, NULL);
		assert_true(out.as.sint == in.as.sint);
		assert_int_equal(out.type, kind_type(p.kind));
	}
}

static void
what_does_not_fit_is_refused_and_never_wraps(void **state)
{
	static const struct {
		enum kind kind;
		double value;
	} rows[] = {
		{ KIND_INT16, 32768 }, { KIND_INT16, -32769 },
		{ KIND_INT16, 32767.5 }, { KIND_UINT16, 65536 },
		{ KIND_UINT16, -1 }, { KIND_UINT16, -0.5 },
		{ KIND_INT32, 2147483648.0 }, { KIND_INT32, -2147483649.0 },
		{ KIND_UINT32, 4294967296.0 }, { KIND_UINT32, -1 },
		{ KIND_INT64, 0x1p63 }, { KIND_INT64, -0x1.8p63 },
		{ KIND_UINT64, 0x1p64 }, { KIND_UINT64, -1 },
		{ KIND_BCD16, 10000 }, { KIND_BCD16, -1 },
		{ KIND_BCD32, 1e8 }, { KIND_BCD32, -1 },
		{ KIND_FLOAT32, 1e39 }, { KIND_FLOAT32, -1e39 },
		{ KIND_BOOL, 2 }, { KIND_BOOL, -1 }, { KIND_BOOL, 0.5 },
		{ KIND_INT16, NAN }, { KIND_FLOAT64, INFINITY },
		{ KIND_FLOAT32, -INFINITY }, { KIND_BOOL, NAN },
	};
	uint16_t regs[4];
	struct point p;
	struct value v;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		p = point_of(rows[i].kind, ORDER_ABCD);
		v = (struct value){ .as.real = rows[i].value,
			.time = t, .type = VALUE_REAL };
		e.text[0] = '\0';
		if (point_encode(&p, &v, regs, &e) != -1 || e.text[0] == '\0')
			fail_msg("%s took %g", kind_name(p.kind), rows[i].value);
	}
	p = point_of(KIND_UINT64, ORDER_ABCD);
	v = value_int(-1, t);
	assert_int_equal(point_encode(&p, &v, regs, &e), -1);
	p = point_of(KIND_INT64, ORDER_ABCD);
	v = value_uint((uint64_t)INT64_MAX + 1, t);
	assert_int_equal(point_encode(&p, &v, regs, &e), -1);
	v = value_text("7", t);
	assert_int_equal(point_encode(&p, &v, regs, &e), -1);
}

static void
nan_infinity_and_wrong_bcd_are_bad_without_content(void **state)
{
	static const struct {
		enum kind kind;
		uint16_t regs[4];
	} rows[] = {
		{ KIND_FLOAT32, { 0x7fc0, 0 } }, { KIND_FLOAT32, { 0x7f80, 0 } },
		{ KIND_FLOAT32, { 0xff80, 0 } },
		{ KIND_FLOAT64, { 0x7ff8, 0, 0, 0 } },
		{ KIND_FLOAT64, { 0xfff0, 0, 0, 0 } },
		{ KIND_BCD16, { 0x123a } }, { KIND_BCD16, { 0xf000 } },
		{ KIND_BCD32, { 0x1234, 0x56b8 } },
	};
	struct point p;
	struct value v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		p = point_of(rows[i].kind, ORDER_ABCD);
		v = point_decode(&p, rows[i].regs, NULL, t, NULL);
		assert_int_equal(v.quality, QUALITY_BAD);
		assert_int_equal(v.cause, CAUSE_RANGE);
		assert_false(value_known(&v));
	}
}

static void
bcd_is_four_bits_a_digit(void **state)
{
	static const uint16_t regs[] = { 0x0123, 0x4567 };
	struct point p = point_of(KIND_BCD16, ORDER_ABCD);
	struct value v = decode(&p, 0x9876);

	(void)state;
	assert_int_equal(v.as.uint, 9876);
	p = point_of(KIND_BCD32, ORDER_ABCD);
	v = point_decode(&p, regs, NULL, t, NULL);
	assert_int_equal(v.as.uint, 1234567);
}

static void
a_bit_counts_in_the_register_as_it_is_on_the_wire(void **state)
{
	struct point p = point_of(KIND_BOOL, ORDER_DCBA);
	uint16_t reg;
	struct value v;

	(void)state;
	for (uint8_t bit = 0; bit < 16; bit++) {
		p.bit = bit;
		reg = (uint16_t)(1u << bit);
		v = decode(&p, reg);
		assert_int_equal(v.as.uint, 1);
		v = decode(&p, (uint16_t)~reg);
		assert_int_equal(v.as.uint, 0);
		v = value_bool(true, t);
		assert_int_equal(point_encode(&p, &v, &reg, NULL), 1);
		assert_int_equal(reg, 1u << bit);
		v = value_bool(false, t);
		point_encode(&p, &v, &reg, NULL);
		assert_int_equal(reg, 0);
	}
	p.bit = NO_BIT;
	v = decode(&p, 0x0200);
	assert_int_equal(v.as.uint, 1);
	p.space = SPACE_COIL;
	v = value_real(1, t);
	assert_int_equal(point_encode(&p, &v, &reg, NULL), 1);
	assert_int_equal(reg, 1);
}

static void
texts_come_clean_and_go_out_padded(void **state)
{
	char text[VALUE_TEXT_MAX + 1];
	uint16_t regs[8] = { 0x4142, 0x4320, 0x2000 }, back[8];
	struct point p = point_of(KIND_TEXT, ORDER_ABCD);
	struct value v;

	(void)state;
	p.length = 5;
	p.registers = 3;
	v = point_decode(&p, regs, NULL, t, text);
	assert_string_equal(v.as.text, "ABC");
	assert_int_equal(point_encode(&p, &v, back, NULL), 3);
	assert_int_equal(back[1], 0x4300);
	assert_int_equal(back[2], 0);
	p.order = ORDER_DCBA;
	v = point_decode(&p, regs, NULL, t, text);
	assert_string_equal(v.as.text, "BA C");
	point_encode(&p, &v, back, NULL);
	assert_int_equal(back[0], 0x4142);
	p.order = ORDER_ABCD;
	regs[0] = 0x1b5b;
	v = point_decode(&p, regs, NULL, t, text);
	assert_string_equal(v.as.text, "\xc2\xb7[C");
	v = value_text("ABCDEF", t);
	assert_int_equal(point_encode(&p, &v, back, NULL), -1);
	v = value_real(1, t);
	assert_int_equal(point_encode(&p, &v, back, NULL), -1);
}

static void
the_longest_text_is_cut_and_ended(void **state)
{
	char text[VALUE_TEXT_MAX + 1];
	uint16_t regs[125];
	struct point p = point_of(KIND_TEXT, ORDER_ABCD);
	struct value v;

	(void)state;
	memset(regs, 'x', sizeof(regs));
	p.length = 250;
	p.registers = 125;
	v = point_decode(&p, regs, NULL, t, text);
	assert_int_equal(strlen(v.as.text), VALUE_TEXT_MAX);
}

static void
raw_counts_become_engineering_values(void **state)
{
	struct point p = percent();
	struct value v = decode(&p, 13824);

	(void)state;
	assert_int_equal(v.type, VALUE_REAL);
	assert_true(v.as.real == 50);
	v = decode(&p, 27648);
	assert_true(v.as.real == 100);
	assert_true(point_step(&p) == 100.0 / 27648);
	p = point_of(KIND_INT16, ORDER_ABCD);
	assert_true(point_step(&p) == 1);
	p = point_of(KIND_FLOAT32, ORDER_ABCD);
	assert_true(point_step(&p) == 0);
}

static void
beyond_the_fault_limits_is_bad_and_tells_the_side(void **state)
{
	struct point p = percent();
	struct value v = decode(&p, 32500);

	(void)state;
	assert_int_equal(v.quality, QUALITY_GOOD);
	v = decode(&p, 32501);
	assert_int_equal(v.quality, QUALITY_BAD);
	assert_int_equal(v.cause, CAUSE_RANGE);
	assert_true(value_known(&v) && v.as.real > 117);

	p.kind = KIND_INT16;
	v = decode(&p, (uint16_t)-1);
	assert_int_equal(v.quality, QUALITY_BAD);
	assert_true(v.as.real < 0);

	/* where the scaling falls, a broken wire would look high */
	p.value[0] = 100;
	p.value[1] = 0;
	v = decode(&p, (uint16_t)-1);
	assert_int_equal(v.quality, QUALITY_BAD);
	assert_int_equal(v.cause, CAUSE_RANGE);
	assert_false(value_known(&v));
	v = decode(&p, 32501);
	assert_true(v.as.real < 0);
}

static void
outside_the_instrument_range_is_uncertain_and_kept(void **state)
{
	const double range[] = { 0, 90 };
	struct point p = percent();
	uint16_t reg = 27648;
	struct value v = point_decode(&p, &reg, range, t, NULL);

	(void)state;
	assert_int_equal(v.quality, QUALITY_UNCERTAIN);
	assert_int_equal(v.cause, CAUSE_RANGE);
	assert_true(v.as.real == 100);
	p.clamp = true;
	v = point_decode(&p, &reg, range, t, NULL);
	assert_int_equal(v.quality, QUALITY_UNCERTAIN);
	assert_true(v.as.real == 90);
	reg = 32501;	/* the fault decides before the range */
	v = point_decode(&p, &reg, range, t, NULL);
	assert_int_equal(v.quality, QUALITY_BAD);
	assert_true(v.as.real > 117);
	reg = 24883;
	v = point_decode(&p, &reg, range, t, NULL);
	assert_int_equal(v.quality, QUALITY_GOOD);

	p = point_of(KIND_INT16, ORDER_ABCD);
	p.clamp = true;
	reg = (uint16_t)-5;
	v = point_decode(&p, &reg, range, t, NULL);
	assert_int_equal(v.type, VALUE_INT);
	assert_int_equal(v.as.sint, 0);
	assert_int_equal(v.quality, QUALITY_UNCERTAIN);
}

static void
a_setpoint_becomes_what_the_register_can_hold(void **state)
{
	struct point p = percent();
	double rounded;
	struct err e;

	(void)state;
	assert_int_equal(point_round(&p, 60, &rounded, &e), 0);
	assert_true(fabs(rounded - 60) <= point_step(&p) / 2);
	assert_true(rounded != 60);
	/* beyond the fault limits it is still what would be written */
	assert_int_equal(point_round(&p, 118, &rounded, &e), 0);
	assert_true(rounded > 117);
	assert_int_equal(point_round(&p, 240, &rounded, &e), -1);
	assert_int_equal(point_round(&p, NAN, &rounded, &e), -1);

	p = point_of(KIND_INT16, ORDER_ABCD);
	assert_int_equal(point_round(&p, -2.5, &rounded, &e), 0);
	assert_true(rounded == -3);
	p = point_of(KIND_FLOAT32, ORDER_CDAB);
	assert_int_equal(point_round(&p, 4.2, &rounded, &e), 0);
	assert_true(rounded == 4.2);
	p = point_of(KIND_TEXT, ORDER_ABCD);
	assert_int_equal(point_round(&p, 1, &rounded, &e), -1);
}

static void
every_raw_count_survives_rounding(void **state)
{
	struct point p = percent();
	double rounded;
	uint16_t reg, back;
	struct value v;

	(void)state;
	for (uint32_t raw = 0; raw <= UINT16_MAX; raw += 7) {
		reg = (uint16_t)raw;
		v = decode(&p, reg);
		v.quality = QUALITY_GOOD;
		assert_int_equal(point_encode(&p, &v, &back, NULL), 1);
		assert_int_equal(back, reg);
		assert_int_equal(point_round(&p, v.as.real, &rounded, NULL), 0);
		assert_true(rounded == v.as.real);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_order_puts_the_bytes_in_its_place),
		cmocka_unit_test(
		    a_float_of_the_plc_is_the_number_that_was_meant),
		cmocka_unit_test(
		    encoding_gives_back_the_registers_of_every_kind_and_order),
		cmocka_unit_test(
		    decoding_gives_back_the_values_of_every_kind_and_order),
		cmocka_unit_test(what_does_not_fit_is_refused_and_never_wraps),
		cmocka_unit_test(
		    nan_infinity_and_wrong_bcd_are_bad_without_content),
		cmocka_unit_test(bcd_is_four_bits_a_digit),
		cmocka_unit_test(
		    a_bit_counts_in_the_register_as_it_is_on_the_wire),
		cmocka_unit_test(texts_come_clean_and_go_out_padded),
		cmocka_unit_test(the_longest_text_is_cut_and_ended),
		cmocka_unit_test(raw_counts_become_engineering_values),
		cmocka_unit_test(
		    beyond_the_fault_limits_is_bad_and_tells_the_side),
		cmocka_unit_test(
		    outside_the_instrument_range_is_uncertain_and_kept),
		cmocka_unit_test(a_setpoint_becomes_what_the_register_can_hold),
		cmocka_unit_test(every_raw_count_survives_rounding),
	};

	return cmocka_run_group_tests_name("model_scale", tests, NULL, NULL);
}
