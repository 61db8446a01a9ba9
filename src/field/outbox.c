/* SPDX-License-Identifier: ISC */
#include "field/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LEAST_BOUND 4096	/* entries, for a plan of few tags */
#define NOWHERE SIZE_MAX

/* Where the newest entry of a slot or block is, if it is in this batch. */
struct newest {
	size_t *at;
	uint32_t n;
};

struct outbox {
	pthread_mutex_t mutex;
	pthread_cond_t room;
	struct batch batch;
	struct newest slots, blocks;
	size_t segment;		/* first entry behind the last event */
	size_t bound;
	uint64_t merged;
	bool wake_due, shut;
	void (*wake)(void *);
	void *context;
};

struct outbox *
outbox_new(void (*wake)(void *), void *context)
{
	struct outbox *o = xcalloc(1, sizeof(*o));

	pthread_mutex_init(&o->mutex, NULL);
	pthread_cond_init(&o->room, NULL);
	o->bound = LEAST_BOUND;
	o->wake = wake;
	o->context = context;
	return o;
}

void
outbox_free(struct outbox *o)
{
	batch_free(&o->batch);
	free(o->slots.at);
	free(o->blocks.at);
	pthread_cond_destroy(&o->room);
	pthread_mutex_destroy(&o->mutex);
	free(o);
}

static void
grow(struct newest *w, uint32_t n)
{
	if (n <= w->n)
		return;
	w->at = xrealloc(w->at, n, sizeof(*w->at));
	while (w->n < n)
		w->at[w->n++] = NOWHERE;
}

void
outbox_slots(struct outbox *o, uint32_t slots, uint32_t blocks)
{
	pthread_mutex_lock(&o->mutex);
	grow(&o->slots, slots);
	grow(&o->blocks, blocks);
	if (4 * (size_t)slots > o->bound)
		o->bound = 4 * (size_t)slots;
	pthread_mutex_unlock(&o->mutex);
}

void
outbox_open(struct outbox *o)
{
	pthread_mutex_lock(&o->mutex);
	while (o->batch.live > 4 * o->bound && !o->shut)
		pthread_cond_wait(&o->room, &o->mutex);
}

void
outbox_open_now(struct outbox *o)
{
	pthread_mutex_lock(&o->mutex);
}

void
outbox_close(struct outbox *o)
{
	bool wake = o->wake_due;

	o->wake_due = false;
	pthread_mutex_unlock(&o->mutex);
	if (wake)
		o->wake(o->context);
}

static void
entry_fini(struct entry *e)
{
	if (e->kind == ENTRY_VALUE && e->value.type == VALUE_TEXT)
		free((void *)(uintptr_t)e->value.as.text);
	free(e->bytes);
	e->bytes = NULL;
	e->kind = ENTRY_NONE;
}

/* Closes the gaps that merging left; the order stays. */
static void
compact(struct outbox *o)
{
	struct batch *b = &o->batch;
	size_t from, to = 0, segment = 0;

	for (from = 0; from < b->n; from++) {
		struct entry *e = &b->at[from];

		if (from == o->segment)
			segment = to;
		if (e->kind == ENTRY_NONE)
			continue;
		if (e->kind == ENTRY_VALUE && o->slots.at[e->id] == from)
			o->slots.at[e->id] = to;
		if (e->kind == ENTRY_ALIVE && o->blocks.at[e->id] == from)
			o->blocks.at[e->id] = to;
		b->at[to++] = *e;
	}
	o->segment = o->segment >= b->n ? to : segment;
	b->n = to;
}

static struct entry *
add(struct outbox *o, enum entry_kind kind)
{
	struct batch *b = &o->batch;
	struct entry *e;

	if (b->n > 2 * b->live && b->n > o->bound)
		compact(o);
	if (b->n == b->cap) {
		b->cap = b->cap > 0 ? 2 * b->cap : 256;
		b->at = xrealloc(b->at, b->cap, sizeof(*b->at));
	}
	if (b->live++ == 0 || kind == ENTRY_EVENT)
		o->wake_due = true;
	e = &b->at[b->n++];
	memset(e, 0, sizeof(*e));
	e->kind = (uint8_t)kind;
	return e;
}

