/* SPDX-License-Identifier: ISC */
/*
 * peer.h - a descriptor of a client. What it may say depends on where it
 * came from: from the SSH front it may LOGIN once, by key or password; from the path socket only
 * RESUME or LOCAL. After that it is its session, for ever.
 */
#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include <stdbool.h>

#include "base/clock.h"
#include "wire/message.h"

struct core;
struct session;

enum peer_origin { PEER_NONE, PEER_PATH, PEER_FRONT };

struct peer {
	int fd;
	enum peer_origin origin;
	bool greeted;		/* it said HELLO */
	bool console;		/* and that it is one */
	bool closing;		/* freed at the end of the turn */
	unsigned probes, passwords;	/* how many it has said */
	struct login *login;	/* a password that is looked at, or NULL */
	struct mono since;
	struct session *session;
};
struct peers {
	struct peer **by_fd;
	int n_fds;
	int listener;		/* the path socket, or -1 */
	int front;		/* the SSH front's channel, or -1 */
	unsigned strangers;	/* not logged in yet */
	bool full;		/* of strangers: the path socket waits */
	bool any_closing;
};

void peers_init(struct core *c);
void peers_fini(struct core *c);
struct peer *peer_add(struct core *c, int fd, enum peer_origin origin);
/* Says why, and is gone after the turn. */
void peer_refuse(struct core *c, struct peer *p, int code, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
void peer_close(struct core *c, struct peer *p);
void peers_sweep(struct core *c);	/* end of turn: frees those that closed */
void peers_timeout(struct core *c);	/* strangers who say nothing */
/* A descriptor of a peer, the path socket or the front is readable. */
bool peers_readable(struct core *c, int fd);
void peers_listen(struct core *c, int fd);
void peers_front(struct core *c, int fd);

#endif
