/* SPDX-License-Identifier: ISC */
#include "store/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fd.h"
#include "base/proc.h"
#include "store/chain.h"
#include "store/exchange.h"
#include "store/inside.h"
#include "store/owner.h"
#include "store/schema.h"

#define OPEN_WAIT 5000		/* ms for somebody else's lock */
#define CLOSE_WAIT 5000		/* ms for the last commits */
#define TAIL_ROWS 1000		/* whose chain is checked at the start */
#define CHECK_MAX (64 << 20)	/* bytes; a larger file is checked by hand */

static struct record *
record_new(const char *dir)
{
	struct record *r = xcalloc(1, sizeof(*r));
	pthread_condattr_t attr;

	r->path = xasprintf("%s/record.db", dir);
	r->reserve.fd = r->owner = -1;
	r->ok = true;
	STAILQ_INIT(&r->queue);
	pthread_mutex_init(&r->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&r->work, &attr);
	pthread_cond_init(&r->commit, &attr);
	pthread_condattr_destroy(&attr);
	return r;
}

static void
record_free(struct record *r)
{
	struct record_batch *b;

	while ((b = STAILQ_FIRST(&r->queue)) != NULL) {
		STAILQ_REMOVE_HEAD(&r->queue, next);
		record_batch_free(b);
	}
	db_close(&r->db);
	reserve_close(&r->reserve);
	fd_close(&r->owner);
	pthread_cond_destroy(&r->commit);
	pthread_cond_destroy(&r->work);
	pthread_mutex_destroy(&r->lock);
	free(r->path);
	free(r);
}

