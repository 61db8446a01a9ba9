/* SPDX-License-Identifier: ISC */
#include "plc.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"

#define REQUEST 12		/* bytes of a read with its MBAP header */
#define READ_MOST 125
#define ANSWER_MOST 260

int
plc_open(struct plc *p, struct err *e)
{
	unsigned i;

	memset(p, 0, sizeof(*p));
	for (i = 0; i < PLC_PEERS; i++)
		p->peer[i].fd = -1;
	p->listener = fd_listen_tcp("127.0.0.1:0", &p->port, e);
	return p->listener < 0 ? -1 : 0;
}

void
plc_close(struct plc *p)
{
	unsigned i;

	for (i = 0; i < PLC_PEERS; i++)
		fd_close(&p->peer[i].fd);
	fd_close(&p->listener);
}

void
plc_poll(const struct plc *p, struct pollfd *at)
{
	unsigned i;

	at[0] = (struct pollfd){ .fd = p->listener, .events = POLLIN };
	for (i = 0; i < PLC_PEERS; i++)
		at[i + 1] = (struct pollfd){
			.fd = p->peer[i].fd, .events = POLLIN };
}

static void
take_peer(struct plc *p)
{
	int fd = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC), one = 1;
	unsigned i;

	for (i = 0; i < PLC_PEERS && p->peer[i].fd >= 0; i++)
		;
	if (fd < 0 || i == PLC_PEERS) {
		fd_close(&fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	p->peer[i].fd = fd;
	p->peer[i].n = 0;
}

/* The share of these words that is to change does. */
static void
change(struct plc *p, unsigned first, unsigned count)
{
	unsigned i;

	p->turn++;
	if (p->percent == 0)
		return;
	for (i = first; i < first + count; i++) {
		if ((i + p->turn) % 100 < p->percent)
			p->words[i]++;
	}
}

/* The answer to one request; 0: the peer is no Modbus master. */
static unsigned
answer(struct plc *p, const uint8_t *in, uint8_t *out)
{
	unsigned first = (unsigned)in[8] << 8 | in[9];
	unsigned count = (unsigned)in[10] << 8 | in[11], i;

	if (in[5] != REQUEST - 6 || in[7] != 3 || count == 0 ||
	    count > READ_MOST || first + count > 65536)
		return 0;
	change(p, first, count);
	p->values += count;
	memcpy(out, in, 8);
	out[4] = 0;
	out[5] = (uint8_t)(3 + 2 * count);
	out[8] = (uint8_t)(2 * count);
	for (i = 0; i < count; i++) {
		out[9 + 2 * i] = (uint8_t)(p->words[first + i] >> 8);
		out[10 + 2 * i] = (uint8_t)p->words[first + i];
	}
	return 9 + 2 * count;
}

static void
serve(struct plc *p, struct plc_peer *peer)
{
	ssize_t got = recv(peer->fd, peer->in + peer->n,
	    sizeof(peer->in) - peer->n, MSG_DONTWAIT);
	unsigned at = 0, n;
	uint8_t out[ANSWER_MOST];

	if (got <= 0) {
		fd_close(&peer->fd);
		return;
	}
	peer->n += (unsigned)got;
	for (; peer->n - at >= REQUEST; at += REQUEST) {
		n = answer(p, peer->in + at, out);
		if (n == 0 || send(peer->fd, out, n, MSG_NOSIGNAL) != n) {
			fd_close(&peer->fd);
			return;
		}
	}
	peer->n -= at;
	memmove(peer->in, peer->in + at, peer->n);
}

void
plc_serve(struct plc *p, const struct pollfd *at)
{
	unsigned i;

	for (i = 0; i < PLC_PEERS; i++) {
		if (p->peer[i].fd >= 0 && at[i + 1].fd == p->peer[i].fd &&
		    at[i + 1].revents != 0)
			serve(p, &p->peer[i]);
	}
	if (at[0].revents != 0)
		take_peer(p);
}
