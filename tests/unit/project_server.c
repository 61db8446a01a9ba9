/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>

#include "project/server.h"

static struct report report;
static struct server_config config;

static int
parse(const char *text)
{
	server_config_fini(&config);
	report_fini(&report);
	report_init(&report);
	return server_config_parse(
	    &config, "sightglass.conf", text, strlen(text), &report);
}

static void
an_empty_file_gives_the_defaults(void **state)
{
	(void)state;
	assert_int_equal(parse(""), 0);
	assert_string_equal(config.state, "/var/lib/sightglass");
	assert_string_equal(config.run, "/run/sightglass");
	assert_string_equal(config.users[1], "sightglass-io");
	assert_int_equal(config.n_listen, 2);
	assert_string_equal(config.listen[1], "[::1]:4022");
	assert_int_equal(config.ssh.login_grace.ms, 30000);
	assert_int_equal(config.ssh.tries, 4);
	assert_int_equal(config.ssh.sessions, 64);
	assert_int_equal(config.ssh.sessions_per_user, 8);
	assert_true(config.ssh.passwords);
	assert_int_equal(config.log.level, LOG_NOTE);
	assert_int_equal(config.restarts, 5);
	assert_int_equal(config.history.keep.ms, 730LL * 86400000);
	assert_int_equal(config.history.size_mb, 20000);
	assert_int_equal(config.n_lines, 0);
}

static void
what_is_written_holds(void **state)
{
	(void)state;
	assert_int_equal(parse("state = \"/tmp/x\"; users = ( \"a\", \"b\", "
	    "\"c\" ); listen = [ \"127.0.0.1:0\" ]; ssh = { tries = 2; "
	    "passwords = false; }; log = { level = \"debug\"; }; lines = ( { "
	    "name = \"net1\"; to = [ \"tcp:127.0.0.1:4502\" ]; } );"), 0);
	assert_string_equal(config.state, "/tmp/x");
	assert_string_equal(config.users[2], "c");
	assert_int_equal(config.n_listen, 1);
	assert_string_equal(config.listen[0], "127.0.0.1:0");
	assert_int_equal(config.ssh.tries, 2);
	assert_int_equal(config.ssh.sessions, 64);
	assert_false(config.ssh.passwords);
	assert_int_equal(config.log.level, LOG_TRACE);
	assert_int_equal(config.n_lines, 1);
	assert_string_equal(config.lines[0].name, "net1");
	assert_int_equal(config.lines[0].to[0].port, 4502);
}

static void
reads_back_as_printed(const char *text)
{
	struct buf first = { 0 }, second = { 0 };

	assert_int_equal(parse(text), 0);
	server_config_print(&config, &first);
	assert_int_equal(parse(buf_string(&first)), 0);
	server_config_print(&config, &second);
	assert_string_equal(buf_string(&first), buf_string(&second));
	buf_free(&first);
	buf_free(&second);
}

static void
what_is_printed_reads_back_to_the_same(void **state)
{
	(void)state;
	reads_back_as_printed("");
	reads_back_as_printed("state = \"/a \\\"b\\\" \\\\c\"; listen = [ ]; "
	    "ssh = { login_grace = \"1500ms\"; }; history = { keep = \"48h\"; "
	    "}; lines = ( { name = \"a\"; to = [ \"tcp:h:1\", \"tcp:i:2\" ]; "
	    "}, { name = \"b\"; to = [ \"rtu:/dev/x:9600:8N1\" ]; } );");
	assert_string_equal(config.state, "/a \"b\" \\c");
	assert_int_equal(config.ssh.login_grace.ms, 1500);
	assert_int_equal(config.history.keep.ms, 172800000);
	assert_int_equal(config.n_listen, 0);
	assert_string_equal(config.lines[0].to[1].host, "i");
}

static void
everything_wrong_is_said(void **state)
{
	(void)state;
	assert_int_equal(parse("stat = \"/x\";\nlisten = [ \"nonsense\" ];\n"
	    "ssh = { tries = 0; };\nusers = ( \"a\" );\nlog = { level = "
	    "\"loud\"; };\nlines = ( { name = \"a\"; to = [ \"x\" ]; }, { "
	    "name = \"a\"; to = [ \"tcp:h:1\" ]; } );\n"), -1);
	assert_int_equal(report.errors, 7);
	assert_int_equal(parse("state = \"/x"), -1);
	assert_string_equal(config.state, "/var/lib/sightglass");
}

static void
the_example_of_the_manual_is_the_defaults_and_a_line(void **state)
{
	const char *src = getenv("SG_SRC");
	char file[4096];

	(void)state;
	snprintf(file, sizeof(file), "%s/tests/project/sightglass.conf",
	    src ? src : ".");
	server_config_fini(&config);
	report_fini(&report);
	report_init(&report);
	assert_int_equal(server_config_read(&config, file, &report), 0);
	assert_string_equal(config.state, "/var/lib/sightglass");
	assert_string_equal(config.users[0], "sightglass");
	assert_int_equal(config.n_listen, 2);
	assert_int_equal(config.ssh.sessions, 64);
	assert_int_equal(config.history.keep.ms, 730LL * 86400000);
	assert_int_equal(config.n_lines, 1);
	assert_int_equal(config.lines[0].to[0].port, 4502);
}

static void
a_file_that_is_not_there_is_an_error(void **state)
{
	struct buf out = { 0 };

	(void)state;
	server_config_fini(&config);
	report_fini(&report);
	report_init(&report);
	assert_int_equal(server_config_read(
	    &config, "/nowhere/sightglass.conf", &report), -1);
	report_print(&report, NULL, &out);
	assert_string_equal(buf_string(&out), "/nowhere/sightglass.conf: "
	    "error: No such file or directory\n1 error, 0 warnings\n");
	buf_free(&out);
	server_config_fini(&config);
	report_fini(&report);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_gives_the_defaults),
		cmocka_unit_test(what_is_written_holds),
		cmocka_unit_test(what_is_printed_reads_back_to_the_same),
		cmocka_unit_test(everything_wrong_is_said),
		cmocka_unit_test(
		    the_example_of_the_manual_is_the_defaults_and_a_line),
		cmocka_unit_test(a_file_that_is_not_there_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
