/* SPDX-License-Identifier: ISC */
#include "badplc.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/mem.h"

#define CLIENTS 16
#define WRITES 4096

struct client {
	int fd;
	size_t n;
	uint8_t in[4096];
};
struct misdeed {
	enum bad how;
	int arg;
	uint8_t unit;		/* 0: all */
	bool writes_only;
};
struct badplc {
	pthread_t thread;
	pthread_mutex_t mutex;
	int listener, wake;
	uint16_t port;
	bool stop;
	struct misdeed misdeed;
	uint16_t hr[65536];
	uint8_t coil[65536];
	uint8_t forbidden[65536];
	bool overrule, no_mask;
	int clears_ms, meddle, alive;
	struct {
		int64_t at_us;
		bool coil;
		uint16_t address;
	} clear;
	unsigned requests, connections, n_writes;
	struct badplc_write writes[WRITES];
	struct client clients[CLIENTS];
	uint8_t last[260];	/* the answer before */
	size_t n_last;
};

static uint16_t
u16_at(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static void
put_u16_to(uint8_t *p, uint16_t n)
{
	p[0] = (uint8_t)(n >> 8);
	p[1] = (uint8_t)n;
}

static size_t
exception(uint8_t *out, uint8_t function, uint8_t code)
{
	out[0] = function | 0x80;
	out[1] = code;
	return 2;
}

static uint8_t
forbidden(const struct badplc *p, uint16_t first, unsigned n)
{
	unsigned i;

	for (i = 0; i < n && first + i < 65536; i++) {
		if (p->forbidden[first + i])
			return p->forbidden[first + i];
	}
	return first + n > 65536 ? 2 : 0;
}

static size_t
do_read(struct badplc *p, const uint8_t *pdu, uint8_t *out)
{
	uint16_t first = u16_at(pdu + 1), n = u16_at(pdu + 3), i;
	uint8_t code = forbidden(p, first, n);
	bool bits = pdu[0] <= 2;

	if (code)
		return exception(out, pdu[0], code);
	if (n == 0 || n > (bits ? 2000 : 125))
		return exception(out, pdu[0], 3);
	out[0] = pdu[0];
	out[1] = (uint8_t)(bits ? (n + 7) / 8 : 2 * n);
	memset(out + 2, 0, out[1]);
	for (i = 0; i < n; i++) {
		if (bits)
			out[2 + i / 8] |=
			    (uint8_t)(p->coil[first + i] << i % 8);
		else
			put_u16_to(out + 2 + 2 * i, p->hr[first + i]);
	}
	return 2u + out[1];
}

static void
remember(struct badplc *p, uint8_t unit, const uint8_t *pdu)
{
	struct badplc_write *w = &p->writes[p->n_writes];
	unsigned i;

	if (p->n_writes == WRITES)
		abort();
	p->n_writes++;
	memset(w, 0, sizeof(*w));
	w->at_us = clock_mono().us;
	w->unit = unit;
	w->function = pdu[0];
	w->address = u16_at(pdu + 1);
	w->n = 1;
	w->values[0] = u16_at(pdu + 3);
	if (pdu[0] == 22) {
		w->and_mask = u16_at(pdu + 3);
		w->or_mask = u16_at(pdu + 5);
	}
	if (pdu[0] == 16) {
		w->n = u16_at(pdu + 3);
		for (i = 0; i < w->n; i++)
			w->values[i] = u16_at(pdu + 6 + 2 * i);
	}
}

static void
obey(struct badplc *p, const uint8_t *pdu)
{
	uint16_t at = u16_at(pdu + 1), i;

	if (p->overrule)
		return;
	if (pdu[0] == 5)
		p->coil[at] = pdu[3] == 0xff;
	if (pdu[0] == 6)
		p->hr[at] = u16_at(pdu + 3);
	if (pdu[0] == 22)
		p->hr[at] = (uint16_t)((p->hr[at] & u16_at(pdu + 3)) |
		    (u16_at(pdu + 5) & ~u16_at(pdu + 3)));
	for (i = 0; pdu[0] == 16 && i < u16_at(pdu + 3); i++)
		p->hr[at + i] = u16_at(pdu + 6 + 2 * i);
	if (p->meddle >= 0 && pdu[0] != 5)
		p->hr[at] ^= (uint16_t)(1u << p->meddle);
	if (p->clears_ms > 0) {
		p->clear.at_us = clock_mono().us + p->clears_ms * 1000;
		p->clear.coil = pdu[0] == 5;
		p->clear.address = at;
	}
}

static size_t
do_write(struct badplc *p, uint8_t unit, const uint8_t *pdu, size_t n,
    uint8_t *out)
{
	remember(p, unit, pdu);
	if (pdu[0] == 22 && p->no_mask)
		return exception(out, pdu[0], 1);
	obey(p, pdu);
	if (pdu[0] == 16)
		n = 5;
	memcpy(out, pdu, n);
	return n;
}

/* The answer of a good device to unit and PDU at frame + 6. */
static size_t
answer(struct badplc *p, const uint8_t *frame, size_t n, uint8_t *out)
{
	const uint8_t *pdu = frame + 7;
	size_t len;

	p->requests++;
	if (p->alive >= 0)
		p->hr[p->alive]++;
	memcpy(out, frame, 7);
	if (pdu[0] >= 1 && pdu[0] <= 4)
		len = do_read(p, pdu, out + 7);
	else
		len = do_write(p, frame[6], pdu, n - 7, out + 7);
	put_u16_to(out + 4, (uint16_t)(len + 1));
	return len + 7;
}

static void
send_pieces(int fd, const uint8_t *out, size_t n)
{
	struct timespec ts = { 0, 200000 };
	size_t i;

	for (i = 0; i < n; i++) {
		send(fd, out + i, 1, MSG_NOSIGNAL);
		nanosleep(&ts, NULL);
	}
}

/* Sends what the misdeed makes of a good answer. False: close. */
static bool
reply(struct badplc *p, struct client *c, struct misdeed m, uint8_t *out,
    size_t n)
{
	struct timespec ts = { m.arg / 1000, m.arg % 1000 * 1000000L };
	uint8_t spoilt[600];
	size_t i;

	memcpy(spoilt, out, n);
	switch (m.how) {
	case BAD_SILENT:
	case BAD_DEAF:
		return true;
	case BAD_DROP:
	case BAD_REFUSES:
		return false;
	case BAD_LATE:
		nanosleep(&ts, NULL);
		break;
	case BAD_ID:
		put_u16_to(spoilt, (uint16_t)(u16_at(out) - 1));
		break;
	case BAD_UNIT:
		spoilt[6] ^= 0x40;
		break;
	case BAD_FUNCTION:
		spoilt[7] = spoilt[7] == 3 ? 4 : 3;
		break;
	case BAD_COUNT:
		spoilt[8] = (uint8_t)(spoilt[8] + 2);
		break;
	case BAD_SHORT:
		if (n > 11) {
			n -= 2;
			spoilt[8] = (uint8_t)(spoilt[8] - 2);
			put_u16_to(spoilt + 4, (uint16_t)(n - 6));
		}
		break;
	case BAD_GARBAGE:
		for (i = 0; i < n; i++)
			spoilt[i] = (uint8_t)rand();
		break;
	case BAD_HALF:
		n /= 2;
		break;
	case BAD_TWICE:
		memcpy(spoilt + n, out, n);
		spoilt[2 * n - 1] ^= 0x55;
		n *= 2;
		break;
	case BAD_EXCEPTION:
		spoilt[7] |= 0x80;
		spoilt[8] = (uint8_t)m.arg;
		put_u16_to(spoilt + 4, 3);
		n = 9;
		break;
	case BAD_ECHO:
		spoilt[n - 1] ^= 1;
		break;
	case BAD_PIECES:
		send_pieces(c->fd, out, n);
		return true;
	case BAD_NOTHING:
		break;
	}
	memcpy(p->last, out, n < sizeof(p->last) ? n : sizeof(p->last));
	send(c->fd, spoilt, n, MSG_NOSIGNAL);
	return true;
}

static struct misdeed
misdeed_for(struct badplc *p, const uint8_t *frame)
{
	struct misdeed m = p->misdeed;

	if ((m.unit != 0 && m.unit != frame[6]) ||
	    (m.writes_only && frame[7] <= 4))
		m.how = BAD_NOTHING;
	return m;
}

/* One complete frame. False: close. */
static bool
serve(struct badplc *p, struct client *c, size_t n)
{
	uint8_t out[600] = { 0 };
	struct misdeed m;
	size_t len;
	bool keep;

	pthread_mutex_lock(&p->mutex);
	m = misdeed_for(p, c->in);
	if (p->clear.at_us != 0 && clock_mono().us >= p->clear.at_us) {
		if (p->clear.coil)
			p->coil[p->clear.address] = 0;
		else
			p->hr[p->clear.address] = 0;
		p->clear.at_us = 0;
	}
	len = answer(p, c->in, n, out);
	pthread_mutex_unlock(&p->mutex);
	keep = reply(p, c, m, out, len);
	c->n -= n;
	memmove(c->in, c->in + n, c->n);
	return keep;
}

/* Takes what came. False: close. */
static bool
listen_to(struct badplc *p, struct client *c)
{
	ssize_t got = recv(c->fd, c->in + c->n, sizeof(c->in) - c->n, 0);

	if (got <= 0)
		return false;
	c->n += (size_t)got;
	while (c->n >= 8) {
		size_t n = 6u + u16_at(c->in + 4);

		if (c->n < n)
			break;
		if (!serve(p, c, n))
			return false;
	}
	return true;
}

static void
welcome(struct badplc *p)
{
	int fd = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC), one = 1, i;

	if (fd < 0)
		return;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	pthread_mutex_lock(&p->mutex);
	p->connections++;
	pthread_mutex_unlock(&p->mutex);
	for (i = 0; i < CLIENTS; i++) {
		if (p->clients[i].fd < 0) {
			p->clients[i].fd = fd;
			p->clients[i].n = 0;
			return;
		}
	}
	close(fd);
}

