/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "model/expr.h"
#include "model/plant.h"
#include "model/right.h"

/* A plant of n tags t0.v, t1.v .. */
static struct plant *
plant_of(uint32_t n)
{
	struct plant *p = plant_empty();

	p->tags = arena_take(p->arena, n, sizeof(*p->tags));
	p->n_tags = n;
	for (uint32_t i = 0; i < n; i++)
		p->tags[i].name = arena_printf(p->arena, "t%u.v", i);
	return p;
}

/* Gives the plant alarms; folded_by starts as nonsense. */
static void
alarms_of(struct plant *p, const struct alarm_def *alarms, uint32_t n)
{
	p->alarms = arena_copy(p->arena, alarms, n, sizeof(*alarms));
	p->n_alarms = n;
	for (uint32_t i = 0; i < n; i++)
		p->alarms[i].folded_by = 4711;
}

static void
every_tag_is_found_and_no_other_name(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 5, 6, 1000, 65536 };
	struct plant *p;
	char name[32];

	(void)state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
		p = plant_of(sizes[s]);
		plant_index(p);
		for (uint32_t i = 0; i < sizes[s]; i++) {
			snprintf(name, sizeof(name), "t%u.v", i);
			assert_int_equal(plant_tag(p, name), i);
			snprintf(name, sizeof(name), "t%u.", i);
			assert_int_equal(plant_tag(p, name), NONE);
			snprintf(name, sizeof(name), "t%u.vv", i);
			assert_int_equal(plant_tag(p, name), NONE);
		}
		assert_int_equal(plant_tag(p, ""), NONE);
		plant_free(p);
	}
}

static void
a_name_is_found_by_its_length_alone(void **state)
{
	struct plant *p = plant_of(3);

	(void)state;
	plant_index(p);
	assert_int_equal(plant_tag_n(p, "t2.v > 3", 4), 2);
	assert_int_equal(plant_tag_n(p, "t2.v > 3", 3), NONE);
	plant_free(p);
}

static void
of_two_equal_names_the_first_is_found(void **state)
{
	struct plant *p = plant_of(3);

	(void)state;
	p->tags[2].name = "t1.v";
	plant_index(p);
	assert_int_equal(plant_tag(p, "t1.v"), 1);
	plant_free(p);
}

static void
the_alarms_of_a_tag_stand_together(void **state)
{
	const struct alarm_def alarms[] = {
		{ .name = "t1.v.A", .of = 1, .kind = ALARM_IS },
		{ .name = "t0.v.A", .of = 0, .kind = ALARM_IS },
		{ .name = "system.STORE", .of = NONE, .kind = ALARM_SYSTEM },
		{ .name = "t1.v.B", .of = 1, .kind = ALARM_IS },
	};
	struct plant *p = plant_of(3);
	const struct tag *t = p->tags;

	(void)state;
	alarms_of(p, alarms, 4);
	for (int twice = 0; twice < 2; twice++) {
		plant_index(p);
		assert_int_equal(t[0].n_alarms, 1);
		assert_int_equal(p->of_tag[t[0].alarms], 1);
		assert_int_equal(t[1].n_alarms, 2);
		assert_int_equal(p->of_tag[t[1].alarms], 0);
		assert_int_equal(p->of_tag[t[1].alarms + 1], 3);
		assert_int_equal(t[2].n_alarms, 0);
	}
	assert_int_equal(plant_alarm(p, "t1.v.B"), 3);
	plant_free(p);
}

static uint32_t
find_tag(void *arg, const char *name, size_t len)
{
	return plant_tag_n(arg, name, len);
}

static void
a_worse_limit_folds_the_one_before_it(void **state)
{
	static const struct {
		const char *name;
		uint32_t of;
		uint8_t kind;
		const char *limit;
		uint32_t folded_by;
	} rows[] = {
		/* numbers decide, whatever the names are, and by one step */
		{ "t0.v.H", 0, ALARM_ABOVE, "5", 2 },
		{ "t0.v.HHH", 0, ALARM_ABOVE, "9", NONE },
		{ "t0.v.FLOOD", 0, ALARM_ABOVE, "7.5", 1 },
		{ "t0.v.L", 0, ALARM_BELOW, "2", 4 },
		{ "t0.v.LL", 0, ALARM_BELOW, "1", NONE },
		{ "t0.v.IS", 0, ALARM_IS, NULL, NONE },
		/* a limit that is no number: the names */
		{ "t1.v.HH", 1, ALARM_ABOVE, "9", NONE },
		{ "t1.v.H", 1, ALARM_ABOVE, "t2.v", 6 },
		{ "t1.v.HX", 1, ALARM_ABOVE, "t2.v", NONE },
		{ "t1.v.LL", 1, ALARM_BELOW, "t2.v - 1", NONE },
		{ "t1.v.L", 1, ALARM_BELOW, "t2.v", 9 },
		/* equal limits fold nothing; another tag neither */
		{ "t2.v.H", 2, ALARM_ABOVE, "5", NONE },
		{ "t2.v.HH", 2, ALARM_ABOVE, "5", NONE },
		{ "system.COMM", NONE, ALARM_SYSTEM, NULL, NONE },
	};
	struct alarm_def alarms[sizeof(rows) / sizeof(rows[0])];
	const uint32_t n = sizeof(rows) / sizeof(rows[0]);
	struct plant *p = plant_of(3);

	(void)state;
	plant_index(p);
	for (uint32_t i = 0; i < n; i++)
		alarms[i] = (struct alarm_def){ .name = rows[i].name,
			.of = rows[i].of,
			.kind = rows[i].kind,
			.limit = rows[i].limit == NULL
			    ? NULL
			    : expr_parse(p->arena, rows[i].limit, find_tag, p,
				  NULL, NULL, NULL) };
	alarms_of(p, alarms, n);
	plant_index(p);
	for (uint32_t i = 0; i < n; i++)
		if (p->alarms[i].folded_by != rows[i].folded_by)
			fail_msg("%s is folded by %d", rows[i].name,
			    (int)p->alarms[i].folded_by);
	plant_free(p);
}

