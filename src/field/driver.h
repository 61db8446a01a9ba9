/* SPDX-License-Identifier: ISC */
/*
 * driver.h - one transport of a line: how a PDU travels and comes back.
 *
 * A driver is used by one thread. It never repeats anything by itself, never
 * reconnects by itself and never believes a reply: what is not exactly the
 * answer to an outstanding request ends the connection (on a serial port:
 * empties it), so that no late reply can be taken for a later one's.
 *
 * driver_tcp: Modbus TCP, and RTU frames over TCP. Frames are our own: libmodbus
 * 3.1.6 takes a reply of another unit and a wrong echo of a write for good
 * ones, and its raw requests all have transaction 0.
 * driver_rtu: serial ports, through libmodbus.
 */
#ifndef FIELD_DRIVER_H
#define FIELD_DRIVER_H

#include "base/clock.h"
#include "base/err.h"
#include "field/pdu.h"
#include "model/plant.h"

#define FRAME_MAX 260
#define EXCHANGE_MOST 16	/* requests outstanding at once */

enum verdict {
	VERDICT_GOOD,
	VERDICT_EXCEPTION,	/* the device answered: no */
	VERDICT_TIMEOUT,	/* no complete answer in time */
	VERDICT_GARBAGE,	/* something that is no answer */
	VERDICT_LOST,		/* the connection ended */
	VERDICT_EXPIRED		/* not sent: not_after had passed */
};

/* One request and what became of it. */
struct exchange {
	struct pdu request;
	struct mono not_after;	/* tested immediately before the first byte */
	enum verdict verdict;
	uint8_t exception;	/* of VERDICT_EXCEPTION */
	struct pdu reply;	/* of VERDICT_GOOD */
	struct mono sent;	/* 0: no byte has left */
	struct mono answered;
	struct wall time;	/* of the reply (P22) */
	uint16_t n_request_frame, n_reply_frame;
	uint8_t request_frame[FRAME_MAX], reply_frame[FRAME_MAX];
};

struct driver {
	const struct driver_ops *ops;
};
struct driver_ops {
	/* -1 with e. */
	int (*open)(struct driver *d, const struct path *to,
	    struct span connect_timeout, struct err *e);
	bool (*is_open)(const struct driver *d);
	/* Sends n (1..EXCHANGE_MOST) requests to one unit and waits for all
	 * answers, each at most timeout long. */
	void (*exchange)(struct driver *d, uint8_t unit, struct exchange *x,
	    unsigned n, struct span timeout);
	void (*close)(struct driver *d);
	void (*free)(struct driver *d);
};

struct driver *driver_tcp_new(bool rtu_frames);
struct driver *driver_rtu_new(void);
/* The driver for this transport. */
struct driver *driver_new(enum transport t);

/* A request ready to be sent, with nothing known about it yet. */
void exchange_reset(struct exchange *x);
/* Takes a frame whose envelope (head and tail bytes) was right as the reply
 * that arrived now, and says what it is worth. */
void exchange_judge(struct exchange *x, const uint8_t *frame, size_t n,
    size_t head, size_t tail);

#endif
