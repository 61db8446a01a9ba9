/* SPDX-License-Identifier: ISC */
/*
 * owner.h - whoever writes the databases of a state directory owns it.
 *
 * The lock of the parent (one server per directory) dies with the parent: the
 * core that a killed parent leaves over still commits and closes while the
 * next server starts. So the writer holds a lock of its own, as long as its
 * files are open, and the next one waits. It is an flock on a file of its
 * own: closing a second descriptor of a database would drop SQLite's locks.
 */
#ifndef STORE_OWNER_H
#define STORE_OWNER_H

#include "base/err.h"

/* Waits at most ms for dir/record.lock, made if missing. The descriptor that
 * holds it until it is closed, or -1 and who holds it. */
int owner_take(const char *dir, int ms, struct err *e);

#endif