static bool
open_listener(struct badplc *p)
{
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_port = htons(p->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(sa);
	int one = 1;

	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(p->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(p->listener, (struct sockaddr *)&sa, len) < 0 ||
	    listen(p->listener, 16) < 0) {
		fd_close(&p->listener);
		return false;
	}
	getsockname(p->listener, (struct sockaddr *)&sa, &len);
	p->port = ntohs(sa.sin_port);
	return true;
}

/* The listener is there unless connections are to be refused. */
static void
tend_listener(struct badplc *p, enum bad how)
{
	int i;

	if (how != BAD_REFUSES && p->listener < 0)
		open_listener(p);
	if (how != BAD_REFUSES || p->listener < 0)
		return;
	fd_close(&p->listener);
	for (i = 0; i < CLIENTS; i++)
		fd_close(&p->clients[i].fd);
}

static enum bad
now_bad(struct badplc *p, bool *stop)
{
	enum bad how;

	pthread_mutex_lock(&p->mutex);
	how = p->misdeed.how;
	*stop = p->stop;
	pthread_mutex_unlock(&p->mutex);
	return how;
}

static void *
run(void *arg)
{
	struct badplc *p = arg;
	struct pollfd pfd[CLIENTS + 2];
	uint64_t count;
	bool stop;
	int i;

	for (;;) {
		enum bad how = now_bad(p, &stop);

		if (stop)
			return NULL;
		tend_listener(p, how);
		pfd[0] = (struct pollfd){ p->wake, POLLIN, 0 };
		pfd[1] = (struct pollfd){ p->listener, POLLIN, 0 };
		for (i = 0; i < CLIENTS; i++)
			pfd[i + 2] = (struct pollfd){
				how == BAD_DEAF ? -1 : p->clients[i].fd, POLLIN,
				0 };
		poll(pfd, CLIENTS + 2, 100);
		if (pfd[0].revents &&
		    read(p->wake, &count, sizeof(count)) > 0)
			continue;
		for (i = 0; i < CLIENTS; i++) {
			if (pfd[i + 2].revents && p->clients[i].fd >= 0 &&
			    !listen_to(p, &p->clients[i]))
				fd_close(&p->clients[i].fd);
		}
		if (pfd[1].revents)
			welcome(p);
	}
}

struct badplc *
badplc_new(void)
{
	struct badplc *p = xcalloc(1, sizeof(*p));
	int i;

	pthread_mutex_init(&p->mutex, NULL);
	p->wake = eventfd(0, EFD_CLOEXEC);
	p->meddle = p->alive = -1;
	for (i = 0; i < CLIENTS; i++)
		p->clients[i].fd = -1;
	if (!open_listener(p) || pthread_create(&p->thread, NULL, run, p) != 0)
		abort();
	return p;
}

static void
poke(struct badplc *p)
{
	uint64_t one = 1;

	if (write(p->wake, &one, sizeof(one)) < 0)
		abort();
}

void
badplc_free(struct badplc *p)
{
	int i;

	pthread_mutex_lock(&p->mutex);
	p->stop = true;
	pthread_mutex_unlock(&p->mutex);
	poke(p);
	pthread_join(p->thread, NULL);
	for (i = 0; i < CLIENTS; i++)
		fd_close(&p->clients[i].fd);
	fd_close(&p->listener);
	fd_close(&p->wake);
	pthread_mutex_destroy(&p->mutex);
	free(p);
}

uint16_t
badplc_port(const struct badplc *p)
{
	return p->port;
}

static void
misbehave(struct badplc *p, struct misdeed m)
{
	pthread_mutex_lock(&p->mutex);
	p->misdeed = m;
	pthread_mutex_unlock(&p->mutex);
	poke(p);
}

void
badplc_behave(struct badplc *p, enum bad how, int arg)
{
	misbehave(p, (struct misdeed){ .how = how, .arg = arg });
}

void
badplc_behave_unit(struct badplc *p, uint8_t unit, enum bad how, int arg)
{
	misbehave(p, (struct misdeed){ .how = how, .arg = arg, .unit = unit });
}

void
badplc_behave_writes(struct badplc *p, enum bad how, int arg)
{
	misbehave(p,
	    (struct misdeed){ .how = how, .arg = arg, .writes_only = true });
}

#define LOCKED(p, what)                                                        \
	do {                                                                   \
		pthread_mutex_lock(&(p)->mutex);                               \
		what;                                                          \
		pthread_mutex_unlock(&(p)->mutex);                             \
	} while (0)

void
badplc_set(struct badplc *p, uint16_t hr, uint16_t value)
{
	LOCKED(p, p->hr[hr] = value);
}

uint16_t
badplc_get(struct badplc *p, uint16_t hr)
{
	uint16_t value;

	LOCKED(p, value = p->hr[hr]);
	return value;
}

void
badplc_set_coil(struct badplc *p, uint16_t coil, bool on)
{
	LOCKED(p, p->coil[coil] = on);
}

bool
badplc_coil(struct badplc *p, uint16_t coil)
{
	bool on;

	LOCKED(p, on = p->coil[coil]);
	return on;
}

void
badplc_forbid(struct badplc *p, uint16_t first, uint16_t last, uint8_t code)
{
	unsigned i;

	LOCKED(p, for (i = first; i <= last; i++) p->forbidden[i] = code);
}

void
badplc_overrule(struct badplc *p, bool on)
{
	LOCKED(p, p->overrule = on);
}

void
badplc_no_mask(struct badplc *p, bool on)
{
	LOCKED(p, p->no_mask = on);
}

void
badplc_clears(struct badplc *p, int ms)
{
	LOCKED(p, p->clears_ms = ms);
}

void
badplc_alive(struct badplc *p, uint16_t hr, bool on)
{
	LOCKED(p, p->alive = on ? hr : -1);
}

void
badplc_meddle(struct badplc *p, int bit)
{
	LOCKED(p, p->meddle = bit);
}

unsigned
badplc_requests(struct badplc *p)
{
	unsigned n;

	LOCKED(p, n = p->requests);
	return n;
}

unsigned
badplc_connections(struct badplc *p)
{
	unsigned n;

	LOCKED(p, n = p->connections);
	return n;
}

unsigned
badplc_writes(struct badplc *p)
{
	unsigned n;

	LOCKED(p, n = p->n_writes);
	return n;
}

struct badplc_write
badplc_write_at(struct badplc *p, unsigned i)
{
	struct badplc_write w;

	LOCKED(p, w = p->writes[i]);
	return w;
}
