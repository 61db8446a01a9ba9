/* SPDX-License-Identifier: ISC */
/* The history: exact samples, honest gaps, whatever happens between. */
#include <signal.h>
#include <sys/wait.h>

#include "history_help.h"

static void
samples_come_back_before_and_after_their_commit_and_a_restart(void **state)
{
	int64_t t = midnight + HOUR;
	struct history *h = begin(*state, t);

	put(h, "a.x", t + 1, 1.5);
	put(h, "a.y", t + 2, -7);
	put_bad(h, "a.x", t + 3, 1.5);
	history_flush(h, (struct wall){ t + 3 });
	assert_rows(h, "a.x", t, t + HOUR, 0, "a.x +1 1.5 good\na.x +3 1.5 bad\n");
	settle(h, t + 3);
	assert_rows(h, "a.x", t, t + HOUR, 0, "a.x +1 1.5 good\na.x +3 1.5 bad\n");
	history_close(h, (struct wall){ t + 5 });

	h = begin(*state, t + 1000);
	put(h, "a.x", t + 1001, 2);
	settle(h, t + 1001);
	assert_rows(h, "a.x", t, t + HOUR, 0,
	    "a.x +1 1.5 good\na.x +3 1.5 bad\na.x +5 gap \na.x +1001 2 good\n");
	assert_rows(h, "a.y", t, t + HOUR, 0, "a.y +2 -7 good\na.y +5 gap \n");
	history_close(h, (struct wall){ t + 2000 });
}

static void
a_killed_writer_loses_nothing_that_was_committed(void **state)
{
	int64_t t = midnight + HOUR;
	struct history *h;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		h = begin(*state, t);
		put(h, "a.x", t + 1, 1);
		put(h, "a.x", t + 2, 2);
		history_flush(h, (struct wall){ t + 10 });
		if (!history_wait(h, SOON))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	h = begin(*state, t + 5000);
	put(h, "a.x", t + 6000, 3);
	settle(h, t + 6000);
	assert_rows(h, "a.x", t, t + HOUR, 0,
	    "a.x +1 1 good\na.x +2 2 good\na.x +10 gap \na.x +6000 3 good\n");
	history_close(h, (struct wall){ t + 7000 });
}

static void
samples_land_in_the_day_of_their_time(void **state)
{
	struct history *h = begin(*state, midnight - 1000);
	char path[512];

	put(h, "a.x", midnight - 1, 1);
	put(h, "a.x", midnight, 2);
	put(h, "a.y", midnight - 2, 3);	/* late */
	settle(h, midnight + 10);
	assert_rows(h, "a.x", midnight - 5, midnight, 0, "a.x +4 1 good\n");
	assert_rows(h, "a.x", midnight - 5, midnight + 5, 0,
	    "a.x +4 1 good\na.x +5 2 good\n");
	assert_rows(h, "a.y", midnight - 5, midnight + 5, 0,
	    "a.y +3 3 good\n");
	history_close(h, (struct wall){ midnight + 20 });
	snprintf(path, sizeof(path), "%s/history/2026-11-21.db",
	    (char *)*state);
	assert_int_equal(access(path, R_OK), 0);
	snprintf(path, sizeof(path), "%s/history/2026-11-22.db",
	    (char *)*state);
	assert_int_equal(access(path, R_OK), 0);
}

static void
a_tag_that_is_not_logged_any_more_ends(void **state)
{
	struct history *h = begin(*state, midnight);

	put(h, "a.x", midnight + 1, 1);
	history_end(h, history_tag(h, "a.x"), (struct wall){ midnight + 9 });
	settle(h, midnight + 10);
	assert_rows(h, "a.x", midnight, midnight + 100, 0,
	    "a.x +1 1 good\na.x +9 gap \n");
	assert_rows(h, "a.x", midnight + 50, midnight + 100, 0, "");
	history_close(h, (struct wall){ midnight + 700 });
}

static void
a_step_of_the_clock_loses_nothing(void **state)
{
	struct history *h = begin(*state, midnight);

	put(h, "a.x", midnight + 5000, 1);
	put(h, "a.x", midnight + 3000, 2);
	put(h, "a.x", midnight + 6000, 3);
	settle(h, midnight + 10000);
	assert_true(bucket(h, "a.x", midnight, midnight + 10000).count == 3);
	history_close(h, (struct wall){ midnight + 11000 });
	h = begin(*state, midnight + DAY);
	assert_true(bucket(h, "a.x", midnight, midnight + 10000).count == 3);
	history_close(h, (struct wall){ midnight + DAY });
}

