/* SPDX-License-Identifier: ISC */
/*
 * A day of the plant for a client that knows only its signal list: no water is
 * lost, and the alarms of the project leave the operators in peace.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim_fresh_master.h"

#define DAY_S	  86400
#define CALM	  144	/* alarms a day that one operator can answer */
#define CHATTER   3	/* times within a minute */

/*
 * One day, and what was seen of it.
 */
static struct {
	double in, out, before, after;	/* m3 */
	double up, down, hill[2];	/* m3 on the hill; m before and after */
	unsigned alarms, at_start, standing, washes;
	char first[64];			/* the first alarm, for people */
	double last[1024][CHATTER];	/* by alarm, when it came */
	bool chattered;
} day;

static void
note_alarm(struct master *of, uint32_t alarm, double at_s)
{
	double *last = day.last[alarm];

	if (day.alarms++ == 0)
		snprintf(day.first, sizeof(day.first), "%s at %.2f h",
		    of->plant->alarms[alarm].name, at_s / 3600.0);
	day.at_start += at_s < 60.0;
	memmove(last, last + 1, (CHATTER - 1) * sizeof(last[0]));
	last[CHATTER - 1] = at_s;
	if (of->came[alarm] >= CHATTER && at_s - last[0] < 60.0)
		day.chattered = true;
}

static double
washes(void)
{
	return master_get(&m, "F-301.washes") + master_get(&m, "F-302.washes") +
	    master_get(&m, "F-303.washes") + master_get(&m, "F-304.washes");
}

static int
live_a_day(void **state)
{
	double washed;
	uint32_t i;
	int s;

	setup(state);
	assert_true(m.plant->n_alarms < 1024);
	m.on_alarm = note_alarm;
	washed = washes();
	day.before = master_get(&m, "site.stored");
	day.hill[0] = master_get(&m, "LT-601.pv");
	for (s = 0; s < DAY_S; s++) {
		master_alarms(&m);
		master_run(&m, 1.0);
		master_read(&m);
		day.in += master_get(&m, "FT-101.pv") / 3600.0;
		day.out += (master_get(&m, "FT-501.pv") +
			       master_get(&m, "FT-401.pv")) / 3600.0;
		day.up += master_get(&m, "FT-601.pv") / 3600.0;
		day.down += master_get(&m, "FT-602.pv") / 3600.0;
	}
	day.after = master_get(&m, "site.stored");
	day.hill[1] = master_get(&m, "LT-601.pv");
	day.washes = (unsigned)(washes() - washed);
	for (i = 0; i < m.plant->n_alarms; i++)
		day.standing += alarm_is_shown(&m.alarms[i]) &&
		    m.alarms[i].active;
	master_fini(&m);
	return 0;
}

/* Raw water = town + drain + what the works holds more than before. The sump
 * lies before the meter of the raw water, so its part does not count. */
static void
no_water_is_lost_in_a_day(void **state)
{
	double lost = day.in - day.out - (day.after - day.before);

	(void)state;
	assert_true(day.in > 8000.0);
	if (fabs(lost) > 0.001 * day.in)
		fail_msg("in %.1f out %.1f more %.1f: %.2f m3 lost", day.in,
		    day.out, day.after - day.before, lost);
}

/* What leaves the works reaches town and hill; the reservoir keeps the rest. */
static void
nor_is_any_on_the_hill(void **state)
{
	double more = (day.hill[1] - day.hill[0]) * 180.0;
	double lost = day.up - day.down - more;

	(void)state;
	assert_true(day.up > 500.0 && day.down > 500.0);
	if (fabs(lost) > 0.001 * day.in)
		fail_msg("up %.1f down %.1f more %.1f: %.2f m3 lost", day.up,
		    day.down, more, lost);
}

static void
a_day_is_calm(void **state)
{
	(void)state;
	if (day.at_start > 0)
		fail_msg("at start: %s", day.first);
	if (day.alarms > CALM)
		fail_msg("%u alarms, first %s", day.alarms, day.first);
	if (day.standing > 0)
		fail_msg("%u stand, first was %s", day.standing, day.first);
	assert_false(day.chattered);
	printf("# %u alarms, %u washes\n", day.alarms, day.washes);
	assert_true(day.washes >= 1);	/* or it was no usual day */
}

/* The same alarms are not calm because nobody looks. */
static void
a_storm_is_not_calm(void **state)
{
	int s, asked = 0;
	uint32_t i;

	(void)state;
	m.works.storm_aim = 1.0;
	for (s = 0; s < 4 * 3600; s++) {
		master_run(&m, 1.0);
		master_read(&m);
		master_alarms(&m);
	}
	for (i = 0; i < m.plant->n_alarms; i++)
		if (strcmp(m.plant->alarms[i].name, "AT-101.H") == 0 ||
		    strcmp(m.plant->alarms[i].name, "AT-201.H") == 0) {
			assert_int_equal(m.came[i], 1);
			asked++;
		}
	assert_int_equal(asked, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_water_is_lost_in_a_day),
		cmocka_unit_test(nor_is_any_on_the_hill),
		cmocka_unit_test(a_day_is_calm),
		cmocka_unit_test_setup_teardown(
		    a_storm_is_not_calm, setup, teardown),
	};

	return cmocka_run_group_tests(tests, live_a_day, NULL);
}
