/* SPDX-License-Identifier: ISC */
/* One page of rows or buckets, in a reader thread. */
#include <stdlib.h>
#include <string.h>

#include "store/bucket.h"
#include "store/walk.h"

#define PAGE_BYTES 49152	/* leaves room for a message of 64 KiB */
#define ROW_BYTES 48		/* of a row, without tag and text */
#define BUCKET_BYTES 120
#define FRESH_MS 2000		/* a page waits so long for what was put */

struct job {
	struct pool_job job;
	struct history *h;
	struct history_query q;
	struct arena *arena;	/* its texts */
	uint64_t flushed;	/* when it was asked */
	int64_t now;
	history_page_fn *fn;
	void *arg;
};

/* One page being made. */
struct making {
	struct past *past;
	const struct job *job;
	const struct history_query *q;
	struct history_page *page;
	size_t bytes;
	int64_t until;
};

void
history_page_free(struct history_page *p)
{
	if (p == NULL)
		return;
	free(p->rows);
	free(p->buckets);
	arena_free(p->arena);
	free(p);
}

static const char *
tag_of(const struct making *m)
{
	return m->q->tags[m->page->place.tag];
}

static bool
is_full(const struct making *m)
{
	size_t row = strlen(tag_of(m)) +
	    (m->q->every.ms > 0 ? BUCKET_BYTES : ROW_BYTES + VALUE_TEXT_MAX);

	return m->page->n == HISTORY_PAGE_ROWS ||
	    m->bytes + row > PAGE_BYTES;
}

static void
add_row(struct making *m, const struct value *v)
{
	struct history_page *p = m->page;
	struct history_row *row = &p->rows[p->n++];

	*row = (struct history_row){ .tag = p->place.tag,
		.gap = chunk_is_gap(v),
		.value = *v };
	m->bytes += strlen(tag_of(m)) + ROW_BYTES;
	p->place.held = !row->gap;
	if (v->type != VALUE_TEXT || row->gap)
		return;
	row->value.as.text = arena_text(p->arena, v->as.text);
	m->bytes += strlen(v->as.text);
}

/* What comes before the first row of a tag. */
static int
start_rows(struct making *m, struct err *e)
{
	const struct history_query *q = m->q;
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	int rc;

	m->page->place.started = true;
	if (q->last > 0)
		return walk_last(m->past, tag_of(m), q->since.ms, m->until,
		    q->last, &m->page->place, e);
	if (q->since.ms > m->past->now)
		return 0;
	rc = walk_held(m->past, tag_of(m), q->since.ms, &v, text, e);
	if (rc == 1)
		add_row(m, &v);
	return rc == -1 ? -1 : 0;
}

/* 0: the tag is done; 1: the page is full. */
static int
read_rows(struct making *m, struct err *e)
{
	struct history_page *p = m->page;
	struct walk w;
	struct value v;
	int rc = 1;

	if (!p->place.started && start_rows(m, e) == -1)
		return -1;
	walk_begin(&w, m->past, tag_of(m), m->q->since.ms, m->until,
	    &p->place);
	while (!is_full(m)) {
		/* what came since the first was chosen is not of the last */
		rc = m->q->last > 0 && p->place.given == m->q->last
		    ? 0
		    : walk_next(&w, &v, e);
		if (rc != 1)
			break;
		p->place.given += !chunk_is_gap(&v);
		if (!chunk_is_gap(&v) || p->place.held)
			add_row(m, &v);
	}
	walk_end(&w);
	return rc;
}

/* Of the tag at hand; NULL: it is none. */
static const struct counter_kept *
counter_of(const struct making *m)
{
	return m->q->counters != NULL ? m->q->counters[m->page->place.tag]
				      : NULL;
}

static int64_t
bucket_to(const struct making *m, int64_t from)
{
	int64_t to = from + m->q->every.ms;

	return to < m->until ? to : m->until;
}

