/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "field/plan.h"

#define MOST 3000

static struct {
	struct device d;
	struct field_point at[MOST];
	size_t n;
	struct plan plan;
} s;

static int
reset(void **state)
{
	(void)state;
	memset(&s, 0, sizeof(s));
	s.d.max_registers = 120;
	s.d.max_bits = 2000;
	s.d.max_hole = 8;
	return 0;
}

static int
drop(void **state)
{
	(void)state;
	plan_free(&s.plan);
	return 0;
}

static struct field_point *
add(enum space space, uint16_t address, unsigned registers)
{
	struct field_point *p = &s.at[s.n];

	p->slot = (uint32_t)s.n++;
	p->period_ms = 1000;
	p->at.space = (uint8_t)space;
	p->at.address = address;
	p->at.registers = (uint8_t)registers;
	p->at.bit = NO_BIT;
	p->at.kind = KIND_UINT16;
	return p;
}

static unsigned
most(const struct plan_block *b)
{
	return b->space == SPACE_COIL || b->space == SPACE_DI
	    ? s.d.max_bits : s.d.max_registers;
}

/* What holds for every plan: each point once, whole, in a legal block. */
static void
build(void)
{
	bool seen[MOST] = { false };
	size_t i, k;

	plan_build(&s.plan, &s.d, s.at, s.n);
	assert_int_equal(s.plan.n, s.n);
	for (i = 0; i < s.plan.n_blocks; i++) {
		const struct plan_block *b = &s.plan.blocks[i];

		assert_in_range(b->count, 1, most(b));
		for (k = b->lo; k < b->lo + b->n; k++) {
			const struct point *at = &s.at[s.plan.order[k]].at;

			assert_false(seen[s.plan.order[k]]);
			seen[s.plan.order[k]] = true;
			assert_int_equal(at->space, b->space);
			assert_true(at->address >= b->first);
			assert_true(at->address + at->registers <=
			    b->first + b->count);
		}
	}
	for (i = 0; i < s.n; i++)
		assert_true(seen[i]);
}

/* The block that holds a point. */
static const struct plan_block *
block_of(size_t point)
{
	size_t i, k;

	for (i = 0; i < s.plan.n_blocks; i++) {
		for (k = 0; k < s.plan.blocks[i].n; k++) {
			if (s.plan.order[s.plan.blocks[i].lo + k] == point)
				return &s.plan.blocks[i];
		}
	}
	return NULL;
}

static void
neighbours_are_one_block(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 50; i++)
		add(SPACE_HR, (uint16_t)(100 + i), 1);
	build();
	assert_int_equal(s.plan.n_blocks, 1);
	assert_int_equal(s.plan.blocks[0].first, 100);
	assert_int_equal(s.plan.blocks[0].count, 50);
}

static void
spaces_and_periods_are_apart(void **state)
{
	(void)state;
	add(SPACE_HR, 1, 1);
	add(SPACE_IR, 2, 1);
	add(SPACE_COIL, 3, 1);
	add(SPACE_HR, 2, 1)->period_ms = 250;
	build();
	assert_int_equal(s.plan.n_blocks, 4);
}

static void
a_gap_is_read_over_up_to_max_hole(void **state)
{
	(void)state;
	add(SPACE_HR, 0, 1);
	add(SPACE_HR, 9, 1);		/* 8 between */
	add(SPACE_HR, 19, 1);		/* 9 between */
	build();
	assert_int_equal(s.plan.n_blocks, 2);
	assert_ptr_equal(block_of(0), block_of(1));
}

static void
a_declared_hole_is_never_read_over(void **state)
{
	struct hole hole = { SPACE_HR, 3, 3 };

	(void)state;
	s.d.holes = &hole;
	s.d.n_holes = 1;
	add(SPACE_HR, 0, 3);
	add(SPACE_HR, 4, 1);
	add(SPACE_IR, 0, 3);
	add(SPACE_IR, 4, 1);
	build();
	assert_ptr_not_equal(block_of(0), block_of(1));
	assert_ptr_equal(block_of(2), block_of(3));
}

