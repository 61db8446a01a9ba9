/* SPDX-License-Identifier: ISC */
/* Curves: no spike is lost, no gap is bridged. */
#include "term/trend.h"

#include <math.h>
#include <stdlib.h>

#include "term_help.h"

#define GOOD(ms, v) { ms, v, v, true }
#define BAD(ms) { ms, 0, 0, false }

static struct trend
over(const struct trend_sample *sample, size_t n, int64_t to)
{
	return (struct trend){ .sample = sample, .n = n, .to_ms = to,
		.max = 100 };
}

static void
each_column_has_its_least_and_greatest(void **state)
{
	static const struct trend_sample s[] = { GOOD(0, 10), GOOD(110, 90),
		GOOD(120, 5), GOOD(130, 12), GOOD(300, 20) };
	struct trend t = over(s, 5, 400);
	struct trend_column c[4];

	(void)state;
	trend_columns(&t, c, 4);
	assert_true(c[0].any && c[0].low == 10 && c[0].high == 10);
	assert_true(c[1].low == 5 && c[1].high == 90);	/* the spike */
	assert_true(c[2].low == 12 && c[2].high == 12);	/* held */
	assert_true(c[3].low == 20 && c[3].high == 20);
	assert_true(!c[0].joined && c[1].joined && c[2].joined && c[3].joined);
}

static void
a_gap_is_never_bridged(void **state)
{
	static const struct trend_sample s[] = { GOOD(0, 10), BAD(150),
		GOOD(350, 50), GOOD(450, 60) };
	struct trend t = over(s, 4, 1000);
	struct trend_column c[10];

	(void)state;
	t.hold_ms = 200;
	trend_columns(&t, c, 10);
	assert_true(c[0].any && c[1].any && c[1].bad);
	assert_true(!c[2].any && c[2].bad);
	assert_true(c[3].any && !c[3].joined);
	assert_true(c[4].any && c[4].joined);
	assert_true(c[6].any);	/* 450 holds 200 ms: until 650 */
	assert_true(!c[7].any && !c[7].bad);
	assert_true(!c[9].any);
}

static void
a_sample_before_the_window_holds_into_it(void **state)
{
	static const struct trend_sample s[] = { GOOD(-500, 10), BAD(-400),
		GOOD(-300, 42) };
	struct trend t = over(s, 3, 100);
	struct trend_column c[2];

	(void)state;
	trend_columns(&t, c, 2);
	assert_true(c[0].any && c[0].low == 42 && c[1].joined);
	assert_false(c[0].joined);	/* there is nothing on its left */
	t.hold_ms = 300;
	trend_columns(&t, c, 2);
	assert_true(c[0].any && !c[1].any);
	t.n = 2;
	trend_columns(&t, c, 2);
	assert_true(!c[0].any && c[0].bad);
	t.n = 0;
	trend_columns(&t, c, 2);
	assert_true(!c[0].any && !c[0].bad);
}

static void
a_buckets_spike_stays_in_its_column(void **state)
{
	static const struct trend_sample s[] = { { 0, 5, 6, true },
		{ 100, 5, 95, true }, { 200, 4, 6, true } };
	struct trend t = over(s, 3, 300);
	struct trend_column c[3];

	(void)state;
	trend_columns(&t, c, 3);
	assert_true(c[0].high == 6 && c[1].high == 95 && c[2].high == 6);
	assert_true(c[1].joined && c[2].joined);
}

static void
a_scale_is_never_flat(void **state)
{
	static const struct trend_sample s[] = { GOOD(0, 40), BAD(1),
		{ 2, NAN, 3, true }, GOOD(3, 40) };
	struct trend t = over(s, 4, 10);
	double min, max;

	(void)state;
	assert_true(trend_scale(&t, &min, &max));
	assert_true(min == 38 && max == 42);
	t.sample = s + 1;
	t.n = 2;
	assert_false(trend_scale(&t, &min, &max));
}

