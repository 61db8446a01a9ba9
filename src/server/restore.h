/* SPDX-License-Identifier: ISC */
/*
 * restore.h - another state takes the place of the one that this core has
 * open: `sightglass restore` has laid it ready (store/restore.h), a call says
 * that it is wanted, and the core ends. The parent puts it in its place
 * (store/exchange.h) before it starts the next core, which tells what
 * happened: a row of the audit, chained to what was restored, with the end of
 * the chain that it replaces.
 *
 * Nothing is commanded by it (P1): what is restored has no control, and what
 * is in flight becomes unknown (P2).
 */
#ifndef SERVER_RESTORE_H
#define SERVER_RESTORE_H

#include "base/err.h"

struct core;
struct plant;

/* At the start, before anything is recorded: tells it, once, and lets the
 * numbers go on above those of the state that was replaced (P22). */
int restore_load(struct core *c, struct err *e);
/* Which plant this is, for who restores: in the next commit. */
void restore_name_plant(struct core *c, const struct plant *p);

#endif
