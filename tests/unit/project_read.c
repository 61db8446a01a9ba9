/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "model/expr.h"
#include "project/read.h"

static struct plant *plant;

/* tests/project/NAME, which must be without an error. */
static void
reads(const char *name)
{
	const char *src = getenv("SG_SRC");
	struct buf out = { 0 };
	struct report r;
	char dir[4096];

	plant_free(plant);
	snprintf(dir, sizeof(dir), "%s/tests/project/%s", src ? src : ".",
	    name);
	report_init(&r);
	if (project_read(dir, &plant, &r) < 0) {
		report_print(&r, NULL, &out);
		fail_msg("%s", buf_string(&out));
	}
	report_fini(&r);
}

static const struct tag *
tag(const char *name)
{
	uint32_t i = plant_tag(plant, name);

	if (i == NONE)
		fail_msg("no tag %s", name);
	return &plant->tags[i];
}

static const struct alarm_def *
alarm_of(const char *name)
{
	uint32_t i = plant_alarm(plant, name);

	if (i == NONE)
		fail_msg("no alarm %s", name);
	return &plant->alarms[i];
}

static int
read_example(void **state)
{
	(void)state;
	reads("00-formats");
	return 0;
}

static int
free_plant(void **state)
{
	(void)state;
	plant_free(plant);
	plant = NULL;
	return 0;
}

static void
the_plant_is_named_in_its_languages(void **state)
{
	(void)state;
	assert_string_equal(plant->name.in[0], "Riverside Waterworks");
	assert_string_equal(plant->name.in[1], "Wasserwerk Riverside");
	assert_int_equal(plant->n_languages, 2);
	assert_string_equal(plant->timezone, "Europe/Berlin");
	assert_int_equal(strlen(plant->id), 64);
	assert_string_equal(plant->areas[0].name, "system");
	assert_int_equal(plant->areas[plant_area(plant, "filtration.west")]
			     .parent, plant_area(plant, "filtration"));
	assert_int_equal(plant->n_shifts, 3);
	assert_int_equal(plant->shifts[2].from, 22 * 60);
	assert_int_equal(plant->shifts[0].days, 0x7f);
	assert_int_equal(plant->polls[0].every.ms, 250);
}

static void
lines_and_devices_are_as_written(void **state)
{
	const struct line *net = &plant->lines[0];
	const struct device *plc = &plant->devices[0];
	const struct device *meter = &plant->devices[1];

	(void)state;
	assert_int_equal(net->n_to, 2);
	assert_string_equal(net->to[1].host, "10.2.0.11");
	assert_int_equal(net->timeout.ms, 500);
	assert_int_equal(net->backoff[1].ms, 30000);
	assert_int_equal(plant->lines[1].to[0].baud, 19200);
	assert_int_equal(plant->lines[2].to[0].transport, TRANSPORT_RTU_TCP);
	assert_int_equal(plant->lines[2].connect_timeout.ms, 2000);
	assert_int_equal(plc->order, ORDER_CDAB);
	assert_true(plc->has_alive && plc->has_life && plc->has_identity);
	assert_int_equal(plc->alive.address, 0);
	assert_int_equal(plc->life.address, 1);
	assert_int_equal(plc->identity.address, 2);
	assert_int_equal(plc->identity_value, 1042);
	assert_int_equal(plc->alive_within.ms, 5000);
	assert_int_equal(meter->n_holes, 1);
	assert_int_equal(meter->holes[0].first, 39);
	assert_int_equal(meter->order, ORDER_ABCD);
	assert_false(meter->has_alive);
}

static void
signals_of_objects_are_tags_at_their_addresses(void **state)
{
	const struct tag *sp = tag("P-101B.sp"), *run = tag("P-101B.run");
	const struct tag *hours = tag("P-101B.hours"), *pv = tag("LT-501.pv");

	(void)state;
	assert_int_equal(sp->point->space, SPACE_HR);
	assert_int_equal(sp->point->address, 101);
	assert_int_equal(sp->point->kind, KIND_UINT16);
	assert_true(sp->point->scaled);
	assert_true(sp->point->raw[1] == 27648 && sp->point->value[1] == 100);
	assert_int_equal(sp->type, VALUE_REAL);
	assert_string_equal(sp->unit, "%");
	assert_string_equal(sp->title.in[1], "Rohwasserpumpe B");
	assert_int_equal(run->point->address, 2);
	assert_int_equal(run->n_texts, 2);
	assert_string_equal(run->texts[1].in[0], "RUN");
	assert_true(run->event);
	assert_non_null(run->log);
	assert_true(run->log->deadband == 0);
	assert_int_equal(hours->point->address, 306);
	assert_int_equal(hours->point->registers, 2);
	assert_int_equal(hours->counter->size, 4294967296);
	assert_string_equal(plant->polls[hours->poll].name, "slow");
	assert_int_equal(pv->point->order, ORDER_CDAB);
	assert_true(pv->has_range && pv->min == 0 && pv->max == 6);
	assert_string_equal(plant->polls[pv->poll].name, "fast");
	assert_int_equal(pv->log->at_least.ms, 600000);
	assert_null(pv->write);
	assert_int_equal(tag("P-101A.speed")->point->fault[1], 32500);
}

