/* SPDX-License-Identifier: ISC */
#include "ssh/starter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/proc.h"
#include "wire/frontwire.h"

#define PATIENCE 5000		/* ms */

/* The ends go back one by one, each named by its letter. */
#define END_IN 'i'
#define END_OUT 'o'
#define END_ERR 'e'
#define END_TERMINAL 't'

#define FAILED 9		/* exit code: internal */

/* In the child: no exit handlers of libraries that the parent uses. */
static _Noreturn void
give_up(const char *what)
{
	int error = errno;

	log_open("sightglass-sshd", LOG_ERROR);	/* it may be the client's now */
	errno = error;
	log_error("%s: %s", what, strerror(errno));
	_exit(FAILED);
}

static bool
readable(int fd, int ms)
{
	struct pollfd p = { fd, POLLIN, 0 };
	int rc;

	do
		rc = poll(&p, 1, ms);
	while (rc < 0 && errno == EINTR);
	return rc > 0;
}

/* The program's end onto descriptor to, the talker's end to the talker. */
static void
give(int pair, char name, int *ours, int *theirs, int to)
{
	if (fd_send(pair, &name, 1, *theirs) != 1)
		give_up("the talker is gone");
	fd_close(theirs);
	if (dup2(*ours, to) < 0)
		give_up("dup2");
	fd_close(ours);
}

static void
make_pipes(int pair)
{
	int in[2], out[2], err[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 ||
	    pipe2(err, O_CLOEXEC) < 0)
		give_up("pipe");
	give(pair, END_IN, &in[0], &in[1], STDIN_FILENO);
	give(pair, END_OUT, &out[1], &out[0], STDOUT_FILENO);
	give(pair, END_ERR, &err[1], &err[0], STDERR_FILENO);
}

static void
make_terminal(int pair, const struct winsize *size)
{
	int master, slave;

	if (openpty(&master, &slave, NULL, NULL, size) < 0)
		give_up("openpty");
	if (ioctl(slave, TIOCSCTTY, 0) < 0)
		give_up("controlling terminal");
	if (dup2(slave, STDIN_FILENO) < 0 || dup2(slave, STDOUT_FILENO) < 0)
		give_up("dup2");
	give(pair, END_TERMINAL, &slave, &master, STDERR_FILENO);
}

static void
default_signals(void)
{
	sigset_t none;
	int i;

	for (i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Descriptors 0-2 stand; the session goes to its number, all else closes. */
static _Noreturn void
become(const struct request *r, const struct starter_places *places,
    int session)
{
	struct arena *a = arena_new();
	char *path = request_path(r, a, places->programs);
	char **argv = request_argv(r, a, places->socket);
	char **env = request_environ(r, a);

	if (session != FRONT_SESSION && dup2(session, FRONT_SESSION) < 0)
		give_up("dup2");
	fd_cloexec(FRONT_SESSION, false);
	proc_close_from(FRONT_SESSION + 1);
	default_signals();
	execve(path, argv, env);
	give_up(path);
}

static _Noreturn void
wait_and_become(int pair, const struct starter_places *places)
{
	static char room[FD_MESSAGE_MAX];
	struct request r;
	struct err e;
	ssize_t n;
	int session;

	if (!readable(pair, -1))
		give_up("poll");
	n = fd_receive(pair, room, sizeof(room), &session);
	if (n <= 0 || session < 0)
		_exit(0);	/* nobody logged in */
	if (request_unpack(&r, room, (size_t)n, &e) < 0) {
		log_error("%s", e.text);
		_exit(FAILED);
	}
	if (r.pty)
		make_terminal(pair, &r.size);
	else
		make_pipes(pair);
	become(&r, places, session);
}

static _Noreturn void
child(int pair, const struct starter_places *places)
{
	/* 0, 1, 2 are the log; the pair moves out of the session's way. */
	int at = fcntl(pair, F_DUPFD_CLOEXEC, FRONT_SESSION + 1);

	if (at < 0)
		give_up("fcntl");
	close_range(FRONT_SESSION, (unsigned)at - 1, 0);
	proc_close_from(at + 1);
	prctl(PR_SET_PDEATHSIG, SIGHUP);
	setsid();
	fd_nonblock(at, false);
	wait_and_become(at, places);
}

int
starter_fork(
    struct starter *s, const struct starter_places *places, struct err *e)
{
	int pair[2];

	*s = (struct starter){ -1, -1, -1 };
	if (fd_pair(pair) < 0)
		return err_sys(e, "socketpair");
	s->pid = fork();
	if (s->pid == 0)
		child(pair[1], places);
	fd_close(&pair[1]);
	if (s->pid < 0) {
		fd_close(&pair[0]);
		return err_sys(e, "fork");
	}
	s->fd = pair[0];
	s->pidfd = pidfd_open(s->pid, 0);
	if (s->pidfd < 0) {
		starter_fini(s);
		return err_sys(e, "pidfd_open");
	}
	fd_cloexec(s->pidfd, true);
	return 0;
}

static int
take_end(struct starter *s, struct starter_ends *ends, struct err *e)
{
	char name = 0;
	int fd = -1;

	if (!readable(s->fd, PATIENCE) ||
	    fd_receive(s->fd, &name, 1, &fd) != 1 || fd < 0)
		return err_set(e, "the program does not start");
	fd_nonblock(fd, true);
	if (name == END_TERMINAL) {
		ends->in = ends->out = fd;
		return 0;
	}
	*(name == END_IN	? &ends->in
		: name == END_OUT ? &ends->out
				  : &ends->err) = fd;
	return 0;
}

int
starter_go(struct starter *s, const struct request *r, int *session,
    struct starter_ends *ends, struct err *e)
{
	static char room[FD_MESSAGE_MAX];
	int n = request_pack(r, room, sizeof(room));
	int i, count = r->pty ? 1 : 3;

	*ends = (struct starter_ends){ -1, -1, -1 };
	if (n < 0)
		return err_set(e, "the command is too long");
	if (fd_send(s->fd, room, (size_t)n, *session) != n)
		return err_sys(e, "the program does not start");
	fd_close(session);
	for (i = 0; i < count; i++)
		if (take_end(s, ends, e) < 0)
			return -1;
	fd_close(&s->fd);
	return 0;
}

void
starter_kill(struct starter *s)
{
	starter_fini(s);	/* one that waits ends by itself */
	kill(-s->pid, SIGKILL);
	while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

void
starter_fini(struct starter *s)
{
	fd_close(&s->fd);
	fd_close(&s->pidfd);
}
