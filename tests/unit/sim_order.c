/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/fd.h"
#include "sim/control.h"
#include "sim/scenario.h"
#include "sim/sim.h"

#include "sim_plant.h"

static void
assert_says(const char *line, const char *want)
{
	struct buf answer = { 0 };

	control_line(&s, line, &answer);
	if (strcmp(buf_string(&answer), want) != 0)
		fail_msg("%s: \"%s\", want \"%s\"", line, buf_string(&answer),
		    want);
	buf_free(&answer);
}

static const char *const good[] = { "trip P-101A", "trip SC-101 for 5min",
	"local P-101B", "local P-101B off", "stick LV-501 for 1h",
	"stick LT-501", "drift LT-501 +0.02/min for 10min",
	"drift AT-501 -0.1/h", "drift LT-501 off",
	"fault plc1 late 800ms for 30s", "fault plc1 drop",
	"fault plc1 drop 30%", "fault plc1 silent", "fault plc1 reset",
	"fault plc1 garbage for 60s", "fault plc1 wrong-id",
	"fault plc1 wrong-id 20%", "fault plc1 exception:4 20% for 60s",
	"fault plc1 exception:4", "fault plc1 off", "demand 1.6 for 20min",
	"demand off", "freeze plc1 for 10s", "stop plc1 off",
	"freeze meter1 off", "stop hill for 1min", "program hill 612 for 1s",
	"program plc1 1050 for 1min", "power off for 10s", "power on", "burst",
	"burst 400 for 1h", "burst off", "weather storm for 2h", "weather dry",
	"keep P-101A.sp for 1min", "keep P-101A.sp off",
	"force LT-501.pv 5.9 for 30s", "force P-101A.run true",
	"force LT-501.pv off", "set P-101A.sp 70", "set works.tank 2",
	"set P-101A.start true" };

static const struct {
	const char *line, *want;
} bad[] = {
	{ "", "error no verb, or too many words" },
	{ "explode P-101A", "error unknown verb \"explode\"" },
	{ "trip", "error usage: trip OBJECT [off]" },
	{ "trip P-999", "error unknown object \"P-999\"" },
	{ "trip LT-501", "error LT-501 cannot trip" },
	{ "drift P-101A 1/s", "error P-101A cannot drift" },
	{ "drift LT-501 1", "error usage: drift OBJECT RATE/s|min|h" },
	{ "drift LT-501 1/d", "error a drift is per s, min or h" },
	{ "fault plc9 silent", "error unknown device \"plc9\"" },
	{ "stop meter1", "error meter1 measures and has no program" },
	{ "program meter1 5", "error meter1 measures and has no program" },
	{ "fault plc1 slow", "error unknown fault \"slow\"" },
	{ "fault plc1 late", "error late needs a time such as 800ms" },
	{ "fault plc1 exception",
	    "error unknown fault \"exception\"" },
	{ "fault plc1 exception:0",
	    "error exception:N with N from 1 to 255" },
	{ "fault plc1 drop 30",
	    "error \"30\" is no share such as 30%" },
	{ "fault plc1 garbage 120%",
	    "error \"120%\" is no share such as 30%" },
	{ "demand much", "error \"much\" is no number" },
	{ "demand nan", "error \"nan\" is no number" },
	{ "power", "error usage: power off|on" },
	{ "weather hail", "error usage: weather storm|dry" },
	{ "force LT-501.px 1", "error unknown signal \"LT-501.px\"" },
	{ "force works.tank 1", "error works.tank is in no PLC" },
	{ "set LT-501.pv 1",
	    "error LT-501.pv is not set but measured; use force" },
	{ "set P-101A.sp off", "error \"off\" is no number" },
	{ "set P-101A.sp 1 for 1s", "error set has no end" },
	{ "keep P-101A.sp 1", "error usage: keep SIGNAL [off]" },
	{ "get nothing", "error unknown signal \"nothing\"" },
};

static void
every_form_of_every_verb_is_understood(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_says(good[i], "ok");
}

static void
what_is_wrong_is_said(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_says(bad[i].line, bad[i].want);
}

static void
a_duration_without_a_unit_is_refused(void **state)
{
	struct sim_order o;
	struct err e;

	(void)state;
	assert_int_equal(order_parse(&o, &s, "burst for 10", &e), -1);
}

