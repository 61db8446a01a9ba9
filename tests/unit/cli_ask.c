/* SPDX-License-Identifier: ISC */
/* Questions and commands, their answers, errors and exit codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_scene.h"

static void
two_pages(struct core *c)
{
	struct cell page1[] = { cell_text("olga"), cell_text("operator"),
		cell_text("anna"), cell_text("admin") };
	struct cell page2[] = { cell_text("vera"), cell_null() };

	core_begin(c);
	core_rows(c, 2, 2, page1);
	core_hear(c);
	core_rows(c, 1, 2, page2);
	core_hear(c);
	core_end(c, EXIT_DONE, "");
}

static void
one_page(struct core *c)
{
	struct cell page[] = { cell_text("olga"), cell_text("anna"),
		cell_text("vera") };

	core_begin(c);
	core_rows(c, 3, 1, page);
}

static void
an_answer_is_asked_for_page_by_page(void **state)
{
	(void)state;
	scene_expect(two_pages, "user list -o csv", EXIT_DONE,
	    USER_COLUMNS "\nolga,operator,,,,,,,,\nanna,admin,,,,,,,,\n"
			 "vera,,,,,,,,,\n",
	    "",
	    "HELLO sightglass\nCALL user list\nMORE\nMORE\n");
	scene_expect(two_pages, "user list -q", EXIT_DONE, "olga\nanna\nvera\n",
	    "",
	    NULL);
	scene_expect(one_page, "user list -q -n 2", EXIT_DONE, "olga\nanna\n",
	    "",
	    "HELLO sightglass\nCALL user list\nCANCEL\n");
}

static void
one_result(struct core *c)
{
	struct cell row[] = { cell_text("site.target"), cell_text("4.5"),
		cell_text("9"), cell_text("refused: above 5.5"),
		cell_uint(0) };

	core_begin(c);
	core_rows(c, 1, 5, row);
	core_end(c, EXIT_REFUSED, "site.target: refused: above 5.5");
}

static void
a_refused_command_has_a_row_a_sentence_and_its_code(void **state)
{
	(void)state;
	scene_expect(one_result, "set site.target 9 --expect 4.5 -o csv",
	    EXIT_REFUSED,
	    "name,old,new,result,elapsed_ms\n"
	    "site.target,4.5,9,refused: above 5.5,0\n",
	    "sightglass: site.target: refused: above 5.5\n",
	    "HELLO sightglass\n"
	    "CALL set expect=4.5 =site.target value=9\nMORE\n");
	scene_expect(one_result, "set -q site.target 9", EXIT_REFUSED, "",
	    "sightglass: site.target: refused: above 5.5\n", NULL);
}

static void
nothing_there(struct core *c)
{
	core_begin(c);
	core_end(c, EXIT_NEGATIVE, "");
}

static void
no_such(struct core *c)
{
	core_begin(c);
	core_end(c, EXIT_NO_SUCH, "no tag \"x\033[2J\"");
}

static void
an_empty_answer_is_an_answer_and_an_error_is_none(void **state)
{
	(void)state;
	scene_expect(nothing_there, "session list -o csv", EXIT_NEGATIVE,
	    SESSION_COLUMNS "\n", "", NULL);
	scene_expect(nothing_there, "session list", EXIT_NEGATIVE, "", "",
	    NULL);
	scene_expect(no_such, "get x -o csv", EXIT_NO_SUCH, "",
	    "sightglass: no tag \"x\xc2\xb7[2J\"\n", NULL);
	scene_expect(no_such, "get x -o json", EXIT_NO_SUCH, "",
	    "sightglass: no tag \"x\xc2\xb7[2J\"\n", NULL);
}

static void
dies_after_a_page(struct core *c)
{
	struct cell row[] = { cell_text("olga") };

	core_begin(c);
	core_rows(c, 1, 1, row);
	core_hear(c);
	fd_close(&c->fd);
}

static void
a_server_that_dies_leaves_a_visibly_torn_answer(void **state)
{
	struct scene s;

	(void)state;
	scene_prepare(&s, dies_after_a_page);
	scene_run(&s, "user list -o json");
	assert_int_equal(s.code, EXIT_NO_SERVER);
	assert_non_null(strstr(buf_string(&s.out), "\"user\":\"olga\""));
	assert_null(strstr(buf_string(&s.out), "]}"));
	assert_string_equal(buf_string(&s.err),
	    "sightglass: no server: the server closed the connection\n");
	scene_finish(&s);
}

static void
dies_after_the_call(struct core *c)
{
	core_begin(c);
	fd_close(&c->fd);
}

static void
a_command_without_result_is_unknown(void **state)
{
	(void)state;
	scene_expect(dies_after_the_call, "do P-101A start", EXIT_UNKNOWN, "",
	    "sightglass: the server closed the connection; sent or perhaps "
	    "sent, not confirmed: check the plant\n",
	    NULL);
}

static void
refuses(struct core *c)
{
	struct put p;

	core_hear(c);
	p = core_say(c, MESSAGE_REFUSED);
	put_u8(&p, EXIT_NOT_ALLOWED);
	put_text(&p, "the account nobody is no user");
	core_sent(c, &p);
	fd_close(&c->fd);
}

static void
another_version(struct core *c)
{
	core_greet(c, WIRE_VERSION + 1);
}

static void
who_may_not_talk_to_the_server_is_told(void **state)
{
	(void)state;
	scene_expect(refuses, "status", EXIT_NOT_ALLOWED, "",
	    "sightglass: the account nobody is no user\n", NULL);
	scene_expect(another_version, "status", EXIT_INTERNAL, "",
	    "sightglass: the server is sightglass 0.1.0, this program is "
	    "0.1.0\n",
	    NULL);
}

static void
answers_locally(struct core *c)
{
	core_greet(c, WIRE_VERSION);
	core_hear(c);
	core_welcome(c);
	core_hear(c);
	core_end(c, EXIT_DONE, "");
}

static void
a_local_caller_says_where_he_sits(void **state)
{
	char dir[] = "/tmp/cli-XXXXXX", line[128], path[64];
	struct scene s;
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/core.sock", dir);
	snprintf(line, sizeof(line), "-s %s session list", path);
	scene_prepare(&s, answers_locally);
	fd_close(&s.core.fd);
	fd_close(&s.app.session_fd);
	s.app.remote = false;
	s.core.listener = fd_listen_unix(path, 0600, &e);
	assert_true(s.core.listener >= 0);
	scene_run(&s, line);
	assert_int_equal(s.code, EXIT_DONE);
	assert_string_equal(buf_string(&s.core.log),
	    "HELLO sightglass\nLOCAL /dev/tty1 linux\nCALL session list\n");
	scene_finish(&s);
	unlink(path);
	rmdir(dir);
}

static void
without_a_server_there_is_a_clear_sentence(void **state)
{
	struct scene s;

	(void)state;
	scene_prepare(&s, core_leaves);
	fd_close(&s.app.session_fd);
	s.app.remote = false;
	scene_run(&s, "-s /nonexistent/core.sock status");
	assert_int_equal(s.code, EXIT_NO_SERVER);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: no server: /nonexistent/core.sock: No such file or "
	    "directory; is sightglassd running?\n");
	assert_string_equal(buf_string(&s.out), "");
	scene_finish(&s);
}

static void
a_remote_caller_names_no_socket(void **state)
{
	(void)state;
	scene_expect(core_leaves, "-s /run/other.sock status", EXIT_USAGE, "",
	    "sightglass: -s does not fit here: this session has its server\n"
	    "usage: sightglass status\n",
	    "");
}

static void
times_of_the_plant_travel_as_utc(void **state)
{
	(void)state;
	scene_expect(core_ends_well,
	    "events --since '2026-11-22 06:00' --until 2026-11-22T12:00:00Z "
	    "-n 7",
	    EXIT_DONE, "", "",
	    "HELLO sightglass\n"
	    "CALL events since=2026-11-22T05:00:00.000Z "
	    "until=2026-11-22T12:00:00.000Z count=7\n");
	scene_expect(core_ends_well, "events --since '2026-10-25 02:30'",
	    EXIT_DONE, "",
	    "sightglass: warning: \"2026-10-25 02:30\" exists twice or not at "
	    "all on that day; taken as 2026-10-25T00:30:00.000Z\n",
	    NULL);
}

static void
two_alarms(struct core *c)
{
	struct cell row[32] = { [0] = cell_text("OLD"),
		[8] = cell_time((struct wall){ 1795300000000 }),
		[16] = cell_text("NEW"),
		[24] = cell_time((struct wall){ 1795350790482 }) };

	core_begin(c);
	core_rows(c, 2, 16, row);
	core_hear(c);
	core_end(c, EXIT_DONE, "");
}

static void
the_client_keeps_to_the_time_where_the_core_does_not(void **state)
{
	(void)state;
	scene_expect(two_alarms, "alarms -q --since 2026-11-22T12:00:00Z",
	    EXIT_DONE,
	    "NEW\n", "", NULL);
	scene_expect(two_alarms, "alarms -q --until 2026-11-22T12:00:00Z",
	    EXIT_DONE,
	    "OLD\n", "", NULL);
	scene_expect(two_alarms, "alarms -q --since 2026-11-23", EXIT_NEGATIVE,
	    "",
	    "", NULL);
}

static void
two_values(struct core *c)
{
	struct cell row[20] = { [0] = cell_text("a"), [1] = cell_real(0.5, 2),
		[4] = cell_text("good"), [10] = cell_text("site.power"),
		[11] = cell_real(41.8, 2), [14] = cell_text("bad"),
		[15] = cell_text("comm") };

	core_begin(c);
	core_rows(c, 2, 10, row);
	core_hear(c);
	core_end(c, EXIT_DONE, "");
}

static void
a_bare_value_that_is_not_good_is_said_to_be_so(void **state)
{
	(void)state;
	scene_expect(two_values, "get -q a site.power", EXIT_DONE,
	    "0.5\n41.8\n",
	    "sightglass: site.power is bad: comm\n", NULL);
}

static void
what_is_not_understood_asks_no_core(void **state)
{
	(void)state;
	scene_expect(core_leaves, "tagz", EXIT_USAGE, "",
	    "sightglass: no verb \"tagz\"; did you mean \"tags\"?\n"
	    "see: sightglass help\n",
	    "");
	scene_expect(core_leaves, "set site.target", EXIT_USAGE, "",
	    "sightglass: set needs VALUE\n"
	    "usage: sightglass set TAG VALUE [--expect OLD] [--confirm VALUE] "
	    "[--second NAME] "
	    "[--reason TEXT]\n",
	    "");
	scene_expect(core_leaves, "version", EXIT_DONE, "sightglass 0.1.0\n",
	    "", "");
	scene_expect(core_leaves, "version -q", EXIT_DONE, "sightglass\n", "",
	    "");
	scene_expect(core_leaves, "help nonsense", EXIT_USAGE, "",
	    "sightglass: no verb \"nonsense\"\n", "");
}

static void
some_tags(struct core *c)
{
	struct cell row[] = { cell_text("LT-501.pv"), cell_text("LT-502.pv") };

	core_begin(c);
	core_rows(c, 2, 1, row);
	core_hear(c);
	core_end(c, EXIT_DONE, "");
}

static void
completion_knows_the_names_of_the_core(void **state)
{
	(void)state;
	scene_expect(some_tags, "complete -- get LT-", EXIT_DONE,
	    "LT-501.pv\nLT-502.pv\n", "",
	    "HELLO sightglass\nCALL tags =LT-*\nMORE\n");
	scene_expect(core_leaves, "complete -- get LT-", EXIT_DONE, "", "",
	    NULL);
	scene_expect(core_leaves, "complete -- st", EXIT_DONE, "status\nstore\n", "",
	    NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_asked_for_page_by_page),
		cmocka_unit_test(
		    a_refused_command_has_a_row_a_sentence_and_its_code),
		cmocka_unit_test(
		    an_empty_answer_is_an_answer_and_an_error_is_none),
		cmocka_unit_test(
		    a_server_that_dies_leaves_a_visibly_torn_answer),
		cmocka_unit_test(a_command_without_result_is_unknown),
		cmocka_unit_test(who_may_not_talk_to_the_server_is_told),
		cmocka_unit_test(a_local_caller_says_where_he_sits),
		cmocka_unit_test(without_a_server_there_is_a_clear_sentence),
		cmocka_unit_test(a_remote_caller_names_no_socket),
		cmocka_unit_test(times_of_the_plant_travel_as_utc),
		cmocka_unit_test(
		    the_client_keeps_to_the_time_where_the_core_does_not),
		cmocka_unit_test(
		    a_bare_value_that_is_not_good_is_said_to_be_so),
		cmocka_unit_test(what_is_not_understood_asks_no_core),
		cmocka_unit_test(completion_knows_the_names_of_the_core),
	};

	signal(SIGPIPE, SIG_IGN);	/* as every program of ours */
	alarm(60);			/* a client that waits for ever fails */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
