/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * What a hostile project can cost: sizes that double, chains, lists without
 * end. Each is said in words and ends in bounded time and memory.
 */
#include <stdio.h>

#include "base/buf.h"
#include "project/read.h"

static struct project_files files;
static struct report report;
static struct buf text;

#define PLANT                                                                  \
	"format = 1; name = \"x\"; languages = [ \"en\" ]; timezone = \"UTC\";\n"

static void
begin(void)
{
	project_files_fini(&files);
	report_fini(&report);
	report_init(&report);
	project_files_add(
	    &files, "plant.conf", PLANT, strlen(PLANT), &report);
	buf_clear(&text);
}

static void
add(const char *name)
{
	project_files_add(&files, name, buf_string(&text), text.len, &report);
	buf_clear(&text);
}

/* Reads; everything that was said, as one text. */
static const char *
problems(void)
{
	struct plant *plant;

	project_files_sort(&files);
	project_read_files(&files, &plant, &report);
	plant_free(plant);
	buf_clear(&text);
	report_print(&report, NULL, &text);
	return buf_string(&text);
}
#define says(words)                                                            \
	do {                                                                   \
		if (strstr(problems(), words) == NULL)                         \
			fail_msg("%.2000s", buf_string(&text));                \
	} while (0)

static void
roles_that_double_are_bounded(void **state)
{
	int i, j;

	(void)state;
	begin();
	buf_text(&text, "roles = (\n");
	for (i = 0; i < 60; i++) {
		buf_printf(&text, "%s{ name = \"r%d\"; extends = (",
		    i ? ",\n" : "", i);
		for (j = i - 1; j >= 0 && j > i - 3; j--)
			buf_printf(
			    &text, "%s\"r%d\"", j < i - 1 ? "," : "", j);
		buf_text(&text, "); grants = ( { may = [ \"view\" ]; in = [ "
		    "\"*\" ]; } ); }");
	}
	buf_text(&text, " );\n");
	add("roles.conf");
	says("has more than 1000 grants");
}

static void
a_chain_of_types_is_bounded(void **state)
{
	char name[40];
	int i;

	(void)state;
	begin();
	for (i = 0; i < 40; i++) {
		buf_printf(&text, "type = { name = \"t%02d\"; %s%02d%s };\n",
		    i, i < 39 ? "extends = \"t" : "# ", i + 1,
		    i < 39 ? "\";" : "\n");
		snprintf(name, sizeof(name), "types/t%02d.conf", i);
		add(name);
	}
	says("extends itself");
}

static void
a_type_has_at_most_500_signals(void **state)
{
	int i;

	(void)state;
	begin();
	buf_text(&text, "type = { name = \"t\"; signals = (\n");
	for (i = 0; i < 501; i++)
		buf_printf(&text, "%s{ name = \"s%d\"; internal = true; }",
		    i ? ",\n" : "", i);
	buf_text(&text, " ); };\n");
	add("types/t.conf");
	says("has more than 500 signals");
}

static void
a_plant_has_at_most_half_a_million_tags(void **state)
{
	int i;

	(void)state;
	begin();
	buf_text(&text, "type = { name = \"t\"; signals = (\n");
	for (i = 0; i < 500; i++)
		buf_printf(&text, "%s{ name = \"s%d\"; internal = true; }",
		    i ? ",\n" : "", i);
	buf_text(&text, " ); };\n");
	add("types/t.conf");
	buf_text(&text, "name,type,area\n");
	for (i = 0; i < 5000; i++)
		buf_printf(&text, "P-%d,t,system\n", i);
	add("objects.csv");
	says("more than 500000 tags");
	assert_int_equal(report.errors, 1);
}

static void
a_list_has_at_most_150000_groups(void **state)
{
	int i;

	(void)state;
	begin();
	buf_text(&text, "tags = (\n{}");
	for (i = 0; i < 150000; i++)
		buf_text(&text, ",{}\n");
	buf_text(&text, ");\n");
	add("tags.conf");
	says("\"tags\" holds more than 150000");
}

static void
problems_are_counted_when_they_are_too_many_to_keep(void **state)
{
	int i;

	(void)state;
	begin();
	buf_text(&text, "name,type,area\n");
	for (i = 0; i < 12000; i++)
		buf_printf(&text, "P-%d,pmup,system\n", i);
	add("objects.csv");
	says("and 2000 more\n12000 errors, 0 warnings\n");
}

static void
a_long_chain_of_expressions_is_put_in_order(void **state)
{
	struct plant *plant;
	int i;

	(void)state;
	begin();
	buf_text(&text, "name,expr,internal\na.v0,,true\n");
	for (i = 1; i < 50000; i++)
		buf_printf(&text, "a.v%d,a.v%d + 1,\n", 50000 - i, 49999 - i);
	add("tags.csv");
	project_files_sort(&files);
	assert_int_equal(project_read_files(&files, &plant, &report), 0);
	assert_int_equal(plant->n_calc, 49999);
	assert_string_equal(plant->tags[plant->calc[0]].name, "a.v1");
	assert_string_equal(
	    plant->tags[plant->calc[49998]].name, "a.v49999");
	plant_free(plant);
}

static void
many_cycles_are_said_a_hundred_times(void **state)
{
	int i;

	(void)state;
	begin();
	buf_text(&text, "name,expr\n");
	for (i = 0; i < 30000; i++)
		buf_printf(&text, "a.v%d,a.v%d + a.v%d\n", i, (i + 1) % 30000,
		    (i * 7) % 30000);
	add("tags.csv");
	says("100 errors");
	project_files_fini(&files);
	report_fini(&report);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_that_double_are_bounded),
		cmocka_unit_test(a_chain_of_types_is_bounded),
		cmocka_unit_test(a_type_has_at_most_500_signals),
		cmocka_unit_test(a_plant_has_at_most_half_a_million_tags),
		cmocka_unit_test(a_list_has_at_most_150000_groups),
		cmocka_unit_test(
		    problems_are_counted_when_they_are_too_many_to_keep),
		cmocka_unit_test(a_long_chain_of_expressions_is_put_in_order),
		cmocka_unit_test(many_cycles_are_said_a_hundred_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
