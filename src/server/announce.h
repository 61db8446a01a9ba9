/* SPDX-License-Identifier: ISC */
/* announce.h - who learns what became of a setpoint or command. */
#ifndef SERVER_ANNOUNCE_H
#define SERVER_ANNOUNCE_H

struct core;
struct command_run;

/* What the person who asked is told, once; P19: if need be before it is
 * recorded. */
void announce_answer(struct core *c, struct command_run *r);
/* Everybody sees who did what; one row in the journal. */
void announce_result(struct core *c, const struct command_run *r);
/* The same of how the second step ended; the command's own result stands. */
void announce_end(struct core *c, const struct command_run *r,
    const char *text, const char *result);

#endif
