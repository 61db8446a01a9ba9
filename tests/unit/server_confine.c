/* SPDX-License-Identifier: ISC */
/* What a process that checks a foreign project can still reach: nothing. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "server/confine.h"

/* Runs what in a child that gave up its rights; its exit status. */
static int
confined(int (*what)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		confine_check();
		_exit(what());
	}
	assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
write_file(void)
{
	return open("/tmp/sightglass-confined", O_WRONLY | O_CREAT, 0600) >= 0;
}

static int
open_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int
make_process(void)
{
	return fork() >= 0;
}

static int
see_users(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static int
see_zones(void)
{
	return open("/usr/share/zoneinfo/Europe/Berlin", O_RDONLY) < 0;
}

static void
it_writes_no_file(void **state)
{
	(void)state;
	assert_int_equal(confined(write_file), 0);
}

static void
it_starts_no_process(void **state)
{
	(void)state;
	assert_int_equal(confined(make_process), 0);
}

#ifndef SG_SANITIZE		/* sanitizers need the calls that are filtered */
static void
it_opens_no_socket(void **state)
{
	(void)state;
	assert_int_equal(confined(open_socket), 0);
}
#endif

/* A kernel without Landlock lets it read, and nothing else. */
static void
it_reads_time_zones_and_not_the_users(void **state)
{
	(void)state;
	assert_int_equal(confined(see_zones), 0);
	if (syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION) >= 1)
		assert_int_equal(confined(see_users), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_writes_no_file),
		cmocka_unit_test(it_starts_no_process),
#ifndef SG_SANITIZE
		cmocka_unit_test(it_opens_no_socket),
#endif
		cmocka_unit_test(it_reads_time_zones_and_not_the_users),
	};

	return cmocka_run_group_tests_name("confine", tests, NULL, NULL);
}
