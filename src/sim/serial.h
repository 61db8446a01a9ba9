/* SPDX-License-Identifier: ISC */
/*
 * serial.h - the plant's serial line: a pseudo terminal with devices on it.
 *
 * Half duplex, as two wires are: a frame ends by silence; one whose checksum
 * is wrong, or which names a unit that is not there, gets no answer; what
 * comes while a device answers is lost. The answer goes out no faster than
 * 9600 baud would carry request and answer. A master with another baud rate
 * is not understood. Real time, whatever the plant's speed.
 */
#ifndef SIM_SERIAL_H
#define SIM_SERIAL_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "sim/sim.h"

struct serial;

/* link becomes a symbolic link to the master's end, which leads nowhere once
 * this process has ended; one that is there is replaced, another file is not.
 * record: a descriptor of received.h, or -1. */
struct serial *serial_new(
    struct sim *s, int epoll, int record, const char *link, struct err *e);
void serial_free(struct serial *l);
/* "hill rtu:LINK:9600:8N1" for every device on it, as a server's line has it. */
void serial_print_ports(const struct serial *l, struct buf *b);
/* Takes what silence has ended and sends what is due. When to call again. */
struct mono serial_flush(struct serial *l, struct mono now);

#endif
