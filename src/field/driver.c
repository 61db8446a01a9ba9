/* SPDX-License-Identifier: ISC */
#include "field/driver.h"

#include <string.h>

struct driver *
driver_new(enum transport t)
{
	switch (t) {
	case TRANSPORT_TCP:
		return driver_tcp_new(false);
	case TRANSPORT_RTU_TCP:
		return driver_tcp_new(true);
	case TRANSPORT_RTU:
		break;
	}
	return driver_rtu_new();
}

void
exchange_reset(struct exchange *x)
{
	x->not_after = MONO_NEVER;
	x->verdict = VERDICT_LOST;
	x->exception = 0;
	x->reply.n = 0;
	x->sent = x->answered = (struct mono){ 0 };
	x->time = (struct wall){ 0 };
	x->n_request_frame = x->n_reply_frame = 0;
}

void
exchange_judge(struct exchange *x, const uint8_t *frame, size_t n, size_t head,
    size_t tail)
{
	x->answered = clock_mono();
	x->time = clock_wall();
	x->n_reply_frame = (uint16_t)n;
	memcpy(x->reply_frame, frame, n);
	x->reply.n = (uint8_t)(n - head - tail);
	memcpy(x->reply.at, frame + head, x->reply.n);
	switch (pdu_judge(&x->request, &x->reply, &x->exception)) {
	case PDU_GOOD:
		x->verdict = VERDICT_GOOD;
		break;
	case PDU_EXCEPTION:
		x->verdict = VERDICT_EXCEPTION;
		break;
	case PDU_BAD:
		x->verdict = VERDICT_GARBAGE;
	}
}
