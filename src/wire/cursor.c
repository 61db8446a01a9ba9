/* SPDX-License-Identifier: ISC */
#include "wire/cursor.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

struct put
put_into(void *room, size_t cap)
{
	return (struct put){ .at = room, .cap = cap };
}

void
put_bytes(struct put *p, const void *bytes, size_t n)
{
	if (p->full || n > p->cap - p->len) {
		p->full = true;
		return;
	}
	if (n > 0)
		memcpy(p->at + p->len, bytes, n);
	p->len += n;
}

/* The low n bytes of v, least first. */
static void
put_low(struct put *p, uint64_t v, int n)
{
	uint8_t b[8];
	int i;

	for (i = 0; i < n; i++)
		b[i] = (uint8_t)(v >> (8 * i));
	put_bytes(p, b, (size_t)n);
}

void
put_u8(struct put *p, uint8_t n)
{
	put_low(p, n, 1);
}

void
put_u16(struct put *p, uint16_t n)
{
	put_low(p, n, 2);
}

void
put_u32(struct put *p, uint32_t n)
{
	put_low(p, n, 4);
}

void
put_u64(struct put *p, uint64_t n)
{
	put_low(p, n, 8);
}

void
put_i64(struct put *p, int64_t n)
{
	put_low(p, (uint64_t)n, 8);
}

void
put_real(struct put *p, double n)
{
	uint64_t bits;

	memcpy(&bits, &n, sizeof(bits));
	put_low(p, bits, 8);
}

void
put_wall(struct put *p, struct wall t)
{
	put_i64(p, t.ms);
}

void
put_text(struct put *p, const char *s)
{
	size_t len = s != NULL ? strlen(s) : 0;

	if (len > UINT16_MAX) {
		p->full = true;
		return;
	}
	put_u16(p, (uint16_t)len);
	put_bytes(p, s, len);
}

void
put_u16_at(struct put *p, size_t offset, uint16_t n)
{
	if (p->full || offset + 2 > p->len)
		return;
	p->at[offset] = (uint8_t)n;
	p->at[offset + 1] = (uint8_t)(n >> 8);
}

void
put_value(struct put *p, const struct value *v)
{
	put_u8(p, v->type);
	put_u8(p, (uint8_t)(v->quality << 4 | v->cause));
	put_u8(p, v->flags);
	put_wall(p, v->time);
	if (v->type == VALUE_TEXT)
		put_text(p, v->as.text);
	else
		put_u64(p, v->as.uint);
}

struct get
get_from(const void *bytes, size_t n)
{
	return (struct get){ .at = bytes, .left = n };
}

/* The next n bytes, or NULL. */
static const uint8_t *
next(struct get *g, size_t n)
{
	const uint8_t *p = g->at;

	if (g->bad || n > g->left) {
		g->bad = true;
		return NULL;
	}
	g->at += n;
	g->left -= n;
	return p;
}

static uint64_t
get_low(struct get *g, int n)
{
	const uint8_t *p = next(g, (size_t)n);
	uint64_t v = 0;

	if (p == NULL)
		return 0;
	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

uint8_t
get_u8(struct get *g)
{
	return (uint8_t)get_low(g, 1);
}

uint16_t
get_u16(struct get *g)
{
	return (uint16_t)get_low(g, 2);
}

uint32_t
get_u32(struct get *g)
{
	return (uint32_t)get_low(g, 4);
}

uint64_t
get_u64(struct get *g)
{
	return get_low(g, 8);
}

int64_t
get_i64(struct get *g)
{
	return (int64_t)get_low(g, 8);
}

double
get_real(struct get *g)
{
	uint64_t bits = get_low(g, 8);
	double n;

	memcpy(&n, &bits, sizeof(n));
	return n;
}

struct wall
get_wall(struct get *g)
{
	return (struct wall){ get_i64(g) };
}

void
get_bytes(struct get *g, void *dst, size_t n)
{
	const uint8_t *p = next(g, n);

	if (p != NULL)
		memcpy(dst, p, n);
	else
		memset(dst, 0, n);
}

const char *
get_view(struct get *g, size_t *len)
{
	size_t n = get_u16(g);
	const uint8_t *p = next(g, n);

	*len = p != NULL ? n : 0;
	return p != NULL ? (const char *)p : "";
}

void
get_text(struct get *g, char *dst, size_t cap)
{
	size_t len;
	const char *s = get_view(g, &len);

	dst[0] = '\0';
	if (len >= cap)
		g->bad = true;
	else
		text_clean(dst, cap, s, len);
}

struct value
get_value(struct get *g, char *text)
{
	struct value v = { .type = get_u8(g) };
	uint8_t how = get_u8(g);

	v.quality = how >> 4;
	v.cause = how & 15;
	v.flags = get_u8(g);
	v.time = get_wall(g);
	if (v.type > VALUE_TEXT || v.quality > QUALITY_BAD ||
	    v.cause > CAUSE_RANGE)
		g->bad = true;
	if (v.type == VALUE_TEXT) {
		get_text(g, text, VALUE_TEXT_MAX + 1);
		v.as.text = text;
	} else {
		v.as.uint = get_u64(g);
	}
	if (v.type == VALUE_BOOL && v.as.uint > 1)
		g->bad = true;
	/* no peer makes a number out of infinity */
	if (v.type == VALUE_REAL && v.quality != QUALITY_BAD &&
	    !isfinite(v.as.real))
		g->bad = true;
	if (g->bad) {
		v = (struct value){ .type = VALUE_UINT,
			.quality = QUALITY_BAD, .cause = CAUSE_INITIAL };
	}
	return v;
}

bool
get_done(const struct get *g)
{
	return !g->bad && g->left == 0;
}
