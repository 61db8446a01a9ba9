/* SPDX-License-Identifier: ISC */
/* Alarms and actions of a period, from the journal. */
#include "report_scene.h"

static const char outline[] =
    "report = { name = \"alarms\"; period = \"day\"; sections = (\n"
    "{ kind = \"alarms\"; title = \"By priority\"; },\n"
    "{ kind = \"alarms\"; title = \"Each\"; tags = [ \"*\" ]; },\n"
    "{ kind = \"actions\"; } ); };";
static const char definitions[] =
    "P-1.FAIL|Pump tripped|intake|#2|high|process\n"
    "P-2.FAIL|Pump tripped|intake|#2|high|process\n"
    "LT-1.L|Low|clearwater|#3|medium|process\n"
    "LT-1.HH|Very high|clearwater|#1|critical|process\n"
    "plc1.COMM|No answer|system|#3|medium|process";
/* as they are now: long after the day */
static const char now[] = "LT-1.L|#31|acknowledged\nP-1.FAIL|#9|returned\n"
			  "plc1.COMM|#2|acknowledged";
/* seq time kind area name text user station old new result */
static const char journal[] =
    /* came twice; 30 min, then 10 min */
    "#1|@2026-11-21T08:00:00Z|alarm|intake|P-1.FAIL|x|||normal|unacknowledged|\n"
    "#2|@2026-11-21T08:10:00Z|alarm|intake|P-1.FAIL|x|olga|room|"
    "unacknowledged|acknowledged|\n"
    "#3|@2026-11-21T08:30:00Z|alarm|intake|P-1.FAIL|x|||acknowledged|normal|\n"
    "#4|@2026-11-21T09:00:00Z|alarm|intake|P-1.FAIL|x|||normal|unacknowledged|\n"
    "#5|@2026-11-21T09:10:00Z|alarm|intake|P-1.FAIL|x|||unacknowledged|"
    "returned|\n"
    /* came again before anybody acknowledged: a third time */
    "#6|@2026-11-21T09:20:00Z|alarm|intake|P-1.FAIL|x|||returned|"
    "unacknowledged|\n"
    "#7|@2026-11-21T09:25:00Z|alarm|intake|P-1.FAIL|x|||unacknowledged|"
    "returned|\n"
    /* stood before the day and went at 01:00 of the plant */
    "#8|@2026-11-21T00:00:00Z|alarm|intake|P-2.FAIL|x|||acknowledged|normal|\n"
    /* came in the day and went after it */
    "#9|@2026-11-21T22:30:00Z|alarm|system|plc1.COMM|x|||normal|"
    "unacknowledged|||simulated\n"
    "#10|@2026-11-22T05:00:00Z|alarm|system|plc1.COMM|x|||unacknowledged|"
    "normal|\n"
    "#11|@2026-11-22T06:00:00Z|alarm|system|plc1.COMM|x|||normal|"
    "unacknowledged|\n"
    /* LT-1.L came after the day */
    "#12|@2026-11-22T07:00:00Z|alarm|clearwater|LT-1.L|x|||normal|"
    "unacknowledged|\n"
    /* nobody knows it any more */
    "#13|@2026-11-21T12:00:00Z|alarm|intake|P-9.FAIL|x|||normal|"
    "unacknowledged|\n"
    "#14|@2026-11-21T12:00:05Z|alarm|intake|P-9.FAIL|x|||unacknowledged|"
    "normal|";
static const char actions[] =
    "#2|@2026-11-21T08:10:00Z|alarm|intake|P-1.FAIL|x|olga|room|"
    "unacknowledged|acknowledged|\n"
    "#3|@2026-11-21T08:30:00Z|alarm|intake|P-1.FAIL|x|||acknowledged|normal|\n"
    "#20|@2026-11-21T10:00:00Z|command|intake|P-1.start|START|olga|room|STOP|"
    "RUN|done||simulated\n"
    "#21|@2026-11-20T22:59:59.999Z|command|intake|P-1.stop|STOP|olga|room|RUN|"
    "STOP|done";

#define DAY "alarms,2026-11-20T23:00:00.000Z,2026-11-21T23:00:00.000Z,"

static void
play(struct scene *s)
{
	const struct canned answers[] = { { VERB_REPORT, outline, EXIT_DONE },
		{ VERB_DESCRIBE_ALARM, definitions, EXIT_DONE },
		{ VERB_ALARMS, now, EXIT_DONE },
		{ VERB_EVENTS, journal, EXIT_DONE },
		{ VERB_EVENTS, actions, EXIT_DONE } };
	const struct report_wish wish = { .name = "alarms",
		.plant = "Test",
		.language = "",
		.languages = "en",
		.date = "yesterday",
		.now = at("2026-11-22T12:00:00Z") };

	assert_int_equal(scene_play(s, &wish, answers, 5), EXIT_DONE);
}

