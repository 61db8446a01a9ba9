/* SPDX-License-Identifier: ISC */
#include "ssh/talker.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "ssh/sandbox.h"
#include "ssh/talker_state.h"

static const struct span linger = { 2000 };	/* output behind the end */
static const struct span stop_grace = { 2000 };	/* SIGTERM to the end */
static const struct span hangup_grace = { 5000 };	/* SIGHUP to SIGKILL */
static const struct span closing_grace = { 15000 };
#define CLOSING_MOST 40		/* graces without progress */
static const struct span look_at_peer = { 15000 };
#define PEER_SILENT 60000	/* ms without a TCP acknowledgement */

#define EXIT_USAGE 2
#define EXIT_INTERNAL 9

/* by SIGTERM: the server stops; by SIGUSR1: more sessions than are allowed */
static volatile sig_atomic_t stopped;

static void
on_stop(int number)
{
	stopped = number;
}

/*
 * Setting up.
 */

static void
option(int fd, int level, int which, int value)
{
	setsockopt(fd, level, which, &value, sizeof(value));
}

/* No waiting for more bytes; a peer that is gone is noticed in a minute. */
static void
tune(int fd)
{
	option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
	option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 15);
	option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
	option(fd, IPPROTO_TCP, TCP_KEEPCNT, 4);
}

void
talker_tell(const struct talker *t, enum report what)
{
	char bytes[sizeof(t->user) + 1];
	int n = snprintf(bytes, sizeof(bytes), "%c%s", what, t->user);

	/* without a listener nobody counts us, and that is all */
	if (fd_send(t->report, bytes, (size_t)n, -1) < 0)
		log_trace("the listener is gone");
}

void
talker_enter(struct talker *t, enum stage to, struct span within)
{
	t->stage = to;
	t->deadline = mono_add(clock_mono(), within);
}

void
talker_signal(const struct talker *t, int which)
{
	if (!t->ended)
		kill(-t->starter.pid, which);
}

/*
 * The program.
 */

/* Instead of a program: a line, and an exit code. */
static void
answer(struct talker *t, int code, const char *text)
{
	char line[sizeof(struct err) + 16];

	snprintf(line, sizeof(line), "sightglass: %s%s", text,
	    t->request.pty ? "\r\n" : "\n");
	t->bridge.terminal = t->request.pty;
	bridge_say(&t->bridge, line);
	fd_close(&t->session_fd);
	starter_kill(&t->starter);	/* its end is not the answer */
	t->ended = true;
	t->status = code << 8;
	talker_enter(t, RUNNING, linger);
}

static void
begin(struct talker *t)
{
	struct starter_ends ends;
	struct err e;

	if (t->command != NULL &&
	    words_split(&t->request.words, t->command, &e) < 0) {
		answer(t, EXIT_USAGE, e.text);
		return;
	}
	if (request_is_console(&t->request) && !t->request.pty) {
		answer(t, EXIT_USAGE, "the console needs a terminal: ssh -t");
		return;
	}
	str_copy(t->request.from, t->from, sizeof(t->request.from));
	if (starter_go(
		&t->starter, &t->request, &t->session_fd, &ends, &e) < 0) {
		log_error("%s: %s", t->user, e.text);
		answer(t, EXIT_INTERNAL, "the program does not start");
		return;
	}
	if (t->request.pty)
		option(t->socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 4096);
	bridge_open(&t->bridge, &ends, t->request.pty);
	t->look = mono_add(clock_mono(), look_at_peer);
	talker_enter(t, RUNNING, linger);
}

static void
reap(struct talker *t, struct mono now)
{
	pid_t rc;

	do
		rc = waitpid(t->starter.pid, &t->status, WNOHANG);
	while (rc < 0 && errno == EINTR);
	if (rc == 0)
		return;
	fd_close(&t->starter.pidfd);
	t->ended = true;
	t->deadline = mono_add(now, linger);
	if (t->stage == RUNNING)
		bridge_ended(&t->bridge);
	else
		t->over = true;
}

static const char *
signal_name(int number)
{
	const char *name = sigabbrev_np(number);

	return name != NULL ? name : "TERM";
}

/* To whoever sits there, below what the program left on the terminal. */
static void
say_why(struct talker *t)
{
	char line[80];
	int n = snprintf(line, sizeof(line), "sightglass: %s%s",
	    stopped == SIGUSR1 ? "you have too many sessions; this one ends"
			       : "the server stops; log in when it is back",
	    t->request.pty ? "\r\n" : "\n");

	if (t->request.pty)
		ssh_channel_write(t->channel, line, (uint32_t)n);
	else
		ssh_channel_write_stderr(t->channel, line, (uint32_t)n);
}

