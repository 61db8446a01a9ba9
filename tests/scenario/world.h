/* SPDX-License-Identifier: ISC */
/*
 * world.h - a core in this process, on virtual time, with a state directory
 * of its own, a field that the scenario plays (plc.h) and operators on
 * sockets (people.h).
 *
 * Time stands still while the core works: world_settle() lets everything
 * happen that can happen now, commits of the record thread included, and
 * world_until() moves the clock from one due time to the next.
 */
#ifndef SCENARIO_WORLD_H
#define SCENARIO_WORLD_H

#include <sqlite3.h>

#include "base/vec.h"
#include "project/files.h"
#include "scenario/people.h"
#include "scenario/plc.h"
#include "server/core.h"

struct world {
	const char *file;	/* of the script, and the line that runs */
	unsigned line, failures;
	char dir[64];
	struct server_config config;
	struct core *core;
	struct wall began;	/* the time 0s of the script */
	int64_t at_ms;		/* now, after it */
	VEC(int) fds;		/* that the core waits for */
	struct plc plc;
	struct people people;
	struct project_files project;	/* as edited, to be applied */
	sqlite3 *disk;		/* holds the database's lock (P19) */
	VEC(uint64_t) seen;	/* events that an expectation has used */
};

void world_init(struct world *w, const char *file, const char *plant);
void world_fini(struct world *w);
/* What was expected and what was, at the line that runs. */
void world_fail(struct world *w, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

void world_settle(struct world *w);
void world_until(struct world *w, int64_t ms);

/* The core ends in order and begins anew, without field. */
void world_restart(struct world *w, struct wall again);
/* What a kill -9 leaves on the disk, and a new core upon it. */
void world_kill(struct world *w, struct wall again);
/* Goes on with a copy of the state in another directory. */
void world_move(struct world *w);
/* Somebody else holds the lock of the database, or no more. */
void world_hold_disk(struct world *w, bool hold);
/* All that happened is committed; not while the disk is held. */
void world_commit(struct world *w);

#endif
