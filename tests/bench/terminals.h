/* SPDX-License-Identifier: ISC */
/*
 * terminals.h - programs on pseudo-terminals of their own, and when the bytes
 * that were waited for came out of them. Bytes are not interpreted: texts to
 * wait for are such that a terminal has to be sent them whole.
 */
#ifndef BENCH_TERMINALS_H
#define BENCH_TERMINALS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/clock.h"

#define TERMINAL_WANTS 3

struct terminal {
	int fd;			/* -1: closed, or ended */
	pid_t pid;
	const char *want[TERMINAL_WANTS];	/* NULL: no more */
	struct mono found;	/* us 0: not yet */
	size_t n;		/* bytes since the wish */
	char seen[65536];	/* the newest of them, ended by 0 */
};

/* 80x24, xterm-256color. Dies if it cannot. */
void terminal_open(struct terminal *t, char *const *argv);
void terminal_close(struct terminal *t);
/* From now on: when has all of this come? Up to TERMINAL_WANTS texts. */
void terminal_want(struct terminal *t, const char *const *texts);
/* Takes what is there; false when the program has ended. */
bool terminal_read(struct terminal *t);
void terminal_type(struct terminal *t, const char *keys);

#endif
