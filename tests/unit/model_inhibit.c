/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/alarm.h"
#include "model/expr.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define HOUR 3600000

static const struct mono t0 = { 5000000 };
static const struct wall noon = { 1795348990000 };
static const struct alarm_def def = { .name = "plc1.COMM",
	.kind = ALARM_SYSTEM };
static const struct alarm_class process = { .name = "process",
	.ack = ACK_CAME, .horn = HORN_ONCE, .shelve = { 8 * HOUR } };
static const struct alarm_class protection = { .name = "protection",
	.ack = ACK_BOTH, .horn = HORN_CONTINUOUS };

static struct wall
after(int64_t ms)
{
	return wall_add(noon, (struct span){ ms });
}

static struct alarm_change
shelve(struct alarm *a, int64_t ms)
{
	return alarm_inhibit(a, &process, INHIBIT_SHELVED, "olga", "noisy",
	    after(ms), noon);
}

static struct alarm_change
set(struct alarm *a, bool active)
{
	return alarm_set(a, &def, &process, active, t0, noon);
}

static void
an_inhibited_alarm_lives_on_silently(void **state)
{
	struct alarm a = alarm_new();
	struct alarm_change change;

	(void)state;
	set(&a, false);
	change = shelve(&a, HOUR);
	assert_int_equal(change.event, ALARM_EVENT_INHIBITED);
	assert_true(change.persist && !change.horn);
	change = set(&a, true);
	assert_int_equal(change.event, ALARM_EVENT_CAME);
	assert_int_equal(change.to, ALARM_UNACKNOWLEDGED);
	assert_true(change.persist && !change.horn);
	assert_string_equal(alarm_mark(&a), "SHL");
	assert_true(alarm_is_shown(&a) && alarm_waits(&a));
	change = alarm_ack(&a, &process, "olga", noon);
	assert_int_equal(change.to, ALARM_ACKNOWLEDGED);
	assert_int_equal(set(&a, false).to, ALARM_NORMAL);
	alarm_fini(&a);
}

static void
the_last_inhibition_frees_an_active_alarm_as_new(void **state)
{
	struct alarm a = alarm_new();
	struct alarm_change change;

	(void)state;
	set(&a, true);
	alarm_ack(&a, &process, "olga", noon);
	shelve(&a, HOUR);
	alarm_inhibit(&a, &process, INHIBIT_OUT_OF_SERVICE, "emma", "repair",
	    (struct wall){ 0 }, noon);
	change = alarm_free(&a, &process, INHIBIT_SHELVED, noon);
	assert_int_equal(change.event, ALARM_EVENT_FREED);
	assert_true(change.persist && !change.horn);
	assert_int_equal(change.to, ALARM_ACKNOWLEDGED);
	change = alarm_free(&a, &process, INHIBIT_SHELVED, noon);
	assert_int_equal(change.event, ALARM_EVENT_NONE);
	change = alarm_free(&a, &process, INHIBIT_OUT_OF_SERVICE, noon);
	assert_int_equal(change.event, ALARM_EVENT_FREED);
	assert_int_equal(change.from, ALARM_ACKNOWLEDGED);
	assert_int_equal(change.to, ALARM_UNACKNOWLEDGED);
	assert_true(change.horn && change.persist);
	assert_int_equal(a.acked.ms, 0);
	assert_int_equal(a.occurrence, 1);
	assert_null(a.inhibitions);
	alarm_fini(&a);
}

static void
no_inhibition_acknowledges(void **state)
{
	struct alarm a = alarm_new();
	struct alarm_change change;

	(void)state;
	set(&a, true);
	shelve(&a, HOUR);
	set(&a, false);
	change = alarm_free(&a, &process, INHIBIT_SHELVED, noon);
	assert_int_equal(change.to, ALARM_RETURNED);
	assert_false(change.horn);
	assert_true(alarm_waits(&a));
	alarm_fini(&a);
}

