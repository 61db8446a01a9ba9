/* SPDX-License-Identifier: ISC */
/*
 * Modbus TCP, and RTU frames over TCP. The socket blocks, with the timeout of
 * the line as its receive timeout: one send and one receive per request. A
 * connection that failed is reset, not closed in order: bytes of a write that
 * the kernel still holds must not reach the device later.
 */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "field/driver.h"
#include "field/frame.h"

struct tcp {
	struct driver base;
	int fd;
	bool rtu;
	uint16_t transaction;
	struct span timeout;	/* what the socket has */
	struct frames in;
};

static bool
tcp_is_open(const struct driver *d)
{
	return ((const struct tcp *)d)->fd >= 0;
}

static void
tcp_close(struct driver *d)
{
	struct tcp *t = (struct tcp *)d;
	struct linger reset = { 1, 0 };

	if (t->fd >= 0)
		setsockopt(t->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	fd_close(&t->fd);
	t->in.n = 0;
}

static void
tcp_free(struct driver *d)
{
	tcp_close(d);
	free(d);
}

/* A port without a listener in the range of the kernel's own choice can
 * connect to itself. */
static bool
is_self(int fd)
{
	struct sockaddr_storage a, b;
	socklen_t an = sizeof(a), bn = sizeof(b);

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	return getsockname(fd, (struct sockaddr *)&a, &an) == 0 &&
	    getpeername(fd, (struct sockaddr *)&b, &bn) == 0 && an == bn &&
	    memcmp(&a, &b, an) == 0;
}

/* Waits for the end of a connect. 0, or -1 with errno. */
static int
await_connect(int fd, struct span timeout)
{
	struct pollfd pfd = { .fd = fd, .events = POLLOUT };
	int rc, error = 0;
	socklen_t len = sizeof(error);

	do
		rc = poll(&pfd, 1, (int)timeout.ms);
	while (rc < 0 && errno == EINTR);
	if (rc == 0)
		errno = ETIMEDOUT;
	if (rc <= 0)
		return -1;
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	if (error == 0 && is_self(fd))
		error = ECONNREFUSED;
	errno = error;
	return error == 0 ? 0 : -1;
}

static int
connect_one(const struct addrinfo *ai, struct span timeout)
{
	int one = 1, fd;

	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	if ((connect(fd, ai->ai_addr, ai->ai_addrlen) < 0 &&
		errno != EINPROGRESS) ||
	    await_connect(fd, timeout) < 0 || fd_nonblock(fd, false) < 0) {
		int saved = errno;

		fd_close(&fd);
		errno = saved;
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd;
}

static int
tcp_open(struct driver *d, const struct path *to, struct span timeout,
    struct err *e)
{
	struct tcp *t = (struct tcp *)d;
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list, *ai;
	char port[8];
	int rc;

	tcp_close(d);
	snprintf(port, sizeof(port), "%u", to->port);
	rc = getaddrinfo(to->host, port, &hints, &list);
	if (rc != 0)
		return err_set(e, "%s: %s", to->host, gai_strerror(rc));
	for (ai = list; ai != NULL && t->fd < 0; ai = ai->ai_next)
		t->fd = connect_one(ai, timeout);
	if (t->fd < 0)
		err_sys(e, "%s:%u", to->host, to->port);
	freeaddrinfo(list);
	t->timeout.ms = 0;
	return t->fd < 0 ? -1 : 0;
}

/* More bytes until then. 1, or 0 with the verdict why not. */
static int
receive(struct tcp *t, struct mono until, bool first, enum verdict *why)
{
	struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
	struct mono now;
	ssize_t n;

	if (!first) {
		now = clock_mono();
		*why = VERDICT_TIMEOUT;
		if (!mono_before(now, until) ||
		    poll(&pfd, 1, (int)mono_since(until, now).ms + 1) == 0)
			return 0;
	}
	do
		n = recv(t->fd, t->in.at + t->in.n,
		    sizeof(t->in.at) - t->in.n, 0);
	while (n < 0 && errno == EINTR);
	if (n > 0) {
		t->in.n += (size_t)n;
		return 1;
	}
	*why = n < 0 && errno == EAGAIN ? VERDICT_TIMEOUT : VERDICT_LOST;
	return 0;
}

/* Waits until all are answered; VERDICT_GOOD, or what ended it. */
static enum verdict
await(struct tcp *t, struct exchange *x, unsigned n, struct span timeout)
{
	struct mono until = mono_add(x[0].sent, timeout);
	enum verdict why = VERDICT_GOOD;
	unsigned open = n;
	bool first = true;

	while (open > 0) {
		int rc = frame_take(&t->in, t->rtu, x, n);

		if (rc < 0)
			return VERDICT_GARBAGE;
		if (rc > 0) {
			open--;
			until = mono_add(clock_mono(), timeout);
			continue;
		}
		if (!receive(t, until, first, &why))
			return why;
		first = false;
	}
	return t->in.n == 0 ? VERDICT_GOOD : VERDICT_GARBAGE;
}

/* Nothing may wait on a connection on which nothing was asked. */
static enum verdict
look_before(struct tcp *t)
{
	uint8_t byte;
	ssize_t n = recv(t->fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK);

	if (n < 0 && errno == EAGAIN)
		return VERDICT_GOOD;
	return n > 0 ? VERDICT_GARBAGE : VERDICT_LOST;
}

static void
set_timeout(struct tcp *t, struct span timeout)
{
	struct timeval tv = { timeout.ms / 1000, timeout.ms % 1000 * 1000 };

	if (t->timeout.ms == timeout.ms)
		return;
	setsockopt(t->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	t->timeout = timeout;
}

/* Sends all requests in one go. */
static enum verdict
send_all(struct tcp *t, uint8_t unit, struct exchange *x, unsigned n)
{
	uint8_t out[FRAME_MAX * EXCHANGE_MOST];
	size_t len = 0;
	struct mono now;
	ssize_t rc;
	unsigned i;

	for (i = 0; i < n; i++) {
		if (t->rtu)
			frame_rtu(&x[i], unit);
		else
			frame_tcp(&x[i], unit, t->transaction++);
		memcpy(out + len, x[i].request_frame, x[i].n_request_frame);
		len += x[i].n_request_frame;
	}
	now = clock_mono();
	for (i = 0; i < n; i++) {
		if (mono_before(x[i].not_after, now))
			return VERDICT_EXPIRED;
	}
	rc = send(t->fd, out, len, MSG_NOSIGNAL | MSG_DONTWAIT);
	for (i = 0; rc > 0 && i < n; i++)
		x[i].sent = now;
	return rc == (ssize_t)len ? VERDICT_GOOD : VERDICT_LOST;
}

/* n requests at once. */
static void
exchange_all(struct tcp *t, uint8_t unit, struct exchange *x, unsigned n,
    struct span timeout)
{
	enum verdict v = t->fd >= 0 ? look_before(t) : VERDICT_LOST;
	unsigned i;

	if (v == VERDICT_GOOD) {
		set_timeout(t, timeout);
		v = send_all(t, unit, x, n);
	}
	if (v == VERDICT_GOOD)
		v = await(t, x, n, timeout);
	for (i = 0; i < n; i++) {
		if (x[i].answered.us == 0)
			x[i].verdict = v;
	}
	if (v != VERDICT_GOOD && v != VERDICT_EXPIRED)
		tcp_close(&t->base);
}

static void
tcp_exchange(struct driver *d, uint8_t unit, struct exchange *x, unsigned n,
    struct span timeout)
{
	struct tcp *t = (struct tcp *)d;
	unsigned i;

	if (!t->rtu) {
		exchange_all(t, unit, x, n, timeout);
		return;
	}
	for (i = 0; i < n; i++)
		exchange_all(t, unit, &x[i], 1, timeout);
}

static const struct driver_ops tcp_ops = { tcp_open, tcp_is_open, tcp_exchange,
	tcp_close, tcp_free };

struct driver *
driver_tcp_new(bool rtu_frames)
{
	struct tcp *t = xcalloc(1, sizeof(*t));

	t->base.ops = &tcp_ops;
	t->fd = -1;
	t->rtu = rtu_frames;
	t->transaction = (uint16_t)clock_mono().us;
	return &t->base;
}
