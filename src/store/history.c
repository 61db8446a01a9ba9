/* SPDX-License-Identifier: ISC */
/* The core's side: names to numbers, the queue, health. */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/fd.h"
#include "base/proc.h"
#include "store/archive.h"
#include "store/real.h"

#define STOP_MS 5000

struct history *
history_open(const char *dir, const struct history_limits *l)
{
	struct history *h = xcalloc(1, sizeof(*h));

	h->state = xstrdup(dir);
	h->dir = xasprintf("%s/history", dir);
	h->owner = -1;
	h->limits = *l;
	h->health.ok = true;
	pthread_mutex_init(&h->lock, NULL);
	real_condition(&h->work);
	real_condition(&h->news);
	return h;
}

void
history_start(struct history *h, struct wall now)
{
	h->now = now;
	h->started = true;
	h->readers = pool_start(&history_reading);
	proc_thread(&h->thread, "archive", archive_main, h);
}

static uint64_t
hash(const char *name)
{
	uint64_t n = 14695981039346656037ULL;

	for (; *name != '\0'; name++)
		n = (n ^ (uint8_t)*name) * 1099511628211ULL;
	return n;
}

static void
index_put(struct history *h, uint32_t tag)
{
	size_t i = hash(track_of(h, tag)->name) & (h->index_size - 1);

	while (h->index[i] != 0)
		i = (i + 1) & (h->index_size - 1);
	h->index[i] = tag + 1;
}

/* At most half full. */
static void
index_grow(struct history *h)
{
	uint32_t tag;

	if (h->n_tags * 2 < h->index_size)
		return;
	h->index_size = h->index_size > 0 ? h->index_size * 2 : 1024;
	free(h->index);
	h->index = xcalloc(h->index_size, sizeof(*h->index));
	for (tag = 0; tag < h->n_tags; tag++)
		index_put(h, tag);
}

uint32_t
archive_find(const struct history *h, const char *name)
{
	size_t i;

	if (h->index_size == 0)
		return UINT32_MAX;
	for (i = hash(name) & (h->index_size - 1); h->index[i] != 0;
	     i = (i + 1) & (h->index_size - 1))
		if (strcmp(track_of(h, h->index[i] - 1)->name, name) == 0)
			return h->index[i] - 1;
	return UINT32_MAX;
}

uint32_t
archive_tag(struct history *h, const char *name)
{
	uint32_t tag = archive_find(h, name);

	if (tag != UINT32_MAX || h->n_tags == TRACK_BLOCK * TRACK_BLOCKS)
		return tag;
	tag = (uint32_t)h->n_tags;
	if (tag % TRACK_BLOCK == 0)
		h->tracks[tag / TRACK_BLOCK] =
		    xcalloc(TRACK_BLOCK, sizeof(struct track));
	track_of(h, tag)->name = xstrdup(name);
	h->n_tags++;
	index_grow(h);
	if (archive_find(h, name) == UINT32_MAX)
		index_put(h, tag);
	return tag;
}

uint32_t
history_tag(struct history *h, const char *name)
{
	uint32_t tag;

	pthread_mutex_lock(&h->lock);
	tag = archive_tag(h, name);
	pthread_mutex_unlock(&h->lock);
	return tag;
}

static void
put(struct history *h, const struct entry *x)
{
	vec_push(&h->put, *x);
}

void
history_put(struct history *h, uint32_t tag, const struct value *v)
{
	struct entry x = { .tag = tag, .kind = ENTRY_SAMPLE, .value = *v };

	if (v->type == VALUE_TEXT)
		x.value.as.text = xstrdup(v->as.text);
	put(h, &x);
}

void
history_end(struct history *h, uint32_t tag, struct wall at)
{
	put(h, &(struct entry){ .tag = tag,
		   .kind = ENTRY_END,
		   .value = { .time = at } });
}

static void
drop(struct history *h)
{
	size_t i;

	for (i = 0; i < h->put.n; i++) {
		struct entry *x = &h->put.at[i];

		if (x->kind != ENTRY_SAMPLE)
			continue;
		if (h->lost++ == 0)
			h->lost_since = x->value.time;
		h->health.lost++;
		if (x->value.type == VALUE_TEXT)
			free((char *)(uintptr_t)x->value.as.text);
	}
}

