/* SPDX-License-Identifier: ISC */
/*
 * frontwire.h - how sightglass-sshd hangs on its parent and on the core.
 *
 * The parent starts sightglass-sshd with descriptor FRONT_PARENT, one end of
 * a SOCK_SEQPACKET pair, and sends messages of one byte, each with one
 * descriptor attached (fd_send). Its end closed means: listen no more and
 * end; connections that live go on without the listener.
 *
 *	FRONT_LISTEN	a listening TCP socket; as many as there are
 *	FRONT_CORE	the front's channel to the core, one end of a fresh
 *			SOCK_SEQPACKET pair; it replaces the one before, which
 *			is dead since the core was restarted
 *
 * On the channel the front sends FRONT_ASK, once for each connection that it
 * accepted, and the core answers in the same order: FRONT_ASK with a fresh
 * descriptor that may say LOGIN once (message.h), or FRONT_ASK without one
 * if it wants no further connection. Unanswered questions die with the
 * channel and are asked again on the next.
 *
 * Hand-over of a session. The connection's process says HELLO, reads
 * GREETING, may PROBE, says LOGIN and reads WELCOME; then it reads nothing
 * more. The descriptor becomes FRONT_SESSION of the program that it starts,
 * which says HELLO for itself and gets GREETING and WELCOME of that session.
 */
#ifndef WIRE_FRONTWIRE_H
#define WIRE_FRONTWIRE_H

#define FRONT_PARENT 3		/* in sightglass-sshd */
#define FRONT_SESSION 3		/* in sightglass-console and sightglass */

enum front_order {		/* parent to front */
	FRONT_LISTEN = 1,
	FRONT_CORE = 2
};

#define FRONT_ASK 'C'		/* front to core, and back */

#endif
