/* SPDX-License-Identifier: ISC */
/*
 * The reader threads: each takes a query, opens its own read-only connection
 * when it has none, reads one page and gives it away.
 */
#include "store/query.h"

#include <stdlib.h>

#include "store/inside.h"
#include "store/page.h"
#include "store/pool.h"

#define READERS 2

struct query {
	struct pool_job job;
	struct record_query q;
	struct search search;
	struct arena *arena;	/* its texts */
	const char *path;
	uint64_t id;
	record_page_fn *fn;
	void *arg;
};

struct readers {
	struct pool *pool;
	char *path;
	uint64_t last_id;
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

static void
query_free(struct query *query)
{
	arena_free(query->arena);
	free(query);
}

static bool
answer(void *reader, struct pool_job *job)
{
	struct reader *rd = reader;
	struct query *query = (struct query *)job;
	struct record_page *p = page_new(query);
	struct err e;
	int rc = -1;

	if (p->list == RECORD_AUDIT)
		p->audit = xcalloc(PAGE_ROWS, sizeof(*p->audit));
	else
		p->events = xcalloc(PAGE_ROWS, sizeof(*p->events));
	if (reader_open(rd, query->path, &e) == 0)
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
	query_free(query);
	return true;
}

static void
drop(struct pool_job *job)
{
	struct query *query = (struct query *)job;
	struct record_page *p = page_new(query);

	page_fail(p, "the server is stopping");
	query->fn(query->arg, p);
	query_free(query);
}

static void
end(void *reader)
{
	reader_close(reader);
}

static const struct pool_work work = { .name = "reader",
	.threads = READERS,
	.max = RECORD_QUERIES_MAX,
	.mine = sizeof(struct reader),
	.run = answer,
	.drop = drop,
	.end = end };

struct readers *
readers_start(const char *path)
{
	struct readers *rs = xcalloc(1, sizeof(*rs));

	rs->path = xstrdup(path);
	rs->pool = pool_start(&work);
	return rs;
}

void
readers_stop(struct readers *rs)
{
	pool_stop(rs->pool);
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
	uint64_t id = query->id = ++rs->last_id;

	query->path = rs->path;
	if (pool_submit(rs->pool, &query->job))
		return id;
	query_free(query);
	return 0;
}
