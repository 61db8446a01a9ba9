/* SPDX-License-Identifier: ISC */
/*
 * frame.h - the envelopes of Modbus TCP and RTU, and whose answer a frame is.
 *
 * Pure, so that it can be fuzzed: bytes go into struct frames, frame_take()
 * takes whole frames out and gives each to the request that it answers.
 */
#ifndef FIELD_FRAME_H
#define FIELD_FRAME_H

#include "field/driver.h"

struct frames {
	size_t n;
	uint8_t at[FRAME_MAX * EXCHANGE_MOST];
};

/* Puts the request of x into its envelope, x->request_frame. */
void frame_tcp(struct exchange *x, uint8_t unit, uint16_t transaction);
void frame_rtu(struct exchange *x, uint8_t unit);

/*
 * Takes the first frame. 1: it answers one of x[0..n), which has its verdict
 * now; 0: it is not complete; -1: it is no answer to any of them. RTU frames
 * answer x[0]: nothing in them tells more than unit and function.
 */
int frame_take(
    struct frames *in, bool rtu, struct exchange *x, unsigned n);

#endif
