/* SPDX-License-Identifier: ISC */
#include "store/copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/fd.h"
#include "store/db.h"

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

static int
sync_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	if (fd < 0)
		return err_sys(e, "%s", path);
	rc = fsync(fd) < 0 ? err_sys(e, "%s", path) : 0;
	close(fd);
	return rc;
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
		rc = sync_file(to, e);
	return rc == 0 ? 0 : err_prefix(e, "%s", from);
}

int
copy_forget(const char *record, struct err *e)
{
	struct db db;
	int rc;

	if (db_open_writer(&db, record, e) == -1)
		return -1;
	rc = db_exec(&db, "BEGIN IMMEDIATE;"
	    "DELETE FROM settings WHERE \"key\"='control';"
	    "DELETE FROM sessions; COMMIT", e);
	db_close(&db);
	return rc == 0 ? sync_file(record, e) : err_prefix(e, "%s", record);
}

static int
copy_bytes(int in, int out, const char *from, struct err *e)
{
	static char piece[PIECE];	/* one copy at a time */
	ssize_t n;

	while ((n = read(in, piece, sizeof(piece))) > 0)
		if (fd_write_all(out, piece, (size_t)n) < 0)
			return err_sys(e, "copy of %s", from);
	if (n < 0 || fsync(out) < 0)
		return err_sys(e, "%s", from);
	return 0;
}

int
copy_file(const char *from, const char *to, struct err *e)
{
	int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), out, rc = -1;

	if (in < 0)
		return err_sys(e, "%s", from);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		err_sys(e, "%s", to);
	else
		rc = copy_bytes(in, out, from, e);
	fd_close(&out);
	close(in);
	return rc;
}

int
copy_digest(const char *path, char hex[DIGEST_HEX], struct err *e)
{
	static char piece[PIECE];
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct digest_run run;
	struct digest d;
	ssize_t n;

	if (fd < 0)
		return err_sys(e, "%s", path);
	digest_begin(&run);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		digest_feed(&run, piece, (size_t)n);
	d = digest_end(&run);
	digest_hex(hex, &d);
	if (n < 0)
		err_sys(e, "%s", path);
	close(fd);
	return n < 0 ? -1 : 0;
}
