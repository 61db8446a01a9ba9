/* SPDX-License-Identifier: ISC */
/* One transaction, and what is done when one failed. The record thread's. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "store/chain.h"
#include "store/inside.h"
#include "store/schema.h"

/* Pages in the log: checkpointed when idle, or whatever comes. */
#define LOG_DUE 1000
#define LOG_OVERDUE 10000

int
position_read(struct db *db, struct position *p, struct err *e)
{
	sqlite3_stmt *st = db_statement(db, STATEMENT_GET_POSITION, e);
	int rc = -1;

	if (st == NULL)
		return -1;
	if (sqlite3_step(st) != SQLITE_ROW)
		db_fail(db, "position", e);
	else {
		p->batch = (uint64_t)sqlite3_column_int64(st, 0);
		p->audit_seq = (uint64_t)sqlite3_column_int64(st, 1);
		str_copy(p->hash, column_text(st, 2), sizeof(p->hash));
		p->event_seq = (uint64_t)sqlite3_column_int64(st, 3);
		p->event_limit = (uint64_t)sqlite3_column_int64(st, 4);
		rc = 0;
	}
	sqlite3_reset(st);
	return rc;
}

static int
step(struct record *r, enum statement id, const struct cell *cells, unsigned n)
{
	sqlite3_stmt *st = db_statement(&r->db, id, NULL);
	unsigned i;
	int rc;

	if (st == NULL)
		return db_code(&r->db);
	for (i = 0; i < n; i++)
		if ((rc = cell_bind(st, (int)i + 1, &cells[i])) != SQLITE_OK)
			return rc;
	rc = sqlite3_step(st);
	sqlite3_reset(st);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static int
audit_insert(struct record *r, const struct cell *row, struct position *p)
{
	struct cell with_hash[AUDIT_CELLS + 1];
	char hash[DIGEST_HEX];
	int rc;

	str_copy(hash, p->hash, sizeof(hash));
	chain_next(hash, row);
	memcpy(with_hash, row, AUDIT_CELLS * sizeof(*row));
	with_hash[AUDIT_CELLS] = (struct cell){ CELL_TEXT, { .text = hash } };
	rc = step(r, STATEMENT_ADD_AUDIT, with_hash, AUDIT_CELLS + 1);
	if (rc == SQLITE_OK) {
		p->audit_seq = (uint64_t)row[AUDIT_SEQ].as.sint;
		str_copy(p->hash, hash, sizeof(p->hash));
	}
	return rc;
}

/* A row that the schema refuses is a bug of whoever made it (a second result
 * of one command): it must not hold up all that come after. */
static int
op_run(struct record *r, const struct op *op, struct position *p,
    uint64_t *skipped)
{
	int rc;

	if (op->st == STATEMENT_ADD_AUDIT)
		rc = audit_insert(r, op->cells, p);
	else
		rc = step(r, op->st, op->cells, op->n);
	if ((rc & 0xff) != SQLITE_CONSTRAINT)
		return rc;
	log_error("record: row refused: %s, first column %" PRId64,
	    sqlite3_errmsg(r->db.handle),
	    op->cells[0].type == CELL_INT ? op->cells[0].as.sint : 0);
	(*skipped)++;
	return SQLITE_OK;
}

int
position_write(struct record *r, const struct position *p)
{
	struct cell cells[] = { cell_int((int64_t)p->batch),
		cell_int((int64_t)p->audit_seq),
		{ CELL_TEXT, { .text = p->hash } },
		cell_int((int64_t)p->event_seq),
		cell_int((int64_t)p->event_limit) };

	return step(r, STATEMENT_SET_POSITION, cells, 5);
}

int
record_write(struct record *r, struct record_batch *first,
    const struct record_batch *last, struct position *p, uint64_t *skipped)
{
	struct record_batch *b;
	size_t i;
	int rc;

	for (b = first;; b = STAILQ_NEXT(b, next)) {
		for (i = 0; i < b->ops.n; i++) {
			rc = op_run(r, &b->ops.at[i], p, skipped);
			if (rc != SQLITE_OK)
				return rc;
		}
		p->batch = b->n;
		if (b->event_last > p->event_seq)
			p->event_seq = b->event_last;
		if (b == last)
			break;
	}
	p->event_limit = p->event_seq + RECORD_SEQ_AHEAD;
	return position_write(r, p);
}

static enum outcome
classify(struct record *r, int rc)
{
	db_fail(&r->db, "record.db", &r->trouble);
	switch (rc & 0xff) {
	case SQLITE_BUSY:
		err_set(&r->trouble, "record.db: somebody else is writing");
		return OUTCOME_BUSY;
	case SQLITE_FULL:
		err_set(&r->trouble, "record.db: the disk is full");
		return OUTCOME_FULL;
	default:
		return OUTCOME_BROKEN;
	}
}

enum outcome
record_commit(struct record *r, struct record_batch *first,
    const struct record_batch *last, uint64_t *skipped)
{
	struct position p = r->position;
	enum outcome out;
	int rc;

	*skipped = 0;
	if (r->db.handle == NULL || r->doubt)
		return OUTCOME_BROKEN;
	rc = step(r, STATEMENT_BEGIN, NULL, 0);
	if (rc == SQLITE_OK)
		rc = record_write(r, first, last, &p, skipped);
	if (rc == SQLITE_OK)
		rc = step(r, STATEMENT_COMMIT, NULL, 0);
	if (rc == SQLITE_OK) {
		r->position = p;
		return OUTCOME_DONE;
	}
	out = classify(r, rc);
	if (!sqlite3_get_autocommit(r->db.handle) &&
	    step(r, STATEMENT_ROLLBACK, NULL, 0) != SQLITE_OK)
		out = OUTCOME_BROKEN;
	return out;
}

static int
note_log(void *record, sqlite3 *handle, const char *name, int pages)
{
	struct record *r = record;

	(void)handle;
	(void)name;
	r->log_pages = pages;
	return SQLITE_OK;
}

int
record_reopen(struct record *r, struct err *e)
{
	if (db_open_writer(&r->db, r->path, e) == -1)
		return -1;
	if (schema_check(&r->db, e) == -1 || db_use_log(&r->db, e) == -1)
		return -1;
	sqlite3_wal_hook(r->db.handle, note_log, r);
	r->log_pages = 0;
	return 0;
}

/* A long check must not keep a safe command waiting. */
static int
while_checking(void *record)
{
	if (record_keep_safe(record))
		record_tell(record);
	return 0;
}

/* Reads the log and writes the same again, so that it is dirty once more and
 * a sync has something to do. */
static int
rewrite(sqlite3_file *log, int *code)
{
	sqlite3_int64 at, size;
	char block[4096];
	int n;

	*code = log->pMethods->xFileSize(log, &size);
	for (at = 0; *code == SQLITE_OK && at < size; at += n) {
		n = size - at < (int)sizeof(block) ? (int)(size - at)
						   : (int)sizeof(block);
		*code = log->pMethods->xRead(log, block, n, at);
		if (*code == SQLITE_OK)
			*code = log->pMethods->xWrite(log, block, n, at);
	}
	if (*code == SQLITE_OK)
		*code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
	return *code == SQLITE_OK ? 0 : -1;
}

/*
 * What can be read from the log may not be on the disk: the kernel forgets
 * what a failed sync did not write, and a later sync succeeds. Believed as it
 * is, it would be confirmed, and even spread by a checkpoint into a file over
 * which, after a power cut, the older log is played again. So the log is made
 * durable first, while the lock keeps others from appending.
 */
int
record_make_log_durable(struct record *r, struct err *e)
{
	sqlite3_file *log = NULL;
	int rc, code;

	if (step(r, STATEMENT_BEGIN, NULL, 0) != SQLITE_OK)
		return db_fail(&r->db, "log", e);
	rc = sqlite3_file_control(
	    r->db.handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (rc == SQLITE_OK && log != NULL && log->pMethods != NULL &&
	    rewrite(log, &code) == -1)
		err_set(e, "log: %s (%d)", sqlite3_errstr(code), code);
	else
		code = SQLITE_OK;
	if (step(r, STATEMENT_ROLLBACK, NULL, 0) != SQLITE_OK)
		return db_fail(&r->db, "log", e);
	return code == SQLITE_OK ? 0 : -1;
}

static int
recover(struct record *r, struct err *e)
{
	int rc;

	if (record_reopen(r, e) == -1 || record_make_log_durable(r, e) == -1)
		return -1;
	sqlite3_progress_handler(r->db.handle, 10000, while_checking, r);
	rc = db_check(&r->db, "quick_check", e);
	sqlite3_progress_handler(r->db.handle, 0, NULL, NULL);
	if (rc == -1 || position_read(&r->db, &r->position, e) == -1)
		return -1;
	sqlite3_busy_timeout(r->db.handle, 0);
	r->doubt = false;
	return 0;
}

enum outcome
record_recover(struct record *r)
{
	db_abandon(&r->db);
	if (recover(r, &r->trouble) == 0)
		return OUTCOME_DONE;
	err_prefix(&r->trouble, "record.db");
	db_abandon(&r->db);
	return OUTCOME_BROKEN;
}

void
checkpoint_if_due(struct record *r, bool idle)
{
	int pages, done;

	if (r->db.handle == NULL ||
	    r->log_pages < (idle ? LOG_DUE : LOG_OVERDUE))
		return;
	if (sqlite3_wal_checkpoint_v2(r->db.handle, NULL,
		SQLITE_CHECKPOINT_PASSIVE, &pages, &done) == SQLITE_OK) {
		r->log_pages = done == pages ? 0 : LOG_DUE - 1;
		return;
	}
	/* a failed sync of the file itself: the log still has it all, but
	 * this connection is not to be trusted any more */
	if ((db_code(&r->db) & 0xff) != SQLITE_BUSY) {
		db_fail(&r->db, "checkpoint", &r->trouble);
		log_warn("record: %s", r->trouble.text);
		db_abandon(&r->db);
	}
}
