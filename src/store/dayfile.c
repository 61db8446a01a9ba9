/* SPDX-License-Identifier: ISC */
#include "store/dayfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYFILE_APPLICATION 0x53474453	/* "SGDS" */
#define DAYFILE_VERSION 1

static const char *const statements[] = {
#define X(id, sql) sql,
	DAY_STATEMENTS(X)
#undef X
};

static const char schema[] =
	"CREATE TABLE tags(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"
	" STRICT;"
	/* With a rowid: a body of some kB would not fit into an index's page. */
	"CREATE TABLE chunks(id INTEGER PRIMARY KEY, tag INTEGER NOT NULL,"
	" first INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" last INTEGER NOT NULL, n INTEGER NOT NULL, type INTEGER NOT NULL,"
	" upto INTEGER NOT NULL, body BLOB NOT NULL) STRICT;"
	"CREATE UNIQUE INDEX chunks_tag ON chunks(tag,first,seq,last);"
	"CREATE TABLE seconds(id INTEGER PRIMARY KEY, body BLOB NOT NULL)"
	" STRICT;"
	"CREATE TABLE marks(time INTEGER NOT NULL, reason TEXT NOT NULL)"
	" STRICT;"
	"CREATE INDEX marks_time ON marks(time);"
	"CREATE TABLE position(one INTEGER PRIMARY KEY CHECK(one=1),"
	" second INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" reached INTEGER NOT NULL) STRICT;"
	"INSERT INTO position VALUES(1,0,0,0);";

int32_t
day_of(struct wall t)
{
	int64_t day = t.ms / DAY_MS;

	return (int32_t)(t.ms % DAY_MS < 0 ? day - 1 : day);
}

char *
day_name(char dst[DAYFILE_NAME], int32_t day)
{
	time_t seconds = (time_t)(day_start(day) / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(dst, DAYFILE_NAME, "%Y-%m-%d.db", &tm);
	return dst;
}

int32_t
day_parse(const char *name)
{
	char again[DAYFILE_NAME];
	struct tm tm = { 0 };
	int32_t day;

	if (strlen(name) != DAYFILE_NAME - 1 ||
	    sscanf(name, "%4d-%2d-%2d.db", &tm.tm_year, &tm.tm_mon,
		&tm.tm_mday) != 3)
		return -1;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	day = (int32_t)(timegm(&tm) / 86400);
	return day >= 0 && strcmp(day_name(again, day), name) == 0 ? day : -1;
}

static int
apply_schema(struct db *db, struct err *e)
{
	char mark[128];

	snprintf(mark, sizeof(mark),
	    "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT",
	    DAYFILE_APPLICATION, DAYFILE_VERSION);
	if (db_exec(db, "BEGIN IMMEDIATE", e) == -1)
		return -1;
	if (db_exec(db, schema, e) == 0 && db_exec(db, mark, e) == 0)
		return 0;
	db_exec(db, "ROLLBACK", NULL);
	return -1;
}

static void
path_of(char *dst, size_t cap, const char *dir, int32_t day)
{
	char name[DAYFILE_NAME];

	snprintf(dst, cap, "%s/%s", dir, day_name(name, day));
}

static int
prepare_writer(struct db *db, bool fresh, struct err *e)
{
	if (fresh && db_exec(db, "PRAGMA page_size=8192", e) == -1)
		return -1;
	if (db_use_log(db, e) == -1 || (fresh && apply_schema(db, e) == -1))
		return -1;
	sqlite3_busy_timeout(db->handle, 0);
	return 0;
}

static int
prepare_reader(struct db *db, bool fresh, struct err *e)
{
	(void)db;
	return fresh ? err_set(e, "empty") : 0;
}

static int
open_day(struct dayfile *f, const char *dir, int32_t day,
    int (*open)(struct db *db, const char *path, struct err *e),
    int (*prepare)(struct db *db, bool fresh, struct err *e), struct err *e)
{
	char path[4200], name[DAYFILE_NAME];
	bool fresh;

	memset(f, 0, sizeof(*f));
	f->day = day;
	path_of(path, sizeof(path), dir, day);
	if (open(&f->db, path, e) == -1)
		return -1;
	if (db_identify(&f->db, "history", DAYFILE_APPLICATION,
		DAYFILE_VERSION, &fresh, e) == 0 &&
	    prepare(&f->db, fresh, e) == 0)
		return 0;
	err_prefix(e, "%s", day_name(name, day));
	dayfile_abandon(f);
	return -1;
}

int
dayfile_open_writer(
    struct dayfile *f, const char *dir, int32_t day, struct err *e)
{
	return open_day(f, dir, day, db_open_writer, prepare_writer, e);
}

int
dayfile_open_reader(
    struct dayfile *f, const char *dir, int32_t day, struct err *e)
{
	return open_day(f, dir, day, db_open_reader, prepare_reader, e);
}

static void
finalize(struct dayfile *f)
{
	unsigned i;

	for (i = 0; i < DAY_STATEMENT_COUNT; i++)
		sqlite3_finalize(f->st[i]);
	memset(f->st, 0, sizeof(f->st));
}

void
dayfile_abandon(struct dayfile *f)
{
	finalize(f);
	if (f->db.handle != NULL)
		db_abandon(&f->db);
}

void
dayfile_close(struct dayfile *f)
{
	finalize(f);
	if (f->db.handle != NULL)
		db_close(&f->db);
}

sqlite3_stmt *
dayfile_statement(struct dayfile *f, enum day_statement st, struct err *e)
{
	if (f->st[st] != NULL) {
		sqlite3_reset(f->st[st]);
		return f->st[st];
	}
	if (sqlite3_prepare_v3(f->db.handle, statements[st], -1,
		SQLITE_PREPARE_PERSISTENT, &f->st[st], NULL) != SQLITE_OK)
		db_fail(&f->db, "statement", e);
	return f->st[st];
}

int
dayfile_run(struct dayfile *f, sqlite3_stmt *st, struct err *e)
{
	int rc = st != NULL ? sqlite3_step(st) : SQLITE_ERROR;

	if (st != NULL && rc != SQLITE_DONE)
		db_fail(&f->db, "history", e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

int
dayfile_position(struct dayfile *f, struct day_position *p, struct err *e)
{
	struct db *db = &f->db;

	return db_number(db, "SELECT second FROM position", &p->second, e) ||
		db_number(db, "SELECT seq FROM position", &p->seq, e) ||
		db_number(db, "SELECT reached FROM position", &p->reached,
		    e) ||
		db_number(db, "SELECT coalesce(max(time),0) FROM marks",
		    &p->last_mark, e)
	    ? -1
	    : 0;
}
