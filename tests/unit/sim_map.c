/* SPDX-License-Identifier: ISC */
/*
 * The register map of the simulator and the demonstration project are both
 * written by hand; here they are held against each other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/expr.h"
#include "model/plant.h"
#include "project/read.h"
#include "sim/map.h"
#include "sim/plc.h"
#include "sim/program.h"

static struct plant *plant;

static int
setup(void **state)
{
	struct report problems;
	struct buf text = { 0 };
	char dir[4096];
	int rc;

	(void)state;
	snprintf(dir, sizeof(dir), "%s/conf/riverside", getenv("SG_SRC"));
	report_init(&problems);
	rc = project_read(dir, &plant, &problems);
	report_print(&problems, dir, &text);
	if (problems.errors > 0 || problems.warnings > 0)
		fputs(buf_string(&text), stderr);
	buf_free(&text);
	report_fini(&problems);
	return rc;
}

static int
teardown(void **state)
{
	(void)state;
	plant_free(plant);
	return 0;
}

static void
assert_same_place(const char *name, const struct map_row *r,
    const struct point *p)
{
	if (p == NULL)
		fail_msg("%s is in no device", name);
	if ((int)p->space != (int)r->space || p->address != r->address ||
	    (p->bit == NO_BIT ? MAP_NO_BIT : p->bit) != r->bit)
		fail_msg("%s: address %u.%u.%u, in the PLC %u.%u.%d", name,
		    p->space, p->address, p->bit, r->space, r->address,
		    r->bit);
	if (strcmp(kind_name(p->kind), codec_kind_name(r->kind)) != 0)
		fail_msg("%s: %s, in the PLC %s", name, kind_name(p->kind),
		    codec_kind_name(r->kind));
	if (p->registers != map_words(r))
		fail_msg("%s: %u registers, in the PLC %u", name, p->registers,
		    map_words(r));
	if (map_words(r) > 1 && r->kind != CODEC_TEXT &&
	    (int)p->order != (int)r->order)
		fail_msg("%s: order %u, in the PLC %s", name, p->order,
		    codec_order_name(r->order));
	if (p->scaled != (r->raw[0] != r->raw[1]) ||
	    (p->scaled && (p->raw[0] != r->raw[0] ||
		p->raw[1] != r->raw[1] || p->value[0] != r->value[0] ||
		p->value[1] != r->value[1])))
		fail_msg("%s: another scale than in the PLC", name);
}

/* The row of a name in any PLC; *device gets the PLC's. */
static const struct map_row *
row_of(const char *name, const char **device)
{
	const struct map_row *r = NULL;
	size_t i;

	for (i = 0; i < plc_makes_n && r == NULL; i++) {
		r = map_find(plc_makes[i].map, name);
		*device = plc_makes[i].name;
	}
	return r;
}

/* What the device says of itself; the project has it in lines.conf. */
static bool
is_word(const struct map_row *r, const char *device)
{
	size_t n = strlen(device);

	return strncmp(r->name, device, n) == 0 && r->name[n] == '.';
}

static bool
is_command(const struct map_row *r)
{
	return r->space == MAP_COIL;
}

static const char *
device_of(const struct point *p)
{
	return plant->devices[p->device].name;
}

static void
every_register_of_the_plcs_is_in_the_project_as_it_is(void **state)
{
	const struct map *m;
	const struct map_row *r;
	uint32_t tag;
	size_t i, k;

	(void)state;
	for (k = 0; k < plc_makes_n; k++)
		for (i = 0, m = plc_makes[k].map; i < m->n; i++) {
			r = &m->rows[i];
			if (is_command(r) || is_word(r, plc_makes[k].name))
				continue;
			tag = plant_tag(plant, r->name);
			if (tag == NONE)
				fail_msg("the project has no %s", r->name);
			assert_same_place(r->name, r, plant->tags[tag].point);
			assert_string_equal(device_of(plant->tags[tag].point),
			    plc_makes[k].name);
		}
}

