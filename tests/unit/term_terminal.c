/* SPDX-License-Identifier: ISC */
/* A terminal on a real pty: taken over, given back, stuck, resized. */
#include "term/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "term_help.h"

#define DEADLINE 10000	/* ms */

struct pty {
	int glass, line;	/* the person's side, the program's */
	struct buf got;
	struct terminal *t;
	uint64_t left;		/* the last one announced */
	unsigned times;
};

static void
on_left(void *arg, uint64_t frame)
{
	struct pty *p = arg;

	p->left = frame;
	p->times++;
}

static void
pty_open(struct pty *p, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };

	memset(p, 0, sizeof(*p));
	assert_int_equal(openpty(&p->glass, &p->line, NULL, NULL, &w), 0);
	fcntl(p->glass, F_SETFL, O_NONBLOCK);
}

static void
pty_start(struct pty *p, const char *term)
{
	struct terminal_options o = { .in_fd = p->line,
		.out_fd = p->line,
		.term = term,
		.on_left = on_left,
		.arg = p };
	struct err e;

	p->t = terminal_open(&o, &e);
	if (p->t == NULL)
		fail_msg("%s", e.text);
}

/* What is on the glass's side now. */
static void
pty_look(struct pty *p)
{
	char bytes[8192];
	ssize_t n;

	while ((n = read(p->glass, bytes, sizeof(bytes))) > 0)
		buf_add(&p->got, bytes, (size_t)n);
}

/* Pumps and reads until nothing is pending. */
static void
pty_settle(struct pty *p, int64_t ms)
{
	struct pollfd f = { p->line, POLLOUT, 0 };

	for (int i = 0; i < 1000 && terminal_wants_write(p->t); i++) {
		terminal_pump(p->t, AT(ms));
		pty_look(p);
		if (terminal_wants_write(p->t))
			assert_int_equal(poll(&f, 1, DEADLINE), 1);
	}
	pty_look(p);
}

static bool
pty_has(struct pty *p, const char *text)
{
	return p->got.len > 0 &&
	    memmem(p->got.at, p->got.len, text, strlen(text)) != NULL;
}

static void
pty_close(struct pty *p)
{
	terminal_close(p->t);
	pty_look(p);
	buf_free(&p->got);
	close(p->line);
	close(p->glass);
}

static uint64_t
draw(struct pty *p, const char *text, int64_t ms)
{
	struct canvas c = terminal_frame_begin(p->t, AT(ms));

	canvas_text(c, 0, 0, -1, STYLE_NORMAL, text);
	return terminal_frame_end(p->t, AT(ms));
}

/* memcmp() would compare padding, too. */
static void
assert_same_termios(const struct termios *a, const struct termios *b)
{
	assert_int_equal(a->c_iflag, b->c_iflag);
	assert_int_equal(a->c_oflag, b->c_oflag);
	assert_int_equal(a->c_cflag, b->c_cflag);
	assert_int_equal(a->c_lflag, b->c_lflag);
	assert_memory_equal(a->c_cc, b->c_cc, sizeof(a->c_cc));
}

static void
the_tty_is_given_back_as_it_was(void **state)
{
	struct termios before, during, after;
	struct pty p;
	int flags;

	(void)state;
	pty_open(&p, 24, 80);
	tcgetattr(p.line, &before);
	flags = fcntl(p.line, F_GETFL);
	pty_start(&p, "xterm-256color");
	tcgetattr(p.line, &during);
	assert_int_equal(during.c_lflag & (ICANON | ECHO | ISIG), 0);
	assert_true(fcntl(p.line, F_GETFL) & O_NONBLOCK);
	pty_settle(&p, 0);
	draw(&p, "hello", 0);
	pty_settle(&p, 0);
	assert_true(pty_has(&p, "\033[?1049h"));
	assert_true(pty_has(&p, "\033[?2004h"));
	assert_true(pty_has(&p, "\033[?1006h"));
	assert_true(pty_has(&p, "hello"));
	buf_clear(&p.got);
	terminal_close(p.t);
	p.t = NULL;
	pty_look(&p);
	assert_true(pty_has(&p, "\033[?1049l"));
	assert_true(pty_has(&p, "\033[?2004l"));
	assert_true(pty_has(&p, "\033[?1006l"));
	assert_true(pty_has(&p, "\033[?12l\033[?25h"));
	tcgetattr(p.line, &after);
	assert_same_termios(&before, &after);
	assert_int_equal(fcntl(p.line, F_GETFL), flags);
	pty_close(&p);
}

static void
all_lines_scroll_for_who_comes_after(void **state)
{
	struct pty p;

	(void)state;
	pty_open(&p, 30, 100);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	draw(&p, "hello", 0);
	pty_settle(&p, 0);
	assert_true(pty_has(&p, "\033[1;30r"));
	assert_false(pty_has(&p, "\033[1;24r"));
	assert_null(getenv("LINES"));
	assert_null(getenv("COLUMNS"));
	pty_close(&p);
}

