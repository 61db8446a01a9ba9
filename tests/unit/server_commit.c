/* SPDX-License-Identifier: ISC */
/* Who waits for what is committed: a core with nothing but a record. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/core.h"

#define SOON 10000

struct world {
	struct core c;
	char dir[64];
	sqlite3 *lock;
	int order[64];
	size_t n;
};

static struct world *running;	/* for the callbacks, which get a number */

static void
done(void *arg, uint64_t upto)
{
	(void)arg;
	(void)upto;
}

static int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct err e;

	str_copy(w->dir, "/tmp/sg-commit-XXXXXX", sizeof(w->dir));
	assert_non_null(mkdtemp(w->dir));
	w->c.now = (struct mono){ 5000000 };
	w->c.commit.behind = MONO_NEVER;
	w->c.record = record_open(w->dir, &e);
	assert_non_null(w->c.record);
	record_start(w->c.record, done, NULL);
	running = *state = w;
	return 0;
}

static int
teardown(void **state)
{
	static const char *const files[] = { "record.db", "record.db-wal",
		"record.db-shm", "record.reserve" };
	struct world *w = *state;
	struct err e;
	char path[128];
	size_t i;

	assert_int_equal(record_close(w->c.record, &e), 0);
	commit_fini(&w->c);
	for (i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", w->dir, files[i]);
		unlink(path);
	}
	rmdir(w->dir);
	free(w);
	return 0;
}

static void
hold(struct world *w, bool on)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/record.db", w->dir);
	if (!on) {
		sqlite3_exec(w->lock, "ROLLBACK", NULL, NULL, NULL);
		sqlite3_close(w->lock);
		return;
	}
	assert_int_equal(sqlite3_open(path, &w->lock), SQLITE_OK);
	sqlite3_busy_timeout(w->lock, SOON);
	assert_int_equal(
	    sqlite3_exec(w->lock, "BEGIN IMMEDIATE", NULL, NULL, NULL),
	    SQLITE_OK);
}

static void
note(struct core *c, void *arg, uint64_t number)
{
	(void)c;
	(void)number;
	running->order[running->n++] = *(const int *)arg;
}

static const int numbers[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
#define WHO(i) ((void *)(uintptr_t)&numbers[i])

static void
put(struct world *w, const char *text)
{
	record_put_setting(commit_batch(&w->c), "test", text);
}

/* Submits, waits for the disk, releases. */
static void
turn(struct world *w)
{
	commit_submit(&w->c);
	if (w->c.commit.waiters.n > 0)
		record_wait(w->c.record,
		    w->c.commit.waiters.at[w->c.commit.waiters.n - 1].number,
		    SOON);
	commit_release(&w->c);
}

static void
nobody_is_called_before_the_commit(void **state)
{
	struct world *w = *state;

	put(w, "a");
	commit_then(&w->c, note, WHO(1));
	commit_release(&w->c);		/* not even submitted */
	assert_int_equal(w->n, 0);
	hold(w, true);
	commit_submit(&w->c);
	commit_release(&w->c);
	assert_int_equal(w->n, 0);
	hold(w, false);
	turn(w);
	assert_int_equal(w->n, 1);
	commit_release(&w->c);
	assert_int_equal(w->n, 1);	/* and only once */
}

static void
they_are_called_in_the_order_in_which_they_came(void **state)
{
	struct world *w = *state;
	int i;

	for (i = 0; i < 8; i++) {
		put(w, "x");
		commit_then(&w->c, note, WHO(i));
		if (i % 3 == 2)
			commit_submit(&w->c);
	}
	turn(w);
	assert_int_equal(w->n, 8);
	for (i = 0; i < 8; i++)
		assert_int_equal(w->order[i], i);
}

static void
who_is_forgotten_is_not_called(void **state)
{
	struct world *w = *state;

	commit_then(&w->c, note, WHO(1));
	commit_then(&w->c, note, WHO(2));
	commit_then(&w->c, note, WHO(1));
	commit_forget(&w->c, WHO(1));
	turn(w);
	assert_int_equal(w->n, 1);
	assert_int_equal(w->order[0], 2);
}

static void
again(struct core *c, void *arg, uint64_t number)
{
	note(c, arg, number);
	commit_forget(c, WHO(3));
	commit_then(c, note, WHO(4));
}

static void
one_who_is_called_may_wait_anew_and_forget_others(void **state)
{
	struct world *w = *state;

	commit_then(&w->c, again, WHO(1));
	commit_then(&w->c, note, WHO(2));
	commit_then(&w->c, note, WHO(3));
	turn(w);
	assert_int_equal(w->n, 2);
	assert_int_equal(w->order[1], 2);
	turn(w);
	assert_int_equal(w->n, 3);
	assert_int_equal(w->order[2], 4);
}

static void
a_store_that_takes_nothing_for_a_second_is_behind(void **state)
{
	struct world *w = *state;

	hold(w, true);
	put(w, "x");
	commit_submit(&w->c);
	commit_release(&w->c);
	assert_false(commit_is_behind(&w->c));
	w->c.now = mono_add(w->c.now, (struct span){ 1000 });
	assert_false(commit_is_behind(&w->c));
	w->c.now = mono_add(w->c.now, (struct span){ 1 });
	assert_true(commit_is_behind(&w->c));
	hold(w, false);
	commit_then(&w->c, note, WHO(1));
	turn(w);
	assert_int_equal(w->n, 1);
	assert_false(commit_is_behind(&w->c));
}

static void
a_safe_row_need_not_wait_for_the_database(void **state)
{
	struct record_audit row = { .user = "olga", .verb = "do",
		.name = "P-101A.stop" };
	struct world *w = *state;
	int ms;

	hold(w, true);
	record_audit_request(commit_batch(&w->c), &row);
	commit_then_safe(&w->c, note, WHO(1));
	commit_then(&w->c, note, WHO(2));
	commit_submit(&w->c);
	for (ms = 0; w->n == 0 && ms < SOON; ms++) {
		usleep(1000);
		commit_release(&w->c);
	}
	assert_int_equal(w->n, 1);	/* the safe one alone */
	assert_int_equal(w->order[0], 1);
	hold(w, false);
	turn(w);
	assert_int_equal(w->n, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nobody_is_called_before_the_commit),
		TEST(they_are_called_in_the_order_in_which_they_came),
		TEST(who_is_forgotten_is_not_called),
		TEST(one_who_is_called_may_wait_anew_and_forget_others),
		TEST(a_store_that_takes_nothing_for_a_second_is_behind),
		TEST(a_safe_row_need_not_wait_for_the_database),
	};

	return cmocka_run_group_tests_name("server_commit", tests, NULL, NULL);
}
