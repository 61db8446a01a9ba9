/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "model/difference.h"
#include "model/lineage.h"
#include "project/read.h"

static struct plant *old, *new;
static struct difference *d;

/* An edit of one file of the scenarios' plant: what stood there, what stands
 * there now. from "" adds a line at the end. */
struct edit {
	const char *file, *from, *to;
};

static void
edit_file(struct project_file *f, const struct edit *e)
{
	char *at = *e->from != '\0' ? strstr(f->text, e->from)
				    : f->text + f->len;
	struct buf b = { 0 };

	if (at == NULL)
		fail_msg("%s does not have %s", e->file, e->from);
	buf_add(&b, f->text, (size_t)(at - f->text));
	buf_text(&b, e->to);
	buf_text(&b, at + strlen(e->from));
	free(f->text);
	f->len = b.len;
	f->text = xstrdup(buf_string(&b));
	buf_free(&b);
}

static struct plant *
reads(const struct edit *edits, size_t n)
{
	const char *src = getenv("SG_SRC");
	struct project_files files = { 0 };
	struct plant *plant = NULL;
	struct buf out = { 0 };
	struct report r;
	struct err e;
	char dir[4096];
	size_t i, k;

	snprintf(dir, sizeof(dir), "%s/tests/scenario/plant", src ? src : ".");
	report_init(&r);
	assert_int_equal(project_files_read(&files, dir, &r, &e), 0);
	for (i = 0; i < n; i++)
		for (k = 0; k < files.all.n; k++)
			if (strcmp(files.all.at[k].name, edits[i].file) == 0)
				edit_file(&files.all.at[k], &edits[i]);
	if (project_read_files(&files, &plant, &r) < 0) {
		report_print(&r, NULL, &out);
		fail_msg("%s", buf_string(&out));
	}
	project_files_fini(&files);
	report_fini(&r);
	return plant;
}

#define DIFFERS(...)                                                           \
	differs((const struct edit[]){ __VA_ARGS__ },                          \
	    sizeof((const struct edit[]){ __VA_ARGS__ }) / sizeof(struct edit))

static void
differs(const struct edit *edits, size_t n)
{
	difference_free(d);
	plant_free(old);
	plant_free(new);
	old = reads(NULL, 0);
	new = reads(edits, n);
	d = difference_new(old, new, false);
}

static int
forget(void **state)
{
	(void)state;
	difference_free(d);
	plant_free(old);
	plant_free(new);
	d = NULL;
	old = new = NULL;
	return 0;
}

/* The rows as `change sort name part: old -> new`, one a line. */
static const char *
rows(void)
{
	static char text[8192];
	const struct difference_row *r;
	size_t i, at = 0;

	text[0] = '\0';
	for (i = 0; i < d->rows.n && at < sizeof(text); i++) {
		r = &d->rows.at[i];
		at += (size_t)snprintf(text + at, sizeof(text) - at,
		    "%s %s %s", difference_change_name(r->change),
		    difference_sort_name(r->sort), r->name);
		if (r->change == DIFFERENCE_CHANGED && at < sizeof(text))
			at += (size_t)snprintf(text + at, sizeof(text) - at,
			    " %s", difference_part_name(r->part));
		if (r->old != NULL && at < sizeof(text))
			at += (size_t)snprintf(text + at, sizeof(text) - at,
			    ": %s -> %s", r->old, r->new);
		if (at < sizeof(text))
			at += (size_t)snprintf(
			    text + at, sizeof(text) - at, "\n");
	}
	return text;
}

static void
the_same_plant_has_no_difference(void **state)
{
	uint32_t i;

	(void)state;
	differs(NULL, 0);
	assert_string_equal(rows(), "");
	for (i = 0; i < new->n_tags; i++)
		assert_int_equal(d->of[DIFFERENCE_TAG].from[i], i);
}

static void
rows_that_change_places_are_no_difference(void **state)
{
	uint32_t a, b;

	(void)state;
	DIFFERS({ "objects.csv", "LT-501,level,clearwater,plc1,200,,,,Clear "
				 "water level,\n", "" },
	    { "objects.csv", "P-101A,", "LT-501,level,clearwater,plc1,200,,,,"
				       "Clear water level,\nP-101A," });
	assert_string_equal(rows(), "");
	a = plant_tag(old, "LT-501.pv");
	b = plant_tag(new, "LT-501.pv");
	assert_true(a != b);
	assert_int_equal(slots_to(&d->of[DIFFERENCE_TAG], a), b);
	assert_int_equal(slots_from(&d->of[DIFFERENCE_TAG], b), a);
}

