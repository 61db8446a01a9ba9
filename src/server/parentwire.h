/* SPDX-License-Identifier: ISC */
/*
 * parentwire.h - what parent and core say to each other over their socketpair:
 * one byte, then as listed. The parent parses nothing else in its life.
 */
#ifndef SERVER_PARENTWIRE_H
#define SERVER_PARENTWIRE_H

enum parent_message {
	/* parent to core */
	PARENT_PATH = 'P',	/* descriptor: the listening path socket */
	PARENT_FIELD = 'F',	/* descriptor: a fresh channel to field */
	PARENT_FRONT = 'S',	/* descriptor: a fresh channel to the SSH front */
	PARENT_PING = 'p',	/* answer it */
	PARENT_STOP = 'q',	/* end in order */
	PARENT_CHILD = 'c',	/* u8 restarts in the last minute, u8 degraded,
				 * then the child's name */
	PARENT_LISTEN = 'l',	/* the address where the front listens; empty:
				 * it does not */
	/* core to parent */
	PARENT_READY = 'r',	/* loaded: clients are answered from now on */
	PARENT_PONG = 'o',	/* u8 1 if all threads are alive */
	PARENT_LOGINS = 'u'	/* u8 1: some user can log in over SSH */
};

#endif
