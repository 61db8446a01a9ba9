/* SPDX-License-Identifier: ISC */
/* What a console knows of the plant: rows of the wire to tags and alarms. */
#include "console/things.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "wire/describe.h"

#define CELLS FOLLOW_CELLS

static struct things t;

static int
setup(void **state)
{
	(void)state;
	things_init(&t);
	t.now = (struct wall){ 1000000 };
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	things_fini(&t);
	return 0;
}

struct row {
	const char *name, *state, *inhibit, *area, *object;
	unsigned priority;
	int64_t raised;
	bool folded, unrecorded, quiet;
};

static void
alarm_row(struct row r)
{
	struct cell c[CELLS];
	int i;

	for (i = 0; i < CELLS; i++)
		c[i] = cell_null();
	c[0] = cell_text(r.name);
	c[1] = cell_uint(1);
	c[2] = cell_text(r.state);
	c[3] = cell_flags(r.inhibit != NULL ? r.inhibit : "");
	c[4] = cell_bool(true);
	c[5] = cell_uint(r.priority);
	c[6] = cell_text(r.area);
	c[8] = cell_time((struct wall){ r.raised });
	c[15] = cell_uint(1);
	c[16] = cell_bool(!r.unrecorded);
	c[18] = cell_bool(r.folded);
	c[21] = cell_text(r.object);
	c[27] = cell_bool(r.quiet);
	things_alarm_row(&t, c);
	things_sort_alarms(&t);
}

static const char *
order(void)
{
	static char text[400];
	size_t i, n = 0;

	text[0] = '\0';
	for (i = 0; i < t.order.n; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s ",
		    t.order.at[i]->name);
	return text;
}

static void
alarms_stand_unacknowledged_first_then_worst_then_newest(void **state)
{
	(void)state;
	alarm_row((struct row){ "A.L", "acknowledged", .priority = 1, .raised = 9 });
	alarm_row((struct row){ "B.L", "unacknowledged", .priority = 3, .raised = 5 });
	alarm_row((struct row){ "C.L", "returned", .priority = 1, .raised = 6 });
	alarm_row((struct row){ "D.L", "unacknowledged", .priority = 2, .raised = 1 });
	alarm_row((struct row){ "E.L", "unacknowledged", "shelved",
	    .priority = 1, .raised = 8 });
	assert_string_equal(order(), "D.L B.L C.L A.L E.L ");
}

static void
an_alarm_that_asks_for_nothing_is_not_announced(void **state)
{
	const struct alarm_info *a;

	(void)state;
	alarm_row((struct row){ "S.RESTART", "unacknowledged", .priority = 1,
	    .raised = 9, .quiet = true });
	alarm_row((struct row){ "B.L", "unacknowledged", .priority = 3, .raised = 5 });
	/* it is in the list, behind what waits */
	assert_string_equal(order(), "B.L S.RESTART ");
	a = things_find_alarm(&t, "S.RESTART");
	assert_false(alarm_info_is_announced(a));
	assert_false(alarm_info_waits(a));
	a = things_find_alarm(&t, "B.L");
	assert_true(alarm_info_is_announced(a));
	assert_true(alarm_info_waits(a));
}

static void
an_alarm_that_is_normal_leaves_the_list(void **state)
{
	(void)state;
	alarm_row((struct row){ "A.L", "unacknowledged", .priority = 1 });
	alarm_row((struct row){ "A.L", "normal", .priority = 1 });
	assert_string_equal(order(), "");
	/* but not while something inhibits it: it is in that list */
	alarm_row((struct row){ "A.L", "normal", "shelved", .priority = 1 });
	assert_string_equal(order(), "A.L ");
	assert_string_equal(
	    alarm_info_mark(things_find_alarm(&t, "A.L")), "SHL");
}

static void
an_alarm_keeps_its_key_as_long_as_it_is_there(void **state)
{
	uint64_t key;

	(void)state;
	alarm_row((struct row){ "A.L", "unacknowledged", .priority = 1 });
	key = things_find_alarm(&t, "A.L")->key;
	alarm_row((struct row){ "B.L", "unacknowledged", .priority = 1 });
	alarm_row((struct row){ "A.L", "acknowledged", .priority = 1 });
	assert_int_equal(things_find_alarm(&t, "A.L")->key, key);
	assert_int_not_equal(things_find_alarm(&t, "B.L")->key, key);
}

static void
what_is_not_recorded_is_marked(void **state)
{
	(void)state;
	alarm_row((struct row){ "A.L", "acknowledged", .priority = 1,
	    .unrecorded = true });
	assert_string_equal(
	    alarm_info_mark(things_find_alarm(&t, "A.L")), "ACK*");
}

static void
the_worst_of_an_object_is_by_priority_even_if_acknowledged(void **state)
{
	unsigned n;

	(void)state;
	alarm_row((struct row){ "P.L", "unacknowledged", .object = "P",
	    .priority = 3, .raised = 9 });
	alarm_row((struct row){ "P.HH", "acknowledged", .object = "P",
	    .priority = 1, .raised = 1 });
	alarm_row((struct row){ "PX.HH", "unacknowledged", .object = "PX",
	    .priority = 1, .raised = 9 });
	assert_string_equal(things_worst(&t, "P", &n)->name, "P.HH");
	assert_int_equal(n, 2);
	/* what is put aside comes last, what is folded not at all */
	alarm_row((struct row){ "P.HH", "acknowledged", "shelved",
	    .object = "P", .priority = 1 });
	assert_string_equal(things_worst(&t, "P", &n)->name, "P.L");
	alarm_row((struct row){ "P.L", "unacknowledged", .object = "P",
	    .priority = 3, .folded = true });
	assert_string_equal(things_worst(&t, "P", &n)->name, "P.HH");
	assert_int_equal(n, 1);
	assert_null(things_worst(&t, "Q", &n));
}

