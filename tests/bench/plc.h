/* SPDX-License-Identifier: ISC */
/*
 * plc.h - a Modbus TCP server that costs as little as possible: holding
 * registers only (function 3), one thread, driven by the caller's poll().
 * It counts what it gave, so that a figure per value needs no word of ours.
 */
#ifndef BENCH_PLC_H
#define BENCH_PLC_H

#include <poll.h>
#include <stdint.h>

#include "base/err.h"

#define PLC_PEERS 8
#define PLC_POLLS (PLC_PEERS + 1)

struct plc_peer {
	int fd;			/* -1: free */
	unsigned n;
	uint8_t in[4096];
};

struct plc {
	int listener;
	uint16_t port;		/* on 127.0.0.1, the system's choice */
	uint16_t words[65536];
	unsigned percent;	/* of the words of each answer change first */
	uint32_t turn;
	uint64_t values;	/* registers given */
	struct plc_peer peer[PLC_PEERS];
};

int plc_open(struct plc *p, struct err *e);
void plc_close(struct plc *p);
/* Fills PLC_POLLS entries to wait for, and serves what became of them. */
void plc_poll(const struct plc *p, struct pollfd *at);
void plc_serve(struct plc *p, const struct pollfd *at);

#endif
