/* SPDX-License-Identifier: ISC */
/*
 * The record thread: take what is queued, commit it, say so, again.
 *
 * One loop with one wait. What it does next follows from the queue and from
 * how the last attempt ended (struct attempt).
 */
#include <inttypes.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/log.h"
#include "store/inside.h"

#define BUSY_WAIT 10		/* ms until the next attempt */
#define TROUBLE_WAIT 1000	/* ms, disk full or broken */
#define IDLE_WAIT 500		/* ms */
#define ANCHOR_MS 600000	/* between two lines about the chain */
#define DISK_MS 1000		/* between two looks at the disk */
#define GROUP_OPS 20000		/* rows in one transaction, about */

/* Up to ms, or until somebody signals; the lock is held. */
static void
wait_for_work(struct record *r, int64_t ms)
{
	real_wait(&r->work, &r->lock, real_ms() + ms);
}

static bool
reserve_batch(struct reserve *v, const struct record_batch *b)
{
	size_t i;

	for (i = 0; i < b->ops.n; i++) {
		const struct op *op = &b->ops.at[i];

		if (op->st == STATEMENT_ADD_AUDIT &&
		    op->cells[AUDIT_RESULT].as.text[0] == '\0' &&
		    reserve_put(v, op->cells) == -1)
			return false;
	}
	return true;
}

/* The first safe batch behind b (or from the start) that is not kept yet. */
static struct record_batch *
next_unkept(struct record *r, struct record_batch *b)
{
	pthread_mutex_lock(&r->lock);
	b = b == NULL ? STAILQ_FIRST(&r->queue) : STAILQ_NEXT(b, next);
	while (b != NULL && (!b->safe || b->reserved))
		b = STAILQ_NEXT(b, next);
	pthread_mutex_unlock(&r->lock);
	return b;
}

bool
record_keep_safe(struct record *r)
{
	struct record_batch *b = NULL;
	bool kept, any = false;

	while ((b = next_unkept(r, b)) != NULL) {
		kept = reserve_batch(&r->reserve, b);
		pthread_mutex_lock(&r->lock);
		b->reserved = kept;
		r->reserve_free = reserve_free_slots(&r->reserve);
		pthread_mutex_unlock(&r->lock);
		any |= kept;
	}
	return any;
}

/* What one transaction takes; the lock is held. */
static struct record_batch *
group_end(struct record *r)
{
	struct record_batch *b = STAILQ_FIRST(&r->queue), *next;
	size_t ops = b->ops.n;

	while ((next = STAILQ_NEXT(b, next)) != NULL &&
	    ops + next->ops.n <= GROUP_OPS) {
		b = next;
		ops += b->ops.n;
	}
	return b;
}

/* Takes all up to n from the queue and frees it. */
static void
release(struct record *r, uint64_t n)
{
	struct batch_queue gone = STAILQ_HEAD_INITIALIZER(gone);
	struct record_batch *b;

	pthread_mutex_lock(&r->lock);
	while ((b = STAILQ_FIRST(&r->queue)) != NULL && b->n <= n) {
		STAILQ_REMOVE_HEAD(&r->queue, next);
		STAILQ_INSERT_TAIL(&gone, b, next);
		r->ops -= b->ops.n;
		r->bytes -= b->bytes;
	}
	if (n > r->committed)
		r->committed = n;
	pthread_cond_broadcast(&r->commit);
	pthread_mutex_unlock(&r->lock);
	while ((b = STAILQ_FIRST(&gone)) != NULL) {
		STAILQ_REMOVE_HEAD(&gone, next);
		record_batch_free(b);
	}
}

/* What the database has is not needed there any more. */
static void
empty_reserve(struct record *r)
{
	reserve_drop(&r->reserve, r->position.audit_seq);
	pthread_mutex_lock(&r->lock);
	r->reserve_free = reserve_free_slots(&r->reserve);
	pthread_mutex_unlock(&r->lock);
}

/* Returns whether that is news. */
static bool
set_health(struct record *r, bool ok, const char *why)
{
	bool news;

	pthread_mutex_lock(&r->lock);
	news = r->ok != ok || strcmp(r->why, why) != 0;
	r->ok = ok;
	str_copy(r->why, why, sizeof(r->why));
	pthread_mutex_unlock(&r->lock);
	if (news && !ok)
		log_warn("record: cannot commit: %s", why);
	else if (news)
		log_note("record: commits again");
	return news;
}

static void
note_commit(struct record *r, int64_t ms, uint64_t skipped)
{
	pthread_mutex_lock(&r->lock);
	r->latency[r->commits++ % LATENCIES] =
	    (uint16_t)(ms < UINT16_MAX ? ms : UINT16_MAX);
	r->skipped += skipped;
	pthread_mutex_unlock(&r->lock);
}

