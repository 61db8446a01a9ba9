/* SPDX-License-Identifier: ISC */
/*
 * db.h - one SQLite connection and its prepared statements.
 *
 * Used by one thread. Statements are prepared at first use and kept until the
 * connection closes. Return codes are SQLite's extended ones.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/statement.h"

struct db {
	sqlite3 *handle;	/* NULL: closed */
	sqlite3_stmt *cached[STATEMENT_COUNT];
};

/* The one writing and checkpointing connection; nothing is written yet. It
 * waits a second for another's lock; the record thread sets that to 0. */
int db_open_writer(struct db *db, const char *path, struct err *e);
/* Write-ahead log, synchronous FULL, checkpoints only when asked. Apart from
 * the opening, because it changes a file that may not be ours. */
int db_use_log(struct db *db, struct err *e);
/* Never writes, never checkpoints, not even when it closes. */
int db_open_reader(struct db *db, const char *path, struct err *e);
/* After a failure of the disk: closes without touching file or log. */
void db_abandon(struct db *db);
void db_close(struct db *db);

/* Runs one statement or several without parameters. */
int db_exec(struct db *db, const char *sql, struct err *e);
/* The cached statement, reset; NULL and why (e may be NULL). */
sqlite3_stmt *db_statement(struct db *db, enum statement st, struct err *e);
/* The first column of the first row; -1 and why if there is none. */
int db_number(struct db *db, const char *sql, int64_t *n, struct err *e);
/* Is this file of ours, and not newer than version? Else -1 and why. One
 * without tables is; *fresh says so. Writes nothing. */
int db_identify(struct db *db, const char *what, int application, int version,
    bool *fresh, struct err *e);
int db_code(const struct db *db);
/* Fills e with context and what the connection says; returns -1. */
int db_fail(const struct db *db, const char *what, struct err *e);
/* "ok", or why not; check: "quick_check" or "integrity_check". */
int db_check(struct db *db, const char *check, struct err *e);

/* Text of a column, "" for NULL; lives until the next step. */
const char *column_text(sqlite3_stmt *st, int column);

#endif
