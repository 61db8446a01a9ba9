/* SPDX-License-Identifier: ISC */
/*
 * state.h - works that outlive the program: a PLC keeps its memory and water
 * stays in the tank when a simulator is killed.
 *
 * The works lies in a shared mapping of a file, so that every change is in
 * the file at once, whatever becomes of the process. A file of another
 * version is not read but begun anew.
 */
#ifndef SIM_STATE_H
#define SIM_STATE_H

#include <stdbool.h>

#include "base/err.h"
#include "sim/works.h"

/* The works in the file; *fresh says that it must be initialised. NULL on
 * error. It stays mapped until the process ends. */
struct works *state_open(const char *path, bool *fresh, struct err *e);
/* Says that the works is complete: from now on it is read again. */
void state_seal(struct works *w);

#endif
