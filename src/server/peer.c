/* SPDX-License-Identifier: ISC */
#include "server/peer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"
#include "server/core.h"
#include "server/entry.h"
#include "server/login.h"
#include "server/requests.h"
#include "wire/frontwire.h"

#define MESSAGES_PER_TURN 32	/* of one peer, so that it delays no other */
#define STRANGERS_MAX 256
#define STRANGER_MS 150000	/* longer than any login grace */
#define TIMEOUT_MS 5000
#define PROBES_MAX 64

void
peers_init(struct core *c)
{
	c->peers = (struct peers){ .listener = -1, .front = -1 };
	timers_add(&c->timers, TIMER_PEER, 0,
	    mono_add(c->now, (struct span){ TIMEOUT_MS }));
}

struct peer *
peer_add(struct core *c, int fd, enum peer_origin origin)
{
	struct peers *ps = &c->peers;
	struct peer *p = xcalloc(1, sizeof(*p));
	int n;

	if (fd >= ps->n_fds) {
		n = fd + 64;
		ps->by_fd = xrealloc(ps->by_fd, (size_t)n, sizeof(p));
		memset(ps->by_fd + ps->n_fds, 0,
		    (size_t)(n - ps->n_fds) * sizeof(p));
		ps->n_fds = n;
	}
	*p = (struct peer){ .fd = fd, .origin = origin, .since = c->now };
	ps->by_fd[fd] = p;
	ps->strangers++;
	fd_nonblock(fd, true);
	c->io.watch(c->io.arg, fd);
	return p;
}

/* There is room for strangers again. */
static void
listen_again(struct core *c)
{
	if (!c->peers.full || c->peers.strangers >= STRANGERS_MAX ||
	    c->stopping)
		return;
	c->peers.full = false;
	c->io.watch(c->io.arg, c->peers.listener);
}

void
peer_close(struct core *c, struct peer *p)
{
	if (p->closing)
		return;
	p->closing = true;
	c->peers.any_closing = true;
	c->io.forget(c->io.arg, p->fd);
	if (p->session == NULL)
		c->peers.strangers--;
	listen_again(c);
}

void
peer_refuse(struct core *c, struct peer *p, int code, const char *fmt, ...)
{
	uint8_t room[1024];
	struct put m = put_into(room, sizeof(room));
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_u8(&m, MESSAGE_REFUSED);
	put_u8(&m, (uint8_t)code);
	put_text(&m, text);
	fd_send(p->fd, m.at, m.len, -1);
	peer_close(c, p);
}

static void
peer_free(struct core *c, struct peer *p)
{
	if (p->session != NULL)
		session_end(c, p->session, "gone");
	login_forget(c, p->login);
	c->peers.by_fd[p->fd] = NULL;
	close(p->fd);
	free(p);
}

void
peers_sweep(struct core *c)
{
	int fd;

	while (c->peers.any_closing) {
		c->peers.any_closing = false;
		for (fd = 0; fd < c->peers.n_fds; fd++)
			if (c->peers.by_fd[fd] != NULL &&
			    c->peers.by_fd[fd]->closing)
				peer_free(c, c->peers.by_fd[fd]);
	}
}

void
peers_fini(struct core *c)
{
	int fd;

	for (fd = 0; fd < c->peers.n_fds; fd++)
		if (c->peers.by_fd[fd] != NULL)
			peer_close(c, c->peers.by_fd[fd]);
	peers_sweep(c);
	free(c->peers.by_fd);
	fd_close(&c->peers.listener);
	fd_close(&c->peers.front);
}

void
peers_timeout(struct core *c)
{
	struct peer *p;
	int fd;

	for (fd = 0; fd < c->peers.n_fds; fd++) {
		p = c->peers.by_fd[fd];
		if (p != NULL && p->session == NULL && !p->closing &&
		    mono_since(c->now, p->since).ms > STRANGER_MS)
			peer_close(c, p);
	}
	timers_add(&c->timers, TIMER_PEER, 0,
	    mono_add(c->now, (struct span){ TIMEOUT_MS }));
}