static void
no_value_stays_on_a_glass_without_a_second_screen(void **state)
{
	struct pty p;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "linux");
	pty_settle(&p, 0);
	draw(&p, "4.25 m", 0);
	pty_settle(&p, 0);
	buf_clear(&p.got);
	terminal_close(p.t);
	p.t = NULL;
	pty_look(&p);
	assert_true(pty_has(&p, "\033[H\033[J"));
	pty_close(&p);
}

static void
a_crash_gives_the_tty_back(void **state)
{
	struct termios before, after;
	struct pty p;
	pid_t pid;
	int status;

	(void)state;
	pty_open(&p, 24, 80);
	tcgetattr(p.line, &before);
	pid = fork();
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		signal(SIGSEGV, SIG_DFL);
		pty_start(&p, "xterm-256color");
		terminal_guard(p.t);
		terminal_pump(p.t, AT(0));
		draw(&p, "hello", 0);
		terminal_pump(p.t, AT(0));
		raise(SIGSEGV);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
	pty_look(&p);
	assert_true(pty_has(&p, "hello"));
	assert_true(pty_has(&p, "\033[?1049l"));
	assert_true(pty_has(&p, "\033[?2004l"));
	tcgetattr(p.line, &after);
	assert_same_termios(&before, &after);
	pty_close(&p);
}

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

static void
a_tty_that_hangs_up_is_noticed(void **state)
{
	struct pty p;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	close(p.glass);
	p.glass = -1;
	assert_int_equal(terminal_read(p.t, AT(0)), -1);
	assert_int_equal(terminal_pump(p.t, AT(0)), -1);
	assert_false(terminal_can_draw(p.t, AT(0)));
	assert_false(terminal_wants_write(p.t));
	pty_close(&p);
}

static void
keys_come_through_the_tty(void **state)
{
	struct pty p;
	struct key k;
	struct pollfd f;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "vt100");
	assert_int_equal(terminal_read(p.t, AT(0)), 0);
	assert_int_equal(write(p.glass, "a\003\033Ot\033[11~", 10), 10);
	f = (struct pollfd){ p.line, POLLIN, 0 };
	assert_int_equal(poll(&f, 1, DEADLINE), 1);
	assert_int_equal(terminal_read(p.t, AT(5)), 1);
	assert_true(terminal_next_key(p.t, AT(5), &k));
	assert_int_equal(k.code, 'a');
	assert_int_equal(k.at.us, AT(5).us);
	assert_true(terminal_next_key(p.t, AT(5), &k));
	assert_int_equal(k.code, 'c');
	assert_int_equal(k.mods, K_CTRL);
	assert_true(terminal_next_key(p.t, AT(5), &k));
	assert_int_equal(k.code, K_F5);	/* as a vt100 sends it */
	assert_true(terminal_next_key(p.t, AT(5), &k));
	assert_int_equal(k.code, K_F1);	/* as a PuTTY would */
	assert_false(terminal_next_key(p.t, AT(5), &k));
	terminal_feed(p.t, "xyz", 3, AT(6));
	terminal_discard(p.t);
	assert_false(terminal_next_key(p.t, AT(6), &k));
	pty_close(&p);
}

static void
a_size_that_changes_is_followed(void **state)
{
	struct winsize w = { .ws_row = 43, .ws_col = 132 };
	struct pty p;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	assert_int_equal(terminal_rows(p.t), 24);
	assert_false(terminal_resize(p.t));
	ioctl(p.glass, TIOCSWINSZ, &w);
	assert_true(terminal_resize(p.t));
	assert_int_equal(terminal_rows(p.t), 43);
	assert_int_equal(terminal_cols(p.t), 132);
	/* a storm */
	for (int i = 0; i < 300; i++) {
		w.ws_row = (unsigned short)(1 + i * 37 % 200);
		w.ws_col = (unsigned short)(1 + i * 91 % 500);
		ioctl(p.glass, TIOCSWINSZ, &w);
		terminal_resize(p.t);
		if (i % 7 == 0)
			draw(&p, "storm", i * 10);
		pty_settle(&p, i * 10);
	}
	assert_int_equal(terminal_rows(p.t), w.ws_row);
	assert_int_equal(terminal_cols(p.t), w.ws_col);
	w.ws_row = w.ws_col = 0;	/* a tty that does not know */
	ioctl(p.glass, TIOCSWINSZ, &w);
	assert_false(terminal_resize(p.t));
	pty_close(&p);
}

static struct terminal *
open_as(const char *term, struct err *e)
{
	struct terminal_options o = { .in_fd = -1, .out_fd = -1, .term = term };

	return terminal_open(&o, e);
}

