/* SPDX-License-Identifier: ISC */
#include "terminals.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"

void
terminal_open(struct terminal *t, char *const *argv)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	memset(t, 0, sizeof(*t));
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid < 0) {
		perror("forkpty");
		exit(1);
	}
	if (t->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	fd_cloexec(t->fd, true);
}

void
terminal_close(struct terminal *t)
{
	if (t->pid <= 0)
		return;
	kill(t->pid, SIGHUP);
	waitpid(t->pid, NULL, 0);
	fd_close(&t->fd);
	t->pid = 0;
}

void
terminal_want(struct terminal *t, const char *const *texts)
{
	unsigned i;

	for (i = 0; i < TERMINAL_WANTS; i++)
		t->want[i] = i == 0 || t->want[i - 1] != NULL ? texts[i] : NULL;
	t->found.us = 0;
	t->n = 0;
	t->seen[0] = '\0';
}

static void
look(struct terminal *t)
{
	unsigned i;

	for (i = 0; i < TERMINAL_WANTS && t->want[i] != NULL; i++) {
		if (memmem(t->seen, t->n, t->want[i], strlen(t->want[i])) == NULL)
			return;
	}
	if (i > 0 && t->found.us == 0)
		t->found = clock_mono();
}

/* As every terminal does when it is asked whether it is well. */
static void
be_well(struct terminal *t, const char *at, const char *end)
{
	static const char question[] = "\033[5n";

	while ((at = memmem(at, (size_t)(end - at), question,
		    strlen(question))) != NULL) {
		terminal_type(t, "\033[0n");
		at += strlen(question);
	}
}

bool
terminal_read(struct terminal *t)
{
	size_t room = sizeof(t->seen) - 1, half = room / 2;
	ssize_t n;

	if (t->n == room) {	/* the older half goes */
		memmove(t->seen, t->seen + half, room - half);
		t->n = room - half;
	}
	n = read(t->fd, t->seen + t->n, room - t->n);
	if (n <= 0 && !(n < 0 && errno == EINTR)) {
		fd_close(&t->fd);
		return false;
	}
	if (n > 0) {
		be_well(t, t->seen + t->n, t->seen + t->n + n);
		t->n += (size_t)n;
	}
	t->seen[t->n] = '\0';
	look(t);
	return true;
}

void
terminal_type(struct terminal *t, const char *keys)
{
	fd_write_all(t->fd, keys, strlen(keys));
}
