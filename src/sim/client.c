/* SPDX-License-Identifier: ISC */
#include "sim/client.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"

void
client_init(struct client *c, struct server *v, int fd, size_t station,
    struct mono now)
{
	int one = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	c->watch.fd = fd;
	c->server = v;
	c->station = station;
	c->heard = now;
	c->in_n = 0;
	c->held_first = c->held_n = 0;
	c->wanted = 0;
	buf_clear(&c->out);
}

void
client_close(struct client *c, bool reset)
{
	struct linger hard = { 1, 0 };

	if (reset)
		setsockopt(
		    c->watch.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	fd_close(&c->watch.fd);
	buf_free(&c->out);
}

int
client_read(struct client *c)
{
	ssize_t n =
	    recv(c->watch.fd, c->in + c->in_n, sizeof(c->in) - c->in_n, 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0)
		return -1;
	c->in_n += (size_t)n;
	return 0;
}

int
client_frame(const struct client *c)
{
	return modbus_frame(c->in, c->in_n);
}

void
client_drop_frame(struct client *c, size_t n)
{
	c->in_n -= n;
	memmove(c->in, c->in + n, c->in_n);
}

void
client_answer(struct client *c, struct mono now, struct mono due,
    const uint8_t *bytes, size_t n)
{
	struct held *h;

	if (c->held_n == 0 && !mono_before(now, due)) {
		buf_add(&c->out, bytes, n);
		return;
	}
	if (c->held_n == CLIENT_HELD)
		return;
	h = &c->held[(c->held_first + c->held_n++) % CLIENT_HELD];
	h->due = due;
	h->n = n;
	memcpy(h->bytes, bytes, n);
}

struct mono
client_due(const struct client *c)
{
	return c->held_n > 0 ? c->held[c->held_first].due : MONO_NEVER;
}

bool
client_is_full(const struct client *c)
{
	return c->out.len >= CLIENT_OUT;
}

int
client_flush(struct client *c, struct mono now)
{
	const struct held *h;
	ssize_t n;

	while (c->held_n > 0 && !mono_before(now, client_due(c))) {
		h = &c->held[c->held_first];
		buf_add(&c->out, h->bytes, h->n);
		c->held_first = (c->held_first + 1) % CLIENT_HELD;
		c->held_n--;
	}
	while (c->out.len > 0) {
		n = send(c->watch.fd, c->out.at, c->out.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EAGAIN)
			return 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		buf_drop(&c->out, (size_t)n);
	}
	return 0;
}
