/* SPDX-License-Identifier: ISC */
#include "store/copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/tree.h"

#define TRIES 100
#define PAUSE_MS 50		/* another connection is busy with the file */
#define PIECE 65536

static int
copy_pages(struct db *to, struct db *from, struct err *e)
{
	sqlite3_backup *b =
	    sqlite3_backup_init(to->handle, "main", from->handle, "main");
	int rc, i;

	if (b == NULL)
		return db_fail(to, "copy", e);
	for (i = 0; i < TRIES; i++) {
		rc = sqlite3_backup_step(b, -1);
		if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED)
			break;
		sqlite3_sleep(PAUSE_MS);
	}
	sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE)
		return 0;
	return err_set(e, "copy: %s", sqlite3_errstr(rc));
}

int
copy_database(const char *from, const char *to, struct err *e)
{
	struct db in, out = { 0 };
	int rc;

	if (db_open_reader(&in, from, e) == -1)
		return err_prefix(e, "%s", from);
	rc = db_open_writer(&out, to, e);
	if (rc == 0)
		rc = copy_pages(&out, &in, e);
	if (rc == 0)
		rc = db_exec(&out, "PRAGMA journal_mode=DELETE", e);
	if (rc == 0)
		rc = db_check(&out, "quick_check", e);
	db_close(&out);
	db_abandon(&in);
	if (rc == 0)
		rc = tree_sync_file(to, e);
	return rc == 0 ? 0 : err_prefix(e, "%s", from);
}

/* What was made by us has none: they would run as whoever opens it. */
static int
refuse_triggers(struct db *db, struct err *e)
{
	int64_t n;

	if (db_number(db, "SELECT count(*) FROM sqlite_master"
		" WHERE type='trigger'", &n, e) == -1)
		return -1;
	return n == 0 ? 0 : err_set(e, "has triggers: not made by sightglass");
}

static int
note_restored(struct db *db, const char *text, struct err *e)
{
	sqlite3_stmt *st = db_statement(db, STATEMENT_PUT_SETTING, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, "restored", -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, text, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_DONE)
		return db_fail(db, "settings", e);
	sqlite3_reset(st);
	return 0;
}

int
copy_forget(const char *record, const char *restored, struct err *e)
{
	struct db db;
	int rc;

	if (db_open_writer(&db, record, e) == -1)
		return -1;
	rc = refuse_triggers(&db, e);
	if (rc == 0)
		rc = db_exec(&db, "BEGIN IMMEDIATE;"
		    "DELETE FROM settings WHERE \"key\" IN"
		    " ('control','restored');"
		    "DELETE FROM sessions", e);
	if (rc == 0 && restored != NULL)
		rc = note_restored(&db, restored, e);
	if (rc == 0)
		rc = db_exec(&db, "COMMIT", e);
	db_close(&db);
	return rc == 0 ? tree_sync_file(record, e) : err_prefix(e, "%s", record);
}

/* The directories of a path, one after the other: none may be a link. */
static int
walk(int at, char *path)
{
	char *slash;
	int next;

	while (at >= 0 && (slash = strchr(path, '/')) != NULL) {
		*slash = '\0';
		next = openat(at, path,
		    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(at);
		at = next;
		path = slash + 1;
	}
	if (at < 0)
		return -1;
	/* a pipe must not keep us waiting */
	next = openat(at, path,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	close(at);
	return next;
}

int
copy_open(const char *dir, const char *path, struct err *e)
{
	char *parts = xstrdup(path);
	struct stat st;
	int fd = walk(open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC), parts);

	free(parts);
	if (fd < 0)
		return err_sys(e, "%s", path);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return err_set(e, "%s: not a file", path);
}

static int
pump(int in, int out, const char *name, struct err *e)
{
	static char piece[PIECE];	/* one copy at a time */
	ssize_t n;

	while ((n = read(in, piece, sizeof(piece))) > 0)
		if (fd_write_all(out, piece, (size_t)n) < 0)
			return err_sys(e, "copy of %s", name);
	if (n < 0 || fsync(out) < 0)
		return err_sys(e, "%s", name);
	return 0;
}

int
copy_bytes(int in, const char *name, const char *to, struct err *e)
{
	int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), rc;

	if (out < 0)
		return err_sys(e, "%s", to);
	rc = pump(in, out, name, e);
	close(out);
	return rc;
}

int
copy_file(const char *from, const char *to, struct err *e)
{
	int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), rc;

	if (in < 0)
		return err_sys(e, "%s", from);
	rc = copy_bytes(in, from, to, e);
	close(in);
	return rc;
}

int
copy_digest(int fd, const char *name, char hex[DIGEST_HEX], struct err *e)
{
	static char piece[PIECE];
	struct digest_run run;
	struct digest d;
	off_t at = 0;
	ssize_t n;

	digest_begin(&run);
	for (; (n = pread(fd, piece, sizeof(piece), at)) > 0; at += n)
		digest_feed(&run, piece, (size_t)n);
	d = digest_end(&run);
	digest_hex(hex, &d);
	return n < 0 ? err_sys(e, "%s", name) : 0;
}
