/* SPDX-License-Identifier: ISC */
/*
 * Every state with every input, for every kind of class, through the public
 * functions; and long random walks whose every step must be legal.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "model/alarm.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct mono t0 = { 1000000 };
static const struct wall noon = { 1795348990000 };
static const struct alarm_def def = { .name = "plc1.COMM",
	.kind = ALARM_SYSTEM };

enum input { CAME, GONE, ACK, RESET, FREED, REARM, INPUTS };
static const char *const input_names[] = { "came", "gone", "ack", "reset",
	"freed", "rearm" };

static struct alarm_class
class_of(enum alarm_ack ack, bool latch)
{
	return (struct alarm_class){ .name = "test",
		.ack = (uint8_t)ack,
		.horn = HORN_ONCE,
		.latch = latch,
		.shelve = { 3600000 },
		.rearm = { 60000 } };
}

/* As restored in this state and seen to be so. */
static struct alarm
alarm_in(enum alarm_state s, const struct alarm_class *c)
{
	struct alarm a = alarm_new();

	a.state = (uint8_t)s;
	a.occurrence = 7;
	a.count = s == ALARM_NORMAL ? 0 : 2;
	a.raised = noon;
	if (s == ALARM_ACKNOWLEDGED && c->ack != ACK_NONE)
		a.acked = noon;
	alarm_restored(&a);
	alarm_set(&a, &def, c, a.active, t0, noon);
	return a;
}

static struct alarm_change
put(struct alarm *a, const struct alarm_class *c, enum input input)
{
	struct alarm_change none = { .from = a->state, .to = a->state };
	struct wall later = wall_add(noon, c->rearm);
	struct err e;

	switch (input) {
	case CAME:
		return alarm_set(a, &def, c, true, t0, noon);
	case GONE:
		return alarm_set(a, &def, c, false, t0, noon);
	case ACK:
		if (alarm_can_ack(a, c, a->occurrence, &e) < 0)
			return none;
		return alarm_ack(a, c, "olga", noon);
	case RESET:
		if (alarm_can_reset(a, c, &e) < 0)
			return none;
		return alarm_reset(a, c, noon);
	case FREED:
		alarm_inhibit(a, c, INHIBIT_SHELVED, "olga", "test",
		    (struct wall){ 0 }, noon);
		return alarm_free(a, c, INHIBIT_SHELVED, noon);
	default:
		return alarm_expire(a, &def, c, t0, later);
	}
}

/*
 * The whole of P8, spelled out once more: from, then where came, gone, ack,
 * reset, freed and rearm lead; a dot is nothing. ! is with horn.
 */
static const struct {
	enum alarm_ack ack;
	bool latch;
	const char *rows[ALARM_STATE_COUNT];
} tables[] = {
	{ ACK_CAME, false, {
		"--- UNA! . . . --- .",
		"UNA . RTN ACK . UNA! .",
		"ACK . --- . . UNA! UNA!",
		"RTN UNA! . --- . RTN .",
		"LAT UNA! . . --- LAT ." } },
	{ ACK_CAME, true, {
		"--- UNA! . . . --- .",
		"UNA . RTN ACK . UNA! .",
		"ACK . LAT . . UNA! UNA!",
		"RTN UNA! . LAT . RTN .",
		"LAT UNA! . . --- LAT ." } },
	{ ACK_BOTH, false, {
		"--- UNA! . . . --- .",
		"UNA . RTN ACK . UNA! .",
		"ACK . RTN . . UNA! UNA!",
		"RTN UNA! . --- . RTN .",
		"LAT UNA! . . --- LAT ." } },
	{ ACK_BOTH, true, {
		"--- UNA! . . . --- .",
		"UNA . RTN ACK . UNA! .",
		"ACK . RTN . . UNA! UNA!",
		"RTN UNA! . LAT . RTN .",
		"LAT UNA! . . --- LAT ." } },
	{ ACK_NONE, false, {
		"--- ACK! . . . --- .",
		"UNA . --- ACK . ACK! .",
		"ACK . --- . . ACK! .",
		"RTN ACK! . --- . RTN .",
		"LAT ACK! . . --- LAT ." } },
	{ ACK_NONE, true, {
		"--- ACK! . . . --- .",
		"UNA . LAT ACK . ACK! .",
		"ACK . LAT . . ACK! .",
		"RTN ACK! . LAT . RTN .",
		"LAT ACK! . . --- LAT ." } },
};

