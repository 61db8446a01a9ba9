/* SPDX-License-Identifier: ISC */
/* What the core says, in the language of the person, with its names. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "wire/said.h"
#include "console/words.h"

static void
says(const char *text, const char *german)
{
	struct err e;
	char dst[200];

	assert_int_equal(language_use("en", &e), 0);
	assert_string_equal(said_show(dst, sizeof(dst), text), text);
	assert_int_equal(language_use("de", &e), 0);
	assert_string_equal(said_show(dst, sizeof(dst), text), german);
}

static void
sentences_keep_their_names(void **state)
{
	(void)state;
	says("done", "ausgeführt");
	says("definition changed by apply emma: priority 2 -> 1",
	    "Definition geändert, übernommen von emma: priority 2 -> 1");
	says("Kein Durchfluss (shelved for 60min: known)",
	    "Kein Durchfluss (zurückgestellt für 60min: known)");
	says("Kein Durchfluss (nobody knows)", "Kein Durchfluss (nobody knows)");
	says("refused: needs setpoint in intake",
	    "abgelehnt: braucht setpoint in intake");
	says("refused: busy: P-101A.start by olga",
	    "abgelehnt: belegt: P-101A.start durch olga");
	says("MISMATCH: the PLC holds 60", "ABWEICHUNG: die SPS hält 60");
	says("UNKNOWN: CHECK THE PLANT - sent, but no answer",
	    "UNBEKANNT: ANLAGE PRÜFEN - gesendet, aber keine Antwort");
	says("refused: above the upper limit is 100",
	    "abgelehnt: über der oberen Grenze 100");
	says("refused: interlocked: P-101A.fault is FAIL (not fault)",
	    "abgelehnt: verriegelt: P-101A.fault ist FAIL (not fault)");
	says("refused: interlocked: not fault",
	    "abgelehnt: verriegelt: not fault");
}

static void
what_nobody_knows_stays_as_it_is(void **state)
{
	(void)state;
	says("", "");
	says("quite another sentence", "quite another sentence");
	says("refused: quite another sentence",
	    "abgelehnt: quite another sentence");
	says("done and more", "done and more");
	says("60 -> 70 done", "60 -> 70 done");
	says("needs ", "needs ");
	says("refused: refused: refused: refused: refused: refused: x",
	    "abgelehnt: abgelehnt: abgelehnt: abgelehnt: refused: refused: x");
}

static void
long_ones_are_cut_where_they_must(void **state)
{
	char text[400] = "refused: no tag ", dst[24];
	struct err e;

	(void)state;
	memset(text + strlen(text), 'x', 300);
	assert_int_equal(language_use("de", &e), 0);
	said_show(dst, sizeof(dst), text);
	assert_int_equal(strlen(dst), sizeof(dst) - 1);
	assert_memory_equal(dst, "abgelehnt: kein Tag xxx", 23);
}

static void
words_of_a_list_are_translated_one_by_one(void **state)
{
	char dst[80];
	struct err e;

	(void)state;
	assert_int_equal(language_use("de", &e), 0);
	assert_string_equal(
	    words_list(dst, sizeof(dst), "shelved+out-of-service"),
	    "zurückgestellt+außer Betrieb");
	assert_string_equal(words_list(dst, sizeof(dst), "x+shelved,"),
	    "x+zurückgestellt,");
	assert_string_equal(words_list(dst, sizeof(dst), ""), "");
	assert_string_equal(words_quality(QUALITY_STALE), "veraltet");
}

static int
find_texts(void **state)
{
	static char dir[4096];

	(void)state;
	snprintf(dir, sizeof(dir), "%s/po", getenv("SG_BUILD"));
	language_dir(dir);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_keep_their_names),
		cmocka_unit_test(what_nobody_knows_stays_as_it_is),
		cmocka_unit_test(long_ones_are_cut_where_they_must),
		cmocka_unit_test(words_of_a_list_are_translated_one_by_one),
	};

	return cmocka_run_group_tests(tests, find_texts, NULL);
}