static void
what_has_a_duration_ends_by_itself(void **state)
{
	(void)state;
	assert_says("fault plc1 silent for 10s", "ok");
	assert_says("drift LT-501 +0.6/min for 60s", "ok");
	sim_step(&s, 9.0);
	assert_int_equal(s.faults[0].kind, FAULT_SILENT);
	sim_step(&s, 2.0);
	assert_int_equal(s.faults[0].kind, FAULT_NONE);
	sim_step(&s, 40.0);
	assert_true(w.lt501.measured - w.tank > 0.4);
	sim_step(&s, 20.0);
	assert_true(fabs(w.lt501.measured - w.tank) < 0.05);
}

static void
a_new_order_replaces_the_end_of_the_old_one(void **state)
{
	(void)state;
	assert_says("fault plc1 silent for 10s", "ok");
	sim_step(&s, 5.0);
	assert_says("fault plc1 garbage for 60s", "ok");
	sim_step(&s, 30.0);
	assert_int_equal(s.faults[0].kind, FAULT_GARBAGE);
	sim_step(&s, 31.0);
	assert_int_equal(s.faults[0].kind, FAULT_NONE);
}

static void
values_can_be_read_and_set(void **state)
{
	(void)state;
	assert_says("get plc1.identity", "ok 1042");
	assert_says("get intake.version", "ok RWW-P1 4.2.7");
	assert_says("set PIC-501.sp 4.5", "ok");
	assert_says("get PIC-501.sp", "ok 4.5");
	assert_says("set works.tank 2.25", "ok");
	assert_says("get works.tank", "ok 2.25");
}

static void
load(const char *text, int want, const char *error)
{
	char path[] = "/tmp/sim_order.XXXXXX", whole[512];
	int fd = mkstemp(path), rc;
	struct err e;

	assert_true(fd >= 0);
	assert_int_equal(fd_write_all(fd, text, strlen(text)), 0);
	close(fd);
	rc = scenario_load(&s, path, &e);
	unlink(path);
	assert_int_equal(rc, want);
	if (rc == 0)
		return;
	snprintf(whole, sizeof(whole), "%s:%s", path, error);
	assert_string_equal(e.text, whole);
}

static void
a_scenario_runs_in_the_order_of_its_times(void **state)
{
	(void)state;
	load("# a bad night\n"
	     "at 30s   trip   P-101A   # later\n"
	     "\n"
	     "at 10s\tdemand 1.6 for 20min\n"
	     "at 40s   end\n", 0, NULL);
	sim_step(&s, 20.0);
	assert_true(w.demand_factor == 1.6 && w.p101[0].run);
	sim_step(&s, 15.0);
	assert_true(w.p101[0].fault);
	assert_false(s.ended);
	sim_step(&s, 10.0);
	assert_true(s.ended);
	assert_true(s.time < 41.0);
}

/* Its lines `at TIME VERB` are a scenario. */
static void
the_example_of_the_man_page_is_a_scenario(void **state)
{
	struct buf page = { 0 }, example = { 0 };
	char path[4096], *line, *save;

	(void)state;
	snprintf(path, sizeof(path), "%s/man/sightglass-sim.1",
	    getenv("SG_SRC"));
	assert_int_equal(buf_read_file(&page, path, 65536), 0);
	for (line = strtok_r(page.at, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save))
		if (strncmp(line, "at ", 3) == 0)
			buf_printf(&example, "%s\n", line);
	load(buf_string(&example), 0, NULL);
	assert_int_equal(s.due.n, 5);
	buf_free(&page);
	buf_free(&example);
}

static void
a_wrong_line_is_named_and_nothing_is_scheduled(void **state)
{
	(void)state;
	load("at 1s trip P-101A\nat 2s trip P-999\n", -1,
	    "2: unknown object \"P-999\"");
	load("trip P-101A\n", -1, "1: a line is \"at TIME VERB ...\"");
	assert_int_equal(s.due.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_form_of_every_verb_is_understood),
		TEST(what_is_wrong_is_said),
		TEST(a_duration_without_a_unit_is_refused),
		TEST(what_has_a_duration_ends_by_itself),
		TEST(a_new_order_replaces_the_end_of_the_old_one),
		TEST(values_can_be_read_and_set),
		TEST(a_scenario_runs_in_the_order_of_its_times),
		TEST(the_example_of_the_man_page_is_a_scenario),
		TEST(a_wrong_line_is_named_and_nothing_is_scheduled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