/* What the project lets through the PLC does not cut. */
static void
assert_taken_whole(const struct tag *t, const struct map_row *r)
{
	double limit;

	if (r->write == WRITE_NO)
		fail_msg("the PLC takes no %s", t->name);
	if (t->write->min != NULL && expr_is_constant(t->write->min, &limit))
		assert_true(limit >= r->low);
	if (t->write->max != NULL && expr_is_constant(t->write->max, &limit))
		assert_true(limit <= r->high);
}

static void
every_tag_of_the_project_is_in_its_plc(void **state)
{
	const char *device;
	const struct tag *t;
	const struct map_row *r;
	uint32_t i;

	(void)state;
	for (i = 0; i < plant->n_tags; i++) {
		t = &plant->tags[i];
		if (t->source != SOURCE_DEVICE)
			continue;
		r = row_of(t->name, &device);
		if (r == NULL)
			fail_msg("no PLC has %s", t->name);
		assert_string_equal(device_of(t->point), device);
		if (t->write != NULL)
			assert_taken_whole(t, r);
	}
}

static const struct map_row *
coil(const char *device, uint16_t address)
{
	const struct map *m = NULL;
	size_t i;

	for (i = 0; i < plc_makes_n; i++)
		if (strcmp(plc_makes[i].name, device) == 0)
			m = plc_makes[i].map;
	for (i = 0; m != NULL && i < m->n; i++)
		if (is_command(&m->rows[i]) && m->rows[i].address == address)
			return &m->rows[i];
	return NULL;
}

static void
every_command_writes_the_coil_of_its_object(void **state)
{
	const struct command *c;
	const struct map_row *r;
	const char *object;
	uint32_t i;

	(void)state;
	assert_true(plant->n_commands > 20);
	for (i = 0; i < plant->n_commands; i++) {
		c = &plant->commands[i];
		object = plant->objects[c->object].name;
		assert_int_equal(c->point.space, SPACE_COIL);
		r = coil(device_of(&c->point), c->point.address);
		if (r == NULL || strncmp(r->name, object, strlen(object)) ||
		    r->name[strlen(object)] != '.')
			fail_msg("%s %s: coil %u is %s", object, c->name,
			    c->point.address, r != NULL ? r->name : "nothing");
		if (strcmp(c->name, "reset") == 0)
			assert_non_null(strstr(r->name, ".reset"));
		else
			assert_null(strstr(r->name, ".reset"));
	}
}

static void
assert_word(const struct device *d, const struct map *m, const char *word,
    const struct point *p)
{
	char name[40];

	snprintf(name, sizeof(name), "%s.%s", d->name, word);
	assert_int_equal(p->address, map_find(m, name)->address);
}

/* What its program says by itself: whether it runs, and misses the server. */
static void
assert_says_run_and_silence(const struct device *d, const struct map *m)
{
	static const char *const suffixes[] = { ".running", ".noserver",
		".version" };
	size_t i, k, found;

	for (k = 0; k < sizeof(suffixes) / sizeof(suffixes[0]); k++) {
		for (found = i = 0; i < m->n; i++)
			found += strstr(m->rows[i].name, suffixes[k]) != NULL &&
			    plant_tag(plant, m->rows[i].name) != NONE;
		if (found != 1)
			fail_msg("%s: %zu tags %s", d->name, found,
			    suffixes[k]);
	}
}

static void
alive_life_and_identity_stand_where_the_project_says(void **state)
{
	static struct works w;
	const struct device *d;
	const struct plc_make *make;
	struct plc plc;
	size_t i;

	(void)state;
	works_init(&w, 1);
	for (i = 0; i < plc_makes_n; i++) {
		d = &plant->devices[i];
		make = &plc_makes[i];
		plc_init(&plc, make, &w);
		assert_string_equal(d->name, make->name);
		assert_int_equal(d->unit, make->unit);
		/* an instrument has no program that could say more */
		assert_int_equal(d->has_alive, make->program != NULL);
		assert_int_equal(d->has_life, make->program != NULL);
		assert_int_equal(d->has_identity, make->program != NULL);
		if (make->program == NULL)
			continue;
		assert_says_run_and_silence(d, make->map);
		assert_word(d, make->map, "alive", &d->alive);
		assert_word(d, make->map, "life", &d->life);
		assert_word(d, make->map, "identity", &d->identity);
		assert_int_equal(d->identity_value, plc_word(&plc)->identity);
	}
	assert_int_equal(plant->devices[0].identity_value, 1042);
}

