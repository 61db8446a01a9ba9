/* SPDX-License-Identifier: ISC */
/*
 * fakecore - parent and core for tests of the SSH front alone.
 *
 *	fakecore USERS PORT LOG SSHD ARGUMENTS...
 *
 * Listens on a free port of 127.0.0.1 (written to PORT), starts SSHD as
 * sightglassd would (wire/frontwire.h), and lets in whom USERS names, one
 * "USER FINGERPRINT" a line, read again each time. LOG gets one line per
 * event: "probe USER yes|no", "login USER FROM", "refused USER",
 * "hello USER PROGRAM", "left USER", "ended STATUS".
 *
 * Commands on standard input, one a line: `down` and `up` (the core), `kill`
 * (the listener, started again with the same socket), `close` (its channel
 * to the parent), `pid` (of the listener, to LOG). At the end of the input
 * everything ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/vec.h"
#include "wire/frontwire.h"
#include "wire/message.h"

struct peer {
	int fd;
	bool said_login;
	char user[33];		/* "" before LOGIN */
};

struct app {
	const char *users;
	FILE *log;
	char **sshd;
	int listening, parent, core;
	pid_t pid;
	VEC(struct peer *) peers;
	VEC(struct pollfd) polls;
	bool over;
};

#define SAY(a, ...) (fprintf((a)->log, __VA_ARGS__), fflush((a)->log))

static bool
knows(const struct app *a, const char *user, const char *key)
{
	char line[256], want[256];
	bool yes = false;
	FILE *f = fopen(a->users, "re");

	snprintf(want, sizeof(want), "%s %s\n", user, key);
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		yes |= strcmp(line, want) == 0;
	if (f != NULL)
		fclose(f);
	return yes;
}

static void
reply(struct peer *p, const struct put *m)
{
	if (fd_send(p->fd, m->at, m->len, -1) < 0)
		log_warn("reply: %s", strerror(errno));
}

static void
reply_welcome(struct peer *p)
{
	uint8_t room[4096];
	struct put m = put_into(room, sizeof(room));
	struct welcome w = { .session = 1, .plant = "Test" };

	snprintf(w.user, sizeof(w.user), "%s", p->user);
	put_u8(&m, MESSAGE_WELCOME);
	put_welcome(&m, &w);
	reply(p, &m);
}

static void
on_hello(struct app *a, struct peer *p, struct get *g)
{
	uint8_t room[256];
	struct put m = put_into(room, sizeof(room));
	char program[64];

	get_u16(g);
	get_text(g, program, sizeof(program));
	put_u8(&m, MESSAGE_GREETING);
	put_u16(&m, WIRE_VERSION);
	put_text(&m, "fake");
	put_text(&m, "Test");
	reply(p, &m);
	if (p->user[0] != '\0') {
		SAY(a, "hello %s %s\n", p->user, program);
		reply_welcome(p);
	}
}

static void
on_probe(struct app *a, struct peer *p, struct get *g)
{
	uint8_t answer[2] = { MESSAGE_PROBED, 0 };
	char user[33], key[80];

	get_text(g, user, sizeof(user));
	get_text(g, key, sizeof(key));
	answer[1] = knows(a, user, key);
	SAY(a, "probe %s %s\n", user, answer[1] ? "yes" : "no");
	fd_send(p->fd, answer, 2, -1);
}

static void
on_login(struct app *a, struct peer *p, struct get *g)
{
	uint8_t room[256];
	struct put m = put_into(room, sizeof(room));
	char user[33], key[80], from[80];

	get_text(g, user, sizeof(user));
	get_text(g, key, sizeof(key));
	get_text(g, from, sizeof(from));
	if (!p->said_login && knows(a, user, key)) {
		snprintf(p->user, sizeof(p->user), "%s", user);
		SAY(a, "login %s %s\n", user, from);
		reply_welcome(p);
	} else {
		SAY(a, "refused %s\n", user);
		put_u8(&m, MESSAGE_REFUSED);
		put_u8(&m, 3);
		put_text(&m, "not allowed");
		reply(p, &m);
	}
	p->said_login = true;
}

static void
leave(struct app *a, struct peer *p)
{
	size_t i;

	if (p->user[0] != '\0')
		SAY(a, "left %s\n", p->user);
	close(p->fd);
	for (i = 0; a->peers.at[i] != p; i++)
		;
	a->peers.at[i] = a->peers.at[--a->peers.n];
	free(p);
}

static void
hear_peer(struct app *a, struct peer *p)
{
	static uint8_t room[FD_MESSAGE_MAX];
	ssize_t n = fd_receive(p->fd, room, sizeof(room), NULL);
	struct get g = get_from(room, n > 0 ? (size_t)n : 0);

	if (n <= 0) {
		leave(a, p);
		return;
	}
	switch (get_u8(&g)) {
	case MESSAGE_HELLO:
		on_hello(a, p, &g);
		break;
	case MESSAGE_PROBE:
		on_probe(a, p, &g);
		break;
	case MESSAGE_LOGIN:
		on_login(a, p, &g);
		break;
	default:
		SAY(a, "message %d from %s\n", room[0], p->user);
	}
}

