/* SPDX-License-Identifier: ISC */
/*
 * second.h - a command that two persons give (confirm = "second"): another
 * user's password, at the same console, confirms it. That user needs the same
 * right. While the password is looked at nothing is held: the door is passed
 * anew behind it, and only then the command begins.
 */
#ifndef SERVER_SECOND_H
#define SERVER_SECOND_H

#include "base/err.h"
#include "model/plant.h"

struct call;
struct command_run;
struct core;
struct session;

/* At the door. EXIT_DONE with r->asks_second: is to be asked; with r->second:
 * was, and may. */
int second_check(struct core *c, const struct session *s,
    const struct call *call, struct command_run *r, enum function f,
    struct err *e);
/* Takes the call; it is given again by commands_give(). False: too many
 * passwords wait. */
bool second_ask(struct core *c, struct session *s, struct call *call);

#endif
