/* SPDX-License-Identifier: ISC */
#include "store/restored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "store/schema.h"

char *
restored_print(const struct restored *r, char dst[RESTORED_TEXT])
{
	snprintf(dst, RESTORED_TEXT, "%s %s %s %s %s", r->before, r->digest,
	    r->made, r->by, r->from);
	return dst;
}

bool
restored_parse(struct restored *r, const char *text)
{
	return sscanf(text, "%63s %64s %39s %64s %2047[^\n]", r->before,
	    r->digest, r->made, r->by, r->from) == 5 &&
	    strchr(r->before, '/') == NULL;
}

/* A record of ours that is not newer than this program. */
static int
open_record(struct db *db, const char *dir, struct err *e)
{
	char *path = xasprintf("%s/record.db", dir);
	int rc = db_open_reader(db, path, e);

	free(path);
	if (rc == -1)
		return -1;
	if (schema_check(db, e) == 0)
		return 0;
	db_abandon(db);
	return -1;
}

int
record_head(const char *dir, struct record_head *h, struct err *e)
{
	struct position p;
	struct db db;
	char *path;
	int rc;

	if (open_record(&db, dir, e) == -1)
		return -1;
	rc = position_read(&db, &p, e);
	db_abandon(&db);
	if (rc == -1)
		return -1;
	h->audit_seq = p.audit_seq;
	path = xasprintf("%s/record.reserve", dir);
	h->audit_given = reserve_highest(path);
	free(path);
	if (h->audit_given < h->audit_seq)
		h->audit_given = h->audit_seq;
	h->event_seq = p.event_limit;
	str_copy(h->hash, p.hash, sizeof(h->hash));
	return 0;
}

int
record_setting(const char *dir, const char *key, char *dst, size_t cap,
    struct err *e)
{
	struct err ignored;
	sqlite3_stmt *st = NULL;
	struct db db;
	int rc;

	e = e != NULL ? e : &ignored;
	*dst = '\0';
	if (open_record(&db, dir, e) == -1)
		return -1;
	rc = sqlite3_prepare_v2(db.handle,
	    "SELECT text FROM settings WHERE \"key\"=?", -1, &st, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
		rc = sqlite3_step(st);
	}
	if (rc == SQLITE_ROW)
		str_copy(dst, column_text(st, 0), cap);
	else if (rc != SQLITE_DONE)
		db_fail(&db, "settings", e);
	sqlite3_finalize(st);
	db_abandon(&db);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

void
record_continue(
    struct record *r, uint64_t audit_seq, uint64_t event_seq)
{
	if (audit_seq > r->audit_seq)
		r->audit_seq = audit_seq;
	if (event_seq > r->event_seq)
		r->event_seq = event_seq;
}