/* From the record thread, without the lock. */
void
record_tell(struct record *r)
{
	if (r->done != NULL)
		r->done(r->arg, record_committed(r));
}

/* Perhaps it was written after all; the rest comes again. */
static enum outcome
after_break(struct record *r)
{
	bool all;

	log_warn("record: %s; opening it again", r->trouble.text);
	r->breaks++;
	record_keep_safe(r);
	if (record_recover(r) != OUTCOME_DONE)
		return OUTCOME_BROKEN;
	release(r, r->position.batch);
	pthread_mutex_lock(&r->lock);
	all = STAILQ_EMPTY(&r->queue);
	pthread_mutex_unlock(&r->lock);
	return all ? OUTCOME_DONE : OUTCOME_BROKEN;
}

/* The queue is not empty. */
static enum outcome
attempt(struct record *r)
{
	struct record_batch *first, *last;
	uint64_t skipped = 0, n;
	int64_t start = real_ms();
	enum outcome out;

	pthread_mutex_lock(&r->lock);
	first = STAILQ_FIRST(&r->queue);
	last = group_end(r);
	n = last->n;
	pthread_mutex_unlock(&r->lock);

	out = record_commit(r, first, last, &skipped);
	if (out == OUTCOME_BROKEN)
		return after_break(r);
	if (out != OUTCOME_DONE)
		return out;
	r->breaks = 0;
	note_commit(r, real_ms() - start, skipped);
	release(r, n);
	return OUTCOME_DONE;
}

/* Tries once and says how it went; returns the ms to wait. */
static int64_t
work(struct record *r)
{
	enum outcome out = attempt(r);
	bool news;

	if (out == OUTCOME_DONE) {
		set_health(r, true, "");
		record_tell(r);
		empty_reserve(r);
		checkpoint_if_due(r, false);
		return 0;
	}
	news = set_health(r, false, r->trouble.text);
	if (record_keep_safe(r) || news || out == OUTCOME_BROKEN)
		record_tell(r);
	if (out == OUTCOME_BUSY)
		return BUSY_WAIT;
	/* opened again, and found well: at once, but only once */
	return out == OUTCOME_BROKEN && r->db.handle != NULL && r->breaks == 1
	    ? 0 : TROUBLE_WAIT;
}

/* A safe command is not to wait for the next attempt. */
static void
keep_safe_meanwhile(struct record *r)
{
	pthread_mutex_unlock(&r->lock);
	if (record_keep_safe(r))
		record_tell(r);
	pthread_mutex_lock(&r->lock);
}

/* The end of the chain to where others may keep it. */
static void
anchor(struct record *r, int64_t *due, uint64_t *said)
{
	if (r->position.audit_seq == *said || real_ms() < *due)
		return;
	log_note("record: audit row %" PRIu64 " has hash %s",
	    r->position.audit_seq, r->position.hash);
	*said = r->position.audit_seq;
	*due = real_ms() + ANCHOR_MS;
}

/* The lock is held. */
static void
look_at_disk(struct record *r, int64_t *due)
{
	struct statvfs fs;
	int rc;

	if (real_ms() < *due)
		return;
	pthread_mutex_unlock(&r->lock);
	rc = statvfs(r->path, &fs);
	*due = real_ms() + DISK_MS;
	pthread_mutex_lock(&r->lock);
	if (rc < 0)
		return;
	r->disk_free = (uint64_t)fs.f_bavail * fs.f_frsize;
	r->disk_bytes = (uint64_t)fs.f_blocks * fs.f_frsize;
}

static bool
ended(const struct record *r)
{
	return r->stop &&
	    (STAILQ_EMPTY(&r->queue) || real_ms() >= r->stop_by);
}

void *
recorder_main(void *record)
{
	struct record *r = record;
	int64_t again = 0, anchor_due = 0, disk_due = 0, now;
	uint64_t anchored = 0;

	pthread_mutex_lock(&r->lock);
	while (!ended(r)) {
		look_at_disk(r, &disk_due);
		now = real_ms();
		if (STAILQ_EMPTY(&r->queue)) {
			pthread_mutex_unlock(&r->lock);
			checkpoint_if_due(r, true);
			anchor(r, &anchor_due, &anchored);
			pthread_mutex_lock(&r->lock);
			if (STAILQ_EMPTY(&r->queue) && !r->stop)
				wait_for_work(r, IDLE_WAIT);
		} else if (now < again) {
			keep_safe_meanwhile(r);
			wait_for_work(r,
			    again - now < IDLE_WAIT ? again - now : IDLE_WAIT);
		} else {
			pthread_mutex_unlock(&r->lock);
			again = work(r);
			again = again > 0 ? real_ms() + again : 0;
			pthread_mutex_lock(&r->lock);
		}
	}
	pthread_mutex_unlock(&r->lock);
	anchor_due = 0;
	anchor(r, &anchor_due, &anchored);
	return NULL;
}
