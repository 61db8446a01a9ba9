/* SPDX-License-Identifier: ISC */
/* A report from answers: what is asked, and what is made of it. */
#include "report_scene.h"

#define SHIFTS                                                                 \
	{ VERB_SHIFTS,                                                         \
	    "early|06:00|mon+tue+wed+thu+fri+sat+sun\n"                        \
	    "late|14:00|mon+tue+wed+thu+fri+sat+sun\n"                         \
	    "night|22:00|mon+tue+wed+thu+fri+sat+sun",                         \
	    EXIT_DONE }
#define OUTLINE(text) { VERB_REPORT, text, EXIT_DONE }

static const char values[] =
    "report = { name = \"shift\"; title = { en = \"Shift\"; de = "
    "\"Schicht\"; };\n"
    "period = \"shift\"; by = \"area\"; sections = (\n"
    "{ kind = \"values\"; title = \"Levels\"; tags = [ \"LT-*.pv\" ]; show = [ "
    "\"avg\", \"min\", \"good\" ]; },\n"
    "{ kind = \"totals\"; tags = [ \"FT-50?.pv\", \"FQ-*\" ]; per = "
    "\"h\"; unit = \"m3\"; },\n"
    "{ kind = \"hours\"; tags = [ \"P-501A.run\" ]; } ); };";
static const char tags[] =
    "LT-501.pv|#4||m|||||clearwater|Level\n"
    "LT-101.pv|#2||m|||||intake|Sump level\n"
    "LT-502.pv|#4||m|||||clearwater|Second transmitter\n"
    "FT-501.pv|#400||m3/h|||||clearwater|Flow to the town\n"
    "FT-502.pv|||m3/h|||||clearwater|Flow of no history\n"
    "FQ-501.total|||m3|||||clearwater|Counter\n"
    "FQ-502.total|||m3|||||clearwater|Counter that was set back\n"
    "FQ-503.total|||m3|||||clearwater|Counter of no history\n"
    "P-501A.run||||||||clearwater|High-lift pump A";
static const char descriptions[] =
    "LT-501.pv|x|m|clearwater|LT-501|analog|#2\n"
    "LT-101.pv|x|m|intake|LT-101|sump|#2\n"
    "FT-501.pv|x|m3/h|clearwater|FT-501|flow|#0";
static const char objects[] = "LT-501|Clear water level|clearwater\n"
			      "LT-501|Another row|clearwater\n"
			      "LT-101|Sump level|intake\nother|x";
static const char buckets[] =
    "LT-501.pv|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|#4.38|#4.1|#4.6|"
    "#4.4|#120|#0.998|#141912|#0||||\n"
    "LT-502.pv|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|||||#0|#0||#0||||\n"
    "LT-101.pv|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|#2|#1.5|#2.5|#2|#9|"
    "#0.9499|#1|#0|override|||\n"
    "FT-501.pv|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|#400|#400|#400|"
    "#400|#9|#1|#12960000|#0||||\n"
    "FQ-501.total|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|#1|#1|#1|#1|#9|"
    "#0.5|#1|#0||#3550|#1|#0\n"
    "FQ-502.total|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|#1|#1|#1|#1|#9|"
    "#0.5|#1|#0|override|#20|#0.9|#2\n"
    "P-501A.run|@2026-10-24T20:00:00Z|@2026-10-25T05:00:00Z|#0.5|#0|#1|#0|#9|"
    "#1|#16200|#3|simulated|||";

static const struct report_wish night = { .name = "shift",
	.plant = "Riverside Waterworks",
	.language = "en",
	.languages = "en,de",
	.date = "2026-10-24",
	.shift = "night" };

static struct report_wish
wish_at(const char *now)
{
	struct report_wish w = night;

	w.now = at(now);
	return w;
}