static uint64_t
file_size(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

static int
open_database(struct record *r, struct err *e)
{
	if (record_reopen(r, e) == -1)
		return -1;
	/* a full disk or a held lock must not keep the plant from being seen:
	 * the record thread goes on trying before it commits */
	r->doubt = record_make_log_durable(r, &r->trouble) == -1;
	sqlite3_busy_timeout(r->db.handle, OPEN_WAIT);
	if (schema_apply(&r->db, e) == -1 ||
	    (file_size(r->path) <= CHECK_MAX &&
		db_check(&r->db, "quick_check", e) == -1) ||
	    chain_verify_tail(&r->db, TAIL_ROWS, e) == -1 ||
	    position_read(&r->db, &r->position, e) == -1)
		return -1;
	/* from now on the queue waits, not the connection */
	sqlite3_busy_timeout(r->db.handle, 0);
	return 0;
}

static void
take_reserved(void *batch, const struct cell *row)
{
	batch_add_reserved(batch, row);
}

static void
enqueue(struct record *r, struct record_batch *b)
{
	b->n = ++r->submitted;
	STAILQ_INSERT_TAIL(&r->queue, b, next);
	r->ops += b->ops.n;
	r->bytes += b->bytes;
}

/* Safe commands that were sent while the database could not commit, before
 * the last end: their rows are the first in the queue. */
static int
open_reserve(struct record *r, struct err *e)
{
	char *path = xasprintf("%.*s.reserve",
	    (int)(strlen(r->path) - strlen(".db")), r->path);
	struct record_batch *b = record_batch_new(r);
	int rc = reserve_open(&r->reserve, path, e);

	free(path);
	if (rc == 0) {
		reserve_drop(&r->reserve, r->position.audit_seq);
		rc = reserve_read(&r->reserve, r->position.audit_seq,
		    take_reserved, b, e);
	}
	if (rc == -1 || record_batch_is_empty(b)) {
		record_batch_free(b);
		return rc;
	}
	b->safe = b->reserved = true;
	b->submitted = MONO_NEVER;
	r->audit_seq = b->audit_last;
	enqueue(r, b);
	return 0;
}

static int
open_all(struct record *r, struct err *e)
{
	if (open_database(r, e) == -1)
		return -1;
	r->submitted = r->committed = r->position.batch;
	r->audit_seq = r->position.audit_seq;
	r->event_seq = r->position.event_limit;
	if (open_reserve(r, e) == -1)
		return -1;
	r->audit_submitted = r->audit_seq;
	r->reserve_free = reserve_free_slots(&r->reserve);
	return 0;
}

struct record *
record_open(const char *dir, struct err *e)
{
	struct record *r = record_new(dir);

	r->owner = owner_take(dir, OPEN_WAIT, e);
	if (r->owner == -1 || exchange_expect_none(dir, e) == -1 ||
	    open_all(r, e) == -1) {
		err_prefix(e, "%s", dir);
		db_abandon(&r->db);
		record_free(r);
		return NULL;
	}
	return r;
}

void
record_start(struct record *r, record_done_fn *done, void *arg)
{
	r->done = done;
	r->arg = arg;
	proc_thread(&r->thread, "record", recorder_main, r);
	r->started = true;
	r->readers = readers_start(r->path);
}

/* Everything into the file, and no numbers given away as for a crash. That
 * it fails loses nothing. */
static void
settle(struct record *r)
{
	struct position *p = &r->position;

	if (r->db.handle == NULL || r->doubt)
		return;
	p->event_limit = p->event_seq;
	if (position_write(r, p) == SQLITE_OK)
		sqlite3_wal_checkpoint_v2(r->db.handle, NULL,
		    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

int
record_close(struct record *r, struct err *e)
{
	int rc = 0;

	if (r == NULL)
		return 0;
	if (r->started) {
		pthread_mutex_lock(&r->lock);
		r->stop = true;
		r->stop_by = real_ms() + CLOSE_WAIT;
		pthread_cond_signal(&r->work);
		pthread_mutex_unlock(&r->lock);
		pthread_join(r->thread, NULL);
		readers_stop(r->readers);
	}
	if (!STAILQ_EMPTY(&r->queue) && r->started)
		rc = err_set(e, "%zu rows could not be committed: %s", r->ops,
		    r->trouble.text);
	else if (STAILQ_EMPTY(&r->queue))
		settle(r);
	record_free(r);
	return rc;
}

static uint64_t
submit(struct record *r, struct record_batch *b, struct mono now, size_t room)
{
	uint64_t n = 0, audit_last = b->audit_last;

	assert(b->record == r);
	/* numbers in the order of submission, or the chain has no order */
	assert(b->audit_first == 0 || b->audit_first > r->audit_submitted);
	b->submitted = now;
	pthread_mutex_lock(&r->lock);
	if (r->ops + b->ops.n <= RECORD_QUEUE_OPS &&
	    r->bytes + b->bytes <= room) {
		enqueue(r, b);
		n = b->n;
		pthread_cond_signal(&r->work);
	}
	pthread_mutex_unlock(&r->lock);
	/* the batch may be gone by now */
	if (n != 0 && audit_last != 0)
		r->audit_submitted = audit_last;
	return n;
}

uint64_t
record_submit(struct record *r, struct record_batch *b, struct mono now)
{
	return submit(
	    r, b, now, RECORD_QUEUE_BYTES - RECORD_QUEUE_SAFE_BYTES);
}

uint64_t
record_submit_safe(struct record *r, struct record_batch *b, struct mono now)
{
	b->safe = true;
	return submit(r, b, now, RECORD_QUEUE_BYTES);
}

uint64_t
record_committed(struct record *r)
{
	uint64_t n;

	pthread_mutex_lock(&r->lock);
	n = r->committed;
	pthread_mutex_unlock(&r->lock);
	return n;
}

bool
record_is_safe(struct record *r, uint64_t n)
{
	const struct record_batch *b;
	bool safe;

	pthread_mutex_lock(&r->lock);
	safe = n <= r->committed;
	if (!safe)
		STAILQ_FOREACH(b, &r->queue, next)
			if (b->n == n)
				safe = b->reserved;
	pthread_mutex_unlock(&r->lock);
	return safe;
}

bool
record_wait(struct record *r, uint64_t n, int ms)
{
	int64_t until = real_ms() + ms;
	struct timespec ts = { .tv_sec = until / 1000,
		.tv_nsec = until % 1000 * 1000000 };
	bool done;

	pthread_mutex_lock(&r->lock);
	while (r->committed < n &&
	    pthread_cond_timedwait(&r->commit, &r->lock, &ts) == 0)
		continue;
	done = r->committed >= n;
	pthread_mutex_unlock(&r->lock);
	return done;
}

static int
compare_latency(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;

	return *x - *y;
}

static int
p99(const uint16_t *latency, uint64_t commits)
{
	uint16_t sorted[LATENCIES];
	size_t n = commits < LATENCIES ? (size_t)commits : LATENCIES;

	if (n == 0)
		return 0;
	memcpy(sorted, latency, n * sizeof(sorted[0]));
	qsort(sorted, n, sizeof(sorted[0]), compare_latency);
	return sorted[n * 99 / 100] + 1;
}

static struct mono
oldest(const struct record *r)
{
	const struct record_batch *b = STAILQ_FIRST(&r->queue);

	return b != NULL ? b->submitted : MONO_NEVER;
}

void
record_health(struct record *r, struct record_health *h)
{
	char *log = xasprintf("%s-wal", r->path);

	memset(h, 0, sizeof(*h));
	h->size = file_size(r->path) + file_size(log);
	free(log);
	pthread_mutex_lock(&r->lock);
	h->ok = r->ok;
	h->behind = oldest(r);
	str_copy(h->text, r->why, sizeof(h->text));
	h->ops = r->ops;
	h->bytes = r->bytes;
	h->commits = r->commits;
	h->skipped = r->skipped;
	h->reserve_free = r->reserve_free;
	h->disk_free = r->disk_free;
	h->disk_bytes = r->disk_bytes;
	h->p99_ms = p99(r->latency, r->commits);
	pthread_mutex_unlock(&r->lock);
}

#define DISK_PART 10
#define DISK_ENOUGH (1ull << 30)

bool
disk_is_low(uint64_t free, uint64_t bytes)
{
	return bytes > 0 && free < bytes / DISK_PART && free < DISK_ENOUGH;
}

bool
record_disk_is_low(struct record *r)
{
	bool low;

	pthread_mutex_lock(&r->lock);
	low = disk_is_low(r->disk_free, r->disk_bytes);
	pthread_mutex_unlock(&r->lock);
	return low;
}

struct mono
record_behind(struct record *r)
{
	struct mono behind;

	pthread_mutex_lock(&r->lock);
	behind = oldest(r);
	pthread_mutex_unlock(&r->lock);
	return behind;
}

uint64_t
record_event_seq(const struct record *r)
{
	return r->event_seq;
}

uint64_t
record_audit_seq(const struct record *r)
{
	return r->audit_seq;
}
