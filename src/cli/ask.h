/* SPDX-License-Identifier: ISC */
/* ask.h - the request, as calls to the core; its rows, printed. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli/app.h"

/* Asks over the open link; input is what the verb read besides its words.
 * Returns the exit code. */
int ask(struct app *app, const struct buf *input);
/* Prints one row unless --since, --until or -n say no; false: enough. */
bool ask_print(struct app *app, const struct cell *cells, unsigned n);

#endif
