/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <byteswap.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/language.h"

#define HEADER "Content-Type: text/plain; charset=UTF-8\n"                    \
	       "Plural-Forms: nplurals=2; plural=(n != 1);\n"

struct entry {
	const char *from, *to;
	size_t from_len, to_len;	/* 0: up to the NUL */
};

static const struct entry german[] = {
	{ "", HEADER, 0, 0 },
	{ "%zu row\0%zu rows", "%zu Zeile\0%zu Zeilen", 16, 20 },
	{ "alarm", "Alarm", 0, 0 },
	{ "not done yet", "", 0, 0 },
	{ "pump", "Pumpe", 0, 0 },
};
#define N_GERMAN (sizeof(german) / sizeof(german[0]))

static char file[1024];
static bool swapped;

static void
put(size_t at, uint32_t w)
{
	if (swapped)
		w = bswap_32(w);
	memcpy(file + at, &w, sizeof(w));
}

static size_t
put_text(size_t table, size_t i, size_t at, const char *text, size_t len)
{
	if (len == 0)
		len = strlen(text);
	put(table + i * 8, (uint32_t)len);
	put(table + i * 8 + 4, (uint32_t)at);
	memcpy(file + at, text, len + 1);
	return at + len + 1;
}

/* The bytes as msgfmt writes them. */
static size_t
make(const struct entry *e, size_t n)
{
	size_t from = 28, to = from + n * 8, at = to + n * 8, i;

	memset(file, 0, sizeof(file));
	put(0, 0x950412de);
	put(8, (uint32_t)n);
	put(12, (uint32_t)from);
	put(16, (uint32_t)to);
	for (i = 0; i < n; i++)
		at = put_text(from, i, at, e[i].from, e[i].from_len);
	for (i = 0; i < n; i++)
		at = put_text(to, i, at, e[i].to, e[i].to_len);
	return at;
}

static void
check_german(void)
{
	size_t n = make(german, N_GERMAN);
	struct err e = { "" };
	struct catalogue *c = catalogue_parse(file, n, &e);

	assert_string_equal(e.text, "");
	assert_non_null(c);
	assert_string_equal(catalogue_find(c, "pump"), "Pumpe");
	assert_string_equal(catalogue_find(c, "alarm"), "Alarm");
	assert_null(catalogue_find(c, "pumps"));
	assert_null(catalogue_find(c, "not done yet"));
	assert_string_equal(
	    catalogue_find_plural(c, "%zu row", 1), "%zu Zeile");
	assert_string_equal(
	    catalogue_find_plural(c, "%zu row", 0), "%zu Zeilen");
	assert_string_equal(
	    catalogue_find_plural(c, "%zu row", 7), "%zu Zeilen");
	/* a text without forms has none for seven */
	assert_null(catalogue_find_plural(c, "pump", 7));
	catalogue_free(c);
}

static void
texts_and_their_forms_are_found(void **state)
{
	(void)state;
	swapped = false;
	check_german();
}

static void
the_other_byte_order_is_read_too(void **state)
{
	(void)state;
	swapped = true;
	check_german();
	swapped = false;
}

static void
refuse(size_t n, const char *why)
{
	struct err e = { "" };

	assert_null(catalogue_parse(file, n, &e));
	if (strstr(e.text, why) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", e.text, why);
}

static void
what_is_no_catalogue_is_refused(void **state)
{
	static const struct entry unsorted[] = {
		{ "", HEADER, 0, 0 }, { "b", "B", 0, 0 }, { "a", "A", 0, 0 },
	};
	static const struct entry latin[] = {
		{ "", "Content-Type: text/plain; charset=ISO-8859-1\n", 0, 0 },
	};
	static const struct entry slavic[] = {
		{ "", "Content-Type: text/plain; charset=UTF-8\n"
		  "Plural-Forms: nplurals=3; plural=n%10==1;\n", 0, 0 },
	};

	(void)state;
	memset(file, 'x', sizeof(file));
	refuse(0, "too short");
	refuse(sizeof(file), "not a catalogue");
	refuse(make(unsorted, 3), "out of order");
	refuse(make(latin, 1), "not in UTF-8");
	refuse(make(slavic, 1), "unknown plural rule");
	make(german, N_GERMAN);
	put(4, 2u << 16);
	refuse(sizeof(file), "unknown version");
}

/* Every cut and every broken number: refused or read, never read beyond. */
static void
broken_files_are_never_read_beyond_their_end(void **state)
{
	size_t n = make(german, N_GERMAN), cut, at;
	static const uint32_t wrong[] = { 0, 1, 27, 500, 0x7fffffff, 0x80000000,
		0xfffffff8, 0xffffffff };
	struct catalogue *c;
	struct err e;
	char *exact;
	size_t i;

	(void)state;
	for (cut = 0; cut < n; cut++) {
		exact = malloc(cut + 1);
		assert_non_null(exact);
		memcpy(exact, file, cut);
		assert_null(catalogue_parse(exact, cut, &e));
		free(exact);
	}
	for (at = 4; at < 28 + N_GERMAN * 16; at += 4)
		for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
			n = make(german, N_GERMAN);
			put(at, wrong[i]);
			c = catalogue_parse(file, n, &e);
			if (c == NULL)
				continue;
			(void)catalogue_find(c, "pump");
			(void)catalogue_find_plural(c, "%zu row", 2);
			catalogue_free(c);
		}
}

static void
the_language_is_switched_while_the_program_runs(void **state)
{
	struct err e = { "" };
	char dir[4096];

	(void)state;
	snprintf(dir, sizeof(dir), "%s/po", getenv("SG_BUILD"));
	language_dir(dir);
	assert_string_equal(_("Alarms"), "Alarms");
	assert_string_equal(ngettext("%zu row", "%zu rows", 2), "%zu rows");
	assert_int_equal(language_use("de", &e), 0);
	assert_string_equal(language_name(), "de");
	assert_string_equal(_("Alarms"), "Alarme");
	assert_string_equal(ngettext("%zu row", "%zu rows", 1), "%zu Zeile");
	assert_string_equal(ngettext("%zu row", "%zu rows", 2), "%zu Zeilen");
	assert_string_equal(_("nobody wrote this"), "nobody wrote this");
	assert_string_equal(_(""), "");
	assert_int_equal(language_use("xx", &e), -1);
	assert_string_equal(language_name(), "de");
	assert_int_equal(language_use("../de", &e), -1);
	assert_int_equal(language_use("en", &e), 0);
	assert_string_equal(_("Alarms"), "Alarms");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_their_forms_are_found),
		cmocka_unit_test(the_other_byte_order_is_read_too),
		cmocka_unit_test(what_is_no_catalogue_is_refused),
		cmocka_unit_test(broken_files_are_never_read_beyond_their_end),
		cmocka_unit_test(
		    the_language_is_switched_while_the_program_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
