/* SPDX-License-Identifier: ISC */
/*
 * manifest.h - what a backup consists of, and that it is whole.
 *
 * DIR/MANIFEST has a line for each file as sha256sum(1) reads and writes it:
 * the digest, two blanks, the path. One of them is DIR/BACKUP, which says of
 * which format the backup is, when it was made, and how many files there are,
 * so that a manifest that lost lines is noticed. MANIFEST is written last: a
 * directory without one is no backup.
 */
#ifndef STORE_MANIFEST_H
#define STORE_MANIFEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/vec.h"

#define MANIFEST_BYTES_MAX (32 << 20)

struct manifest_line {
	char digest[DIGEST_HEX];
	char *path;
};
struct manifest {
	VEC(struct manifest_line) lines;
	/* once it was read */
	int64_t bytes;		/* of all files */
	char digest[DIGEST_HEX];	/* of the MANIFEST itself */
	char made[40];		/* when, in UTC; after the check */
};

void manifest_fini(struct manifest *m);
/* Takes the digest of dir/path. */
int manifest_add(
    struct manifest *m, const char *dir, const char *path, struct err *e);
/* BACKUP, then MANIFEST. */
int manifest_write(
    struct manifest *m, const char *dir, struct wall now, struct err *e);
/* Reads it, and how large its files are; -1 and the first thing that is
 * wrong. Paths are relative, go nowhere else, and are of a state. */
int manifest_read(struct manifest *m, const char *dir, struct err *e);
/* Reads every file: each is as it was written, and none is missing. */
int manifest_check(struct manifest *m, const char *dir, struct err *e);

#endif
