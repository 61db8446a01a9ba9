/* SPDX-License-Identifier: ISC */
/*
 * child.h - one child of the parent: started, watched, started again.
 *
 * At most `restarts` starts in 60 s; after that the child is degraded and is
 * tried again every 10 s: visible, and never an endless loop.
 */
#ifndef SERVER_CHILD_H
#define SERVER_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/clock.h"

#define CHILD_STARTS 16

struct child {
	const char *name;
	uid_t uid;		/* to run as; 0: as we are */
	gid_t gid;
	const char *user;	/* whose groups it gets, if uid is not 0 */
	pid_t pid;		/* 0: not running */
	bool wanted, degraded;
	struct mono not_before;	/* the next start */
	struct mono starts[CHILD_STARTS];
	unsigned n_starts;	/* of the last minute */
};

/* Forks and executes argv[0] with fd as descriptor 3 and nothing else but
 * 0-2. Counts the start. The child's pid, or -1. */
pid_t child_start(
    struct child *c, char *const argv[], int fd, struct mono now);
/* It ended: decides when the next start may be. */
void child_ended(struct child *c, unsigned most, struct mono now);
/* Is one that was degraded well again: it runs, and has for long enough? */
bool child_settle(struct child *c, unsigned most, struct mono now);
/* Starts within the last minute beyond the first. */
unsigned child_restarts(struct child *c, struct mono now);

#endif
