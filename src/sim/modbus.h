/* SPDX-License-Identifier: ISC */
/*
 * modbus.h - Modbus requests and answers, as bytes.
 *
 * Pure: bytes in, bytes out, and a PLC between. Everything about a request is
 * checked before the PLC is touched: a length that does not fit its function
 * or its own byte count is exception 3, an unknown function 1.
 * Functions 1 2 3 4 5 6 15 16 22.
 */
#ifndef SIM_MODBUS_H
#define SIM_MODBUS_H

#include <stddef.h>
#include <stdint.h>

#include "sim/plc.h"

#define MODBUS_HEADER	 7	/* MBAP: transaction, protocol, length, unit */
#define MODBUS_PDU	 253
#define MODBUS_FRAME	 (MODBUS_HEADER + MODBUS_PDU)
#define MODBUS_READ_BITS 2000
#define MODBUS_READ_REGS 125
#define MODBUS_WRITE_BITS 1968
#define MODBUS_WRITE_REGS 123

/* A write as it arrived, whatever becomes of it. */
struct modbus_write {
	uint8_t function;
	uint16_t address;
	unsigned n;			/* values; function 22: and, or */
	uint16_t values[MODBUS_WRITE_BITS];
};

/*
 * The length of the frame that starts at bytes, 0 if more bytes are needed to
 * know, -1 if it can be no frame (protocol, length): there is no way to find
 * the next one, so the connection has to go.
 */
int modbus_frame(const uint8_t *bytes, size_t n);
/* 1 and *w if the PDU is a well-formed write, else 0. */
int modbus_parse_write(
    const uint8_t *pdu, size_t n, struct modbus_write *w);
/* Carries the request out; the answer's length. p NULL: no such unit. */
size_t modbus_serve(struct plc *p, const uint8_t *pdu, size_t n,
    uint8_t answer[MODBUS_PDU]);
size_t modbus_exception(
    uint8_t function, enum plc_answer code, uint8_t answer[MODBUS_PDU]);

#endif