static void
unknown_terminals_get_one_that_behaves_alike(void **state)
{
	static const struct {
		const char *term, *used;
	} rows[] = {
		{ "xterm-256color", "xterm-256color" },
		{ "linux", "linux" },
		{ "putty-256color", "putty-256color" },
		{ "tmux-256color", "tmux-256color" },
		{ "xterm-nosuch", "xterm-256color" },
		{ "xterm-ghostty", "xterm-256color" },
		{ "wezterm-nosuch", "xterm-256color" },
		{ "rio-nosuch", "xterm-256color" },
		{ "nosuch-256color", "xterm-256color" },
		{ "nosuch", "vt100" },
	};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct terminal *t = open_as(rows[i].term, &e);

		if (t == NULL)
			fail_msg("%s: %s", rows[i].term, e.text);
		assert_string_equal(terminal_name(t), rows[i].used);
		terminal_close(t);
	}
}

static void
what_is_no_terminal_is_refused_with_a_text(void **state)
{
	static const char *const names[] = { "dumb", "unknown", "a b",
		"../../etc/passwd", "x\033[31m", "x;reboot",
		"012345678901234567890123456789012", "\303\244" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		e.text[0] = '\0';
		assert_null(open_as(names[i], &e));
		assert_true(strstr(e.text, "TERM") != NULL);
		assert_null(strchr(e.text, '\033'));
	}
}

static void
size_comes_from_the_tty_alone(void **state)
{
	struct err e;
	struct terminal *t;

	(void)state;
	setenv("LINES", "1000000", 1);
	setenv("COLUMNS", "-4", 1);
	t = open_as("linux", &e);
	assert_non_null(t);
	assert_int_equal(terminal_rows(t), 24);
	assert_int_equal(terminal_cols(t), 80);
	terminal_close(t);
}

static enum style_depth
depth_of(const char *term, enum style_depth wish, enum style_theme theme)
{
	struct terminal_options o = { .in_fd = -1,
		.out_fd = -1,
		.term = term,
		.depth = wish,
		.theme = theme };
	struct err e;
	struct terminal *t = terminal_open(&o, &e);
	enum style_depth d;

	assert_non_null(t);
	d = terminal_depth(t);
	terminal_close(t);
	return d;
}

static void
colours_are_those_that_terminal_and_person_want(void **state)
{
	(void)state;
	unsetenv("NO_COLOR");
	assert_int_equal(
	    depth_of("xterm-256color", DEPTH_DETECT, THEME_LIGHT), DEPTH_256);
	assert_int_equal(
	    depth_of("xterm-256color", DEPTH_16, THEME_LIGHT), DEPTH_16);
	assert_int_equal(depth_of("linux", DEPTH_DETECT, THEME_DARK), DEPTH_8);
	assert_int_equal(depth_of("linux", DEPTH_256, THEME_DARK), DEPTH_8);
	assert_int_equal(
	    depth_of("vt100", DEPTH_DETECT, THEME_LIGHT), DEPTH_MONO);
	assert_int_equal(
	    depth_of("xterm-256color", DEPTH_256, THEME_MONO), DEPTH_MONO);
	setenv("NO_COLOR", "1", 1);
	assert_int_equal(
	    depth_of("xterm-256color", DEPTH_DETECT, THEME_LIGHT), DEPTH_MONO);
	assert_int_equal(
	    depth_of("xterm-256color", DEPTH_8, THEME_LIGHT), DEPTH_8);
	unsetenv("NO_COLOR");
}

static void
a_mono_terminal_gets_no_colour_and_an_ascii_one_no_utf8(void **state)
{
	struct pty p;
	struct canvas c;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "vt100");
	assert_true(terminal_ascii(p.t));
	pty_settle(&p, 0);
	c = terminal_frame_begin(p.t, AT(0));
	for (int s = 0; s < STYLE_COUNT; s++)
		canvas_text(c, s % 24, 20 * (s / 24), -1, (enum style)s,
		    "\342\224\200\303\244");
	terminal_frame_end(p.t, AT(0));
	pty_settle(&p, 0);
	for (size_t i = 0; i < p.got.len; i++)
		assert_true((p.got.at[i] & 0x80) == 0);
	for (size_t i = 0; i + 4 < p.got.len; i++)
		if (memcmp(p.got.at + i, "\033[3", 3) == 0 ||
		    memcmp(p.got.at + i, "\033[4", 3) == 0)
			assert_int_not_equal(p.got.at[i + 4], 'm');
	assert_true(pty_has(&p, "-a"));
	pty_close(&p);
}

