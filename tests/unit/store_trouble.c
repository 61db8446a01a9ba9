/* SPDX-License-Identifier: ISC */
/* The record while others hold the lock, the disk is full, an fsync fails. */
#include "store_help.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>

#include "store/restored.h"
#include "store_vfs.h"

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Waits until the condition holds; fails after SOON. */
#define eventually(condition)                                                  \
	do {                                                                   \
		int64_t end = now_ms() + SOON;                                 \
		while (!(condition)) {                                         \
			if (now_ms() > end)                                    \
				fail_msg("never: %s", #condition);             \
			nanosleep(&(struct timespec){ 0, 1000000 }, NULL);     \
		}                                                              \
	} while (0)

static bool
is_ok(struct record *r)
{
	struct record_health h;

	record_health(r, &h);
	return h.ok;
}

static bool
says(struct record *r, const char *text)
{
	struct record_health h;

	record_health(r, &h);
	return !h.ok && strstr(h.text, text) != NULL;
}

static int
free_slots(struct record *r)
{
	struct record_health h;

	record_health(r, &h);
	return h.reserve_free;
}

/* sqlite3 at the prompt of somebody who looks after the plant. */
static sqlite3 *
hold_lock(const char *dir)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/record.db", dir);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL),
	    SQLITE_OK);
	sqlite3_busy_timeout(db, SOON);
	assert_int_equal(
	    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	return db;
}

static void
release_lock(sqlite3 *db)
{
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(db);
}

static void
copy_files(const char *from, const char *to, const char *names)
{
	char command[300];

	snprintf(command, sizeof(command), "cp %s/%s %s/", from, names, to);
	assert_int_equal(system(command), 0);
}

static char *
other_dir(void)
{
	char *dir = strdup("/tmp/sg-store-XXXXXX");

	assert_non_null(mkdtemp(dir));
	return dir;
}

static void
other_dir_remove(char *dir)
{
	void *state = dir;

	dir_remove(&state);
}

static void
while_somebody_holds_the_lock_all_waits_in_order(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_health h;
	sqlite3 *holder;
	uint64_t n = 0;
	int i;

	record_start(r, NULL, NULL);
	holder = hold_lock(*state);
	for (i = 0; i < 10; i++)
		submit_request(r, "site.target", false, &n);
	eventually(says(r, "somebody else is writing"));
	record_health(r, &h);
	assert_int_equal(h.behind.us, t0.us);
	assert_int_equal(h.ops, 20);
	assert_int_equal(record_committed(r), 0);
	assert_false(record_is_safe(r, n));
	release_lock(holder);
	assert_true(record_wait(r, n, SOON));
	eventually(is_ok(r));
	record_must_close(r);
	assert_int_equal(must_verify(*state).requests, 10);
}

struct told {
	pthread_mutex_t lock;
	int calls;
};

static void
hear(void *arg, uint64_t upto)
{
	struct told *t = arg;

	(void)upto;
	pthread_mutex_lock(&t->lock);
	t->calls++;
	pthread_mutex_unlock(&t->lock);
}

static int
calls(struct told *t)
{
	int n;

	pthread_mutex_lock(&t->lock);
	n = t->calls;
	pthread_mutex_unlock(&t->lock);
	return n;
}

static void
a_safe_command_goes_to_the_reserve_and_is_recorded_once(void **state)
{
	struct record *r = record_must_open(*state);
	struct told told = { .lock = PTHREAD_MUTEX_INITIALIZER };
	sqlite3 *holder = hold_lock(*state);
	uint64_t plain, safe, command;
	int heard;

	record_start(r, hear, &told);
	submit_request(r, "site.target", false, &plain);
	eventually(says(r, "somebody else"));
	heard = calls(&told);
	command = submit_request(r, "P-101A", true, &safe);
	eventually(record_is_safe(r, safe));
	eventually(calls(&told) > heard);
	assert_false(record_is_safe(r, plain));
	assert_int_equal(record_committed(r), 0);
	assert_int_equal(free_slots(r), 63);
	release_lock(holder);
	submit_result(r, command, "done");
	assert_true(record_wait(r, safe, SOON));
	eventually(free_slots(r) == 64);
	record_must_close(r);
	assert_int_equal(must_verify(*state).rows, 3);
	ask_equals(*state, "SELECT group_concat(name||result) FROM audit",
	    "site.target,P-101A,site.targetdone");
}