static void
an_area_has_the_alarms_of_the_areas_below(void **state)
{
	unsigned n;

	(void)state;
	alarm_row((struct row){ "A.L", "unacknowledged",
	    .area = "filtration.west", .priority = 3 });
	alarm_row((struct row){ "B.L", "unacknowledged", .area = "filtrationx",
	    .priority = 1 });
	assert_string_equal(things_worst(&t, "filtration", &n)->name, "A.L");
	assert_int_equal(n, 1);
}

static void
a_value_never_read_is_dashes_and_no_number(void **state)
{
	struct tag_info *g = things_tag(&t, "LT-501.pv");
	char room[VALUE_CAP];

	(void)state;
	assert_string_equal(tag_show(&t, g, room), "---");
	assert_int_equal(tag_field(&t, g, room).quality, FIELD_NEVER);
}

static void
without_data_a_good_value_is_stale_and_a_bad_one_bad(void **state)
{
	struct tag_info *g = things_tag(&t, "LT-501.pv");
	struct value v = value_real(3.5, t.now);
	char room[VALUE_CAP];

	(void)state;
	things_value(&t, g->index, &v);
	assert_int_equal(tag_field(&t, g, room).quality, FIELD_GOOD);
	t.no_data = true;
	assert_int_equal(tag_field(&t, g, room).quality, FIELD_STALE);
	v.quality = QUALITY_BAD;
	v.cause = CAUSE_COMM;
	things_value(&t, g->index, &v);
	assert_int_equal(tag_field(&t, g, room).quality, FIELD_BAD);
}

static void
object_row(const char *item, const char *name, const char *when)
{
	struct cell c[OBJECT_CELLS];
	int i;

	for (i = 0; i < OBJECT_CELLS; i++)
		c[i] = cell_null();
	c[0] = cell_text("P-1");
	c[3] = cell_text("pump");
	c[5] = cell_text(item);
	c[6] = cell_text(name);
	c[7] = cell_text(when);
	c[8] = cell_text("on");
	things_describe_object(&t, c);
}

static void
an_object_is_in_its_first_state_that_holds(void **state)
{
	struct object_info *o;
	struct value v, trust;

	(void)state;
	object_row("state", "FAIL", "fault");
	object_row("state", "RUN", "run");
	object_row("state", "STOP", NULL);
	o = things_find_object(&t, "P-1");
	/* nothing was read: it is in no state that anybody knows */
	assert_null(object_state_now(&t, o, NULL));
	v = value_bool(false, t.now);
	things_value(&t, things_tag(&t, "P-1.fault")->index, &v);
	things_value(&t, things_tag(&t, "P-1.run")->index, &v);
	assert_string_equal(object_state_now(&t, o, &trust)->name, "STOP");
	assert_int_equal(trust.quality, QUALITY_GOOD);
	v = value_bool(true, t.now);
	v.quality = QUALITY_UNCERTAIN;
	v.flags = VALUE_OVERRIDE;
	things_value(&t, things_tag(&t, "P-1.run")->index, &v);
	assert_string_equal(object_state_now(&t, o, &trust)->name, "RUN");
	assert_int_equal(trust.quality, QUALITY_UNCERTAIN);
	assert_true(trust.flags & VALUE_OVERRIDE);
}

static void
a_new_project_is_asked_for_again(void **state)
{
	struct tag_info *g = things_tag(&t, "LT-501.pv");

	(void)state;
	object_row("state", "STOP", NULL);
	g->state = THING_KNOWN;
	things_forget(&t);
	assert_int_equal(g->state, THING_NEW);
	assert_int_equal(things_find_object(&t, "P-1")->state, THING_NEW);
	g->state = THING_ASKED;
	things_refuse(&t);
	assert_int_equal(g->state, THING_REFUSED);
	assert_int_equal(things_find_object(&t, "P-1")->state, THING_NEW);
}

static void
a_command_is_named_behind_its_object(void **state)
{
	char object[PLANT_NAME_MAX + 1], name[PLANT_NAME_MAX + 8];

	(void)state;
	assert_string_equal(command_split("P-101A.start", object), "start");
	assert_string_equal(object, "P-101A");
	assert_null(command_split("P-101A", object));
	assert_null(command_split("P-101A.", object));
	assert_null(command_split(".start", object));
	assert_null(command_split("", object));
	memset(name, 'P', sizeof(name));
	memcpy(name + PLANT_NAME_MAX, ".run", 5);
	assert_string_equal(command_split(name, object), "run");
	assert_int_equal(strlen(object), PLANT_NAME_MAX);
	memcpy(name + PLANT_NAME_MAX, "P.run", 6);
	assert_null(command_split(name, object));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(alarms_stand_unacknowledged_first_then_worst_then_newest),
		TEST(an_alarm_that_is_normal_leaves_the_list),
		TEST(an_alarm_that_asks_for_nothing_is_not_announced),
		TEST(an_alarm_keeps_its_key_as_long_as_it_is_there),
		TEST(what_is_not_recorded_is_marked),
		TEST(the_worst_of_an_object_is_by_priority_even_if_acknowledged),
		TEST(an_area_has_the_alarms_of_the_areas_below),
		TEST(a_value_never_read_is_dashes_and_no_number),
		TEST(without_data_a_good_value_is_stale_and_a_bad_one_bad),
		TEST(an_object_is_in_its_first_state_that_holds),
		TEST(a_command_is_named_behind_its_object),
		TEST(a_new_project_is_asked_for_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
