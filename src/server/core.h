/* SPDX-License-Identifier: ISC */
/*
 * core.h - the core: it owns every live value, alarm, session and right.
 *
 * One thread, one loop. A turn drains inputs (field, sessions, commits),
 * runs the rules that are due, publishes what changed and hands one batch to
 * the record thread; what waited for that batch is released when its number
 * is committed (DESIGN 6). What a person does is applied and shown after its
 * commit, what the process does at once.
 *
 * The core knows no event loop: loop.c (or a test, on virtual time) tells it
 * which descriptor is readable and calls core_turn() after each round and
 * whenever core_due() has come. Time is read once per round, by core_time().
 */
#ifndef SERVER_CORE_H
#define SERVER_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/plant.h"
#include "project/server.h"
#include "server/alarms.h"
#include "server/bypass.h"
#include "server/clockstep.h"
#include "server/commands.h"
#include "server/commit.h"
#include "server/control.h"
#include "server/fieldlink.h"
#include "server/horn.h"
#include "server/lockout.h"
#include "server/override.h"
#include "server/intake.h"
#include "server/live.h"
#include "server/passwords.h"
#include "server/place.h"
#include "server/logs.h"
#include "server/peer.h"
#include "server/sessions.h"
#include "server/tallies.h"
#include "server/timers.h"
#include "server/trace.h"
#include "server/tunables.h"
#include "server/users.h"
#include "store/batch.h"
#include "store/record.h"

#define CORE_CHILDREN 3

struct core_io {		/* how the core asks for descriptors */
	void *arg;
	void (*watch)(void *arg, int fd);
	void (*forget)(void *arg, int fd);	/* before it is closed */
	/* From another thread: have core_turn() called soon. */
	void (*wake)(void *arg);
};

struct core {
	const struct server_config *config;
	struct core_io io;
	struct mono now, started;	/* of this round */
	struct wall wall, started_wall;
	struct clockstep clockstep;
	uint64_t turns;
	struct plant *plant;
	uint32_t revision;	/* of the project; 0: none */
	struct {		/* revisions since which all is defined so */
		uint32_t *tags, *commands;
	} changed;
	struct record *record;
	struct commit commit;
	struct timers timers;
	struct live live;
	struct tallies tallies;
	struct alarms alarms;
	struct tunables tunables;
	struct horns horn;
	struct logs logs;
	struct overrides overrides;
	struct lockouts lockouts;
	struct bypasses bypasses;
	uint32_t marks;		/* counts changes of the three */
	struct fieldlink field;
	struct commands commands;
	struct traces traces;
	struct control control;
	struct users users;
	struct passwords passwords;
	struct places places;
	struct peers peers;
	struct sessions sessions;
	struct {			/* what the parent said of each */
		char name[16];
		unsigned restarts;
		bool degraded;
	} children[CORE_CHILDREN];
	char listening[64];	/* where the SSH front listens; or "" */
	char project[65];	/* id of the applied project, or "" */
	VEC(struct revision) revisions;
	struct intake intake;
	struct pages *pages;	/* that came from the reader threads */
	uint32_t turn_us[256];	/* the last turns, for their p99 */
	bool separated;		/* processes run as different users */
	bool stopping;		/* this turn is the last */
};

/* Opens the record, loads users, states and the applied project. NULL and
 * why. config lives as long as the core. */
struct core *core_new(const struct server_config *config,
    const struct core_io *io, struct err *e);
/* Ends in order: sessions are told, what is queued is committed. */
void core_free(struct core *c);

void core_time(struct core *c);		/* read the clocks for this round */
void core_readable(struct core *c, int fd);
void core_turn(struct core *c);
struct mono core_due(const struct core *c);

void core_path(struct core *c, int fd);		/* the listening path socket */
void core_child(struct core *c, const char *name, unsigned restarts,
    bool degraded);
/* Some user can log in over SSH. */
bool core_logins(const struct core *c);

/* Of the last 256 turns that did something, in ms. */
double core_turn_p99(const struct core *c);

/* The value as everybody sees it: an unchanged one carries the time of the
 * last read of its block. */
struct value core_value(const struct core *c, uint32_t tag);
/* (any) Has take called in the core's thread with what a reader thread brought,
 * which it then owns. */
typedef void core_take_fn(struct core *c, void *arg, void *page);
void core_arrived(struct core *c, core_take_fn *take, void *arg, void *page);
/* For expr_eval(); arg is the core. */
const struct value *core_operand(void *arg, uint32_t tag);

#endif
