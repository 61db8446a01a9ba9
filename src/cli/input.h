/* SPDX-License-Identifier: ISC */
/* input.h - what a verb reads besides its words: a key, a project. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "cli/app.h"

#define INPUT_TEXT_MAX 16384	/* bytes of a key */

/*
 * Reads the verb's input into b: one line of text, or the bytes of a tar.
 * Nothing if it has none. EXIT_DONE, or the exit code after saying why not.
 */
int input_read(struct app *app, struct buf *b);
/* All of standard input, at most max bytes; stops when the user wants it. */
int input_drain(struct app *app, struct buf *b, size_t max);

#endif