/* Every source has its word. */
static void
a_tag_may_come_to_count_alarms(void **state)
{
	const char *was = "expr = \"LT-501.pv else site.target\"; unit = \"m\"; "
			  "decimals = 2";

	(void)state;
	DIFFERS({ "tags.conf", was, "new_alarms = \"10min\"; unit = \"m\"; "
				    "decimals = 2" });
	assert_string_equal(rows(),
	    "changed tag site.fill address: calculated float64 -> "
	    "counted alarms float64\n"
	    "changed tag site.fill expr: LT-501.pv else site.target -> "
	    "new alarms in 600000ms\n");
	/* also where it does not change */
	difference_free(d);
	plant_free(old);
	old = reads(&(struct edit){ "tags.conf", was,
			"new_alarms = \"10min\"; unit = \"m\"; decimals = 2" },
	    1);
	d = difference_new(old, new, false);
	assert_string_equal(rows(), "");
}

static void
each_part_of_a_tag_is_told_apart(void **state)
{
	uint32_t tag;

	(void)state;
	DIFFERS({ "tags.conf", "at = \"hr:40\"", "at = \"hr:44\"" },
	    { "tags.conf", "min = 2.0; max = 5.5", "min = 2.5; max = 5.5" },
	    { "tags.conf", "unit = \"kW\"; decimals = 1",
		"unit = \"kW\"; decimals = 2" });
	assert_string_equal(rows(),
	    "changed tag site.target write: setpoint, confirm none min 2 max "
	    "5.5 -> setpoint, confirm none min 2.5 max 5.5\n"
	    "changed tag site.ratio address: plc1 (net1, unit 1) hr:40 float32 "
	    "ABCD -> plc1 (net1, unit 1) hr:44 float32 ABCD\n"
	    "changed tag site.power text:  [kW] 1 ->  [kW] 2\n");
	tag = plant_tag(new, "site.ratio");
	assert_true(difference_is(
	    &d->of[DIFFERENCE_TAG], tag, DIFFERENCE_OF_ADDRESS));
	assert_false(difference_is(
	    &d->of[DIFFERENCE_TAG], tag, DIFFERENCE_OF_WRITE));
}

static void
a_new_unit_number_is_a_new_address(void **state)
{
	(void)state;
	DIFFERS({ "lines.conf", "unit = 7", "unit = 8" });
	assert_non_null(strstr(rows(), "changed device meter1 definition"));
	assert_non_null(strstr(rows(), "changed tag site.power address: "
				       "meter1 (net2, unit 7)"));
	assert_null(strstr(rows(), "P-101A"));
}

/* The order of bytes counts in a single register, that of words does not. */
static void
swapped_bytes_are_a_new_address(void **state)
{
	(void)state;
	DIFFERS({ "lines.conf", "name = \"plc2\";",
	    "name = \"plc2\"; order = \"BADC\";" });
	assert_non_null(strstr(rows(), "changed tag P-201.sp address: "));
	assert_null(strstr(rows(), "tag P-201.run"));
	DIFFERS({ "lines.conf", "name = \"plc2\";",
	    "name = \"plc2\"; order = \"CDAB\";" });
	assert_null(strstr(rows(), "tag P-201"));
}

static void
a_limit_is_not_a_text_of_an_alarm(void **state)
{
	(void)state;
	DIFFERS({ "types/level.conf", "above = 5.2", "above = 5.3" },
	    { "types/level.conf", "priority = 3; title = \"Low\"",
		"priority = 2; title = \"Too low\"" });
	assert_string_equal(rows(),
	    "changed alarm LT-501.H condition: LT-501.pv above 5.2 deadband "
	    "0.1 -> LT-501.pv above 5.3 deadband 0.1\n"
	    "changed alarm LT-501.L text: Low -> Too low\n"
	    "changed alarm LT-501.L priority: 3 -> 2\n");
	assert_string_equal(
	    difference_effect(&d->rows.at[0]), "evaluated at once");
	assert_string_equal(difference_effect(&d->rows.at[1]),
	    "state and acknowledgement stay");
}

