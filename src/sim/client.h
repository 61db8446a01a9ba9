/* SPDX-License-Identifier: ISC */
/*
 * client.h - one Modbus TCP connection: bytes in, answers out, in order.
 *
 * An answer may be held until a time (a late device); those behind it wait,
 * as they do in a device that works on one request after the other.
 */
#ifndef SIM_CLIENT_H
#define SIM_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "sim/modbus.h"
#include "sim/watch.h"

#define CLIENT_HELD 32		/* answers that wait for their time */
#define CLIENT_OUT  32768	/* bytes not fetched: no more requests read */

struct held {
	struct mono due;
	size_t n;
	uint8_t bytes[MODBUS_FRAME];
};

struct client {
	struct watch watch;		/* first; fd -1: the place is free */
	struct server *server;
	size_t station;
	struct mono heard;		/* last complete request */
	uint8_t in[2 * MODBUS_FRAME];
	size_t in_n;
	struct buf out;
	struct held held[CLIENT_HELD];	/* a ring */
	unsigned held_first, held_n;
	uint32_t wanted;		/* what epoll was told */
};

void client_init(struct client *c, struct server *v, int fd, size_t station,
    struct mono now);
/* reset: the peer gets RST instead of an orderly end. */
void client_close(struct client *c, bool reset);
/* Reads what is there. -1 if the connection is over. */
int client_read(struct client *c);
/* The next complete frame, still in c->in; 0 none, -1 no frame at all. */
int client_frame(const struct client *c);
void client_drop_frame(struct client *c, size_t n);
/* Queues an answer for due, at once if that is not after now and nothing
 * waits before it; when too many wait it is lost. */
void client_answer(struct client *c, struct mono now, struct mono due,
    const uint8_t *bytes, size_t n);
/* Writes what is due. -1 if the connection is over. */
int client_flush(struct client *c, struct mono now);
/* When its next held answer is due, or MONO_NEVER. */
struct mono client_due(const struct client *c);
bool client_is_full(const struct client *c);

#endif
