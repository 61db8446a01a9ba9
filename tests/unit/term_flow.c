/* SPDX-License-Identifier: ISC */
/* Frames on the way to a glass that takes them quickly, slowly or not at all. */
#include "term_pty.h"

static void
a_frame_has_left_when_its_bytes_went_out(void **state)
{
	struct pty p;
	uint64_t n;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	assert_false(terminal_can_draw(p.t, AT(0)));	/* modes first */
	pty_settle(&p, 0);
	assert_true(terminal_can_draw(p.t, AT(0)));
	n = draw(&p, "one", 0);
	assert_int_equal(n, 1);
	assert_int_equal(p.left, 0);
	assert_false(terminal_can_draw(p.t, AT(1000)));
	pty_settle(&p, 0);
	assert_int_equal(p.left, 1);
	assert_int_equal(terminal_left(p.t), 1);
	/* a frame without any difference has left at once */
	n = draw(&p, "one", 200);
	pty_settle(&p, 200);
	assert_int_equal(p.left, n);
	assert_int_equal(p.times, 2);
	pty_close(&p);
}

static void
four_frames_may_be_close_but_ten_a_second_are_the_most(void **state)
{
	static const char *const texts[] = { "one", "two", "three", "four" };
	struct pty p;
	int64_t ms;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	for (ms = 0; ms < 4; ms++) {
		assert_true(terminal_can_draw(p.t, AT(ms)));
		draw(&p, texts[ms], ms);
		pty_settle(&p, ms);
	}
	assert_false(terminal_can_draw(p.t, AT(399)));
	assert_int_equal(terminal_wake(p.t, true, AT(4)).us, AT(400).us);
	assert_true(terminal_can_draw(p.t, AT(400)));
	draw(&p, "five", 400);
	pty_settle(&p, 400);
	assert_false(terminal_can_draw(p.t, AT(400)));
	assert_true(terminal_can_draw(p.t, AT(401)));
	pty_close(&p);
}

static void
only_what_differs_is_sent(void **state)
{
	struct pty p;

	(void)state;
	pty_open(&p, 43, 132);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	draw(&p, "level 4.25 m", 0);
	pty_settle(&p, 0);
	buf_clear(&p.got);
	draw(&p, "level 4.26 m", 1000);
	pty_settle(&p, 1000);
	assert_true(p.got.len > 0 && p.got.len < 30);
	pty_close(&p);
}

static void
a_stuck_terminal_blocks_nobody_and_then_shows_the_present(void **state)
{
	struct pty p;
	unsigned drawn = 0;
	size_t most = 0;
	char text[64];

	(void)state;
	pty_open(&p, 200, 500);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	for (int64_t ms = 0; ms < 60000; ms += 100) {
		if (terminal_can_draw(p.t, AT(ms))) {
			struct canvas c = terminal_frame_begin(p.t, AT(ms));

			snprintf(text, sizeof(text), "frame of %d", (int)ms);
			for (int row = 0; row < c.rows; row++)
				canvas_fill(canvas_part(c, row, 0, 1, c.cols),
				    ms % 200 ? STYLE_VALUE : STYLE_LABEL,
				    (uint32_t)('a' + (ms / 100 + row) % 26));
			canvas_text(c, 0, 0, -1, STYLE_NORMAL, text);
			terminal_frame_end(p.t, AT(ms));
			drawn++;
		}
		terminal_pump(p.t, AT(ms));
		if (terminal_pending(p.t) > most)
			most = terminal_pending(p.t);
	}
	assert_true(drawn < 5);
	assert_true(most < 2 * 1024 * 1024);
	pty_settle(&p, 60000);	/* it goes on reading */
	assert_true(p.left == drawn);
	assert_true(terminal_can_draw(p.t, AT(65000)));
	draw(&p, "the present", 65000);
	pty_settle(&p, 65000);
	assert_true(pty_has(&p, "the present"));
	pty_close(&p);
}

