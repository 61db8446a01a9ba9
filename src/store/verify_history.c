/* SPDX-License-Identifier: ISC */
/* The day files: every sample can be read and is where it belongs. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/dayfile.h"
#include "store/verify.h"

struct day_check {
	struct dayfile *file;
	int64_t last_id;	/* of its tags */
	uint64_t samples;
	struct err *e;
};

static bool
is_of_day(const struct day_check *d, int64_t time)
{
	return day_of((struct wall){ time }) == d->file->day;
}

/* Tags only become more, also while they are read. */
static bool
is_tag(struct day_check *d, int64_t tag)
{
	struct err ignored;

	return tag > 0 && (tag <= d->last_id ||
			      (db_number(&d->file->db,
				   "SELECT coalesce(max(id),0) FROM tags",
				   &d->last_id, &ignored) == 0 &&
				  tag <= d->last_id));
}

/* columns: id, tag, first, last, n, type, body */
static int
check_chunk(struct day_check *d, sqlite3_stmt *st)
{
	int64_t id = sqlite3_column_int64(st, 0),
		tag = sqlite3_column_int64(st, 1),
		last = sqlite3_column_int64(st, 3);
	struct value v = { .time = { sqlite3_column_int64(st, 2) } };
	struct chunk_reader r = chunk_reader(sqlite3_column_blob(st, 6),
	    (size_t)sqlite3_column_bytes(st, 6),
	    (enum value_type)sqlite3_column_int(st, 5), v.time.ms);
	char text[VALUE_TEXT_MAX + 1];
	int64_t n = 0;

	if (!is_of_day(d, v.time.ms) || !is_of_day(d, last))
		return err_set(d->e, "chunk %" PRId64 " is of another day", id);
	while (chunk_get(&r, &v, text))
		n++;
	d->samples += (uint64_t)n;
	if (r.bad || n != sqlite3_column_int64(st, 4) || v.time.ms != last)
		return err_set(d->e, "chunk %" PRId64 " of tag %" PRId64
		    " cannot be read as it was written", id, tag);
	if (!is_tag(d, tag))
		return err_set(d->e, "chunk %" PRId64 " is of no tag", id);
	return 0;
}

/* columns: id, body */
static int
check_second(struct day_check *d, sqlite3_stmt *st)
{
	struct chunk_reader r = chunk_reader(sqlite3_column_blob(st, 1),
	    (size_t)sqlite3_column_bytes(st, 1), VALUE_BOOL, 0);
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	int64_t time = 0;
	uint64_t tag;

	while (chunk_get_logged(&r, &time, &tag, &v, text)) {
		d->samples++;
		if (!is_tag(d, (int64_t)tag))
			r.bad = true;
	}
	if (!r.bad)
		return 0;
	return err_set(d->e, "second %lld of the log cannot be read as it was "
	    "written", sqlite3_column_int64(st, 0));
}

/* Page by page: what sql selects behind an id. */
static int
check_rows(struct day_check *d, const char *sql,
    int (*check)(struct day_check *d, sqlite3_stmt *st))
{
	sqlite3_stmt *st = NULL;
	int64_t after = INT64_MIN;
	int rc = 0, n = 1, step;

	if (sqlite3_prepare_v2(d->file->db.handle, sql, -1, &st, NULL) !=
	    SQLITE_OK)
		return db_fail(&d->file->db, "history", d->e);
	while (rc == 0 && n > 0) {
		sqlite3_bind_int64(st, 1, after);
		for (n = 0; rc == 0 && (step = sqlite3_step(st)) == SQLITE_ROW;
		     n++) {
			after = sqlite3_column_int64(st, 0);
			rc = check(d, st);
		}
		if (rc == 0 && step != SQLITE_DONE)
			rc = db_fail(&d->file->db, "history", d->e);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return rc;
}

static int
check_samples(struct day_check *d)
{
	return check_rows(d, "SELECT id,tag,first,last,n,type,body"
		   " FROM chunks WHERE id>? ORDER BY id LIMIT 500",
		   check_chunk) < 0 ||
		check_rows(d, "SELECT id,body FROM seconds WHERE id>?"
		    " ORDER BY id LIMIT 500", check_second) < 0
	    ? -1
	    : 0;
}

static unsigned
tell(verify_fn *fn, void *arg, struct verify_row *row, const char *check,
    int rc, const struct err *e)
{
	row->check = check;
	row->wrong = rc < 0 ? e->text : NULL;
	fn(arg, row);
	row->count = 0;
	return rc < 0;
}

static unsigned
check_day(const char *history, int32_t day, verify_fn *fn, void *arg)
{
	char part[32], name[DAYFILE_NAME];
	struct verify_row row = { .part = part };
	struct dayfile f;
	struct err e;
	struct day_check d = { .file = &f, .e = &e };
	unsigned wrong;
	int rc = dayfile_open_reader(&f, history, day, &e);

	snprintf(part, sizeof(part), "history/%s", day_name(name, day));
	if (rc < 0)
		return tell(fn, arg, &row, "file", rc, &e);
	rc = verify_file(&f.db, &row.count, &e);
	wrong = tell(fn, arg, &row, "file", rc, &e);
	rc = check_samples(&d);
	row.count = d.samples;
	wrong += tell(fn, arg, &row, "samples", rc, &e);
	dayfile_abandon(&f);
	return wrong;
}

unsigned
history_verify(const char *dir, verify_fn *fn, void *arg)
{
	char *history = xasprintf("%s/history", dir);
	unsigned wrong = 0;
	int32_t *days;
	size_t n, i;

	days = days_list(history, &n, NULL);
	for (i = 0; i < n; i++)
		wrong += check_day(history, days[i], fn, arg);
	free(days);
	free(history);
	return wrong;
}
