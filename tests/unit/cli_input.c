/* SPDX-License-Identifier: ISC */
/* What verbs read: keys and projects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli_scene.h"
#include "project/files.h"

/* The demonstration project, in the source tree. */
static char *
riverside(void)
{
	const char *src = getenv("SG_SRC");

	return xasprintf("%s/conf/riverside", src != NULL ? src : "..");
}

static struct buf fed;

static void
takes_input(struct core *c)
{
	core_begin(c);
	do {
		if (core_hear(c) != MESSAGE_FEED)
			return;
		buf_add(&fed, c->in + 5, c->heard - 5);
	} while (c->heard > 5);
	core_end(c, EXIT_DONE, "revision 18");
}

static void
project_id(char id[65], const char *dir, int tar)
{
	struct project_files f = { 0 };
	struct report r;
	struct err e;

	report_init(&r);
	assert_int_equal(dir != NULL ? project_files_read(&f, dir, &r, &e)
				     : project_files_read_tar(&f, tar, &r, &e),
	    0);
	project_files_id(&f, id);
	project_files_fini(&f);
	report_fini(&r);
}

static void
a_directory_is_checked_packed_and_fed_in_pieces(void **state)
{
	char *dir = riverside(), *line = xasprintf("project apply '%s'", dir);
	char before[65], after[65];
	struct scene s;

	(void)state;
	buf_clear(&fed);
	scene_prepare(&s, takes_input);
	s.app.remote = false;
	scene_run(&s, line);
	assert_string_equal(
	    buf_string(&s.err), "sightglass: revision 18\n");
	assert_int_equal(s.code, EXIT_DONE);
	assert_true(fed.len > 32768);
	assert_non_null(strstr(buf_string(&s.core.log), "FEED 32768\n"));
	scene_finish(&s);

	scene_input(&s, fed.at, fed.len);
	project_id(before, dir, -1);
	project_id(after, NULL, s.app.in_fd);
	assert_string_equal(before, after);
	close(s.app.in_fd);
	free(dir);
	free(line);
}

static void
a_tar_of_a_tar_is_the_same_project(void **state)
{
	struct scene s;
	struct buf first = { 0 };

	(void)state;
	buf_add(&first, fed.at, fed.len);	/* of the test before */
	buf_clear(&fed);
	scene_prepare(&s, takes_input);
	scene_input(&s, first.at, first.len);
	scene_run(&s, "project apply -");
	assert_int_equal(s.code, EXIT_DONE);
	assert_int_equal(fed.len, first.len);
	assert_memory_equal(fed.at, first.at, first.len);
	scene_finish(&s);
	buf_free(&first);
}

static void
refuses_input(struct core *c)
{
	core_begin(c);
	core_end(c, EXIT_NOT_ALLOWED, "needs project");
}

static void
a_refusal_ends_the_feeding(void **state)
{
	struct scene s;

	(void)state;
	scene_prepare(&s, refuses_input);
	scene_input(&s, fed.at, fed.len);
	scene_run(&s, "project apply -");
	assert_string_equal(
	    buf_string(&s.err), "sightglass: needs project\n");
	assert_int_equal(s.code, EXIT_NOT_ALLOWED);
	scene_finish(&s);
	buf_free(&fed);
}

/* A directory whose only file is wrong in one line. */
static void
broken_project(char *dir)
{
	static const char text[] = "format = 1;\nnmae = \"x\";\n";
	char path[64];
	int fd;

	strcpy(dir, "/tmp/cli-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/plant.conf", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(fd_write_all(fd, text, strlen(text)), 0);
	close(fd);
}

static void
remove_project(const char *dir)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/plant.conf", dir);
	unlink(path);
	rmdir(dir);
}

static void
a_broken_project_is_told_with_its_lines_and_never_sent(void **state)
{
	char dir[32], line[64], expected[64];
	struct scene s;

	(void)state;
	broken_project(dir);
	snprintf(expected, sizeof(expected), "%s/plant.conf:2: error: ", dir);
	scene_prepare(&s, core_leaves);
	s.app.remote = false;
	snprintf(line, sizeof(line), "project apply %s", dir);
	scene_run(&s, line);
	assert_int_equal(s.code, EXIT_NEGATIVE);
	assert_non_null(strstr(buf_string(&s.err), expected));
	assert_string_equal(buf_string(&s.core.log), "");
	scene_finish(&s);

	scene_prepare(&s, core_leaves);
	s.app.remote = false;
	snprintf(line, sizeof(line), "project check %s/", dir);
	scene_run(&s, line);
	assert_int_equal(s.code, EXIT_NEGATIVE);
	assert_non_null(strstr(buf_string(&s.out), expected));
	assert_string_equal(buf_string(&s.err), "");
	assert_string_equal(buf_string(&s.core.log), "");
	scene_finish(&s);

	scene_prepare(&s, core_leaves);
	s.app.remote = false;
	snprintf(line, sizeof(line), "project check -o csv %s", dir);
	scene_run(&s, line);
	assert_int_equal(
	    strncmp(buf_string(&s.out),
		"file,line,column,severity,text\nplant.conf,", 42),
	    0);
	scene_finish(&s);
	remove_project(dir);
}