/* What cannot wait ends with a mark, which always can. The lock is held. */
static void
lose(struct history *h)
{
	if (!h->losing)
		vec_push(&h->incoming,
		    ((struct entry){ .kind = ENTRY_MARK,
			.value = { .time = h->put.at[0].value.time,
			    .as.text = "lost" } }));
	h->flushed += !h->losing;
	h->losing = true;
	drop(h);
}

/* The lock is held. */
static void
hand_over(struct history *h)
{
	size_t i;

	if (h->put.n == 0)
		return;
	if (h->losing || h->incoming.n + h->put.n > HISTORY_QUEUE) {
		lose(h);
		return;
	}
	for (i = 0; i < h->put.n; i++)
		vec_push(&h->incoming, h->put.at[i]);
	h->flushed += h->put.n;
}

void
history_flush(struct history *h, struct wall now)
{
	pthread_mutex_lock(&h->lock);
	hand_over(h);
	h->now = now;
	if (h->put.n > 0)
		pthread_cond_signal(&h->work);
	pthread_mutex_unlock(&h->lock);
	vec_clear(&h->put);
}

bool
history_resumed(struct history *h, uint64_t *count, struct wall *since)
{
	bool resumed;

	pthread_mutex_lock(&h->lock);
	resumed = h->losing && h->incoming.n < HISTORY_QUEUE / 2;
	if (resumed) {
		*count = h->lost;
		*since = h->lost_since;
		h->lost = 0;
		h->losing = false;
	}
	pthread_mutex_unlock(&h->lock);
	return resumed;
}

/* The lock is held; false after ms. */
bool
archive_wait(struct history *h, const uint64_t *counter, uint64_t n, int ms)
{
	int64_t until = real_ms() + ms;

	while (!h->ready || *counter < n) {
		h->hurry = true;
		pthread_cond_signal(&h->work);
		if (real_wait(&h->news, &h->lock, until) != 0)
			return h->ready && *counter >= n;
	}
	return true;
}

bool
history_wait(struct history *h, int ms)
{
	bool done;

	pthread_mutex_lock(&h->lock);
	done = archive_wait(h, &h->committed, h->flushed, ms);
	pthread_mutex_unlock(&h->lock);
	return done;
}

void
history_health(struct history *h, struct history_health *s)
{
	pthread_mutex_lock(&h->lock);
	*s = h->health;
	s->losing = h->losing;
	s->waiting = (size_t)(h->flushed - h->committed);
	if (s->waiting > 0)
		s->behind = h->committed_now;
	pthread_mutex_unlock(&h->lock);
}

static void
stop_thread(struct history *h, struct wall now)
{
	put(h, &(struct entry){ .kind = ENTRY_MARK,
		   .value = { .time = now, .as.text = "stop" } });
	history_flush(h, now);
	pthread_mutex_lock(&h->lock);
	h->stop = true;
	h->stop_by = real_ms() + STOP_MS;
	pthread_cond_signal(&h->work);
	pthread_mutex_unlock(&h->lock);
	pthread_join(h->thread, NULL);
}

static void
free_entries(struct entries *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (v->at[i].kind == ENTRY_SAMPLE &&
		    v->at[i].value.type == VALUE_TEXT)
			free((char *)(uintptr_t)v->at[i].value.as.text);
	vec_free(v);
}

void
history_close(struct history *h, struct wall now)
{
	uint32_t i;

	if (h == NULL)
		return;
	if (h->started)
		stop_thread(h, now);
	pool_stop(h->readers);
	archive_free_days(h);
	free_entries(&h->put);
	free_entries(&h->incoming);
	for (i = 0; i < h->n_tags; i++) {
		chunk_free(track_of(h, i)->open);
		free(track_of(h, i)->name);
	}
	for (i = 0; i < TRACK_BLOCKS; i++)
		free(h->tracks[i]);
	pthread_cond_destroy(&h->work);
	pthread_cond_destroy(&h->news);
	pthread_mutex_destroy(&h->lock);
	free(h->index);
	fd_close(&h->owner);
	free(h->dir);
	free(h->state);
	free(h);
}
