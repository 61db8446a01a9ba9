/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "project/names.h"

static const char *
near(const char *text, const char *const *all)
{
	const char *best = NULL;
	unsigned distance = 0;

	for (; *all != NULL; all++)
		near_offer(text, *all, &best, &distance);
	return best ? best : "";
}

static void
the_nearest_name_is_offered(void **state)
{
	static const char *const keys[] = { "name", "title", "timeout",
		"connect_timeout", "gap", "P-101A.run", NULL };

	(void)state;
	assert_string_equal(near("tittle", keys), "title");
	assert_string_equal(near("itmeout", keys), "timeout");
	assert_string_equal(near("nam", keys), "name");
	assert_string_equal(near("gpa", keys), "gap");
	assert_string_equal(near("P-101A.rnu", keys), "P-101A.run");
	assert_string_equal(near("p-101a.RUN", keys), "P-101A.run");
	assert_string_equal(near("unrelated", keys), "");
	assert_string_equal(near("xyz", keys), "");
}

static void
many_names_are_found_and_repeated_ones_said(void **state)
{
	struct names t = { .what = "tag" };
	struct report r;
	struct place at = { 0, 0, 7 };
	char (*names)[16] = calloc(5000, sizeof(*names));
	uint32_t i;

	(void)state;
	report_init(&r);
	report_file(&r, "tags.conf");
	for (i = 0; i < 5000; i++) {
		snprintf(names[i], sizeof(names[i]), "n%u", i);
		assert_true(names_add(&t, names[i], i, at, &r));
	}
	for (i = 0; i < 5000; i++)
		assert_int_equal(
		    names_find(&t, names[i], strlen(names[i]))->index, i);
	assert_null(names_find(&t, "n5000", 5));
	assert_int_equal(names_find(&t, "n49xx", 3)->index, 49);
	assert_false(names_add(&t, "n77", 1, at, &r));
	assert_string_equal(r.problems.at[0].text,
	    "tag \"n77\" is already defined at tags.conf:7");
	assert_int_equal(names_get(&t, "n5000x", at, &r), UINT32_MAX);
	assert_int_equal(r.errors, 2);
	t.unsure = true;
	assert_int_equal(names_get(&t, "nothing", at, &r), UINT32_MAX);
	assert_int_equal(r.errors, 2);
	report_fini(&r);
	names_fini(&t);
	free(names);
}

static void
problems_are_sorted_and_said_once(void **state)
{
	struct report r;
	struct buf out = { 0 };
	uint16_t b, a;

	(void)state;
	report_init(&r);
	b = report_file(&r, "b");
	a = report_file(&r, "a");
	report_error(&r, (struct place){ b, 0, 1 }, "second");
	report_error(&r, (struct place){ a, 0, 10 }, "last of a");
	report_warning(&r, (struct place){ a, 3, 9 }, "x\033[31my");
	report_error(&r, (struct place){ a, 0, 10 }, "last of a");
	report_error(&r, (struct place){ a, 0, 0 }, "whole");
	report_print(&r, "dir", &out);
	assert_string_equal(buf_string(&out),
	    "dir/a: error: whole\n"
	    "dir/a:9:3: warning: x\xc2\xb7[31my\n"
	    "dir/a:10: error: last of a\n"
	    "dir/b:1: error: second\n"
	    "3 errors, 1 warning\n");
	buf_free(&out);
	report_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_name_is_offered),
		cmocka_unit_test(many_names_are_found_and_repeated_ones_said),
		cmocka_unit_test(problems_are_sorted_and_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
