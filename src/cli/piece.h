/* SPDX-License-Identifier: ISC */
/* piece.h - rows that are pieces of a file in base 64: a project's tar. */
#ifndef CLI_PIECE_H
#define CLI_PIECE_H

#include "cli/app.h"

/* Is the answer of this verb a file, and no table? */
bool piece_is_file(const struct app *app);
/* EXIT_DONE, or why it may not go where the output goes. */
int piece_check(struct app *app);
/* As call_plan.row. */
bool piece_row(
    struct app *app, const struct cell *cells, unsigned n, void *arg);

#endif