static void
greet(struct core *c, struct peer *p, struct get *g)
{
	uint8_t room[1024];
	struct put m = put_into(room, sizeof(room));
	uint16_t version = get_u16(g);
	char program[33];

	get_text(g, program, sizeof(program));
	if (!get_done(g)) {
		peer_refuse(c, p, EXIT_INTERNAL, "senseless greeting");
		return;
	}
	put_u8(&m, MESSAGE_GREETING);
	put_u16(&m, WIRE_VERSION);
	put_text(&m, PACKAGE_VERSION);
	put_text(&m, text_in(&c->plant->name, 0));
	fd_send(p->fd, m.at, m.len, -1);
	p->greeted = true;
	p->console = strcmp(program, "console") == 0;
	if (version != WIRE_VERSION) {
		peer_refuse(c, p, EXIT_INTERNAL,
		    "this client speaks another version of the protocol");
		return;
	}
	if (p->session == NULL)
		return;
	entry_tell(c, p->session, p->console);
	session_welcome(c, p->session);
}

static void
probe(struct core *c, struct peer *p, struct get *g)
{
	uint8_t room[8];
	struct put m = put_into(room, sizeof(room));
	char name[USER_NAME_MAX + 1], key[64];
	const struct user *u;

	get_text(g, name, sizeof(name));
	get_text(g, key, sizeof(key));
	if (++p->probes > PROBES_MAX) {
		peer_close(c, p);
		return;
	}
	u = get_done(g) ? users_find(c, name) : NULL;
	put_u8(&m, MESSAGE_PROBED);
	put_u8(&m, u != NULL && !u->locked && user_has_key(u, key));
	fd_send(p->fd, m.at, m.len, -1);
}

/* A call of nobody: refused, and in the audit like everybody's. */
static void
refuse_call(struct core *c, struct peer *p, struct get *g)
{
	struct who nobody = { .user = "" };
	struct ucred cred;
	socklen_t len = sizeof(cred);
	struct call call;

	if (call_get(&call, g) < 0) {
		peer_refuse(c, p, EXIT_INTERNAL, "senseless call");
		return;
	}
	str_copy(nobody.from, p->origin == PEER_FRONT ? "ssh" : "local",
	    sizeof(nobody.from));
	if (p->origin == PEER_PATH &&
	    getsockopt(p->fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == 0)
		snprintf(nobody.from, sizeof(nobody.from),
		    "local, uid %u, pid %d", cred.uid, (int)cred.pid);
	audit_refused(c, &nobody, call.verb, call_text(&call, PARAMETER_NAME),
	    "nobody is logged in here");
	call_free(&call);
	peer_refuse(c, p, EXIT_NOT_ALLOWED, "nobody is logged in here");
}

/* Who it says it is cannot be said here: a descriptor is what it came from. */
static void
refuse_claim(
    struct core *c, struct peer *p, enum message type, const char *user)
{
	static const char why[] =
	    "refused: this is not said on this descriptor";

	if (type == MESSAGE_LOGIN || type == MESSAGE_PASSWORD)
		audit_event(c, RECORD_LOGIN, NONE, user, "login refused", "",
		    "", why);
	peer_refuse(c, p, EXIT_NOT_ALLOWED, "%s", why + strlen("refused: "));
}

/* Before it is somebody: only what its origin allows. */
static void
introduce(struct core *c, struct peer *p, enum message type, struct get *g)
{
	char a[WIRE_TICKET + 1], b[65], from[65], term[65];

	if (type == MESSAGE_PROBE && p->origin == PEER_FRONT) {
		probe(c, p, g);
		return;
	}
	if (type == MESSAGE_PASSWORD && p->origin == PEER_FRONT) {
		login_password(c, p, g);
		return;
	}
	get_text(g, a, sizeof(a));
	if (type == MESSAGE_PASSWORD) {
		refuse_claim(c, p, type, a);
		return;
	}
	if (type == MESSAGE_LOGIN)
		get_text(g, b, sizeof(b));
	if (type != MESSAGE_LOCAL)
		get_text(g, from, sizeof(from));
	get_text(g, term, sizeof(term));
	if (!get_done(g))
		peer_refuse(c, p, EXIT_INTERNAL, "senseless introduction");
	else if (type == MESSAGE_LOGIN && p->origin == PEER_FRONT)
		entry_key(c, p, a, b, from, term);
	else if (type == MESSAGE_LOCAL && p->origin == PEER_PATH)
		entry_local(c, p, a, term);
	else if (type == MESSAGE_RESUME && p->origin == PEER_PATH)
		entry_ticket(c, p, a, from, term);
	else
		refuse_claim(c, p, type, a);
}

static void
dispatch(struct core *c, struct peer *p, struct get *g)
{
	enum message type = (enum message)get_u8(g);

	if (type == MESSAGE_HELLO)
		greet(c, p, g);
	else if (type == MESSAGE_CALL && p->session == NULL)
		refuse_call(c, p, g);
	else if (!p->greeted)
		peer_refuse(c, p, EXIT_INTERNAL, "no greeting");
	else if (p->login != NULL)
		peer_refuse(c, p, EXIT_INTERNAL, "one password at a time");
	else if (p->session == NULL)
		introduce(c, p, type, g);
	else
		requests_message(c, p->session, type, g);
}

/* A password does not stay where messages are read. */
static void
wipe(uint8_t *m, ssize_t n)
{
	if (n > 0 && (m[0] == MESSAGE_PASSWORD || m[0] == MESSAGE_SECRET))
		explicit_bzero(m, (size_t)n);
}

static void
read_peer(struct core *c, struct peer *p)
{
	static uint8_t room[FD_MESSAGE_MAX];	/* one thread, one at a time */
	struct get g;
	ssize_t n;
	int i;

	for (i = 0; i < MESSAGES_PER_TURN && !p->closing; i++) {
		n = fd_receive(p->fd, room, sizeof(room), NULL);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			peer_close(c, p);
			return;
		}
		g = get_from(room, (size_t)n);
		dispatch(c, p, &g);
		wipe(room, n);
	}
}

