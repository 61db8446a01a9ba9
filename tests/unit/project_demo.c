/* SPDX-License-Identifier: ISC */
/*
 * The demonstration project speaks both its languages: whatever a screen may
 * show of it has a German text, or is written the same in both.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "project/outline.h"
#include "project/read.h"

static struct plant *plant;
static unsigned seen, missing;

/* What is no word, or the same one in both languages. */
static bool
is_the_same(const char *s)
{
	static const char *const words[] = { "OK", "AUTO", "HAND" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], s) == 0)
			return true;
	return *s == '\0' || name_is_object(s);
}

static void
look(const char *of, const struct text *t)
{
	seen++;
	if (t->in[1] != NULL || is_the_same(t->in[0]))
		return;
	missing++;
	fprintf(stderr, "# %s: \"%s\"\n", of, t->in[0]);
}

static int
read_demo(void **state)
{
	const char *src = getenv("SG_SRC");
	struct buf out = { 0 };
	struct report r;
	char dir[4096];

	(void)state;
	snprintf(dir, sizeof(dir), "%s/conf/riverside", src ? src : "..");
	report_init(&r);
	if (project_read(dir, &plant, &r) < 0) {
		report_print(&r, NULL, &out);
		fail_msg("%s", buf_string(&out));
	}
	report_fini(&r);
	return 0;
}

static int
free_demo(void **state)
{
	(void)state;
	plant_free(plant);
	return 0;
}

static void
begin(void)
{
	assert_int_equal(plant->n_languages, 2);
	assert_string_equal(plant->languages[1], "de");
	seen = missing = 0;
}

static void
end(unsigned least)
{
	assert_int_equal(missing, 0);
	assert_true(seen >= least);
}

static void
plant_areas_and_equipment_have_german_titles(void **state)
{
	uint32_t i;

	(void)state;
	begin();
	look("plant", &plant->name);
	for (i = 1; i < plant->n_areas; i++)	/* 0 is the server's own */
		look(plant->areas[i].name, &plant->areas[i].title);
	for (i = 0; i < plant->n_objects; i++)
		look(plant->objects[i].name, &plant->objects[i].title);
	for (i = 0; i < plant->n_commands; i++)
		look(plant->commands[i].name, &plant->commands[i].title);
	end(100);
}

static void
tags_their_values_and_states_have_german_texts(void **state)
{
	const struct object *o;
	const struct tag *t;
	uint32_t i;
	unsigned k;

	(void)state;
	begin();
	for (i = 0; i < plant->n_tags; i++) {
		t = &plant->tags[i];
		look(t->name, &t->title);
		for (k = 0; k < t->n_texts; k++)
			look(t->name, &t->texts[k]);
	}
	for (i = 0; i < plant->n_objects; i++) {
		o = &plant->objects[i];
		for (k = 0; k < o->n_states; k++)
			look(o->name, &o->states[k].title);
	}
	end(500);
}

static void
alarms_say_in_german_what_they_mean_and_what_to_do(void **state)
{
	const struct alarm_def *a;
	uint32_t i;

	(void)state;
	begin();
	for (i = 0; i < plant->n_alarms; i++) {
		a = &plant->alarms[i];
		look(a->name, &a->title);
		look(a->name, &a->cause);
		look(a->name, &a->action);
	}
	end(300);
}

static void
reports_and_their_sections_have_german_titles(void **state)
{
	const struct document *d;
	struct outline *o;
	struct report r;
	uint32_t i;
	unsigned k;

	(void)state;
	begin();
	for (i = 0; i < plant->n_reports; i++) {
		d = &plant->reports[i];
		report_init(&r);
		o = outline_parse(d->file, d->text, d->len, plant->languages,
		    plant->n_languages, &r);
		assert_non_null(o);
		look(d->name, &o->title);
		for (k = 0; k < o->n_sections; k++)
			look(d->name, &o->sections[k].title);
		outline_free(o);
		report_fini(&r);
	}
	end(10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plant_areas_and_equipment_have_german_titles),
		cmocka_unit_test(
		    tags_their_values_and_states_have_german_texts),
		cmocka_unit_test(
		    alarms_say_in_german_what_they_mean_and_what_to_do),
		cmocka_unit_test(
		    reports_and_their_sections_have_german_titles),
	};

	return cmocka_run_group_tests(tests, read_demo, free_demo);
}
