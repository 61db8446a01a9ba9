/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "project/source.h"
#include "project/table.h"

static struct arena *arena;
static struct report report;
static struct table table;

static bool
reads(const char *text)
{
	arena_free(arena);
	report_fini(&report);
	arena = arena_new();
	report_init(&report);
	return table_read(&table, arena, text, strlen(text),
	    report_file(&report, "t.csv"), &report);
}

static void
rows_know_the_line_on_which_they_began(void **state)
{
	(void)state;
	assert_true(reads("a,b\n1,2\n\n\"x\ny\",3\n,\n"));
	assert_int_equal(report.errors, 0);
	assert_int_equal(table.columns, 2);
	assert_string_equal(table.header[1], "b");
	assert_int_equal(table.n, 3);
	assert_int_equal(table.rows[0].line, 2);
	assert_int_equal(table.rows[1].line, 4);
	assert_string_equal(table.rows[1].cells[0], "x\ny");
	assert_int_equal(table.rows[2].line, 6);
	assert_string_equal(table.rows[2].cells[1], "");
}

static void
quotes_follow_rfc_4180(void **state)
{
	(void)state;
	assert_true(reads("a,b\n\"say \"\"hi\"\"\",\"1,2\"\n"));
	assert_string_equal(table.rows[0].cells[0], "say \"hi\"");
	assert_string_equal(table.rows[0].cells[1], "1,2");
	assert_true(reads("a,b\n1\"2,3\n"));
	assert_int_equal(report.errors, 1);
	assert_true(reads("a,b\n1,\"2\n"));
	assert_int_equal(report.errors, 1);
}

static void
a_last_line_without_newline_counts(void **state)
{
	(void)state;
	assert_true(reads("a\n1"));
	assert_int_equal(table.n, 1);
}

static void
wrong_counts_and_headers_are_said(void **state)
{
	(void)state;
	assert_true(reads("a,b\n1\n1,2,3\n1,2\n"));
	assert_int_equal(report.errors, 2);
	assert_int_equal(table.n, 1);
	assert_true(reads("a,a,\n"));
	assert_int_equal(report.errors, 2);
	assert_false(reads(""));
	assert_int_equal(report.errors, 1);
}

static size_t
cleaned(const char *text, size_t len, const char *want)
{
	size_t got_len;
	char *got;

	arena_free(arena);
	report_fini(&report);
	arena = arena_new();
	report_init(&report);
	got = source_clean(arena, text, len, report_file(&report, "f"), true,
	    &report, &got_len);
	assert_string_equal(got, want);
	assert_int_equal(got_len, strlen(want));
	return report.errors;
}

static void
bytes_that_nobody_sees_are_said_and_replaced(void **state)
{
	(void)state;
	assert_int_equal(cleaned("a\tb\nc", 5, "a\tb\nc"), 0);
	assert_int_equal(cleaned("a\r\nb\r\n", 6, "a\nb\n"), 1);
	assert_int_equal(cleaned("\xef\xbb\xbfx", 4, "x"), 1);
	assert_int_equal(cleaned("a\0b", 3, "a\xc2\xb7" "b"), 1);
	assert_int_equal(cleaned("\xc3\xa4\x1b\n\xff", 5,
	    "\xc3\xa4\xc2\xb7\n\xc2\xb7"), 2);
	assert_int_equal(report.problems.at[0].column, 2);
	assert_int_equal(report.problems.at[1].line, 2);
	arena_free(arena);
	report_fini(&report);
	arena = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_know_the_line_on_which_they_began),
		cmocka_unit_test(quotes_follow_rfc_4180),
		cmocka_unit_test(a_last_line_without_newline_counts),
		cmocka_unit_test(wrong_counts_and_headers_are_said),
		cmocka_unit_test(
		    bytes_that_nobody_sees_are_said_and_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
