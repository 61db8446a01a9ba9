/* SPDX-License-Identifier: ISC */
/* Sharing out rectangles. */
#include "term/layout.h"

#include "term_help.h"

static void
fixed_and_content_are_served_before_those_that_grow(void **state)
{
	struct layout tree = { "tree", LAYOUT_CONTENT, 20 };
	struct layout picture = { "picture", LAYOUT_GROW, 2 };
	struct layout plate = { "plate", LAYOUT_GROW, 1, 30 };
	struct layout *panes[] = { &tree, &picture, &plate };
	struct layout top = { "top", LAYOUT_GROW, 1, 0, LAYOUT_COLUMNS, panes,
		3 };
	struct layout trend = { "trend", LAYOUT_FIXED, 12 };
	struct layout *rows[] = { &top, &trend };
	struct layout root = { "root", LAYOUT_GROW, 1, 0, LAYOUT_ROWS, rows,
		2 };
	struct buf out = { 0 };

	(void)state;
	layout_reflow(&root, (struct rect){ 5, 0, 36, 132 });
	layout_print(&root, &out);
	assert_string_equal(buf_string(&out), "root 36x132 at 5,0\n"
					      "  top 24x132 at 5,0\n"
					      "    tree 24x20 at 5,0\n"
					      "    picture 24x74 at 5,20\n"
					      "    plate 24x38 at 5,94\n"
					      "  trend 12x132 at 29,0\n");
	/* 80 columns: the plate has not its least and leaves it to others */
	buf_clear(&out);
	layout_reflow(&root, (struct rect){ 3, 0, 19, 80 });
	layout_print(&root, &out);
	assert_string_equal(buf_string(&out), "root 19x80 at 3,0\n"
					      "  top 7x80 at 3,0\n"
					      "    tree 7x20 at 3,0\n"
					      "    picture 7x60 at 3,20\n"
					      "    plate 7x0 at 3,80\n"
					      "  trend 12x80 at 10,0\n");
	/* nothing at all */
	layout_reflow(&root, (struct rect){ 0, 0, 0, 0 });
	assert_int_equal(trend.at.rows, 0);
	buf_free(&out);
}

static void
check_frame(int rows, int cols, const char *want)
{
	struct layout_frame f = layout_frame(rows, cols);
	char text[100];

	snprintf(text, sizeof(text), "%d+%d+%d+%d+%d", f.status.rows,
	    f.banner.rows, f.body.rows, f.message.rows, f.footer.rows);
	assert_string_equal(text, want);
	assert_int_equal(f.body.row, f.status.rows + f.banner.rows);
	assert_int_equal(f.footer.row + f.footer.rows, rows);
	assert_int_equal(f.body.cols, cols);
}

static void
the_frame_keeps_banner_and_message_to_the_last(void **state)
{
	(void)state;
	check_frame(24, 80, "1+2+19+1+1");
	check_frame(43, 132, "1+4+36+1+1");
	check_frame(42, 132, "1+2+37+1+1");
	check_frame(200, 500, "1+4+193+1+1");
	check_frame(8, 80, "1+2+3+1+1");
	check_frame(7, 80, "1+1+3+1+1");
	check_frame(5, 80, "1+1+1+1+1");
	check_frame(4, 80, "1+1+1+1+0");
	check_frame(3, 80, "1+1+0+1+0");
	check_frame(2, 80, "0+1+0+1+0");
	check_frame(1, 1, "0+1+0+0+0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    fixed_and_content_are_served_before_those_that_grow),
		cmocka_unit_test(
		    the_frame_keeps_banner_and_message_to_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