static void
see_open(void *arg, const struct record_audit *row)
{
	uint64_t *command = arg;

	assert_string_equal(row->name, "P-101A");
	assert_string_equal(row->user, "olga");
	assert_string_equal(row->new, "4.2");
	assert_int_equal(row->time.ms, noon.ms);
	assert_string_equal(row->result, "");
	*command = row->command;
}

/* What goes on after this record: its numbers are not given out again. */
static void
expect_given(const char *dir, uint64_t audit_seq)
{
	struct record_head h;
	struct err e = { "" };

	if (record_head(dir, &h, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(h.audit_seq, 0);
	assert_int_equal(h.audit_given, audit_seq);
}

static void
a_safe_command_before_a_crash_is_recorded_once(void **state)
{
	struct record *r = record_must_open(*state);
	char *dead = other_dir();
	uint64_t lost, safe, command, found = 0;
	sqlite3 *holder;
	int i;

	record_start(r, NULL, NULL);
	holder = hold_lock(*state);
	submit_request(r, "site.target", false, &lost);
	command = submit_request(r, "P-101A", true, &safe);
	eventually(record_is_safe(r, safe));
	copy_files(*state, dead, "record.*");	/* the crash */
	release_lock(holder);
	record_must_close(r);

	expect_given(dead, command);
	/* twice: the second time as if the reserve had not been emptied */
	copy_files(dead, *state, "record.reserve");
	for (i = 0; i < 2; i++) {
		r = record_must_open(dead);
		assert_int_equal(record_load_open_requests(
				     r, see_open, &found, NULL),
		    1);
		assert_int_equal(found, command);
		assert_int_equal(record_audit_seq(r), command);
		record_start(r, NULL, NULL);
		record_must_close(r);
		assert_int_equal(must_verify(dead).rows, 1);
		ask_equals(dead, "SELECT name FROM audit", "P-101A");
		copy_files(*state, dead, "record.reserve");
	}
	other_dir_remove(dead);
}

static void
the_reserve_is_bounded(void **state)
{
	struct record *r = record_must_open(*state);
	sqlite3 *holder = hold_lock(*state);
	uint64_t n[66];
	int i;

	record_start(r, NULL, NULL);
	for (i = 0; i < 66; i++)
		submit_request(r, "P-101A", true, &n[i]);
	eventually(record_is_safe(r, n[63]));
	eventually(free_slots(r) == 0);
	assert_false(record_is_safe(r, n[64]));
	release_lock(holder);
	assert_true(record_wait(r, n[65], SOON));
	assert_true(record_is_safe(r, n[65]));
	record_must_close(r);
	assert_int_equal(must_verify(*state).requests, 66);
}

static void
a_torn_slot_of_the_reserve_is_an_empty_one(void **state)
{
	struct record *r = record_must_open(*state);
	char path[128], *dead = other_dir();
	sqlite3 *holder;
	uint64_t n;
	int fd;

	record_start(r, NULL, NULL);
	holder = hold_lock(*state);
	submit_request(r, "P-101A", true, &n);
	eventually(record_is_safe(r, n));
	copy_files(*state, dead, "record.*");
	release_lock(holder);
	record_must_close(r);
	snprintf(path, sizeof(path), "%s/record.reserve", dead);
	fd = open(path, O_WRONLY);
	assert_int_equal(pwrite(fd, "X", 1, 80), 1);
	close(fd);
	r = record_must_open(dead);
	assert_int_equal(free_slots(r), 64);
	record_must_close(r);
	assert_int_equal(must_verify(dead).rows, 0);
	other_dir_remove(dead);
}

/* Commands of which each was confirmed are all on the disk, once. */
static void
expect_durable(const char *dir, uint64_t rows)
{
	char *cut = other_dir();
	struct record_proof p;

	disk_power_cut(dir, cut);
	p = must_verify(cut);
	assert_int_equal(p.requests, rows);
	assert_int_equal(p.last_seq, rows);
	other_dir_remove(cut);
}

static void
a_full_disk_keeps_all_and_stops_no_safe_command(void **state)
{
	struct record *r = record_must_open(*state);
	uint64_t n, safe;

	record_start(r, NULL, NULL);
	submit_request(r, "site.target", false, &n);
	assert_true(record_wait(r, n, SOON));
	disk_fail_writes(SQLITE_FULL);
	submit_request(r, "site.target", false, &n);
	eventually(says(r, "disk is full"));
	submit_request(r, "P-101A", true, &safe);
	eventually(record_is_safe(r, safe));
	assert_false(record_is_safe(r, n));
	disk_fail_writes(0);
	assert_true(record_wait(r, safe, SOON));
	expect_durable(*state, 3);
	record_must_close(r);
}

static void
a_server_starts_on_a_full_disk_and_stops_the_plant(void **state)
{
	struct record *r = record_must_open(*state);
	uint64_t n, safe;

	record_start(r, NULL, NULL);
	submit_request(r, "site.target", false, &n);
	assert_true(record_wait(r, n, SOON));
	record_must_close(r);
	disk_fail_writes(SQLITE_FULL);
	r = record_must_open(*state);
	record_start(r, NULL, NULL);
	submit_request(r, "P-101A", true, &safe);
	eventually(record_is_safe(r, safe));
	eventually(!is_ok(r));
	assert_true(record_committed(r) < safe);
	disk_fail_writes(0);
	assert_true(record_wait(r, safe, SOON));
	expect_durable(*state, 2);
	record_must_close(r);
}

static void
a_server_starts_while_somebody_holds_the_lock(void **state)
{
	struct record *r = record_must_open(*state);
	sqlite3 *holder;
	uint64_t n, safe;

	record_must_close(r);
	holder = hold_lock(*state);
	r = record_must_open(*state);
	record_start(r, NULL, NULL);
	submit_request(r, "site.target", false, &n);
	submit_request(r, "P-101A", true, &safe);
	eventually(record_is_safe(r, safe));
	assert_int_equal(record_committed(r), 0);
	release_lock(holder);
	assert_true(record_wait(r, safe, SOON));
	record_must_close(r);
	assert_int_equal(must_verify(*state).requests, 2);
}

static void
a_write_error_is_survived_by_opening_again(void **state)
{
	struct record *r = record_must_open(*state);
	uint64_t n;

	record_start(r, NULL, NULL);
	submit_request(r, "site.target", false, &n);
	assert_true(record_wait(r, n, SOON));
	disk_fail_writes(SQLITE_IOERR_WRITE);
	submit_request(r, "site.target", false, &n);
	eventually(says(r, "I/O error"));
	disk_fail_writes(0);
	assert_true(record_wait(r, n, SOON));
	eventually(is_ok(r));
	expect_durable(*state, 2);
	record_must_close(r);
}

static void
after_a_failed_fsync_all_that_was_confirmed_survives_a_power_cut(void **state)
{
	uint64_t n, confirmed = 0, failed;
	struct record *r;
	int at;

	for (at = 1; at <= 8; at++) {
		r = record_must_open(*state);
		record_start(r, NULL, NULL);
		disk_fail_sync(at);
		for (failed = 0; failed < 6; failed++) {
			submit_request(r, "site.target", false, &n);
			assert_true(record_wait(r, n, SOON));
			expect_durable(*state, ++confirmed);
		}
		disk_fail_sync(0);
		record_must_close(r);
		expect_durable(*state, confirmed);
	}
	assert_int_equal(must_verify(*state).rows, confirmed);
}

static void
two_failed_fsyncs_in_a_row_are_survived(void **state)
{
	struct record *r = record_must_open(*state);
	uint64_t n;
	int i;

	record_start(r, NULL, NULL);
	for (i = 1; i <= 5; i++) {
		disk_fail_sync(1);
		submit_request(r, "site.target", false, &n);
		eventually(!is_ok(r) || record_committed(r) == n);
		disk_fail_sync(i % 3 + 1);
		assert_true(record_wait(r, n, SOON));
		expect_durable(*state, (uint64_t)i);
		disk_fail_sync(0);
		eventually(is_ok(r));
	}
	record_must_close(r);
}

static void
a_failed_checkpoint_loses_nothing(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_batch *b;
	struct record_event row = event_row("intake", "P-101A.FAIL");
	uint64_t n = 0;
	int i, syncs;

	record_start(r, NULL, NULL);
	/* one large transaction: its checkpoint is due at once */
	b = record_batch_new(r);
	for (i = 0; i < 60000; i++)
		record_event(b, &row);
	syncs = disk_syncs();
	disk_fail_sync(3);	/* log; then log and file of the checkpoint */
	n = record_submit(r, b, t0);
	assert_true(record_wait(r, n, SOON));
	eventually(disk_syncs() >= syncs + 3);
	for (i = 0; i < 3; i++)
		submit_request(r, "site.target", false, &n);
	assert_true(record_wait(r, n, SOON));
	expect_durable(*state, 3);
	record_must_close(r);
	ask_equals(*state, "SELECT count(*) FROM events", "60000");
}

static void
a_reader_sees_all_while_the_record_recovers(void **state)
{
	struct record *r = record_must_open(*state);
	uint64_t n;
	int i;

	record_start(r, NULL, NULL);
	for (i = 1; i <= 20; i++) {
		sqlite3 *reader;
		char path[128];

		snprintf(path, sizeof(path), "%s/record.db", (char *)*state);
		assert_int_equal(sqlite3_open_v2(path, &reader,
				     SQLITE_OPEN_READONLY, NULL),
		    SQLITE_OK);
		sqlite3_exec(
		    reader, "SELECT count(*) FROM audit", NULL, NULL, NULL);
		disk_fail_sync(i % 4 + 1);
		submit_request(r, "site.target", false, &n);
		assert_true(record_wait(r, n, SOON));
		disk_fail_sync(0);
		expect_durable(*state, (uint64_t)i);
		sqlite3_db_config(reader, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
		    NULL);
		sqlite3_close(reader);
	}
	record_must_close(r);
}

static void
a_close_that_cannot_commit_says_so(void **state)
{
	struct record *r = record_must_open(*state);
	struct err e = { "" };
	uint64_t n;

	record_start(r, NULL, NULL);
	disk_fail_writes(SQLITE_FULL);
	submit_request(r, "site.target", false, &n);
	eventually(says(r, "disk is full"));
	assert_int_equal(record_close(r, &e), -1);
	assert_non_null(strstr(e.text, "disk is full"));
	disk_fail_writes(0);
	assert_int_equal(must_verify(*state).rows, 0);
}

static int
setup(void **state)
{
	disk_reset();
	return dir_make(state);
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, setup, dir_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(while_somebody_holds_the_lock_all_waits_in_order),
		IN_DIR(a_safe_command_goes_to_the_reserve_and_is_recorded_once),
		IN_DIR(a_safe_command_before_a_crash_is_recorded_once),
		IN_DIR(the_reserve_is_bounded),
		IN_DIR(a_torn_slot_of_the_reserve_is_an_empty_one),
		IN_DIR(a_full_disk_keeps_all_and_stops_no_safe_command),
		IN_DIR(a_server_starts_on_a_full_disk_and_stops_the_plant),
		IN_DIR(a_server_starts_while_somebody_holds_the_lock),
		IN_DIR(a_write_error_is_survived_by_opening_again),
		IN_DIR(after_a_failed_fsync_all_that_was_confirmed_survives_a_power_cut),
		IN_DIR(two_failed_fsyncs_in_a_row_are_survived),
		IN_DIR(a_failed_checkpoint_loses_nothing),
		IN_DIR(a_reader_sees_all_while_the_record_recovers),
		IN_DIR(a_close_that_cannot_commit_says_so),
	};

	disk_install();
	return cmocka_run_group_tests_name(
	    "store_trouble", tests, NULL, NULL);
}