/* Draws ms by ms for so long; the glass takes bytes at rate and answers. */
static unsigned
watch(struct pty *p, size_t rate, bool answers, int64_t from, int64_t to,
    size_t *behind)
{
	unsigned frames = 0;
	size_t credit = 0, at = p->got.len;
	struct key k;

	*behind = 0;
	for (int64_t ms = from; ms < to; ms += 100) {
		pty_look(p);	/* what a client's window holds */
		for (credit += rate / 10; credit > 0 && at < p->got.len;
		    credit--, at++)
			if (answers && at >= 4 &&
			    memcmp(p->got.at + at - 3, "\033[5n", 4) == 0)
				terminal_feed(p->t, "\033[0n", 4, AT(ms));
		while (terminal_next_key(p->t, AT(ms), &k))
			fail_msg("an answer became a key");
		if (terminal_can_draw(p->t, AT(ms))) {
			char text[100];

			if (ms - from > (to - from) / 2 &&
			    p->got.len - at > *behind)
				*behind = p->got.len - at;
			memset(text, 'a' + (int)(ms / 100 % 26), 79);
			text[79] = '\0';
			for (int row = 0; row < 8; row++)
				text[row] = 'x';
			draw(p, text, ms);
			frames++;
		}
		pty_settle(p, ms);
	}
	return frames;
}

static void
a_glass_that_is_far_behind_gets_fewer_frames(void **state)
{
	struct pty p;
	size_t behind;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	/* 200 bytes/s, hidden behind a client that takes everything */
	watch(&p, 200, true, 0, 60000, &behind);
	if (behind > 2500)
		fail_msg("%zu bytes behind", behind);
	pty_close(&p);
	/* a terminal that does not answer is asked once and never waited for */
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	assert_int_equal(watch(&p, 200, false, 0, 10000, &behind), 100);
	assert_true(pty_has(&p, "\033[5n"));
	buf_clear(&p.got);
	watch(&p, 200, false, 10000, 11000, &behind);
	assert_false(pty_has(&p, "\033[5n"));
	pty_close(&p);
	/* a fast one is not slowed down */
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	assert_int_equal(watch(&p, 1000000, true, 0, 10000, &behind), 100);
	pty_close(&p);
}

/* Another screen: more than the line holds, so that it is full for a moment.
 * The glass takes it all and says so. */
static void
burst(struct pty *p, int64_t ms)
{
	struct canvas c = terminal_frame_begin(p->t, AT(ms));
	struct key k;

	for (int row = 0; row < c.rows; row++)
		for (int col = 0; col < c.cols; col++)
			canvas_fill(canvas_part(c, row, col, 1, 1),
			    (row + col) % 2 ? STYLE_VALUE : STYLE_LABEL,
			    (uint32_t)('a' + (ms / 1000 + row) % 26));
	terminal_frame_end(p->t, AT(ms));
	terminal_pump(p->t, AT(ms));
	assert_true(terminal_pending(p->t) > 0);
	pty_settle(p, ms);
	terminal_feed(p->t, "\033[0n", 4, AT(ms));
	while (terminal_next_key(p->t, AT(ms), &k))
		fail_msg("an answer became a key");
}

static void
a_line_that_is_idle_between_two_screens_is_not_slow(void **state)
{
	struct pty p;

	(void)state;
	pty_open(&p, 43, 132);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	for (int64_t ms = 0; ms < 60000; ms += 6000) {
		burst(&p, ms);
		if (!terminal_can_draw(p.t, AT(ms + 200)))
			fail_msg("waits after the screen of %d", (int)ms);
	}
	pty_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frame_has_left_when_its_bytes_went_out),
		cmocka_unit_test(
		    four_frames_may_be_close_but_ten_a_second_are_the_most),
		cmocka_unit_test(only_what_differs_is_sent),
		cmocka_unit_test(
		    a_stuck_terminal_blocks_nobody_and_then_shows_the_present),
		cmocka_unit_test(a_glass_that_is_far_behind_gets_fewer_frames),
		cmocka_unit_test(
		    a_line_that_is_idle_between_two_screens_is_not_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
