/* SPDX-License-Identifier: ISC */
/* The archive thread: what a crash left, then take, commit, retain. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "store/archive.h"
#include "store/real.h"

#define COMMIT_MS 1000
#define TROUBLE_MS 500		/* until the next attempt */
#define IDLE_MS 500		/* between two beats */
#define HOUSE_MS 10000
#define LEFT_DAYS 8		/* files that a crash may have left open */

static void
set_health(struct history *h, bool ok, const char *why)
{
	bool news;

	pthread_mutex_lock(&h->lock);
	news = h->health.ok != ok;
	h->health.ok = ok;
	str_copy(h->health.text, why, sizeof(h->health.text));
	pthread_mutex_unlock(&h->lock);
	if (news && !ok)
		log_warn("history: cannot commit: %s", why);
	else if (news)
		log_note("history: commits again");
}

/* ---- what a crash left ---- */

struct upto {
	VEC(int64_t) of;	/* by id in the file */
};

static int
load_upto(struct day *d, struct upto *u, struct err *e)
{
	sqlite3_stmt *st = dayfile_statement(&d->file, DAY_UPTO, e);
	size_t id;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		id = (size_t)sqlite3_column_int64(st, 0);
		while (u->of.n <= id && id < TRACK_BLOCK * TRACK_BLOCKS)
			vec_push(&u->of, 0);
		if (id < u->of.n)
			u->of.at[id] = sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : db_fail(&d->file.db, "chunks", e);
}

static uint32_t
tag_of_id(const struct day *d, uint64_t id)
{
	uint32_t tag;

	for (tag = 0; tag < d->ids.n; tag++)
		if (d->ids.at[tag] == id)
			return tag;
	return UINT32_MAX;
}

/* One row of the log, again. */
static void
replay_row(struct history *h, struct day *d, const uint32_t *tags,
    const struct upto *u, int64_t row, struct chunk_reader r)
{
	char text[VALUE_TEXT_MAX + 1];
	struct entry x = { .kind = ENTRY_SAMPLE };
	int64_t time = 0;
	uint64_t id;
	struct err e;

	while (chunk_get_logged(&r, &time, &id, &x.value, text)) {
		if (id > d->last_id)
			return;
		if (id < u->of.n && row <= u->of.at[id])
			continue;
		x.tag = tags[id];
		if (x.tag != UINT32_MAX && day_of(x.value.time) == d->file.day)
			archive_take(h, &x, &e);
	}
}

static int
replay(struct history *h, struct day *d, struct err *e)
{
	uint32_t *tags = xcalloc(d->last_id + 1u, sizeof(*tags)), id;
	struct upto u = { 0 };
	sqlite3_stmt *st;
	int rc = SQLITE_ERROR;

	for (id = 0; id <= d->last_id; id++)
		tags[id] = tag_of_id(d, id);
	if (load_upto(d, &u, e) == 0 &&
	    (st = dayfile_statement(&d->file, DAY_ALL_SECONDS, e)) != NULL) {
		while ((rc = sqlite3_step(st)) == SQLITE_ROW)
			replay_row(h, d, tags, &u, sqlite3_column_int64(st, 0),
			    chunk_reader(sqlite3_column_blob(st, 1),
				(size_t)sqlite3_column_bytes(st, 1),
				VALUE_BOOL, 0));
		if (rc != SQLITE_DONE)
			db_fail(&d->file.db, "seconds", e);
		sqlite3_reset(st);
	}
	vec_free(&u.of);
	free(tags);
	return rc == SQLITE_DONE ? 0 : -1;
}

static int
recover_day(struct history *h, int32_t day, bool newest, struct err *e)
{
	struct day *d = archive_day(h, day, e);
	struct day_position p;
	int code;

	if (d == NULL || dayfile_position(&d->file, &p, e) == -1)
		return -1;
	h->importing = true;	/* what is in the log need not go there */
	if (replay(h, d, e) == -1)
		return -1;
	archive_seal(h);
	h->importing = false;
	if (newest && p.reached > p.last_mark)
		vec_push(&d->marks, ((struct mark){ p.reached, "crash" }));
	return archive_commit(h, &code, e);
}

int
archive_recover(struct history *h, struct err *e)
{
	size_t n, i;
	int32_t *days;
	int rc = 0;

	if (mkdir(h->dir, 0700) < 0 && errno != EEXIST)
		return err_sys(e, "%s", h->dir);
	days = days_list(h->dir, &n, NULL);
	for (i = n > LEFT_DAYS ? n - LEFT_DAYS : 0; rc == 0 && i < n; i++)
		rc = recover_day(h, days[i], i == n - 1, e);
	free(days);
	return rc;
}

/* ---- how long ---- */

static void
retain(struct history *h)
{
	int32_t oldest = day_of(
	    (struct wall){ h->taken_now.ms - h->limits.keep.ms });
	int32_t today = day_of(h->taken_now);
	int64_t bytes;
	size_t n, i;
	int32_t *days = days_list(h->dir, &n, &bytes);

	for (i = 0; i < n && days[i] < today; i++) {
		if (days[i] >= oldest && bytes <= h->limits.bytes)
			break;
		log_note("history: %s is deleted: %s",
		    day_name((char[DAYFILE_NAME]){ 0 }, days[i]),
		    days[i] < oldest ? "it is old enough"
				     : "all of it is too large");
		bytes -= day_bytes(h->dir, days[i]);
		day_remove(h->dir, days[i]);
	}
	free(days);
	pthread_mutex_lock(&h->lock);
	h->health.bytes = bytes;
	pthread_mutex_unlock(&h->lock);
}