static void
shelving_ends_by_wall_time_through_a_restart(void **state)
{
	struct alarm a = alarm_new(), restored = alarm_new();
	const struct inhibition *i;
	struct alarm_change change;
	struct mono due;

	(void)state;
	set(&a, true);
	shelve(&a, HOUR);
	due = alarm_due(&a, &def, t0, noon);
	assert_int_equal(due.us, t0.us + (int64_t)HOUR * 1000);
	i = alarm_inhibition(&a, INHIBIT_SHELVED);
	assert_non_null(i);
	assert_string_equal(i->owner, "olga");
	assert_string_equal(i->reason, "noisy");
	assert_int_equal(i->since.ms, noon.ms);

	/* as the state database would bring it back, half an hour later */
	restored.state = a.state;
	restored.occurrence = a.occurrence;
	alarm_restore_inhibition(&restored, INHIBIT_SHELVED, i);
	alarm_restored(&restored);
	assert_true(alarm_is_inhibited(&restored));
	due = alarm_due(&restored, &def, t0, after(HOUR / 2));
	assert_int_equal(due.us, t0.us + (int64_t)HOUR / 2 * 1000);
	change = alarm_expire(&restored, &def, &process, t0, after(HOUR - 1));
	assert_int_equal(change.event, ALARM_EVENT_NONE);
	change = alarm_expire(&restored, &def, &process, t0, after(HOUR));
	assert_int_equal(change.event, ALARM_EVENT_FREED);
	assert_true(change.horn);
	assert_int_equal(alarm_due(&restored, &def, t0, after(HOUR)).us,
	    MONO_NEVER.us);
	alarm_fini(&a);
	alarm_fini(&restored);
}

static void
out_of_service_without_an_end_is_never_due(void **state)
{
	struct alarm a = alarm_new();

	(void)state;
	alarm_inhibit(&a, &process, INHIBIT_OUT_OF_SERVICE, "emma", "",
	    (struct wall){ 0 }, noon);
	assert_int_equal(
	    alarm_due(&a, &def, t0, after(1000L * HOUR)).us, MONO_NEVER.us);
	alarm_inhibit(&a, &process, INHIBIT_OUT_OF_SERVICE, "emma", "",
	    (struct wall){ INT64_MAX }, noon);
	assert_int_equal(alarm_due(&a, &def, t0, noon).us, MONO_NEVER.us);
	alarm_fini(&a);
}

static void
a_class_says_whether_and_how_long_to_shelve(void **state)
{
	static const struct {
		const struct alarm_class *class;
		enum inhibit which;
		int64_t length;
		int can;
	} rows[] = {
		{ &process, INHIBIT_SHELVED, HOUR, 0 },
		{ &process, INHIBIT_SHELVED, 8 * HOUR, 0 },
		{ &process, INHIBIT_SHELVED, 8 * HOUR + 1, -1 },
		{ &process, INHIBIT_SHELVED, 0, -1 },
		{ &process, INHIBIT_SHELVED, -1, -1 },
		{ &protection, INHIBIT_SHELVED, 1, -1 },
		{ &protection, INHIBIT_OUT_OF_SERVICE, 0, 0 },
		{ &protection, INHIBIT_SUPPRESSED, 100L * HOUR, 0 },
		{ &process, INHIBIT_SUPPRESSED, -1, -1 },
	};
	struct alarm a = alarm_new();
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		e.text[0] = '\0';
		assert_int_equal(alarm_can_inhibit(&a, rows[i].class,
				     rows[i].which,
				     (struct span){ rows[i].length }, &e),
		    rows[i].can);
		assert_int_equal(e.text[0] != '\0', rows[i].can != 0);
	}
}

static void
the_strongest_inhibition_is_the_mark(void **state)
{
	struct alarm a = alarm_new();
	char text[64];

	(void)state;
	assert_string_equal(alarm_inhibit_print(text, &a), "");
	shelve(&a, HOUR);
	assert_string_equal(alarm_mark(&a), "SHL");
	alarm_inhibit(&a, &process, INHIBIT_SUPPRESSED, "", "", after(0), noon);
	assert_string_equal(alarm_mark(&a), "SUP");
	assert_string_equal(
	    alarm_inhibit_print(text, &a), "shelved+suppressed");
	alarm_inhibit(
	    &a, &process, INHIBIT_OUT_OF_SERVICE, "", "", after(0), noon);
	assert_string_equal(alarm_mark(&a), "OOS");
	assert_string_equal(alarm_inhibit_print(text, &a),
	    "shelved+suppressed+out-of-service");
	alarm_free(&a, &process, INHIBIT_SHELVED, noon);
	assert_string_equal(
	    alarm_inhibit_print(text, &a), "suppressed+out-of-service");
	assert_string_equal(
	    alarm_inhibit_name(INHIBIT_OUT_OF_SERVICE), "out-of-service");
	alarm_fini(&a);
}

