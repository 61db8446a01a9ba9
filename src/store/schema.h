/* SPDX-License-Identifier: ISC */
/*
 * schema.h - the tables of record.db and their versions.
 *
 * PRAGMA user_version is the version; the table schema says which program
 * made each and when. A step leads from one version to the next, in a
 * transaction. A file with a newer version is refused untouched.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "base/err.h"
#include "store/db.h"

#define SCHEMA_VERSION 5
#define SCHEMA_APPLICATION 0x53475244	/* "SGRD": the file is ours */

/* Is this ours, and not newer? An empty file is. Writes nothing. */
int schema_check(struct db *db, struct err *e);
/* Brings the file to SCHEMA_VERSION; db_use_log() comes first. */
int schema_apply(struct db *db, struct err *e);

#endif