/* The n-th word of a row. */
static const char *
word(const char *row, unsigned n, char dst[8])
{
	while (n-- > 0)
		row = strchr(row, ' ') + 1;
	sscanf(row, "%7s", dst);
	return dst;
}

static void
check_cell(const struct alarm_class *c, enum alarm_state s, enum input input,
    const char *expected)
{
	static const enum alarm_event events[] = { ALARM_EVENT_CAME,
		ALARM_EVENT_GONE, ALARM_EVENT_ACKED, ALARM_EVENT_RESET,
		ALARM_EVENT_FREED, ALARM_EVENT_REARMED };
	struct alarm a = alarm_in(s, c);
	struct alarm_change change = put(&a, c, input);
	bool nothing = strcmp(expected, ".") == 0;
	char got[8];

	snprintf(got, sizeof(got), "%s%s", alarm_mark(&a),
	    change.horn ? "!" : "");
	if (nothing ? change.event != ALARM_EVENT_NONE || a.state != s
		    : strcmp(got, expected) != 0)
		fail_msg("ack %d latch %d: %s %s gives %s", c->ack, c->latch,
		    alarm_state_name(s), input_names[input], got);
	assert_int_equal(change.from, s);
	assert_int_equal(change.to, a.state);
	assert_int_equal(change.persist, !nothing);
	if (!nothing) {
		assert_int_equal(change.event, events[input]);
		assert_true(alarm_path_legal(c, s, a.state, events[input]));
	}
	assert_int_equal(a.occurrence,
	    input == CAME && !nothing ? 8 : 7);
	alarm_fini(&a);
}

static void
every_state_takes_every_input_as_the_table_says(void **state)
{
	char cell[8];

	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++) {
		struct alarm_class c = class_of(tables[i].ack,
		    tables[i].latch);

		for (unsigned s = 0; s < ALARM_STATE_COUNT; s++)
			for (unsigned in = 0; in < INPUTS; in++)
				check_cell(&c, (enum alarm_state)s,
				    (enum input)in,
				    word(tables[i].rows[s], in + 1, cell));
	}
}

static void
a_path_that_is_not_in_the_table_is_not_legal(void **state)
{
	struct alarm_class c = class_of(ACK_CAME, false);
	unsigned legal = 0;

	(void)state;
	for (unsigned f = 0; f < ALARM_STATE_COUNT; f++)
		for (unsigned to = 0; to < ALARM_STATE_COUNT; to++)
			for (int e = ALARM_EVENT_CAME; e <= ALARM_EVENT_RESET;
			     e++)
				legal += alarm_path_legal(&c,
				    (enum alarm_state)f, (enum alarm_state)to,
				    (enum alarm_event)e);
	/* came from three, gone from two, ack of two, one reset */
	assert_int_equal(legal, 3 + 2 + 2 + 1);
	assert_true(alarm_path_legal(
	    &c, ALARM_RETURNED, ALARM_RETURNED, ALARM_EVENT_INHIBITED));
	assert_true(alarm_path_legal(
	    &c, ALARM_ACKNOWLEDGED, ALARM_ACKNOWLEDGED, ALARM_EVENT_FREED));
	assert_false(alarm_path_legal(
	    &c, ALARM_NORMAL, ALARM_UNACKNOWLEDGED, ALARM_EVENT_FREED));
	assert_false(alarm_path_legal(
	    &c, ALARM_NORMAL, ALARM_NORMAL, ALARM_EVENT_HELD));
	assert_false(alarm_path_legal(
	    &c, ALARM_NORMAL, ALARM_NORMAL, ALARM_EVENT_NONE));
	assert_false(alarm_path_legal(
	    &c, (enum alarm_state)9, ALARM_NORMAL, ALARM_EVENT_GONE));
}

static void
a_class_without_a_horn_comes_silently(void **state)
{
	struct alarm_class c = class_of(ACK_CAME, false);
	struct alarm a = alarm_in(ALARM_NORMAL, &c);

	(void)state;
	c.horn = HORN_NONE;
	assert_false(put(&a, &c, CAME).horn);
	assert_false(put(&a, &c, FREED).horn);
	alarm_fini(&a);
}