static void
add_bucket(struct making *m, struct bucket_pen *pen)
{
	struct history_page *p = m->page;

	bucket_end(pen, m->past->now);
	pen->b.tag = p->place.tag;
	p->buckets[p->n++] = pen->b;
	p->place.time = pen->b.to.ms;
	m->bytes += strlen(tag_of(m)) + BUCKET_BYTES;
}

/* Ends buckets up to the one that holds t; false: the page is full. */
static bool
buckets_to(struct making *m, struct bucket_pen *pen, int64_t t)
{
	struct reading before;
	struct value held;

	while (t >= pen->b.to.ms && pen->b.to.ms < m->until && !is_full(m)) {
		add_bucket(m, pen);
		held = pen->now;
		before = pen->read;
		bucket_begin(pen, pen->b.to.ms, bucket_to(m, pen->b.to.ms),
		    pen->known ? &held : NULL);
		bucket_counts(pen, counter_of(m), &before);
	}
	return t < pen->b.to.ms || pen->b.to.ms == m->until;
}

static int
fill_buckets(struct making *m, struct walk *w, struct bucket_pen *pen,
    struct err *e)
{
	struct value v;
	int rc;

	while ((rc = walk_next(w, &v, e)) == 1) {
		if (!buckets_to(m, pen, v.time.ms))
			return 1;
		bucket_feed(pen, &v);
	}
	if (rc == -1 || !buckets_to(m, pen, m->until) || is_full(m))
		return rc == -1 ? -1 : 1;
	add_bucket(m, pen);
	return 0;
}

/* The counter's last reading before t, however long ago. */
static int
read_before(struct making *m, int64_t t, struct reading *before,
    struct err *e)
{
	struct history_place inner = { 0 };
	struct bucket_pen pen;
	struct value v;
	struct walk w;
	int64_t since;
	int rc = walk_good(m->past, tag_of(m), t, &since, e);

	if (rc != 1)
		return rc;
	bucket_begin(&pen, since, t, NULL);
	bucket_counts(&pen, counter_of(m), NULL);
	walk_begin(&w, m->past, tag_of(m), since, t, &inner);
	while ((rc = walk_next(&w, &v, e)) == 1)
		bucket_feed(&pen, &v);
	walk_end(&w);
	bucket_end(&pen, m->past->now);
	*before = pen.read;
	return rc;
}

/* The first bucket of a page begins at from. */
static int
start_buckets(struct making *m, int64_t from, struct bucket_pen *pen,
    struct err *e)
{
	struct reading before = { 0 };
	char text[VALUE_TEXT_MAX + 1];
	struct value held;
	int rc = walk_held(m->past, tag_of(m), from, &held, text, e);

	if (rc == -1)
		return -1;
	bucket_begin(pen, from, bucket_to(m, from), rc == 1 ? &held : NULL);
	if (counter_of(m) == NULL)
		return 0;
	bucket_counts(pen, counter_of(m), NULL);
	if (pen->read.any)
		return 0;
	if (read_before(m, from, &before, e) == -1)
		return -1;
	bucket_counts(pen, counter_of(m), &before);
	return 0;
}

static int
read_buckets(struct making *m, struct err *e)
{
	struct history_place *at = &m->page->place, inner = { 0 };
	int64_t from = at->started ? at->time : m->q->since.ms;
	struct bucket_pen pen;
	struct walk w;
	int rc;

	at->started = true;
	at->time = from;
	if (from >= m->until)
		return 0;
	if (start_buckets(m, from, &pen, e) == -1)
		return -1;
	walk_begin(&w, m->past, tag_of(m), from, m->until, &inner);
	rc = fill_buckets(m, &w, &pen, e);
	walk_end(&w);
	return rc;
}

