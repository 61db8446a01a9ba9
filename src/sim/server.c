/* SPDX-License-Identifier: ISC */
#include "sim/server.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/mem.h"
#include "sim/client.h"
#include "sim/modbus.h"
#include "sim/station.h"

struct listener {
	struct watch watch;		/* first */
	struct server *server;
	size_t station;
	char address[80];		/* where it really listens */
};

struct server {
	struct sim *sim;
	int epoll, record;
	struct listener *listeners;	/* one for each of stations */
	struct client clients[SERVER_CLIENTS];
};

static int
watch(int epoll, struct watch *w, uint32_t events)
{
	struct epoll_event ev = { .events = events, .data.ptr = w };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, w->fd, &ev);
}

/* Requests are read only while the answers go away. */
static void
rewatch(struct client *c)
{
	uint32_t want = (client_is_full(c) ? 0 : EPOLLIN) |
	    (c->out.len > 0 ? EPOLLOUT : 0);
	struct epoll_event ev = { .events = want, .data.ptr = &c->watch };

	if (want == c->wanted)
		return;
	epoll_ctl(c->server->epoll, EPOLL_CTL_MOD, c->watch.fd, &ev);
	c->wanted = want;
}

/* The frame around an answer; returns its length. */
static size_t
envelope(uint8_t *answer, const uint8_t *request, size_t pdu)
{
	memcpy(answer, request, MODBUS_HEADER);
	answer[4] = (uint8_t)((pdu + 1) >> 8);
	answer[5] = (uint8_t)(pdu + 1);
	return MODBUS_HEADER + pdu;
}

/*
 * The answer to somebody else: another transaction or another unit, in turn.
 * Of a reading it has his registers, too: who takes it for his own shows
 * what is not so.
 */
static void
misdirect(struct server *v, uint8_t *answer, size_t n)
{
	if (rng_next(&v->sim->rng) & 1)
		answer[1] ^= 0x15;
	else
		answer[6] ^= 0x02;
	if (answer[MODBUS_HEADER] <= 4)
		rng_fill(&v->sim->rng, answer + MODBUS_HEADER + 2,
		    n - MODBUS_HEADER - 2);
}

/*
 * Nonsense from the start, or behind a header that is right. It is not left
 * to chance whether it can be told from an answer: then function or length
 * is wrong.
 */
static void
garble(struct server *v, uint8_t *answer, size_t n)
{
	uint8_t *pdu = answer + MODBUS_HEADER, function = pdu[0],
		length = pdu[1];
	bool all = rng_next(&v->sim->rng) & 1;

	if (all)
		rng_fill(&v->sim->rng, answer, n);
	else
		rng_fill(&v->sim->rng, pdu, n - MODBUS_HEADER);
	if (pdu[0] == function && pdu[1] == length)
		pdu[1] ^= 1;
}

/* Spoils an answer; returns its length, 0 if nothing is to be sent. */
static size_t
spoil(struct server *v, const struct fault *f, uint8_t *answer, size_t n)
{
	if (f->kind == FAULT_EXCEPTION || !fault_strikes(f, &v->sim->rng))
		return n;
	if (f->kind == FAULT_DROP)
		return 0;
	if (f->kind == FAULT_WRONG_ID)
		misdirect(v, answer, n);
	if (f->kind == FAULT_GARBAGE)
		garble(v, answer, n);
	return n;
}

/* Answers one frame; -1 if the connection has to be reset. */
static int
on_frame(struct client *c, const uint8_t *frame, size_t n, struct mono now)
{
	struct server *v = c->server;
	uint8_t answer[MODBUS_FRAME];
	struct asked a;
	size_t m;

	station_ask(v->sim, &stations[c->station], v->record, frame[6],
	    frame + MODBUS_HEADER, n - MODBUS_HEADER, &a);
	if (a.reset)
		return -1;
	if (a.n == 0)
		return 0;
	memcpy(answer + MODBUS_HEADER, a.pdu, a.n);
	m = spoil(v, a.fault, answer, envelope(answer, frame, a.n));
	if (m > 0)
		client_answer(c, now,
		    a.fault->kind == FAULT_LATE ? mono_add(now, a.fault->late)
						: now,
		    answer, m);
	return 0;
}

