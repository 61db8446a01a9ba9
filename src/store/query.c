/* SPDX-License-Identifier: ISC */
/*
 * The reader threads: each takes a query, opens its own read-only connection
 * when it has none, reads one page and gives it away.
 */
#include "store/query.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/proc.h"
#include "store/inside.h"
#include "store/page.h"

#define READERS 2

struct query {
	STAILQ_ENTRY(query) next;
	struct record_query q;
	struct search search;
	struct arena *arena;	/* its texts */
	uint64_t id;
	record_page_fn *fn;
	void *arg;
};
STAILQ_HEAD(query_queue, query);

struct readers {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct query_queue queue;
	size_t waiting;
	uint64_t last_id;
	bool stop;
	char *path;
	int n;
	pthread_t threads[READERS];
};

static struct record_page *
page_new(const struct query *query)
{
	struct record_page *p = xcalloc(1, sizeof(*p));

	p->list = query->q.list;
	p->id = query->id;
	p->arena = arena_new();
	return p;
}

void
record_page_free(struct record_page *p)
{
	if (p == NULL)
		return;
	free(p->events);
	free(p->audit);
	arena_free(p->arena);
	free(p);
}

static void
page_fail(struct record_page *p, const char *why)
{
	p->failed = true;
	p->more = false;
	p->n = 0;
	str_copy(p->text, why, sizeof(p->text));
}

/* False: it needs another turn. */
static bool
answer(struct reader *rd, const char *path, struct query *query)
{
	struct record_page *p = page_new(query);
	struct err e;
	int rc = -1;

	if (p->list == RECORD_AUDIT)
		p->audit = xcalloc(PAGE_ROWS, sizeof(*p->audit));
	else
		p->events = xcalloc(PAGE_ROWS, sizeof(*p->events));
	if (reader_open(rd, path, &e) == 0)
		rc = page_read(rd, &query->q, &query->search, p, &e);
	if (rc == 1) {
		record_page_free(p);
		return false;
	}
	if (rc == -1) {
		page_fail(p, e.text);
		reader_close(rd);
	}
	query->fn(query->arg, p);
	return true;
}

static void
query_free(struct query *query)
{
	arena_free(query->arena);
	free(query);
}

/* The next query, or NULL when it is time to end. */
static struct query *
next_query(struct readers *rs)
{
	struct query *query;

	pthread_mutex_lock(&rs->lock);
	while (STAILQ_EMPTY(&rs->queue) && !rs->stop)
		pthread_cond_wait(&rs->work, &rs->lock);
	query = rs->stop ? NULL : STAILQ_FIRST(&rs->queue);
	if (query != NULL) {
		STAILQ_REMOVE_HEAD(&rs->queue, next);
		rs->waiting--;
	}
	pthread_mutex_unlock(&rs->lock);
	return query;
}

static void
put_back(struct readers *rs, struct query *query)
{
	pthread_mutex_lock(&rs->lock);
	STAILQ_INSERT_TAIL(&rs->queue, query, next);
	rs->waiting++;
	pthread_mutex_unlock(&rs->lock);
}

static void *
reader_main(void *readers)
{
	struct readers *rs = readers;
	struct reader rd = { 0 };
	struct query *query;

	while ((query = next_query(rs)) != NULL) {
		if (answer(&rd, rs->path, query))
			query_free(query);
		else
			put_back(rs, query);
	}
	reader_close(&rd);
	return NULL;
}

struct readers *
readers_start(const char *path)
{
	struct readers *rs = xcalloc(1, sizeof(*rs));

	rs->path = xstrdup(path);
	STAILQ_INIT(&rs->queue);
	pthread_mutex_init(&rs->lock, NULL);
	pthread_cond_init(&rs->work, NULL);
	for (; rs->n < READERS; rs->n++)
		proc_thread(&rs->threads[rs->n], "reader", reader_main, rs);
	return rs;
}

void
readers_stop(struct readers *rs)
{
	struct record_page *p;
	struct query *query;
	int i;

	pthread_mutex_lock(&rs->lock);
	rs->stop = true;
	pthread_cond_broadcast(&rs->work);
	pthread_mutex_unlock(&rs->lock);
	for (i = 0; i < rs->n; i++)
		pthread_join(rs->threads[i], NULL);
	while ((query = STAILQ_FIRST(&rs->queue)) != NULL) {
		STAILQ_REMOVE_HEAD(&rs->queue, next);
		p = page_new(query);
		page_fail(p, "the server is stopping");
		query->fn(query->arg, p);
		query_free(query);
	}
	pthread_cond_destroy(&rs->work);
	pthread_mutex_destroy(&rs->lock);
	free(rs->path);
	free(rs);
}

static struct query *
query_new(const struct record_query *q, record_page_fn *fn, void *arg)
{
	struct query *query = xcalloc(1, sizeof(*query));
	const char **areas;
	size_t i;

	query->arena = arena_new();
	query->q = *q;
	query->fn = fn;
	query->arg = arg;
	if (q->name != NULL)
		query->q.name = arena_text(query->arena, q->name);
	if (q->user != NULL)
		query->q.user = arena_text(query->arena, q->user);
	areas = arena_take(query->arena, q->area_count + 1, sizeof(*areas));
	for (i = 0; i < q->area_count; i++)
		areas[i] = arena_text(query->arena, q->areas[i]);
	query->q.areas = areas;
	return query;
}

uint64_t
record_query_submit(struct record *r, const struct record_query *q,
    record_page_fn *fn, void *arg)
{
	struct readers *rs = r->readers;
	struct query *query = query_new(q, fn, arg);
	uint64_t id = 0;

	pthread_mutex_lock(&rs->lock);
	if (rs->waiting < RECORD_QUERIES_MAX) {
		id = query->id = ++rs->last_id;
		STAILQ_INSERT_TAIL(&rs->queue, query, next);
		rs->waiting++;
		pthread_cond_signal(&rs->work);
	}
	pthread_mutex_unlock(&rs->lock);
	if (id == 0)
		query_free(query);
	return id;
}