static void
looks_change_at_run_time(void **state)
{
	struct terminal *t = help_screen(1, 4);

	(void)state;
	for (int round = 0; round < 4; round++) {
		bool ascii = round % 2;

		terminal_set_look(t, (enum style_theme)(round % 3),
		    round == 2 ? DEPTH_MONO : DEPTH_256,
		    ascii ? SET_ASCII : SET_UTF8);
		canvas_glyph(terminal_frame_begin(t, AT(round)), 0, 0,
		    STYLE_P1, GLYPH_P1);
		terminal_frame_end(t, AT(round));
		assert_string_equal(help_text(t), ascii ? "#\n" : "■\n");
		assert_string_equal(help_styles(t), ":1...:\n");
	}
	help_close(t);
}

static void
titles_and_bells_are_clean_and_rare(void **state)
{
	struct pty p;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	buf_clear(&p.got);
	terminal_title(p.t, "plant\a\033]52;c;ZXZpbA==\a");
	terminal_title(p.t, "plant\a\033]52;c;ZXZpbA==\a");
	assert_true(terminal_bell(p.t, AT(0)));
	assert_false(terminal_bell(p.t, AT(1999)));
	pty_settle(&p, 5000);
	assert_string_equal(buf_string(&p.got),
	    "\033[22;2t\033]2;plant\302\267\302\267]52;c;ZXZpbA==\302\267\a\a");
	assert_true(terminal_bell(p.t, AT(2000)));
	pty_settle(&p, 5000);
	assert_int_equal(p.got.at[p.got.len - 1], '\a');
	pty_close(&p);
}

static void
many_terminals_leave_nothing_behind(void **state)
{
	struct terminal *a, *b;
	int before, after;

	(void)state;
	before = dup(0);
	close(before);
	for (int i = 0; i < 50; i++) {
		a = help_screen(24, 80);
		b = help_ascii(43, 132);
		canvas_text(terminal_frame_begin(a, AT(0)), 0, 0, -1,
		    STYLE_VALUE, "a");
		terminal_frame_end(a, AT(0));
		canvas_text(terminal_frame_begin(b, AT(0)), 0, 0, -1,
		    STYLE_VALUE, "b");
		terminal_frame_end(b, AT(0));
		assert_int_equal(help_text(a)[0], 'a');
		assert_int_equal(help_text(b)[0], 'b');
		help_close(a);
		help_close(b);
	}
	after = dup(0);
	close(after);
	assert_int_equal(before, after);
}

static void
the_cursor_is_shown_only_where_one_types(void **state)
{
	struct pty p;
	struct canvas c;

	(void)state;
	pty_open(&p, 24, 80);
	pty_start(&p, "xterm-256color");
	pty_settle(&p, 0);
	draw(&p, "x", 0);
	pty_settle(&p, 0);
	assert_true(pty_has(&p, "\033[?25l"));
	buf_clear(&p.got);
	c = terminal_frame_begin(p.t, AT(200));
	canvas_cursor(c, 10, 20);
	terminal_frame_end(p.t, AT(200));
	pty_settle(&p, 200);
	assert_true(pty_has(&p, "\033[?25h"));
	assert_true(pty_has(&p, "\033[11;21H"));
	pty_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tty_is_given_back_as_it_was),
		cmocka_unit_test(
		    no_value_stays_on_a_glass_without_a_second_screen),
		cmocka_unit_test(all_lines_scroll_for_who_comes_after),
		cmocka_unit_test(a_crash_gives_the_tty_back),
		cmocka_unit_test(a_frame_has_left_when_its_bytes_went_out),
		cmocka_unit_test(
		    four_frames_may_be_close_but_ten_a_second_are_the_most),
		cmocka_unit_test(only_what_differs_is_sent),
		cmocka_unit_test(
		    a_stuck_terminal_blocks_nobody_and_then_shows_the_present),
		cmocka_unit_test(a_glass_that_is_far_behind_gets_fewer_frames),
		cmocka_unit_test(
		    a_line_that_is_idle_between_two_screens_is_not_slow),
		cmocka_unit_test(a_tty_that_hangs_up_is_noticed),
		cmocka_unit_test(keys_come_through_the_tty),
		cmocka_unit_test(a_size_that_changes_is_followed),
		cmocka_unit_test(unknown_terminals_get_one_that_behaves_alike),
		cmocka_unit_test(what_is_no_terminal_is_refused_with_a_text),
		cmocka_unit_test(size_comes_from_the_tty_alone),
		cmocka_unit_test(
		    colours_are_those_that_terminal_and_person_want),
		cmocka_unit_test(
		    a_mono_terminal_gets_no_colour_and_an_ascii_one_no_utf8),
		cmocka_unit_test(looks_change_at_run_time),
		cmocka_unit_test(titles_and_bells_are_clean_and_rare),
		cmocka_unit_test(many_terminals_leave_nothing_behind),
		cmocka_unit_test(the_cursor_is_shown_only_where_one_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