static int
play_values(struct scene *s, const struct report_wish *w)
{
	const struct canned answers[] = { OUTLINE(values), SHIFTS,
		{ VERB_TAGS, tags, EXIT_DONE },
		{ VERB_DESCRIBE, descriptions, EXIT_DONE },
		{ VERB_OBJECT, objects, EXIT_DONE },
		{ VERB_HISTORY, buckets, EXIT_DONE } };

	return scene_play(s, w, answers, 6);
}

static void
one_bucket_for_each_tag_is_asked_for(void **state)
{
	struct report_wish w = wish_at("2026-11-22T12:00:00Z");
	struct scene s;

	(void)state;
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	assert_string_equal(buf_string(&s.asked),
	    "report show shift\nshift list\n"
	    "tags LT-*.pv FT-50?.pv FQ-* P-501A.run\n"
	    "describe tag LT-501.pv LT-101.pv LT-502.pv FT-501.pv FT-502.pv "
	    "FQ-501.total FQ-502.total FQ-503.total P-501A.run\n"
	    "describe object LT-501 LT-101 FT-501\n"
	    "history LT-501.pv LT-101.pv LT-502.pv FT-501.pv FT-502.pv "
	    "FQ-501.total FQ-502.total FQ-503.total P-501A.run"
	    " since=2026-10-24T20:00:00.000Z until=2026-10-25T05:00:00.000Z"
	    " every=32400000ms"
	    " show=avg,min,max,last,count,good,integral,rises,flags,counted,"
	    "covered,resets\n");
	scene_fini(&s);
}

#define NIGHT "shift,2026-10-24T20:00:00.000Z,2026-10-25T05:00:00.000Z,"

static void
each_figure_has_its_unit_and_coverage(void **state)
{
	struct report_wish w = wish_at("2026-11-22T12:00:00Z");
	struct scene s;

	(void)state;
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	expect_row(&s, NIGHT ",period,night,,date,2026-10-24,");
	expect_row(&s, NIGHT ",period,night,h,length,9,");
	expect_row(&s, NIGHT ",period,night,,complete,true,");
	expect_row(&s, NIGHT "clearwater,values,LT-501.pv,m,avg,4.38,0.998");
	expect_row(&s, NIGHT "clearwater,values,LT-501.pv,,good,0.998,0.998");
	expect_row(&s, NIGHT "intake,values,LT-101.pv,m,min,1.5,0.9499");
	expect_row(&s, NIGHT "clearwater,values,LT-502.pv,m,avg,,0");
	expect_row(&s, NIGHT "intake,values,LT-101.pv,,flags,override,");
	expect_row(&s, NIGHT "clearwater,hours,P-501A.run,,flags,simulated,");
	/* of no time at all there is no figure, and no 0 either */
	expect_row(&s, NIGHT "clearwater,values,LT-502.pv,m,min,,0");
	expect_row(&s, NIGHT "clearwater,totals,FT-501.pv,m3,total,3600,1");
	expect_row(&s, NIGHT "clearwater,totals,FT-502.pv,m3,total,,0");
	/* a counter is not integrated, and counts while nobody looks (P29) */
	expect_row(&s, NIGHT "clearwater,totals,FQ-501.total,m3,total,3550,1");
	expect_row(&s, NIGHT "clearwater,totals,FQ-502.total,m3,total,20,0.9");
	expect_row(
	    &s, NIGHT "clearwater,totals,FQ-502.total,,flags,override+reset,");
	expect_row(&s, NIGHT "clearwater,totals,FQ-503.total,m3,total,,0");
	expect_row(&s, NIGHT "clearwater,hours,P-501A.run,h,hours,4.5,1");
	expect_row(&s, NIGHT "clearwater,hours,P-501A.run,,starts,3,1");
	scene_fini(&s);
}

