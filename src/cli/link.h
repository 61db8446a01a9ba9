/* SPDX-License-Identifier: ISC */
/* link.h - the way to the core. */
#ifndef CLI_LINK_H
#define CLI_LINK_H

#include "cli/app.h"

#define LINK_DEFAULT "/run/sightglass/core.sock"

/* Connects and becomes a session; EXIT_DONE, or the exit code after saying
 * why not. */
int link_open(struct app *app);

enum link_wait {
	LINK_READY,	/* the core said something, or hung up */
	LINK_WRITABLE,	/* only if asked for */
	LINK_CANCEL,	/* the user wants to stop */
	LINK_READER_GONE,	/* nobody reads our output */
	LINK_TIMEOUT
};
/* Waits for the first of these; timeout in ms, -1: for ever. */
enum link_wait link_wait(struct app *app, bool writable, int timeout);
/* Waits for standard input: LINK_READY, LINK_CANCEL. */
enum link_wait link_wait_input(struct app *app);

#endif