static void
an_empty_plant_has_the_area_system_and_its_alarms(void **state)
{
	struct plant *p = plant_empty();

	(void)state;
	assert_int_equal(plant_area(p, "system"), 0);
	assert_int_equal(plant_area(p, "intake"), NONE);
	assert_int_equal(plant_alarm(p, "system.STORE"), p->store_alarm);
	assert_int_equal(plant_alarm(p, "system.RESTART"), p->restart_alarm);
	assert_true(p->alarms[0].class < p->n_classes);
	assert_int_equal(plant_tag(p, "a.b"), NONE);
	assert_int_equal(plant_object(p, "P"), NONE);
	assert_int_equal(plant_command(p, NONE, "start"), NONE);
	assert_int_equal(plant_role(p, "chief"), NONE);
	assert_null(plant_screen(p, "overview"));
	assert_string_equal(text_in(&p->areas[0].title, 3), "System");
	plant_free(p);
	plant_free(NULL);
}

/* The first user is added before there is a project. */
static void
an_empty_plant_has_the_usual_roles(void **state)
{
	static const struct {
		const char *role;
		enum function may, may_not;
	} rows[] = {
		{ "viewer", FUNCTION_VIEW, FUNCTION_ACKNOWLEDGE },
		{ "operator", FUNCTION_SETPOINT, FUNCTION_SHELVE },
		{ "shift-leader", FUNCTION_SHELVE, FUNCTION_OVERRIDE },
		{ "engineer", FUNCTION_PROJECT, FUNCTION_OPERATE },
		{ "admin", FUNCTION_USERS, FUNCTION_VIEW },
	};
	struct plant *p = plant_empty();
	struct rights r;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		r.n = 0;
		assert_int_equal(right_add(&r, p, rows[i].role, NULL), 0);
		assert_true(right_has(&r, p, rows[i].may, NONE));
		assert_false(right_anywhere(&r, p, rows[i].may_not));
	}
	plant_free(p);
}

static void
an_area_includes_those_below_it(void **state)
{
	struct area areas[] = { { "system", { { "" } }, NONE },
		{ "a", { { "" } }, NONE }, { "a.b", { { "" } }, 1 },
		{ "a.b.c", { { "" } }, 2 } };
	struct plant p = { .areas = areas, .n_areas = 4 };

	(void)state;
	assert_true(plant_within(&p, 3, 1));
	assert_true(plant_within(&p, 3, 3));
	assert_true(plant_within(&p, 3, NONE));
	assert_true(plant_within(&p, NONE, NONE));
	assert_false(plant_within(&p, 1, 3));
	assert_false(plant_within(&p, 0, 1));
	assert_false(plant_within(&p, NONE, 1));
}

static void
commands_belong_to_their_object(void **state)
{
	struct command commands[] = { { .name = "start" }, { .name = "stop" },
		{ .name = "start" } };
	struct object objects[] = {
		{ .name = "P-1", .commands = 0, .n_commands = 2 },
		{ .name = "P-2", .commands = 2, .n_commands = 1 },
	};
	struct plant p = { .commands = commands, .objects = objects,
		.n_commands = 3, .n_objects = 2 };

	(void)state;
	assert_int_equal(plant_command(&p, 0, "stop"), 1);
	assert_int_equal(plant_command(&p, 1, "start"), 2);
	assert_int_equal(plant_command(&p, 1, "stop"), NONE);
}

static void
a_text_falls_back_to_the_default_language(void **state)
{
	struct text t = { { "Pump", "Pumpe" } }, nothing = { { NULL } };
	struct plant p = { .languages = { "en", "de" }, .n_languages = 2 };

	(void)state;
	assert_string_equal(text_in(&t, plant_language(&p, "de")), "Pumpe");
	assert_string_equal(text_in(&t, plant_language(&p, "fr")), "Pump");
	assert_string_equal(text_in(&t, 2), "Pump");
	assert_string_equal(text_in(&t, 77), "Pump");
	assert_string_equal(text_in(&nothing, 1), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_tag_is_found_and_no_other_name),
		cmocka_unit_test(a_name_is_found_by_its_length_alone),
		cmocka_unit_test(of_two_equal_names_the_first_is_found),
		cmocka_unit_test(the_alarms_of_a_tag_stand_together),
		cmocka_unit_test(a_worse_limit_folds_the_one_before_it),
		cmocka_unit_test(
		    an_empty_plant_has_the_area_system_and_its_alarms),
		cmocka_unit_test(an_empty_plant_has_the_usual_roles),
		cmocka_unit_test(an_area_includes_those_below_it),
		cmocka_unit_test(commands_belong_to_their_object),
		cmocka_unit_test(a_text_falls_back_to_the_default_language),
	};

	return cmocka_run_group_tests_name("model_plant", tests, NULL, NULL);
}