static void
owner_and_reason_are_cut_to_their_room(void **state)
{
	struct alarm a = alarm_new();
	char text[500];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	alarm_inhibit(&a, &process, INHIBIT_SHELVED, text, text, after(1), noon);
	assert_int_equal(
	    strlen(alarm_inhibition(&a, INHIBIT_SHELVED)->owner),
	    ALARM_USER_MAX);
	assert_int_equal(
	    strlen(alarm_inhibition(&a, INHIBIT_SHELVED)->reason),
	    ALARM_REASON_MAX);
	alarm_fini(&a);
}

/* ---- suppressed by design (P14) ---- */

static uint32_t
no_tag(void *arg, const char *name, size_t len)
{
	(void)arg;
	(void)name;
	(void)len;
	return 7;
}

struct design {
	struct arena *arena;
	struct alarm_def def;
	struct alarm a;
};

static void
design_init(struct design *d, int64_t more_ms)
{
	struct err e;
	int column;

	d->arena = arena_new();
	d->def = def;
	d->def.suppress = expr_parse(
	    d->arena, "not P-1.run", no_tag, NULL, &column, NULL, &e);
	assert_non_null(d->def.suppress);
	d->def.suppress_more.ms = more_ms;
	d->a = alarm_new();
	alarm_set(&d->a, &d->def, &process, false, t0, noon);
}

static void
design_fini(struct design *d)
{
	alarm_fini(&d->a);
	arena_free(d->arena);
}

/* The expression says this, so many ms later. */
static struct alarm_change
design_says(struct design *d, struct value when, int64_t ms)
{
	return alarm_suppress(&d->a, &d->def, &process, &when,
	    mono_add(t0, (struct span){ ms }), after(ms));
}

static struct value
truth(bool on)
{
	return value_bool(on, noon);
}

static struct value
unknown(enum cause cause)
{
	struct value v = value_bool(true, noon);

	v.quality = QUALITY_BAD;
	v.cause = (uint8_t)cause;
	return v;
}

static void
logic_suppresses_with_its_words_as_reason(void **state)
{
	struct design d;
	struct alarm_change change;

	(void)state;
	design_init(&d, 0);
	change = design_says(&d, truth(true), 0);
	assert_int_equal(change.event, ALARM_EVENT_INHIBITED);
	assert_true(change.persist && !change.horn);
	assert_string_equal(
	    alarm_inhibition(&d.a, INHIBIT_SUPPRESSED)->reason,
	    "not P-1.run");
	assert_true(alarm_is_suppressed_by_design(&d.a));
	assert_int_equal(
	    design_says(&d, truth(true), 1).event, ALARM_EVENT_NONE);
	assert_false(set(&d.a, true).horn);
	change = design_says(&d, truth(false), 2);
	assert_int_equal(change.event, ALARM_EVENT_FREED);
	assert_true(change.persist && change.horn);
	assert_int_equal(change.to, ALARM_UNACKNOWLEDGED);
	design_fini(&d);
}

static void
it_goes_on_for_as_long_as_the_process_needs(void **state)
{
	struct design d;

	(void)state;
	design_init(&d, 10000);
	design_says(&d, truth(true), 0);
	assert_true(alarm_due(&d.a, &d.def, t0, noon).us == MONO_NEVER.us);
	assert_int_equal(
	    design_says(&d, truth(false), 1000).event, ALARM_EVENT_NONE);
	assert_true(alarm_due(&d.a, &d.def, t0, noon).us ==
	    t0.us + 11000000);
	/* once more true: from the beginning */
	design_says(&d, truth(true), 5000);
	assert_true(alarm_due(&d.a, &d.def, t0, noon).us == MONO_NEVER.us);
	design_says(&d, truth(false), 20000);
	assert_int_equal(alarm_expire(&d.a, &d.def, &process,
			     mono_add(t0, (struct span){ 29999 }),
			     after(29999)).event, ALARM_EVENT_NONE);
	assert_int_equal(alarm_expire(&d.a, &d.def, &process,
			     mono_add(t0, (struct span){ 30000 }),
			     after(30000)).event, ALARM_EVENT_FREED);
	assert_null(d.a.inhibitions);
	design_fini(&d);
}