static int
read_tags(struct making *m, struct err *e)
{
	struct history_place *at = &m->page->place;
	int rc = 0;

	while (at->tag < m->q->n_tags) {
		if (is_full(m))
			break;
		rc = m->q->every.ms > 0 ? read_buckets(m, e)
					: read_rows(m, e);
		if (rc != 0)
			break;
		*at = (struct history_place){ .tag = at->tag + 1 };
	}
	m->page->more = at->tag < m->q->n_tags;
	return rc == -1 ? -1 : 0;
}

static struct history_page *
page_new(const struct history_query *q)
{
	struct history_page *p = xcalloc(1, sizeof(*p));

	p->arena = arena_new();
	p->place = q->place;
	if (q->every.ms > 0)
		p->buckets = xcalloc(HISTORY_PAGE_ROWS, sizeof(*p->buckets));
	else
		p->rows = xcalloc(HISTORY_PAGE_ROWS, sizeof(*p->rows));
	return p;
}

static void
job_free(struct job *job)
{
	arena_free(job->arena);
	free(job);
}

static void
fail(struct history_page *p, const char *why)
{
	p->failed = true;
	p->more = false;
	p->n = 0;
	str_copy(p->text, why, sizeof(p->text));
}

/* What had been put when it was asked is in chunks, or the disk is stuck. */
static void
wait_until_taken(struct job *job)
{
	pthread_mutex_lock(&job->h->lock);
	archive_wait(job->h, &job->h->taken, job->flushed, FRESH_MS);
	pthread_mutex_unlock(&job->h->lock);
}

static bool
run(void *mine, struct pool_job *pool_job)
{
	struct job *job = (struct job *)pool_job;
	struct making m = { .past = mine,
		.job = job,
		.q = &job->q,
		.page = page_new(&job->q),
		.until = job->q.until.ms };
	struct err e;

	wait_until_taken(job);
	past_refresh(m.past, job->h, job->now);
	if (read_tags(&m, &e) == -1)
		fail(m.page, e.text);
	job->fn(job->arg, m.page);
	job_free(job);
	return true;
}

static void
drop(struct pool_job *pool_job)
{
	struct job *job = (struct job *)pool_job;
	struct history_page *p = page_new(&job->q);

	fail(p, "the server is stopping");
	job->fn(job->arg, p);
	job_free(job);
}

static void
end(void *mine)
{
	past_close(mine);
}

const struct pool_work history_reading = { .name = "history",
	.threads = 2,
	.max = HISTORY_QUERIES_MAX,
	.mine = sizeof(struct past),
	.run = run,
	.drop = drop,
	.end = end };

static const struct counter_kept *
copy_counter(struct arena *a, const struct counter_kept *k)
{
	struct counter_kept *copy;

	if (k == NULL)
		return NULL;
	copy = arena_take(a, 1, sizeof(*copy));
	*copy = *k;
	return copy;
}

bool
history_query_submit(struct history *h, const struct history_query *q,
    history_page_fn *fn, void *arg)
{
	struct job *job = xcalloc(1, sizeof(*job));
	const struct counter_kept **counters;
	const char **tags;
	size_t i;

	job->h = h;
	job->q = *q;
	job->fn = fn;
	job->arg = arg;
	job->arena = arena_new();
	tags = arena_take(job->arena, q->n_tags + 1, sizeof(*tags));
	for (i = 0; i < q->n_tags; i++)
		tags[i] = arena_text(job->arena, q->tags[i]);
	job->q.tags = tags;
	if (q->counters != NULL) {
		counters =
		    arena_take(job->arena, q->n_tags + 1, sizeof(*counters));
		for (i = 0; i < q->n_tags; i++)
			counters[i] = copy_counter(job->arena, q->counters[i]);
		job->q.counters = counters;
	}
	pthread_mutex_lock(&h->lock);
	job->flushed = h->flushed;
	job->now = h->now.ms;
	pthread_mutex_unlock(&h->lock);
	if (pool_submit(h->readers, &job->job))
		return true;
	job_free(job);
	return false;
}
