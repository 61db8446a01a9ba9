/* SPDX-License-Identifier: ISC */
/* Which values become samples: deadband, at least, at most, quality. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "model/logging.h"

static struct mono
at(double seconds)
{
	return (struct mono){ (int64_t)(seconds * 1e6) };
}

static struct value
real(double n)
{
	return value_real(n, (struct wall){ 1 });
}

static bool
change(struct logging *l, const struct log_rule *r, double seconds, double n)
{
	struct value v = real(n);

	return logging_change(l, r, &v, at(seconds));
}

static bool
look(struct logging *l, const struct log_rule *r, double seconds, double n)
{
	struct value v = real(n);

	return logging_look(l, r, &v, at(seconds));
}

static void
without_a_rule_every_change_is_a_sample(void **state)
{
	struct log_rule r = { 0 };
	struct logging l = { 0 };

	(void)state;
	assert_true(change(&l, &r, 0, 1));
	assert_true(change(&l, &r, 0, 1.0000001));
	assert_false(change(&l, &r, 1, 1.0000001));
	assert_true(logging_due(&l, &r).us == MONO_NEVER.us);
}

static void
the_deadband_counts_from_the_last_sample(void **state)
{
	struct log_rule r = { .deadband = 0.5 };
	struct logging l = { 0 };

	(void)state;
	assert_true(change(&l, &r, 0, 10));
	assert_false(change(&l, &r, 1, 10.3));
	assert_false(change(&l, &r, 2, 10.49));
	assert_true(change(&l, &r, 3, 10.5));
	assert_false(change(&l, &r, 4, 10.1));
	assert_true(change(&l, &r, 5, 10));
}

static void
there_is_a_sample_at_least_so_often(void **state)
{
	struct log_rule r = { .deadband = 1, .at_least = { 600000 } };
	struct logging l = { 0 };

	(void)state;
	assert_true(logging_due(&l, &r).us == MONO_NEVER.us);
	assert_true(change(&l, &r, 100, 5));
	assert_true(logging_due(&l, &r).us == at(700).us);
	assert_false(look(&l, &r, 699.999, 5));
	assert_true(look(&l, &r, 700, 5.2));
	assert_true(l.last.as.real == 5.2);
	assert_true(logging_due(&l, &r).us == at(1300).us);
	assert_true(change(&l, &r, 800, 9));
	assert_true(logging_due(&l, &r).us == at(1400).us);
}

static void
there_is_one_at_most_so_often_and_the_last_value_counts(void **state)
{
	struct log_rule r = { .at_most = { 1000 } };
	struct logging l = { 0 };

	(void)state;
	assert_true(change(&l, &r, 10, 1));
	assert_false(change(&l, &r, 10.2, 2));
	assert_false(change(&l, &r, 10.4, 3));
	assert_true(logging_due(&l, &r).us == at(11).us);
	assert_false(look(&l, &r, 10.9, 3));
	assert_true(look(&l, &r, 11, 3));
	assert_true(logging_due(&l, &r).us == MONO_NEVER.us);
	assert_true(change(&l, &r, 12.5, 4));
	/* came and went: nothing to say */
	assert_false(change(&l, &r, 12.6, 5));
	assert_false(change(&l, &r, 12.7, 4));
	assert_false(look(&l, &r, 13.5, 4));
	assert_true(logging_due(&l, &r).us == MONO_NEVER.us);
}

static void
quality_and_flags_are_never_held_back(void **state)
{
	struct log_rule r = { .deadband = 100, .at_most = { 60000 } };
	struct logging l = { 0 };
	struct value v = real(1);

	(void)state;
	assert_true(logging_change(&l, &r, &v, at(0)));
	v.quality = QUALITY_STALE;
	v.cause = CAUSE_COMM;
	assert_true(logging_change(&l, &r, &v, at(0.1)));
	v.quality = QUALITY_BAD;
	assert_true(logging_change(&l, &r, &v, at(0.2)));
	assert_false(logging_change(&l, &r, &v, at(0.3)));
	v = real(1);
	assert_true(logging_change(&l, &r, &v, at(0.4)));
	v.quality = QUALITY_UNCERTAIN;
	v.flags = VALUE_OVERRIDE;
	assert_true(logging_change(&l, &r, &v, at(0.5)));
	v.flags = 0;
	assert_true(logging_change(&l, &r, &v, at(0.6)));
}

static void
what_was_never_read_is_no_sample_at_first(void **state)
{
	struct log_rule r = { .at_least = { 1000 } };
	struct value v = value_initial(VALUE_REAL);
	struct logging l = { 0 };

	(void)state;
	assert_false(logging_change(&l, &r, &v, at(0)));
	assert_false(logging_look(&l, &r, &v, at(10)));
	assert_true(change(&l, &r, 11, 0));
	/* but once there was a value, its end is one */
	assert_true(logging_change(&l, &r, &v, at(12)));
}

static void
a_value_without_content_is_no_zero(void **state)
{
	struct log_rule r = { .deadband = 5 };
	struct logging l = { 0 };
	struct value v = real(NAN);

	(void)state;
	assert_true(change(&l, &r, 0, 1));
	assert_true(logging_change(&l, &r, &v, at(1)));
	assert_false(logging_change(&l, &r, &v, at(2)));
	assert_true(change(&l, &r, 3, 1));
}

static void
texts_and_states_are_samples_when_they_change(void **state)
{
	struct log_rule r = { 0 };
	struct logging l = { 0 };
	struct value v = value_text("a", (struct wall){ 1 });

	(void)state;
	assert_true(logging_change(&l, &r, &v, at(0)));
	v = value_text("b", (struct wall){ 2 });
	assert_true(logging_change(&l, &r, &v, at(1)));
	memset(&l, 0, sizeof(l));
	v = value_bool(false, (struct wall){ 1 });
	assert_true(logging_change(&l, &r, &v, at(0)));
	assert_false(logging_change(&l, &r, &v, at(1)));
	v = value_bool(true, (struct wall){ 2 });
	assert_true(logging_change(&l, &r, &v, at(1)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_rule_every_change_is_a_sample),
		cmocka_unit_test(the_deadband_counts_from_the_last_sample),
		cmocka_unit_test(there_is_a_sample_at_least_so_often),
		cmocka_unit_test(
		    there_is_one_at_most_so_often_and_the_last_value_counts),
		cmocka_unit_test(quality_and_flags_are_never_held_back),
		cmocka_unit_test(what_was_never_read_is_no_sample_at_first),
		cmocka_unit_test(a_value_without_content_is_no_zero),
		cmocka_unit_test(texts_and_states_are_samples_when_they_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
