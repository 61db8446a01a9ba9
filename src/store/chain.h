/* SPDX-License-Identifier: ISC */
/* chain.h - the audit's hash chain; verify.h says over what. */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "store/cell.h"
#include "store/db.h"

/* hash: in, of the row before; out, of this row (row[AUDIT_CELLS]). */
void chain_next(char hash[DIGEST_HEX], const struct cell *row);

struct chain_sum {
	uint64_t rows, requests, results, last;
};
#define CHAIN_ALL (-1)
/* Reads rows with seq > after, at most limit, whose first follows hash, and
 * checks each. hash: out, of the last row. -1 and the first row that is wrong. */
int chain_verify(struct db *db, uint64_t after, int64_t limit,
    char hash[DIGEST_HEX], struct chain_sum *sum, struct err *e);
/* Whether the position names this end of the chain. */
int chain_verify_end(
    struct db *db, uint64_t last, const char *hash, struct err *e);
#define CHAIN_START                                                            \
	"0000000000000000000000000000000000000000000000000000000000000000"
/* The last rows only (at most n), and that the position names their end. */
int chain_verify_tail(struct db *db, uint64_t n, struct err *e);

#endif
