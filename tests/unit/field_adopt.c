/* SPDX-License-Identifier: ISC */
/*
 * A running line goes over from any plan to any other (P20): each slot of the
 * new one is told, and with what a field tells that began with it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "badplc.h"
#include "base/log.h"
#include "fieldend.h"

#define WORDS 80	/* of the device; coils as many */
#define REFUSED 71	/* hr:71 and hr:72 are not there */
#define PAIRS 60

static unsigned seed;

static unsigned
any(unsigned n)
{
	return (unsigned)rand_r(&seed) % n;
}

static struct badplc *
new_plc(void)
{
	struct badplc *plc = badplc_new();
	uint16_t i;

	for (i = 0; i < WORDS; i++) {
		badplc_set(plc, i, (uint16_t)(0x2121 + any(0x5d5d)));
		badplc_set_coil(plc, i, any(2) == 1);
	}
	badplc_forbid(plc, REFUSED, REFUSED + 1, 2);
	return plc;
}

/* With two devices, and no points yet. */
static struct fieldend *
new_field(struct badplc *plc)
{
	struct fieldend *f = fieldend_new();

	fieldend_line(f, "net1", badplc_port(plc));
	fieldend_device(f, "plc1");
	fieldend_device(f, "plc2")->unit = 2;
	return f;
}

/* Where it stands and how it is coded; the slot stays. */
static void
code(struct field_point *p)
{
	uint32_t slot = p->slot;
	unsigned text = any(6) == 0;

	*p = (struct field_point){ .slot = slot,
		.group = any(4) == 0 ? 1 + any(2) : 0,
		.period_ms = any(2) == 0 ? 20 : 40,
		.at = { .device = any(2), .address = (uint16_t)any(WORDS - 4),
		    .space = any(4) == 0 ? SPACE_COIL : SPACE_HR,
		    .bit = NO_BIT, .order = (uint8_t)any(4),
		    .registers = 1 } };
	if (p->at.space == SPACE_COIL || any(3) == 0) {
		p->at.kind = KIND_BOOL;
		p->at.bit = p->at.space == SPACE_COIL ? NO_BIT
						      : (uint8_t)any(16);
	} else if (text) {
		p->at.kind = KIND_TEXT;
		p->at.length = 4;
		p->at.registers = 2;
	} else {
		p->at.kind = any(2) == 0 ? KIND_UINT16 : KIND_INT32;
		p->at.registers = p->at.kind == KIND_UINT16 ? 1 : 2;
		p->at.scaled = any(2) == 0;
		p->at.raw[1] = 65535;
		p->at.value[1] = 1 + any(100);
	}
}

static void
swap_points(struct fieldend *f, unsigned a, unsigned b)
{
	struct field_point p = f->points[a];

	f->points[a] = f->points[b];
	f->points[b] = p;
	f->points[a].slot = a;
	f->points[b].slot = b;
}

static void
remove_point(struct fieldend *f, unsigned i)
{
	memmove(&f->points[i], &f->points[i + 1],
	    (--f->n_points - i) * sizeof(f->points[0]));
	for (; i < f->n_points; i++)
		f->points[i].slot = i;
}

static void
add_point(struct fieldend *f)
{
	f->points[f->n_points].slot = f->n_points;
	code(&f->points[f->n_points++]);
}

/* What an engineer does between two applies. */
static void
edit(struct fieldend *f)
{
	unsigned i, n = f->n_points;

	switch (any(8)) {
	case 0:			/* other tags, the same registers */
	case 1:
		for (i = 0; i < n; i++)
			swap_points(f, i, any(n));
		break;
	case 2:			/* two addresses exchanged */
		swap_points(f, any(n), any(n));
		break;
	case 3:			/* one is coded otherwise */
		code(&f->points[any(n)]);
		break;
	case 4:			/* another poll class */
		f->points[any(n)].period_ms = 60 + any(40);
		break;
	case 5:			/* removed and added */
		remove_point(f, any(n));
		add_point(f);
		break;
	case 6:			/* the device is defined otherwise */
		f->devices[any(2)].max_registers = (uint16_t)(8 + any(100));
		break;
	default:		/* nothing that field sees */
		break;
	}
}

static void
forget_what_came(struct fieldend *f)
{
	unsigned i;

	for (i = 0; i < END_SLOTS; i++)
		f->tags[i] = (struct end_tag){ .v = value_initial(VALUE_BOOL) };
	f->marks = 0;
}

/* Was it told, or that the device refuses it? */
static bool
is_told(const struct end_tag *t)
{
	return t->n > 0 ||
	    (t->v.quality == QUALITY_BAD && t->v.cause == CAUSE_DEVICE);
}

static bool
all_told(const struct fieldend *f)
{
	uint32_t i;

	for (i = 0; i < f->n_points; i++)
		if (!is_told(&f->tags[i]))
			return false;
	return true;
}

static void
assert_same(struct fieldend *f, struct fieldend *oracle)
{
	struct end_tag *a, *b;
	uint32_t i;

	for (i = 0; i < f->n_points; i++) {
		a = &f->tags[i];
		b = &oracle->tags[i];
		assert_int_equal(a->v.quality, b->v.quality);
		assert_int_equal(a->v.cause, b->v.cause);
		if (b->n == 0)
			continue;	/* refused: it has no value */
		a->v.as.text = a->v.type == VALUE_TEXT ? a->text : a->v.as.text;
		b->v.as.text = b->v.type == VALUE_TEXT ? b->text : b->v.as.text;
		assert_true(value_equal(&a->v, &b->v));
	}
}

