/* SPDX-License-Identifier: ISC */
/*
 * verify.h - proving the record, for `store verify`, the start and tests.
 *
 * Each audit row's hash is SHA-256, in hex, over the hash of the row before
 * it (in hex; 64 zeros before the first) and the row's other columns in their
 * order (seq time mono_ms user station from session verb name old new reason
 * result command): each as its length in bytes, a colon, its text, as csv
 * output prints it. A tail that was cut off shows because the position table,
 * written in the same transaction, holds the last hash.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include <stdint.h>

#include "base/err.h"

struct record_proof {
	uint64_t rows;		/* of the audit that were read */
	uint64_t requests, results;
	uint64_t open;		/* requests without result */
	uint64_t last_seq;
	char last_hash[65];
};

/* Reads dir/record.db of a running or stopped server: integrity_check, the
 * whole chain, one request per command and at most one result. -1 and the
 * first thing that is wrong. */
int record_verify(const char *dir, struct record_proof *p, struct err *e);

#endif
