/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/allowance.h"

static int
taken(struct allowance *a, struct mono now, int tries)
{
	int n = 0;

	while (tries-- > 0)
		n += allowance_take(a, now);
	return n;
}

static void
a_burst_is_let_through_and_no_more(void **state)
{
	struct allowance a = { 0 };
	struct mono now = { 1000000 };

	(void)state;
	assert_int_equal(taken(&a, now, 1000), ALLOWANCE_BURST);
}

static void
it_fills_again_at_its_rate(void **state)
{
	struct allowance a = { 0 };
	struct mono now = { 1000000 };

	(void)state;
	taken(&a, now, 1000);
	now = mono_add(now, (struct span){ 500 });
	assert_int_equal(taken(&a, now, 1000), ALLOWANCE_PER_S / 2);
	now = mono_add(now, (struct span){ 3600000 });
	assert_int_equal(taken(&a, now, 1000), ALLOWANCE_BURST);
}

static void
a_steady_asker_is_never_refused(void **state)
{
	struct allowance a = { 0 };
	struct mono now = { 1000000 };
	int i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		assert_true(allowance_take(&a, now));
		now = mono_add(now, (struct span){ 1000 / ALLOWANCE_PER_S });
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_is_let_through_and_no_more),
		cmocka_unit_test(it_fills_again_at_its_rate),
		cmocka_unit_test(a_steady_asker_is_never_refused),
	};

	return cmocka_run_group_tests_name("allowance", tests, NULL, NULL);
}
