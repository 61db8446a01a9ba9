/* SPDX-License-Identifier: ISC */
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const statements[] = {
#define X(id, sql) sql,
	STATEMENTS(X)
#undef X
};

/* Checkpoints are ours (commit.c, archive.c), never in the way of a commit. */
static const char writer_pragmas[] =
	"PRAGMA journal_mode=WAL;"
	"PRAGMA synchronous=FULL;"
	"PRAGMA wal_autocheckpoint=0;"
	"PRAGMA journal_size_limit=16777216;"
	"PRAGMA mmap_size=0;"
	"PRAGMA temp_store=MEMORY;"
	"PRAGMA cell_size_check=ON;"
	"PRAGMA trusted_schema=OFF;";

int
db_code(const struct db *db)
{
	return sqlite3_extended_errcode(db->handle);
}

int
db_fail(const struct db *db, const char *what, struct err *e)
{
	return err_set(e, "%s: %s (%d)", what, sqlite3_errmsg(db->handle),
	    db_code(db));
}

static int
open_with(struct db *db, const char *path, int flags, struct err *e)
{
	memset(db, 0, sizeof(*db));
	if (sqlite3_open_v2(path, &db->handle,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
		NULL) != SQLITE_OK) {
		db_fail(db, path, e);
		db_abandon(db);
		return -1;
	}
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return 0;
}

int
db_open_writer(struct db *db, const char *path, struct err *e)
{
	if (open_with(db, path,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, e) == -1)
		return -1;
	sqlite3_db_config(
	    db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_busy_timeout(db->handle, 1000);
	return 0;
}

int
db_open_reader(struct db *db, const char *path, struct err *e)
{
	if (open_with(db, path, SQLITE_OPEN_READONLY, e) == -1)
		return -1;
	sqlite3_db_config(
	    db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_busy_timeout(db->handle, 1000);
	return db_exec(db, "PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF;"
	    "PRAGMA query_only=ON", e);
}

int
db_use_log(struct db *db, struct err *e)
{
	return db_exec(db, writer_pragmas, e);
}

void
db_close(struct db *db)
{
	int i;

	for (i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(db->cached[i]);
	sqlite3_close_v2(db->handle);
	memset(db, 0, sizeof(*db));
}

void
db_abandon(struct db *db)
{
	if (db->handle != NULL)
		sqlite3_db_config(db->handle,
		    SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	db_close(db);
}

int
db_exec(struct db *db, const char *sql, struct err *e)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_fail(db, "database", e);
	return 0;
}

sqlite3_stmt *
db_statement(struct db *db, enum statement st, struct err *e)
{
	if (db->cached[st] != NULL) {
		sqlite3_reset(db->cached[st]);
		return db->cached[st];
	}
	if (sqlite3_prepare_v3(db->handle, statements[st], -1,
		SQLITE_PREPARE_PERSISTENT, &db->cached[st],
		NULL) != SQLITE_OK)
		db_fail(db, "statement", e);
	return db->cached[st];
}

int
db_number(struct db *db, const char *sql, int64_t *n, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = -1;

	if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW) {
		*n = sqlite3_column_int64(st, 0);
		rc = 0;
	} else
		db_fail(db, "database", e);
	sqlite3_finalize(st);
	return rc;
}

int
db_identify(struct db *db, const char *what, int application, int version,
    bool *fresh, struct err *e)
{
	int64_t theirs, is, tables;

	if (db_number(db, "PRAGMA application_id", &theirs, e) == -1 ||
	    db_number(db, "PRAGMA user_version", &is, e) == -1 ||
	    db_number(db, "SELECT count(*) FROM sqlite_master", &tables, e) ==
		-1)
		return -1;
	*fresh = tables == 0;
	if (tables > 0 && theirs != application)
		return err_set(e, "this is not a %s of sightglass", what);
	if (is > version)
		return err_set(e,
		    "written by a newer sightglass (schema %" PRId64
		    ", this program knows %d); install that version again",
		    is, version);
	return 0;
}

int
db_check(struct db *db, const char *check, struct err *e)
{
	sqlite3_stmt *st = NULL;
	char sql[64];
	int rc = -1;

	snprintf(sql, sizeof(sql), "PRAGMA %s(1)", check);
	if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		db_fail(db, check, e);
	else if (strcmp(column_text(st, 0), "ok") != 0)
		err_set(e, "damaged: %s", column_text(st, 0));
	else
		rc = 0;
	sqlite3_finalize(st);
	return rc;
}

const char *
column_text(sqlite3_stmt *st, int column)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	return text != NULL ? text : "";
}
