/* SPDX-License-Identifier: ISC */
/*
 * bridge.h - carries bytes between the channel and the program's ends, both
 * ways, losing none.
 *
 * Towards the client one chunk is in our hands at a time: it is read from the
 * program only when the chunk before has left completely, libssh has nothing
 * queued and the client's window is open; from a terminal only while less
 * than 8 KiB are under way in TCP, else the operator of a slow line would
 * look at the past. It leaves in small packets: a client can use none of one
 * before it has all of it, and lines are slow. libssh writes short, or nothing, during a rekey: the
 * rest of the chunk stays.
 *
 * Towards the program a queue of ours is filled only when it is empty or
 * stays below BRIDGE_IN; what more arrives libssh keeps, and then it opens
 * the client's window no further. It would do so with every read from it
 * (ssh_channel_read), however much it keeps: so we read only when our queue
 * is empty, and then all. A window is 1.25 MiB; neither place ever holds
 * more, and a client that ignores its window is cut off.
 *
 * Uses the channel only from bridge_turn() and bridge_data(); never frees it.
 */
#ifndef SSH_BRIDGE_H
#define SSH_BRIDGE_H

#include <libssh/libssh.h>
#include <poll.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"
#include "ssh/starter.h"

#define BRIDGE_CHUNK 32768
#define BRIDGE_PIECE 2048	/* a packet: 2 s of a line of 1 kB/s */
#define BRIDGE_IN 65536
#define BRIDGE_FLOOD (4u << 20)	/* no fair client gets there */

struct bridge {
	ssh_session session;
	ssh_channel channel;
	int socket;
	struct starter_ends ends;
	bool terminal;
	bool eof;		/* the client sends no more */
	bool kept;		/* libssh has what our queue did not take */
	bool flooded;		/* it ignores its window */
	bool held;		/* too much under way; look again at again */
	struct mono again;
	int pause_ms;
	struct buf in;
	size_t in_from;		/* what stands before it is written */
	char chunk[BRIDGE_CHUNK];
	size_t from, to;
	bool chunk_is_err, err_next;
};

void bridge_init(struct bridge *b, ssh_session s, ssh_channel c, int socket);
void bridge_open(
    struct bridge *b, const struct starter_ends *ends, bool terminal);
void bridge_fini(struct bridge *b);
/* The data callback: how many of the bytes were taken. */
int bridge_data(struct bridge *b, const void *bytes, uint32_t n);
/* What to wait for, into p[3]; returns how many. *wake comes down to when a
 * turn is due anyway. */
unsigned bridge_polls(
    struct bridge *b, struct pollfd *p, struct mono *wake, struct mono now);
/* Moves what can be moved. -1: the client is gone or misbehaves. */
int bridge_turn(struct bridge *b, struct mono now);
/* A message of ours to the client's stderr, before or after the program. */
void bridge_say(struct bridge *b, const char *text);
/* The program's output has ended and has all been handed to libssh. */
bool bridge_drained(const struct bridge *b);
/* Nothing waits to leave: no output comes because there is none. */
bool bridge_is_idle(const struct bridge *b);
/* The program has ended: its input leads nowhere; output still comes. */
void bridge_ended(struct bridge *b);

#endif
