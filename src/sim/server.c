/* SPDX-License-Identifier: ISC */
#include "sim/server.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "sim/client.h"
#include "sim/modbus.h"
#include "sim/record.h"

/* A line: an address and the devices behind it. */
static const struct {
	const char *address;		/* where it is if nobody says */
	const char *plcs[3];		/* names; alone it takes unit 0, 255 */
} stations[] = {
	{ "127.0.0.1:4502", { "plc1" } },
	{ "127.0.0.1:4503", { "plc2a", "plc2b" } },
};
#define STATIONS (sizeof(stations) / sizeof(stations[0]))

struct listener {
	struct watch watch;		/* first */
	struct server *server;
	size_t station;
	char address[80];		/* where it really listens */
};

struct server {
	struct sim *sim;
	int epoll, record;
	struct listener listeners[STATIONS];
	struct client clients[SERVER_CLIENTS];
};

size_t
server_stations(void)
{
	return STATIONS;
}

const char *
server_address(size_t i)
{
	assert(i < STATIONS);
	return stations[i].address;
}

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

/* The index of the PLC that answers to unit, or -1. */
static int
route(const struct server *v, size_t station, uint8_t unit)
{
	const char *const *names = stations[station].plcs;
	size_t i;
	int plc;

	for (i = 0; i < 3 && names[i] != NULL; i++) {
		plc = sim_plc_find(v->sim, names[i]);
		if (v->sim->plcs[plc].make->unit == unit ||
		    ((unit == 0 || unit == 255) && names[1] == NULL))
			return plc;
	}
	return -1;
}

static void
record(const struct server *v, const char *name, const uint8_t *frame, size_t n)
{
	struct modbus_write w;
	struct err e;

	if (v->record < 0 ||
	    !modbus_parse_write(
		frame + MODBUS_HEADER, n - MODBUS_HEADER, &w))
		return;
	if (record_add(v->record, clock_wall(), name, frame[6], &w, &e) < 0)
		fatal("%s", e.text);	/* evidence with gaps is none */
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

static bool
strikes(struct server *v, const struct fault *f)
{
	return rng_unit(&v->sim->rng) < f->share;
}

static void
scramble(struct server *v, uint8_t *from, const uint8_t *end)
{
	for (; from < end; from++)
		*from = (uint8_t)rng_next(&v->sim->rng);
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
		scramble(v, answer + MODBUS_HEADER + 2, answer + n);
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

	scramble(v, all ? answer : pdu, answer + n);
	if (pdu[0] == function && pdu[1] == length)
		pdu[1] ^= 1;
}

/* Spoils an answer; returns its length, 0 if nothing is to be sent. */
static size_t
spoil(struct server *v, const struct fault *f, uint8_t *answer, size_t n)
{
	switch (f->kind) {
	case FAULT_DROP:
		return strikes(v, f) ? 0 : n;
	case FAULT_WRONG_ID:
		if (strikes(v, f))
			misdirect(v, answer, n);
		return n;
	case FAULT_GARBAGE:
		if (strikes(v, f))
			garble(v, answer, n);
		return n;
	default:
		return n;
	}
}

/* Whether the request is carried out at all under this fault. */
static bool
reaches(const struct fault *f)
{
	return f->kind != FAULT_SILENT && f->kind != FAULT_RESET;
}

/* Answers one frame; -1 if the connection has to be reset. */
static int
on_frame(struct client *c, const uint8_t *frame, size_t n, struct mono now)
{
	static const struct fault none = { FAULT_NONE };
	struct server *v = c->server;
	int plc = route(v, c->station, frame[6]);
	const struct fault *f = plc >= 0 ? &v->sim->faults[plc] : &none;
	uint8_t answer[MODBUS_FRAME];
	size_t m;

	record(v, plc >= 0 ? v->sim->plcs[plc].make->name : "-", frame, n);
	if (!reaches(f))
		return f->kind == FAULT_RESET ? -1 : 0;
	if (f->kind == FAULT_EXCEPTION && strikes(v, f))
		m = modbus_exception(frame[7], (enum plc_answer)f->code,
		    answer + MODBUS_HEADER);
	else
		m = modbus_serve(plc >= 0 ? &v->sim->plcs[plc] : NULL,
		    frame + MODBUS_HEADER, n - MODBUS_HEADER,
		    answer + MODBUS_HEADER);
	m = spoil(v, f, answer, envelope(answer, frame, m));
	if (m > 0)
		client_answer(c, now,
		    f->kind == FAULT_LATE ? mono_add(now, f->late) : now,
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
	for (i = 0; i < SERVER_CLIENTS; i++)
		v->clients[i].watch.fd = -1;
	for (i = 0; i < STATIONS; i++)
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
	for (i = 0; i < STATIONS; i++)
		fd_close(&v->listeners[i].watch.fd);
	free(v);
}

int
server_listen(struct server *v, size_t i, const char *address, struct err *e)
{
	struct listener *l = &v->listeners[i];
	const char *colon = strrchr(address, ':');
	uint16_t port;

	assert(i < STATIONS);
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

int
server_write_ports(const struct server *v, const char *path, struct err *e)
{
	struct buf b = { 0 };
	size_t i, k;
	int rc;

	for (i = 0; i < STATIONS; i++)
		for (k = 0; k < 3 && v->listeners[i].watch.fd >= 0; k++)
			if (stations[i].plcs[k] != NULL)
				buf_printf(&b, "%s %s\n", stations[i].plcs[k],
				    v->listeners[i].address);
	rc = fd_write_file(path, buf_string(&b), b.len, 0644, e);
	buf_free(&b);
	return rc;
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
