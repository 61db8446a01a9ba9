/* SPDX-License-Identifier: ISC */
/*
 * secret.h - the passwords that a verb needs: asked for at the terminal,
 * which does not show them, or one line each of standard input, in the order
 * below. They go to the core ahead of the call and are overwritten here.
 *
 *	the caller's own	who manages users from another machine
 *	a new one		user password; at a terminal asked for twice
 *	of a second person	--second NAME
 */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli/app.h"

/* Before the core is asked: an exit code, EXIT_DONE with all that it takes. */
int secrets_read(struct app *app);
/* Right before the call; -1: the server is gone. */
int secrets_send(struct app *app);
void secrets_forget(struct app *app);

#endif
