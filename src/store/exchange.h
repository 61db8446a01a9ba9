/* SPDX-License-Identifier: ISC */
/*
 * exchange.h - a state takes the place of the one that stands there. Whatever
 * ends it in the middle (a kill, a power cut), the next start goes on: either
 * the former state stands there wholly, or the new one.
 *
 * In the state directory, on its file system:
 *
 *   restore.part   is being made; nothing yet
 *   restore.new    whole, checked, on the disk; waits to be wanted
 *   restore.ready  decided, by one rename: from here on it will hold
 *   restore.old    was not wanted; is being removed
 *
 * Beside its parts it has an empty directory before-TIME. The parts of the
 * former state move in there; then the new ones into their places; then
 * before-TIME itself. record.db moves first: as long as restore.ready has it,
 * what stands in the state is the former.
 */
#ifndef STORE_EXCHANGE_H
#define STORE_EXCHANGE_H

#include <stdbool.h>

#include "base/err.h"

#define EXCHANGE_PART "restore.part"
#define EXCHANGE_NEW "restore.new"
#define EXCHANGE_OLD "restore.old"
#define EXCHANGE_BEFORE "before-"

/* What a state consists of, NULL at the end; the rest is made anew (locks). */
extern const char *const exchange_parts[];

/* restore.new is wanted. Nobody but the owner of the state can say so. */
int exchange_decide(const char *state, struct err *e);
/* Is there something that was decided? */
bool exchange_is_due(const char *state);
/* What stands there is whole: neither half of this nor half of that. */
int exchange_expect_none(const char *state, struct err *e);
/* Carries out what was decided, if anything was, as the owner of the state
 * (owner.h), for which it waits at most ms. -1: it has to be tried again
 * before anything is opened. Follows no links. */
int exchange_finish(const char *state, int ms, struct err *e);

#endif