static void
was_carries_an_object_with_all_that_is_its(void **state)
{
	const struct slots *s;

	(void)state;
	DIFFERS({ "objects.csv",
	    "P-101B,pump,intake,plc1,101,304,2,10,Raw water pump B,\n",
	    "P-102,pump,intake,plc1,101,304,2,10,Raw water pump B,P-101B\n" });
	assert_non_null(strstr(rows(), "renamed tag P-102.run: P-101B.run -> "
				       "P-102.run\n"));
	assert_non_null(strstr(rows(), "renamed alarm P-102.FAIL"));
	assert_non_null(strstr(rows(), "renamed alarm P-102.DISAGREE"));
	assert_non_null(strstr(rows(), "renamed command P-102.start"));
	assert_null(strstr(rows(), "added"));
	assert_null(strstr(rows(), "removed"));
	s = &d->of[DIFFERENCE_TAG];
	assert_int_equal(slots_to(s, plant_tag(old, "P-101B.run")),
	    plant_tag(new, "P-102.run"));
	assert_int_equal(s->parts[plant_tag(new, "P-102.run")], 0);
}

static void
was_of_what_is_still_there_means_nothing(void **state)
{
	(void)state;
	DIFFERS({ "tags.conf", "{ name = \"site.power\";",
	    "{ name = \"site.twin\"; was = \"site.power\"; kind = "
	    "\"float32\"; internal = true; },\n  { name = \"site.power\";" });
	assert_string_equal(rows(), "added tag site.twin\n");
}

#define PUMP_A "P-101A,pump,intake,plc1,100,300,0,0,Raw water pump A,"
#define BACKWASH "P-201,pump,filtration,plc2,100,300,0,0,Backwash pump,"
#define PUMP_B "P-101B,pump,intake,plc1,101,304,2,10,Raw water pump B,"

/* The old signal's slot is the new one's, and both ways. */
static void
assert_was(const char *is, const char *was)
{
	const struct slots *s = &d->of[DIFFERENCE_TAG];
	uint32_t to = plant_tag(new, is), from = plant_tag(old, was);

	assert_int_equal(slots_from(s, to), from);
	assert_int_equal(slots_to(s, from), to);
}

static void
two_may_exchange_their_names(void **state)
{
	const struct edit both[] = {
		{ "objects.csv", PUMP_A, "P-101B,pump,intake,plc1,100,300,0,0,"
					 "Raw water pump A,P-101A" },
		{ "objects.csv", PUMP_B, "P-101A,pump,intake,plc1,101,304,2,"
					 "10,Raw water pump B,P-101B" },
	};
	struct plant *swapped;

	(void)state;
	differs(both, 2);
	assert_was("P-101B.run", "P-101A.run");
	assert_was("P-101A.run", "P-101B.run");
	assert_non_null(strstr(rows(), "renamed object P-101A: P-101B -> "
				       "P-101A\n"));
	assert_non_null(strstr(rows(), "renamed alarm P-101B.FAIL"));
	assert_null(strstr(rows(), " address"));
	/* back to the project before */
	difference_free(d);
	swapped = old, old = new, new = swapped;
	d = difference_new(old, new, true);
	assert_was("P-101B.run", "P-101A.run");
	assert_was("P-101A.run", "P-101B.run");
	assert_null(strstr(rows(), " address"));
}

static void
was_that_stays_in_the_cell_is_over(void **state)
{
	const struct edit was = { "objects.csv", PUMP_A, PUMP_A "P-101B" };

	(void)state;
	/* P-101B keeps its name: nothing has its place */
	differs(&was, 1);
	assert_string_equal(rows(), "");
	/* it was P-101B once, and now there is another P-101B */
	difference_free(d);
	plant_free(old);
	old = reads((const struct edit[]){ was,
			{ "objects.csv", PUMP_B "\n", "" } }, 2);
	d = difference_new(old, new, false);
	assert_non_null(strstr(rows(), "added object P-101B\n"));
	assert_null(strstr(rows(), "renamed"));
	assert_was("P-101A.run", "P-101A.run");
}

/* A -> B, B -> C; and the name of what is taken away. */
static void
a_name_may_go_on_to_the_next(void **state)
{
	const struct edit backwash = { "objects.csv", BACKWASH,
		"P-101B,pump,filtration,plc2,100,300,0,0,Backwash pump,"
		"P-201" };

	(void)state;
	DIFFERS(backwash, { "objects.csv", PUMP_B,
			      "P-101C,pump,intake,plc1,101,304,2,10,"
			      "Raw water pump B,P-101B" });
	assert_was("P-101B.run", "P-201.run");
	assert_was("P-101C.run", "P-101B.run");
	assert_null(strstr(rows(), "added"));
	assert_null(strstr(rows(), "removed"));
	DIFFERS(backwash, { "objects.csv", PUMP_B "\n", "" });
	assert_was("P-101B.run", "P-201.run");
	assert_non_null(strstr(rows(), "removed object P-101B\n"));
	/* the last of a row that keeps its name keeps all before it */
	DIFFERS({ "objects.csv", PUMP_A, PUMP_A "P-101B" },
	    { "objects.csv", PUMP_B, PUMP_B "P-201" });
	assert_string_equal(rows(), "");
}

