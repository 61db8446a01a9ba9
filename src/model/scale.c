/* SPDX-License-Identifier: ISC */
#include "model/scale.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define REGISTERS_MAX 4		/* of a number */
#define TEXT_BYTES 256
#define ANY_BIT 0xffff

static uint16_t
swapped(const struct point *p, uint16_t word)
{
	if (p->order == ORDER_BADC || p->order == ORDER_DCBA)
		return (uint16_t)(word >> 8 | word << 8);
	return word;
}

/* Which register holds the i-th word, the most significant first. */
static unsigned
place(const struct point *p, unsigned i)
{
	unsigned n = kind_registers(p->kind);

	if (p->order == ORDER_CDAB || p->order == ORDER_DCBA)
		return n - 1 - i;
	return i;
}

static uint64_t
bits_get(const struct point *p, const uint16_t *regs)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < kind_registers(p->kind); i++)
		bits = bits << 16 | swapped(p, regs[place(p, i)]);
	return bits;
}

static int
bits_put(const struct point *p, uint16_t *regs, uint64_t bits)
{
	unsigned n = kind_registers(p->kind);

	for (unsigned i = n; i-- > 0; bits >>= 16)
		regs[place(p, i)] = swapped(p, (uint16_t)bits);
	return (int)n;
}

/* Four bits a digit; false if one is none. */
static bool
bcd_get(uint64_t bits, uint64_t *n)
{
	uint64_t scale = 1;

	for (*n = 0; bits > 0; bits >>= 4, scale *= 10) {
		if ((bits & 15) > 9)
			return false;
		*n += (bits & 15) * scale;
	}
	return true;
}

static uint64_t
bcd_put(uint64_t n)
{
	uint64_t bits = 0;

	for (int shift = 0; n > 0; n /= 10, shift += 4)
		bits |= n % 10 << shift;
	return bits;
}

/* Numbers far from 1: what printf and strtod say. */
static double
shortest_by_text(float f)
{
	char text[40];
	double d;

	for (int digits = 6; digits < 9; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, (double)f);
		d = strtod(text, NULL);
		if ((float)d == f)
			return d;
	}
	return f;
}

/* The double with the fewest decimals that is this float. */
static double
shortest(float f)
{
	static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
		1e8, 1e9, 1e10, 1e11, 1e12 };
	double n, d;

	if (!isfinite(f))
		return f;
	for (size_t i = 0; i < sizeof(tens) / sizeof(tens[0]); i++) {
		n = rint(f * tens[i]);
		if (fabs(n) > 1e9)	/* nine digits make every float */
			break;
		d = n / tens[i];
		if ((float)d == f)
			return d;
	}
	return shortest_by_text(f);
}

/* The number that the registers code, without scale. */
static struct value
raw_get(const struct point *p, const uint16_t *regs, struct wall t)
{
	uint64_t bits = bits_get(p, regs), n;
	uint32_t half = (uint32_t)bits;
	double d;
	float f;

	switch (p->kind) {
	case KIND_INT16:
		return value_int((int16_t)bits, t);
	case KIND_INT32:
		return value_int((int32_t)bits, t);
	case KIND_INT64:
		return value_int((int64_t)bits, t);
	case KIND_FLOAT32:
		memcpy(&f, &half, sizeof(f));
		return value_real(shortest(f), t);
	case KIND_FLOAT64:
		memcpy(&d, &bits, sizeof(d));
		return value_real(d, t);
	case KIND_BCD16:
	case KIND_BCD32:
		return bcd_get(bits, &n) ? value_uint(n, t)
					 : value_real(NAN, t);
	default:
		return value_uint(bits, t);
	}
}

static bool
is_bool(const struct point *p)
{
	return p->kind == KIND_BOOL;
}

static uint16_t
mask(const struct point *p)
{
	bool bit = p->bit != NO_BIT &&
	    (p->space == SPACE_HR || p->space == SPACE_IR);

	return bit ? (uint16_t)(1u << (p->bit & 15)) : ANY_BIT;
}

static double
to_value(const struct point *p, double raw)
{
	return p->value[0] +
	    (raw - p->raw[0]) * (p->value[1] - p->value[0]) /
	    (p->raw[1] - p->raw[0]);
}

static double
to_raw(const struct point *p, double value)
{
	return p->raw[0] +
	    (value - p->value[0]) * (p->raw[1] - p->raw[0]) /
	    (p->value[1] - p->value[0]);
}

