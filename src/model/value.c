/* SPDX-License-Identifier: ISC */
#include "model/value.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const quality_names[] = {
#define X(id, name) [QUALITY_##id] = name,
	QUALITIES(X)
#undef X
};
static const char *const cause_names[] = {
#define X(id, name) [CAUSE_##id] = name,
	CAUSES(X)
#undef X
};
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct value
value_initial(enum value_type type)
{
	struct value v = { .type = type,
		.quality = QUALITY_BAD,
		.cause = CAUSE_INITIAL };

	if (type == VALUE_TEXT)
		v.as.text = "";
	return v;
}

struct value
value_real(double real, struct wall t)
{
	struct value v = { .as.real = real, .time = t, .type = VALUE_REAL };

	if (!isfinite(real)) {
		v.as.real = NAN;
		v.quality = QUALITY_BAD;
		v.cause = CAUSE_RANGE;
	}
	return v;
}

struct value
value_int(int64_t n, struct wall t)
{
	return (struct value){ .as.sint = n, .time = t, .type = VALUE_INT };
}

struct value
value_uint(uint64_t n, struct wall t)
{
	return (struct value){ .as.uint = n, .time = t, .type = VALUE_UINT };
}

struct value
value_bool(bool on, struct wall t)
{
	return (struct value){ .as.uint = on, .time = t, .type = VALUE_BOOL };
}

struct value
value_text(const char *text, struct wall t)
{
	return (struct value){ .as.text = text, .time = t, .type = VALUE_TEXT };
}

struct value
value_make(
    enum value_type type, double number, const char *text, struct wall t)
{
	switch (type) {
	case VALUE_BOOL:
		return value_bool(number != 0, t);
	case VALUE_INT:
		return value_int((int64_t)number, t);
	case VALUE_UINT:
		return value_uint((uint64_t)number, t);
	case VALUE_TEXT:
		return value_text(text, t);
	case VALUE_REAL:
		break;
	}
	return value_real(number, t);
}

double
value_number(const struct value *v)
{
	switch (v->type) {
	case VALUE_BOOL:
	case VALUE_UINT:
		return (double)v->as.uint;
	case VALUE_INT:
		return (double)v->as.sint;
	case VALUE_REAL:
		return v->as.real;
	default:
		return NAN;
	}
}

bool
value_true(const struct value *v)
{
	double number;

	if (v->type == VALUE_TEXT)
		return v->as.text[0] != '\0';
	number = value_number(v);
	return !isnan(number) && number != 0;
}

bool
value_known(const struct value *v)
{
	if (v->quality == QUALITY_BAD &&
	    (v->cause == CAUSE_INITIAL || v->time.ms == 0))
		return false;
	return v->type != VALUE_REAL || !isnan(v->as.real);
}

bool
value_equal(const struct value *a, const struct value *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VALUE_TEXT:
		return strcmp(a->as.text, b->as.text) == 0;
	case VALUE_REAL:
		return a->as.real == b->as.real ||
		    (isnan(a->as.real) && isnan(b->as.real));
	default:
		return a->as.uint == b->as.uint;
	}
}

bool
value_same(const struct value *a, const struct value *b)
{
	return a->quality == b->quality && a->cause == b->cause &&
	    a->flags == b->flags && value_equal(a, b);
}

void
value_taint(struct value *v, const struct value *by)
{
	if (by->quality > v->quality) {
		v->quality = by->quality;
		v->cause = by->cause;
	}
	v->flags |= by->flags;
}

const char *
quality_name(enum quality q)
{
	return (size_t)q < COUNT(quality_names) ? quality_names[q] : "bad";
}

const char *
cause_name(enum cause c)
{
	return (size_t)c < COUNT(cause_names) ? cause_names[c] : "device";
}

const char *
flags_name(unsigned flags)
{
	static const char *const text[] = { "", "override", "simulated",
		"override+simulated" };

	return text[flags & 3];
}

bool
quality_parse(enum quality *q, const char *name)
{
	for (size_t i = 0; i < COUNT(quality_names); i++)
		if (strcmp(name, quality_names[i]) == 0) {
			*q = (enum quality)i;
			return true;
		}
	return false;
}

