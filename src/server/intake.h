/* SPDX-License-Identifier: ISC */
/*
 * intake.h - a project on its way in, one at a time.
 *
 *   collect -> check -> make -> record -> swap -> told
 *
 * Its tar is collected in memory (bounded) and checked by a process without
 * rights; a thread keeps it as an immutable directory projects/ID and makes
 * the plant, the difference and the tables for it (making.h); the revision is
 * committed; then it takes the place of what runs (swap.h), and whoever asked
 * gets the rows. `plan` ends before anything is kept, `rollback` begins with
 * a directory that is there, `diff` makes two plants and compares them.
 */
#ifndef SERVER_INTAKE_H
#define SERVER_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "server/audit.h"
#include "server/making.h"
#include "wire/message.h"

struct core;
struct get;
struct session;
struct told;

enum intake_step {
	INTAKE_IDLE,
	INTAKE_COLLECTING,
	INTAKE_CHECKING,	/* by a process of its own */
	INTAKE_MAKING,		/* by a thread */
	INTAKE_RECORDING,	/* from here on it holds whatever happens */
	INTAKE_CLEARING		/* a thread frees what was before */
};

struct intake {
	enum intake_step step;
	uint64_t session;	/* who asked; 0: gone */
	struct call call;	/* what was asked; owned */
	struct who who;
	int tar, out;		/* in memory: what came, what the check said */
	int pidfd;		/* of the check; -1: none */
	int pid;
	uint64_t bytes;
	struct making making;
	struct told *told;	/* for when it holds */
};

/* An applied project. */
struct revision {
	char id[65], user[33];
	struct wall applied;
};

void intake_init(struct core *c);
void intake_fini(struct core *c);
void intake_feed(struct core *c, struct session *s, uint32_t id,
    struct get *g);
bool intake_readable(struct core *c, int fd);	/* the check has ended */
void intake_turn(struct core *c);		/* has the thread? */
void intake_session_gone(struct core *c, uint64_t session);

/* The check itself, in a process of its own that gives up all rights: the tar
 * on 0, problems to 1. Exits with 0, or 1 if there are errors. */
_Noreturn void intake_check(void);

#endif
