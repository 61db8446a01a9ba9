/* SPDX-License-Identifier: ISC */
/* A terminal on a real pty: taken over, given back, resized, its looks. */
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

#include "term_pty.h"

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
