/* SPDX-License-Identifier: ISC */
/* Samples into chunks, chunks and logs into day files. */
#include "store/archive.h"

#include <stdlib.h>
#include <string.h>

#define SWEEPS 60		/* calls until every tag was looked at */
#define HEARTBEAT_MS 1000	/* how old "reached" may be in the file */

void
chunk_free(struct chunk *c)
{
	if (c == NULL)
		return;
	buf_free(&c->body);
	free(c);
}

static struct day *
find_day(struct history *h, int32_t day)
{
	unsigned i;

	for (i = 0; i < ARCHIVE_FILES; i++)
		if (h->days[i] != NULL && h->days[i]->file.day == day)
			return h->days[i];
	return NULL;
}

static bool
is_pending(const struct day *d)
{
	return d->log.len > 0 || d->cut.n > 0 || d->closed.n > 0 ||
	    d->marks.n > 0 ||
	    d->reached >= d->committed_reached + HEARTBEAT_MS;
}

static void
day_free(struct day *d)
{
	size_t i;

	for (i = 0; i < d->closed.n; i++)
		chunk_free(d->closed.at[i]);
	for (i = 0; i < d->cut.n; i++)
		buf_free(&d->cut.at[i].body);
	buf_free(&d->log);
	vec_free(&d->closed);
	vec_free(&d->cut);
	vec_free(&d->marks);
	vec_free(&d->ids);
	vec_free(&d->fresh);
	free(d);
}

