/* SPDX-License-Identifier: ISC */
/* Counting the starts of a child: /bin/true stands for the programs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/child.h"

#define MOST 5			/* starts in 60 s */

static struct mono
at(int64_t ms)
{
	return (struct mono){ 1000000000 + ms * 1000 };
}

/* Starts and ends at this time; its exit status. */
static int
live(struct child *c, int64_t ms)
{
	static char program[] = "/bin/true";
	char *argv[] = { program, NULL };
	int fd = open("/dev/null", O_RDWR), status;

	assert_true(child_start(c, argv, fd, at(ms)) > 0);
	close(fd);
	assert_int_equal(waitpid(c->pid, &status, 0), c->pid);
	child_ended(c, MOST, at(ms));
	return status;
}

static void
a_first_end_is_forgiven_at_once(void **state)
{
	struct child c = { .name = "child" };

	(void)state;
	assert_int_equal(live(&c, 0), 0);
	assert_int_equal(c.pid, 0);
	assert_false(c.degraded);
	assert_true(c.not_before.us == at(0).us);
	assert_int_equal(child_restarts(&c, at(0)), 0);
}

static void
a_restart_waits_a_moment_and_is_counted(void **state)
{
	struct child c = { .name = "child" };

	(void)state;
	live(&c, 0);
	live(&c, 1000);
	assert_false(c.degraded);
	assert_true(at(1000).us < c.not_before.us);
	assert_true(c.not_before.us < at(2000).us);
	assert_int_equal(child_restarts(&c, at(1000)), 1);
}

static void
too_many_starts_in_a_minute_degrade_it(void **state)
{
	struct child c = { .name = "child" };
	int i;

	(void)state;
	for (i = 0; i < MOST; i++) {
		live(&c, i * 1000);
		assert_false(c.degraded);
	}
	live(&c, MOST * 1000);
	assert_true(c.degraded);
	/* never an endless loop, and never given up */
	assert_true(c.not_before.us == at(MOST * 1000 + 10000).us);
	assert_int_equal(child_restarts(&c, at(MOST * 1000)), MOST);
}

static void
a_minute_later_all_is_forgotten(void **state)
{
	struct child c = { .name = "child" };
	int i;

	(void)state;
	for (i = 0; i <= MOST; i++)
		live(&c, i * 1000);
	assert_true(c.degraded);
	assert_int_equal(child_restarts(&c, at(66000)), 0);
	live(&c, 66000);
	assert_false(c.degraded);
}

/* Its alarm would stand for ever if only the next end took it back. */
static void
one_that_runs_for_a_minute_is_well_again(void **state)
{
	static char program[] = "/bin/cat";
	char *argv[] = { program, NULL };
	struct child c = { .name = "child" };
	int fd = open("/dev/null", O_RDWR), i;

	(void)state;
	for (i = 0; i <= MOST; i++)
		live(&c, i * 1000);
	assert_false(child_settle(&c, MOST, at(59000)));
	assert_true(child_start(&c, argv, fd, at(15000)) > 0);
	close(fd);
	assert_false(child_settle(&c, MOST, at(59000)));
	assert_true(c.degraded);
	assert_true(child_settle(&c, MOST, at(62000)));
	assert_false(c.degraded);
	assert_false(child_settle(&c, MOST, at(62000)));
	waitpid(c.pid, NULL, 0);
}

static void
more_starts_than_are_remembered_do_no_harm(void **state)
{
	struct child c = { .name = "child" };
	int i;

	(void)state;
	for (i = 0; i < CHILD_STARTS + 5; i++)
		live(&c, i);
	assert_int_equal(c.n_starts, CHILD_STARTS);
	assert_true(c.degraded);
}

static void
a_program_that_is_not_there_ends_with_127(void **state)
{
	static char program[] = "/nonexistent/program";
	char *argv[] = { program, NULL };
	struct child c = { .name = "child" };
	int fd = open("/dev/null", O_RDWR), status;

	(void)state;
	assert_true(child_start(&c, argv, fd, at(0)) > 0);
	close(fd);
	waitpid(c.pid, &status, 0);
	assert_int_equal(WEXITSTATUS(status), 127);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_first_end_is_forgiven_at_once),
		cmocka_unit_test(a_restart_waits_a_moment_and_is_counted),
		cmocka_unit_test(too_many_starts_in_a_minute_degrade_it),
		cmocka_unit_test(a_minute_later_all_is_forgotten),
		cmocka_unit_test(one_that_runs_for_a_minute_is_well_again),
		cmocka_unit_test(more_starts_than_are_remembered_do_no_harm),
		cmocka_unit_test(a_program_that_is_not_there_ends_with_127),
	};

	return cmocka_run_group_tests_name("server_child", tests, NULL, NULL);
}
