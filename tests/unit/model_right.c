/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/right.h"

#define MAY(f) (1u << FUNCTION_##f)
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The areas of the demo plant, and roles as FORMATS 2 has them. */
enum { SYSTEM, INTAKE, FILTRATION, WEST, CLEARWATER };
static struct area areas[] = { { "system", { { "" } }, NONE },
	{ "intake", { { "" } }, NONE }, { "filtration", { { "" } }, NONE },
	{ "filtration.west", { { "" } }, FILTRATION },
	{ "clearwater", { { "" } }, NONE } };
static const uint32_t everywhere[] = { NONE };
static const uint32_t waterside[] = { INTAKE, FILTRATION };
static const struct grant viewer[] = { { MAY(VIEW), everywhere, 1 } };
static const struct grant operator[] = { { MAY(VIEW), everywhere, 1 },
	{ MAY(ACKNOWLEDGE) | MAY(OPERATE) | MAY(SETPOINT), everywhere, 1 } };
static const struct grant water[] = { { MAY(VIEW), everywhere, 1 },
	{ MAY(OPERATE) | MAY(PROJECT), waterside, 2 } };
static const struct grant admin[] = { { MAY(USERS) | MAY(CONTROL), everywhere,
    1 } };
static const struct grant local_view[] = { { MAY(VIEW), waterside, 2 } };
static struct role roles[] = { { "viewer", viewer, 1 },
	{ "operator", operator, 2 }, { "water", water, 2 },
	{ "admin", admin, 1 }, { "guest", local_view, 1 } };
static const struct plant plant = { .areas = areas,
	.n_areas = COUNT(areas),
	.roles = roles,
	.n_roles = COUNT(roles) };

static struct rights
rights_of(const char *const *grants)
{
	struct rights r = { .n = 0 };
	struct err e;

	for (; *grants != NULL; grants++)
		if (right_add(&r, &plant, *grants, &e) < 0)
			fail_msg("%s: %s", *grants, e.text);
	return r;
}

#define HOLDS(...) rights_of((const char *const[]){ __VA_ARGS__, NULL })

static void
a_right_is_function_times_area_and_narrowing_spares_only_view(void **state)
{
	/* in which areas: bit 0 system .. bit 4 clearwater, bit 5 NONE */
	static const struct {
		const char *grants[3];
		enum function f;
		unsigned in;
	} rows[] = {
		{ { "viewer" }, FUNCTION_VIEW, 0x3f },
		{ { "viewer" }, FUNCTION_OPERATE, 0 },
		{ { "operator" }, FUNCTION_OPERATE, 0x3f },
		{ { "operator" }, FUNCTION_RESET, 0 },
		{ { "operator@filtration" }, FUNCTION_VIEW, 0x3f },
		{ { "operator@filtration" }, FUNCTION_OPERATE, 0x0c },
		{ { "operator@filtration.west" }, FUNCTION_OPERATE, 0x08 },
		{ { "operator@intake,clearwater" }, FUNCTION_SETPOINT, 0x12 },
		{ { "operator@intake", "operator@clearwater" },
		    FUNCTION_SETPOINT, 0x12 },
		{ { "viewer", "operator@intake" }, FUNCTION_OPERATE, 0x02 },
		{ { "operator", "operator@intake" }, FUNCTION_OPERATE, 0x3f },
		{ { "operator@system" }, FUNCTION_ACKNOWLEDGE, 0x01 },
		{ { "water" }, FUNCTION_OPERATE, 0x0e },
		{ { "water@filtration" }, FUNCTION_OPERATE, 0x0c },
		{ { "water@clearwater" }, FUNCTION_OPERATE, 0 },
		{ { "water@clearwater" }, FUNCTION_VIEW, 0x3f },
		{ { "water" }, FUNCTION_PROJECT, 0x0e },
		{ { "admin" }, FUNCTION_USERS, 0x3f },
		{ { "admin" }, FUNCTION_VIEW, 0 },
		{ { "admin@intake" }, FUNCTION_USERS, 0x02 },
		{ { "guest" }, FUNCTION_VIEW, 0x0e },
		{ { "guest@clearwater" }, FUNCTION_VIEW, 0x0e },
	};
	struct rights r;
	unsigned in;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		r = rights_of(rows[i].grants);
		in = 0;
		for (uint32_t area = 0; area < plant.n_areas; area++)
			if (right_has(&r, &plant, rows[i].f, area))
				in |= 1u << area;
		if (right_has(&r, &plant, rows[i].f, NONE))
			in |= 0x20;
		if (in != rows[i].in)
			fail_msg("%s %s: %#x", rows[i].grants[0],
			    function_name(rows[i].f), in);
		assert_int_equal(right_anywhere(&r, &plant, rows[i].f),
		    (rows[i].in & 0x1f) != 0);
	}
}

static void
nobody_without_a_role_may_anything(void **state)
{
	const struct rights r = { .n = 0 };

	(void)state;
	for (unsigned f = 0; f < FUNCTION_COUNT; f++) {
		assert_false(right_anywhere(&r, &plant, (enum function)f));
		assert_false(right_has(&r, &plant, (enum function)f, NONE));
	}
}

static void
an_unknown_role_or_area_gives_no_right_at_all(void **state)
{
	static const char *const rows[] = { "", "@", "chief", "Operator",
		"operator@", "operator@mars", "operator@intake,mars",
		"operator@intake,", "operator@intake@clearwater", " operator",
		"operator@*", "operator@filtration.*", "viewer,operator" };
	struct rights r = HOLDS("viewer"), before = r;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		e.text[0] = '\0';
		if (right_add(&r, &plant, rows[i], &e) == 0)
			fail_msg("took \"%s\"", rows[i]);
		assert_true(e.text[0] != '\0');
		assert_memory_equal(&r, &before, sizeof(r));
	}
}

static void
the_number_of_roles_is_bounded_and_repetition_costs_nothing(void **state)
{
	static char grant[3000];
	struct rights r = { .n = 0 };
	struct err e;

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(right_add(&r, &plant, "viewer", &e), 0);
	assert_int_equal(r.n, 1);
	for (int i = 0; i < 5; i++)
		for (uint32_t a = 0; r.n < RIGHT_ROLES && a < 5; a++) {
			strcpy(grant, roles[i].name);
			strcat(grant, "@");
			strcat(grant, areas[a].name);
			assert_int_equal(right_add(&r, &plant, grant, &e), 0);
		}
	assert_int_equal(r.n, RIGHT_ROLES);
	assert_int_equal(right_add(&r, &plant, "guest@clearwater", &e), -1);
	assert_int_equal(r.n, RIGHT_ROLES);
	memset(grant, 'a', sizeof(grant) - 1);
	assert_int_equal(right_add(&r, &plant, grant, &e), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_right_is_function_times_area_and_narrowing_spares_only_view),
		cmocka_unit_test(nobody_without_a_role_may_anything),
		cmocka_unit_test(an_unknown_role_or_area_gives_no_right_at_all),
		cmocka_unit_test(
		    the_number_of_roles_is_bounded_and_repetition_costs_nothing),
	};

	return cmocka_run_group_tests_name("model_right", tests, NULL, NULL);
}
