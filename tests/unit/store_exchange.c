/* SPDX-License-Identifier: ISC */
/* One state takes another's place, killed at each of its steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "store/exchange.h"
#include "store/record.h"

/* The step at which this process is killed, or fails; 0: none. */
static int kill_at, fail_at;
int __real_renameat(int a, const char *from, int b, const char *to);
int __wrap_renameat(int a, const char *from, int b, const char *to);

int
__wrap_renameat(int a, const char *from, int b, const char *to)
{
	if (kill_at > 0 && --kill_at == 0)
		raise(SIGKILL);
	if (fail_at > 0 && --fail_at == 0) {
		errno = EIO;
		return -1;
	}
	return __real_renameat(a, from, b, to);
}

struct scene {
	char root[64], state[300];
};

static void
write_text(const char *dir, const char *name, const char *text)
{
	char path[300];
	struct err e;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (fd_write_file(path, text, strlen(text), 0600, &e) < 0)
		fail_msg("%s", e.text);
}

static void
make_dir(const char *dir, const char *name, char path[300])
{
	snprintf(path, 300, "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

/* As restore.c lays it ready, and as a core that was killed leaves it. */
static void
fill(struct scene *s)
{
	static const char *const dirs[] = { "history", "projects", "keys" };
	char new[300], path[300];
	size_t i;

	make_dir(s->root, "state", s->state);
	make_dir(s->state, EXCHANGE_NEW, new);
	make_dir(new, EXCHANGE_BEFORE "20261122T120000Z", path);
	for (i = 0; i < 3; i++) {
		make_dir(s->state, dirs[i], path);
		write_text(path, "a", "old");
		make_dir(new, dirs[i], path);
		write_text(path, "a", "new");
	}
	write_text(s->state, "record.db", "old");
	write_text(s->state, "record.db-wal", "old");
	write_text(s->state, "record.reserve", "old");
	write_text(new, "record.db", "new");
}

static int
setup(void **state)
{
	struct scene *s = calloc(1, sizeof(*s));

	strcpy(s->root, "/tmp/sg-exchange-XXXXXX");
	assert_non_null(mkdtemp(s->root));
	fill(s);
	*state = s;
	return 0;
}

static void
clear(struct scene *s)
{
	char command[200];

	snprintf(command, sizeof(command), "rm -rf '%s/state'", s->root);
	assert_int_equal(system(command), 0);
}

static int
teardown(void **state)
{
	struct scene *s = *state;

	clear(s);
	rmdir(s->root);
	free(s);
	return 0;
}

/* dir/name has this text; NULL: it is not there. */
static bool
holds(const char *dir, const char *name, const char *text)
{
	char path[400], found[8] = "";
	int fd;
	ssize_t n;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return text == NULL;
	n = read(fd, found, sizeof(found) - 1);
	close(fd);
	return text != NULL && n > 0 && strcmp(found, text) == 0;
}

/* All of dir is of one state; log: also what its core left. */
static bool
is_wholly(const char *dir, const char *text, bool log)
{
	return holds(dir, "record.db", text) &&
	    holds(dir, "history/a", text) && holds(dir, "projects/a", text) &&
	    holds(dir, "keys/a", text) &&
	    holds(dir, "record.db-wal", log ? text : NULL) &&
	    holds(dir, "record.reserve", log ? text : NULL);
}

static bool
is_exchanged(const struct scene *s)
{
	char before[400];

	snprintf(before, sizeof(before), "%s/" EXCHANGE_BEFORE
	    "20261122T120000Z", s->state);
	return is_wholly(s->state, "new", false) &&
	    is_wholly(before, "old", true);
}

static int
finish(struct scene *s)
{
	struct err e = { "" };

	return exchange_finish(s->state, 100, &e);
}

/* In a process of its own, which is killed at this step. True: it was. */
static bool
killed_at(struct scene *s, int step, bool decide)
{
	struct err e;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		kill_at = step;
		if (decide && exchange_decide(s->state, &e) < 0)
			_exit(1);
		_exit(finish(s) < 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return true;
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

static void
killed_at_any_step_one_state_stands_there_wholly(void **state)
{
	struct scene *s = *state;
	int step;

	for (step = 1; killed_at(s, step, true); step++) {
		if (step == 1)	/* not decided */
			assert_true(is_wholly(s->state, "old", true));
		else
			assert_true(is_exchanged(s) ||
			    exchange_is_due(s->state));
		assert_int_equal(finish(s), 0);
		assert_true(step == 1 ? is_wholly(s->state, "old", true)
				      : is_exchanged(s));
		assert_false(exchange_is_due(s->state));
		clear(s);
		fill(s);
	}
	assert_true(step > 12);
	assert_true(is_exchanged(s));
}

static void
killed_again_while_it_is_finished_it_goes_on(void **state)
{
	struct scene *s = *state;
	int first, second;

	for (first = 2; killed_at(s, first, true); first += 3) {
		for (second = 1; killed_at(s, second, false); second += 2)
			assert_true(exchange_is_due(s->state));
		assert_true(is_exchanged(s));
		clear(s);
		fill(s);
	}
}

static void
a_disk_that_fails_is_tried_again_and_nothing_is_opened_meanwhile(
    void **state)
{
	struct scene *s = *state;
	struct err e = { "" };
	int step;

	for (step = 2; step < 13; step++) {
		fail_at = step;
		assert_int_equal(exchange_decide(s->state, &e), 0);
		assert_int_equal(finish(s), -1);
		assert_null(record_open(s->state, &e));
		assert_non_null(strstr(e.text, "a restore was interrupted"));
		assert_int_equal(finish(s), 0);
		assert_true(is_exchanged(s));
		clear(s);
		fill(s);
	}
}

static void
without_a_former_state_nothing_is_put_aside(void **state)
{
	struct scene *s = *state;
	char command[500];
	struct err e;

	snprintf(command, sizeof(command), "cd '%s' && rm -r history projects "
	    "keys record.*", s->state);
	assert_int_equal(system(command), 0);
	assert_int_equal(exchange_decide(s->state, &e), 0);
	assert_int_equal(finish(s), 0);
	assert_true(is_wholly(s->state, "new", false));
	assert_true(holds(s->state, EXCHANGE_BEFORE "20261122T120000Z", NULL));
}

/* Whoever owns the state must not lead the parent, who is root, elsewhere. */
static void
no_link_is_followed(void **state)
{
	struct scene *s = *state;
	char new[400], away[400];
	struct err e;

	snprintf(new, sizeof(new), "%s/" EXCHANGE_NEW, s->state);
	snprintf(away, sizeof(away), "%s/away", s->state);
	assert_int_equal(rename(new, away), 0);
	assert_int_equal(symlink("away", new), 0);
	assert_int_equal(exchange_decide(s->state, &e), 0);
	assert_int_equal(finish(s), -1);
	assert_true(is_wholly(s->state, "old", true));
	assert_true(is_wholly(away, "new", false));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(killed_at_any_step_one_state_stands_there_wholly),
		TEST(killed_again_while_it_is_finished_it_goes_on),
		TEST(
		    a_disk_that_fails_is_tried_again_and_nothing_is_opened_meanwhile),
		TEST(without_a_former_state_nothing_is_put_aside),
		TEST(no_link_is_followed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
