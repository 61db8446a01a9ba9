/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "wire/cell.h"
#include "wire/cursor.h"

static void
numbers_come_back_as_they_went(void **state)
{
	uint8_t room[64];
	struct put p = put_into(room, sizeof(room));
	struct get g;

	(void)state;
	put_u8(&p, 0xab);
	put_u16(&p, 0xabcd);
	put_u32(&p, 0xdeadbeef);
	put_u64(&p, UINT64_MAX - 1);
	put_i64(&p, INT64_MIN);
	put_real(&p, -0.1);
	put_wall(&p, (struct wall){ 1795350790482 });
	assert_false(p.full);
	g = get_from(room, p.len);
	assert_int_equal(get_u8(&g), 0xab);
	assert_int_equal(get_u16(&g), 0xabcd);
	assert_int_equal(get_u32(&g), 0xdeadbeef);
	assert_true(get_u64(&g) == UINT64_MAX - 1);
	assert_true(get_i64(&g) == INT64_MIN);
	assert_true(get_real(&g) == -0.1);
	assert_true(get_wall(&g).ms == 1795350790482);
	assert_true(get_done(&g));
}

static void
the_bytes_are_little_endian_and_packed(void **state)
{
	static const uint8_t expected[] = { 1, 3, 2, 7, 6, 5, 4, 2, 0, 'h',
		'i' };
	uint8_t room[16];
	struct put p = put_into(room, sizeof(room));

	(void)state;
	put_u8(&p, 1);
	put_u16(&p, 0x0203);
	put_u32(&p, 0x04050607);
	put_text(&p, "hi");
	assert_int_equal(p.len, sizeof(expected));
	assert_memory_equal(room, expected, sizeof(expected));
}

static void
a_full_message_stays_full_and_whole_fields_only(void **state)
{
	uint8_t room[4];
	struct put p = put_into(room, sizeof(room));

	(void)state;
	put_u16(&p, 1);
	put_u32(&p, 2);
	assert_true(p.full);
	assert_int_equal(p.len, 2);
	put_u8(&p, 3);		/* it would fit, but the message is lost */
	assert_int_equal(p.len, 2);
}

static void
a_short_message_is_bad_and_gives_nothing_more(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3 };
	struct get g = get_from(bytes, sizeof(bytes));
	char text[8] = "x";

	(void)state;
	assert_int_equal(get_u16(&g), 0x0201);
	assert_int_equal(get_u32(&g), 0);
	assert_true(g.bad);
	assert_int_equal(get_u8(&g), 0);
	get_text(&g, text, sizeof(text));
	assert_string_equal(text, "");
	assert_false(get_done(&g));
}

static void
what_is_left_over_is_not_done(void **state)
{
	static const uint8_t bytes[] = { 1, 2 };
	struct get g = get_from(bytes, sizeof(bytes));

	(void)state;
	get_u8(&g);
	assert_false(g.bad);
	assert_false(get_done(&g));
}

static void
texts_are_cleaned_and_bounded(void **state)
{
	uint8_t room[64];
	struct put p = put_into(room, sizeof(room));
	struct get g;
	char text[8];

	(void)state;
	put_text(&p, "a\033b");
	put_text(&p, NULL);
	put_text(&p, "12345678");
	g = get_from(room, p.len);
	get_text(&g, text, sizeof(text));
	assert_string_equal(text, "a\xc2\xb7" "b");
	get_text(&g, text, sizeof(text));
	assert_string_equal(text, "");
	assert_false(g.bad);
	get_text(&g, text, sizeof(text));	/* one byte too long */
	assert_true(g.bad);
	assert_string_equal(text, "");
}

static struct value
there_and_back(struct value v, char *text)
{
	uint8_t room[128];
	struct put p = put_into(room, sizeof(room));
	struct get g;

	put_value(&p, &v);
	g = get_from(room, p.len);
	v = get_value(&g, text);
	assert_true(get_done(&g));
	return v;
}

