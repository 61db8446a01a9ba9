/* SPDX-License-Identifier: ISC */
/* What a process in its cage cannot do any more, and what it still can. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cage.h"

static bool caged;	/* this build and machine have one */

static int
in_cage(int (*what)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		if (cage_enter(NULL) < 0)
			_exit(99);
		_exit(what());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
run_a_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return errno;
}

static int
signal_another(void)
{
	return kill(getppid(), 0) < 0 ? errno : 0;
}

static int
remove_a_file(void)
{
	return unlink("/nonexistent") < 0 ? errno : 0;
}

static int
make_a_directory(void)
{
	return mkdir("/nonexistent/directory", 0700) < 0 ? errno : 0;
}

static void *
in_a_thread(void *program)
{
	(void)program;
	return (void *)(intptr_t)run_a_program();
}

static int
run_it_in_a_thread(void)
{
	pthread_t t;
	void *rc;

	if (pthread_create(&t, NULL, in_a_thread, NULL) != 0)
		return 98;
	pthread_join(t, &rc);
	return (int)(intptr_t)rc;
}

static int
read_and_raise(void)
{
	char byte;
	int fd = open("/dev/zero", O_RDWR);

	signal(SIGUSR1, SIG_IGN);
	if (fd < 0 || read(fd, &byte, 1) != 1 || write(fd, &byte, 1) != 1)
		return 1;
	return raise(SIGUSR1) == 0 ? 0 : 2;
}

static void
it_starts_no_program(void **state)
{
	(void)state;
	if (!caged)
		skip();
	assert_int_equal(in_cage(run_a_program), EPERM);
	assert_int_equal(in_cage(run_it_in_a_thread), EPERM);
}

static void
it_touches_no_other_process(void **state)
{
	(void)state;
	if (!caged)
		skip();
	assert_int_equal(in_cage(signal_another), EPERM);
}

static void
it_changes_no_files(void **state)
{
	(void)state;
	if (!caged)
		skip();
	assert_int_equal(in_cage(remove_a_file), EPERM);
	assert_int_equal(in_cage(make_a_directory), EPERM);
}

static void
it_opens_reads_and_writes(void **state)
{
	(void)state;
	assert_int_equal(in_cage(read_and_raise), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_starts_no_program),
		cmocka_unit_test(it_touches_no_other_process),
		cmocka_unit_test(it_changes_no_files),
		cmocka_unit_test(it_opens_reads_and_writes),
	};

#if (defined(__x86_64__) || defined(__aarch64__)) && !defined(SG_SANITIZE)
	/* a kernel without filters takes them for a wrong request */
	caged = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
#endif
	return cmocka_run_group_tests(tests, NULL, NULL);
}