static bool
falls(const struct point *p)
{
	return p->scaled &&
	    (p->raw[1] > p->raw[0]) != (p->value[1] > p->value[0]);
}

static void
set_quality(struct value *v, enum quality q)
{
	v->quality = (uint8_t)q;
	v->cause = CAUSE_RANGE;
}

/* Outside the fault limits (P7)? */
static void
check_fault(const struct point *p, double raw, struct value *v)
{
	if (!p->has_fault || (raw >= p->fault[0] && raw <= p->fault[1]))
		return;
	/* a broken wire must not read as a high value */
	if (raw < p->fault[0] && falls(p))
		*v = value_real(NAN, v->time);
	set_quality(v, QUALITY_BAD);
}

static void
set_number(struct value *v, double n)
{
	if (v->type == VALUE_REAL)
		v->as.real = n;
	else if (v->type == VALUE_INT)
		v->as.sint = (int64_t)n;
	else
		v->as.uint = (uint64_t)n;
}

/* Outside the instrument's range (P7)? */
static void
check_range(const struct point *p, const double range[2], struct value *v)
{
	double n = value_number(v);
	bool low = n < range[0];

	if (!low && !(n > range[1]))
		return;
	set_quality(v, QUALITY_UNCERTAIN);
	if (p->clamp)
		set_number(v, low ? range[0] : range[1]);
}

static struct value
text_get(const struct point *p, const uint16_t *regs, struct wall t,
    char *text)
{
	char bytes[TEXT_BYTES + 2];
	size_t n = 0, room = p->length ? p->length : 2u * p->registers;
	uint16_t word;

	if (room > TEXT_BYTES)
		room = TEXT_BYTES;
	for (; n < room; n += 2) {
		word = swapped(p, regs[n / 2]);
		bytes[n] = (char)(word >> 8);
		bytes[n + 1] = (char)word;
	}
	n = text_clean(
	    text, VALUE_TEXT_MAX + 1, bytes, strnlen(bytes, room));
	while (n > 0 && text[n - 1] == ' ')	/* padding */
		text[--n] = '\0';
	return value_text(text, t);
}

static struct value
bool_get(const struct point *p, const uint16_t *regs, struct wall t)
{
	return value_bool((regs[0] & mask(p)) != 0, t);
}

static struct value
scaled(const struct point *p, const struct value *raw)
{
	return p->scaled
	    ? value_real(to_value(p, value_number(raw)), raw->time)
	    : *raw;
}

struct value
point_decode(const struct point *p, const uint16_t *regs,
    const double range[2], struct wall t, char *text)
{
	struct value v, raw;

	if (p->kind == KIND_TEXT)
		return text_get(p, regs, t, text);
	if (is_bool(p))
		return bool_get(p, regs, t);
	raw = raw_get(p, regs, t);
	v = scaled(p, &raw);
	if (v.quality == QUALITY_GOOD)
		check_fault(p, value_number(&raw), &v);
	if (v.quality == QUALITY_GOOD && range != NULL)
		check_range(p, range, &v);
	return v;
}

/* What an integer kind can hold. */
static const struct limits {
	int64_t min;
	uint64_t max;
} limits[] = {
	[KIND_INT16] = { INT16_MIN, INT16_MAX },
	[KIND_UINT16] = { 0, UINT16_MAX },
	[KIND_INT32] = { INT32_MIN, INT32_MAX },
	[KIND_UINT32] = { 0, UINT32_MAX },
	[KIND_INT64] = { INT64_MIN, INT64_MAX },
	[KIND_UINT64] = { 0, UINT64_MAX },
	[KIND_BCD16] = { 0, 9999 },
	[KIND_BCD32] = { 0, 99999999 },
	[KIND_TEXT] = { 0, 0 },
};

static int
unfit(const struct point *p, const struct value *v, struct err *e)
{
	char text[VALUE_CAP];

	return err_set(e, "%s is outside what %s can hold",
	    value_print(text, v), kind_name(p->kind));
}

static uint64_t
coded(const struct point *p, uint64_t n)
{
	bool bcd = p->kind == KIND_BCD16 || p->kind == KIND_BCD32;

	return bcd ? bcd_put(n) : n;
}

