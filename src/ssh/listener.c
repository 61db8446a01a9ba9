/* SPDX-License-Identifier: ISC */
#include "ssh/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/vec.h"
#include "ssh/gate.h"
#include "ssh/penalty.h"
#include "wire/frontwire.h"

#define ACCEPT_BURST 64		/* connections of one turn */
static const struct span breath = { 100 };	/* out of descriptors */
static const struct span quiet = { 10000 };	/* between lines of one sort */
static const struct span farewell = { 4000 };	/* for connections to end */

/* A connection, by its seat in the gate. */
struct connection {
	int socket;		/* until it has a process */
	pid_t pid;		/* 0: none */
	int report;		/* our end of the pair, while it matters */
	bool failed;		/* a login was refused */
	char from[SOURCE_TEXT];
	char user[33];		/* LIVE */
};

struct listener {
	const struct listener_rules *rules;
	ssh_bind bind;
	int core;		/* -1: there is none now */
	int signals;
	unsigned asked;		/* questions that the core has not answered */
	struct gate gate;
	struct penalty penalty;
	struct connection *connections;	/* gate.rules.seats */
	struct mono accept_at;	/* not before */
	struct mono say_at;	/* next line about those turned away */
	unsigned turned_away;
	bool over;
	bool stopping;		/* by the administrator: all are sent home */
	VEC(int) sockets;
	VEC(struct pollfd) polls;
};

/*
 * The end of a connection.
 */

static struct gate_seat *
seat_of(struct listener *l, int i)
{
	return &l->gate.seats[i];
}

static void
offend(struct listener *l, int i, enum offence what, struct mono now)
{
	if (penalty_add(&l->penalty, &seat_of(l, i)->source, what, now))
		log_warn("%s: turned away for a while",
		    l->connections[i].from);
}

static void
forget(struct listener *l, int i)
{
	struct connection *c = &l->connections[i];

	fd_close(&c->socket);
	fd_close(&c->report);
	*c = (struct connection){ .socket = -1, .report = -1 };
	gate_leave(&l->gate, i);
}

static void
hear(struct listener *l, int i);

/* Its process has ended with this status. */
static void
ended(struct listener *l, int i, int status, struct mono now)
{
	struct connection *c = &l->connections[i];

	c->pid = 0;		/* may be another's from now on */
	hear(l, i);		/* what it said last */
	if (WIFSIGNALED(status))
		log_warn("%s: connection ended by signal %d", c->from,
		    WTERMSIG(status));
	/* An operator whose connection crashed comes back at once. */
	if (seat_of(l, i)->stage != GATE_LIVE)
		offend(l, i,
		    WIFSIGNALED(status) ? OFFENCE_CRASH
			: c->failed	? OFFENCE_LOGIN
					: OFFENCE_IDLE,
		    now);
	forget(l, i);
}

static void
reap(struct listener *l, struct mono now)
{
	int status;
	pid_t pid;
	unsigned i;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (i = 0; i < l->gate.rules.seats; i++)
			if (l->connections[i].pid == pid)
				ended(l, (int)i, status, now);
}

static unsigned
connected(const struct listener *l)
{
	unsigned i, n = 0;

	for (i = 0; i < l->gate.rules.seats; i++)
		n += l->connections[i].pid > 0;
	return n;
}

