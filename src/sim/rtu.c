/* SPDX-License-Identifier: ISC */
#include "sim/rtu.h"

#include <assert.h>
#include <string.h>

static uint16_t
checksum(const uint8_t *bytes, size_t n)
{
	uint16_t sum = 0xffff;
	int bit;

	for (; n > 0; n--, bytes++) {
		sum ^= *bytes;
		for (bit = 0; bit < 8; bit++)
			sum = (uint16_t)(sum & 1 ? sum >> 1 ^ 0xa001
						 : sum >> 1);
	}
	return sum;
}

bool
rtu_is_frame(const uint8_t *bytes, size_t n)
{
	/* the low byte of the checksum comes first */
	return n >= RTU_HEAD + 1 + RTU_TAIL && n <= RTU_FRAME &&
	    checksum(bytes, n - RTU_TAIL) ==
		(bytes[n - 2] | bytes[n - 1] << 8);
}

size_t
rtu_wrap(uint8_t frame[RTU_FRAME], uint8_t unit, const uint8_t *pdu, size_t n)
{
	uint16_t sum;

	assert(n <= MODBUS_PDU);
	frame[0] = unit;
	memcpy(frame + RTU_HEAD, pdu, n);
	sum = checksum(frame, RTU_HEAD + n);
	frame[RTU_HEAD + n] = (uint8_t)sum;
	frame[RTU_HEAD + n + 1] = (uint8_t)(sum >> 8);
	return RTU_HEAD + n + RTU_TAIL;
}