static void
the_present_is_asked_before_the_journal(void **state)
{
	struct scene s;

	(void)state;
	play(&s);
	assert_string_equal(buf_string(&s.asked),
	    "report show alarms\ndescribe alarm\nalarms\n"
	    "events kind=alarm since=2026-11-20T23:00:00.000Z\n"
	    "events kind=command kind=alarm since=2026-11-20T23:00:00.000Z"
	    " until=2026-11-21T23:00:00.000Z\n");
	scene_fini(&s);
}

static void
alarms_are_counted_by_priority(void **state)
{
	struct scene s;

	(void)state;
	play(&s);
	expect_row(&s, DAY ",alarms,critical,,count,0,");
	expect_row(&s, DAY ",alarms,critical,,standing,0,");
	expect_row(&s, DAY ",alarms,critical,s,longest,,");
	expect_row(&s, DAY ",alarms,high,,count,3,");
	expect_row(&s, DAY ",alarms,high,,standing,0,");
	/* P-2.FAIL for an hour of this day */
	expect_row(&s, DAY ",alarms,high,s,longest,3600,");
	expect_row(&s, DAY ",alarms,medium,,count,1,");
	expect_row(&s, DAY ",alarms,medium,,standing,1,");
	expect_row(&s, DAY ",alarms,medium,s,longest,1800,");
	expect_row(&s, DAY ",alarms,medium,,flags,simulated,");
	assert_null(strstr(buf_string(&s.rows), ",alarms,high,,flags,"));
	scene_fini(&s);
}

static void
alarms_are_listed_the_most_frequent_first(void **state)
{
	struct scene s;

	(void)state;
	play(&s);
	expect_row(&s, DAY "intake,alarms,P-1.FAIL,,count,3,");
	expect_row(&s, DAY "intake,alarms,P-1.FAIL,s,longest,1800,");
	expect_row(&s, DAY "system,alarms,plc1.COMM,,standing,1,");
	expect_row(&s, DAY "intake,alarms,P-2.FAIL,,count,0,");
	assert_null(strstr(buf_string(&s.rows), "LT-1.L,"));
	assert_null(strstr(buf_string(&s.rows), "LT-1.HH,"));
	assert_string_equal(strstr(buf_string(&s.text), "Each"),
	    "Each                       count  standing  longest\n"
	    "  P-1.FAIL   Pump tripped      3         0  0:30:00\n"
	    "  plc1.COMM  No answer         1         1  0:30:00  simulated\n"
	    "  P-9.FAIL                     1         0  0:00:05\n"
	    "  P-2.FAIL   Pump tripped      0         0  1:00:00\n"
	    "\n"
	    "actions      time                 user  before          after         "
	    "result\n"
	    "  P-1.FAIL   2026-11-21 09:10:00  olga  unacknowledged  acknowledged\n"
	    "  P-1.start  2026-11-21 11:00:00  olga  STOP            RUN           "
	    "done    simulated\n"
	    "\n");
	scene_fini(&s);
}

static void
actions_are_those_of_people_in_the_period(void **state)
{
	struct scene s;

	(void)state;
	play(&s);
	expect_row(&s, DAY "intake,actions,P-1.start#20,,time,"
			   "2026-11-21T10:00:00.000Z,");
	expect_row(&s, DAY "intake,actions,P-1.start#20,,user,olga,");
	expect_row(&s, DAY "intake,actions,P-1.start#20,,result,done,");
	expect_row(&s, DAY "intake,actions,P-1.start#20,,flags,simulated,");
	assert_null(strstr(buf_string(&s.rows), "P-1.FAIL#2,,flags,"));
	expect_row(&s, DAY "intake,actions,P-1.FAIL#2,,new,acknowledged,");
	assert_null(strstr(buf_string(&s.rows), "P-1.stop"));
	assert_null(strstr(buf_string(&s.rows), "P-1.FAIL#3"));
	scene_fini(&s);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test(name)
	const struct CMUnitTest tests[] = {
		TEST(the_present_is_asked_before_the_journal),
		TEST(alarms_are_counted_by_priority),
		TEST(alarms_are_listed_the_most_frequent_first),
		TEST(actions_are_those_of_people_in_the_period),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	when_zone("Europe/Berlin");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