static void
hear_front(struct app *a)
{
	const char answer = FRONT_ASK;
	struct peer *p;
	char what;
	int pair[2];

	if (fd_receive(a->core, &what, 1, NULL) != 1 || what != FRONT_ASK) {
		fd_close(&a->core);
		return;
	}
	if (fd_pair(pair) < 0)
		fatal("socketpair: %s", strerror(errno));
	fd_send(a->core, &answer, 1, pair[1]);
	close(pair[1]);
	p = xcalloc(1, sizeof(*p));
	p->fd = pair[0];
	vec_push(&a->peers, p);
}

static void
core_up(struct app *a)
{
	const unsigned char order = FRONT_CORE;
	int pair[2];

	if (fd_pair(pair) < 0)
		fatal("socketpair: %s", strerror(errno));
	fd_close(&a->core);
	a->core = pair[0];
	fd_send(a->parent, &order, 1, pair[1]);
	close(pair[1]);
}

static void
core_down(struct app *a)
{
	fd_close(&a->core);
	while (a->peers.n > 0)
		leave(a, a->peers.at[0]);
}

static void
start_listener(struct app *a)
{
	const unsigned char order = FRONT_LISTEN;
	int pair[2];

	if (fd_pair(pair) < 0)
		fatal("socketpair: %s", strerror(errno));
	a->pid = fork();
	if (a->pid == 0) {
		if (pair[1] != FRONT_PARENT)
			dup2(pair[1], FRONT_PARENT);
		else
			fd_cloexec(FRONT_PARENT, false);
		execv(a->sshd[0], a->sshd);
		_exit(127);
	}
	close(pair[1]);
	fd_close(&a->parent);
	a->parent = pair[0];
	fd_send(a->parent, &order, 1, a->listening);
	core_up(a);
}

static void
wait_listener(struct app *a)
{
	int status;

	waitpid(a->pid, &status, 0);
	SAY(a, "ended %d\n", status);
}

static void
command(struct app *a, const char *what)
{
	if (strcmp(what, "down") == 0) {
		core_down(a);
	} else if (strcmp(what, "up") == 0) {
		core_up(a);
	} else if (strcmp(what, "pid") == 0) {
		SAY(a, "pid %d\n", (int)a->pid);
	} else if (strcmp(what, "close") == 0) {
		fd_close(&a->parent);
		wait_listener(a);
	} else if (strcmp(what, "kill") == 0) {
		kill(a->pid, SIGKILL);
		wait_listener(a);
		start_listener(a);
	}
}

static void
hear_input(struct app *a)
{
	char bytes[256], *at, *end;
	ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes) - 1);

	if (n <= 0) {
		a->over = true;
		return;
	}
	bytes[n] = '\0';	/* a test writes whole lines */
	for (at = bytes; (end = strchr(at, '\n')) != NULL; at = end + 1) {
		*end = '\0';
		command(a, at);
	}
}

static void
turn(struct app *a)
{
	size_t i;

	vec_clear(&a->polls);
	vec_push(&a->polls, ((struct pollfd){ STDIN_FILENO, POLLIN, 0 }));
	vec_push(&a->polls, ((struct pollfd){ a->core, POLLIN, 0 }));
	for (i = 0; i < a->peers.n; i++)
		vec_push(&a->polls,
		    ((struct pollfd){ a->peers.at[i]->fd, POLLIN, 0 }));
	if (poll(a->polls.at, a->polls.n, -1) < 0)
		return;
	/* from the end: who leaves is replaced by the last */
	for (i = a->polls.n; i-- > 2;)
		if (a->polls.at[i].revents != 0)
			hear_peer(a, a->peers.at[i - 2]);
	if (a->polls.at[1].revents != 0)
		hear_front(a);
	if (a->polls.at[0].revents != 0)
		hear_input(a);
}

int
main(int argc, char **argv)
{
	struct app a = { .parent = -1, .core = -1 };
	char text[16];
	uint16_t port;
	struct err e;

	if (argc < 5)
		fatal("usage: fakecore USERS PORT LOG SSHD ARGUMENTS...");
	a.users = argv[1];
	a.log = fopen(argv[3], "ae");
	a.sshd = argv + 4;
	a.listening = fd_listen_tcp("127.0.0.1:0", &port, &e);
	if (a.listening < 0 || a.log == NULL)
		fatal("cannot begin");
	start_listener(&a);
	snprintf(text, sizeof(text), "%u", port);
	if (fd_write_file(argv[2], text, strlen(text), 0600, &e) < 0)
		fatal("%s", e.text);
	while (!a.over)
		turn(&a);
	fd_close(&a.parent);
	waitpid(a.pid, NULL, 0);
	return 0;
}