static void
setpoints_have_their_rules(void **state)
{
	const struct write_rule *w = tag("P-101A.sp")->write;
	const uint32_t *needs;
	double number;
	unsigned n;

	(void)state;
	assert_int_equal(w->function, FUNCTION_SETPOINT);
	assert_int_equal(w->confirm, CONFIRM_KEY);
	assert_true(expr_is_constant(w->min, &number) && number == 20);
	needs = expr_tags(w->max, &n);
	assert_int_equal(n, 1);
	assert_int_equal(needs[0], plant_tag(plant, "site.speedlimit"));
	needs = expr_tags(w->gate, &n);
	assert_int_equal(needs[0], plant_tag(plant, "P-101A.fault"));
	assert_int_equal(tag("site.target")->write->confirm, CONFIRM_NONE);
}

static void
objects_have_commands_states_and_a_main_signal(void **state)
{
	uint32_t b = plant_object(plant, "P-101B");
	const struct object *o = &plant->objects[b];
	const struct command *start, *stop;

	(void)state;
	assert_string_equal(o->title.in[0], "Raw water pump B");
	assert_int_equal(o->main, plant_tag(plant, "P-101B.speed"));
	assert_int_equal(o->n_tags, 5);
	assert_int_equal(o->n_states, 3);
	assert_string_equal(o->states[0].name, "FAIL");
	assert_int_equal(o->states[0].look, LOOK_FAILED);
	assert_non_null(o->states[1].when);
	assert_null(o->states[2].when);
	start = &plant->commands[plant_command(plant, b, "start")];
	stop = &plant->commands[plant_command(plant, b, "stop")];
	assert_int_equal(start->point.space, SPACE_COIL);
	assert_int_equal(start->point.address, 1);
	assert_true(start->value == 1 && stop->value == 0);
	assert_false(start->safe);
	assert_true(stop->safe);
	assert_string_equal(start->title.in[1], "EIN");
	assert_non_null(start->interlock);
	assert_null(stop->interlock);
	assert_int_equal(stop->confirm, CONFIRM_NONE);
	assert_int_equal(start->feedback, plant_tag(plant, "P-101B.run"));
	assert_true(start->expect == 1 && stop->expect == 0);
	assert_int_equal(start->within.ms, 10000);
}

static void
alarms_are_of_objects_and_of_the_server(void **state)
{
	const struct alarm_def *d = alarm_of("P-101A.FAIL");
	double limit;

	(void)state;
	assert_int_equal(d->kind, ALARM_IS);
	assert_true(d->is == 1);
	assert_int_equal(d->of, plant_tag(plant, "P-101A.fault"));
	assert_string_equal(d->title.in[1], "Pumpe ausgefallen");
	assert_int_equal(d->priority, 2);
	d = alarm_of("LT-501.HH");
	assert_int_equal(d->kind, ALARM_ABOVE);
	assert_true(expr_is_constant(d->limit, &limit) && limit == 5.7);
	assert_int_equal(d->off_delay.ms, 5000);
	assert_string_equal(plant->classes[d->class].name, "process");
	d = alarm_of("ser1.COMM");
	assert_int_equal(d->kind, ALARM_SYSTEM);
	assert_int_equal(d->priority, 3);
	assert_int_equal(d->area, 0);
	assert_string_equal(d->title.in[0], "No answer");
	assert_string_equal(d->title.in[1], "Keine Antwort");
	assert_int_equal(plant->lines[1].comm_alarm,
	    plant_alarm(plant, "ser1.COMM"));
	assert_int_equal(plant->devices[1].comm_alarm,
	    plant_alarm(plant, "meter1.COMM"));
	assert_int_equal(alarm_of("plc1.COMM")->area,
	    plant_area(plant, "intake"));
	assert_int_equal(plant->store_alarm,
	    plant_alarm(plant, "system.STORE"));
	assert_int_equal(plant->restart_alarm,
	    plant_alarm(plant, "system.RESTART"));
	assert_true(plant->classes[1].latch && plant->classes[1].alarm_on_bad);
	assert_int_equal(plant->classes[1].shelve.ms, 0);
	assert_int_equal(plant->classes[1].horn, HORN_CONTINUOUS);
	assert_int_equal(plant->classes[1].ack, ACK_BOTH);
}