/* Kills it at once: it has no session that could be lost. */
static void
put_out(struct listener *l, int i, const char *why)
{
	struct connection *c = &l->connections[i];

	log_note("%s: %s", c->from, why);
	if (c->pid > 0) {
		kill(c->pid, SIGKILL);
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	forget(l, i);
}

static void
put_out_late(struct listener *l, struct mono now)
{
	int i;

	while ((i = gate_overdue(&l->gate, now)) >= 0) {
		/* Who waited for its turn or for the core did nothing wrong. */
		if (l->connections[i].pid > 0)
			offend(l, i, OFFENCE_LATE, now);
		put_out(l, i, l->connections[i].pid > 0
			? "no login in time"
			: "gave up waiting for the server");
	}
}

/*
 * The beginning of a connection.
 */

static _Noreturn void
become_talker(struct listener *l, int i, int login, int report)
{
	struct connection *c = &l->connections[i];
	int fd[3] = { c->socket, login, report };
	sigset_t none;
	int k;

	/* 3, 4, 5; everything else of the listener's closes. */
	for (k = 0; k < 3; k++)
		fd[k] = fcntl(fd[k], F_DUPFD, 64);
	for (k = 0; k < 3; k++)
		if (fd[k] < 0 || dup3(fd[k], 3 + k, O_CLOEXEC) < 0)
			_exit(1);
	proc_close_from(6);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	_exit(talker_run(l->bind, &l->rules->talker, 3, 4, 5, c->from));
}

/* Takes the descriptor that may say LOGIN. */
static int
start(struct listener *l, int i, int login, struct err *e)
{
	struct connection *c = &l->connections[i];
	int pair[2];
	pid_t pid;

	if (fd_pair(pair) < 0) {
		fd_close(&login);
		return err_sys(e, "socketpair");
	}
	pid = fork();
	if (pid == 0)
		become_talker(l, i, login, pair[1]);
	fd_close(&login);
	fd_close(&pair[1]);
	if (pid < 0) {
		fd_close(&pair[0]);
		return err_sys(e, "fork");
	}
	c->pid = pid;
	c->report = pair[0];
	fd_close(&c->socket);
	return 0;
}

/* The one that has been called and waits longest for the core. */
static int
first_called(struct listener *l)
{
	const struct gate_seat *s, *first = NULL;
	unsigned i;

	for (i = 0; i < l->gate.rules.seats; i++) {
		s = &l->gate.seats[i];
		if (s->stage == GATE_CALLED &&
		    (first == NULL || mono_before(s->since, first->since)))
			first = s;
	}
	return first == NULL ? -1 : (int)(first - l->gate.seats);
}

static unsigned
called(const struct listener *l)
{
	unsigned i, n = 0;

	for (i = 0; i < l->gate.rules.seats; i++)
		n += l->gate.seats[i].stage == GATE_CALLED;
	return n;
}

static void
lose_core(struct listener *l)
{
	fd_close(&l->core);
	l->asked = 0;
}

/* Calls whom the gate lets, and asks the core once for each. */
static void
call_next(struct listener *l)
{
	const char ask = FRONT_ASK;
	int i;

	while ((i = gate_next(&l->gate)) >= 0)
		gate_call(&l->gate, i);
	while (l->core >= 0 && l->asked < called(l)) {
		if (fd_send(l->core, &ask, 1, -1) == 1)
			l->asked++;
		else if (errno == EAGAIN)
			return;
		else
			lose_core(l);
	}
}

static void
answer(struct listener *l, int login, struct mono now)
{
	int i = first_called(l);
	struct err e;

	if (i < 0) {		/* it has left meanwhile */
		fd_close(&login);
		return;
	}
	if (login < 0) {
		put_out(l, i, "the server takes no more connections");
		return;
	}
	if (start(l, i, login, &e) < 0) {
		log_error("%s", e.text);
		put_out(l, i, "no process for it");
		return;
	}
	gate_run(&l->gate, i, now);
}

static void
hear_core(struct listener *l, struct mono now)
{
	char what;
	int fd;
	ssize_t n;

	while (l->core >= 0) {
		n = fd_receive(l->core, &what, 1, &fd);
		if (n < 0 && errno == EAGAIN)
			return;
		if (n != 1 || what != FRONT_ASK || l->asked == 0) {
			log_note("the server's channel has closed");
			if (n > 0)
				fd_close(&fd);
			lose_core(l);
			return;
		}
		l->asked--;
		answer(l, fd, now);
	}
}

static void
turn_away(struct listener *l, const char *from, struct mono now)
{
	l->turned_away++;
	if (mono_before(now, l->say_at))
		return;
	log_warn("%u connections turned away, the last from %s",
	    l->turned_away, from);
	l->turned_away = 0;
	l->say_at = mono_add(now, quiet);
}

/* It waits and says nothing, and another wants its place. */
static void
turn_out(struct listener *l, int i, struct mono now)
{
	turn_away(l, l->connections[i].from, now);
	forget(l, i);
}

static void
arrive(struct listener *l, int fd, const struct sockaddr_storage *ss,
    struct mono now)
{
	struct source source = source_of(ss);
	char from[SOURCE_TEXT];
	int i = -1, other;

	source_print(from, ss);
	if (!penalty_holds(&l->penalty, &source, now)) {
		other = gate_in_the_way(&l->gate, &source, now);
		if (other >= 0)
			turn_out(l, other, now);
		i = gate_arrive(&l->gate, &source, now);
	}
	if (i < 0) {
		turn_away(l, from, now);
		close(fd);
		return;
	}
	l->connections[i].socket = fd;
	memcpy(l->connections[i].from, from, sizeof(from));
	log_trace("%s: connected", from);
}

static void
accept_all(struct listener *l, int listening, struct mono now)
{
	struct sockaddr_storage ss;
	socklen_t len;
	int fd, n;

	for (n = 0; n < ACCEPT_BURST; n++) {
		len = sizeof(ss);
		fd = accept4(listening, (struct sockaddr *)&ss, &len,
		    SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd >= 0) {
			arrive(l, fd, &ss, now);
			continue;
		}
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
		    errno == ENOBUFS) {
			if (!mono_before(now, l->say_at))
				log_warn("accept: %s", strerror(errno));
			l->say_at = mono_add(now, quiet);
			l->accept_at = mono_add(now, breath);
		}
		return;
	}
}

