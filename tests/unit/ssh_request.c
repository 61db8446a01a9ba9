/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/fd.h"
#include "ssh/request.h"

static const char *const hostile[] = { "", "../../etc/passwd", "a/b",
	"xterm;id", "x term", "\x1b]0;x\x07", "x\n", "$(id)", "x\xc2\x9bm",
	"a\xe2\x80\xaetxt", "%s%n", "'", "x=y" };

static void
a_user_name_is_plain_and_short(void **state)
{
	size_t i;

	(void)state;
	assert_true(request_user_ok("olga"));
	assert_true(request_user_ok("o.p-3_x"));
	assert_true(request_user_ok("abcdefghijklmnopqrstuvwxyz012345"));
	assert_false(request_user_ok("abcdefghijklmnopqrstuvwxyz0123456"));
	assert_false(request_user_ok("Olga"));
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		assert_false(request_user_ok(hostile[i]));
}

static void
an_odd_terminal_is_a_vt100(void **state)
{
	static const char *const good[] = { "xterm-256color", "vt220",
		"screen.xterm-256color", "rxvt+pcfkeys", "A" };
	struct request r = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		request_term(&r, good[i]);
		assert_string_equal(r.term, good[i]);
	}
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		request_term(&r, hostile[i]);
		assert_string_equal(r.term, "vt100");
	}
	request_term(&r, "..");
	assert_string_equal(r.term, "vt100");
	request_term(&r, "abcdefghijklmnopqrstuvwxyz0123456");
	assert_string_equal(r.term, "vt100");
}

static void
only_known_variables_with_plain_values_are_taken(void **state)
{
	struct request r = { 0 };
	size_t i;

	(void)state;
	assert_true(request_env(&r, "LANG", "de_DE.UTF-8@euro"));
	assert_true(request_env(&r, "LC_ALL", "C.UTF-8"));
	assert_true(request_env(&r, "LC_CTYPE", "POSIX"));
	assert_true(request_env(&r, "NO_COLOR", "1"));
	assert_string_equal(r.lang, "de_DE.UTF-8@euro");
	assert_false(request_env(&r, "LD_PRELOAD", "x.so"));
	assert_false(request_env(&r, "TERM", "xterm"));
	assert_false(request_env(&r, "LANGUAGE", "de"));
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		assert_false(request_env(&r, "LANG", hostile[i]));
	assert_string_equal(r.lang, "de_DE.UTF-8@euro");
}

static void
sizes_are_bounded(void **state)
{
	static const struct {
		int columns, rows, w, h;
	} cases[] = { { 80, 24, 80, 24 }, { 0, 0, 80, 24 },
		{ 500, 200, 500, 200 }, { 501, 201, 500, 200 },
		{ 1, 1, 1, 1 }, { -1, -5, 80, 24 },
		{ INT32_MAX, INT32_MAX, 500, 200 } };
	struct winsize w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		w = request_size(cases[i].columns, cases[i].rows);
		assert_int_equal(w.ws_col, cases[i].w);
		assert_int_equal(w.ws_row, cases[i].h);
	}
}

static struct request
example(const char *line)
{
	struct request r = { .kind = REQUEST_EXEC, .pty = true,
		.size = { .ws_col = 132, .ws_row = 43 },
		.from = "192.0.2.7:51234", .lang = "C.UTF-8",
		.term = "xterm" };
	struct err e;

	assert_int_equal(words_split(&r.words, line, &e), 0);
	return r;
}

static void
a_request_survives_the_way_to_the_starter(void **state)
{
	static char room[FD_MESSAGE_MAX];
	struct request r = example("ack A --note 'two words' '' \x1b[31m"), got;
	struct err e;
	int n = request_pack(&r, room, sizeof(room));

	(void)state;
	assert_true(n > 0);
	assert_int_equal(request_unpack(&got, room, (size_t)n, &e), 0);
	assert_int_equal(got.kind, REQUEST_EXEC);
	assert_true(got.pty);
	assert_string_equal(got.term, "xterm");
	assert_int_equal(got.size.ws_col, 132);
	assert_int_equal(got.size.ws_row, 43);
	assert_string_equal(got.from, r.from);
	assert_string_equal(got.lang, "C.UTF-8");
	assert_string_equal(got.no_color, "");
	assert_int_equal(got.words.n, 6);
	assert_string_equal(got.words.at[3], "two words");
	assert_string_equal(got.words.at[4], "");
	assert_string_equal(got.words.at[5], "\x1b[31m");
	assert_null(got.words.at[6]);
	request_fini(&got);
	request_fini(&r);
}

