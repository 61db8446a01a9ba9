/* SPDX-License-Identifier: ISC */
/*
 * bypass.h - interlocks that persons bypass for a time (P14).
 *
 * The rule is model/bypass.h; the door asks bypass_of(). As long as one holds,
 * its object's alarm BYPASS stands. One begins when it is on the disk; its
 * end holds at once, and discards what had not gone yet by it. Kept by names,
 * through restarts and projects, but ended where the command or its interlock
 * is another one.
 */
#ifndef SERVER_BYPASS_H
#define SERVER_BYPASS_H

#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/bypass.h"
#include "model/difference.h"

struct core;

struct bypass_run {
	struct bypass bypass;
	uint32_t command;	/* its slot */
};
struct bypasses {
	VEC(struct bypass_run *) all;
	VEC(struct bypass *) asked;	/* not on the disk yet */
};

int bypasses_load(struct core *c, struct err *e);
void bypasses_fini(struct core *c);
/* Of this command; NULL: there is none. */
const struct bypass *bypass_of(const struct core *c, uint32_t command);
/* Asked for, right and reason are there: it holds, in place of one of this
 * command, when it is committed. Takes b. */
void bypass_ask(struct core *c, struct bypass *b);
/* Somebody ended it, and what was asked for and does not hold yet; in the
 * batch and at once. */
void bypass_end(struct core *c, uint32_t command);
void bypasses_due(struct core *c);	/* TIMER_BYPASS */
/* Into this turn's batch, for an object of this name. */
void bypass_record(
    struct core *c, const struct bypass *b, const char *object);
/* Objects have other names in c->plant, and before that in the record. */
void bypasses_resolve(struct core *c, const struct plant *old,
    const struct slots *objects);
void bypasses_rename(struct core *c, const char *old, const char *new);

#endif
