/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "server/auth.h"

#define PATIENCE 20000	/* ms */

static void
nothing(void *arg)
{
	(void)arg;
}

static struct auth_result
result_of(struct auth *a, uint64_t id)
{
	struct auth_result r = { 0 };

	assert_true(auth_wait(a, PATIENCE));
	assert_true(auth_take(a, &r));
	assert_int_equal(r.id, id);
	return r;
}

static void
a_hash_is_that_of_its_password_alone(void **state)
{
	struct auth *a = auth_new(nothing, NULL);
	struct auth_result made, r;

	(void)state;
	assert_true(auth_make(a, 1, "Blue-Heron 4711"));
	made = result_of(a, 1);
	assert_true(made.good);
	assert_memory_equal(made.hash, "$y$", 3);
	assert_null(strstr(made.hash, "Heron"));
	assert_true(auth_check(a, 2, "Blue-Heron 4711", made.hash));
	r = result_of(a, 2);
	assert_true(r.good);
	assert_string_equal(r.hash, made.hash);
	assert_true(auth_check(a, 3, "Blue-Heron 4712", made.hash));
	assert_false(result_of(a, 3).good);
	assert_true(auth_check(a, 4, "", made.hash));
	assert_false(result_of(a, 4).good);
	auth_free(a);
}

static void
the_same_password_never_has_the_same_hash(void **state)
{
	struct auth *a = auth_new(nothing, NULL);
	struct auth_result one, two;

	(void)state;
	auth_make(a, 1, "Blue-Heron 4711");
	one = result_of(a, 1);
	auth_make(a, 2, "Blue-Heron 4711");
	two = result_of(a, 2);
	assert_string_not_equal(one.hash, two.hash);
	auth_free(a);
}

static void
without_a_hash_or_with_a_damaged_one_nothing_is_right(void **state)
{
	static const char *const damaged[] = { "", "*0", "$y$j9T$", "x",
		"$y$j9T$abc$" };
	struct auth *a = auth_new(nothing, NULL);
	size_t i;

	(void)state;
	auth_check(a, 1, "Blue-Heron 4711", NULL);
	assert_false(result_of(a, 1).good);
	for (i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		auth_check(a, 2, "Blue-Heron 4711", damaged[i]);
		assert_false(result_of(a, 2).good);
	}
	auth_free(a);
}

static void
more_than_it_holds_is_not_taken(void **state)
{
	struct auth *a = auth_new(nothing, NULL);
	unsigned taken = 0;

	(void)state;
	while (taken < 10 * AUTH_JOBS && auth_check(a, taken, "x", NULL))
		taken++;
	assert_in_range(taken, AUTH_JOBS, 2 * AUTH_JOBS);
	auth_free(a);		/* and ends without looking at the rest */
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hash_is_that_of_its_password_alone),
		cmocka_unit_test(the_same_password_never_has_the_same_hash),
		cmocka_unit_test(
		    without_a_hash_or_with_a_damaged_one_nothing_is_right),
		cmocka_unit_test(more_than_it_holds_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
