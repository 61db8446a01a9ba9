/* SPDX-License-Identifier: ISC */
/* The console's loop, before its first turn. */
#include "console/app.h"

#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>

#include "console_core.h"
#include "term/terminal.h"

/* A window may change between the moment at which the terminal is opened and
 * the one from which its signal is heard; nobody says so a second time. */
static void
a_window_that_changed_unheard_is_seen(void **state)
{
	struct winsize small = { .ws_row = 24, .ws_col = 80 },
		       large = { .ws_row = 43, .ws_col = 132 };
	struct terminal_options o = { .term = "xterm" };
	static struct app a;
	struct err e;
	sigset_t before;
	int glass, line, pair[2];

	(void)state;
	sigprocmask(SIG_BLOCK, NULL, &before);
	assert_int_equal(fd_pair(pair), 0);
	assert_int_equal(openpty(&glass, &line, NULL, NULL, &small), 0);
	o.in_fd = o.out_fd = line;
	app_init(&a, pair[1], "/nowhere", "xterm");
	a.terminal = terminal_open(&o, &e);
	assert_non_null(a.terminal);
	assert_int_equal(terminal_rows(a.terminal), 24);
	assert_int_equal(ioctl(glass, TIOCSWINSZ, &large), 0);
	a.quit = true;
	app_run(&a);
	assert_int_equal(terminal_rows(a.terminal), 43);
	assert_int_equal(terminal_cols(a.terminal), 132);
	terminal_close(a.terminal);
	app_fini(&a);
	close(pair[0]);
	close(glass);
	close(line);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_that_changed_unheard_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
