/* SPDX-License-Identifier: ISC */
/*
 * sender.h - a batch of the outbox as messages to the core.
 *
 * Between two events, values go first and then the ALIVE stamps, so that a
 * stamp never says more than the values before it. Used by the main thread.
 */
#ifndef FIELD_SENDER_H
#define FIELD_SENDER_H

#include "field/outbox.h"

struct sender {
	int fd;			/* non-blocking */
	struct batch batch;
	size_t at, end;		/* the segment that is being sent */
	size_t next;		/* in this pass */
	uint8_t pass;
	size_t pending;		/* bytes of room that wait for the socket */
	uint8_t room[FD_MESSAGE_MAX];
};

void sender_init(struct sender *s, int fd);
void sender_fini(struct sender *s);
/* Everything of the batch was sent: another may be taken into s->batch. */
bool sender_idle(const struct sender *s);
/* 1: idle; 0: the socket is full; -1: the core is gone. */
int sender_pump(struct sender *s);

#endif
