/* SPDX-License-Identifier: ISC */
#include "store/record_import.h"

#include <stdlib.h>

#include "store/inside.h"

struct record_import {
	struct record *record;
	struct record_batch *batch;
	struct position position;	/* of what was flushed */
};

struct record_import *
record_import_begin(const char *dir, struct err *e)
{
	struct record *r = record_open(dir, e);
	struct record_import *im;

	if (r == NULL)
		return NULL;
	im = xcalloc(1, sizeof(*im));
	im->record = r;
	im->position = r->position;
	im->batch = record_batch_new(r);
	if (r->audit_seq != 0 || r->event_seq != 0)
		err_set(e, "%s: there is a record already", dir);
	else if (db_exec(&r->db, "BEGIN IMMEDIATE", e) == 0)
		return im;
	record_import_drop(im);
	return NULL;
}

struct record_batch *
record_import_batch(struct record_import *im)
{
	return im->batch;
}

int
record_import_flush(struct record_import *im, struct err *e)
{
	struct record *r = im->record;
	struct record_batch *b = im->batch;
	uint64_t skipped = 0;
	int rc;

	if (record_batch_is_empty(b))
		return 0;
	b->n = im->position.batch + 1;
	rc = record_write(r, b, b, &im->position, &skipped);
	if (rc != SQLITE_OK)
		return db_fail(&r->db, "record.db", e);
	if (skipped != 0)
		return err_set(e, "the record refused %llu rows",
		    (unsigned long long)skipped);
	record_batch_free(b);
	im->batch = record_batch_new(r);
	return 0;
}

int
record_import_end(struct record_import *im, struct err *e)
{
	struct record *r = im->record;

	if (record_import_flush(im, e) < 0 ||
	    db_exec(&r->db, "COMMIT", e) < 0) {
		record_import_drop(im);
		return -1;
	}
	r->position = im->position;
	record_batch_free(im->batch);
	free(im);
	return record_close(r, e);
}

void
record_import_drop(struct record_import *im)
{
	struct err ignored;

	if (im == NULL)
		return;
	if (!sqlite3_get_autocommit(im->record->db.handle))
		db_exec(&im->record->db, "ROLLBACK", NULL);
	record_batch_free(im->batch);
	record_close(im->record, &ignored);
	free(im);
}
