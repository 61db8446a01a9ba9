/* SPDX-License-Identifier: ISC */
/*
 * intake.h - a project on its way in: its tar is collected in memory
 * (bounded), checked by a process without rights, kept as an immutable
 * directory projects/ID, recorded, and then loaded. One at a time.
 *
 * Loading is an orderly restart of the core, which the consoles outlive:
 * alarm states, retained values and sessions come back from the record.
 */
#ifndef SERVER_INTAKE_H
#define SERVER_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct core;
struct get;
struct session;

struct intake {
	bool busy, kept;	/* kept: it is applied whatever happens */
	uint64_t session;
	uint32_t call;
	int tar, out;		/* in memory: what came, what the check said */
	int pidfd;		/* of the check; -1: still collecting */
	int pid;
	uint64_t bytes;
	char user[33], station[65];
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
void intake_session_gone(struct core *c, uint64_t session);

#endif