static void
a_value_of_four_registers_at_the_limit_is_not_split(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 118; i++)
		add(SPACE_HR, (uint16_t)i, 1);
	add(SPACE_HR, 118, 4);		/* 118..121 does not fit in 120 */
	add(SPACE_HR, 122, 1);
	build();
	assert_int_equal(s.plan.n_blocks, 2);
	assert_int_equal(s.plan.blocks[0].count, 118);
	assert_int_equal(s.plan.blocks[1].first, 118);
	assert_int_equal(s.plan.blocks[1].count, 5);
}

static void
a_text_as_long_as_a_request_is_one_block(void **state)
{
	(void)state;
	add(SPACE_HR, 10, 120);
	add(SPACE_HR, 130, 1);
	build();
	assert_int_equal(s.plan.n_blocks, 2);
}

static void
together_is_one_request_over_any_gap(void **state)
{
	(void)state;
	add(SPACE_HR, 0, 2)->group = 5;
	add(SPACE_HR, 60, 2)->group = 5;
	add(SPACE_HR, 100, 2)->group = 5;
	add(SPACE_HR, 30, 1);
	build();
	assert_ptr_equal(block_of(0), block_of(1));
	assert_ptr_equal(block_of(0), block_of(2));
	assert_ptr_equal(block_of(0), block_of(3));
}

static void
together_is_not_torn_at_the_limit(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 110; i++)
		add(SPACE_HR, (uint16_t)i, 1);
	add(SPACE_HR, 112, 4)->group = 1;
	add(SPACE_HR, 118, 4)->group = 1;
	build();
	assert_ptr_equal(block_of(110), block_of(111));
	assert_ptr_not_equal(block_of(0), block_of(111));
}

static void
together_takes_the_shortest_period(void **state)
{
	(void)state;
	add(SPACE_HR, 0, 1)->group = 1;
	add(SPACE_HR, 1, 1)->group = 1;
	s.at[1].period_ms = 250;
	build();
	assert_int_equal(s.plan.n_blocks, 1);
	assert_int_equal(s.plan.blocks[0].period_ms, 250);
}

static void
together_too_wide_or_over_a_hole_is_read_apart(void **state)
{
	struct hole hole = { SPACE_HR, 350, 351 };

	(void)state;
	s.d.holes = &hole;
	s.d.n_holes = 1;
	add(SPACE_HR, 0, 1)->group = 1;
	add(SPACE_HR, 200, 1)->group = 1;
	add(SPACE_HR, 349, 1)->group = 2;
	add(SPACE_HR, 352, 1)->group = 2;
	build();
	assert_int_equal(s.plan.n_blocks, 4);
}

static void
bits_go_up_to_max_bits(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 2500; i++)
		add(SPACE_DI, (uint16_t)i, 1);
	build();
	assert_int_equal(s.plan.n_blocks, 2);
	assert_int_equal(s.plan.blocks[0].count, 2000);
}

static void
bits_of_one_word_and_overlapping_values_are_one_block(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < 16; i++)
		add(SPACE_HR, 7, 1)->at.bit = (uint8_t)i;
	add(SPACE_HR, 6, 2);
	build();
	assert_int_equal(s.plan.n_blocks, 1);
	assert_int_equal(s.plan.blocks[0].count, 2);
}

static void
the_last_address_is_reached(void **state)
{
	(void)state;
	add(SPACE_HR, 65535, 1);
	add(SPACE_HR, 65532, 2);
	build();
	assert_int_equal(s.plan.blocks[0].count, 4);
}

static void
nothing_makes_no_blocks(void **state)
{
	(void)state;
	build();
	assert_int_equal(s.plan.n_blocks, 0);
}

static void
a_split_keeps_values_and_groups_whole(void **state)
{
	struct plan_block left, right;

	(void)state;
	add(SPACE_HR, 0, 1);
	add(SPACE_HR, 1, 1)->group = 1;
	add(SPACE_HR, 2, 4);
	add(SPACE_HR, 6, 1)->group = 1;
	add(SPACE_HR, 7, 1);
	build();
	assert_int_equal(s.plan.n_blocks, 1);
	assert_true(plan_split(
	    &s.plan, s.at, &s.plan.blocks[0], &left, &right));
	assert_int_equal(left.n + right.n, 5);
	assert_true((left.n == 1 && right.n == 4) ||
	    (left.n == 4 && right.n == 1));
	assert_int_equal(left.first, 0);
	assert_int_equal(right.first + right.count, 8);
}

