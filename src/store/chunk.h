/* SPDX-License-Identifier: ISC */
/*
 * chunk.h - samples as bytes, exactly and small.
 *
 * A chunk is samples of one tag and of one type, in the order in which they
 * came, their times never going back. Each is
 *
 *   varint   ms since the sample before, times two, plus 1 if a state follows
 *   u8       state: quality 0..1, cause 2..4, flags 5..6, 7: no content
 *   content  bool u8; int, uint the zigzag varint of the difference to the
 *            one before; real u8 n and the n low bytes of its bits xor those
 *            of the one before; text varint length and bytes
 *
 * The first one's time counts from the chunk's; before it the state is good
 * and the content zero. The same pen and reader serve the log of a second,
 * where each sample stands for itself.
 */
#ifndef STORE_CHUNK_H
#define STORE_CHUNK_H

#include "base/buf.h"
#include "model/value.h"

/* The cause of what is no sample but the end of knowledge. */
#define CHUNK_GAP 7
#define CHUNK_SAMPLE_MAX (VALUE_TEXT_MAX + 16)	/* bytes of one sample */

/* What the next sample is written or read against. */
struct chunk_pen {
	int64_t time;
	uint64_t bits;		/* of the content before */
	uint8_t type, state;
};

struct chunk_pen chunk_pen(enum value_type type, int64_t time);
/* A gap at this time, for a chunk of this type. */
struct value chunk_gap(enum value_type type, struct wall t);
static inline bool
chunk_is_gap(const struct value *v)
{
	return v->cause == CHUNK_GAP;
}
/* v is of the pen's type and not before its time. */
void chunk_put(struct buf *b, struct chunk_pen *pen, const struct value *v);

struct chunk_reader {
	const uint8_t *at;
	size_t left;
	struct chunk_pen pen;
	bool bad;		/* the bytes are no chunk */
};
struct chunk_reader chunk_reader(
    const void *bytes, size_t n, enum value_type type, int64_t time);
/* False at the end or if it is bad. text has VALUE_TEXT_MAX + 1 bytes. */
bool chunk_get(struct chunk_reader *r, struct value *v, char *text);

/* The log of a second: id (varint), type (u8), ms since the sample before
 * (zigzag varint, *time: 0 at first), then the sample for itself. */
bool chunk_get_logged(struct chunk_reader *r, int64_t *time, uint64_t *id,
    struct value *v, char *text);

void chunk_put_varint(struct buf *b, uint64_t n);
uint64_t chunk_get_varint(struct chunk_reader *r);

#endif
