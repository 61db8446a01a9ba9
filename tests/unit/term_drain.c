/* SPDX-License-Identifier: ISC */
/* The model of a slow line, against simulated ones. */
#include "term/drain.h"

#include "term_help.h"

/* A line that holds DRAIN_KERNEL bytes and lets them go at a rate; it wakes
 * its writer when there is room for 4 kB, as a pty does. */
struct line {
	double held, rate;
	bool full;
};

static size_t
line_write(struct line *l, size_t n)
{
	double room = DRAIN_KERNEL - l->held;
	size_t took = room <= 0 ? 0 : (double)n < room ? n : (size_t)room;

	l->held += (double)took;
	return took;
}

static void
line_run(struct line *l, double seconds)
{
	l->held -= l->rate * seconds;
	if (l->held < 0)
		l->held = 0;
}

/* Draws frames of bytes whenever allowed, for so long; returns how many
 * bytes were in the line at worst when a frame was begun, after the start. */
static double
run(struct drain *d, struct line *l, size_t frame, int64_t from, int64_t to,
    unsigned *frames)
{
	double worst = 0;
	size_t pending = 0, took;

	*frames = 0;
	for (int64_t ms = from; ms < to; ms += 10) {
		line_run(l, 0.010);
		if (pending == 0 &&
		    drain_empty_at(d, AT(ms)).us <= AT(ms).us) {
			if (ms - from > (to - from) / 2 && l->held > worst)
				worst = l->held;
			pending = frame;
			++*frames;
		}
		if (pending > 0 && (!l->full || l->held < DRAIN_KERNEL - 4096)) {
			took = line_write(l, pending);
			pending -= took;
			l->full = pending > 0;
			drain_wrote(d, took, l->full, AT(ms));
		}
	}
	return worst;
}

static void
a_fast_line_is_never_waited_for(void **state)
{
	struct drain d;
	struct line l = { .rate = 1e7 };
	unsigned frames;

	(void)state;
	drain_init(&d, AT(0));
	run(&d, &l, 5000, 0, 10000, &frames);
	assert_int_equal(frames, 1000);
	assert_true(drain_rate(&d) == 0);
}

static void
a_slow_line_does_not_show_the_past(void **state)
{
	struct drain d;
	struct line l = { .rate = 1000 };
	unsigned frames;
	double worst;

	(void)state;
	drain_init(&d, AT(0));
	worst = run(&d, &l, 600, 0, 300000, &frames);
	/* once known, no frame is begun with more than 2 s in the line */
	assert_true(drain_rate(&d) > 500 && drain_rate(&d) < 2500);
	if (worst > 2000)
		fail_msg("%.0f bytes before a frame", worst);
	/* and the line is used: at 1 kB/s 500 frames of 600 bytes */
	if (frames < 250)
		fail_msg("only %u frames", frames);
}

static void
a_terminal_that_was_stopped_is_waited_for_5_s_at_most(void **state)
{
	struct drain d;
	struct line l = { .rate = 1e6 };
	unsigned frames;

	(void)state;
	drain_init(&d, AT(0));
	run(&d, &l, 3000, 0, 1000, &frames);
	l.rate = 0;
	run(&d, &l, 3000, 1000, 61000, &frames);
	assert_true(frames <= 8);
	l.rate = 1e6;
	run(&d, &l, 3000, 61000, 76000, &frames);
	assert_true(drain_empty_at(&d, AT(76000)).us <= AT(81000).us);
	if (frames < 3)
		fail_msg("only %u frames after it came back", frames);
}

static void
a_stall_is_not_taken_for_slowness(void **state)
{
	struct drain d;

	(void)state;
	drain_init(&d, AT(0));
	drain_wrote(&d, 20000, true, AT(0));
	drain_wrote(&d, 3000, true, AT(60000));	/* was stopped */
	assert_true(drain_rate(&d) == 0);
	drain_wrote(&d, 3000, true, AT(60100));
	assert_true(drain_rate(&d) == 30000);
	/* but twice in a row is a slow line */
	drain_init(&d, AT(0));
	drain_wrote(&d, 20000, true, AT(0));
	drain_wrote(&d, 2000, true, AT(20000));
	drain_wrote(&d, 2000, true, AT(40000));
	assert_true(drain_rate(&d) == 100);
}

static void
what_the_glass_has_is_not_guessed(void **state)
{
	struct drain d;

	(void)state;
	drain_init(&d, AT(0));
	for (int64_t ms = 0; ms < 20000; ms += 4000) {
		drain_wrote(&d, 10000, true, AT(ms));
		drain_wrote(&d, 500, false, AT(ms + 5));
		drain_emptied(&d, AT(ms + 10));
		assert_int_equal(drain_empty_at(&d, AT(ms + 10)).us,
		    AT(ms + 10).us);
	}
	assert_true(drain_rate(&d) == 0);
	/* a line that never is empty is measured as ever */
	drain_wrote(&d, 10000, true, AT(20000));
	drain_wrote(&d, 3000, true, AT(21000));
	assert_true(drain_rate(&d) == 3000);
}

static void
a_line_that_became_fast_is_found_out(void **state)
{
	struct drain d;
	struct line l = { .rate = 1000 };
	unsigned frames;

	(void)state;
	drain_init(&d, AT(0));
	run(&d, &l, 2000, 0, 120000, &frames);
	assert_true(drain_rate(&d) > 0);
	l.rate = 1e6;
	run(&d, &l, 30000, 120000, 180000, &frames);
	if (frames < 20)
		fail_msg("only %u frames in a minute", frames);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fast_line_is_never_waited_for),
		cmocka_unit_test(a_slow_line_does_not_show_the_past),
		cmocka_unit_test(
		    a_terminal_that_was_stopped_is_waited_for_5_s_at_most),
		cmocka_unit_test(a_stall_is_not_taken_for_slowness),
		cmocka_unit_test(what_the_glass_has_is_not_guessed),
		cmocka_unit_test(a_line_that_became_fast_is_found_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
