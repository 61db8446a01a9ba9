/* SPDX-License-Identifier: ISC */
/*
 * restored.h - what a record that was brought back tells of itself and of
 * the one whose place it took; and what goes on from there.
 *
 * Numbers never repeat (P22): those of the restored record go on above the
 * highest that the former one gave out.
 */
#ifndef STORE_RESTORED_H
#define STORE_RESTORED_H

#include "base/digest.h"
#include "base/err.h"
#include "store/record.h"

#define RESTORED_TEXT 4096

/* The setting "restored", until the server has written it down. Nothing but
 * from has blanks. */
struct restored {
	char before[64];	/* where the former state is, in this one */
	char digest[DIGEST_HEX];	/* of the backup's MANIFEST */
	char made[40];		/* when the backup was, in UTC */
	char by[65];		/* who brought it back */
	char from[2048];	/* the backup's directory */
};
char *restored_print(const struct restored *r, char dst[RESTORED_TEXT]);
bool restored_parse(struct restored *r, const char *text);

/* How far a record is that nobody may write to meanwhile. */
struct record_head {
	uint64_t audit_seq;	/* of the last audit row */
	uint64_t audit_given;	/* also to what waits in the reserve (P3) */
	uint64_t event_seq;	/* the last given out, or more */
	char hash[DIGEST_HEX];	/* of the last audit row */
};
int record_head(const char *dir, struct record_head *h, struct err *e);
/* A setting of dir/record.db; "" if it has none. e may be NULL. */
int record_setting(const char *dir, const char *key, char *dst, size_t cap,
    struct err *e);
/* Before record_start(): the next numbers are above these. */
void record_continue(
    struct record *r, uint64_t audit_seq, uint64_t event_seq);

#endif