static void
no_directory_of_the_server_is_read_for_a_remote_caller(void **state)
{
	(void)state;
	scene_expect(core_leaves, "project check /etc", EXIT_USAGE, "",
	    "sightglass: project check: no directory of the server is read; "
	    "tar c . | ssh PLANT project check -\n",
	    "");
	scene_expect(core_leaves, "project apply /etc", EXIT_USAGE, "",
	    "sightglass: project apply: no directory of the server is read; "
	    "tar c . | ssh PLANT project apply -\n",
	    "");
	scene_expect(core_leaves, "screen check /etc/passwd", EXIT_USAGE, "",
	    "sightglass: screen check: no file of the server is read; "
	    "ssh PLANT screen check - < FILE\n",
	    "");
	scene_expect(core_leaves, "screen check - --project /etc", EXIT_USAGE,
	    "", "sightglass: screen check: no directory of the server is read\n",
	    "");
	scene_expect(core_leaves, "screen preview /etc/passwd", EXIT_USAGE, "",
	    "sightglass: screen preview: no file of the server is read; use it "
	    "where the project is\n",
	    "");
}

static void
what_is_no_tar_is_no_project(void **state)
{
	struct scene s;

	(void)state;
	scene_prepare(&s, core_leaves);
	scene_input(&s, "this is no tar", 14);
	scene_run(&s, "project check -");
	assert_int_equal(s.code, EXIT_NEGATIVE);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: standard input: the bundle is not a tar\n");
	scene_finish(&s);
}

static void
a_key_comes_from_standard_input(void **state)
{
	static const struct {
		const char *input, *log, *err;
		int code;
	} cases[] = {
		{ "ssh-ed25519 AAAA olga@desk\n",
		    "HELLO sightglass\n"
		    "CALL user key add =olga key=ssh-ed25519 AAAA olga@desk\n",
		    "", EXIT_DONE },
		{ "\n# mine\r\n  ssh-ed25519 AAAA \r\n\n",
		    "HELLO sightglass\n"
		    "CALL user key add =olga key=ssh-ed25519 AAAA\n",
		    "", EXIT_DONE },
		{ "a\nb\n", NULL,
		    "sightglass: standard input: one line at a time\n",
		    EXIT_USAGE },
		{ " \n", NULL,
		    "sightglass: standard input: nothing was given\n",
		    EXIT_USAGE },
		{ "", NULL,
		    "sightglass: standard input: a line of text is expected\n",
		    EXIT_USAGE },
	};
	struct scene s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		scene_prepare(&s,
		    cases[i].log != NULL ? core_ends_well : core_leaves);
		scene_input(&s, cases[i].input, strlen(cases[i].input));
		s.app.remote = false;
		scene_run(&s, "user key add olga");
		assert_string_equal(buf_string(&s.err), cases[i].err);
		assert_int_equal(s.code, cases[i].code);
		if (cases[i].log != NULL)
			assert_string_equal(
			    buf_string(&s.core.log), cases[i].log);
		scene_finish(&s);
	}
}

static void
a_key_is_bounded(void **state)
{
	static char key[20000];
	struct scene s;

	(void)state;
	memset(key, 'k', sizeof(key));
	scene_prepare(&s, core_leaves);
	scene_input(&s, key, sizeof(key));
	s.app.remote = false;
	scene_run(&s, "user key add olga");
	assert_int_equal(s.code, EXIT_USAGE);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: standard input: more than 16384 bytes\n");
	scene_finish(&s);
}

/* One line each, in this order; what is behind them is the verb's. */
static void
passwords_come_first_and_go_ahead_of_the_call(void **state)
{
	static const struct {
		const char *input, *line, *log;
		bool remote;
	} cases[] = {
		{ "the secret\n", "user lock olga",
		    "HELLO sightglass\nSECRET own the secret\n"
		    "CALL user lock =olga\n", true },
		{ "", "user lock olga",
		    "HELLO sightglass\nCALL user lock =olga\n", false },
		{ "the secret\r\nssh-ed25519 AAAA\n", "user key add olga",
		    "HELLO sightglass\nSECRET own the secret\n"
		    "CALL user key add =olga key=ssh-ed25519 AAAA\n", true },
		{ "the secret\r\nthe new one\r\n", "user password olga",
		    "HELLO sightglass\nSECRET own the secret\n"
		    "SECRET other the new one\nCALL user password =olga\n",
		    true },
		{ "the new one\n", "user password olga --stdin",
		    "HELLO sightglass\nSECRET other the new one\n"
		    "CALL user password stdin= =olga\n", false },
		{ "the secret\n", "user password olga --remove",
		    "HELLO sightglass\nSECRET own the secret\n"
		    "CALL user password remove= =olga\n", true },
	};
	struct scene s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		scene_prepare(&s, core_ends_well);
		scene_input(&s, cases[i].input, strlen(cases[i].input));
		s.app.remote = cases[i].remote;
		scene_run(&s, cases[i].line);
		assert_string_equal(buf_string(&s.err), "");
		assert_string_equal(buf_string(&s.core.log), cases[i].log);
		scene_finish(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_directory_is_checked_packed_and_fed_in_pieces),
		cmocka_unit_test(a_tar_of_a_tar_is_the_same_project),
		cmocka_unit_test(a_refusal_ends_the_feeding),
		cmocka_unit_test(
		    a_broken_project_is_told_with_its_lines_and_never_sent),
		cmocka_unit_test(
		    no_directory_of_the_server_is_read_for_a_remote_caller),
		cmocka_unit_test(what_is_no_tar_is_no_project),
		cmocka_unit_test(a_key_comes_from_standard_input),
		cmocka_unit_test(a_key_is_bounded),
		cmocka_unit_test(passwords_come_first_and_go_ahead_of_the_call),
	};

	signal(SIGPIPE, SIG_IGN);	/* as every program of ours */
	alarm(60);			/* a client that waits for ever fails */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
