/* SPDX-License-Identifier: ISC */
/*
 * control.h - orders for the running plant: one line, one answer.
 *
 * A line is an order (order.h) or `get NAME`, `time`, `play FILE` (a scenario
 * from now on), `board` (board.h), `quit`. Answers: "ok", "ok VALUE" or
 * "error TEXT"; to `board` its lines. Over a SOCK_SEQPACKET socket one message is one
 * line; standard input takes lines and answers on standard output.
 */
#ifndef SIM_CONTROL_H
#define SIM_CONTROL_H

#include "base/buf.h"
#include "base/err.h"
#include "sim/sim.h"

#define CONTROL_LINE 512
#define CONTROL_ANSWER 8192

struct control;

/* Carries out one line; the answer without a newline. */
void control_line(struct sim *s, const char *line, struct buf *answer);

/* path "-": standard input. */
struct control *control_new(
    struct sim *s, int epoll, const char *path, struct err *e);
void control_free(struct control *c);
/* The other side: sends one line, prints the answer; an exit status. */
int control_tell(const char *path, char *const words[], int n);

#endif
