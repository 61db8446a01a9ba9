/* SPDX-License-Identifier: ISC */
/*
 * reserve.h - room on the disk that a full disk cannot take away (P3).
 *
 * dir/record.reserve is RESERVE_SLOTS slots of RESERVE_SLOT bytes, written
 * once in full and synced when it is made. A slot holds one audit request as
 * the record thread would insert it, with its length and SHA-256; a torn slot
 * is an empty one. A row leaves when the database has a row of that seq.
 */
#ifndef STORE_RESERVE_H
#define STORE_RESERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/cell.h"

#define RESERVE_SLOTS 64
#define RESERVE_SLOT 16384

struct reserve {
	int fd;			/* -1: closed */
	uint64_t seq[RESERVE_SLOTS];	/* of the row in it; 0: free */
	bool lost;		/* the last write or sync failed */
};

/* Creates what is missing. The rows in it: reserve_read(). */
int reserve_open(struct reserve *v, const char *path, struct err *e);
void reserve_close(struct reserve *v);
/* row[AUDIT_CELLS]; on the disk when it returns 0. -1: no slot is free, or
 * the disk failed; trying again is safe. */
int reserve_put(struct reserve *v, const struct cell *row);
/* Empties the slots with seq <= upto; a failure leaves them, harmlessly. */
void reserve_drop(struct reserve *v, uint64_t upto);
int reserve_free_slots(const struct reserve *v);
/* Calls fn for the rows with seq > after, in order of seq. */
int reserve_read(struct reserve *v, uint64_t after,
    void (*fn)(void *arg, const struct cell *row), void *arg, struct err *e);

/* The highest seq in a reserve that nobody uses; 0: none. */
uint64_t reserve_highest(const char *path);

#endif
