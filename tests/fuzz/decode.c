/* SPDX-License-Identifier: ISC */
/*
 * Modbus decoding: registers to values and back.
 *
 * Input: kind, order, space, bit, flags, length, one byte each; four bytes of
 * scale (raw, raw, value, value; signed, times 100) if flag 1; two of fault
 * limits (signed, times 100) if flag 2; then registers, high byte first.
 * Flag 4 clamps, flag 8 gives an instrument range of -50 to 50.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "model/scale.h"

#define REGISTERS 125

enum { SCALED = 1, FAULT = 2, CLAMP = 4, RANGE = 8 };

struct input {
	const uint8_t *at, *end;
};

static uint8_t
byte(struct input *in)
{
	return in->at < in->end ? *in->at++ : 0;
}

static double
hundreds(struct input *in)
{
	return 100.0 * (int8_t)byte(in);
}

static struct point
point_of(struct input *in, unsigned *flags)
{
	struct point p = { .kind = byte(in) % (KIND_TEXT + 1),
		.order = byte(in) % 4,
		.space = byte(in) % 4,
		.bit = byte(in) };

	p.bit = p.bit < 16 ? p.bit : NO_BIT;
	*flags = byte(in);
	p.length = byte(in);
	if (p.length > 2 * REGISTERS)
		p.length = 2 * REGISTERS;
	p.registers = (uint8_t)kind_registers(p.kind);
	if (p.kind == KIND_TEXT)
		p.registers = (uint8_t)((p.length + 1) / 2);
	p.clamp = *flags & CLAMP;
	p.scaled = *flags & SCALED;
	for (int i = 0; p.scaled && i < 2; i++)
		p.raw[i] = hundreds(in);
	for (int i = 0; p.scaled && i < 2; i++)
		p.value[i] = hundreds(in);
	/* the project reader refuses a scale without extent */
	p.scaled = p.scaled && p.raw[0] != p.raw[1] && p.value[0] != p.value[1];
	p.has_fault = *flags & FAULT;
	for (int i = 0; p.has_fault && i < 2; i++)
		p.fault[i] = hundreds(in);
	return p;
}

static void
check_value(const struct value *v)
{
	char text[VALUE_CAP];

	must(v->quality <= QUALITY_BAD && v->cause <= CAUSE_RANGE);
	if (v->type == VALUE_TEXT) {
		must(strlen(v->as.text) <= VALUE_TEXT_MAX);
		must(text_is_clean(v->as.text, strlen(v->as.text)));
	}
	if (v->type == VALUE_REAL && v->quality != QUALITY_BAD)
		must(isfinite(v->as.real));
	must(strlen(value_print(text, v)) < VALUE_CAP);
	must(strlen(value_show(text, v, 3)) < VALUE_CAP);
}

/* A double holds every count of it, so the way there and back is exact. */
static bool
is_exact(const struct point *p)
{
	return !p->scaled ||
	    (p->kind != KIND_INT64 && p->kind != KIND_UINT64 &&
		p->kind != KIND_FLOAT32 && p->kind != KIND_FLOAT64);
}

/* What was read can be written, and then reads the same. */
static void
check_way_back(const struct point *p, const struct value *v)
{
	uint16_t regs[REGISTERS];
	char text[VALUE_TEXT_MAX + 1];
	struct value again;
	struct err e;
	int n = point_encode(p, v, regs, &e);

	if (n < 0 && (p->kind == KIND_TEXT || !is_exact(p)))
		return;		/* the marks of cleaning take more room */
	must(n == p->registers);
	again = point_decode(p, regs, NULL, v->time, text);
	if (is_exact(p))
		must(value_equal(v, &again) && again.quality == v->quality);
}

static void
check_round(const struct point *p, double wanted)
{
	double rounded, twice;
	struct err e;

	if (point_round(p, wanted, &rounded, &e) < 0)
		return;
	must(isfinite(rounded));
	if (is_exact(p))
		must(point_round(p, rounded, &twice, &e) == 0 &&
		    twice == rounded);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const double range[2] = { -50, 50 };
	struct input in = { data, data + size };
	uint16_t regs[REGISTERS] = { 0 };
	char text[VALUE_TEXT_MAX + 1];
	const struct wall t = { 1795348990000 };
	struct point p;
	struct value v;
	unsigned flags;

	p = point_of(&in, &flags);
	for (int i = 0; i < REGISTERS && in.at < in.end; i++) {
		regs[i] = (uint16_t)(byte(&in) << 8);
		regs[i] |= byte(&in);
	}
	v = point_decode(&p, regs, flags & RANGE ? range : NULL, t, text);
	check_value(&v);
	if (v.quality == QUALITY_GOOD)
		check_way_back(&p, &v);
	if (p.kind != KIND_TEXT && value_known(&v))
		check_round(&p, value_number(&v));
	return 0;
}
