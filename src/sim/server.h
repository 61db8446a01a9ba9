/* SPDX-License-Identifier: ISC */
/*
 * server.h - Modbus TCP in front of the simulated PLCs.
 *
 * One epoll loop, one thread. A client has a fixed buffer for what it sends
 * and a limit for what it does not fetch: past it its requests wait, nobody
 * else's do. When all SERVER_CLIENTS places are taken the one that was quiet
 * for longest makes room.
 */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include "base/buf.h"
#include "base/err.h"
#include "base/clock.h"
#include "sim/sim.h"

#define SERVER_CLIENTS 50

struct server;

/* record: a descriptor for record.h, or -1. epoll: where to watch. */
struct server *server_new(struct sim *s, int epoll, int record);
void server_free(struct server *v);
/* Listens for the i-th of stations (station.h) on "127.0.0.1:4502"; port 0 takes a free one. */
int server_listen(struct server *v, size_t i, const char *address,
    struct err *e);
/* "plc1 127.0.0.1:41233" for every PLC that is reachable. */
void server_print_ports(const struct server *v, struct buf *b);
/* Sends the answers that have waited long enough. When the next is due. */
struct mono server_flush(struct server *v, struct mono now);

#endif
