/* SPDX-License-Identifier: ISC */
/*
 * verify.h - proving a state, for `store verify`, the restore and tests.
 *
 * Reads the files of a running or stopped server, a backup, or what a restore
 * put aside: page by page, each a short transaction of a connection that never
 * writes, so that whoever owns them goes on meanwhile. What is appended while
 * it reads is proved, too.
 *
 * Audit: each row's hash is SHA-256, in hex, over the hash of the row before
 * it (in hex; 64 zeros before the first) and the row's other columns in their
 * order (seq time mono_ms user station from session verb name old new reason
 * result command): each as its length in bytes, a colon, its text, as csv
 * output prints it. A tail that was cut off shows because the position table,
 * written in the same transaction, holds the last hash.
 *
 * Journal: numbers follow one another. They skip some only where a server
 * began anew: after a crash, after a restore.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include <stdint.h>

#include "base/err.h"

struct record_proof {
	uint64_t rows;		/* of the audit that were read */
	uint64_t requests, results;
	uint64_t open;		/* requests without result */
	uint64_t events;	/* rows of the journal */
	uint64_t last_seq;
	char last_hash[65];
};

/* dir/record.db: the file itself, the whole chain, one request per command
 * and at most one result, the journal. -1 and the first thing that is wrong. */
int record_verify(const char *dir, struct record_proof *p, struct err *e);

/* One check and how it ended. */
struct verify_row {
	const char *part;	/* record.db, history/2026-11-22.db */
	const char *check;	/* file, audit, commands, journal, samples */
	uint64_t count;		/* of what was looked at */
	const char *wrong;	/* NULL: nothing */
};
typedef void verify_fn(void *arg, const struct verify_row *row);

/* All of a state, whatever is found. The number of checks that found
 * something. */
unsigned state_verify(const char *dir, verify_fn *fn, void *arg);
/* One part: files and samples of all days. */
unsigned history_verify(const char *dir, verify_fn *fn, void *arg);
/* Tables and indices, one after the other. count: bytes. */
struct db;
int verify_file(struct db *db, uint64_t *count, struct err *e);

#endif