static void
what_is_not_good_does_not_suppress(void **state)
{
	struct value when;
	struct design d;

	(void)state;
	design_init(&d, 10000);
	assert_int_equal(design_says(&d, unknown(CAUSE_COMM), 0).event,
	    ALARM_EVENT_NONE);
	assert_null(d.a.inhibitions);
	design_says(&d, truth(true), 1);
	assert_int_equal(design_says(&d, unknown(CAUSE_COMM), 2).event,
	    ALARM_EVENT_FREED);	/* at once */
	/* uncertain is good (P6) */
	design_says(&d, truth(true), 3);
	when = truth(true);
	when.quality = QUALITY_UNCERTAIN;
	assert_int_equal(design_says(&d, when, 4).event, ALARM_EVENT_NONE);
	assert_true(alarm_is_suppressed_by_design(&d.a));
	design_fini(&d);
}

/* P5: what was restored goes on, but not for ever. */
static void
after_a_start_it_waits_for_its_first_good_value(void **state)
{
	struct design d;

	(void)state;
	design_init(&d, 0);
	design_says(&d, truth(true), 0);
	alarm_restored(&d.a);
	design_says(&d, unknown(CAUSE_INITIAL), HOUR);
	assert_true(alarm_is_suppressed_by_design(&d.a));
	set(&d.a, false);
	design_says(&d, unknown(CAUSE_INITIAL), 2 * HOUR);
	design_says(
	    &d, unknown(CAUSE_INITIAL), 2 * HOUR + ALARM_UNKNOWN_MS - 1);
	assert_true(alarm_is_suppressed_by_design(&d.a));
	assert_int_equal(design_says(&d, unknown(CAUSE_INITIAL),
			     2 * HOUR + ALARM_UNKNOWN_MS).event,
	    ALARM_EVENT_FREED);
	design_fini(&d);
}

static void
what_a_person_suppressed_only_a_person_ends(void **state)
{
	struct design d;

	(void)state;
	design_init(&d, 0);
	design_says(&d, truth(true), 0);
	alarm_inhibit(&d.a, &process, INHIBIT_SUPPRESSED, "lena", "drained",
	    (struct wall){ 0 }, noon);
	assert_false(alarm_is_suppressed_by_design(&d.a));
	design_says(&d, truth(false), 1);
	design_says(&d, unknown(CAUSE_COMM), 2);
	assert_string_equal(
	    alarm_inhibition(&d.a, INHIBIT_SUPPRESSED)->owner, "lena");
	design_fini(&d);
}

static void
a_suppression_that_the_project_does_not_have_any_more_ends(void **state)
{
	struct design d;

	(void)state;
	design_init(&d, 10000);
	design_says(&d, truth(true), 0);
	assert_int_equal(alarm_suppress(&d.a, &d.def, &process, NULL, t0,
			     noon).event, ALARM_EVENT_FREED);
	design_fini(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_inhibited_alarm_lives_on_silently),
		cmocka_unit_test(
		    the_last_inhibition_frees_an_active_alarm_as_new),
		cmocka_unit_test(no_inhibition_acknowledges),
		cmocka_unit_test(shelving_ends_by_wall_time_through_a_restart),
		cmocka_unit_test(out_of_service_without_an_end_is_never_due),
		cmocka_unit_test(a_class_says_whether_and_how_long_to_shelve),
		cmocka_unit_test(the_strongest_inhibition_is_the_mark),
		cmocka_unit_test(owner_and_reason_are_cut_to_their_room),
		cmocka_unit_test(logic_suppresses_with_its_words_as_reason),
		cmocka_unit_test(it_goes_on_for_as_long_as_the_process_needs),
		cmocka_unit_test(what_is_not_good_does_not_suppress),
		cmocka_unit_test(
		    after_a_start_it_waits_for_its_first_good_value),
		cmocka_unit_test(what_a_person_suppressed_only_a_person_ends),
		cmocka_unit_test(
		    a_suppression_that_the_project_does_not_have_any_more_ends),
	};

	return cmocka_run_group_tests_name("model_inhibit", tests, NULL, NULL);
}