static void
free_standing_tags_have_their_sources(void **state)
{
	(void)state;
	assert_int_equal(tag("site.mode")->source, SOURCE_DEVICE);
	assert_int_equal(tag("site.mode")->n_texts, 3);
	assert_int_equal(tag("site.target")->source, SOURCE_INTERNAL);
	assert_true(tag("site.target")->retain);
	assert_true(tag("site.target")->has_initial &&
	    tag("site.target")->initial == 4.5);
	/* meter1 counts from 1 */
	assert_int_equal(tag("site.power")->point->address, 51);
	assert_int_equal(tag("site.margin")->source, SOURCE_CALC);
	assert_int_equal(plant->n_calc, 1);
	assert_int_equal(plant->calc[0], plant_tag(plant, "site.margin"));
	assert_string_equal(tag("site.power")->title.in[0], "");
}

static void
roles_hold_what_they_extend(void **state)
{
	const struct role *r =
	    &plant->roles[plant_role(plant, "shift-leader")];
	uint32_t all = 0;
	unsigned i;

	(void)state;
	assert_int_equal(r->n_grants, 3);
	for (i = 0; i < r->n_grants; i++) {
		assert_int_equal(r->grants[i].areas[0], NONE);
		all |= r->grants[i].functions;
	}
	assert_true(all & 1u << FUNCTION_VIEW);
	assert_true(all & 1u << FUNCTION_SETPOINT);
	assert_true(all & 1u << FUNCTION_AUDIT);
	assert_false(all & 1u << FUNCTION_USERS);
}

static void
stations_say_where_one_sits(void **state)
{
	const struct station *s = &plant->stations[0];
	const struct match *m = &s->matches[1];
	static const uint8_t net[16] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff,
		0xff, 10, 0, 5, 0 };

	(void)state;
	assert_string_equal(s->matches[0].tty, "/dev/tty1");
	assert_null(m->tty);
	assert_memory_equal(m->net, net, 16);
	assert_int_equal(m->bits, 96 + 24);
	assert_string_equal(s->start, "overview");
	assert_int_equal(s->n_footer, 8);
	assert_string_equal(s->footer[3], "ack");
	assert_string_equal(s->keys[0].screen, "clearwater");
	assert_int_equal(s->only, 0);
	s = &plant->stations[1];
	assert_int_equal(s->matches[0].bits, 128);
	assert_int_equal(s->only,
	    1u << FUNCTION_VIEW | 1u << FUNCTION_ACKNOWLEDGE);
	assert_string_equal(s->blocked[1], "w");
	assert_string_equal(s->language, "en");
}

static void
screens_and_reports_are_kept_as_text(void **state)
{
	const struct document *d = plant_screen(plant, "clearwater");

	(void)state;
	assert_non_null(d);
	assert_string_equal(d->file, "screens/clearwater.screen");
	assert_int_equal(d->len, strlen(d->text));
	assert_non_null(strstr(d->text, "@screen clearwater"));
	assert_int_equal(plant->n_reports, 1);
	assert_string_equal(plant->reports[0].name, "shift");
}

static void
the_id_depends_on_every_byte(void **state)
{
	struct project_files f = { 0 };
	struct report r;
	char a[65], b[65], c[65];

	(void)state;
	report_init(&r);
	project_files_add(&f, "plant.conf", "ab", 2, &r);
	project_files_add(&f, "lines.conf", "c", 1, &r);
	project_files_add(&f, "README.md", "c", 1, &r);
	project_files_sort(&f);
	assert_int_equal(f.all.n, 2);
	assert_string_equal(f.all.at[0].name, "lines.conf");
	project_files_id(&f, a);
	f.all.at[1].text[1] = 'c';
	project_files_id(&f, b);
	f.all.at[1].text[1] = 'b';
	project_files_id(&f, c);
	assert_string_not_equal(a, b);
	assert_string_equal(a, c);
	project_files_fini(&f);
	report_fini(&r);
}

