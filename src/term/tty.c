/* SPDX-License-Identifier: ISC */
#include "term/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fd.h"

static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
#define FATALS (sizeof(fatal_signals) / sizeof(*fatal_signals))

/* The one piece of state that a signal handler can reach. */
static struct tty *volatile guarded;
static struct sigaction before[FATALS];

int
tty_take(struct tty *t, int in, int out, struct err *e)
{
	struct termios raw;

	t->in = in;
	t->out = out;
	if (out < 0)
		return 0;
	t->in_flags = fcntl(in, F_GETFL);
	t->out_flags = fcntl(out, F_GETFL);
	if (t->in_flags < 0 || t->out_flags < 0)
		return err_sys(e, "terminal");
	if (tcgetattr(in, &t->saved) != 0)
		return err_sys(e, "not a terminal");
	t->has_termios = true;
	raw = t->saved;
	cfmakeraw(&raw);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	if (tcsetattr(in, TCSANOW, &raw) != 0)
		return err_sys(e, "terminal");
	t->taken = true;
	if (fd_nonblock(in, true) != 0 || fd_nonblock(out, true) != 0) {
		err_sys(e, "terminal");
		tty_give_back(t);
		return -1;
	}
	return 0;
}

bool
tty_write_last(const struct tty *t, const char *bytes, size_t n)
{
	struct pollfd p = { t->out, POLLOUT, 0 };
	ssize_t k;

	while (n > 0) {
		k = write(t->out, bytes, n);
		if (k > 0) {
			bytes += k;
			n -= (size_t)k;
		} else if (k < 0 && errno == EINTR) {
			continue;
		} else if (k == 0 || errno != EAGAIN ||
		    poll(&p, 1, TTY_PATIENCE) <= 0) {
			return false;
		}
	}
	return true;
}

void
tty_give_back(struct tty *t)
{
	if (!t->taken)
		return;
	t->taken = false;
	if (guarded == t)
		guarded = NULL;
	tty_write_last(t, t->restore, t->restore_len);
	if (t->has_termios) {
		/* what was typed here, and not read, is no shell's (P10) */
		tcflush(t->in, TCIFLUSH);
		tcsetattr(t->in, TCSANOW, &t->saved);
	}
	fcntl(t->out, F_SETFL, t->out_flags);
	fcntl(t->in, F_SETFL, t->in_flags);
}

bool
tty_size(const struct tty *t, int *rows, int *cols)
{
	struct winsize w;

	if (t->out < 0 || ioctl(t->out, TIOCGWINSZ, &w) != 0 ||
	    w.ws_row == 0 || w.ws_col == 0)
		return false;
	*rows = w.ws_row;
	*cols = w.ws_col;
	return true;
}

static void
on_exit_give_back(void)
{
	struct tty *t = guarded;

	if (t != NULL)
		tty_give_back(t);
}

static void
on_fatal(int sig)
{
	int saved = errno;

	on_exit_give_back();
	for (size_t i = 0; i < FATALS; i++)
		if (fatal_signals[i] == sig)
			sigaction(sig, &before[i], NULL);
	errno = saved;
	raise(sig);	/* pending until we return; then as before */
}

void
tty_guard(struct tty *t)
{
	static bool registered;
	struct sigaction sa;

	guarded = t;
	if (registered)
		return;
	registered = true;
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_fatal;
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < FATALS; i++)
		sigaction(fatal_signals[i], &sa, &before[i]);
	atexit(on_exit_give_back);
}
