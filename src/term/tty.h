/* SPDX-License-Identifier: ISC */
/*
 * tty.h - taking a tty over and giving it back as it was, on every way out.
 *
 * tty_give_back() is safe in a signal handler and waits at most
 * TTY_PATIENCE ms for a line that is full.
 */
#ifndef TERM_TTY_H
#define TERM_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/err.h"

#define TTY_PATIENCE 200

struct tty {
	int in, out;	/* -1: there is none */
	bool taken;
	bool has_termios;
	struct termios saved;
	int in_flags, out_flags;
	char restore[512];	/* what is sent last */
	size_t restore_len;
};

/* Raw and non-blocking. */
int tty_take(struct tty *t, int in, int out, struct err *e);
void tty_give_back(struct tty *t);
/* Writes with the same patience; false: not all of it went. */
bool tty_write_last(const struct tty *t, const char *bytes, size_t n);
/* Rows and columns; false: the tty does not know. */
bool tty_size(const struct tty *t, int *rows, int *cols);
/* Gives it back at exit() and on a fatal signal, until tty_give_back(). One
 * per process. */
void tty_guard(struct tty *t);

#endif
