/* SPDX-License-Identifier: ISC */
/*
 * stateproject.h - can this program read the project that is in operation in
 * a state? A server that cannot does not start.
 */
#ifndef CLI_STATEPROJECT_H
#define CLI_STATEPROJECT_H

#include "base/err.h"

/* Read in a process of its own, as whom the state belongs to: what is in a
 * backup is anybody's. -1 and the first thing that is wrong. */
int state_project_check(const char *state, struct err *e);

#endif