static void
a_torn_request_is_none(void **state)
{
	static char room[FD_MESSAGE_MAX];
	struct request r = example("a bc def"), got;
	struct err e;
	int i, n = request_pack(&r, room, sizeof(room));

	(void)state;
	for (i = 0; i < n; i++)
		assert_int_equal(
		    request_unpack(&got, room, (size_t)i, &e), -1);
	room[n] = 'x';
	assert_int_equal(
	    request_unpack(&got, room, (size_t)n + 1, &e), -1);
	room[0] = 9;
	assert_int_equal(request_unpack(&got, room, (size_t)n, &e), -1);
	request_fini(&r);
}

static void
a_talker_that_was_taken_over_gets_no_odd_request_through(void **state)
{
	static char room[FD_MESSAGE_MAX];
	struct request good = example("status"), r, got;
	struct err e;
	size_t i;
	int n;

	(void)state;
	for (i = 1; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		r = good;
		strncpy(r.term, hostile[i], sizeof(r.term) - 1);
		n = request_pack(&r, room, sizeof(room));
		assert_int_equal(
		    request_unpack(&got, room, (size_t)n, &e), -1);
		r = good;
		strncpy(r.lang, hostile[i], sizeof(r.lang) - 1);
		n = request_pack(&r, room, sizeof(room));
		assert_int_equal(
		    request_unpack(&got, room, (size_t)n, &e), -1);
		r = good;
		strncpy(r.language, hostile[i], sizeof(r.language) - 1);
		n = request_pack(&r, room, sizeof(room));
		assert_int_equal(
		    request_unpack(&got, room, (size_t)n, &e), -1);
	}
	r = good;
	r.size.ws_col = 501;
	n = request_pack(&r, room, sizeof(room));
	assert_int_equal(request_unpack(&got, room, (size_t)n, &e), -1);
	r = good;
	strcpy(r.from, "here\nTERM=x");
	n = request_pack(&r, room, sizeof(room));
	assert_int_equal(request_unpack(&got, room, (size_t)n, &e), -1);
	request_fini(&good);
}

static void
the_longest_line_fits_into_one_message(void **state)
{
	static char room[FD_MESSAGE_MAX], line[WORDS_LINE_MAX + 1];
	struct request r;

	(void)state;
	memset(line, 'x', WORDS_LINE_MAX);
	r = example(line);
	assert_true(request_pack(&r, room, sizeof(room)) > WORDS_LINE_MAX);
	assert_int_equal(request_pack(&r, room, 1000), -1);
	request_fini(&r);
}

static void
the_program_gets_no_more_than_it_needs(void **state)
{
	struct request r = example("tags -o csv");
	struct arena *a = arena_new();
	char **list;

	(void)state;
	assert_string_equal(request_path(&r, a, "/opt/x"), "/opt/x/sightglass");
	list = request_argv(&r, a, "/run/s");
	assert_string_equal(list[0], "sightglass");
	assert_string_equal(list[1], "--session");
	assert_string_equal(list[2], "3");
	assert_string_equal(list[3], "--");
	assert_string_equal(list[4], "tags");
	assert_string_equal(list[6], "csv");
	assert_null(list[7]);
	list = request_environ(&r, a);
	assert_string_equal(list[0], "TERM=xterm");
	assert_string_equal(list[1], "SG_FROM=192.0.2.7:51234");
	assert_string_equal(list[2], "LANG=C.UTF-8");
	assert_null(list[3]);
	request_fini(&r);
	r = (struct request){ .kind = REQUEST_SHELL };
	assert_string_equal(
	    request_path(&r, a, "/opt/x"), "/opt/x/sightglass-console");
	list = request_argv(&r, a, "/run/s");
	assert_string_equal(list[3], "--socket");
	assert_string_equal(list[4], "/run/s");
	assert_null(list[5]);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_name_is_plain_and_short),
		cmocka_unit_test(an_odd_terminal_is_a_vt100),
		cmocka_unit_test(
		    only_known_variables_with_plain_values_are_taken),
		cmocka_unit_test(sizes_are_bounded),
		cmocka_unit_test(a_request_survives_the_way_to_the_starter),
		cmocka_unit_test(a_torn_request_is_none),
		cmocka_unit_test(
		    a_talker_that_was_taken_over_gets_no_odd_request_through),
		cmocka_unit_test(the_longest_line_fits_into_one_message),
		cmocka_unit_test(the_program_gets_no_more_than_it_needs),
	};

	return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
