/* SPDX-License-Identifier: ISC */
/*
 * stage.h - a state made beside its place, which it takes in one step: what
 * ends in the middle leaves nothing half.
 */
#ifndef STORE_STAGE_H
#define STORE_STAGE_H

#include "base/err.h"

/* Where it is made: STATE.past. The caller frees it. */
char *stage_path(const char *state);
/* The same, empty: what was left in it is removed. Refuses a state in which
 * there is something. The caller frees it; NULL and why. */
char *stage_begin(const char *state, struct err *e);
/* It becomes the state, with the owner that this has: 0; or 1 with why it may
 * not outlive a power failure although it stands there; or -1: it does not. */
int stage_keep(const char *stage, const char *state, struct err *e);

#endif
