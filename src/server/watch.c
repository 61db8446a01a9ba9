/* SPDX-License-Identifier: ISC */
#include "server/watch.h"

#include <stdlib.h>
#include <string.h>

#include "server/core.h"

int
watch_new(struct core *c, struct session *s, uint32_t id,
    const uint32_t *tags, uint32_t n, struct span every)
{
	struct watch *w;
	uint32_t i = 0;

	LIST_FOREACH(w, &s->watches, next)
		if (++i == WATCHES_MOST)
			return -1;
	w = xcalloc(1, sizeof(*w));
	w->session = s;
	w->id = id;
	w->n = n;
	w->every = every;
	w->tags = xcalloc(n, sizeof(*tags));
	memcpy(w->tags, tags, n * sizeof(*tags));
	w->dirty = xcalloc((n + 63) / 64, sizeof(*w->dirty));
	w->last = mono_add(c->now, (struct span){ -every.ms });
	LIST_INSERT_HEAD(&s->watches, w, next);
	for (i = 0; i < n; i++) {
		vec_push(&c->live.tags[tags[i]].watchers,
		    ((struct live_watcher){ w, i }));
		watch_mark(c, w, i);
	}
	return 0;
}

static void
forget(struct live_tag *t, const struct watch *w)
{
	size_t i;

	for (i = 0; i < t->watchers.n;)
		if (t->watchers.at[i].watch == w)
			t->watchers.at[i] =
			    t->watchers.at[--t->watchers.n];
		else
			i++;
}

void
watch_free(struct core *c, struct watch *w)
{
	uint32_t i;

	for (i = 0; i < w->n; i++)
		forget(&c->live.tags[w->tags[i]], w);
	LIST_REMOVE(w, next);
	free(w->tags);
	free(w->dirty);
	free(w);
}

static void
plan(struct core *c, struct session *s, struct mono when)
{
	if (s->publish_planned && !mono_before(when, s->next_update))
		return;
	s->publish_planned = true;
	s->next_update = when;
	timers_add(&c->timers, TIMER_PUBLISH, s->id, when);
}

void
watch_mark(struct core *c, struct watch *w, uint32_t index)
{
	uint64_t bit = (uint64_t)1 << (index % 64);

	if (w->dirty[index / 64] & bit)
		return;
	w->dirty[index / 64] |= bit;
	if (w->n_dirty++ == 0 && !w->session->in_flight)
		plan(c, w->session, mono_first(
			mono_add(w->last, w->every).us > c->now.us
			    ? mono_add(w->last, w->every)
			    : c->now,
			MONO_NEVER));
}

/* Values into one UPDATE; those that do not fit stay dirty. */
static void
fill(struct core *c, struct watch *w, struct put *m, size_t count_at)
{
	uint16_t n = 0;
	uint32_t i, k;
	struct value v;
	size_t before;

	for (i = 0; i < (w->n + 63) / 64; i++)
		while (w->dirty[i] != 0) {
			k = i * 64 + (uint32_t)__builtin_ctzll(w->dirty[i]);
			v = core_value(c, w->tags[k]);
			before = m->len;
			put_u32(m, k);
			put_value(m, &v);
			if (m->full) {
				m->full = false;
				m->len = before;
				goto out;
			}
			n++;
			w->dirty[i] &= w->dirty[i] - 1;
			w->n_dirty--;
		}
out:
	put_u16_at(m, count_at, n);
}

static void
send_update(struct core *c, struct session *s, struct watch *w)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = put_into(room, sizeof(room));
	uint32_t i;

	put_u8(&m, MESSAGE_UPDATE);
	put_u32(&m, s->update + 1);
	put_u32(&m, w->id);
	put_u16(&m, 0);
	fill(c, w, &m, 9);
	w->last = c->now;
	if (!session_send(c, s, &m)) {
		/* lost: all of it is new again when it can be sent */
		memset(w->dirty, 0, (w->n + 63) / 64 * sizeof(*w->dirty));
		w->n_dirty = 0;
		for (i = 0; i < w->n; i++)
			watch_mark(c, w, i);
		return;
	}
	s->update++;
	s->in_flight = true;
	if (s->awaits != 0)
		trace_sent(c, w);
}

void
watch_publish(struct core *c, struct session *s)
{
	struct watch *w, *due = NULL;
	struct mono first = MONO_NEVER, when;

	s->publish_planned = false;
	if (s->in_flight)
		return;		/* DRAWN plans the next */
	LIST_FOREACH(w, &s->watches, next) {
		if (w->n_dirty == 0)
			continue;
		when = mono_add(w->last, w->every);
		if (!mono_before(c->now, when)) {
			/* the one that waited longest */
			if (due == NULL || mono_before(w->last, due->last))
				due = w;
		} else {
			first = mono_first(first, when);
		}
	}
	if (due != NULL)
		send_update(c, s, due);
	else if (first.us != MONO_NEVER.us)
		plan(c, s, first);
}