/* ---- the loop ---- */

struct work {
	struct entries taken;
	size_t next;		/* of them */
	uint64_t fetched;	/* entries in all */
	int64_t commit_at, house_at;
	int64_t retry_at;	/* something failed; 0: nothing */
	bool ready;		/* what a crash left is in order */
	bool broken;		/* the files must be opened anew */
	bool dirty;		/* there may be something to commit */
	bool stop, must;
};

static void
free_entry(struct entry *x)
{
	if (x->kind == ENTRY_SAMPLE && x->value.type == VALUE_TEXT)
		free((char *)(uintptr_t)x->value.as.text);
}

/* Until there is something to do; the lock is held. */
static void
wait_for_work(struct history *h, const struct work *w)
{
	int64_t now = real_ms(), until;

	if (w->retry_at > 0)
		until = w->retry_at;
	else if (h->incoming.n > 0 || h->hurry || h->stop)
		return;
	else
		until = w->dirty ? w->commit_at : now + IDLE_MS;
	if (until > now)
		real_wait(&h->work, &h->lock,
		    until < now + IDLE_MS ? until : now + IDLE_MS);
}

/* The lock is held. */
static void
fetch(struct history *h, struct work *w)
{
	struct entries empty = w->taken;

	w->stop = h->stop;
	if (w->retry_at > real_ms() || w->next < w->taken.n)
		return;
	w->must = h->hurry || h->stop;
	h->hurry = false;
	w->taken = h->incoming;
	empty.n = 0;
	h->incoming = empty;
	w->fetched += w->taken.n;
	w->dirty |= w->taken.n > 0 || h->now.ms > h->taken_now.ms;
	w->next = 0;
	h->taken_now = h->now;
	h->known = h->n_tags;
}

static int
take(struct history *h, struct work *w, struct err *e)
{
	struct day *today;

	for (; w->next < w->taken.n; w->next++) {
		if (archive_take(h, &w->taken.at[w->next], e) == -1)
			return -1;
		free_entry(&w->taken.at[w->next]);
	}
	if (h->taken_now.ms == 0)
		return 0;
	today = archive_day(h, day_of(h->taken_now), e);
	if (today != NULL && h->taken_now.ms > today->reached)
		today->reached = h->taken_now.ms;
	return today != NULL ? 0 : -1;
}

static void
tell(struct history *h, const struct work *w, bool committed)
{
	pthread_mutex_lock(&h->lock);
	h->taken = w->fetched;
	if (committed) {
		h->committed = h->taken;
		h->committed_now = h->taken_now;
	}
	h->ready = w->ready;
	pthread_cond_broadcast(&h->news);
	pthread_mutex_unlock(&h->lock);
}

static int
commit(struct history *h, struct work *w, struct err *e)
{
	int code = 0;

	if (w->broken && archive_reopen(h, e) == -1)
		return -1;
	w->broken = false;
	if (w->stop)
		archive_seal(h);
	else
		archive_sweep(h);
	if (archive_commit(h, &code, e) == -1) {
		w->broken = code != SQLITE_FULL && code != SQLITE_BUSY &&
		    code != SQLITE_LOCKED;
		return -1;
	}
	w->dirty = false;
	w->must = false;
	w->commit_at = real_ms() + COMMIT_MS;
	tell(h, w, true);
	return 0;
}

static int
work(struct history *h, struct work *w, struct err *e)
{
	if (!w->ready && archive_recover(h, e) == -1)
		return -1;
	w->ready = true;
	if (take(h, w, e) == -1)
		return -1;
	tell(h, w, false);
	if (w->must || (w->dirty && real_ms() >= w->commit_at))
		return commit(h, w, e);
	return 0;
}

static void
keep_house(struct history *h, struct work *w)
{
	unsigned i;

	if (real_ms() < w->house_at || h->taken_now.ms == 0)
		return;
	w->house_at = real_ms() + HOUSE_MS;
	for (i = 0; i < ARCHIVE_FILES; i++)
		if (h->days[i] != NULL)
			sqlite3_wal_checkpoint_v2(h->days[i]->file.db.handle,
			    NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	retain(h);
}

/* All is written, or there is no more time. The lock is held. */
static bool
is_over(const struct history *h, const struct work *w)
{
	return h->stop &&
	    ((h->incoming.n == 0 && w->fetched == h->committed &&
		 w->retry_at == 0 && w->stop) ||
		real_ms() >= h->stop_by);
}

void *
archive_main(void *history)
{
	struct history *h = history;
	struct work w = { .dirty = true };
	struct err e;

	pthread_mutex_lock(&h->lock);
	while (!is_over(h, &w)) {
		wait_for_work(h, &w);
		h->health.beat++;
		fetch(h, &w);
		pthread_mutex_unlock(&h->lock);
		if (w.retry_at <= real_ms()) {
			w.retry_at = 0;
			if (work(h, &w, &e) == -1) {
				set_health(h, false, e.text);
				w.retry_at = real_ms() + TROUBLE_MS;
			} else {
				set_health(h, true, "");
				keep_house(h, &w);
			}
		}
		pthread_mutex_lock(&h->lock);
	}
	pthread_mutex_unlock(&h->lock);
	for (; w.next < w.taken.n; w.next++)
		free_entry(&w.taken.at[w.next]);
	vec_free(&w.taken);
	return NULL;
}