static const struct trend_sample curve[] = { GOOD(0, 0), GOOD(10, 25),
	GOOD(20, 50), GOOD(30, 75), GOOD(40, 100), BAD(50), GOOD(70, 50),
	GOOD(80, 50) };

static const char *
drawn(struct terminal *t, enum trend_graph graph, const struct trend *tr)
{
	trend_draw(terminal_frame_begin(t, AT(0)), tr, STYLE_PEN1, graph);
	terminal_frame_end(t, AT(0));
	return help_text(t);
}

static void
the_curve_is_drawn_in_three_ways(void **state)
{
	struct trend tr = over(curve, 8, 100);
	struct terminal *t = help_screen(3, 10);

	(void)state;
	assert_string_equal(drawn(t, TREND_AUTO, &tr), "   ⣀⠏\n"
						       "  ⡖⠁   ⠒⠒⠒\n"
						       "⣀⠏   ??\n");
	assert_true(strstr(help_styles(t), ":...aa.....:") != NULL);
	assert_string_equal(drawn(t, TREND_LINE, &tr), "   ──\n"
						       " ──    ───\n"
						       "─    ??\n");
	help_close(t);
	t = help_ascii(3, 10);
	assert_string_equal(drawn(t, TREND_AUTO, &tr), "   .'\n"
						       "  .'   ---\n"
						       ".'   ??\n");
	help_close(t);
}

static void
extremes_do_no_harm(void **state)
{
	static const struct trend_sample s[] = { GOOD(0, 1e300),
		GOOD(1, -1e300), { 2, NAN, NAN, true },
		{ 3, INFINITY, INFINITY, true }, GOOD(INT64_MAX / 2, 5) };
	struct trend tr = over(s, 5, 10);
	struct terminal *t = help_screen(200, 500);

	(void)state;
	for (int size = 1; size < 200; size += 33) {
		terminal_set_size(t, size, size * 2);
		drawn(t, TREND_BRAILLE, &tr);
		drawn(t, TREND_LINE, &tr);
		drawn(t, TREND_ASCII, &tr);
	}
	tr.from_ms = 10;	/* nothing between */
	drawn(t, TREND_AUTO, &tr);
	tr.min = NAN;
	drawn(t, TREND_AUTO, &tr);
	tr = over(s, 5, INT64_MAX / 4);
	drawn(t, TREND_AUTO, &tr);
	help_close(t);
}

static void
pens_are_told_apart_by_their_numbers(void **state)
{
	static const struct trend_sample low[] = { GOOD(0, 10) },
		high[] = { GOOD(0, 90), BAD(90) };
	struct trend a = over(low, 1, 100), b = over(high, 2, 100);
	struct terminal *t = help_ascii(3, 30);
	struct canvas c = terminal_frame_begin(t, AT(0));

	(void)state;
	trend_draw(c, &a, STYLE_PEN1, TREND_AUTO);
	trend_draw(c, &b, STYLE_PEN2, TREND_AUTO);
	trend_number(c, &a, STYLE_PEN1, 0);
	trend_number(c, &b, STYLE_PEN2, 1);
	terminal_frame_end(t, AT(0));
	/* each on its own curve, in columns of its own, none in a gap */
	assert_string_equal(help_text(t), "---------2-----------------\n"
					  "\n"
					  "---1-----------------------1??\n");
	help_close(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_column_has_its_least_and_greatest),
		cmocka_unit_test(a_gap_is_never_bridged),
		cmocka_unit_test(a_sample_before_the_window_holds_into_it),
		cmocka_unit_test(a_buckets_spike_stays_in_its_column),
		cmocka_unit_test(a_scale_is_never_flat),
		cmocka_unit_test(the_curve_is_drawn_in_three_ways),
		cmocka_unit_test(extremes_do_no_harm),
		cmocka_unit_test(pens_are_told_apart_by_their_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
