/* SPDX-License-Identifier: ISC */
/*
 * backup.h - the whole state of a server in a directory of its own, made
 * while the server runs. restore.h brings it back.
 *
 * record.db, history/, projects/ and keys/ are copied; each file's SHA-256 is
 * in the MANIFEST. A backup never carries the right to command a plant (P1),
 * nor sessions. Works on files alone, so that it needs no server; whoever
 * calls it must be allowed to read the state.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct backup_result {
	size_t files;
	int64_t bytes;
};

/* dir is made, or empty. -1: there is no backup, and no MANIFEST. */
int backup_make(const char *state, const char *dir, struct wall now,
    struct backup_result *r, struct err *e);

#endif
