/* SPDX-License-Identifier: ISC */
#include "field/sender.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/fd.h"

enum { PASS_SEGMENT, PASS_VALUES, PASS_ALIVE, PASS_EVENT };

void
sender_init(struct sender *s, int fd)
{
	s->fd = fd;
	s->batch = (struct batch){ 0 };
	s->at = s->end = s->next = s->pending = 0;
	s->pass = PASS_SEGMENT;
}

void
sender_fini(struct sender *s)
{
	batch_free(&s->batch);
}

bool
sender_idle(const struct sender *s)
{
	return s->pending == 0 && s->at == s->batch.n;
}

/* The next segment: entries of one plan up to an event. */
static void
find_segment(struct sender *s)
{
	const struct batch *b = &s->batch;
	uint32_t plan = 0;
	bool known = false;

	for (s->end = s->at; s->end < b->n; s->end++) {
		const struct entry *e = &b->at[s->end];

		if (e->kind == ENTRY_EVENT)
			break;
		if (e->kind == ENTRY_NONE)
			continue;
		if (known && e->plan != plan)
			break;
		plan = e->plan;
		known = true;
	}
}

/* Writes the entries of one kind from s->next on, as many as fit. */
static size_t
fill(struct sender *s, enum entry_kind kind, enum field_message type)
{
	struct put p = put_into(s->room, FIELD_ROOM);
	uint16_t n = 0;

	put_u8(&p, (uint8_t)type);
	put_u32(&p, 0);
	put_u16(&p, 0);
	for (; s->next < s->end && !p.full; s->next++) {
		const struct entry *e = &s->batch.at[s->next];
		size_t before = p.len;

		if (e->kind != kind)
			continue;
		put_u32(&p, e->id);
		if (kind == ENTRY_VALUE)
			put_value(&p, &e->value);
		else
			put_wall(&p, e->value.time);
		if (p.full || n == UINT16_MAX) {
			p.len = before;
			break;
		}
		if (n++ == 0) {
			put_u16_at(&p, 1, (uint16_t)e->plan);
			put_u16_at(&p, 3, (uint16_t)(e->plan >> 16));
		}
	}
	p.full = false;
	put_u16_at(&p, 5, n);
	return n > 0 ? p.len : 0;
}

static size_t
fill_event(struct sender *s)
{
	struct entry *e;

	s->at = s->end;
	s->pass = PASS_SEGMENT;
	if (s->at == s->batch.n || s->batch.at[s->at].kind != ENTRY_EVENT)
		return 0;
	e = &s->batch.at[s->at++];
	assert(e->n_bytes <= sizeof(s->room));
	memcpy(s->room, e->bytes, e->n_bytes);
	return e->n_bytes;
}

/* Makes the next message; 0 when there was nothing in this pass. */
static size_t
advance(struct sender *s)
{
	size_t n = 0;

	switch (s->pass) {
	case PASS_SEGMENT:
		find_segment(s);
		break;
	case PASS_VALUES:
		n = fill(s, ENTRY_VALUE, FIELD_VALUES);
		break;
	case PASS_ALIVE:
		n = fill(s, ENTRY_ALIVE, FIELD_ALIVE);
		break;
	case PASS_EVENT:
		return fill_event(s);
	}
	if (n == 0) {
		s->pass++;
		s->next = s->at;
	}
	return n;
}

int
sender_pump(struct sender *s)
{
	for (;;) {
		if (s->pending > 0) {
			if (fd_send(s->fd, s->room, s->pending, -1) < 0)
				return errno == EAGAIN || errno == ENOBUFS ? 0 : -1;
			s->pending = 0;
		}
		if (s->at == s->batch.n) {
			batch_clear(&s->batch);
			s->at = s->end = 0;
			s->pass = PASS_SEGMENT;
			return 1;
		}
		s->pending = advance(s);
	}
}
