/* SPDX-License-Identifier: ISC */
#include "server/answer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "server/core.h"

#define ROWS_COUNT_AT 6

/* How many columns the rows of a verb have. */
static unsigned
columns_of(enum verb v)
{
	const char *s = verbs[v].columns;
	unsigned n = *s != '\0';

	for (; *s != '\0'; s++)
		n += *s == ',';
	return n;
}

struct answer *
answer_new(struct core *c, struct session *s, struct call *call, answer_fn *fn)
{
	struct answer *a = xcalloc(1, sizeof(*a));

	a->call = *call;
	memset(call, 0, sizeof(*call));
	a->fn = fn;
	a->cells = columns_of(a->call.verb);
	a->credit = true;
	TAILQ_INSERT_TAIL(&s->answers, a, next);
	(void)c;
	return a;
}

void
answer_free(struct session *s, struct answer *a)
{
	TAILQ_REMOVE(&s->answers, a, next);
	call_free(&a->call);
	free(a->state);
	if (a->free_owned != NULL)
		a->free_owned(a->owned);
	free(a);
}

struct answer *
answer_find(struct session *s, uint32_t id)
{
	struct answer *a;

	TAILQ_FOREACH(a, &s->answers, next)
		if (a->call.id == id)
			return a;
	return NULL;
}

void
answer_end(struct core *c, struct session *s, uint32_t id, int code,
    const char *fmt, ...)
{
	uint8_t room[1200];
	struct put m = put_into(room, sizeof(room));
	char text[1000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_u8(&m, MESSAGE_END);
	put_u32(&m, id);
	put_u8(&m, (uint8_t)code);
	put_text(&m, text);
	if (!session_send(c, s, &m))
		peer_close(c, s->peer);
}

static struct put
page(uint8_t *room, size_t cap, uint32_t id, unsigned cells)
{
	struct put m = put_into(room, cap);

	put_u8(&m, MESSAGE_ROWS);
	put_u32(&m, id);
	put_u8(&m, 0);
	put_u16(&m, 0);
	put_u8(&m, (uint8_t)cells);
	return m;
}

void
answer_row(struct core *c, struct session *s, uint32_t id,
    const struct cell *cells, unsigned n)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = page(room, sizeof(room), id, n);
	unsigned i;

	for (i = 0; i < n; i++)
		put_cell(&m, &cells[i]);
	put_u16_at(&m, ROWS_COUNT_AT, 1);
	if (m.full || !session_send(c, s, &m))
		peer_close(c, s->peer);
}

/* Rows until the page is full or there are no more. */
static uint16_t
fill(struct core *c, struct session *s, struct answer *a, struct put *m,
    bool *more)
{
	struct cell cells[ANSWER_CELLS];
	uint64_t cursor, sub;
	uint16_t n = 0;
	size_t before;
	unsigned i;

	*more = true;
	for (;;) {
		cursor = a->cursor;
		sub = a->sub;
		before = m->len;
		if (!a->fn(c, s, a, cells)) {
			*more = false;
			return n;
		}
		for (i = 0; i < a->cells; i++)
			put_cell(m, &cells[i]);
		if (m->full) {		/* it begins the next page */
			a->cursor = cursor;
			a->sub = sub;
			m->len = before;
			m->full = false;
			return n;
		}
		n++;
	}
}

void
answer_pump(struct core *c, struct session *s, struct answer *a)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = page(room, sizeof(room), a->call.id, a->cells);
	bool more;
	uint16_t n;

	if (!a->credit || a->fn == NULL)
		return;
	n = fill(c, s, a, &m, &more);
	put_u16_at(&m, ROWS_COUNT_AT, n);
	a->rows += n;
	a->credit = false;
	if (n > 0 && !session_send(c, s, &m)) {
		peer_close(c, s->peer);
		return;
	}
	if (more && n > 0)
		return;
	answer_end(c, s, a->call.id, a->rows > 0 ? a->code : a->none, "%s",
	    a->text);
	answer_free(s, a);
}

struct answer_wait *
answer_waits(struct core *c, const struct session *s, struct answer *a)
{
	struct answer_wait *w;

	if (a->waits || !a->credit)
		return NULL;
	a->waits = true;
	w = xcalloc(1, sizeof(*w));
	*w = (struct answer_wait){ c, s->id, a->call.id };
	return w;
}

void
answer_refuse(struct core *c, struct session *s, struct answer *a,
    struct answer_wait *w)
{
	free(w);
	answer_end(c, s, a->call.id, EXIT_REFUSED,
	    "too many questions wait; try again");
	answer_free(s, a);
}

struct answer *
answer_back(struct answer_wait *w, struct session **s)
{
	struct answer *a = NULL;

	*s = session_find(w->core, w->session);
	if (*s != NULL)
		a = answer_find(*s, w->call);
	if (a != NULL)
		a->waits = false;
	free(w);
	return a;
}

static void
send_rows(struct core *c, struct session *s, struct answer *a,
    const struct answer_page *p)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = page(room, sizeof(room), a->call.id, a->cells);
	struct cell cells[ANSWER_CELLS];
	size_t i;
	unsigned k;

	for (i = 0; i < p->n; i++) {
		p->fill(c, a, p->rows, i, cells);
		for (k = 0; k < a->cells; k++)
			put_cell(&m, &cells[k]);
	}
	put_u16_at(&m, ROWS_COUNT_AT, (uint16_t)p->n);
	a->rows += p->n;
	a->credit = false;
	if (!session_send(c, s, &m))
		peer_close(c, s->peer);
}

void
answer_page(struct core *c, struct session *s, struct answer *a,
    const struct answer_page *p)
{
	if (p->n > 0)
		send_rows(c, s, a, p);
	if (p->failed == NULL && p->more) {
		a->more(c, s, a);
		return;
	}
	if (p->failed != NULL)
		answer_end(c, s, a->call.id, EXIT_INTERNAL, "%s", p->failed);
	else
		answer_end(c, s, a->call.id,
		    a->rows > 0 ? EXIT_DONE : EXIT_NEGATIVE, "%s", "");
	answer_free(s, a);
}
