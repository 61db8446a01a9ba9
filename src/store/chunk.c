/* SPDX-License-Identifier: ISC */
#include "store/chunk.h"

#include <math.h>
#include <string.h>

#define STATE_EMPTY 0x80

struct chunk_pen
chunk_pen(enum value_type type, int64_t time)
{
	return (struct chunk_pen){ .time = time, .type = (uint8_t)type };
}

struct value
chunk_gap(enum value_type type, struct wall t)
{
	struct value v = value_initial(type);

	v.time = t;
	v.cause = CHUNK_GAP;
	return v;
}

void
chunk_put_varint(struct buf *b, uint64_t n)
{
	uint8_t bytes[10];
	size_t len = 0;

	for (; n >= 0x80; n >>= 7)
		bytes[len++] = (uint8_t)(n | 0x80);
	bytes[len++] = (uint8_t)n;
	buf_add(b, bytes, len);
}

uint64_t
chunk_get_varint(struct chunk_reader *r)
{
	uint64_t n = 0;
	unsigned shift;
	uint8_t byte;

	for (shift = 0; shift < 64 && r->left > 0; shift += 7) {
		byte = *r->at++;
		r->left--;
		n |= (uint64_t)(byte & 0x7f) << shift;
		if ((byte & 0x80) == 0)
			return n;
	}
	r->bad = true;
	return 0;
}

static uint8_t
state_of(const struct value *v)
{
	return (uint8_t)(v->quality | v->cause << 2 | v->flags << 5 |
	    (value_known(v) && !chunk_is_gap(v) ? 0 : STATE_EMPTY));
}

static uint64_t
zigzag(uint64_t n)
{
	return n << 1 ^ (n >> 63 ? UINT64_MAX : 0);
}

static uint64_t
unzigzag(uint64_t n)
{
	return n >> 1 ^ (n & 1 ? UINT64_MAX : 0);
}

static void
put_real(struct buf *b, uint64_t difference)
{
	uint8_t bytes[9];
	uint8_t n = 0;

	for (; difference != 0; difference >>= 8)
		bytes[++n] = (uint8_t)difference;
	bytes[0] = n;
	buf_add(b, bytes, n + 1u);
}

static uint64_t
get_real(struct chunk_reader *r)
{
	uint64_t difference = 0;
	uint8_t n, i;

	n = r->left > 0 ? *r->at : 9;
	if (n > 8 || r->left < n + 1u) {
		r->bad = true;
		return 0;
	}
	for (i = n; i > 0; i--)
		difference = difference << 8 | r->at[i];
	r->at += n + 1;
	r->left -= n + 1u;
	return difference;
}

static void
put_content(struct buf *b, struct chunk_pen *pen, const struct value *v)
{
	uint64_t bits = v->as.uint;
	size_t len;

	switch ((enum value_type)pen->type) {
	case VALUE_BOOL:
		buf_char(b, (char)(bits != 0));
		return;
	case VALUE_INT:
	case VALUE_UINT:
		chunk_put_varint(b, zigzag(bits - pen->bits));
		break;
	case VALUE_REAL:
		memcpy(&bits, &v->as.real, sizeof(bits));
		put_real(b, bits ^ pen->bits);
		break;
	case VALUE_TEXT:
		len = strnlen(v->as.text, VALUE_TEXT_MAX);
		chunk_put_varint(b, len);
		buf_add(b, v->as.text, len);
		return;
	}
	pen->bits = bits;
}

void
chunk_put(struct buf *b, struct chunk_pen *pen, const struct value *v)
{
	uint8_t state = state_of(v);
	uint64_t ahead = v->time.ms > pen->time
	    ? (uint64_t)(v->time.ms - pen->time)
	    : 0;

	chunk_put_varint(b, ahead << 1 | (state != pen->state));
	if (state != pen->state)
		buf_char(b, (char)state);
	pen->state = state;
	pen->time += (int64_t)ahead;
	if ((state & STATE_EMPTY) == 0)
		put_content(b, pen, v);
}

struct chunk_reader
chunk_reader(const void *bytes, size_t n, enum value_type type, int64_t time)
{
	return (struct chunk_reader){ .at = bytes, .left = n,
		.pen = chunk_pen(type, time) };
}

static uint8_t
get_byte(struct chunk_reader *r)
{
	if (r->left == 0) {
		r->bad = true;
		return 0;
	}
	r->left--;
	return *r->at++;
}

static void
get_text(struct chunk_reader *r, struct value *v, char *text)
{
	uint64_t len = chunk_get_varint(r);

	v->as.text = text;
	text[0] = '\0';
	if (len > VALUE_TEXT_MAX || len > r->left) {
		r->bad = true;
		return;
	}
	memcpy(text, r->at, len);
	text[len] = '\0';
	r->at += len;
	r->left -= len;
}

static void
get_content(struct chunk_reader *r, struct value *v, char *text)
{
	switch ((enum value_type)r->pen.type) {
	case VALUE_BOOL:
		v->as.uint = get_byte(r) != 0;
		return;
	case VALUE_INT:
	case VALUE_UINT:
		r->pen.bits += unzigzag(chunk_get_varint(r));
		v->as.uint = r->pen.bits;
		return;
	case VALUE_REAL:
		r->pen.bits ^= get_real(r);
		memcpy(&v->as.real, &r->pen.bits, sizeof(v->as.real));
		return;
	case VALUE_TEXT:
		get_text(r, v, text);
		return;
	}
	r->bad = true;
}

/* What has no content: as before the first read. */
static void
no_content(struct value *v, char *text)
{
	v->as.uint = 0;
	if (v->type == VALUE_REAL)
		v->as.real = NAN;
	if (v->type == VALUE_TEXT) {
		text[0] = '\0';
		v->as.text = text;
	}
}

bool
chunk_get(struct chunk_reader *r, struct value *v, char *text)
{
	uint64_t ahead;

	if (r->left == 0 || r->bad)
		return false;
	ahead = chunk_get_varint(r);
	if (ahead & 1)
		r->pen.state = get_byte(r);
	r->pen.time += (int64_t)(ahead >> 1);
	*v = (struct value){ .time = { r->pen.time },
		.type = r->pen.type,
		.quality = r->pen.state & 3,
		.cause = r->pen.state >> 2 & 7,
		.flags = r->pen.state >> 5 & 3 };
	if (r->pen.state & STATE_EMPTY)
		no_content(v, text);
	else
		get_content(r, v, text);
	return !r->bad;
}

bool
chunk_get_logged(struct chunk_reader *r, int64_t *time, uint64_t *id,
    struct value *v, char *text)
{
	uint64_t step;

	if (r->left == 0 || r->bad)
		return false;
	*id = chunk_get_varint(r);
	r->pen = chunk_pen((enum value_type)get_byte(r), 0);
	step = chunk_get_varint(r);
	*time += (int64_t)(step >> 1 ^ (step & 1 ? UINT64_MAX : 0));
	r->pen.time = *time;
	return chunk_get(r, v, text);
}
