/* SPDX-License-Identifier: ISC */
/* Samples from elsewhere, without threads and without a log. */
#include <stdlib.h>

#include "store/archive.h"
#include "store/exchange.h"
#include "store/owner.h"

#define COMMIT_SAMPLES 500000

int
history_import_begin(struct history *h, bool owned, struct err *e)
{
	if (!owned && ((h->owner = owner_take(h->state, 0, e)) == -1 ||
			  exchange_expect_none(h->state, e) == -1))
		return -1;
	if (archive_recover(h, e) == -1)
		return -1;
	h->importing = true;
	h->known = h->n_tags;
	return 0;
}

/* Is there something of this tag from t on in this day? Looked up when a
 * chunk would begin: what was recorded stays, and stays in order. */
static int
is_there(struct history *h, uint32_t tag, const struct value *v, struct err *e)
{
	struct day *d = archive_day(h, day_of(v->time), e);
	const struct chunk *c = track_of(h, tag)->open;
	sqlite3_stmt *st;
	int rc;

	if (d == NULL)
		return -1;
	if (c != NULL && c->day == d->file.day && c->n < CHUNK_SAMPLES)
		return v->time.ms < c->last;
	if (v->time.ms == track_of(h, tag)->imported)
		return 0;	/* of one moment: the one before was ours */
	if (tag >= d->ids.n || d->ids.at[tag] == 0)
		return 0;
	st = dayfile_statement(&d->file, DAY_OVERLAP, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, d->ids.at[tag]);
	sqlite3_bind_int64(st, 2, v->time.ms);
	rc = sqlite3_step(st);
	sqlite3_reset(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return db_fail(&d->file.db, "history", e);
	return rc == SQLITE_ROW;
}

static int
commit(struct history *h, struct err *e)
{
	int code;

	h->known = h->n_tags;
	return archive_commit(h, &code, e);
}

int
history_import_put(
    struct history *h, uint32_t tag, const struct value *v, struct err *e)
{
	struct entry x = { .tag = tag, .kind = ENTRY_SAMPLE, .value = *v };
	int there;

	h->known = h->n_tags;
	there = is_there(h, tag, v, e);
	if (there == -1)
		return -1;
	if (there == 1) {
		h->import.refused++;
		return 0;
	}
	if (archive_take(h, &x, e) == -1)
		return -1;
	track_of(h, tag)->imported = v->time.ms;
	if (++h->import.taken % COMMIT_SAMPLES == 0)
		return commit(h, e);
	return 0;
}

int
history_import_end(struct history *h, struct wall until,
    struct history_import *result, struct err *e)
{
	struct entry x = { .kind = ENTRY_END, .value = { .time = until } };

	for (x.tag = 0; x.tag < h->known; x.tag++)
		if (track_of(h, x.tag)->imported != 0 &&
		    archive_take(h, &x, e) == -1)
			return -1;
	archive_seal(h);
	*result = h->import;
	return commit(h, e);
}
