/* SPDX-License-Identifier: ISC */
/*
 * outbox.h - what the line threads have to say, in order, until the main
 * thread has sent it to the core.
 *
 * One mutex. A line thread opens the outbox once per reply, adds, and closes;
 * the main thread takes everything at once and encodes it without the mutex.
 * The bound is 4 entries per tag: above it a newer value of the same quality
 * takes the place of the older one of its tag, and is counted. Events (states,
 * results, marks) and changes of quality are never merged. Should the core not
 * read at all, the line threads wait at four times the bound: they stop
 * polling, nothing is lost.
 */
#ifndef FIELD_OUTBOX_H
#define FIELD_OUTBOX_H

#include <pthread.h>

#include "wire/fieldwire.h"

enum entry_kind {
	ENTRY_NONE,	/* merged away */
	ENTRY_VALUE,	/* id is a slot */
	ENTRY_ALIVE,	/* id is a block; value.time counts */
	ENTRY_EVENT	/* a message as it will be sent */
};
struct entry {
	uint8_t kind;
	uint32_t plan, id;
	struct value value;	/* a text is its own copy */
	uint8_t *bytes;		/* of an event */
	uint32_t n_bytes;
};
struct batch {
	struct entry *at;
	size_t n, cap;
	size_t live;		/* without ENTRY_NONE */
};

struct outbox;

/* wake is called, without the mutex held, when the first entry comes into an
 * empty outbox and at each event. */
struct outbox *outbox_new(void (*wake)(void *), void *context);
void outbox_free(struct outbox *o);
/* The bound follows from the slots; they only grow. Called at START. */
void outbox_slots(struct outbox *o, uint32_t slots, uint32_t blocks);

/* A line waits while the outbox is full to the brim; the main thread, which
 * empties it, does not. */
void outbox_open(struct outbox *o);
void outbox_open_now(struct outbox *o);
void outbox_close(struct outbox *o);
/* Between open and close. */
void outbox_value(
    struct outbox *o, uint32_t plan, uint32_t slot, const struct value *v);
void outbox_alive(
    struct outbox *o, uint32_t plan, uint32_t block, struct wall t);
void outbox_event(struct outbox *o, const struct put *message);
void outbox_knock(struct outbox *o);	/* only wakes */

/* Moves everything into b, whose old content must be gone. */
void outbox_take(struct outbox *o, struct batch *b);
void batch_clear(struct batch *b);	/* frees what the entries own */
void batch_free(struct batch *b);
/* Since the start; entries now waiting. */
uint64_t outbox_merged(struct outbox *o);
size_t outbox_waiting(struct outbox *o);
/* Nobody waits in outbox_open() any more: the process ends. */
void outbox_shut(struct outbox *o);

#endif