/* An integer as it is: beyond 2^53 a double would round it. */
static int
integer_put(const struct point *p, const struct value *v, uint16_t *regs,
    struct err *e)
{
	const struct limits *l = &limits[p->kind];
	bool negative = v->type == VALUE_INT && v->as.sint < 0;

	if (negative ? v->as.sint < l->min : v->as.uint > l->max)
		return unfit(p, v, e);
	return bits_put(p, regs, coded(p, v->as.uint));
}

static int
real_put(const struct point *p, const struct value *v, double raw,
    uint16_t *regs, struct err *e)
{
	const struct limits *l = &limits[p->kind];
	double n = round(raw);

	/* as doubles, INT64_MAX and UINT64_MAX are one too many */
	if (!(n >= (double)l->min && n < (double)l->max + 1))
		return unfit(p, v, e);
	if (n < 0)
		return bits_put(p, regs, (uint64_t)(int64_t)n);
	return bits_put(p, regs, coded(p, (uint64_t)n));
}

static int
float_put(const struct point *p, const struct value *v, double raw,
    uint16_t *regs, struct err *e)
{
	float f = (float)raw;
	uint32_t half;
	uint64_t bits;

	if (p->kind == KIND_FLOAT64) {
		memcpy(&bits, &raw, sizeof(bits));
		return bits_put(p, regs, bits);
	}
	if (!isfinite(f))
		return unfit(p, v, e);
	memcpy(&half, &f, sizeof(half));
	return bits_put(p, regs, half);
}

static int
text_put(const struct point *p, const struct value *v, uint16_t *regs,
    struct err *e)
{
	size_t room = p->length ? p->length : 2u * p->registers, n, words;
	unsigned char hi, lo;

	if (v->type != VALUE_TEXT)
		return err_set(e, "a text is needed");
	n = strlen(v->as.text);
	if (n > room)
		return err_set(e, "longer than %zu bytes", room);
	words = (room + 1) / 2;
	for (size_t i = 0; i < words; i++) {
		hi = 2 * i < n ? (unsigned char)v->as.text[2 * i] : 0;
		lo = 2 * i + 1 < n ? (unsigned char)v->as.text[2 * i + 1] : 0;
		regs[i] = swapped(p, (uint16_t)(hi << 8 | lo));
	}
	return (int)words;
}

static int
bool_put(const struct point *p, double n, uint16_t *regs, struct err *e)
{
	uint16_t on = mask(p) == ANY_BIT ? 1 : mask(p);

	if (n != 0 && n != 1)
		return err_set(e, "only true or false (1 or 0) here");
	regs[0] = n == 1 ? on : 0;
	return 1;
}

int
point_encode(const struct point *p, const struct value *v, uint16_t *regs,
    struct err *e)
{
	double n = value_number(v), raw;
	bool whole = v->type != VALUE_REAL && v->type != VALUE_TEXT;

	if (p->kind == KIND_TEXT)
		return text_put(p, v, regs, e);
	if (!isfinite(n))
		return err_set(e, "a number is needed");
	if (is_bool(p))
		return bool_put(p, n, regs, e);
	raw = p->scaled ? to_raw(p, n) : n;
	if (!isfinite(raw))
		return unfit(p, v, e);
	if (p->kind == KIND_FLOAT32 || p->kind == KIND_FLOAT64)
		return float_put(p, v, raw, regs, e);
	if (whole && !p->scaled)
		return integer_put(p, v, regs, e);
	return real_put(p, v, raw, regs, e);
}

int
point_round(const struct point *p, double value, double *rounded,
    struct err *e)
{
	struct value v = { .as.real = value, .type = VALUE_REAL };
	uint16_t regs[REGISTERS_MAX];

	if (p->kind == KIND_TEXT)
		return err_set(e, "a text is needed");
	v.time.ms = 1;
	if (point_encode(p, &v, regs, e) < 0)
		return -1;
	v = is_bool(p) ? bool_get(p, regs, v.time) : raw_get(p, regs, v.time);
	v = scaled(p, &v);
	*rounded = value_number(&v);
	return 0;
}

double
point_step(const struct point *p)
{
	switch (p->kind) {
	case KIND_FLOAT32:
	case KIND_FLOAT64:
	case KIND_TEXT:
		return 0;
	default:
		if (!p->scaled)
			return 1;
		return fabs(
		    (p->value[1] - p->value[0]) / (p->raw[1] - p->raw[0]));
	}
}
