/* SPDX-License-Identifier: ISC */
/* input.h - what a verb reads besides its words: a key, a project. */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "cli/app.h"

#define INPUT_TEXT_MAX 16384		/* bytes of a key */
#define INPUT_TAR_MAX (64u << 20)	/* bytes of a project's tar */

/*
 * Reads the verb's input into b: one line of text, or the bytes of a tar.
 * Nothing if it has none. EXIT_DONE, or the exit code after saying why not.
 */
int input_read(struct app *app, struct buf *b);
/* All of standard input, at most max bytes; stops when the user wants it. */
int input_drain(struct app *app, struct buf *b, size_t max);
/* Is this a project that may be read? Over ssh no file of the server is. */
bool input_project_allowed(struct app *app);

#endif