static uint32_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(*seed >> 33);
}

/* One random thing that may happen to an alarm above 5 with deadband 1. */
static struct alarm_change
random_step(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, uint64_t *seed, struct mono now,
    struct wall wall)
{
	const struct value limit = value_real(5, wall);
	struct value v = value_real(3 + next(seed) % 4, wall);
	enum inhibit which = (enum inhibit)(next(seed) % INHIBITS);
	struct err e;

	switch (next(seed) % 8) {
	case 0:
		v.quality = QUALITY_BAD;
		v.cause = (uint8_t)(next(seed) % 2 ? CAUSE_COMM : CAUSE_RANGE);
		break;
	case 1:
		if (alarm_can_ack(a, c, a->occurrence, &e) == 0)
			return alarm_ack(a, c, "olga", wall);
		break;
	case 2:
		if (alarm_can_reset(a, c, &e) == 0)
			return alarm_reset(a, c, wall);
		break;
	case 3:
		return alarm_inhibit(a, c, which, "olga", "",
		    wall_add(wall, (struct span){ next(seed) % 20000 }), wall);
	case 4:
		return alarm_free(a, c, which, wall);
	case 5:
		if (next(seed) % 10 == 0)
			alarm_restored(a);
		break;
	default:
		return alarm_expire(a, d, c, now, wall);
	}
	return alarm_feed(a, d, c, &v, &limit, now, wall);
}

static void
check_step(const struct alarm *a, const struct alarm *before,
    const struct alarm_class *c, const struct alarm_change *change)
{
	bool was_inhibited = before->inhibitions != NULL;
	bool active = a->state == ALARM_UNACKNOWLEDGED ||
	    a->state == ALARM_ACKNOWLEDGED;

	assert_int_equal(a->active, active);
	assert_int_equal(change->from, before->state);
	assert_int_equal(change->to, a->state);
	if (change->persist)
		assert_true(alarm_path_legal(c, change->from, change->to,
		    change->event));
	else
		assert_int_equal(change->from, change->to);
	assert_int_equal(a->occurrence,
	    before->occurrence + (change->event == ALARM_EVENT_CAME));
	if (change->horn)
		assert_true(active && !alarm_is_inhibited(a) &&
		    (!was_inhibited || change->event == ALARM_EVENT_FREED));
	assert_int_equal(a->count > 0, a->state != ALARM_NORMAL);
}

static void
a_long_random_life_keeps_to_the_rules(void **state)
{
	struct alarm_def d = { .name = "T.H", .kind = ALARM_ABOVE,
		.deadband = 1, .on_delay = { 2000 }, .off_delay = { 3000 } };
	uint64_t seed = 42;

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(tables); i++) {
		struct alarm_class c = class_of(
		    tables[i / 2].ack, tables[i / 2].latch);
		struct alarm a = alarm_new(), before;
		struct mono now = t0;
		struct wall wall = noon;

		c.alarm_on_bad = i % 2;
		c.rearm.ms = 10000;
		for (int step = 0; step < 20000; step++) {
			struct alarm_change change;
			struct span pass = { next(&seed) % 3000 };

			before = a;
			change = random_step(&a, &d, &c, &seed, now, wall);
			check_step(&a, &before, &c, &change);
			now = mono_add(now, pass);
			wall = wall_add(wall, pass);
			/* what is due is done, and then is due no longer */
			for (int n = 0; !mono_before(now,
				     alarm_due(&a, &d, now, wall)); n++) {
				assert_true(n < 8);
				before = a;
				change = alarm_expire(&a, &d, &c, now, wall);
				assert_int_not_equal(
				    change.event, ALARM_EVENT_NONE);
				check_step(&a, &before, &c, &change);
			}
		}
		assert_true(a.occurrence > 100);
		alarm_fini(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_state_takes_every_input_as_the_table_says),
		cmocka_unit_test(a_path_that_is_not_in_the_table_is_not_legal),
		cmocka_unit_test(a_class_without_a_horn_comes_silently),
		cmocka_unit_test(a_long_random_life_keeps_to_the_rules),
	};

	return cmocka_run_group_tests_name(
	    "model_alarm_table", tests, NULL, NULL);
}
