/* SPDX-License-Identifier: ISC */
/* Lock-outs and bypasses as they are listed: no mark is missing while the
 * list comes, none is of an older list. */
#include "console/marks.h"

#include "console/app.h"
#include "console_core.h"

static struct app a;
static struct core_end core;

static int
setup(void **state)
{
	int pair[2];

	(void)state;
	assert_int_equal(fd_pair(pair), 0);
	core.fd = pair[0];
	app_init(&a, pair[1], "/nowhere", "xterm");
	core_greets(&core, "olga");
	link_read(&a.link, a.now);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fd_close(&core.fd);
	link_read(&a.link, a.now);
	app_fini(&a);
	return 0;
}

static uint32_t
asks(enum verb verb)
{
	uint32_t call;

	marks_ask(&a);
	call = core_finds_call(&core, verb);
	assert_int_not_equal(call, 0);
	return call;
}

static void
lists_bypass(uint32_t call, const char *name, const char *by)
{
	struct cell c[10];
	int i;

	for (i = 0; i < 10; i++)
		c[i] = cell_null();
	c[0] = cell_text(name);
	c[5] = cell_text(by);
	c[9] = cell_text("why");
	core_row(&core, call, c, 10);
	link_read(&a.link, a.now);
}

static void
lists_lockout(uint32_t call, const char *object)
{
	struct cell c[7];
	int i;

	for (i = 0; i < 7; i++)
		c[i] = cell_null();
	c[0] = cell_text(object);
	c[2] = cell_text("lena");
	c[5] = cell_text("shaft out");
	c[6] = cell_text("W-7");
	core_row(&core, call, c, 7);
	link_read(&a.link, a.now);
}

static void
ends(uint32_t call, uint8_t code)
{
	core_ends(&core, call, code, "");
	link_read(&a.link, a.now);
}

/* How many marks, and by whom the first is: "2 lena until ?: why". */
static const char *
bypassed(const char *object)
{
	static char text[100];
	const struct object_info *o = things_find_object(&a.things, object);

	if (o == NULL || o->bypassed.n == 0)
		return "";
	snprintf(text, sizeof(text), "%zu %s", o->bypassed.n,
	    o->bypassed.at[0].text);
	return text;
}

static void
what_is_shown_stands_until_the_whole_list_is_there(void **state)
{
	uint32_t call = asks(VERB_BYPASS_LIST);

	(void)state;
	lists_bypass(call, "P-1.start", "lena");
	assert_string_equal(bypassed("P-1"), "");
	ends(call, EXIT_DONE);
	assert_string_equal(bypassed("P-1"), "1 lena until ?: why");
	call = asks(VERB_BYPASS_LIST);
	assert_string_equal(bypassed("P-1"), "1 lena until ?: why");
	lists_bypass(call, "P-2.start", "sven");
	assert_string_equal(bypassed("P-1"), "1 lena until ?: why");
	ends(call, EXIT_DONE);
	assert_string_equal(bypassed("P-1"), "");
	assert_string_equal(bypassed("P-2"), "1 sven until ?: why");
}

static void
only_the_last_question_counts(void **state)
{
	uint32_t first = asks(VERB_BYPASS_LIST), last;

	(void)state;
	lists_bypass(first, "P-1.start", "lena");
	lists_bypass(first, "P-3.start", "lena");
	last = asks(VERB_BYPASS_LIST);
	lists_bypass(last, "P-1.start", "sven");
	lists_bypass(first, "P-1.start", "lena");
	ends(first, EXIT_DONE);
	assert_string_equal(bypassed("P-1"), "");
	ends(last, EXIT_DONE);
	assert_string_equal(bypassed("P-1"), "1 sven until ?: why");
	assert_string_equal(bypassed("P-3"), "");
}

static void
half_a_list_changes_nothing(void **state)
{
	uint32_t call = asks(VERB_BYPASS_LIST);

	(void)state;
	lists_bypass(call, "P-1.start", "lena");
	ends(call, EXIT_DONE);
	call = asks(VERB_BYPASS_LIST);
	lists_bypass(call, "P-2.start", "sven");
	ends(call, EXIT_CANCELLED);
	assert_string_equal(bypassed("P-1"), "1 lena until ?: why");
	assert_string_equal(bypassed("P-2"), "");
}

static void
a_lock_out_is_exchanged_like_that(void **state)
{
	uint32_t call = asks(VERB_LOCKOUT_LIST);
	const struct object_info *o;

	(void)state;
	lists_lockout(call, "P-1");
	ends(call, EXIT_DONE);
	o = things_find_object(&a.things, "P-1");
	assert_non_null(o);
	assert_string_equal(o->locked, "lena: shaft out (W-7)");
	call = asks(VERB_LOCKOUT_LIST);
	assert_non_null(o->locked);
	ends(call, EXIT_DONE);
	assert_null(o->locked);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_shown_stands_until_the_whole_list_is_there),
		TEST(only_the_last_question_counts),
		TEST(half_a_list_changes_nothing),
		TEST(a_lock_out_is_exchanged_like_that),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
