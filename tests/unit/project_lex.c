/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "project/lex.h"

/* What libconfig would get, and the problems as one text. */
static struct lexed out;
static struct report report;
static struct buf said;

static const char *
problems(const char *text)
{
	lex_fini(&out);
	report_fini(&report);
	buf_clear(&said);
	report_init(&report);
	lex(&out, text, strlen(text),
	    (struct place){ report_file(&report, "f"), 1, 1 }, &report);
	report_print(&report, NULL, &said);
	return buf_string(&said);
}
#define says(text, words) assert_non_null(strstr(problems(text), words))
#define FINE "0 errors, 0 warnings\n"

static void
the_grammar_of_libconfig_is_taken(void **state)
{
	(void)state;
	assert_string_equal(problems("a = 1; b: 2, c = \"x\" \"y\"; d = "
		"{ e = [ 1, 2 ]; f = ( { g = true; }, ( ) ); }; # c\n"
		"/* c\n */ h = -.5e3 // c\ni = 0x1F;"), FINE);
	assert_string_equal(problems(""), FINE);
	assert_false(out.broken);
}

static void
integers_come_out_as_libconfig_needs_them(void **state)
{
	(void)state;
	assert_string_equal(problems("a = 3000000000;"), FINE);
	assert_non_null(strstr(buf_string(&out.text), "3000000000L"));
	assert_string_equal(problems("a = 0xFFFFFFFF;"), FINE);
	assert_non_null(strstr(buf_string(&out.text), "4294967295L"));
	assert_string_equal(problems("a = 0;"), FINE);
	assert_string_equal(problems("a = 9223372036854775807;"), FINE);
	says("a = 9223372036854775808;", "f:1:5: error: the number "
	    "9223372036854775808 does not fit 64 bits");
	says("a = -9223372036854775809;", "does not fit");
	says("a = 0x1FFFFFFFFFFFFFFFF;", "does not fit");
	says("a = 010;", "begins with 0");
	says("a = 1e999;", "too large");
}

static void
repairs_let_the_reading_go_on(void **state)
{
	(void)state;
	says("a = 99999999999999999999;\nb = ( 1, 2, );\n@include \"x\"\n"
	     "a = 5;\nc = [ 0, 1.5 ];\n", "5 errors");
	assert_false(out.broken);
	assert_non_null(strstr(buf_string(&said), "f:1:5: error: the number"));
	assert_non_null(strstr(buf_string(&said),
	    "f:2:11: error: a comma after the last item"));
	assert_non_null(strstr(buf_string(&said), "f:3:1: error: @include"));
	assert_non_null(strstr(buf_string(&said),
	    "f:4:1: error: repeated key \"a\"; it stands in line 1"));
	assert_non_null(strstr(buf_string(&said), "f:5:5: error: [ ] holds"));
}

static void
a_syntax_error_is_said_once_and_ends_the_file(void **state)
{
	static const char *const bad[] = { "a", "a =", "a = ;", "= 1;", "1;",
		"a = b;", "a = \"x;\nb = 1;", "a = [ 1, 2;", "a = { b = 1;",
		"a = ( 1 2 );", "a = 1 }", "a = 10ms;", "a = 1..2;", "a = +;",
		"a = [ 1 );", "**1 = 1;", "a* = 1;", "/* open", "a = $;", "a = 0x;", "a = 1e;" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (strstr(problems(bad[i]), "1 error, 0 warnings") == NULL)
			fail_msg("%s: %s", bad[i], buf_string(&said));
		if (!out.broken)
			fail_msg("%s is not broken", bad[i]);
	}
}

static void
depth_and_number_of_keys_are_bounded(void **state)
{
	struct buf text = { 0 };
	int i;

	(void)state;
	assert_string_equal(problems("a = ((((((((1))))))));"), FINE);
	says("a = (((((((((1)))))))));", "nested more than 8 deep");
	for (i = 0; i < LEX_KEYS_BIND; i++)
		buf_printf(&text, "k%d = 1;", i);
	assert_string_equal(problems(buf_string(&text)), FINE);
	buf_text(&text, "more = 1;");
	says(buf_string(&text), "more than 600 keys");
	buf_free(&text);
	lex_fini(&out);
	report_fini(&report);
	buf_free(&said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_grammar_of_libconfig_is_taken),
		cmocka_unit_test(integers_come_out_as_libconfig_needs_them),
		cmocka_unit_test(repairs_let_the_reading_go_on),
		cmocka_unit_test(
		    a_syntax_error_is_said_once_and_ends_the_file),
		cmocka_unit_test(depth_and_number_of_keys_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