/* All frames that have come in completely. -1: reset, -2: close. */
static int
serve(struct client *c, struct mono now)
{
	int n;

	while ((n = client_frame(c)) > 0) {
		c->heard = now;
		if (on_frame(c, c->in, (size_t)n, now) < 0)
			return -1;
		client_drop_frame(c, (size_t)n);
	}
	return n < 0 ? -2 : 0;
}

static void
on_client(struct watch *w, uint32_t events)
{
	struct client *c = (struct client *)w;
	struct mono now = clock_mono();
	int rc = 0;

	if (c->watch.fd < 0)
		return;		/* closed by an event before this one */
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		rc = client_read(c) < 0 ? -2 : serve(c, now);
	/* What came before a broken frame gets its answers. */
	if (rc == -1 || client_flush(c, now) < 0 || rc < 0)
		client_close(c, rc == -1);
	else
		rewatch(c);
}

static struct client *
place(struct server *v)
{
	struct client *c, *quiet = &v->clients[0];
	size_t i;

	for (i = 0; i < SERVER_CLIENTS; i++) {
		c = &v->clients[i];
		if (c->watch.fd < 0)
			return c;
		if (mono_before(c->heard, quiet->heard))
			quiet = c;
	}
	client_close(quiet, false);
	return quiet;
}

static void
on_listener(struct watch *w, uint32_t events)
{
	struct listener *l = (struct listener *)w;
	struct server *v = l->server;
	int fd = accept4(w->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct client *c;

	(void)events;
	if (fd < 0)
		return;		/* it has gone already */
	c = place(v);
	client_init(c, v, fd, l->station, clock_mono());
	c->watch.on_event = on_client;
	c->wanted = EPOLLIN;
	if (watch(v->epoll, &c->watch, EPOLLIN) < 0)
		client_close(c, true);
}

struct server *
server_new(struct sim *s, int epoll, int record_fd)
{
	struct server *v = xcalloc(1, sizeof(*v));
	size_t i;

	v->sim = s;
	v->epoll = epoll;
	v->record = record_fd;
	v->listeners = xcalloc(stations_n, sizeof(*v->listeners));
	for (i = 0; i < SERVER_CLIENTS; i++)
		v->clients[i].watch.fd = -1;
	for (i = 0; i < stations_n; i++)
		v->listeners[i].watch.fd = -1;
	return v;
}

void
server_free(struct server *v)
{
	size_t i;

	if (v == NULL)
		return;
	for (i = 0; i < SERVER_CLIENTS; i++)
		if (v->clients[i].watch.fd >= 0)
			client_close(&v->clients[i], false);
	for (i = 0; i < stations_n; i++)
		fd_close(&v->listeners[i].watch.fd);
	free(v->listeners);
	free(v);
}

int
server_listen(struct server *v, size_t i, const char *address, struct err *e)
{
	struct listener *l = &v->listeners[i];
	const char *colon = strrchr(address, ':');
	uint16_t port;

	assert(i < stations_n);
	l->watch.fd = fd_listen_tcp(address, &port, e);
	if (l->watch.fd < 0)
		return -1;
	l->watch.on_event = on_listener;
	l->server = v;
	l->station = i;
	snprintf(l->address, sizeof(l->address), "%.*s:%u",
	    (int)(colon - address), address, port);
	if (watch(v->epoll, &l->watch, EPOLLIN) < 0)
		return err_sys(e, "epoll");
	return 0;
}

void
server_print_ports(const struct server *v, struct buf *b)
{
	size_t i, k;

	for (i = 0; i < stations_n; i++)
		for (k = 0; k < STATION_DEVICES &&
		     v->listeners[i].watch.fd >= 0; k++)
			if (stations[i].devices[k] != NULL)
				buf_printf(b, "%s %s\n", stations[i].devices[k],
				    v->listeners[i].address);
}

struct mono
server_flush(struct server *v, struct mono now)
{
	struct mono next = MONO_NEVER;
	struct client *c;
	size_t i;

	for (i = 0; i < SERVER_CLIENTS; i++) {
		c = &v->clients[i];
		if (c->watch.fd < 0 || c->held_n == 0)
			continue;
		if (client_flush(c, now) < 0) {
			client_close(c, false);
			continue;
		}
		rewatch(c);
		next = mono_first(next, client_due(c));
	}
	return next;
}