static void
what_holds_for_too_short_a_time_is_starred(void **state)
{
	struct report_wish w = wish_at("2026-11-22T12:00:00Z");
	struct scene s;

	(void)state;
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	assert_string_equal(buf_string(&s.text),
	    "Riverside Waterworks\n"
	    "Shift  2026-10-24  night\n"
	    "2026-10-24 22:00:00 - 2026-10-25 06:00:00  9 h  complete\n"
	    "\n"
	    "Levels                              average   lowest     good\n"
	    " clearwater\n"
	    "  LT-501.pv  Clear water level   m     4.38     4.10   99.8 %\n"
	    "  LT-502.pv  Second transmitter  m      ---*     ---*   0.0 %*\n"
	    " intake\n"
	    "  LT-101.pv  Sump level          m     2.00*    1.50*  94.9 %*  "
	    "override\n"
	    "\n"
	    "totals                                         total\n"
	    " clearwater\n"
	    "  FT-501.pv     Flow to the town           m3   3600\n"
	    "  FT-502.pv     Flow of no history         m3    ---*\n"
	    "  FQ-501.total  Counter                    m3   3550\n"
	    "  FQ-502.total  Counter that was set back  m3     20*  override  set back or jumped\n"
	    "  FQ-503.total  Counter of no history      m3    ---*\n"
	    "\n"
	    "hours                              hours   starts\n"
	    " clearwater\n"
	    "  P-501A.run  High-lift pump A  h   4.50        3   simulated\n"
	    "\n"
	    "* the share of good time is below 95 %\n");
	scene_fini(&s);
}

static void
texts_are_in_the_language_of_the_person(void **state)
{
	struct report_wish w = wish_at("2026-11-22T12:00:00Z");
	struct scene s;

	(void)state;
	w.language = "de";
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	assert_non_null(strstr(buf_string(&s.text), "Schicht  2026-10-24"));
	scene_fini(&s);
}

static void
without_a_date_it_is_the_last_complete_shift(void **state)
{
	struct report_wish w = wish_at("2026-11-22T02:00:00Z");
	struct scene s;

	(void)state;
	w.date = w.shift = NULL;
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	assert_non_null(strstr(buf_string(&s.asked),
	    "since=2026-11-21T13:00:00.000Z until=2026-11-21T21:00:00.000Z"));
	scene_fini(&s);
	w.shift = "early";
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	assert_non_null(strstr(buf_string(&s.asked),
	    "since=2026-11-21T05:00:00.000Z until=2026-11-21T13:00:00.000Z"));
	scene_fini(&s);
}

static void
a_day_has_all_its_shifts_in_order(void **state)
{
	struct report_wish w = wish_at("2026-11-22T12:00:00Z");
	struct scene s;
	unsigned n;

	(void)state;
	w.date = "yesterday";
	w.shift = NULL;
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	assert_string_equal(report_sheets(s.run, &n)[2].name, "night");
	assert_int_equal(n, 3);
	scene_fini(&s);
}

static void
a_shift_that_goes_on_says_how_far_it_is(void **state)
{
	struct report_wish w = wish_at("2026-11-22T12:30:00Z");
	struct scene s;
	unsigned n;

	(void)state;
	w.date = "today";
	w.shift = NULL;
	assert_int_equal(play_values(&s, &w), EXIT_DONE);
	report_sheets(s.run, &n);
	assert_int_equal(n, 1);	/* the others have not begun */
	assert_non_null(strstr(buf_string(&s.asked),
	    "until=2026-11-22T12:30:00.000Z every=27000000ms"));
	assert_non_null(strstr(buf_string(&s.text),
	    "2026-11-22 06:00:00 - 2026-11-22 14:00:00  8 h  "
	    "NOT COMPLETE: until 2026-11-22 13:30:00\n"));
	assert_non_null(strstr(buf_string(&s.rows), ",complete,false,"));
	scene_fini(&s);
}

