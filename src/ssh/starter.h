/* SPDX-License-Identifier: ISC */
/*
 * starter.h - the half of a connection that becomes the program.
 *
 * A connection is two processes. The talker speaks SSH with the network and
 * is locked into a filter that lets it neither execute nor open anything. So
 * before that it forks the starter, which waits on a socketpair for one
 * request with the session's descriptor, makes the pty or the pipes, sends
 * the talker's ends back, and becomes sightglass-console or sightglass. No
 * third process stays, and the talker is the program's parent.
 */
#ifndef SSH_STARTER_H
#define SSH_STARTER_H

#include <sys/types.h>

#include "base/err.h"
#include "ssh/request.h"

struct starter_places {
	const char *programs;	/* folder of the programs */
	const char *socket;	/* the core's, for a console that resumes */
};

struct starter {
	pid_t pid;		/* also its process group */
	int fd;			/* our end of the pair */
	int pidfd;		/* readable when it has ended */
};

/* The talker's ends; with a pty all three are the same terminal. -1: none. */
struct starter_ends {
	int in, out, err;	/* what the program reads, and writes */
};

/* Forks. In the child it never returns. */
int starter_fork(
    struct starter *s, const struct starter_places *places, struct err *e);
/* Sends the request and the session (which it closes) and waits for the
 * ends, at most 5 s. They are non-blocking. */
int starter_go(struct starter *s, const struct request *r, int *session,
    struct starter_ends *ends, struct err *e);
/* Ends it, whatever it has become, and reaps it. */
void starter_kill(struct starter *s);
void starter_fini(struct starter *s);

#endif
