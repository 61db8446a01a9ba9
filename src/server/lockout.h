/* SPDX-License-Identifier: ISC */
/*
 * lockout.h - tags that people hang on an object (P25): all but safe commands
 * and all setpoints of it are refused, whoever gives them, until each who
 * hung one has taken it away. It replaces no padlock.
 *
 * A new tag holds from the moment it is asked for, and what had not gone yet
 * to the object is discarded; one that is taken away holds until that is
 * committed. Kept by names, through restarts and projects.
 */
#ifndef SERVER_LOCKOUT_H
#define SERVER_LOCKOUT_H

#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/difference.h"

struct core;

#define LOCKOUT_REASON_MAX 200

struct lockout {
	char object[PLANT_NAME_MAX + 1];
	char user[33], station[65], reason[LOCKOUT_REASON_MAX + 1];
	char ticket[65];
	struct wall since;
};
struct lockouts {
	VEC(struct lockout *) all;
};

int lockouts_load(struct core *c, struct err *e);
void lockouts_fini(struct core *c);
/* One of this object; of this user, if that is not NULL. */
const struct lockout *lockout_find(
    const struct core *c, const char *object, const char *user);
/* 0: no tag hangs on it. -1 and whose does. */
int lockout_refuses(const struct core *c, uint32_t object, struct err *e);
/* Objects have other names in c->plant, and before that in the record. One
 * whose object is gone waits for it. */
void lockouts_resolve(struct core *c, const struct plant *old,
    const struct slots *objects);
/* Those that the new plant calls otherwise or whose object it does not have, as
 * rows of `plan`. */
struct swap;
struct told;
void lockouts_tell(
    struct told *t, const struct core *c, const struct swap *s);
/* Their rows go; they are there under another name, too (server/moving.h). */
void lockouts_drop(struct core *c, const char *object);
void lockouts_record_as(
    struct core *c, const char *object, const char *name);
/* Into this turn's batch, for an object of this name. */
void lockout_record(
    struct core *c, const struct lockout *l, const char *object);
void lockout_add(struct core *c, const struct lockout *l);
void lockout_end(struct core *c, const char *object, const char *user);

#endif
