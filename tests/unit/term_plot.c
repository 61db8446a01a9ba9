/* SPDX-License-Identifier: ISC */
/* What stands around curves: times at round places, columns and back. */
#include "base/when.h"
#include "term/plot.h"
#include "tests/unit/term_help.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)

static void
columns_and_times_fit_each_other(void **state)
{
	struct plot p = { .from_ms = 1000, .to_ms = 61000 };
	int col;

	(void)state;
	for (col = 0; col < 60; col++)
		assert_int_equal(
		    plot_column(&p, 60, plot_time(&p, 60, col)), col);
	assert_int_equal(plot_column(&p, 60, 0), 0);
	assert_int_equal(plot_column(&p, 60, 99999), 59);
}

static void
times_below_have_room(void **state)
{
	static const int cols[] = { 10, 71, 123, 300 };
	int64_t span, step;
	size_t i;

	(void)state;
	for (span = MINUTE; span <= 400 * 24 * HOUR; span *= 2)
		for (i = 0; i < 4; i++) {
			step = plot_step(span, cols[i]);
			/* the coarsest step is for more than anybody sees */
			assert_true(span / step <=
			    (cols[i] > 28 ? cols[i] / 14 : 4));
		}
	assert_int_equal(plot_step(HOUR, 71), 15 * MINUTE);
	assert_int_equal(plot_step(MINUTE, 71), 15000);
}

static void
draws(const struct plot *p, int rows, int cols, const char *expected)
{
	struct terminal *t = help_screen(rows, cols);

	plot_frame(terminal_frame_begin(t, AT(0)), p);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_dump(t, DUMP_TEXT), expected);
	help_close(t);
}

/* On the night of the clock change there is 02:00 twice, an hour apart. */
static void
times_are_those_of_the_plants_clock(void **state)
{
	/* 2026-10-25T00:10Z .. 02:10Z: 02:10 summer time to 03:10 */
	struct plot p = { .from_ms = INT64_C(1792887000000),
		.to_ms = INT64_C(1792887000000) + 2 * HOUR,
		.min = 0, .max = 6, .decimals = 1 };

	(void)state;
	assert_true(when_zone("Europe/Berlin"));
	draws(&p, 5, 80,
	    "     6.0│\n"
	    "     3.0│\n"
	    "     0.0│\n"
	    "        └───────────┬─────────────────┬─────────────────┬─────────────────┬─────\n"
	    "                  02:30             02:00             02:30             03:00\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_and_times_fit_each_other),
		cmocka_unit_test(times_below_have_room),
		cmocka_unit_test(times_are_those_of_the_plants_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
