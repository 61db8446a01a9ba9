/* SPDX-License-Identifier: ISC */
#include "server/commit.h"

#include <string.h>

#include "server/core.h"

#define BEHIND_MS 1000

struct record_batch *
commit_batch(struct core *c)
{
	if (c->commit.batch == NULL)
		c->commit.batch = record_batch_new(c->record);
	return c->commit.batch;
}

static void
wait_for(struct core *c, commit_fn *fn, void *arg, bool safe)
{
	struct commit_waiter *w = vec_add(&c->commit.waiters);

	commit_batch(c);
	*w = (struct commit_waiter){ .safe = safe, .fn = fn, .arg = arg };
	c->commit.safe |= safe;
}

void
commit_then(struct core *c, commit_fn *fn, void *arg)
{
	wait_for(c, fn, arg, false);
}

void
commit_then_safe(struct core *c, commit_fn *fn, void *arg)
{
	wait_for(c, fn, arg, true);
}

void
commit_forget(struct core *c, const void *arg)
{
	size_t i;

	for (i = 0; i < c->commit.waiters.n; i++)
		if (c->commit.waiters.at[i].arg == arg)
			c->commit.waiters.at[i].fn = NULL;
}

void
commit_move(struct core *c, commit_fn *fn,
    void *(*moved)(void *arg, void *held), void *arg)
{
	size_t i;

	for (i = 0; i < c->commit.waiters.n; i++)
		if (c->commit.waiters.at[i].fn == fn)
			c->commit.waiters.at[i].arg =
			    moved(arg, c->commit.waiters.at[i].arg);
}

void
commit_submit(struct core *c)
{
	struct commit *m = &c->commit;
	uint64_t n;
	size_t i;

	if (m->batch == NULL)
		return;
	n = m->safe ? record_submit_safe(c->record, m->batch, c->now)
		    : record_submit(c->record, m->batch, c->now);
	if (n == 0)	/* the queue is full: it stays ours, tried again */
		return;
	m->batch = NULL;
	m->safe = false;
	for (i = m->waiters.n; i > 0 && m->waiters.at[i - 1].number == 0; i--)
		m->waiters.at[i - 1].number = n;
}

void
commit_release(struct core *c)
{
	struct commit *m = &c->commit;
	struct commit_waiter w;
	size_t i, kept = 0, n = m->waiters.n;

	m->done = record_committed(c->record);
	m->behind = record_behind(c->record);
	for (i = 0; i < n; i++) {
		w = m->waiters.at[i];
		if (w.number == 0 || (w.number > m->done &&
			!(w.safe && record_is_safe(c->record, w.number)))) {
			m->waiters.at[kept++] = w;
			continue;
		}
		/* a callback may add waiters behind n, never before */
		if (w.fn != NULL)
			w.fn(c, w.arg, w.number);
	}
	if (kept < n && n < m->waiters.n)
		memmove(m->waiters.at + kept, m->waiters.at + n,
		    (m->waiters.n - n) * sizeof(w));
	m->waiters.n = kept + m->waiters.n - n;
}

void
commit_fini(struct core *c)
{
	struct commit *m = &c->commit;
	size_t i;

	for (i = 0; i < m->waiters.n; i++)
		if (m->waiters.at[i].fn != NULL)
			m->waiters.at[i].fn(c, m->waiters.at[i].arg, 0);
	vec_free(&m->waiters);
}

bool
commit_is_behind(const struct core *c)
{
	return c->commit.behind.us != MONO_NEVER.us &&
	    mono_since(c->now, c->commit.behind).ms > BEHIND_MS;
}
