/* SPDX-License-Identifier: ISC */
#include "store/past.h"

#include <stdlib.h>
#include <string.h>

void
past_refresh(struct past *p, struct history *h, int64_t now)
{
	free(p->days);
	p->h = h;
	p->now = now;
	p->days = days_list(h->dir, &p->n_days, NULL);
}

void
past_close(struct past *p)
{
	unsigned i;

	for (i = 0; i < PAST_FILES; i++)
		if (p->used[i] != 0)
			dayfile_close(&p->files[i]);
	free(p->days);
	memset(p, 0, sizeof(*p));
}

int32_t
past_day_from(const struct past *p, int32_t day)
{
	size_t i;

	for (i = 0; i < p->n_days; i++)
		if (p->days[i] >= day)
			return p->days[i];
	return INT32_MAX;
}

int32_t
past_day_before(const struct past *p, int32_t day)
{
	size_t i;

	for (i = p->n_days; i > 0; i--)
		if (p->days[i - 1] < day)
			return p->days[i - 1];
	return -1;
}

/* From the cache, or opened in the place of what was not used for longest. */
static struct dayfile *
open_file(struct past *p, int32_t day, struct err *e)
{
	unsigned i, at = 0;

	for (i = 0; i < PAST_FILES; i++) {
		if (p->used[i] != 0 && p->files[i].day == day) {
			p->used[i] = ++p->turn;
			return &p->files[i];
		}
		if (p->used[i] < p->used[at])
			at = i;
	}
	if (p->used[at] != 0)
		dayfile_close(&p->files[at]);
	p->used[at] = 0;
	if (dayfile_open_reader(&p->files[at], p->h->dir, day, e) == -1)
		return NULL;
	p->used[at] = ++p->turn;
	return &p->files[at];
}

void
parts_free(struct parts *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		free(v->at[i].body);
	vec_free(v);
}

static void
add_memory(struct view *v, const struct chunk *c)
{
	struct part p = { .first = c->first,
		.last = c->last,
		.seq = c->seq,
		.n = c->n,
		.type = c->pen.type,
		.len = c->body.len };

	p.body = xcalloc(1, p.len + 1);
	memcpy(p.body, c->body.at, p.len);
	vec_push(&v->memory, p);
	if (p.seq < v->begun)
		v->begun = p.seq;
}

static int
compare_parts(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static int
compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* What is not in the file yet. */
static void
copy_memory(struct view *v, const char *name, int32_t day)
{
	struct history *h = v->past->h;
	const struct chunk *c;
	const struct day *d;
	uint32_t tag;
	size_t i, k;

	pthread_mutex_lock(&h->lock);
	tag = archive_find(h, name);
	for (i = 0; i < ARCHIVE_FILES; i++) {
		d = h->days[i];
		if (d == NULL || d->file.day != day)
			continue;
		for (k = 0; k < d->closed.n; k++)
			if (d->closed.at[k]->tag == tag)
				add_memory(v, d->closed.at[k]);
		for (k = 0; k < d->marks.n; k++)
			vec_push(&v->marks, d->marks.at[k].time);
	}
	c = tag != UINT32_MAX ? track_of(h, tag)->open : NULL;
	if (c != NULL && c->day == day)
		add_memory(v, c);
	pthread_mutex_unlock(&h->lock);
	if (v->memory.n > 1)
		qsort(v->memory.at, v->memory.n, sizeof(*v->memory.at),
		    compare_parts);
}

static int
find_id(struct view *v, const char *name, struct err *e)
{
	sqlite3_stmt *st = dayfile_statement(v->file, DAY_FIND_TAG, e);
	int rc;

	if (st == NULL)
		return -1;
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		v->id = sqlite3_column_int64(st, 0);
	else if (rc != SQLITE_DONE)
		db_fail(&v->file->db, "tags", e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

static int
read_marks(struct view *v, int32_t day, struct err *e)
{
	sqlite3_stmt *st = dayfile_statement(v->file, DAY_MARKS, e);
	int rc;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, day_start(day));
	sqlite3_bind_int64(st, 2, day_start(day + 1));
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		vec_push(&v->marks, sqlite3_column_int64(st, 0));
	if (rc != SQLITE_DONE)
		db_fail(&v->file->db, "marks", e);
	sqlite3_reset(st);
	if (v->marks.n > 1)
		qsort(v->marks.at, v->marks.n, sizeof(*v->marks.at),
		    compare_times);
	return rc == SQLITE_DONE ? 0 : -1;
}

int
view_open(struct view *v, struct past *p, const char *tag, int32_t day,
    struct err *e)
{
	memset(v, 0, sizeof(*v));
	v->past = p;
	v->begun = INT64_MAX;
	copy_memory(v, tag, day);
	v->file = open_file(p, day, e);
	if (v->file != NULL && find_id(v, tag, e) == 0 &&
	    read_marks(v, day, e) == 0)
		return 0;
	view_close(v);
	return -1;
}

void
view_close(struct view *v)
{
	parts_free(&v->memory);
	vec_free(&v->marks);
}

static struct part
read_part(sqlite3_stmt *st)
{
	struct part p = { .first = sqlite3_column_int64(st, 0),
		.seq = sqlite3_column_int64(st, 1),
		.last = sqlite3_column_int64(st, 2),
		.n = (uint32_t)sqlite3_column_int64(st, 3),
		.type = (uint8_t)sqlite3_column_int(st, 4) };
	const void *body = sqlite3_column_blob(st, 5);

	p.len = (size_t)sqlite3_column_bytes(st, 5);
	p.body = xcalloc(1, p.len + 1);
	if (body != NULL)
		memcpy(p.body, body, p.len);
	return p;
}

int
view_read(struct view *v, int64_t first, int64_t seq, int64_t since,
    int64_t until, struct parts *out, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (v->id == 0)
		return 0;
	st = dayfile_statement(v->file, DAY_FROM, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, v->id);
	sqlite3_bind_int64(st, 2, first);
	sqlite3_bind_int64(st, 3, seq);
	sqlite3_bind_int64(st, 4, since);
	sqlite3_bind_int64(st, 5, until);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		if (sqlite3_column_int64(st, 1) < v->begun)
			vec_push(out, read_part(st));
	if (rc != SQLITE_DONE)
		db_fail(&v->file->db, "chunks", e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

static struct part
copy_part(const struct part *from)
{
	struct part p = *from;

	p.body = xcalloc(1, p.len + 1);
	memcpy(p.body, from->body, p.len);
	return p;
}

int
view_before(struct view *v, int64_t t, struct part *out, struct err *e)
{
	sqlite3_stmt *st;
	size_t i;
	int rc;

	for (i = v->memory.n; i > 0; i--)
		if (v->memory.at[i - 1].first < t) {
			*out = copy_part(&v->memory.at[i - 1]);
			return 1;
		}
	if (v->id == 0)
		return 0;
	st = dayfile_statement(v->file, DAY_BEFORE, e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, v->id);
	sqlite3_bind_int64(st, 2, t);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW &&
	    sqlite3_column_int64(st, 1) >= v->begun)
		;
	if (rc == SQLITE_ROW)
		*out = read_part(st);
	else if (rc != SQLITE_DONE)
		db_fail(&v->file->db, "chunks", e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}
