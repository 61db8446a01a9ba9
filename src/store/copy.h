/* SPDX-License-Identifier: ISC */
/*
 * copy.h - copies of files for a backup, and of databases that may be in use.
 *
 * A database is read by SQLite's backup in one transaction of a connection
 * that never writes and never checkpoints: whoever owns the file goes on
 * meanwhile. The copy is one whole file without a log, and was checked.
 */
#ifndef STORE_COPY_H
#define STORE_COPY_H

#include "base/digest.h"
#include "base/err.h"

int copy_database(const char *from, const char *to, struct err *e);
/* A record that moves forgets what belongs to its machine: the control of the
 * plant (P1), sessions and the tickets to come back. restored: what the server
 * that opens it next is to know (restored.h); or NULL. */
int copy_forget(const char *record, const char *restored, struct err *e);
/* dir/path, a file and nothing else: no device, nothing behind a link. The
 * descriptor, or -1. */
int copy_open(const char *dir, const char *path, struct err *e);
/* All of in (which it is called so in errors) to a file that is made with
 * mode 0600, and on the disk. */
int copy_bytes(int in, const char *name, const char *to, struct err *e);
int copy_file(const char *from, const char *to, struct err *e);
/* SHA-256 of a file from its start, in hex. */
int copy_digest(int fd, const char *name, char hex[DIGEST_HEX], struct err *e);

#endif