static void
what_cannot_be_reported_says_why(void **state)
{
	static const struct {
		const char *date, *shift;
		int code;
		const char *why;
	} all[] = {
		{ NULL, "erly", EXIT_NO_SUCH,
		    "no shift \"erly\"; did you mean \"early\"?; there are "
		    "early, late, night" },
		{ "22.11.2026", NULL, EXIT_USAGE,
		    "--date: \"22.11.2026\" is no day (2026-11-22, today, "
		    "yesterday)" },
		{ "2027-01-01", "late", EXIT_NEGATIVE,
		    "no late of 2027-01-01 has begun" },
	};
	const struct canned day[] = { OUTLINE(
	    "report = { name = \"shift\"; period = \"day\"; sections = ( { "
	    "kind = \"alarms\"; } ); };") };
	struct report_wish w = wish_at("2026-11-22T12:30:00Z");
	struct scene s;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		w.date = all[i].date;
		w.shift = all[i].shift;
		assert_int_equal(play_values(&s, &w), all[i].code);
		report_run_code(s.run, &why);
		assert_string_equal(why, all[i].why);
		scene_fini(&s);
	}
	w.shift = "late";
	assert_int_equal(scene_play(&s, &w, day, 1), EXIT_USAGE);
	scene_fini(&s);
}

static void
what_the_core_refuses_ends_it(void **state)
{
	const struct canned refused[] = {
		{ VERB_REPORT, NULL, EXIT_NOT_ALLOWED } };
	const struct canned halfway[] = { OUTLINE(values), SHIFTS,
		{ VERB_TAGS, tags, EXIT_DONE },
		{ VERB_DESCRIBE, descriptions, EXIT_DONE },
		{ VERB_HISTORY, NULL, EXIT_REFUSED } };
	const struct canned broken[] = { OUTLINE("report = { name = ; };") };
	struct report_wish w = wish_at("2026-11-22T12:30:00Z");
	struct scene s;

	(void)state;
	assert_int_equal(scene_play(&s, &w, refused, 1), EXIT_NOT_ALLOWED);
	scene_fini(&s);
	assert_int_equal(scene_play(&s, &w, halfway, 5), EXIT_REFUSED);
	scene_fini(&s);
	assert_int_equal(scene_play(&s, &w, broken, 1), EXIT_INTERNAL);
	scene_fini(&s);
}

/* Rows that are too short or of the wrong sort are not figures. */
static void
senseless_rows_do_no_harm(void **state)
{
	const struct canned answers[] = { OUTLINE(values), SHIFTS,
		{ VERB_TAGS, "\nLT-1.pv\n#1|#2|#3|#4|#5|#6|#7|#8|#9|#10\n"
			     "LT-2.pv|||||||||",
		    EXIT_DONE },
		{ VERB_DESCRIBE, "LT-2.pv\nother|||||#9|#9\n#1", EXIT_DONE },
		{ VERB_HISTORY, "LT-2.pv\nother|||||||||||||\nLT-2.pv|a|b|c|d|e|f|g|"
				"h|i|j|k|l|m|n",
		    EXIT_DONE } };
	struct report_wish w = wish_at("2026-11-22T12:30:00Z");
	struct scene s;

	(void)state;
	assert_int_equal(scene_play(&s, &w, answers, 5), EXIT_DONE);
	expect_row(&s, NIGHT ",values,LT-2.pv,,avg,,");
	scene_fini(&s);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test(name)
	const struct CMUnitTest tests[] = {
		TEST(one_bucket_for_each_tag_is_asked_for),
		TEST(each_figure_has_its_unit_and_coverage),
		TEST(what_holds_for_too_short_a_time_is_starred),
		TEST(texts_are_in_the_language_of_the_person),
		TEST(without_a_date_it_is_the_last_complete_shift),
		TEST(a_day_has_all_its_shifts_in_order),
		TEST(a_shift_that_goes_on_says_how_far_it_is),
		TEST(what_cannot_be_reported_says_why),
		TEST(what_the_core_refuses_ends_it),
		TEST(senseless_rows_do_no_harm),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	when_zone("Europe/Berlin");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