static void
values_keep_content_quality_flags_and_time(void **state)
{
	struct wall t = { 1795350790482 };
	struct value values[] = { value_real(0.92, t), value_int(-7, t),
		value_uint(UINT64_MAX, t), value_bool(true, t),
		value_text("AUTO", t), value_initial(VALUE_REAL) };
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	size_t i;

	(void)state;
	values[1].quality = QUALITY_BAD;
	values[1].cause = CAUSE_RANGE;
	values[1].flags = VALUE_OVERRIDE;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		v = there_and_back(values[i], text);
		assert_true(value_same(&v, &values[i]));
		assert_true(v.time.ms == values[i].time.ms);
	}
}

static void
senseless_values_are_bad_and_never_good(void **state)
{
	struct value v = value_real(1, (struct wall){ 1 });
	char text[VALUE_TEXT_MAX + 1];
	uint8_t room[64];
	struct put p;
	struct get g;
	int which;

	(void)state;
	for (which = 0; which < 5; which++) {
		p = put_into(room, sizeof(room));
		v = value_real(1, (struct wall){ 1 });
		v.as.real = which == 0 ? INFINITY : 1;
		put_value(&p, &v);
		if (which == 1)
			room[0] = VALUE_TEXT + 1;
		if (which == 2)
			room[1] = (QUALITY_BAD + 1) << 4;
		if (which == 3)
			room[1] = CAUSE_RANGE + 1;
		if (which == 4)
			room[0] = VALUE_BOOL;	/* of neither 0 nor 1 */
		g = get_from(room, p.len);
		v = get_value(&g, text);
		assert_true(g.bad);
		assert_false(value_is_good(&v));
	}
}

static void
cells_keep_their_type_and_content(void **state)
{
	struct cell cells[] = { cell_null(), cell_bool(true), cell_int(-7),
		cell_uint(UINT64_MAX), cell_real(0.92, 2), cell_text("text"),
		cell_time((struct wall){ 1795350790482 }), cell_flags("a+b") };
	uint8_t room[256];
	struct put p = put_into(room, sizeof(room));
	char text[64];
	struct get g;
	struct cell c;
	size_t i;

	(void)state;
	for (i = 0; i < 8; i++)
		put_cell(&p, &cells[i]);
	g = get_from(room, p.len);
	for (i = 0; i < 8; i++) {
		c = get_cell(&g, text, sizeof(text));
		assert_int_equal(c.type, cells[i].type);
		if (c.type == CELL_TEXT || c.type == CELL_FLAGS)
			assert_string_equal(c.as.text, cells[i].as.text);
		else if (c.type == CELL_BOOL)
			assert_true(c.as.on);
		else if (c.type == CELL_REAL)
			assert_int_equal(c.decimals, 2);
		if (c.type == CELL_INT || c.type == CELL_UINT ||
		    c.type == CELL_REAL || c.type == CELL_TIME)
			assert_true(c.as.uint == cells[i].as.uint);
	}
	assert_true(get_done(&g));
}

static void
what_was_never_there_is_a_null_cell(void **state)
{
	struct value v = value_initial(VALUE_REAL);

	(void)state;
	assert_int_equal(cell_text(NULL).type, CELL_NULL);
	assert_int_equal(cell_text("").type, CELL_NULL);
	assert_int_equal(cell_time((struct wall){ 0 }).type, CELL_NULL);
	assert_int_equal(cell_real(NAN, 2).type, CELL_NULL);
	assert_int_equal(cell_value(&v, 2).type, CELL_NULL);
	v = value_real(4, (struct wall){ 1 });
	v.quality = QUALITY_BAD;
	v.cause = CAUSE_COMM;	/* the last value stays, marked */
	assert_int_equal(cell_value(&v, 2).type, CELL_REAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_back_as_they_went),
		cmocka_unit_test(the_bytes_are_little_endian_and_packed),
		cmocka_unit_test(
		    a_full_message_stays_full_and_whole_fields_only),
		cmocka_unit_test(a_short_message_is_bad_and_gives_nothing_more),
		cmocka_unit_test(what_is_left_over_is_not_done),
		cmocka_unit_test(texts_are_cleaned_and_bounded),
		cmocka_unit_test(values_keep_content_quality_flags_and_time),
		cmocka_unit_test(senseless_values_are_bad_and_never_good),
		cmocka_unit_test(cells_keep_their_type_and_content),
		cmocka_unit_test(what_was_never_there_is_a_null_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
