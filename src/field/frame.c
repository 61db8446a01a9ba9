/* SPDX-License-Identifier: ISC */
#include "field/frame.h"

#include <string.h>

#define MBAP 7			/* transaction, protocol, length, unit */
#define RTU_MORE 3		/* unit in front, checksum behind */

static uint16_t
checksum(const uint8_t *at, size_t n)
{
	uint16_t crc = 0xffff;
	size_t i;
	int bit;

	for (i = 0; i < n; i++) {
		crc ^= at[i];
		for (bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1);
	}
	return crc;
}

void
frame_rtu(struct exchange *x, uint8_t unit)
{
	size_t n = 1u + x->request.n;
	uint16_t crc;

	x->request_frame[0] = unit;
	memcpy(x->request_frame + 1, x->request.at, x->request.n);
	crc = checksum(x->request_frame, n);
	x->request_frame[n] = (uint8_t)crc;
	x->request_frame[n + 1] = (uint8_t)(crc >> 8);
	x->n_request_frame = (uint16_t)(n + 2);
}

void
frame_tcp(struct exchange *x, uint8_t unit, uint16_t transaction)
{
	uint8_t *f = x->request_frame;

	f[0] = (uint8_t)(transaction >> 8);
	f[1] = (uint8_t)transaction;
	f[2] = f[3] = 0;
	f[4] = 0;
	f[5] = (uint8_t)(x->request.n + 1);
	f[6] = unit;
	memcpy(f + MBAP, x->request.at, x->request.n);
	x->n_request_frame = (uint16_t)(MBAP + x->request.n);
}

/* The length of the first frame in in->at; 0: not known yet; -1: garbage. */
static int
tcp_frame_length(const struct frames *in)
{
	unsigned length;

	if (in->n < 6)
		return 0;
	length = (unsigned)in->at[4] << 8 | in->at[5];
	if (in->at[2] != 0 || in->at[3] != 0 || length < 3 ||
	    length > PDU_MAX + 1)
		return -1;
	return (int)length + 6;
}

static int
rtu_frame_length(const struct frames *in, const struct exchange *x)
{
	if (in->n < 2)
		return 0;
	if (in->at[1] & 0x80)
		return 2 + RTU_MORE;
	return (int)pdu_reply_length(&x->request) + RTU_MORE;
}

/* The outstanding request that this frame answers, or NULL. */
static struct exchange *
find_request(const struct frames *in, struct exchange *x, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++) {
		if (x[i].answered.us == 0 && x[i].request_frame[0] == in->at[0] &&
		    x[i].request_frame[1] == in->at[1])
			return x[i].request_frame[6] == in->at[6] ? &x[i] : NULL;
	}
	return NULL;
}

static struct exchange *
rtu_request(const struct frames *in, struct exchange *x, size_t length)
{
	uint16_t crc = checksum(in->at, length - 2);

	if (in->at[0] != x->request_frame[0] || in->at[length - 2] != (crc & 255) ||
	    in->at[length - 1] != crc >> 8)
		return NULL;
	return x;
}

/* Takes the first frame of t->in. 1: taken; 0: not complete; -1: garbage. */
int
frame_take(struct frames *in, bool rtu, struct exchange *x, unsigned n)
{
	int length = rtu ? rtu_frame_length(in, x) : tcp_frame_length(in);
	struct exchange *of;

	if (length <= 0 || in->n < (size_t)length)
		return length < 0 ? -1 : 0;
	of = rtu ? rtu_request(in, x, (size_t)length)
		    : find_request(in, x, n);
	if (of == NULL)
		return -1;
	exchange_judge(
	    of, in->at, (size_t)length, rtu ? 1 : MBAP, rtu ? 2 : 0);
	in->n -= (size_t)length;
	memmove(in->at, in->at + length, in->n);
	return of->verdict == VERDICT_GARBAGE ? -1 : 1;
}

