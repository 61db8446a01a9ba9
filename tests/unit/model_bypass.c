/* SPDX-License-Identifier: ISC */
/* How long an interlock is bypassed, and which one (P14). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "model/bypass.h"
#include "model/expr.h"

#define MINUTE 60000
#define HOUR (60LL * MINUTE)

static const struct mono now = { 5000000 };
static const struct wall noon = { 1795348800000 };

static uint32_t
find(void *arg, const char *name, size_t len)
{
	(void)arg;
	(void)name;
	(void)len;
	return 0;
}

/* start, with this interlock; in an arena of the test's. */
static struct command
command(struct arena *a, const char *interlock)
{
	struct command k = { .name = "start" };
	bool unknown;
	struct err e;
	int column;

	if (interlock != NULL)
		k.interlock = expr_parse(
		    a, interlock, find, NULL, &column, &unknown, &e);
	return k;
}

static int
setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void
refuses(const struct command *k, int64_t ms, const char *why)
{
	struct err e = { "" };

	assert_int_equal(bypass_can(k, (struct span){ ms }, &e), -1);
	assert_string_equal(e.text, why);
}

static void
only_an_interlock_is_bypassed_and_for_a_day_at_most(void **state)
{
	struct command k = command(*state, "not fault"),
		       none = command(*state, NULL);
	struct err e;

	assert_int_equal(bypass_can(&k, (struct span){ 1 }, &e), 0);
	assert_int_equal(bypass_can(&k, (struct span){ 24 * HOUR }, &e), 0);
	refuses(&k, 24 * HOUR + 1, "at most for 24 h");
	refuses(&k, 0, "it would end before it begins");
	refuses(&k, -MINUTE, "it would end before it begins");
	refuses(&none, HOUR, "has no interlock");
	k.safe = true;
	refuses(&k, HOUR, "is safe: no interlock stops it");
}

/* Until when it holds, looked at to the microsecond. */
static void
ends_at(const struct bypass *b, int64_t us)
{
	assert_false(bypass_is_over(b, (struct mono){ us - 1 }));
	assert_true(bypass_is_over(b, (struct mono){ us }));
	assert_true(bypass_is_over(b, MONO_NEVER));
}

static struct bypass
given(struct arena *a, int64_t ms)
{
	struct command k = command(a, "not fault");
	struct bypass b = { .object = "P-101A" };

	bypass_begin(&b, &k, (struct span){ ms }, now, noon);
	return b;
}

static void
it_ends_by_itself_whatever_the_wall_clock_says(void **state)
{
	struct bypass b = given(*state, 30 * MINUTE);

	assert_int_equal(b.since.ms, noon.ms);
	assert_int_equal(b.until.ms, noon.ms + 30 * MINUTE);
	ends_at(&b, now.us + 30LL * MINUTE * 1000);
}

static void
what_people_read_follows_a_clock_that_was_set(void **state)
{
	struct bypass b = given(*state, 30 * MINUTE);
	struct mono later = { now.us + 10LL * MINUTE * 1000 };
	struct wall then = { noon.ms + 10 * MINUTE + 300 };

	/* a clock that is slewed does not make the shown end tremble */
	assert_int_equal(bypass_until(&b, later, then).ms, b.until.ms);
	then.ms -= 2 * HOUR;
	assert_int_equal(
	    bypass_until(&b, later, then).ms, then.ms + 20 * MINUTE);
}

static void
a_restart_leaves_what_is_left(void **state)
{
	struct bypass b = given(*state, 30 * MINUTE);
	struct mono other = { 77 };

	bypass_restored(&b, other, (struct wall){ noon.ms + 12 * MINUTE });
	ends_at(&b, other.us + 18LL * MINUTE * 1000);
	bypass_restored(&b, other, (struct wall){ noon.ms + 31 * MINUTE });
	assert_true(bypass_is_over(&b, other));
}

static void
a_clock_set_back_meanwhile_makes_it_no_longer(void **state)
{
	struct bypass b = given(*state, 30 * MINUTE);

	bypass_restored(&b, now, (struct wall){ noon.ms - 48 * HOUR });
	ends_at(&b, now.us + 30LL * MINUTE * 1000);
	/* nor does a row of the database that nobody could have given */
	b.until.ms = noon.ms + 900 * HOUR;
	bypass_restored(&b, now, noon);
	ends_at(&b, now.us + 24LL * HOUR * 1000);
}

static void
it_is_about_one_interlock_as_it_was_written(void **state)
{
	struct bypass b = given(*state, MINUTE);
	struct command same = command(*state, "not fault"),
		       more = command(*state, "not fault and not local"),
		       none = command(*state, NULL);

	assert_true(bypass_is_of(&b, &same));
	assert_false(bypass_is_of(&b, &more));
	assert_false(bypass_is_of(&b, &none));
	same.name = "jog";
	assert_false(bypass_is_of(&b, &same));
	same.name = "start";
	same.safe = true;
	assert_false(bypass_is_of(&b, &same));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(only_an_interlock_is_bypassed_and_for_a_day_at_most),
		T(it_ends_by_itself_whatever_the_wall_clock_says),
		T(what_people_read_follows_a_clock_that_was_set),
		T(a_restart_leaves_what_is_left),
		T(a_clock_set_back_meanwhile_makes_it_no_longer),
		T(it_is_about_one_interlock_as_it_was_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
