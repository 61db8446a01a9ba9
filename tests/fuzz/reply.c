/* SPDX-License-Identifier: ISC */
/*
 * What a device sends: frames of Modbus TCP and RTU, whole, cut, wrong.
 *
 * Input: how (bit 0: RTU frames, bits 1-3: requests outstanding less one,
 * bit 4: everything in one piece), one byte for each request (its function
 * and size), then the bytes from the device. In them 0xfe 0xfe stands for
 * "the transaction of the next request", so that an input can hit.
 */
#include <stdbool.h>
#include <string.h>

#include "field/frame.h"
#include "fuzz.h"
#include "model/plant.h"

#define MOST 8
#define UNIT 1

static void
ask(struct pdu *p, uint8_t what)
{
	static const uint16_t registers[125];
	unsigned n = 1 + (what >> 3) * 4u;

	switch (what & 7) {
	case 4:
		pdu_write_coil(p, 7, what & 8);
		break;
	case 5:
		pdu_write(p, 7, registers, n > 123 ? 123 : n);
		break;
	case 6:
		pdu_mask(p, 7, what >> 4, what & 8);
		break;
	default:
		pdu_read(p, what & 3, 7, (uint16_t)n);
	}
}

static void
check(const struct exchange *x, bool rtu)
{
	uint16_t content[2000];
	size_t head = rtu ? 1 : 7, tail = rtu ? 2 : 0;

	must(x->answered.us != 0 || x->verdict == VERDICT_LOST);
	if (x->verdict == VERDICT_EXCEPTION)
		must(x->exception != 0);
	if (x->verdict != VERDICT_GOOD)
		return;
	must(x->reply.n == pdu_reply_length(&x->request));
	must(x->n_reply_frame == head + x->reply.n + tail);
	must(x->reply_frame[head - 1] == UNIT);
	must(rtu || memcmp(x->reply_frame, x->request_frame, 2) == 0);
	if (x->request.at[0] <= PDU_READ_IR)
		pdu_content(&x->request, &x->reply, content);
}

/* Takes whole frames out; false when the connection would be closed. */
static bool
take(struct frames *in, bool rtu, struct exchange *x, unsigned n, unsigned *open)
{
	int rc;

	while (*open > 0 && (rc = frame_take(in, rtu, x, n)) != 0) {
		if (rc < 0)
			return false;
		(*open)--;
	}
	return *open > 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct exchange x[MOST];
	static struct frames in;
	unsigned n, i, open, marked = 0;
	bool rtu, whole;

	if (size < 2)
		return 0;
	rtu = data[0] & 1;
	n = rtu ? 1 : 1 + (data[0] >> 1 & 7);
	whole = data[0] & 16;
	if (size < 1 + n)
		return 0;
	for (i = 0; i < n; i++) {
		exchange_reset(&x[i]);
		ask(&x[i].request, data[1 + i]);
		if (rtu)
			frame_rtu(&x[i], UNIT);
		else
			frame_tcp(&x[i], UNIT, (uint16_t)(0xff00 + i));
	}
	open = n;
	in.n = 0;
	for (i = 1 + n; i < size && in.n < sizeof(in.at) - 1; i++) {
		in.at[in.n++] = data[i];
		if (!rtu && in.n >= 2 && in.at[in.n - 1] == 0xfe &&
		    in.at[in.n - 2] == 0xfe)
			memcpy(&in.at[in.n - 2],
			    x[marked++ % n].request_frame, 2);
		if (!whole && !take(&in, rtu, x, n, &open))
			break;
	}
	take(&in, rtu, x, n, &open);
	for (i = 0; i < n; i++)
		check(&x[i], rtu);
	return 0;
}
