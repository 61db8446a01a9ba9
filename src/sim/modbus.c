/* SPDX-License-Identifier: ISC */
#include "sim/modbus.h"

#include <string.h>

static unsigned
get16(const uint8_t *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static void
put16(uint8_t *at, unsigned v)
{
	at[0] = (uint8_t)(v >> 8);
	at[1] = (uint8_t)v;
}

int
modbus_frame(const uint8_t *bytes, size_t n)
{
	unsigned length;

	if (n >= 4 && get16(bytes + 2) != 0)
		return -1;
	if (n < 6)
		return 0;
	length = get16(bytes + 4);	/* unit and PDU */
	if (length < 2 || length > MODBUS_PDU + 1)
		return -1;
	return n >= 6 + length ? (int)(6 + length) : 0;
}

size_t
modbus_exception(
    uint8_t function, enum plc_answer code, uint8_t answer[MODBUS_PDU])
{
	answer[0] = function | 0x80;
	answer[1] = (uint8_t)code;
	return 2;
}

static size_t
read_bits(struct plc *p, enum map_space space, const uint8_t *pdu, size_t n,
    uint8_t *answer)
{
	uint16_t bits[MODBUS_READ_BITS];
	unsigned i, first, count;
	enum plc_answer rc;

	count = n == 5 ? get16(pdu + 3) : 0;
	if (count < 1 || count > MODBUS_READ_BITS)
		return modbus_exception(pdu[0], PLC_BAD_VALUE, answer);
	first = get16(pdu + 1);
	rc = plc_read(p, space, first, count, bits);
	if (rc != PLC_OK)
		return modbus_exception(pdu[0], rc, answer);
	answer[0] = pdu[0];
	answer[1] = (uint8_t)((count + 7) / 8);
	memset(answer + 2, 0, answer[1]);
	for (i = 0; i < count; i++)
		if (bits[i])
			answer[2 + i / 8] |= (uint8_t)(1u << i % 8);
	return 2u + answer[1];
}

static size_t
read_registers(struct plc *p, enum map_space space, const uint8_t *pdu,
    size_t n, uint8_t *answer)
{
	uint16_t words[MODBUS_READ_REGS];
	unsigned i, count = n == 5 ? get16(pdu + 3) : 0;
	enum plc_answer rc;

	if (count < 1 || count > MODBUS_READ_REGS)
		return modbus_exception(pdu[0], PLC_BAD_VALUE, answer);
	rc = plc_read(p, space, get16(pdu + 1), count, words);
	if (rc != PLC_OK)
		return modbus_exception(pdu[0], rc, answer);
	answer[0] = pdu[0];
	answer[1] = (uint8_t)(2 * count);
	for (i = 0; i < count; i++)
		put16(answer + 2 + 2 * i, words[i]);
	return 2u + answer[1];
}

static int
parse_single(const uint8_t *pdu, size_t n, struct modbus_write *w)
{
	if (n != 5)
		return 0;
	w->n = 1;
	w->values[0] = (uint16_t)get16(pdu + 3);
	if (w->function != 5)
		return 1;
	if (w->values[0] != 0 && w->values[0] != 0xff00)
		return 0;
	w->values[0] = w->values[0] != 0;
	return 1;
}

static int
parse_many(const uint8_t *pdu, size_t n, struct modbus_write *w)
{
	unsigned i, most, bytes;

	if (n < 7)
		return 0;
	w->n = get16(pdu + 3);
	most = w->function == 15 ? MODBUS_WRITE_BITS : MODBUS_WRITE_REGS;
	bytes = w->function == 15 ? (w->n + 7) / 8 : 2 * w->n;
	if (w->n < 1 || w->n > most || pdu[5] != bytes || n != 6 + bytes)
		return 0;
	for (i = 0; i < w->n; i++)
		w->values[i] = w->function == 15
		    ? pdu[6 + i / 8] >> i % 8 & 1
		    : (uint16_t)get16(pdu + 6 + 2 * i);
	return 1;
}

int
modbus_parse_write(const uint8_t *pdu, size_t n, struct modbus_write *w)
{
	if (n < 5)
		return 0;
	w->function = pdu[0];
	w->address = (uint16_t)get16(pdu + 1);
	switch (w->function) {
	case 5:
	case 6:
		return parse_single(pdu, n, w);
	case 15:
	case 16:
		return parse_many(pdu, n, w);
	case 22:
		w->n = 2;
		w->values[0] = (uint16_t)get16(pdu + 3);
		w->values[1] = n == 7 ? (uint16_t)get16(pdu + 5) : 0;
		return n == 7;
	default:
		return 0;
	}
}

static enum plc_answer
mask_write(struct plc *p, const struct modbus_write *w)
{
	uint16_t word;
	enum plc_answer rc = plc_read(p, MAP_HR, w->address, 1, &word);

	if (rc != PLC_OK)
		return rc;
	word = (uint16_t)((word & w->values[0]) |
	    (w->values[1] & ~w->values[0]));
	return plc_write(p, MAP_HR, w->address, 1, &word);
}

static size_t
write_any(struct plc *p, const uint8_t *pdu, size_t n, uint8_t *answer)
{
	struct modbus_write w;
	enum map_space space = pdu[0] == 5 || pdu[0] == 15 ? MAP_COIL : MAP_HR;
	enum plc_answer rc = PLC_BAD_VALUE;

	if (modbus_parse_write(pdu, n, &w))
		rc = w.function == 22
		    ? mask_write(p, &w)
		    : plc_write(p, space, w.address, w.n, w.values);
	if (rc != PLC_OK)
		return modbus_exception(pdu[0], rc, answer);
	/* The answer repeats the request, without the data of 15 and 16. */
	n = pdu[0] == 22 ? 7 : 5;
	memcpy(answer, pdu, n);
	return n;
}

size_t
modbus_serve(struct plc *p, const uint8_t *pdu, size_t n,
    uint8_t answer[MODBUS_PDU])
{
	if (p == NULL)
		return modbus_exception(pdu[0], PLC_NO_TARGET, answer);
	switch (pdu[0]) {
	case 1:
		return read_bits(p, MAP_COIL, pdu, n, answer);
	case 2:
		return read_bits(p, MAP_DI, pdu, n, answer);
	case 3:
		return read_registers(p, MAP_HR, pdu, n, answer);
	case 4:
		return read_registers(p, MAP_IR, pdu, n, answer);
	case 5:
	case 6:
	case 15:
	case 16:
	case 22:
		return write_any(p, pdu, n, answer);
	default:
		return modbus_exception(pdu[0], PLC_BAD_FUNCTION, answer);
	}
}
