/* SPDX-License-Identifier: ISC */
/*
 * feedback.h - the second step of a command (P13): the tag that says that the
 * machine has done it.
 */
#ifndef SERVER_FEEDBACK_H
#define SERVER_FEEDBACK_H

#include <stdbool.h>
#include <stdint.h>

struct core;
struct command_run;

/* Was it taken, and does the project name a feedback and a time for it? */
bool feedback_is_awaited(const struct core *c, const struct command_run *r);
/* Has it its value? For a command that has one. */
bool feedback_is_there(const struct core *c, const struct command_run *r);
/* Its time is over: said to all, with the object's alarm; then it is LATE. */
void feedback_failed(struct core *c, struct command_run *r);
/* The tag that shows what became of it: its feedback, or what was written.
 * NONE: there is none. */
uint32_t feedback_shown_by(const struct core *c, const struct command_run *r);
/* It ended as unknown: does a good read since then show what is? Then all are
 * told, once (P2). True: nobody has to look any more. */
bool feedback_settles(struct core *c, const struct command_run *r);
/* The alarm alone. */
void feedback_disagrees(
    struct core *c, const struct command_run *r, bool active);

#endif
