/* SPDX-License-Identifier: ISC */
/* A line looks as whoever reads standard error wants it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

struct ends {
	int read, kept;		/* kept: the standard error of the test */
	char line[2048];
};

static void
give(struct ends *x, int in, int out)
{
	x->read = in;
	x->kept = dup(STDERR_FILENO);
	assert_int_equal(dup2(out, STDERR_FILENO), STDERR_FILENO);
	close(out);
}

static void
take_back(struct ends *x)
{
	dup2(x->kept, STDERR_FILENO);
	close(x->kept);
	close(x->read);
	unsetenv("JOURNAL_STREAM");
}

static void
by_pipe(struct ends *x)
{
	int p[2];

	assert_int_equal(pipe(p), 0);
	give(x, p[0], p[1]);
}

static void
say_to_journal(void)
{
	char said[64];
	struct stat st;

	fstat(STDERR_FILENO, &st);
	snprintf(said, sizeof(said), "%llu:%llu",
	    (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
	setenv("JOURNAL_STREAM", said, 1);
}

static const char *
heard(struct ends *x)
{
	ssize_t n = read(x->read, x->line, sizeof(x->line) - 1);

	assert_true(n > 0);
	x->line[n] = '\0';
	return x->line;
}

static void
a_file_gets_process_and_level(void **state)
{
	struct ends x;
	char expected[64];

	(void)state;
	by_pipe(&x);
	log_open("prog", LOG_NOTE);
	log_warn("pump %d", 7);
	snprintf(expected, sizeof(expected), "prog[%d]: warning: pump 7\n",
	    (int)getpid());
	heard(&x);
	take_back(&x);
	assert_string_equal(x.line, expected);
}

static void
the_journal_gets_a_priority_and_neither_time_nor_process(void **state)
{
	struct ends x;
	char lines[4][64];

	(void)state;
	by_pipe(&x);
	say_to_journal();
	log_open("prog", LOG_TRACE);
	log_error("a");
	snprintf(lines[0], 64, "%s", heard(&x));
	log_warn("b");
	snprintf(lines[1], 64, "%s", heard(&x));
	log_note("c");
	snprintf(lines[2], 64, "%s", heard(&x));
	log_trace("d");
	snprintf(lines[3], 64, "%s", heard(&x));
	take_back(&x);
	assert_string_equal(lines[0], "<3>prog: a\n");
	assert_string_equal(lines[1], "<4>prog: b\n");
	assert_string_equal(lines[2], "<6>prog: c\n");
	assert_string_equal(lines[3], "<7>prog: d\n");
}

static void
a_text_cannot_bring_a_priority_of_its_own(void **state)
{
	struct ends x;

	(void)state;
	by_pipe(&x);
	say_to_journal();
	log_open("prog", LOG_NOTE);
	log_note("%s", "one\n<0>kernel: two");
	heard(&x);
	take_back(&x);
	assert_ptr_equal(strchr(x.line, '\n'), x.line + strlen(x.line) - 1);
	assert_int_equal(strncmp(x.line, "<6>prog: one", 12), 0);
}

static void
another_stream_than_the_journals_is_a_file(void **state)
{
	struct ends x;

	(void)state;
	by_pipe(&x);
	setenv("JOURNAL_STREAM", "1:1", 1);
	log_open("prog", LOG_NOTE);
	log_note("x");
	heard(&x);
	take_back(&x);
	assert_non_null(strstr(x.line, "]: info: x\n"));
}

/* What a parent that logs to syslog hands on. */
static void
a_datagram_socket_is_the_syslog_daemon(void **state)
{
	struct ends x;
	char who[64];
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	give(&x, pair[0], pair[1]);
	log_open("prog", LOG_NOTE);
	log_error("tripped");
	heard(&x);
	take_back(&x);
	snprintf(who, sizeof(who), " prog[%d]: tripped", (int)getpid());
	/* daemon.err, "Nov 23 16:00:00", the rest */
	assert_int_equal(strncmp(x.line, "<27>", 4), 0);
	assert_int_equal(strlen(x.line), 4 + 15 + strlen(who));
	assert_string_equal(x.line + 4 + 15, who);
}

static void
what_is_too_much_is_not_said(void **state)
{
	struct ends x;

	(void)state;
	by_pipe(&x);
	log_open("prog", LOG_WARN);
	log_note("no");
	log_warn("yes");
	heard(&x);
	take_back(&x);
	assert_non_null(strstr(x.line, "yes"));
	assert_null(strstr(x.line, "no"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_gets_process_and_level),
		cmocka_unit_test(
		    the_journal_gets_a_priority_and_neither_time_nor_process),
		cmocka_unit_test(a_text_cannot_bring_a_priority_of_its_own),
		cmocka_unit_test(another_stream_than_the_journals_is_a_file),
		cmocka_unit_test(a_datagram_socket_is_the_syslog_daemon),
		cmocka_unit_test(what_is_too_much_is_not_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