/* The name of the first project is another pump's in the third. */
static void
over_several_projects_each_goes_its_way(void **state)
{
	const struct edit second[] = { { "objects.csv", BACKWASH,
	    "P-202,pump,filtration,plc2,100,300,0,0,Backwash pump,P-201" } };
	const struct edit third[] = {
		{ "objects.csv", BACKWASH,
		    "P-203,pump,filtration,plc2,100,300,0,0,Backwash pump,"
		    "P-202" },
		{ "objects.csv", PUMP_B,
		    "P-201,pump,intake,plc1,101,304,2,10,Raw water pump B,"
		    "P-101B" },
	};
	struct lineage *back, *forth;
	struct plant *between;

	(void)state;
	differs(NULL, 0);
	plant_free(old);
	old = reads(third, 2);
	between = reads(second, 1);
	back = lineage_new(new);
	lineage_step(back, new, between, false);
	lineage_step(back, between, old, false);
	difference_free(d);
	d = difference_new_over(old, new, back);
	assert_was("P-201.run", "P-203.run");
	assert_was("P-101B.run", "P-201.run");
	assert_was("P-101A.run", "P-101A.run");
	assert_null(strstr(rows(), "added"));
	assert_null(strstr(rows(), "removed"));
	assert_null(strstr(rows(), " address"));
	forth = lineage_new(old);
	lineage_step(forth, old, between, true);
	lineage_step(forth, between, new, true);
	difference_free(d);
	d = difference_new_over(new, old, forth);
	assert_int_equal(slots_to(&d->of[DIFFERENCE_TAG],
			     plant_tag(new, "P-201.run")),
	    plant_tag(old, "P-203.run"));
	lineage_free(back);
	lineage_free(forth);
	plant_free(between);
}

static void
what_is_gone_is_named(void **state)
{
	uint32_t alarm;

	(void)state;
	DIFFERS({ "objects.csv",
	    "P-201,pump,filtration,plc2,100,300,0,0,Backwash pump,\n", "" });
	assert_non_null(strstr(rows(), "removed object P-201\n"));
	assert_non_null(strstr(rows(), "removed alarm P-201.FAIL\n"));
	alarm = plant_alarm(old, "P-201.FAIL");
	assert_int_equal(slots_to(&d->of[DIFFERENCE_ALARM], alarm), NONE);
}

static void
lines_roles_and_stations_are_seen(void **state)
{
	(void)state;
	DIFFERS({ "lines.conf", "tcp:127.0.0.1:4503", "tcp:127.0.0.1:4504" },
	    { "stations.conf", "only = [ \"view\", \"acknowledge\" ]",
		"only = [ \"view\" ]" },
	    { "roles.conf", "\"users\", \"audit\", \"control\"",
		"\"users\", \"control\"" },
	    { "plant.conf", "every = \"10s\"", "every = \"20s\"" });
	assert_non_null(strstr(rows(), "changed line net2 definition: "
	    "tcp:127.0.0.1:4503"));
	assert_non_null(strstr(rows(), "changed role admin definition"));
	assert_non_null(strstr(rows(), "changed station gate definition"));
	assert_non_null(strstr(rows(), "changed poll slow definition: every "
	    "10000ms -> every 20000ms"));
	assert_null(strstr(rows(), "tag"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_plant_has_no_difference),
		cmocka_unit_test(rows_that_change_places_are_no_difference),
		cmocka_unit_test(a_tag_may_come_to_count_alarms),
		cmocka_unit_test(each_part_of_a_tag_is_told_apart),
		cmocka_unit_test(a_new_unit_number_is_a_new_address),
		cmocka_unit_test(swapped_bytes_are_a_new_address),
		cmocka_unit_test(a_limit_is_not_a_text_of_an_alarm),
		cmocka_unit_test(was_carries_an_object_with_all_that_is_its),
		cmocka_unit_test(was_of_what_is_still_there_means_nothing),
		cmocka_unit_test(two_may_exchange_their_names),
		cmocka_unit_test(was_that_stays_in_the_cell_is_over),
		cmocka_unit_test(a_name_may_go_on_to_the_next),
		cmocka_unit_test(over_several_projects_each_goes_its_way),
		cmocka_unit_test(what_is_gone_is_named),
		cmocka_unit_test(lines_roles_and_stations_are_seen),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