static bool
says_all(const struct text *t)
{
	unsigned i;

	for (i = 0; i < plant->n_languages; i++)
		if (t->in[i] == NULL || t->in[i][0] == '\0')
			return false;
	return true;
}

static void
everything_has_a_title_in_every_language(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < plant->n_objects; i++)
		if (!says_all(&plant->objects[i].title))
			fail_msg("%s", plant->objects[i].name);
	for (i = 0; i < plant->n_tags; i++)
		if (!says_all(&plant->tags[i].title))
			fail_msg("%s", plant->tags[i].name);
	for (i = 0; i < plant->n_commands; i++)
		if (!says_all(&plant->commands[i].title))
			fail_msg("%s", plant->commands[i].name);
}

static void
every_alarm_says_cause_and_action_in_every_language(void **state)
{
	const struct alarm_def *a;
	uint32_t i, n = 0, first = 0, second = 0, worse = 0;

	(void)state;
	for (i = 0; i < plant->n_alarms; i++) {
		a = &plant->alarms[i];
		worse += a->priority <= 2;
		if (a->kind == ALARM_SYSTEM)
			continue;
		n++;
		first += a->priority == 1;
		second += a->priority == 2;
		if (!says_all(&a->title) || !says_all(&a->cause) ||
		    !says_all(&a->action))
			fail_msg("%s", a->name);
	}
	/* About 5, 15 and 80 of a hundred. */
	assert_in_range(100 * first / n, 3, 8);
	assert_in_range(100 * second / n, 10, 22);
	/* nor do the server's own drown what matters */
	assert_in_range(100 * worse / plant->n_alarms, 10, 22);
}

/* Of a tag that a device has; NULL for others. */
static const struct map_row *
row_of_alarm(const struct alarm_def *a)
{
	const char *device;

	return a->kind == ALARM_SYSTEM ||
		plant->tags[a->of].source != SOURCE_DEVICE
	    ? NULL
	    : row_of(plant->tags[a->of].name, &device);
}

static void
assert_quiet(
    const struct works *w, const struct alarm_def *a, const struct map_row *r)
{
	double limit = 0.0, value;

	if (r == NULL)
		return;
	value = map_value(r, w);
	if (a->kind != ALARM_IS)
		assert_true(expr_is_constant(a->limit, &limit));
	if ((a->kind == ALARM_ABOVE && value > limit) ||
	    (a->kind == ALARM_BELOW && value < limit) ||
	    (a->kind == ALARM_IS && value == a->is))
		fail_msg("%s at %g h: %g", a->name, w->age_s / 3600.0, value);
}

/* Delays left aside: the limit itself is never crossed. */
static void
a_day_without_disturbance_raises_no_alarm(void **state)
{
	static const struct map_row *rows[1024];
	static struct works w;
	uint32_t i, step;

	(void)state;
	assert_true(plant->n_alarms <= 1024);
	for (i = 0; i < plant->n_alarms; i++)
		rows[i] = row_of_alarm(&plant->alarms[i]);
	works_init(&w, 11);
	for (step = 0; step < 864000; step++) {
		for (i = 0; step % 10 == 0 && i < plant->n_alarms; i++)
			assert_quiet(&w, &plant->alarms[i], rows[i]);
		program_scan(&w, WORKS_STEP);
		works_step(&w, WORKS_STEP);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_register_of_the_plcs_is_in_the_project_as_it_is),
		cmocka_unit_test(every_tag_of_the_project_is_in_its_plc),
		cmocka_unit_test(every_command_writes_the_coil_of_its_object),
		cmocka_unit_test(
		    alive_life_and_identity_stand_where_the_project_says),
		cmocka_unit_test(everything_has_a_title_in_every_language),
		cmocka_unit_test(a_day_without_disturbance_raises_no_alarm),
		cmocka_unit_test(
		    every_alarm_says_cause_and_action_in_every_language),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
