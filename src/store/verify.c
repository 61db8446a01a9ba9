/* SPDX-License-Identifier: ISC */
#include "store/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "store/chain.h"
#include "store/db.h"
#include "store/schema.h"

#define PAGE 4096		/* rows in one transaction */

/* --- the file --- */

static int
list_tables(struct db *db, char ***names, size_t *n, struct err *e)
{
	VEC(char *) all = { 0 };
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db->handle, "SELECT name FROM sqlite_master"
	    " WHERE type='table' ORDER BY name", -1, &st, NULL);

	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(st);
		if (rc == SQLITE_ROW)
			vec_push(&all, xstrdup(column_text(st, 0)));
	}
	if (rc != SQLITE_DONE)
		db_fail(db, "tables", e);
	sqlite3_finalize(st);
	*names = all.at;
	*n = all.n;
	return rc == SQLITE_DONE ? 0 : -1;
}

/* A table with its indices: so much is one transaction. */
static int
check_table(struct db *db, const char *table, struct err *e)
{
	char *sql = sqlite3_mprintf("PRAGMA integrity_check(%Q)", table);
	sqlite3_stmt *st = NULL;
	int rc = -1;

	if (sql == NULL || sqlite3_prepare_v2(db->handle, sql, -1, &st,
			       NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		db_fail(db, table, e);
	else if (strcmp(column_text(st, 0), "ok") != 0)
		err_set(e, "%s: damaged: %s", table, column_text(st, 0));
	else
		rc = 0;
	sqlite3_finalize(st);
	sqlite3_free(sql);
	return rc;
}

int
verify_file(struct db *db, uint64_t *count, struct err *e)
{
	int64_t pages = 0, size = 0;
	char **tables;
	size_t n, i;
	int rc = list_tables(db, &tables, &n, e);

	for (i = 0; i < n; i++) {
		if (rc == 0)
			rc = check_table(db, tables[i], e);
		free(tables[i]);
	}
	free(tables);
	if (rc == 0 && (db_number(db, "PRAGMA page_count", &pages, e) == -1 ||
			   db_number(db, "PRAGMA page_size", &size, e) == -1))
		rc = -1;
	*count = (uint64_t)(pages * size);
	return rc;
}

static int
check_file(struct db *db, struct record_proof *p, uint64_t *count,
    struct err *e)
{
	(void)p;
	return verify_file(db, count, e);
}

/* --- the audit --- */

static int
check_page(struct db *db, struct record_proof *p, bool *more, struct err *e)
{
	struct chain_sum sum;

	if (chain_verify(db, p->last_seq, PAGE, p->last_hash, &sum, e) == -1)
		return -1;
	p->rows += sum.rows;
	p->requests += sum.requests;
	p->results += sum.results;
	p->last_seq = sum.last;
	*more = sum.rows == PAGE;
	return *more ? 0 : chain_verify_end(db, p->last_seq, p->last_hash, e);
}

/* The end and the position that names it are read in one transaction. */
static int
check_audit(struct db *db, struct record_proof *p, uint64_t *count,
    struct err *e)
{
	bool more = true;
	int rc = 0;

	str_copy(p->last_hash, CHAIN_START, sizeof(p->last_hash));
	while (more && rc == 0) {
		if (db_exec(db, "BEGIN", e) == -1)
			return -1;
		rc = check_page(db, p, &more, e);
		db_exec(db, "COMMIT", NULL);
	}
	*count = p->rows;
	return rc;
}

/* --- one result for each command --- */

static int
expect_none(struct db *db, const char *sql, uint64_t from, const char *what,
    struct err *e)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	int rc = sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL);

	if (rc == SQLITE_OK) {
		sqlite3_bind_int64(st, 1, (int64_t)from);
		sqlite3_bind_int64(st, 2, (int64_t)from + PAGE);
		rc = sqlite3_step(st);
	}
	if (rc == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	else
		db_fail(db, "audit", e);
	sqlite3_finalize(st);
	if (rc != SQLITE_ROW)
		return -1;
	return n == 0 ? 0 : err_set(e, "%" PRId64 " %s", n, what);
}

static int
check_commands(struct db *db, struct record_proof *p, uint64_t *count,
    struct err *e)
{
	uint64_t from = 0;
	int64_t open, last;

	if (db_number(db, "SELECT coalesce(max(seq),0) FROM audit", &last,
		e) == -1 ||
	    db_number(db, "SELECT count(*) FROM open_requests", &open, e) == -1)
		return -1;
	p->open = (uint64_t)open;
	for (; from <= (uint64_t)last; from += PAGE)
		if (expect_none(db,
			"SELECT count(*) FROM audit a WHERE seq>=?1 AND"
			" seq<?2 AND result<>'' AND NOT EXISTS"
			" (SELECT 1 FROM audit b WHERE b.seq=a.command AND"
			" b.result='')",
			from, "results without a request", e) == -1 ||
		    expect_none(db,
			"SELECT count(*) FROM audit a WHERE seq>=?1 AND"
			" seq<?2 AND result='' AND"
			" (SELECT count(*) FROM audit b WHERE"
			" b.command=a.command AND b.result<>'') +"
			" (SELECT count(*) FROM open_requests o WHERE"
			" o.command=a.command) <> 1",
			from, "commands without exactly one result", e) == -1)
			return -1;
	*count = p->requests;
	return 0;
}

/* --- the journal --- */

struct journal {
	struct db *db;
	sqlite3_stmt *page, *begun;
	uint64_t last, rows;
};

/* Is it in the first turn of a server? */
static int
is_begin(struct journal *j, int64_t seq, int64_t mono, struct err *e)
{
	int rc;

	sqlite3_bind_int64(j->begun, 1, seq);
	sqlite3_bind_int64(j->begun, 2, mono);
	rc = sqlite3_step(j->begun);
	sqlite3_reset(j->begun);
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		return rc == SQLITE_ROW;
	return db_fail(j->db, "events", e);
}

static int
check_number(struct journal *j, uint64_t seq, int64_t mono, struct err *e)
{
	int begun = 1;

	if (j->last != 0 && seq != j->last + 1)
		begun = is_begin(j, (int64_t)seq, mono, e);
	if (begun == 0)
		err_set(e, "events %" PRIu64 " to %" PRIu64 " are missing",
		    j->last + 1, seq - 1);
	j->last = seq;
	j->rows++;
	return begun == 1 ? 0 : -1;
}

/* A page; at the end, also that the position names it. */
static int
check_events(struct journal *j, bool *more, struct err *e)
{
	int64_t end;
	int n = 0, rc;

	sqlite3_bind_int64(j->page, 1, (int64_t)j->last);
	while ((rc = sqlite3_step(j->page)) == SQLITE_ROW && ++n)
		if (check_number(j,
			(uint64_t)sqlite3_column_int64(j->page, 0),
			sqlite3_column_int64(j->page, 1), e) == -1) {
			sqlite3_reset(j->page);
			return -1;
		}
	sqlite3_reset(j->page);
	if (rc != SQLITE_DONE)
		return db_fail(j->db, "events", e);
	*more = n == PAGE;
	if (*more)
		return 0;
	if (db_number(j->db, "SELECT event_seq FROM position", &end, e) == -1)
		return -1;
	return (uint64_t)end == j->last || j->last == 0
	    ? 0
	    : err_set(e, "events are missing behind %" PRIu64, j->last);
}

static int
check_journal(struct db *db, struct record_proof *p, uint64_t *count,
    struct err *e)
{
	struct journal j = { .db = db };
	bool more = true;
	int rc = 0;

	if (sqlite3_prepare_v2(db->handle, "SELECT seq,mono_ms FROM events"
		" WHERE seq>? ORDER BY seq LIMIT 4096", -1, &j.page,
		NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db->handle, "SELECT 1 FROM events WHERE seq>=?1"
		" AND seq<?1+10000 AND mono_ms=?2 AND kind='system' AND"
		" name='server' AND text='started'", -1, &j.begun,
		NULL) != SQLITE_OK)
		rc = db_fail(db, "events", e);
	while (more && rc == 0 && (rc = db_exec(db, "BEGIN", e)) == 0) {
		rc = check_events(&j, &more, e);
		db_exec(db, "COMMIT", NULL);
	}
	sqlite3_finalize(j.page);
	sqlite3_finalize(j.begun);
	*count = p->events = j.rows;
	return rc;
}

/* --- all of it --- */

static const struct check {
	const char *name;
	int (*run)(struct db *db, struct record_proof *p, uint64_t *count,
	    struct err *e);
} checks[] = {
	{ "file", check_file },
	{ "audit", check_audit },
	{ "commands", check_commands },
	{ "journal", check_journal },
};
#define CHECKS (sizeof(checks) / sizeof(checks[0]))

static int
open_record(struct db *db, const char *dir, struct err *e)
{
	char *path = xasprintf("%s/record.db", dir);
	int rc = db_open_reader(db, path, e);

	if (rc == 0 && schema_check(db, e) == -1) {
		db_abandon(db);
		rc = -1;
	}
	if (rc == -1)
		err_prefix(e, "%s", path);
	free(path);
	return rc;
}

int
record_verify(const char *dir, struct record_proof *p, struct err *e)
{
	uint64_t count;
	struct db db;
	size_t i;
	int rc = 0;

	memset(p, 0, sizeof(*p));
	if (open_record(&db, dir, e) == -1)
		return -1;
	for (i = 0; i < CHECKS && rc == 0; i++)
		rc = checks[i].run(&db, p, &count, e);
	db_abandon(&db);
	return rc == 0 ? 0 : err_prefix(e, "%s/record.db", dir);
}

unsigned
state_verify(const char *dir, verify_fn *fn, void *arg)
{
	struct verify_row row = { .part = "record.db", .check = "file" };
	struct record_proof p = { 0 };
	unsigned wrong = 0;
	struct db db;
	struct err e;
	size_t i;

	if (open_record(&db, dir, &e) == -1) {
		row.wrong = e.text;
		fn(arg, &row);
		return 1 + history_verify(dir, fn, arg);
	}
	for (i = 0; i < CHECKS; i++) {
		row = (struct verify_row){ "record.db", checks[i].name, 0,
			NULL };
		if (checks[i].run(&db, &p, &row.count, &e) == -1)
			row.wrong = e.text;
		wrong += row.wrong != NULL;
		fn(arg, &row);
	}
	db_abandon(&db);
	return wrong + history_verify(dir, fn, arg);
}