static void
accept_some(struct core *c)
{
	int i, fd;

	for (i = 0; i < MESSAGES_PER_TURN; i++) {
		if (c->peers.strangers >= STRANGERS_MAX) {
			c->peers.full = true;
			c->io.forget(c->io.arg, c->peers.listener);
			return;
		}
		fd = accept4(c->peers.listener, NULL, NULL,
		    SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0)
			return;
		peer_add(c, fd, PEER_PATH);
	}
}

/* The front asks for a descriptor that may say LOGIN once. */
static void
serve_front(struct core *c)
{
	uint8_t m[8];
	int pair[2], i;
	ssize_t n;

	for (i = 0; i < MESSAGES_PER_TURN; i++) {
		n = fd_receive(c->peers.front, m, sizeof(m), NULL);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			c->io.forget(c->io.arg, c->peers.front);
			fd_close(&c->peers.front);
			return;
		}
		if (m[0] != FRONT_ASK || fd_pair(pair) < 0)
			continue;
		if (fd_send(c->peers.front, m, 1, pair[1]) == 1)
			peer_add(c, pair[0], PEER_FRONT);
		else
			close(pair[0]);
		close(pair[1]);
	}
}

bool
peers_readable(struct core *c, int fd)
{
	if (fd == c->peers.listener)
		accept_some(c);
	else if (fd == c->peers.front)
		serve_front(c);
	else if (fd < c->peers.n_fds && c->peers.by_fd[fd] != NULL)
		read_peer(c, c->peers.by_fd[fd]);
	else
		return false;
	return true;
}

void
peers_listen(struct core *c, int fd)
{
	c->peers.listener = fd;
	fd_nonblock(fd, true);
	c->io.watch(c->io.arg, fd);
}

void
peers_front(struct core *c, int fd)
{
	if (c->peers.front >= 0) {
		c->io.forget(c->io.arg, c->peers.front);
		fd_close(&c->peers.front);
	}
	c->peers.front = fd;
	fd_nonblock(fd, true);
	c->io.watch(c->io.arg, fd);
}