/* Above the bound the older value gives way, if it says nothing that the
 * newer one does not. */
static void
merge(struct outbox *o, uint32_t plan, uint32_t slot, const struct value *v)
{
	struct entry *old;

	if (o->batch.live < o->bound || o->slots.at[slot] == NOWHERE)
		return;
	old = &o->batch.at[o->slots.at[slot]];
	if (old->plan != plan || old->value.quality != v->quality ||
	    old->value.cause != v->cause)
		return;
	entry_fini(old);
	o->batch.live--;
	o->merged++;
}

void
outbox_value(
    struct outbox *o, uint32_t plan, uint32_t slot, const struct value *v)
{
	struct entry *e;

	grow(&o->slots, slot + 1);
	merge(o, plan, slot, v);
	e = add(o, ENTRY_VALUE);
	e->plan = plan;
	e->id = slot;
	e->value = *v;
	if (v->type == VALUE_TEXT)
		e->value.as.text = xstrdup(v->as.text);
	o->slots.at[slot] = o->batch.n - 1;
}

void
outbox_alive(struct outbox *o, uint32_t plan, uint32_t block, struct wall t)
{
	struct entry *e;
	size_t at;

	grow(&o->blocks, block + 1);
	at = o->blocks.at[block];
	if (at != NOWHERE && at >= o->segment && o->batch.at[at].plan == plan) {
		o->batch.at[at].value.time = t;
		return;
	}
	e = add(o, ENTRY_ALIVE);
	e->plan = plan;
	e->id = block;
	e->value.time = t;
	o->blocks.at[block] = o->batch.n - 1;
}

void
outbox_event(struct outbox *o, const struct put *message)
{
	struct entry *e = add(o, ENTRY_EVENT);

	e->bytes = xmalloc(message->len);
	memcpy(e->bytes, message->at, message->len);
	e->n_bytes = (uint32_t)message->len;
	o->segment = o->batch.n;
}

void
outbox_knock(struct outbox *o)
{
	o->wake_due = true;
}

void
outbox_take(struct outbox *o, struct batch *b)
{
	struct batch empty = *b;
	size_t i;

	pthread_mutex_lock(&o->mutex);
	*b = o->batch;
	o->batch = empty;
	o->segment = 0;
	for (i = 0; i < b->n; i++) {
		if (b->at[i].kind == ENTRY_VALUE)
			o->slots.at[b->at[i].id] = NOWHERE;
		if (b->at[i].kind == ENTRY_ALIVE)
			o->blocks.at[b->at[i].id] = NOWHERE;
	}
	pthread_cond_broadcast(&o->room);
	pthread_mutex_unlock(&o->mutex);
}

void
batch_clear(struct batch *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		entry_fini(&b->at[i]);
	b->n = b->live = 0;
}

void
batch_free(struct batch *b)
{
	batch_clear(b);
	free(b->at);
	*b = (struct batch){ 0 };
}

uint64_t
outbox_merged(struct outbox *o)
{
	uint64_t n;

	pthread_mutex_lock(&o->mutex);
	n = o->merged;
	pthread_mutex_unlock(&o->mutex);
	return n;
}

size_t
outbox_waiting(struct outbox *o)
{
	size_t n;

	pthread_mutex_lock(&o->mutex);
	n = o->batch.live;
	pthread_mutex_unlock(&o->mutex);
	return n;
}

void
outbox_shut(struct outbox *o)
{
	pthread_mutex_lock(&o->mutex);
	o->shut = true;
	pthread_cond_broadcast(&o->room);
	pthread_mutex_unlock(&o->mutex);
}