static void
end_day(struct history *h, unsigned i)
{
	struct day *d = h->days[i];

	pthread_mutex_lock(&h->lock);
	h->days[i] = NULL;
	pthread_mutex_unlock(&h->lock);
	sqlite3_wal_checkpoint_v2(d->file.db.handle, NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	dayfile_close(&d->file);
	day_free(d);
}

void
archive_free_days(struct history *h)
{
	unsigned i;

	for (i = 0; i < ARCHIVE_FILES; i++)
		if (h->days[i] != NULL)
			end_day(h, i);
}

static void
set_id(struct day *d, uint32_t tag, uint32_t id)
{
	while (d->ids.n <= tag)
		vec_push(&d->ids, 0);
	d->ids.at[tag] = id;
	if (id > d->last_id)
		d->last_id = id;
}

static int
load_ids(struct history *h, struct day *d, struct err *e)
{
	sqlite3_stmt *st = dayfile_statement(&d->file, DAY_ALL_TAGS, e);
	uint32_t tag;
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		pthread_mutex_lock(&h->lock);
		tag = archive_tag(h, column_text(st, 1));
		pthread_mutex_unlock(&h->lock);
		set_id(d, tag, (uint32_t)sqlite3_column_int64(st, 0));
	}
	if (rc != SQLITE_DONE)
		db_fail(&d->file.db, "tags", e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

static int
load_position(struct day *d, struct err *e)
{
	struct day_position p;

	if (dayfile_position(&d->file, &p, e) == -1)
		return -1;
	d->second = p.second;
	d->seq = p.seq;
	d->reached = d->committed_reached = p.reached;
	return 0;
}

/* A place for one more; the oldest that nothing waits in makes room. */
static int
free_slot(struct history *h, struct err *e)
{
	unsigned i, oldest = 0;
	uint32_t tag;
	int code;

	for (i = 0; i < ARCHIVE_FILES; i++) {
		if (h->days[i] == NULL)
			return (int)i;
		if (h->days[i]->file.day < h->days[oldest]->file.day)
			oldest = i;
	}
	for (tag = 0; tag < h->known; tag++)
		if (track_of(h, tag)->open != NULL &&
		    track_of(h, tag)->open->day == h->days[oldest]->file.day)
			archive_close_chunk(h, tag);
	if (archive_commit(h, &code, e) == -1)
		return -1;
	end_day(h, oldest);
	return (int)oldest;
}

struct day *
archive_day(struct history *h, int32_t day, struct err *e)
{
	struct day *d = find_day(h, day);
	int slot;

	if (d != NULL)
		return d;
	slot = free_slot(h, e);
	if (slot < 0)
		return NULL;
	d = xcalloc(1, sizeof(*d));
	if (dayfile_open_writer(&d->file, h->dir, day, e) == -1) {
		day_free(d);
		return NULL;
	}
	if (load_position(d, e) == -1 || load_ids(h, d, e) == -1) {
		dayfile_abandon(&d->file);
		day_free(d);
		return NULL;
	}
	pthread_mutex_lock(&h->lock);
	h->days[slot] = d;
	pthread_mutex_unlock(&h->lock);
	return d;
}

/* The row of the log is complete: what follows is in the next one. */
static void
cut_log(struct day *d)
{
	d->second++;
	if (d->log.len == 0)
		return;
	vec_push(&d->cut, ((struct second){ d->second, d->log }));
	d->log = (struct buf){ 0 };
	d->log_time = 0;
}

void
archive_close_chunk(struct history *h, uint32_t tag)
{
	struct chunk *c = track_of(h, tag)->open;
	struct day *d;

	if (c == NULL)
		return;
	d = find_day(h, c->day);
	cut_log(d);
	c->upto = d->second;
	d->open--;
	pthread_mutex_lock(&h->lock);
	track_of(h, tag)->open = NULL;
	vec_push(&d->closed, c);
	pthread_mutex_unlock(&h->lock);
}

/* Does the sample belong into another chunk than this? */
static bool
is_over(const struct history *h, const struct chunk *c, int32_t day,
    const struct value *v)
{
	return c->day != day || c->pen.type != v->type ||
	    v->time.ms < c->last ||
	    (h->importing && c->n >= CHUNK_SAMPLES);
}

static void
begin_chunk(
    struct history *h, struct day *d, uint32_t tag, const struct value *v)
{
	struct chunk *c = xcalloc(1, sizeof(*c));

	c->day = d->file.day;
	c->tag = tag;
	c->first = c->last = v->time.ms;
	c->seq = ++d->seq;
	c->second = d->second + 1;
	c->pen = chunk_pen((enum value_type)v->type, v->time.ms);
	d->open++;
	pthread_mutex_lock(&h->lock);
	track_of(h, tag)->open = c;
	pthread_mutex_unlock(&h->lock);
}

static void
log_sample(struct day *d, uint32_t tag, const struct value *v)
{
	struct chunk_pen pen = chunk_pen((enum value_type)v->type, v->time.ms);
	uint64_t step = (uint64_t)(v->time.ms - d->log_time);

	chunk_put_varint(&d->log, d->ids.at[tag]);
	buf_char(&d->log, (char)v->type);
	chunk_put_varint(&d->log, step << 1 ^ (step >> 63 ? UINT64_MAX : 0));
	chunk_put(&d->log, &pen, v);
	d->log_time = v->time.ms;
}

static void
take_sample(
    struct history *h, struct day *d, uint32_t tag, const struct value *v)
{
	struct chunk *c = track_of(h, tag)->open;

	if (tag >= d->ids.n || d->ids.at[tag] == 0) {
		set_id(d, tag, d->last_id + 1);
		vec_push(&d->fresh, tag);
	}
	if (c != NULL && is_over(h, c, d->file.day, v))
		archive_close_chunk(h, tag);
	if (track_of(h, tag)->open == NULL)
		begin_chunk(h, d, tag, v);
	c = track_of(h, tag)->open;
	pthread_mutex_lock(&h->lock);
	chunk_put(&c->body, &c->pen, v);
	c->last = v->time.ms;
	c->n++;
	pthread_mutex_unlock(&h->lock);
	if (!h->importing)
		log_sample(d, tag, v);
	d->samples++;
}

int
archive_take(struct history *h, const struct entry *x, struct err *e)
{
	struct day *d = archive_day(h, day_of(x->value.time), e);
	const struct chunk *c;
	struct value gap;

	if (d == NULL)
		return -1;
	switch ((enum entry_kind)x->kind) {
	case ENTRY_SAMPLE:
		take_sample(h, d, x->tag, &x->value);
		return 0;
	case ENTRY_END:
		c = track_of(h, x->tag)->open;
		gap = chunk_gap(
		    c != NULL ? (enum value_type)c->pen.type : VALUE_BOOL,
		    x->value.time);
		take_sample(h, d, x->tag, &gap);
		return 0;
	case ENTRY_MARK:
		pthread_mutex_lock(&h->lock);
		vec_push(&d->marks,
		    ((struct mark){ x->value.time.ms, x->value.as.text }));
		pthread_mutex_unlock(&h->lock);
		return 0;
	}
	return 0;
}

void
archive_sweep(struct history *h)
{
	uint32_t n = (uint32_t)(h->known / SWEEPS + 1), i;
	int32_t today = day_of(h->taken_now);
	const struct chunk *c;

	for (i = 0; i < h->known; i++) {
		c = track_of(h, i)->open;
		if (c != NULL && c->n >= CHUNK_SAMPLES)
			archive_close_chunk(h, i);
	}
	for (; n > 0 && h->known > 0; n--) {
		h->sweep = (h->sweep + 1) % (uint32_t)h->known;
		c = track_of(h, h->sweep)->open;
		if (c != NULL && (c->day != today ||
				     h->taken_now.ms - c->first > CHUNK_AGE_MS))
			archive_close_chunk(h, h->sweep);
	}
	for (i = 0; i < ARCHIVE_FILES; i++)
		if (h->days[i] != NULL && h->days[i]->file.day != today &&
		    h->days[i]->open == 0 && !is_pending(h->days[i]))
			end_day(h, i);
}

/* The oldest row of the log that an open chunk needs. */
static void
find_trim(struct history *h, struct day *d)
{
	const struct chunk *c;
	uint32_t i;

	d->trim = d->second;
	for (i = 0; i < h->known && d->open > 0; i++) {
		c = track_of(h, i)->open;
		if (c != NULL && c->day == d->file.day && c->second <= d->trim)
			d->trim = c->second - 1;
	}
}

static int
write_tags(struct history *h, struct day *d, struct err *e)
{
	sqlite3_stmt *st;
	size_t i;

	for (i = 0; i < d->fresh.n; i++) {
		st = dayfile_statement(&d->file, DAY_ADD_TAG, e);
		if (st == NULL)
			return -1;
		sqlite3_bind_int64(st, 1, d->ids.at[d->fresh.at[i]]);
		sqlite3_bind_text(st, 2, track_of(h, d->fresh.at[i])->name, -1,
		    SQLITE_STATIC);
		if (dayfile_run(&d->file, st, e) == -1)
			return -1;
	}
	return 0;
}

static int
write_chunk(struct day *d, const struct chunk *c, struct err *e)
{
	sqlite3_stmt *st = dayfile_statement(&d->file, DAY_ADD_CHUNK, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, d->ids.at[c->tag]);
	sqlite3_bind_int64(st, 2, c->first);
	sqlite3_bind_int64(st, 3, c->seq);
	sqlite3_bind_int64(st, 4, c->last);
	sqlite3_bind_int64(st, 5, c->n);
	sqlite3_bind_int64(st, 6, c->pen.type);
	sqlite3_bind_int64(st, 7, c->upto);
	sqlite3_bind_blob64(st, 8, c->body.at, c->body.len, SQLITE_STATIC);
	return dayfile_run(&d->file, st, e);
}

static int
write_log(struct day *d, struct err *e)
{
	sqlite3_stmt *st;
	size_t i;

	for (i = 0; i < d->cut.n; i++) {
		st = dayfile_statement(&d->file, DAY_ADD_SECOND, e);
		if (st == NULL)
			return -1;
		sqlite3_bind_int64(st, 1, d->cut.at[i].id);
		sqlite3_bind_blob64(st, 2, d->cut.at[i].body.at,
		    d->cut.at[i].body.len, SQLITE_STATIC);
		if (dayfile_run(&d->file, st, e) == -1)
			return -1;
	}
	if (d->closed.n == 0)
		return 0;
	st = dayfile_statement(&d->file, DAY_TRIM_SECONDS, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, d->trim + 1);
	return dayfile_run(&d->file, st, e);
}

static int
write_marks(struct day *d, struct err *e)
{
	sqlite3_stmt *st;
	size_t i;

	for (i = 0; i < d->marks.n; i++) {
		st = dayfile_statement(&d->file, DAY_ADD_MARK, e);
		if (st == NULL)
			return -1;
		sqlite3_bind_int64(st, 1, d->marks.at[i].time);
		sqlite3_bind_text(
		    st, 2, d->marks.at[i].reason, -1, SQLITE_STATIC);
		if (dayfile_run(&d->file, st, e) == -1)
			return -1;
	}
	return 0;
}

static int
write_position(struct day *d, struct err *e)
{
	sqlite3_stmt *st = dayfile_statement(&d->file, DAY_SET_POSITION, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, d->second);
	sqlite3_bind_int64(st, 2, d->seq);
	sqlite3_bind_int64(st, 3, d->reached);
	return dayfile_run(&d->file, st, e);
}

static int
step(struct day *d, enum day_statement st, struct err *e)
{
	return dayfile_run(
	    &d->file, dayfile_statement(&d->file, st, e), e);
}

static int
write_day(struct history *h, struct day *d, int *code, struct err *e)
{
	size_t i = 0;

	if (step(d, DAY_BEGIN, e) == 0 && write_tags(h, d, e) == 0) {
		while (i < d->closed.n && write_chunk(d, d->closed.at[i], e) == 0)
			i++;
		if (i == d->closed.n && write_log(d, e) == 0 &&
		    write_marks(d, e) == 0 && write_position(d, e) == 0 &&
		    step(d, DAY_COMMIT, e) == 0)
			return 0;
	}
	*code = db_code(&d->file.db) & 0xff;
	step(d, DAY_ROLLBACK, NULL);
	return -1;
}

/* What is in the file need not wait in memory any more. */
static void
settle_day(struct history *h, struct day *d)
{
	size_t i;

	pthread_mutex_lock(&h->lock);
	for (i = 0; i < d->closed.n; i++)
		chunk_free(d->closed.at[i]);
	vec_clear(&d->closed);
	vec_clear(&d->marks);
	h->health.samples += d->samples;
	pthread_mutex_unlock(&h->lock);
	for (i = 0; i < d->cut.n; i++)
		buf_free(&d->cut.at[i].body);
	vec_clear(&d->cut);
	vec_clear(&d->fresh);
	d->samples = 0;
	d->committed_reached = d->reached;
}

int
archive_commit(struct history *h, int *code, struct err *e)
{
	struct day *d;
	unsigned i;

	for (i = 0; i < ARCHIVE_FILES; i++) {
		d = h->days[i];
		if (d == NULL || !is_pending(d))
			continue;
		cut_log(d);
		d->attempt = d->second;
		find_trim(h, d);
		if (write_day(h, d, code, e) == -1)
			return -1;
		d->attempt = 0;
		settle_day(h, d);
	}
	return 0;
}

/* Nothing that can be read is believed before the log was written once more
 * and synced: a failed fsync is forgotten by the next one. */
static int
reopen_day(struct history *h, struct day *d, struct err *e)
{
	struct day_position p;
	int32_t day = d->file.day;

	dayfile_abandon(&d->file);
	if (dayfile_open_writer(&d->file, h->dir, day, e) == -1)
		return -1;
	if (sqlite3_wal_checkpoint_v2(d->file.db.handle, NULL,
		SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
		return db_fail(&d->file.db, "checkpoint", e);
	if (db_check(&d->file.db, "quick_check", e) == -1 ||
	    dayfile_position(&d->file, &p, e) == -1)
		return -1;
	if (d->attempt != 0 && p.second == d->attempt)
		settle_day(h, d);	/* it was written after all */
	d->attempt = 0;
	return 0;
}

int
archive_reopen(struct history *h, struct err *e)
{
	unsigned i;

	for (i = 0; i < ARCHIVE_FILES; i++)
		if (h->days[i] != NULL &&
		    reopen_day(h, h->days[i], e) == -1)
			return -1;
	return 0;
}

void
archive_seal(struct history *h)
{
	uint32_t i;

	for (i = 0; i < h->known; i++)
		archive_close_chunk(h, i);
}
