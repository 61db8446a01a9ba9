/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "verb/words.h"

/* The words joined by | ; the caller frees. */
static char *
joined(const char *line)
{
	struct words w;
	struct buf b = { 0 };
	struct err e;
	unsigned i;

	assert_int_equal(words_split(&w, line, &e), 0);
	assert_null(w.at[w.n]);
	for (i = 0; i < w.n; i++)
		buf_printf(&b, "%s%s", i > 0 ? "|" : "", w.at[i]);
	words_free(&w);
	buf_add(&b, "", 0);
	return b.at != NULL ? b.at : strdup("");
}

static void
expect_words(const char *line, const char *words)
{
	char *got = joined(line);

	assert_string_equal(got, words);
	free(got);
}

static void
expect_error(const char *line, const char *text)
{
	struct words w;
	struct err e;

	assert_int_equal(words_split(&w, line, &e), -1);
	assert_string_equal(e.text, text);
	assert_null(w.at);
	assert_int_equal(w.n, 0);
}

static void
words_are_parted_by_blanks(void **state)
{
	(void)state;
	expect_words("", "");
	expect_words(" \t\r\n ", "");
	expect_words("status", "status");
	expect_words("  get   LT-501.pv\tLT-502.pv \n", "get|LT-501.pv|LT-502.pv");
	expect_words("set A.sp -- -4.2", "set|A.sp|--|-4.2");
}

static void
quotes_keep_blanks_and_each_other(void **state)
{
	(void)state;
	expect_words("ack A --note 'pump is hot'", "ack|A|--note|pump is hot");
	expect_words("\"it's\" 'say \"no\"'", "it's|say \"no\"");
	expect_words("--note='two words'behind", "--note=two wordsbehind");
	expect_words("a '' \"\" b", "a|||b");
	expect_words("'a\nb'", "a\nb");
}

static void
a_backslash_takes_the_next_character_as_it_is(void **state)
{
	(void)state;
	expect_words("a\\ b \\'c \\\\ \\;", "a b|'c|\\|;");
	expect_words("\"a\\\"b\\\\c\\$d\\`e\\n\"", "a\"b\\c$d`e\\n");
	expect_words("'a\\'", "a\\");
}

static void
what_a_shell_would_expand_stays_as_it_is(void **state)
{
	(void)state;
	expect_words("tags LT-* $HOME ~ ?x [a] {b,c} #d !e (f) `g`",
	    "tags|LT-*|$HOME|~|?x|[a]|{b,c}|#d|!e|(f)|`g`");
	expect_words("'a;b' \"c|d\" e\\&f", "a;b|c|d|e&f");
	expect_words("m\xc3\xa4rz \x1b[31m", "m\xc3\xa4rz|\x1b[31m");
}

static void
an_error_names_its_column(void **state)
{
	(void)state;
	expect_error("ack 'A", "column 5: the quote ' is not closed");
	expect_error("ack \"A", "column 5: the quote \" is not closed");
	expect_error("ack \"A\\\"", "column 5: the quote \" is not closed");
	expect_error("ack A\\", "column 6: nothing behind the backslash");
	expect_error("ack A\\\nB", "column 6: nothing behind the backslash");
}

static void
what_would_do_something_in_a_shell_is_refused(void **state)
{
	static const char *const lines[] = { "ack ;b", "ack A;b", "ack A|b",
		"ack A&b", "ack A<b", "ack A>b" };
	size_t i;

	(void)state;
	expect_error(lines[0],
	    "column 5: there is no shell here; quote ; | & < >");
	for (i = 1; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect_error(lines[i],
		    "column 6: there is no shell here; quote ; | & < >");
	expect_error("ack A\nack B", "column 6: one command at a time");
}

static void
length_and_number_are_bounded(void **state)
{
	char *line = malloc(WORDS_LINE_MAX + 2);
	struct words w;
	struct err e;
	unsigned i;

	(void)state;
	assert_non_null(line);
	memset(line, 'x', WORDS_LINE_MAX + 1);
	line[WORDS_LINE_MAX + 1] = '\0';
	expect_error(line, "column 32769: the line is too long");
	line[WORDS_LINE_MAX] = '\0';
	assert_int_equal(words_split(&w, line, &e), 0);
	assert_int_equal(w.n, 1);
	assert_int_equal(strlen(w.at[0]), WORDS_LINE_MAX);
	words_free(&w);
	for (i = 0; i < WORDS_MAX; i++)
		memcpy(line + 2 * i, "a ", 2);
	line[2 * WORDS_MAX] = '\0';
	assert_int_equal(words_split(&w, line, &e), 0);
	assert_int_equal(w.n, WORDS_MAX);
	words_free(&w);
	strcpy(line + 2 * WORDS_MAX, "b");
	expect_error(line, "column 8193: too many words");
	free(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_parted_by_blanks),
		cmocka_unit_test(quotes_keep_blanks_and_each_other),
		cmocka_unit_test(a_backslash_takes_the_next_character_as_it_is),
		cmocka_unit_test(what_a_shell_would_expand_stays_as_it_is),
		cmocka_unit_test(an_error_names_its_column),
		cmocka_unit_test(what_would_do_something_in_a_shell_is_refused),
		cmocka_unit_test(length_and_number_are_bounded),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
