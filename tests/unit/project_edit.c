/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "project/edit.h"

static struct project_files files;
static struct report problems;
static struct err e;

static void
holds(const char *name, const char *text)
{
	project_files_fini(&files);
	report_init(&problems);
	project_files_add(&files, name, text, strlen(text), &problems);
	project_files_sort(&files);
	report_fini(&problems);
}

static int
forget(void **state)
{
	(void)state;
	project_files_fini(&files);
	return 0;
}

static void
a_cell_is_replaced_and_nothing_else(void **state)
{
	(void)state;
	holds("objects.csv", "name,type,title,H.above\n"
			     "LT-1,level,\"Level, \"\"old\"\"\",5.2\n"
			     "LT-2,level,Other,\n");
	assert_int_equal(edit_table(&files, "objects.csv", "LT-2", "H.above",
			     "4.9", &e), 0);
	assert_string_equal(files.all.at[0].text, "name,type,title,H.above\n"
	    "LT-1,level,\"Level, \"\"old\"\"\",5.2\nLT-2,level,Other,4.9\n");
}

static void
a_column_that_is_not_there_is_added(void **state)
{
	(void)state;
	holds("objects.csv", "name,title\r\nLT-1,\"two\nlines\"\r\nLT-2,x");
	assert_int_equal(edit_table(&files, "objects.csv", "LT-1",
			     "H.on_delay", "7000ms", &e), 0);
	assert_string_equal(files.all.at[0].text,
	    "name,title,H.on_delay\nLT-1,\"two\nlines\",7000ms\nLT-2,x,\n");
}

static void
a_row_that_is_not_there_changes_nothing(void **state)
{
	(void)state;
	holds("objects.csv", "name,title\nLT-10,x\n");
	assert_int_equal(edit_table(&files, "objects.csv", "LT-1", "title",
			     "y", &e), -1);
	assert_string_equal(
	    files.all.at[0].text, "name,title\nLT-10,x\n");
}

#define TAGS                                                                   \
	"// { name = \"site.b\"; value = 1; }\n"                               \
	"tags = (\n"                                                           \
	"  { name = \"site.a\"; unit = \"a;}\"; value = 4.5; alarms = (\n"     \
	"      { name = \"H\"; above = 5.0; /* value = 9; */ },\n"             \
	"      { name = \"L\"; below = 1.0; } ); },\n"                         \
	"  { name = \"site.b\"; value : 2.0 }\n);\n"

static const char *
after(const char *tag, const char *alarm, const char *key, const char *text)
{
	holds("tags.conf", TAGS);
	assert_int_equal(edit_tag(&files, tag, alarm, key, text, &e), 0);
	return files.all.at[0].text;
}

static void
a_key_of_a_tag_is_replaced_where_it_stands(void **state)
{
	(void)state;
	assert_non_null(strstr(after("site.a", NULL, "value", "4.2"),
	    "unit = \"a;}\"; value = 4.2; alarms"));
	assert_non_null(strstr(after("site.b", NULL, "value", "3.0"),
	    "{ name = \"site.b\"; value : 3.0 }\n"));
	/* what is said in a comment is said in a comment */
	assert_non_null(strstr(files.all.at[0].text,
	    "// { name = \"site.b\"; value = 1; }"));
}

static void
an_alarm_of_a_tag_is_another_group(void **state)
{
	(void)state;
	assert_non_null(strstr(after("site.a", "H", "above", "4.9"),
	    "{ name = \"H\"; above = 4.9; /* value = 9; */ }"));
	assert_non_null(strstr(after("site.a", "L", "on_delay", "\"8s\""),
	    "{ name = \"L\"; below = 1.0; on_delay = \"8s\"; }"));
}

static void
what_is_not_there_is_said(void **state)
{
	(void)state;
	holds("tags.conf", TAGS);
	assert_int_equal(
	    edit_tag(&files, "site.c", NULL, "value", "1", &e), -1);
	assert_int_equal(
	    edit_tag(&files, "site.b", "H", "above", "1", &e), -1);
	assert_string_equal(files.all.at[0].text, TAGS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_is_replaced_and_nothing_else),
		cmocka_unit_test(a_column_that_is_not_there_is_added),
		cmocka_unit_test(a_row_that_is_not_there_changes_nothing),
		cmocka_unit_test(a_key_of_a_tag_is_replaced_where_it_stands),
		cmocka_unit_test(an_alarm_of_a_tag_is_another_group),
		cmocka_unit_test(what_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