/*
 * What the processes report.
 */

static unsigned
live(const struct listener *l, const char *user)
{
	unsigned i, n = 0;

	for (i = 0; i < l->gate.rules.seats; i++)
		n += l->gate.seats[i].stage == GATE_LIVE &&
		    (user == NULL ||
			strcmp(l->connections[i].user, user) == 0);
	return n;
}

/* The core counts first; this holds also if it should not. */
static void
logged_in(struct listener *l, int i, const char *user, size_t len)
{
	struct connection *c = &l->connections[i];

	if (len >= sizeof(c->user))
		len = sizeof(c->user) - 1;
	memcpy(c->user, user, len);
	c->user[len] = '\0';
	gate_live(&l->gate, i);
	if (live(l, NULL) > l->rules->sessions ||
	    live(l, c->user) > l->rules->sessions_per_user) {
		log_warn("%s from %s: too many sessions", c->user, c->from);
		if (c->pid > 0)
			kill(c->pid, SIGUSR1);
	}
}

static void
hear(struct listener *l, int i)
{
	struct connection *c = &l->connections[i];
	char bytes[64];
	ssize_t n = 0;

	while (c->report >= 0 &&
	    (n = fd_receive(c->report, bytes, sizeof(bytes), NULL)) > 0)
		switch (bytes[0]) {
		case REPORT_KEYED:
			gate_keyed(&l->gate, i);
			break;
		case REPORT_FAILED:
			c->failed = true;
			break;
		case REPORT_LIVE:
			logged_in(l, i, bytes + 1, (size_t)n - 1);
			break;
		}
	if (n == 0 || (n < 0 && errno != EAGAIN))
		fd_close(&c->report);
}

/*
 * The parent.
 */

static void
order(struct listener *l, enum front_order what, int fd)
{
	if (fd < 0)
		return;
	fd_nonblock(fd, true);
	switch (what) {
	case FRONT_LISTEN:
		vec_push(&l->sockets, fd);
		return;
	case FRONT_CORE:
		lose_core(l);
		l->core = fd;
		return;
	}
	close(fd);
}

static void
hear_parent(struct listener *l)
{
	unsigned char what;
	ssize_t n;
	int fd;

	while ((n = fd_receive(FRONT_PARENT, &what, 1, &fd)) == 1)
		order(l, (enum front_order)what, fd);
	if (n == 0 || (n < 0 && errno != EAGAIN)) {
		log_note("the parent has closed; no more connections");
		l->over = true;
	}
}

/*
 * The turn. Polls stand in this order: parent, signals, core, listening
 * sockets, then a place for each seat.
 */

enum { PARENT, SIGNALS, CORE, SOCKETS };

static void
await(struct listener *l, int fd, short events)
{
	vec_push(&l->polls, ((struct pollfd){ fd, events, 0 }));
}

static void
set_polls(struct listener *l, struct mono now)
{
	bool ready = !mono_before(now, l->accept_at);
	bool ask = l->asked < called(l);
	size_t i;

	vec_clear(&l->polls);
	await(l, FRONT_PARENT, POLLIN);
	await(l, l->signals, POLLIN);
	await(l, l->core, (short)(POLLIN | (ask ? POLLOUT : 0)));
	for (i = 0; i < l->sockets.n; i++)
		await(l, ready ? l->sockets.at[i] : -1, POLLIN);
	for (i = 0; i < l->gate.rules.seats; i++)
		if (l->connections[i].socket >= 0)
			await(l, l->connections[i].socket,
			    seat_of(l, (int)i)->spoke ? POLLRDHUP
						      : POLLRDHUP | POLLIN);
		else
			await(l, l->connections[i].report, POLLIN);
}

