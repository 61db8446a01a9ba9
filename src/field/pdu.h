/* SPDX-License-Identifier: ISC */
/*
 * pdu.h - Modbus requests and the judgement of their replies. Pure.
 *
 * A PDU is function code and data, without the envelope of the transport
 * (unit, transaction, checksum), which driver_*.c adds and checks. Everything
 * that comes from a device is hostile: a reply is an answer only if function,
 * length, byte count and echo are exactly what the request demands.
 */
#ifndef FIELD_PDU_H
#define FIELD_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PDU_MAX 253
#define PDU_READ_REGISTERS 125
#define PDU_READ_BITS 2000
#define PDU_WRITE_REGISTERS 123

enum pdu_function {
	PDU_READ_COILS = 1,
	PDU_READ_DI = 2,
	PDU_READ_HR = 3,
	PDU_READ_IR = 4,
	PDU_WRITE_COIL = 5,
	PDU_WRITE_HR = 6,
	PDU_WRITE_HRS = 16,
	PDU_MASK_HR = 22
};

struct pdu {
	uint8_t n;
	uint8_t at[PDU_MAX];
};

/* space is the model's enum space; count registers or bits. */
void pdu_read(struct pdu *p, unsigned space, uint16_t first, uint16_t count);
void pdu_write_coil(struct pdu *p, uint16_t address, bool on);
/* One register is function 6, more are 16; n is 1..123. */
void pdu_write(
    struct pdu *p, uint16_t first, const uint16_t *registers, unsigned n);
/* Function 22: sets bit of the register to on, leaves the others. */
void pdu_mask(struct pdu *p, uint16_t address, unsigned bit, bool on);

enum pdu_answer {
	PDU_GOOD,
	PDU_EXCEPTION,	/* the device said no; *exception is its code */
	PDU_BAD		/* not an answer to this request */
};
enum pdu_answer pdu_judge(
    const struct pdu *request, const struct pdu *reply, uint8_t *exception);
/* The bytes that a good reply to this request has. */
size_t pdu_reply_length(const struct pdu *request);
/* The content of a good reply to a read: count registers, or bits as 0 and 1,
 * where count is what the request asked for. */
void pdu_content(
    const struct pdu *request, const struct pdu *reply, uint16_t *to);
/* "illegal data address" */
const char *pdu_exception_name(uint8_t code);

#endif