/* The program has ended and its output is with libssh: say so, and close. */
static void
finish(struct talker *t)
{
	if (stopped)
		say_why(t);
	if (WIFEXITED(t->status))
		ssh_channel_request_send_exit_status(
		    t->channel, WEXITSTATUS(t->status));
	else
		ssh_channel_request_send_exit_signal(t->channel,
		    signal_name(WTERMSIG(t->status)), 0, "", "");
	ssh_channel_send_eof(t->channel);
	ssh_channel_close(t->channel);
	bridge_fini(&t->bridge);
	t->under_way = -1;
	talker_enter(t, CLOSING, closing_grace);
}

/*
 * The turn.
 */

static int
under_way(const struct talker *t)
{
	int bytes = 0;

	return ioctl(t->socket, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

/* Keep-alives see only a connection on which nothing is under way. A peer
 * that has merely stopped to read has acknowledged all that was sent, and is
 * then asked for its window at intervals of up to two minutes. */
static void
look(struct talker *t, struct mono now)
{
	struct tcp_info i;
	socklen_t len = sizeof(i);

	if (t->stage < RUNNING || mono_before(now, t->look))
		return;
	t->look = mono_add(now, look_at_peer);
	if (getsockopt(t->socket, IPPROTO_TCP, TCP_INFO, &i, &len) == 0 &&
	    i.tcpi_unacked > 0 && i.tcpi_last_ack_recv > PEER_SILENT) {
		log_note("%s from %s: nothing heard for a minute", t->user,
		    t->from);
		t->gone = true;
	}
}

static void
expire(struct talker *t, struct mono now)
{
	int left;

	if (mono_before(now, t->deadline))
		return;
	switch (t->stage) {
	case LOGIN:
		log_note("no login in time from %s", t->from);
		t->over = true;
		break;
	case OPEN:
		log_note("%s from %s asks for nothing", t->user, t->from);
		t->over = true;
		break;
	case RUNNING:		/* somebody else holds the program's output */
		if (t->ended && bridge_is_idle(&t->bridge))
			finish(t);
		t->deadline = mono_add(now, linger);
		break;
	case CLOSING:
		left = under_way(t);
		t->stalled = left == t->under_way ? t->stalled + 1 : 0;
		if (left == 0 || t->stalled >= CLOSING_MOST)
			t->gone = true;
		t->under_way = left;
		t->deadline = mono_add(now, closing_grace);
		break;
	}
}

/* The server ends this session: the program may still leave the terminal as it
 * was. */
static void
stop(struct talker *t, struct mono now)
{
	if (!t->stopping) {
		t->stopping = true;
		t->stop_by = mono_add(now, stop_grace);
		if (t->stage == RUNNING)
			talker_signal(t, SIGTERM);
	}
	if (t->stage < RUNNING || !mono_before(now, t->stop_by))
		t->over = true;
}

static void
step(struct talker *t, struct mono now)
{
	if (stopped)
		stop(t, now);
	if (t->stage == OPEN && t->request.kind != REQUEST_NONE)
		begin(t);
	if (t->stage == RUNNING && bridge_turn(&t->bridge, now) < 0)
		t->gone = true;
	if (t->stage == RUNNING && t->ended && bridge_drained(&t->bridge))
		finish(t);
	look(t, now);
	expire(t, now);
}

static bool
has_to_send(const struct talker *t)
{
	return (ssh_get_poll_flags(t->session) & SSH_WRITE_PENDING) != 0;
}

static unsigned
what_to_await(
    struct talker *t, struct pollfd p[5], struct mono *wake, struct mono now)
{
	unsigned n = 0;

	*wake = t->stage == CLOSING ? mono_first(t->deadline, t->look)
				    : t->deadline;
	p[n++] = (struct pollfd){ t->socket,
		(short)(POLLIN | (has_to_send(t) ? POLLOUT : 0)), 0 };
	p[n++] = (struct pollfd){ t->starter.pidfd, POLLIN, 0 };
	if (t->stage != RUNNING)
		return n;
	*wake = t->ended ? mono_first(t->deadline, t->look) : t->look;
	if (t->stopping)
		*wake = mono_first(*wake, t->stop_by);
	return n + bridge_polls(&t->bridge, p + n, wake, now);
}

/* SIGTERM and SIGUSR1 come only here. */
static int
wait_for(struct pollfd *p, unsigned n, struct mono until, struct mono now)
{
	int64_t us = mono_before(now, until) ? until.us - now.us : 0;
	struct timespec t = { us / 1000000, us % 1000000 * 1000 };
	sigset_t none;

	sigemptyset(&none);
	return ppoll(p, n, &t, &none);
}

static void
turn(struct talker *t)
{
	struct mono wake, now = clock_mono();
	struct pollfd p[5];
	unsigned n = what_to_await(t, p, &wake, now);

	if (wait_for(p, n, wake, now) < 0)
		for (n = 0; n < 2; n++)
			p[n].revents = 0;	/* a signal */
	/* Until the program runs, messages go to and fro one at a time. */
	if (t->stage == LOGIN || t->stage == OPEN)
		option(t->socket, IPPROTO_TCP, TCP_QUICKACK, 1);
	if (p[0].revents != 0 && ssh_event_dopoll(t->event, 0) == SSH_ERROR)
		t->gone = true;
	if ((ssh_get_status(t->session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0)
		t->gone = true;
	now = clock_mono();
	if (p[1].revents != 0)
		reap(t, now);
	if (!t->gone && !t->over)
		step(t, now);
}

/* The client is gone; the program is told, and then made, to go too. */
static void
hang_up(struct talker *t)
{
	struct pollfd p = { t->starter.pidfd, POLLIN, 0 };
	struct mono now = clock_mono();
	struct mono until = mono_add(now, hangup_grace);

	if (t->channel != NULL)
		bridge_fini(&t->bridge);
	fd_close(&t->starter.fd);	/* one that still waits ends now */
	if (t->ended || t->starter.pid < 0)
		return;
	if (t->stage == RUNNING)
		talker_signal(t, SIGHUP);
	while (!t->ended && mono_before(now, until)) {
		wait_for(&p, 1, until, now);
		now = clock_mono();
		if (p.revents != 0)
			reap(t, now);
	}
	if (!t->ended) {
		log_warn("%s: the program did not end by itself", t->user);
		talker_signal(t, SIGKILL);
		waitpid(t->starter.pid, NULL, 0);
	}
}

static int
set_up(struct talker *t, ssh_bind bind)
{
	ssh_init();
	t->session = ssh_new();
	t->event = ssh_event_new();
	if (t->session == NULL || t->event == NULL ||
	    ssh_bind_accept_fd(bind, t->session, t->socket) != SSH_OK)
		return -1;
	talker_await_login(t);
	ssh_set_blocking(t->session, 0);
	return 0;
}

static void
tear_down(struct talker *t)
{
	if (!t->gone && ssh_is_connected(t->session)) {
		ssh_session_set_disconnect_message(t->session,
		    t->stage == LOGIN ? "Permission denied"
			: stopped == SIGUSR1 ? "Too many sessions"
			: stopped	     ? "The server stops"
				      : "Goodbye");
		ssh_disconnect(t->session);
	}
	hang_up(t);
	starter_fini(&t->starter);
	ssh_event_free(t->event);
	ssh_free(t->session);	/* and its channel */
	login_free(t->login);
	request_fini(&t->request);
	free(t->command);
	fd_close(&t->session_fd);
	fd_close(&t->report);
}

static void
say_goodbye(const struct talker *t)
{
	const char *why = ssh_get_error(t->session);

	if (t->user[0] == '\0')
		log_trace("%s is gone: %s", t->from, why);
	else if (stopped)
		log_note("%s from %s: %s", t->user, t->from,
		    stopped == SIGUSR1 ? "too many sessions"
				       : "the server stops");
	else if (t->stage == CLOSING || t->over)
		log_note("%s from %s has left", t->user, t->from);
	else
		log_note("%s from %s has left: %s", t->user, t->from,
		    t->bridge.flooded ? "ignored its window"
			: why[0] != '\0' ? why
					  : "closed");
}

static int
converse(struct talker *t, ssh_bind bind)
{
	struct err e;

	if (starter_fork(&t->starter, &t->rules->places, &e) < 0) {
		log_error("%s", e.text);
		return EXIT_INTERNAL;
	}
	if (set_up(t, bind) < 0) {
		log_error("libssh: %s", ssh_get_error(bind));
		return EXIT_INTERNAL;
	}
	if (t->rules->sandbox && sandbox_enter(t->starter.pid, &e) < 0) {
		log_error("%s", e.text);
		return EXIT_INTERNAL;
	}
	if (ssh_handle_key_exchange(t->session) == SSH_ERROR ||
	    ssh_event_add_session(t->event, t->session) != SSH_OK)
		t->gone = true;
	while (!t->gone && !t->over)
		turn(t);
	say_goodbye(t);
	return 0;
}

int
talker_run(ssh_bind bind, const struct talker_rules *rules, int socket,
    int login, int report, const char *from)
{
	static struct talker t;
	const struct sigaction stop = { .sa_handler = on_stop };
	sigset_t ends;
	int rc;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGUSR1);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGUSR1, &stop, NULL);

	t = (struct talker){ .rules = rules, .from = from, .socket = socket,
		.report = report, .session_fd = -1 };
	t.starter = (struct starter){ -1, -1, -1 };
	t.login = login_new(login);
	tune(socket);
	talker_enter(&t, LOGIN, rules->grace);
	rc = converse(&t, bind);
	tear_down(&t);
	return rc;
}
