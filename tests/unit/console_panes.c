/* SPDX-License-Identifier: ISC */
/* How a wide glass is shared out beside a process screen. */
#include "console/panes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct screen *screen;

static int
setup(void **state)
{
	static const char text[] = "@screen main level 1\n"
				   "title = \"Main\";\n"
				   "@art 80x19\n@end\n"
				   "@art 132x36\n@end\n";
	struct report problems;

	(void)state;
	report_init(&problems);
	screen = screen_parse(
	    "main", text, sizeof(text) - 1, NULL, 0, &problems);
	assert_non_null(screen);
	report_fini(&problems);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	screen_free(screen);
	return 0;
}

static void
assert_rect(struct rect r, int row, int col, int rows, int cols)
{
	assert_int_equal(r.row, row);
	assert_int_equal(r.col, col);
	assert_int_equal(r.rows, rows);
	assert_int_equal(r.cols, cols);
}

/* The screen has it all. */
static void
assert_alone(unsigned panes, int rows, int cols)
{
	struct panes_layout l = panes_layout(panes, rows, cols, screen);

	assert_rect(l.screen, 0, 0, rows, cols);
	assert_rect(l.sheet, 0, 0, 0, 0);
	assert_rect(l.curves, 0, 0, 0, 0);
	assert_rect(l.screen_curves, 0, 0, 0, 0);
}

static void
who_wishes_one_pane_or_has_no_room_sees_the_screen_alone(void **state)
{
	(void)state;
	assert_alone(1, 53, 240);
	assert_alone(4, 19, 80);
	assert_alone(4, 36, 126);	/* one column less than it takes */
	assert_alone(4, 18, 240);	/* not even the small art */
	assert_alone(4, 0, 0);
}

static void
the_equipment_stands_beside_the_largest_art_that_leaves_room(void **state)
{
	struct panes_layout l = panes_layout(2, 36, 132, screen);

	(void)state;
	assert_rect(l.screen, 0, 0, 36, 80);
	assert_rect(l.sheet, 0, 81, 36, 51);
	assert_rect(l.curves, 0, 0, 0, 0);
	l = panes_layout(2, 36, 200, screen);
	assert_rect(l.screen, 0, 0, 36, 132);
	assert_rect(l.sheet, 0, 133, 36, 67);
	/* a very wide glass: the screen takes the rest */
	l = panes_layout(2, 36, 240, screen);
	assert_rect(l.screen, 0, 0, 36, 161);
	assert_rect(l.sheet, 0, 162, 36, 78);
}

static void
curves_stand_below_both_or_where_the_art_leaves_no_rows_below_the_sheet(
    void **state)
{
	struct panes_layout l = panes_layout(3, 36, 132, screen);

	(void)state;
	assert_rect(l.screen, 0, 0, 19, 80);
	assert_rect(l.sheet, 0, 81, 19, 51);
	assert_rect(l.curves, 20, 0, 16, 132);
	l = panes_layout(3, 36, 200, screen);
	assert_rect(l.screen, 0, 0, 36, 132);
	assert_rect(l.sheet, 0, 133, 17, 67);
	assert_rect(l.curves, 18, 133, 18, 67);
	l = panes_layout(3, 19, 132, screen);	/* the sheet needs them all */
	assert_rect(l.sheet, 0, 81, 19, 51);
	assert_rect(l.curves, 0, 0, 0, 0);
}

static void
those_of_the_screen_stand_beside_them(void **state)
{
	struct panes_layout l = panes_layout(4, 53, 200, screen);

	(void)state;
	assert_rect(l.screen, 0, 0, 36, 132);
	assert_rect(l.sheet, 0, 133, 36, 67);
	assert_rect(l.curves, 37, 0, 16, 99);
	assert_rect(l.screen_curves, 37, 100, 16, 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    who_wishes_one_pane_or_has_no_room_sees_the_screen_alone),
		cmocka_unit_test(
		    the_equipment_stands_beside_the_largest_art_that_leaves_room),
		cmocka_unit_test(
		    curves_stand_below_both_or_where_the_art_leaves_no_rows_below_the_sheet),
		cmocka_unit_test(those_of_the_screen_stand_beside_them),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