/* What a field says that never knew another plan. */
static struct fieldend *
new_oracle(struct badplc *plc, const struct fieldend *f)
{
	struct fieldend *o = new_field(plc);

	memcpy(o->points, f->points, sizeof(o->points));
	memcpy(o->devices, f->devices, sizeof(o->devices));
	o->n_points = f->n_points;
	forget_what_came(o);
	fieldend_start(o, 1);
	FIELDEND_UNTIL(o, all_told(o));
	return o;
}

static void
from_any_plan_to_any_other_all_is_told(void **state)
{
	struct badplc *plc;
	struct fieldend *f, *oracle;
	unsigned pair, plan = 1;

	(void)state;
	seed = 20261123;
	plc = new_plc();
	f = new_field(plc);
	while (f->n_points < 30)
		add_point(f);
	forget_what_came(f);
	fieldend_start(f, plan);
	FIELDEND_UNTIL(f, all_told(f));
	for (pair = 0; pair < PAIRS; pair++) {
		edit(f);
		if (any(4) == 0) {	/* two before anything is read */
			fieldend_start(f, ++plan);
			edit(f);
		}
		forget_what_came(f);
		fieldend_start(f, ++plan);
		FIELDEND_UNTIL(f, all_told(f));
		oracle = new_oracle(plc, f);
		assert_same(f, oracle);
		fieldend_free(oracle);
	}
	assert_int_equal(f->broken, 0);
	fieldend_free(f);
	badplc_free(plc);
}

static void
a_slow_block_is_not_waited_for(void **state)
{
	struct badplc *plc = new_plc();
	struct fieldend *f = new_field(plc);
	unsigned requests;

	(void)state;
	badplc_set(plc, 10, 1);
	badplc_set(plc, 11, 2);
	fieldend_point(f, SPACE_HR, 10, KIND_UINT16)->period_ms = 60000;
	fieldend_point(f, SPACE_HR, 11, KIND_UINT16)->period_ms = 60000;
	f->points[0].at.device = f->points[1].at.device = 0;
	fieldend_start(f, 1);
	FIELDEND_UNTIL(f, fieldend_good(f, 0, 1) && fieldend_good(f, 1, 2) &&
		f->device_messages[1] > 0);
	requests = badplc_requests(plc);
	swap_points(f, 0, 1);
	fieldend_start(f, 2);
	FIELDEND_UNTIL(f, fieldend_good(f, 0, 2) && fieldend_good(f, 1, 1));
	/* each first read is followed by one in its share of the period */
	assert_in_range(badplc_requests(plc), requests + 1, requests + 3);
	fieldend_free(f);
	badplc_free(plc);
}

/* P24: it is not asked sooner, but the new slot is not left open. */
static void
what_is_refused_is_marked_under_its_new_slot(void **state)
{
	struct badplc *plc = new_plc();
	struct fieldend *f = new_field(plc);

	(void)state;
	fieldend_point(f, SPACE_HR, REFUSED, KIND_UINT16);
	fieldend_point(f, SPACE_HR, 10, KIND_UINT16);
	fieldend_start(f, 1);
	FIELDEND_UNTIL(f, f->marks == 1 && f->tags[1].n == 1);
	swap_points(f, 0, 1);
	forget_what_came(f);
	fieldend_start(f, 2);
	FIELDEND_UNTIL(f, f->tags[0].n == 1 && is_told(&f->tags[1]));
	assert_int_equal(f->tags[1].n, 0);
	fieldend_free(f);
	badplc_free(plc);
}

/* A device that does not answer is behind with nothing when it does. */
static void
a_silent_device_is_told_under_the_last_plan(void **state)
{
	struct badplc *plc = new_plc();
	struct fieldend *f = new_field(plc);

	(void)state;
	badplc_set(plc, 10, 1);
	badplc_set(plc, 11, 2);
	fieldend_point(f, SPACE_HR, 10, KIND_UINT16);
	fieldend_point(f, SPACE_HR, 11, KIND_UINT16);
	fieldend_start(f, 1);
	FIELDEND_UNTIL(f, fieldend_good(f, 0, 1) && fieldend_good(f, 1, 2));
	badplc_behave(plc, BAD_SILENT, 0);
	FIELDEND_UNTIL(f, f->device[1].condition != FIELD_DEVICE_OK);
	swap_points(f, 0, 1);
	forget_what_came(f);
	fieldend_start(f, 2);
	badplc_behave(plc, BAD_NOTHING, 0);
	FIELDEND_UNTIL(f, fieldend_good(f, 0, 2) && fieldend_good(f, 1, 1));
	fieldend_free(f);
	badplc_free(plc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_any_plan_to_any_other_all_is_told),
		cmocka_unit_test(a_slow_block_is_not_waited_for),
		cmocka_unit_test(what_is_refused_is_marked_under_its_new_slot),
		cmocka_unit_test(a_silent_device_is_told_under_the_last_plan),
	};

	log_open("field_adopt", LOG_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
