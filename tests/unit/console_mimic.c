/* SPDX-License-Identifier: ISC */
/* A process screen bound to things: what it needs, and what is selected. */
#include "console/mimic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "term/terminal.h"
#include "wire/describe.h"

static const char text[] = "@screen main level 1\n"
			   "title = \"Main\";\n"
			   "@art 20x3\n"
			   "{A___} {S___} {P}\n"
			   "{R=======}  {a__}\n"
			   "{S___}\n"
			   "@end\n"
			   "@bind\n"
			   "A = { value = \"LT-1.pv\"; };\n"
			   "S = { value = \"LT-1.sp\"; write = true; };\n"
			   "P = { device = \"P-1\"; };\n"
			   "R = { range = \"LT-1\"; min = 0; max = 10; };\n"
			   "a = { alarm = \"LT-1\"; };\n"
			   "@end\n";

struct bench {
	struct things things;
	struct screen *screen;
	struct mimic mimic;
	struct terminal *terminal;
};

static struct bench b;

static int
setup(void **state)
{
	struct terminal_options o = { .in_fd = -1,
		.out_fd = -1,
		.rows = 3,
		.cols = 20 };
	struct report problems;
	struct err e;

	(void)state;
	things_init(&b.things);
	report_init(&problems);
	b.screen = screen_parse(
	    "main", text, sizeof(text) - 1, NULL, 0, &problems);
	assert_non_null(b.screen);
	report_fini(&problems);
	mimic_init(&b.mimic, b.screen, &b.things);
	b.terminal = terminal_open(&o, &e);
	assert_non_null(b.terminal);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mimic_fini(&b.mimic);
	screen_free(b.screen);
	things_fini(&b.things);
	terminal_close(b.terminal);
	return 0;
}

static void
draw(void)
{
	mimic_draw(&b.mimic,
	    terminal_frame_begin(b.terminal, (struct mono){ 0 }));
	terminal_frame_end(b.terminal, (struct mono){ 0 });
}

static const char *
selected(void)
{
	const struct binding *k = mimic_selected(&b.mimic, NULL);

	return k != NULL ? k->key : "";
}

static void
object_row(const char *object, const char *main, const char *item,
    const char *name, const char *when)
{
	struct cell c[OBJECT_CELLS];
	int i;

	for (i = 0; i < OBJECT_CELLS; i++)
		c[i] = cell_null();
	c[0] = cell_text(object);
	c[4] = cell_text(main);
	c[5] = cell_text(item);
	c[6] = cell_text(name);
	c[7] = cell_text(when);
	things_describe_object(&b.things, c);
}

static void
what_it_shows_is_made_and_to_be_asked_for(void **state)
{
	(void)state;
	assert_int_equal(
	    things_find_tag(&b.things, "LT-1.pv")->state, THING_NEW);
	assert_int_equal(
	    things_find_object(&b.things, "P-1")->state, THING_NEW);
	assert_int_equal(
	    things_find_object(&b.things, "LT-1")->state, THING_NEW);
}

static void
the_tags_are_those_of_values_states_and_setpoints_each_once(void **state)
{
	uint32_t tags[10];
	size_t n, i, found = 0;

	(void)state;
	assert_int_equal(mimic_tags(&b.mimic, tags, 10), 2);
	object_row("P-1", NULL, "state", "RUN", "run");
	object_row("LT-1", "LT-1.pv", "tag", "LT-1.pv", "");
	object_row("LT-1", "LT-1.pv", "tag", "LT-1.sp", "");
	n = mimic_tags(&b.mimic, tags, 10);
	assert_int_equal(n, 3);
	for (i = 0; i < n; i++)
		found += strcmp(b.things.tags.at[tags[i]]->name, "P-1.run") ==
		    0;
	assert_int_equal(found, 1);
	/* never more than there is room for */
	assert_int_equal(mimic_tags(&b.mimic, tags, 2), 2);
}

static void
selecting_goes_round_what_can_be_acted_on(void **state)
{
	(void)state;
	assert_false(mimic_select(&b.mimic, 1));	/* never drawn */
	draw();
	assert_true(mimic_select(&b.mimic, 1));
	assert_string_equal(selected(), "S");
	mimic_select(&b.mimic, 1);
	assert_string_equal(selected(), "P");
	mimic_select(&b.mimic, 1);
	assert_string_equal(selected(), "R");
	mimic_select(&b.mimic, 1);
	assert_string_equal(selected(), "S");	/* its second copy */
	mimic_select(&b.mimic, 1);
	mimic_select(&b.mimic, -1);
	assert_string_equal(selected(), "S");
	mimic_select(&b.mimic, -1);
	assert_string_equal(selected(), "R");
}

static void
a_click_selects_what_stands_there(void **state)
{
	(void)state;
	draw();
	assert_true(mimic_select_at(&b.mimic, 0, 15));
	assert_string_equal(selected(), "P");
	assert_true(mimic_select_at(&b.mimic, 1, 0));
	assert_string_equal(selected(), "R");
	/* a value that cannot be written, a badge, the art, outside */
	assert_false(mimic_select_at(&b.mimic, 0, 2));
	assert_false(mimic_select_at(&b.mimic, 1, 13));
	assert_false(mimic_select_at(&b.mimic, 2, 15));
	assert_false(mimic_select_at(&b.mimic, 9, 99));
	assert_string_equal(selected(), "R");
}

static void
what_is_selected_is_called_by_its_name(void **state)
{
	char what[100];

	(void)state;
	mimic_describe(&b.mimic, what, sizeof(what));
	assert_string_equal(what, "");
	draw();
	mimic_select(&b.mimic, 1);
	mimic_describe(&b.mimic, what, sizeof(what));
	assert_string_equal(what, "LT-1.sp  ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_it_shows_is_made_and_to_be_asked_for),
		TEST(the_tags_are_those_of_values_states_and_setpoints_each_once),
		TEST(selecting_goes_round_what_can_be_acted_on),
		TEST(a_click_selects_what_stands_there),
		TEST(what_is_selected_is_called_by_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
