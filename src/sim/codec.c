/* SPDX-License-Identifier: ISC */
#include "sim/codec.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const struct {
	const char *name;
	unsigned words;
	double low, high;	/* of integers */
} kinds[] = {
	[CODEC_BOOL] = { "bool", 1, 0, 1 },
	[CODEC_INT16] = { "int16", 1, INT16_MIN, INT16_MAX },
	[CODEC_UINT16] = { "uint16", 1, 0, UINT16_MAX },
	[CODEC_INT32] = { "int32", 2, INT32_MIN, INT32_MAX },
	[CODEC_UINT32] = { "uint32", 2, 0, UINT32_MAX },
	/* quantities are doubles: no more than those tell apart */
	[CODEC_INT64] = { "int64", 4, -9e15, 9e15 },
	[CODEC_UINT64] = { "uint64", 4, 0, 9e15 },
	[CODEC_FLOAT32] = { "float32", 2, 0, 0 },
	[CODEC_FLOAT64] = { "float64", 4, 0, 0 },
	[CODEC_BCD16] = { "bcd16", 1, 0, 9999 },
	[CODEC_BCD32] = { "bcd32", 2, 0, 99999999 },
	[CODEC_TEXT] = { "text", 0, 0, 0 },
};

unsigned
codec_words(enum codec_kind kind)
{
	return kinds[kind].words;
}

const char *
codec_kind_name(enum codec_kind kind)
{
	return kinds[kind].name;
}

const char *
codec_order_name(enum codec_order order)
{
	static const char *const names[] = { "ABCD", "CDAB", "BADC", "DCBA" };

	return names[order];
}

static uint64_t
to_bcd(uint64_t n)
{
	uint64_t bcd = 0;
	int shift;

	for (shift = 0; n > 0; shift += 4, n /= 10)
		bcd |= (n % 10) << shift;
	return bcd;
}

static double
from_bcd(uint64_t bcd)
{
	double n = 0;
	int shift;

	for (shift = 28; shift >= 0; shift -= 4)
		n = n * 10 + (double)(bcd >> shift & 0xf);
	return n;
}

/* The big-endian image of a number, right-aligned. */
static uint64_t
image(enum codec_kind kind, double raw)
{
	double x = fmax(kinds[kind].low, fmin(kinds[kind].high, rint(raw)));
	float single = (float)raw;
	uint32_t bits32;
	uint64_t bits;

	switch (kind) {
	case CODEC_FLOAT32:
		memcpy(&bits32, &single, sizeof(bits32));
		return bits32;
	case CODEC_FLOAT64:
		memcpy(&bits, &raw, sizeof(bits));
		return bits;
	case CODEC_BCD16:
	case CODEC_BCD32:
		return to_bcd((uint64_t)x);
	default:
		return (uint64_t)(int64_t)x;
	}
}

static double
number(enum codec_kind kind, uint64_t bits)
{
	uint32_t bits32 = (uint32_t)bits;
	float single;
	double x;

	switch (kind) {
	case CODEC_INT16:
		return (int16_t)bits;
	case CODEC_INT32:
		return (int32_t)bits32;
	case CODEC_INT64:
		return (double)(int64_t)bits;
	case CODEC_FLOAT32:
		memcpy(&single, &bits32, sizeof(single));
		return single;
	case CODEC_FLOAT64:
		memcpy(&x, &bits, sizeof(x));
		return x;
	case CODEC_BCD16:
	case CODEC_BCD32:
		return from_bcd(bits);
	default:
		return (double)bits;
	}
}

static uint16_t
swap_bytes(uint16_t w, enum codec_order order)
{
	bool swap = order == CODEC_BADC || order == CODEC_DCBA;

	return swap ? (uint16_t)(w << 8 | w >> 8) : w;
}

/* Where the i-th register from the big end of n stands. */
static unsigned
place(unsigned i, unsigned n, enum codec_order order)
{
	return order == CODEC_CDAB || order == CODEC_DCBA ? n - 1 - i : i;
}

void
codec_encode(enum codec_kind kind, enum codec_order order, double raw,
    uint16_t words[CODEC_WORDS])
{
	unsigned i, n = kinds[kind].words;
	uint64_t bits = image(kind, raw);

	for (i = 0; i < n; i++)
		words[place(i, n, order)] = swap_bytes(
		    (uint16_t)(bits >> 16 * (n - 1 - i)), order);
}

double
codec_decode(enum codec_kind kind, enum codec_order order,
    const uint16_t words[CODEC_WORDS])
{
	unsigned i, n = kinds[kind].words;
	uint64_t bits = 0;

	for (i = 0; i < n; i++)
		bits = bits << 16 |
		    swap_bytes(words[place(i, n, order)], order);
	return number(kind, bits);
}

void
codec_put_text(const char *text, unsigned length, uint16_t words[])
{
	size_t have = strnlen(text, length);
	unsigned i;

	memset(words, 0, (length + 1) / 2 * sizeof(words[0]));
	for (i = 0; i < have; i++)
		words[i / 2] |= (uint16_t)((uint8_t)text[i] << (i % 2 ? 0 : 8));
}