static void
types_extend_types_and_cells_override(void **state)
{
	double number;

	(void)state;
	reads("31-valid-extends");
	assert_true(tag("P-1.sp")->max == 100);
	assert_true(tag("P-2.sp")->max == 150);
	assert_string_equal(tag("P-2.sp")->unit, "%");
	assert_true(expr_is_constant(tag("P-1.sp")->write->max, &number));
	assert_true(number == 100);
	/* the type's own, replaced for P-2 */
	assert_false(expr_is_constant(tag("P-3.sp")->write->max, &number));
	assert_true(expr_is_constant(tag("P-2.sp")->write->max, &number));
	assert_true(number == 140);
	assert_true(expr_is_constant(tag("P-2.sp")->write->min, &number));
	assert_string_equal(tag("P-1.sp")->title.in[1], "Sollwert");
	assert_string_equal(tag("P-1.sp")->title.in[0], "Pump \"one\"");
	assert_string_equal(tag("P-2.sp")->title.in[0], "P-2");
	assert_int_equal(plant_alarm(plant, "P-2.HH"), NONE);
	assert_int_not_equal(plant_alarm(plant, "P-3.HH"), NONE);
	assert_int_equal(plant_tag(plant, "P-3.power"), NONE);
	assert_int_equal(tag("P-2.power")->point->address, 300);
	assert_int_equal(alarm_of("P-3.H")->folded_by,
	    plant_alarm(plant, "P-3.HH"));
	assert_true(expr_is_constant(alarm_of("P-3.H")->limit, &number));
	assert_true(number == 140);
	assert_true(expr_is_constant(alarm_of("P-1.H")->limit, &number));
	assert_true(number == 90);
	assert_string_equal(plant->objects[0].title.in[0], "Pump \"one\"");
}

static void
a_type_or_object_suppresses_all_its_alarms(void **state)
{
	static const struct {
		const char *alarm, *when;	/* NULL: nothing suppresses it */
		int more_s;
	} rows[] = {
		{ "F-1.H", "service or washing", 20 },
		/* one's own goes before, also the one that says never */
		{ "F-1.L", "service", 5 },
		{ "F-1.FAIL", "false", 0 },
		/* an object says so for itself, or takes it away */
		{ "F-2.H", "F-1.service", 0 },
		{ "F-2.L", "service", 5 },
		{ "F-3.H", NULL, 0 },
		{ "F-4.H", "pv < 2", 0 },
		/* a type that extends another one */
		{ "F-5.H", "washing", 20 },
		{ "F-5.HH", "washing", 20 },
	};
	const struct alarm_def *d;
	size_t i;

	(void)state;
	reads("49-suppress-all");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		d = alarm_of(rows[i].alarm);
		if ((d->suppress == NULL) != (rows[i].when == NULL) ||
		    (d->suppress != NULL &&
			strcmp(expr_text(d->suppress), rows[i].when) != 0) ||
		    (d->suppress != NULL &&
			d->suppress_more.ms != rows[i].more_s * 1000))
			fail_msg("%s: %s, %d s", rows[i].alarm,
			    d->suppress != NULL ? expr_text(d->suppress)
						: "nothing",
			    (int)(d->suppress_more.ms / 1000));
	}
	/* a bare name is the object's own */
	assert_int_equal(expr_is_tag(alarm_of("F-4.L")->suppress),
	    plant_tag(plant, "F-4.service"));
}

static void
a_table_of_tags_has_all_their_keys(void **state)
{
	const struct tag *t;

	(void)state;
	reads("31-valid-extends");
	t = tag("site.limit");
	assert_int_equal(t->source, SOURCE_INTERNAL);
	assert_true(t->initial == 120);
	assert_non_null(t->write);
	t = tag("site.mode");
	assert_int_equal(t->point->address, 10);
	assert_string_equal(t->texts[1].in[0], "ON");
	t = tag("site.flow");
	assert_int_equal(t->point->address, 12);
	assert_true(t->log->deadband == 0.5);
	assert_true(t->point->value[1] == 1.5);
	assert_int_equal(tag("site.twice")->source, SOURCE_CALC);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_plant_is_named_in_its_languages),
		cmocka_unit_test(lines_and_devices_are_as_written),
		cmocka_unit_test(
		    signals_of_objects_are_tags_at_their_addresses),
		cmocka_unit_test(setpoints_have_their_rules),
		cmocka_unit_test(
		    objects_have_commands_states_and_a_main_signal),
		cmocka_unit_test(alarms_are_of_objects_and_of_the_server),
		cmocka_unit_test(free_standing_tags_have_their_sources),
		cmocka_unit_test(roles_hold_what_they_extend),
		cmocka_unit_test(stations_say_where_one_sits),
		cmocka_unit_test(screens_and_reports_are_kept_as_text),
		cmocka_unit_test(the_id_depends_on_every_byte),
		cmocka_unit_test(types_extend_types_and_cells_override),
		cmocka_unit_test(a_type_or_object_suppresses_all_its_alarms),
		cmocka_unit_test(a_table_of_tags_has_all_their_keys),
	};

	return cmocka_run_group_tests(tests, read_example, free_plant);
}
