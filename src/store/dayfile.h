/* SPDX-License-Identifier: ISC */
/*
 * dayfile.h - history/YYYY-MM-DD.db: the samples of one UTC day.
 *
 *   tags      id and name of those that have samples here
 *   chunks    closed runs of samples of one tag (chunk.h), by tag and time;
 *             seq: in the order in which they were begun
 *   seconds   all samples that are in no chunk yet, as they came: the log
 *             that makes open chunks durable. upto of a chunk: the last
 *             second of which it has all
 *   marks     what was known of any tag ends there
 *   position  the last second, the last seq, and the time up to which the
 *             file is known to be complete
 *
 * One connection in one thread writes; a file that another wrote is readable
 * by stock sqlite3, its chunks are not.
 */
#ifndef STORE_DAYFILE_H
#define STORE_DAYFILE_H

#include "base/clock.h"
#include "store/chunk.h"
#include "store/db.h"

#define DAY_MS 86400000LL
#define DAYFILE_NAME 14		/* YYYY-MM-DD.db and NUL */

/* Days since 1970; a day begins at 00:00 UTC. */
int32_t day_of(struct wall t);
static inline int64_t
day_start(int32_t day)
{
	return (int64_t)day * DAY_MS;
}
char *day_name(char dst[DAYFILE_NAME], int32_t day);
/* From such a name; -1: it is none. */
int32_t day_parse(const char *name);

#define DAY_STATEMENTS(X)                                                      \
	X(BEGIN, "BEGIN IMMEDIATE")                                            \
	X(COMMIT, "COMMIT")                                                    \
	X(ROLLBACK, "ROLLBACK")                                                \
	X(ADD_TAG, "INSERT INTO tags(id,name) VALUES(?,?)")                    \
	X(ADD_CHUNK,                                                           \
	    "INSERT INTO chunks(tag,first,seq,last,n,type,upto,body)"          \
	    " VALUES(?,?,?,?,?,?,?,?)")                                        \
	X(ADD_SECOND, "INSERT INTO seconds(id,body) VALUES(?,?)")              \
	X(TRIM_SECONDS, "DELETE FROM seconds WHERE id<?")                      \
	X(ADD_MARK, "INSERT INTO marks(time,reason) VALUES(?,?)")              \
	X(SET_POSITION, "UPDATE position SET second=?,seq=?,reached=?")        \
	X(OVERLAP,                                                             \
	    "SELECT 1 FROM chunks WHERE tag=? AND last>=? LIMIT 1")            \
	X(ALL_TAGS, "SELECT id,name FROM tags")                                \
	X(ALL_SECONDS, "SELECT id,body FROM seconds ORDER BY id")              \
	X(UPTO, "SELECT tag,max(upto) FROM chunks GROUP BY tag")               \
	X(FIND_TAG, "SELECT id FROM tags WHERE name=?")                        \
	X(MARKS,                                                               \
	    "SELECT time FROM marks WHERE time>=? AND time<? ORDER BY time")   \
	X(LAST_MARK, "SELECT max(time) FROM marks WHERE time<?")               \
	X(FROM,                                                                \
	    "SELECT first,seq,last,n,type,body FROM chunks WHERE tag=?"        \
	    " AND (first,seq)>(?,?) AND last>=? AND first<?"                   \
	    " ORDER BY first,seq LIMIT 64")                                    \
	X(BEFORE,                                                              \
	    "SELECT first,seq,last,n,type,body FROM chunks WHERE tag=?"        \
	    " AND first<? ORDER BY first DESC,seq DESC")

enum day_statement {
#define X(id, sql) DAY_##id,
	DAY_STATEMENTS(X)
#undef X
	DAY_STATEMENT_COUNT
};

struct dayfile {
	struct db db;
	sqlite3_stmt *st[DAY_STATEMENT_COUNT];
	int32_t day;
};

/* dir is .../history. The writer creates what is missing; a reader fails. */
int dayfile_open_writer(
    struct dayfile *f, const char *dir, int32_t day, struct err *e);
int dayfile_open_reader(
    struct dayfile *f, const char *dir, int32_t day, struct err *e);
/* Without touching file or log, after a failure of the disk. */
void dayfile_abandon(struct dayfile *f);
void dayfile_close(struct dayfile *f);
/* Reset and without parameters; NULL and why (e may be NULL). */
sqlite3_stmt *dayfile_statement(
    struct dayfile *f, enum day_statement st, struct err *e);
/* Runs a statement that brings no row; -1 and why. */
int dayfile_run(struct dayfile *f, sqlite3_stmt *st, struct err *e);

struct day_position {
	int64_t second, seq, reached;
	int64_t last_mark;	/* 0: none */
};
int dayfile_position(
    struct dayfile *f, struct day_position *p, struct err *e);

/* The days that have a file in dir, in order; the caller frees. n = 0: none.
 * bytes: of the files and their logs (may be NULL). */
int32_t *days_list(const char *dir, size_t *n, int64_t *bytes);
/* The bytes of one day; 0 if there is none. */
int64_t day_bytes(const char *dir, int32_t day);
/* Deletes the file and what belongs to it. */
void day_remove(const char *dir, int32_t day);

#endif