static void
what_belongs_together_cannot_be_split(void **state)
{
	struct plan_block left, right;

	(void)state;
	add(SPACE_HR, 5, 1)->at.bit = 0;
	add(SPACE_HR, 5, 1)->at.bit = 1;
	build();
	assert_false(plan_split(
	    &s.plan, s.at, &s.plan.blocks[0], &left, &right));
}

static void
splitting_on_and_on_ends_at_single_points(void **state)
{
	struct plan_block todo[128], left, right;
	size_t n = 1, ends = 0, i;

	(void)state;
	for (i = 0; i < 100; i++)
		add(SPACE_HR, (uint16_t)i, 1);
	build();
	todo[0] = s.plan.blocks[0];
	while (n > 0) {
		struct plan_block b = todo[--n];

		if (!plan_split(&s.plan, s.at, &b, &left, &right)) {
			assert_int_equal(b.n, 1);
			ends++;
			continue;
		}
		assert_int_equal(left.n + right.n, b.n);
		assert_int_equal(left.count + right.count, b.count);
		todo[n++] = left;
		todo[n++] = right;
	}
	assert_int_equal(ends, 100);
}

static void
random_points_make_lawful_plans(void **state)
{
	struct hole holes[3];
	unsigned round, i;

	(void)state;
	srand(7);
	for (round = 0; round < 200; round++) {
		plan_free(&s.plan);
		reset(NULL);
		s.d.max_registers = (uint16_t)(1 + rand() % 125);
		s.d.max_hole = (uint16_t)(rand() % 20);
		for (i = 0; i < 3; i++) {
			holes[i].space = (uint8_t)(rand() % 4);
			holes[i].first = (uint16_t)(rand() % 400);
			holes[i].last = (uint16_t)(holes[i].first + rand() % 9);
		}
		s.d.holes = holes;
		s.d.n_holes = 3;
		for (i = 0; i < 150; i++) {
			unsigned space = (unsigned)rand() % 4;
			bool bit = space == SPACE_COIL || space == SPACE_DI;
			unsigned n = bit ? 1 : 1u << rand() % 3;

			n = n > s.d.max_registers ? 1 : n;
			add(space, (uint16_t)(rand() % 400), n)->group =
			    rand() % 3 ? 0 : 1 + (uint32_t)rand() % 9;
			s.at[s.n - 1].period_ms = rand() % 2 ? 250 : 1000;
		}
		build();
	}
}

static void
a_read_is_good_for_three_periods_but_at_least_two_seconds(void **state)
{
	struct span timeout = { 500 };

	(void)state;
	assert_int_equal(plan_good_for(250, timeout), 2000);
	assert_int_equal(plan_good_for(1000, timeout), 3000);
	assert_int_equal(plan_good_for(0, timeout), 2000);
	timeout.ms = 60000;
	assert_int_equal(plan_good_for(1000, timeout), 61000);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, reset, drop)
	const struct CMUnitTest tests[] = {
		TEST(neighbours_are_one_block),
		TEST(spaces_and_periods_are_apart),
		TEST(a_gap_is_read_over_up_to_max_hole),
		TEST(a_declared_hole_is_never_read_over),
		TEST(a_value_of_four_registers_at_the_limit_is_not_split),
		TEST(a_text_as_long_as_a_request_is_one_block),
		TEST(together_is_one_request_over_any_gap),
		TEST(together_is_not_torn_at_the_limit),
		TEST(together_takes_the_shortest_period),
		TEST(together_too_wide_or_over_a_hole_is_read_apart),
		TEST(bits_go_up_to_max_bits),
		TEST(bits_of_one_word_and_overlapping_values_are_one_block),
		TEST(the_last_address_is_reached),
		TEST(nothing_makes_no_blocks),
		TEST(a_split_keeps_values_and_groups_whole),
		TEST(what_belongs_together_cannot_be_split),
		TEST(splitting_on_and_on_ends_at_single_points),
		TEST(random_points_make_lawful_plans),
		TEST(a_read_is_good_for_three_periods_but_at_least_two_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