static int
patience(const struct listener *l, struct mono now)
{
	struct mono wake = gate_wake(&l->gate);
	int64_t ms;

	if (mono_before(now, l->accept_at))
		wake = mono_first(wake, l->accept_at);
	if (wake.us == MONO_NEVER.us)
		return -1;
	ms = (wake.us - now.us + 999) / 1000;
	return ms < 0 ? 0 : (int)ms;
}

static void
hear_connections(struct listener *l, const struct pollfd *p)
{
	unsigned i;

	for (i = 0; i < l->gate.rules.seats; i++) {
		if (p[i].revents == 0)
			continue;
		if (l->connections[i].socket == p[i].fd &&
		    p[i].revents == POLLIN)
			gate_spoke(&l->gate, (int)i);
		else if (l->connections[i].socket == p[i].fd)
			forget(l, (int)i);	/* left before its turn */
		else if (l->connections[i].report == p[i].fd)
			hear(l, (int)i);
	}
}

/* The server stops; each connection says so to its client. */
static void
stop_all(struct listener *l)
{
	unsigned i;

	l->over = l->stopping = true;
	for (i = 0; i < l->gate.rules.seats; i++)
		if (l->connections[i].pid > 0)
			kill(l->connections[i].pid, SIGTERM);
}

/* While we are there the service manager lets them finish: with the parent's
 * last child the rest of the service dies. */
static void
await_ends(struct listener *l)
{
	struct pollfd signals = { l->signals, POLLIN, 0 };
	struct signalfd_siginfo s;
	struct mono now = clock_mono(), until = mono_add(now, farewell);

	while (l->sockets.n > 0)
		close(l->sockets.at[--l->sockets.n]);
	while (connected(l) > 0 && mono_before(now, until)) {
		poll(&signals, 1,
		    (int)((until.us - now.us + 999) / 1000));
		while (read(l->signals, &s, sizeof(s)) == sizeof(s))
			;
		now = clock_mono();
		reap(l, now);
	}
}

static void
hear_signals(struct listener *l, struct mono now)
{
	struct signalfd_siginfo s;

	while (read(l->signals, &s, sizeof(s)) == sizeof(s))
		if (s.ssi_signo != SIGCHLD)
			stop_all(l);
	reap(l, now);
}

static void
turn(struct listener *l)
{
	struct mono now = clock_mono();
	size_t i, n;

	call_next(l);
	set_polls(l, now);
	if (poll(l->polls.at, l->polls.n, patience(l, now)) < 0)
		return;
	now = clock_mono();
	n = l->sockets.n;	/* the parent may send more of them */
	hear_connections(l, l->polls.at + SOCKETS + n);
	if (l->polls.at[SIGNALS].revents != 0)
		hear_signals(l, now);
	for (i = 0; i < n; i++)
		if (l->polls.at[SOCKETS + i].revents != 0)
			accept_all(l, l->sockets.at[i], now);
	if (l->polls.at[CORE].revents != 0)
		hear_core(l, now);
	if (l->polls.at[PARENT].revents != 0)
		hear_parent(l);
	put_out_late(l, now);
}

static int
set_up(struct listener *l, struct err *e)
{
	struct gate_rules r = gate_rules_default(
	    l->rules->sessions, l->rules->talker.grace);
	sigset_t set;
	unsigned i;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	l->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (l->signals < 0)
		return err_sys(e, "signalfd");
	if (fd_nonblock(FRONT_PARENT, true) < 0)
		return err_sys(e, "descriptor %d", FRONT_PARENT);
	fd_cloexec(FRONT_PARENT, true);
	gate_init(&l->gate, &r);
	l->connections = xcalloc(r.seats, sizeof(*l->connections));
	for (i = 0; i < r.seats; i++)
		l->connections[i].socket = l->connections[i].report = -1;
	return 0;
}

int
listener_run(
    const struct listener_rules *rules, ssh_bind bind, struct err *e)
{
	static struct listener l;

	l = (struct listener){ .rules = rules, .bind = bind, .core = -1 };
	if (set_up(&l, e) < 0)
		return -1;
	while (!l.over)
		turn(&l);
	if (l.stopping)
		await_ends(&l);
	return 0;
}
