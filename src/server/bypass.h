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
/* The wall clock was set. */
void bypasses_clock_set(struct core *c, struct span by);
void bypasses_due(struct core *c);	/* TIMER_BYPASS */
/* Into this turn's batch, for an object of this name. */
void bypass_record(
    struct core *c, const struct bypass *b, const char *object);
/* P20: c->plant is another one; what holds goes on under its name there, the
 * rest ends. */
struct swap;
void bypasses_swap(struct core *c, const struct swap *s);
/* Those that end or get another name, as rows of `plan`. */
struct told;
void bypasses_tell(
    struct told *t, const struct core *c, const struct swap *s);
/* The command that it will be of, or NONE: another interlock or write ends it. */
uint32_t bypass_goes_on(const struct swap *s, const struct bypass_run *r);
/* Before that, with the revision (server/moving.h): the rows of those that end
 * or get another name go, and the latter are there under it. */
void bypasses_drop(struct core *c, const struct swap *s);
void bypasses_put(struct core *c, const struct swap *s);

#endif