static void
what_does_not_fit_is_counted_and_is_a_gap(void **state)
{
	struct history *h = must_open(*state, &plenty);
	struct history_health s;
	struct wall since;
	uint64_t count;
	int i;

	/* nobody takes yet: the thread is not started */
	for (i = 0; i < HISTORY_QUEUE; i++)
		put(h, "a.x", midnight + i, i);
	history_flush(h, (struct wall){ midnight + i });
	put(h, "a.x", midnight + i, 1);
	put(h, "a.x", midnight + i + 1, 2);
	history_flush(h, (struct wall){ midnight + i + 1 });
	history_health(h, &s);
	assert_true(s.losing);
	assert_int_equal(s.lost, 2);
	assert_false(history_resumed(h, &count, &since));
	history_start(h, (struct wall){ midnight + i + 2 });
	assert_true(history_wait(h, SOON));
	assert_true(history_resumed(h, &count, &since));
	assert_int_equal(count, 2);
	assert_int_equal(since.ms, midnight + i);
	put(h, "a.x", midnight + i + 50, 9);
	settle(h, midnight + i + 50);
	assert_rows(h, "a.x", midnight + i - 1, midnight + i + 100, 2,
	    "a.x +0 499999 good\na.x +1 gap \na.x +51 9 good\n");
	history_close(h, (struct wall){ midnight + i + 100 });
}

static void
old_days_go_by_age_and_by_size(void **state)
{
	struct history_limits week = { { 7 * DAY }, 1LL << 40 };
	struct history_limits tiny = { { 7 * DAY }, 1 };
	struct history *h = begin(*state, midnight);
	struct history_health s;
	int day;

	for (day = 0; day < 10; day++)
		put(h, "a.x", midnight + day * DAY, day);
	settle(h, midnight + 9 * DAY);
	history_close(h, (struct wall){ midnight + 9 * DAY + 1 });

	h = must_open(*state, &week);
	history_start(h, (struct wall){ midnight + 9 * DAY + 2 });
	history_flush(h, (struct wall){ midnight + 9 * DAY + 2 });
	for (day = 0; day < 1000; day++) {
		history_health(h, &s);
		if (s.bytes > 0)
			break;
		usleep(10000);
	}
	assert_rows(h, "a.x", midnight, midnight + 4 * DAY, 0,
	    "a.x +172800000 2 good\na.x +259200000 3 good\n");
	history_close(h, (struct wall){ midnight + 9 * DAY + 3 });

	h = must_open(*state, &tiny);
	history_start(h, (struct wall){ midnight + 9 * DAY + 4 });
	for (day = 0; day < 1000; day++) {
		history_health(h, &s);
		if (s.bytes > 0)
			break;
		usleep(10000);
	}
	assert_rows(h, "a.x", midnight, midnight + 9 * DAY, 0, "");
	assert_rows(h, "a.x", midnight + 9 * DAY, midnight + 9 * DAY + 1, 0,
	    "a.x +0 9 good\n");
	history_close(h, (struct wall){ midnight + 9 * DAY + 5 });
}

static void
what_is_brought_in_stays_apart_from_what_was_recorded(void **state)
{
	struct history_import r;
	struct err e;
	struct history *h = begin(*state, midnight + HOUR);
	struct value v;
	int i;

	put(h, "a.x", midnight + HOUR, 5);
	settle(h, midnight + HOUR);
	history_close(h, (struct wall){ midnight + HOUR + 10 });
	h = must_open(*state, &plenty);
	assert_int_equal(history_import_begin(h, false, &e), 0);
	for (i = -1000; i < 1000; i++) {
		v = value_real(i, (struct wall){ midnight + i * 1000 });
		v.flags = VALUE_SIMULATED;
		assert_int_equal(
		    history_import_put(h, history_tag(h, "a.z"), &v, &e), 0);
	}
	v = value_real(1, (struct wall){ midnight + 2 * HOUR });
	history_import_put(h, history_tag(h, "a.x"), &v, &e);
	v = value_real(1, (struct wall){ midnight + HOUR });
	history_import_put(h, history_tag(h, "a.x"), &v, &e);
	assert_int_equal(history_import_end(h,
	    (struct wall){ midnight + 3 * HOUR }, &r, &e), 0);
	assert_int_equal(r.taken, 2001);
	assert_int_equal(r.refused, 1);
	history_close(h, (struct wall){ 0 });

	h = begin(*state, midnight + DAY);
	assert_int_equal(
	    bucket(h, "a.z", midnight - HOUR, midnight + HOUR).count, 2000);
	assert_int_equal(
	    bucket(h, "a.z", midnight - HOUR, midnight + HOUR).flags,
	    VALUE_SIMULATED);
	assert_rows(h, "a.z", midnight + 999000, midnight + 5 * HOUR, 0,
	    "a.z -1000 998 good\na.z +0 999 good\na.z +2601010 gap \n");
	history_close(h, (struct wall){ midnight + DAY });
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define FILES(f) cmocka_unit_test_setup_teardown(f, dir_make, dir_remove)
		FILES(samples_come_back_before_and_after_their_commit_and_a_restart),
		FILES(a_killed_writer_loses_nothing_that_was_committed),
		FILES(samples_land_in_the_day_of_their_time),
		FILES(a_tag_that_is_not_logged_any_more_ends),
		FILES(a_step_of_the_clock_loses_nothing),
		FILES(what_does_not_fit_is_counted_and_is_a_gap),
		FILES(old_days_go_by_age_and_by_size),
		FILES(what_is_brought_in_stays_apart_from_what_was_recorded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
