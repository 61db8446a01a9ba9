/* SPDX-License-Identifier: ISC */
#include "field/pdu.h"

#include <assert.h>
#include <string.h>

#include "model/plant.h"

static void
add_u16(struct pdu *p, uint16_t n)
{
	p->at[p->n++] = (uint8_t)(n >> 8);
	p->at[p->n++] = (uint8_t)n;
}

static uint16_t
u16_at(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static void
begin(struct pdu *p, enum pdu_function f, uint16_t address)
{
	p->n = 0;
	p->at[p->n++] = (uint8_t)f;
	add_u16(p, address);
}

void
pdu_read(struct pdu *p, unsigned space, uint16_t first, uint16_t count)
{
	static const uint8_t functions[] = {
		[SPACE_COIL] = PDU_READ_COILS,
		[SPACE_DI] = PDU_READ_DI,
		[SPACE_IR] = PDU_READ_IR,
		[SPACE_HR] = PDU_READ_HR,
	};
	bool bits = space == SPACE_COIL || space == SPACE_DI;

	assert(space <= SPACE_HR && count >= 1);
	assert(count <= (bits ? PDU_READ_BITS : PDU_READ_REGISTERS));
	assert(first + count <= 65536);
	begin(p, functions[space], first);
	add_u16(p, count);
}

void
pdu_write_coil(struct pdu *p, uint16_t address, bool on)
{
	begin(p, PDU_WRITE_COIL, address);
	add_u16(p, on ? 0xff00 : 0);
}

void
pdu_write(struct pdu *p, uint16_t first, const uint16_t *registers, unsigned n)
{
	unsigned i;

	assert(n >= 1 && n <= PDU_WRITE_REGISTERS && first + n <= 65536);
	if (n == 1) {
		begin(p, PDU_WRITE_HR, first);
		add_u16(p, registers[0]);
		return;
	}
	begin(p, PDU_WRITE_HRS, first);
	add_u16(p, (uint16_t)n);
	p->at[p->n++] = (uint8_t)(2 * n);
	for (i = 0; i < n; i++)
		add_u16(p, registers[i]);
}

void
pdu_mask(struct pdu *p, uint16_t address, unsigned bit, bool on)
{
	assert(bit < 16);
	begin(p, PDU_MASK_HR, address);
	add_u16(p, (uint16_t)~(1u << bit));
	add_u16(p, (uint16_t)((on ? 1u : 0u) << bit));
}

static size_t
read_bytes(const struct pdu *request)
{
	uint16_t count = u16_at(request->at + 3);
	bool bits = request->at[0] == PDU_READ_COILS ||
	    request->at[0] == PDU_READ_DI;

	return bits ? (count + 7u) / 8 : 2u * count;
}

static bool
is_read(const struct pdu *request)
{
	return request->at[0] <= PDU_READ_IR;
}

size_t
pdu_reply_length(const struct pdu *request)
{
	if (is_read(request))
		return 2 + read_bytes(request);
	return request->at[0] == PDU_WRITE_HRS ? 5 : request->n;
}

enum pdu_answer
pdu_judge(
    const struct pdu *request, const struct pdu *reply, uint8_t *exception)
{
	size_t n = pdu_reply_length(request);

	if (reply->n == 2 && reply->at[0] == (request->at[0] | 0x80)) {
		*exception = reply->at[1];
		return reply->at[1] != 0 ? PDU_EXCEPTION : PDU_BAD;
	}
	if (reply->n != n || reply->at[0] != request->at[0])
		return PDU_BAD;
	if (is_read(request))
		return reply->at[1] == read_bytes(request) ? PDU_GOOD : PDU_BAD;
	return memcmp(reply->at, request->at, n) == 0 ? PDU_GOOD : PDU_BAD;
}

void
pdu_content(const struct pdu *request, const struct pdu *reply, uint16_t *to)
{
	uint16_t i, count = u16_at(request->at + 3);
	const uint8_t *from = reply->at + 2;

	assert(is_read(request) && reply->n == pdu_reply_length(request));
	if (request->at[0] == PDU_READ_COILS || request->at[0] == PDU_READ_DI) {
		for (i = 0; i < count; i++)
			to[i] = from[i / 8] >> (i % 8) & 1;
	} else {
		for (i = 0; i < count; i++)
			to[i] = u16_at(from + 2 * i);
	}
}

const char *
pdu_exception_name(uint8_t code)
{
	static const char *const names[] = {
		[1] = "illegal function",
		[2] = "illegal data address",
		[3] = "illegal data value",
		[4] = "device failure",
		[5] = "acknowledge",
		[6] = "device busy",
		[7] = "negative acknowledge",
		[8] = "memory parity error",
		[10] = "gateway path unavailable",
		[11] = "gateway: no answer from the device",
	};

	if (code < sizeof(names) / sizeof(names[0]) && names[code] != NULL)
		return names[code];
	return "unknown exception";
}
