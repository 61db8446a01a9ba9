/* SPDX-License-Identifier: ISC */
/*
 * state.h - the state directory of the server on this machine, for the verbs
 * that work on its files: where it is, and whether it may be done.
 */
#ifndef CLI_STATE_H
#define CLI_STATE_H

#include <stdbool.h>

#include "cli/app.h"

#define STATE_DEFAULT "/var/lib/sightglass"	/* sightglass.conf(5) */
#define STATE_PATH 4096

/* Called over ssh: says that this is not for there. */
bool state_is_elsewhere(struct app *app);
/* A directory as seen from here, since it goes into records. Owned. */
char *state_full_path(const char *dir);
/* Does anything listen where the server does? */
bool state_has_server(struct app *app);
/* The running server says where its state is, if it allows that (verb); the
 * exit code. name: what is meant, or NULL. */
int state_ask(struct app *app, enum verb verb, const char *name,
    char state[STATE_PATH]);
/* The state that is meant: --data, else the running server's, else the usual
 * one. */
int state_find(struct app *app, enum verb verb, char state[STATE_PATH]);

#endif
