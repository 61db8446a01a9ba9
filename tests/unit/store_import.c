/* SPDX-License-Identifier: ISC */
/* A past for a record that has none: all of it or nothing. */
#include "store_help.h"

#include <sys/stat.h>

#include "store/record_import.h"
#include "store/stage.h"
#include "store/tree.h"

static void
bring(struct record_import *im)
{
	struct record_batch *b = record_import_batch(im);
	struct record_audit row = { .time = noon, .user = "olga",
		.station = "simulated", .from = "simulated", .verb = "do",
		.name = "P-1.start" };
	struct record_event ev = { .time = noon, .kind = RECORD_COMMAND,
		.name = "P-1.start", .flags = VALUE_SIMULATED };

	ev.command = record_audit_request(b, &row);
	row.result = "done";
	record_audit_result(b, ev.command, &row);
	record_event(b, &ev);
}

static struct record_import *
must_begin(const char *dir)
{
	struct err e = { "" };
	struct record_import *im = record_import_begin(dir, &e);

	if (im == NULL)
		fail_msg("%s", e.text);
	return im;
}

static void
it_is_there_at_the_end_and_a_server_goes_on_behind_it(void **state)
{
	struct record_import *im = must_begin(*state);
	struct record_event ev = { .time = noon, .kind = RECORD_SYSTEM };
	struct record_batch *b;
	struct record *r;
	struct err e;

	bring(im);
	assert_int_equal(record_import_flush(im, &e), 0);
	bring(im);
	assert_int_equal(record_import_end(im, &e), 0);
	must_verify(*state);
	ask_equals(*state, "SELECT count(*) FROM audit", "4");
	ask_equals(*state,
	    "SELECT group_concat(seq||flags) FROM events_text",
	    "1simulated,2simulated");
	r = record_must_open(*state);
	record_start(r, NULL, NULL);
	b = record_batch_new(r);
	record_event(b, &ev);
	assert_true(record_wait(r, record_submit(r, b, t0), SOON));
	record_must_close(r);
	ask_equals(*state, "SELECT seq||flags FROM events_text"
			   " WHERE kind='system'", "3");
	must_verify(*state);
}

static void
what_does_not_come_to_its_end_is_not_there(void **state)
{
	struct record_import *im = must_begin(*state);
	struct err e;

	bring(im);
	assert_int_equal(record_import_flush(im, &e), 0);
	bring(im);
	record_import_drop(im);
	ask_equals(*state,
	    "SELECT (SELECT count(*) FROM audit)"
	    "||(SELECT count(*) FROM events)", "00");
	im = must_begin(*state);
	bring(im);
	assert_int_equal(record_import_end(im, &e), 0);
	ask_equals(*state, "SELECT count(*) FROM audit", "2");
}

static void
a_record_in_which_there_is_something_is_refused(void **state)
{
	struct record_import *im = must_begin(*state);
	struct err e = { "" };

	bring(im);
	assert_int_equal(record_import_end(im, &e), 0);
	assert_null(record_import_begin(*state, &e));
	assert_non_null(strstr(e.text, "there is a record already"));
	ask_equals(*state, "SELECT count(*) FROM audit", "2");
}

static void
a_state_takes_its_place_only_where_nothing_is(void **state)
{
	char *dir = *state, file[128], *stage;
	struct err e = { "" };

	stage = stage_begin(dir, &e);
	assert_non_null(stage);
	snprintf(file, sizeof(file), "%s/left", stage);
	assert_int_equal(mkdir(file, 0700), 0);
	free(stage);
	stage = stage_begin(dir, &e);	/* what was left is gone */
	assert_int_not_equal(access(file, F_OK), 0);
	assert_int_equal(mkdir(file, 0700), 0);
	assert_int_equal(stage_keep(stage, dir, &e), 0);
	snprintf(file, sizeof(file), "%s/left", dir);
	assert_int_equal(access(file, F_OK), 0);
	assert_int_not_equal(access(stage, F_OK), 0);
	free(stage);
	assert_null(stage_begin(dir, &e));
	assert_non_null(strstr(e.text, "is not empty"));
	assert_int_equal(access(file, F_OK), 0);
	tree_remove(file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    it_is_there_at_the_end_and_a_server_goes_on_behind_it,
		    dir_make, dir_remove),
		cmocka_unit_test_setup_teardown(
		    what_does_not_come_to_its_end_is_not_there, dir_make,
		    dir_remove),
		cmocka_unit_test_setup_teardown(
		    a_record_in_which_there_is_something_is_refused, dir_make,
		    dir_remove),
		cmocka_unit_test_setup_teardown(
		    a_state_takes_its_place_only_where_nothing_is, dir_make,
		    dir_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
