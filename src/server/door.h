/* SPDX-License-Identifier: ISC */
/*
 * door.h - may this be done, now, by this person? The checks of P25 for one
 * setpoint or command, in that order; nothing changes here.
 */
#ifndef SERVER_DOOR_H
#define SERVER_DOOR_H

#include "base/err.h"
#include "server/commands.h"
#include "wire/message.h"

/* In a check: why not, in e, is its exit code. */
#define REFUSE(code, ...) (err_set(e, __VA_ARGS__), code)

/* Fills r (tag, object, area, old, new, value, job) as far as it came. The
 * exit code: EXIT_DONE or why not, with e. */
int door_set(struct core *c, const struct session *s, const struct call *call,
    struct command_run *r, struct err *e);
int door_do(struct core *c, const struct session *s, const struct call *call,
    struct command_run *r, struct err *e);
/* Right and station limit for one thing; EXIT_DONE or why not. */
int door_right(const struct core *c, const struct session *s,
    enum function f, uint32_t area, struct err *e);
/* P1: VIEW ONLY. */
int door_control(const struct core *c, struct err *e);
/* P20: what was drawn under an earlier project may mean something else;
 * changed: the revision since which it is as it is. */
int door_revision(const struct call *call, uint32_t changed, struct err *e);
/* The state of an object as screens show it; NULL: not known. */
const struct state *object_state(const struct core *c, uint32_t object);

#endif