char *
value_print(char dst[VALUE_CAP], const struct value *v)
{
	dst[0] = '\0';
	if (!value_known(v))
		return dst;
	switch (v->type) {
	case VALUE_BOOL:
		str_copy(dst, v->as.uint ? "true" : "false", VALUE_CAP);
		break;
	case VALUE_INT:
		snprintf(dst, VALUE_CAP, "%" PRId64, v->as.sint);
		break;
	case VALUE_UINT:
		snprintf(dst, VALUE_CAP, "%" PRIu64, v->as.uint);
		break;
	case VALUE_REAL:
		real_print(dst, v->as.real);
		break;
	default:
		str_copy(dst, v->as.text, VALUE_CAP);
	}
	return dst;
}

/* "-0.00" says nothing that "0.00" does not. */
static void
drop_zero_sign(char *s)
{
	if (s[0] == '-' && strpbrk(s, "123456789") == NULL)
		memmove(s, s + 1, strlen(s));
}

char *
value_show(char dst[VALUE_CAP], const struct value *v, int decimals)
{
	if (!value_known(v)) {
		str_copy(dst, "---", VALUE_CAP);
		return dst;
	}
	if (v->type != VALUE_REAL || !isfinite(v->as.real))
		return value_print(dst, v);
	if (decimals < 0)
		decimals = 0;
	if (decimals > 15)
		decimals = 15;
	snprintf(dst, VALUE_CAP, "%.*f", decimals, v->as.real);
	drop_zero_sign(dst);
	return dst;
}

/* Most values of a plant have few decimals. A whole number below 2^53 over a
 * power of ten is the double that its text reads back to. -1: not so. */
static int
few_decimals(char digits[20], double real)
{
	double n, ten = 1;

	for (int decimals = 0; decimals <= 6; decimals++, ten *= 10) {
		n = rint(real * ten);
		if (n > 1e15)
			break;
		if (n / ten == real)
			return snprintf(digits, 20, "%" PRId64, (int64_t)n) -
			    1 - decimals;
	}
	return -1;
}

static void
drop_zeros(char *digits)
{
	size_t n = strlen(digits);

	while (n > 1 && digits[n - 1] == '0')
		digits[--n] = '\0';
}

int
value_code(const struct value *v, unsigned n, char unknown[VALUE_CAP])
{
	double code = value_number(v);

	if (code >= 0 && code < n && code == floor(code))
		return (int)code;
	unknown[0] = '?';
	unknown[1] = '\0';
	if (v->type != VALUE_TEXT && isfinite(code))
		real_print(unknown + 1, code);
	return -1;
}

/* The fewest significant digits of a positive real; returns the exponent of
 * ten of the first one. */
static int
shortest(char digits[20], double real)
{
	/* 15 digits always survive the way through a double, so a shorter
	 * text shows as zeros at their end; not so for subnormal numbers. */
	int precision = real < 0x1p-1022 ? 0 : 14;
	char text[40], *s, *d = digits;
	int e = real >= 1 ? few_decimals(digits, real) : -1;

	if (e >= 0)
		return e;
	do
		snprintf(text, sizeof(text), "%.*e", precision, real);
	while (strtod(text, NULL) != real && ++precision < 17);
	for (s = text; *s != '\0' && *s != 'e'; s++)
		if (*s >= '0' && *s <= '9')
			*d++ = *s;
	*d = '\0';
	return *s == 'e' ? atoi(s + 1) : 0;
}

char *
real_print(char dst[32], double real)
{
	char digits[20];
	const char *sign = real < 0 ? "-" : "";
	int n, e;

	if (real == 0 || !isfinite(real)) {
		str_copy(dst, real == 0 ? "0" : "", 32);
		return dst;
	}
	e = shortest(digits, fabs(real));
	drop_zeros(digits);
	n = (int)strlen(digits);
	if (e < -5 || e >= 16)
		snprintf(dst, 32, "%s%c%s%se%d", sign, digits[0],
		    n > 1 ? "." : "", digits + 1, e);
	else if (e < 0)
		snprintf(dst, 32, "%s0.%.*s%s", sign, -e - 1, "0000", digits);
	else if (n <= e + 1)
		snprintf(dst, 32, "%s%s%.*s", sign, digits, e + 1 - n,
		    "000000000000000");
	else
		snprintf(dst, 32, "%s%.*s.%s", sign, e + 1, digits,
		    digits + e + 1);
	return dst;
}
