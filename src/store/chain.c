/* SPDX-License-Identifier: ISC */
#include "store/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/when.h"

static void
feed(struct digest_run *run, const char *text)
{
	size_t len = strlen(text);
	char head[24];

	digest_feed(run, head, (size_t)snprintf(head, sizeof(head), "%zu:", len));
	digest_feed(run, text, len);
}

void
chain_next(char hash[DIGEST_HEX], const struct cell *row)
{
	struct digest_run run;
	struct digest d;
	char number[WHEN_CAP];
	int i;

	digest_begin(&run);
	feed(&run, hash);
	for (i = 0; i < AUDIT_CELLS; i++) {
		if (row[i].type == CELL_TEXT)
			feed(&run, row[i].as.text);
		else if (i == AUDIT_TIME)
			feed(&run, when_utc(number,
			    (struct wall){ row[i].as.sint }));
		else {
			snprintf(number, sizeof(number), "%" PRId64,
			    row[i].as.sint);
			feed(&run, number);
		}
	}
	d = digest_end(&run);
	digest_hex(hash, &d);
}

static int
check_row(sqlite3_stmt *st, char hash[DIGEST_HEX], struct chain_sum *sum,
    struct err *e)
{
	struct cell row[AUDIT_CELLS];
	int64_t seq;
	int i;

	for (i = 0; i < AUDIT_CELLS; i++)
		row[i] = cell_read(st, i);
	seq = row[AUDIT_SEQ].as.sint;
	chain_next(hash, row);
	if (strcmp(hash, column_text(st, AUDIT_CELLS)) != 0)
		return err_set(e,
		    "audit row %" PRId64 " is not as it was written", seq);
	sum->rows++;
	sum->last = (uint64_t)seq;
	if (row[AUDIT_RESULT].as.text[0] == '\0')
		sum->requests++;
	else
		sum->results++;
	return 0;
}

int
chain_verify(struct db *db, uint64_t after, int64_t limit,
    char hash[DIGEST_HEX], struct chain_sum *sum, struct err *e)
{
	sqlite3_stmt *st = db_statement(db, STATEMENT_READ_CHAIN, e);
	int rc;

	memset(sum, 0, sizeof(*sum));
	sum->last = after;
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, (int64_t)after);
	sqlite3_bind_int64(st, 2, limit);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (check_row(st, hash, sum, e) == -1) {
			sqlite3_reset(st);
			return -1;
		}
	}
	if (rc != SQLITE_DONE)
		db_fail(db, "audit", e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

/* The hash that the row behind the last n follows, and its seq. */
static int
tail_start(struct db *db, uint64_t n, char hash[DIGEST_HEX], uint64_t *after,
    struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc;

	str_copy(hash, CHAIN_START, DIGEST_HEX);
	*after = 0;
	if (sqlite3_prepare_v2(db->handle,
		"SELECT seq,hash FROM audit ORDER BY seq DESC LIMIT 1"
		" OFFSET ?",
		-1, &st, NULL) != SQLITE_OK)
		return db_fail(db, "audit", e);
	sqlite3_bind_int64(st, 1, (int64_t)n);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		*after = (uint64_t)sqlite3_column_int64(st, 0);
		str_copy(hash, column_text(st, 1), DIGEST_HEX);
	} else if (rc != SQLITE_DONE)
		db_fail(db, "audit", e);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

int
chain_verify_end(
    struct db *db, uint64_t last, const char *hash, struct err *e)
{
	sqlite3_stmt *st = db_statement(db, STATEMENT_GET_POSITION, e);
	int rc = -1;

	if (st == NULL)
		return -1;
	if (sqlite3_step(st) != SQLITE_ROW)
		err_set(e, "the position of the record is missing");
	else if ((uint64_t)sqlite3_column_int64(st, 1) != last ||
	    strcmp(column_text(st, 2), hash) != 0)
		err_set(e, "audit rows are missing behind row %" PRIu64, last);
	else
		rc = 0;
	sqlite3_reset(st);
	return rc;
}

int
chain_verify_tail(struct db *db, uint64_t n, struct err *e)
{
	struct chain_sum sum;
	char hash[DIGEST_HEX];
	uint64_t after;

	if (tail_start(db, n, hash, &after, e) == -1 ||
	    chain_verify(db, after, CHAIN_ALL, hash, &sum, e) == -1)
		return -1;
	return chain_verify_end(db, sum.last, hash, e);
}
