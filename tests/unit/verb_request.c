/* SPDX-License-Identifier: ISC */
/* Every verb and every option of the one table, and what is not understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "verb/complete.h"
#include "verb/help.h"
#include "verb/request.h"
#include "verb/words.h"

/* Parses a line; it must be understood. */
static void
parse(struct request *r, struct words *w, const char *line)
{
	struct err e = { "" };
	int rc;

	assert_int_equal(words_split(w, line, &e), 0);
	rc = request_parse(r, (const char *const *)w->at, w->n, &e);
	if (rc < 0)
		fail_msg("%s: %s", line, e.text);
}

/* What the line says to the core: "verb NAME=a value=b". */
static void
expect(const char *line, const char *expected)
{
	struct request r;
	struct words w;
	struct buf b = { 0 };
	size_t i;

	parse(&r, &w, line);
	buf_text(&b, r.phrase->name);
	for (i = 0; i < r.arguments.n; i++)
		buf_printf(&b, " %s=%s",
		    parameter_names[r.arguments.at[i].which],
		    r.arguments.at[i].text);
	if (r.project != NULL)
		buf_printf(&b, " project %s", r.project);
	assert_string_equal(buf_string(&b), expected);
	buf_free(&b);
	request_fini(&r);
	words_free(&w);
}

static void
expect_error(const char *line, const char *expected)
{
	struct request r;
	struct words w;
	struct err e = { "" };

	assert_int_equal(words_split(&w, line, &e), 0);
	assert_int_equal(
	    request_parse(&r, (const char *const *)w.at, w.n, &e), -1);
	assert_string_equal(e.text, expected);
	request_fini(&r);
	words_free(&w);
}

static void
words_become_parameters(void **state)
{
	(void)state;
	expect("status", "status");
	expect("tags", "tags");
	expect("tags 'P-1*' LT-* --area intake --quality bad",
	    "tags area=intake quality=bad =P-1* =LT-*");
	expect("get LT-501.pv site.power", "get =LT-501.pv =site.power");
	expect("watch LT-501.pv", "watch =LT-501.pv");
	expect("alarms --priority 2 --state=acknowledged",
	    "alarms priority=2 state=acknowledged");
	expect("set site.target 4.2", "set =site.target value=4.2");
	expect("set site.target 4.2 --expect 4.5 --reason 'low demand'",
	    "set expect=4.5 reason=low demand =site.target value=4.2");
	expect("do P-101A start --confirm P-101A",
	    "do confirm=P-101A =P-101A command=start");
	expect("ack P-101A.FAIL#7 LT-501.L --note seen",
	    "ack note=seen =P-101A.FAIL#7 =LT-501.L");
	expect("reset P-101A.FAIL", "reset =P-101A.FAIL");
	expect("user add felix --name 'Felix Braun' --role operator@filtration "
	       "--role viewer --language de --unix felix",
	    "user add name=Felix Braun role=operator@filtration role=viewer "
	    "language=de unix=felix =felix");
	expect("user role olga +shift-leader -operator -o csv",
	    "user role =olga role=+shift-leader role=-operator");
	expect("user key add olga", "user key add =olga");
	expect("user key remove olga SHA256:abc",
	    "user key remove =olga key=SHA256:abc");
	expect("session kill 17", "session kill =17");
	expect("project apply -", "project apply project -");
	expect("project check riverside", "project check project riverside");
	expect("screen show clearwater", "screen show =clearwater");
	expect("help set", "help =set");
	expect("version", "version");
}

static void
a_negative_number_is_no_option(void **state)
{
	(void)state;
	expect("set site.target -4.5", "set =site.target value=-4.5");
	expect("set site.target -.5", "set =site.target value=-.5");
	expect("set site.target -4.5 --expect -2",
	    "set expect=-2 =site.target value=-4.5");
}

static void
two_dashes_end_the_options(void **state)
{
	(void)state;
	expect("set site.mode -- --help", "set =site.mode value=--help");
	expect("set -- site.mode -x", "set =site.mode value=-x");
	expect("-o csv -- set site.mode --", "set =site.mode value=--");
}

static void
a_first_word_that_may_be_left_out_is_so_when_there_are_too_few(void **state)
{
	(void)state;
	expect("note P-101A 'bearing is warm'",
	    "note =P-101A text=bearing is warm");
	expect("note 'all quiet'", "note text=all quiet");
	expect_error("note", "note needs TEXT");
	expect_error("note P-101A is warm",
	    "note: one word too many: \"warm\"");
	expect("oos P-101A on --reason grease",
	    "oos reason=grease =P-101A state=on");
	expect_error("oos P-101A", "oos needs on|off");
	/* of what acts --until is its own */
	expect("override LT-501.pv -1 --until 06:00 --reason x",
	    "override until=06:00 reason=x =LT-501.pv value=-1");
	expect("bypass P-101A start --for 30min --reason x",
	    "bypass for=30min reason=x =P-101A command=start");
	expect("bypass list", "bypass list");
	expect("override LT-501.pv --end", "override end= =LT-501.pv");
}

static void
options_of_all_verbs_stand_anywhere(void **state)
{
	struct request r;
	struct words w;

	(void)state;
	parse(&r, &w,
	    "-s /run/x.sock -o json events --utc --since -2h --until=now -n 5 "
	    "--no-header");
	assert_string_equal(r.phrase->name, "events");
	assert_string_equal(r.socket, "/run/x.sock");
	assert_int_equal(r.format, FORMAT_JSON);
	assert_string_equal(r.since, "-2h");
	assert_string_equal(r.until, "now");
	assert_int_equal(r.count, 5);
	assert_true(r.utc && r.no_header && !r.quiet && !r.help);
	assert_true(request_core_limits(&r));
	request_fini(&r);
	words_free(&w);
	parse(&r, &w, "get -q LT-501.pv");
	assert_true(r.quiet && !r.utc);
	assert_false(request_core_limits(&r));
	request_fini(&r);
	words_free(&w);
}

static void
help_needs_nothing_else(void **state)
{
	struct request r;
	struct words w;

	(void)state;
	parse(&r, &w, "--help");
	assert_true(r.help && r.phrase == NULL);
	request_fini(&r);
	words_free(&w);
	parse(&r, &w, "set --help");
	assert_true(r.help && r.phrase->verb == VERB_SET);
	request_fini(&r);
	words_free(&w);
}

static void
what_is_not_understood_is_said_with_a_suggestion(void **state)
{
	(void)state;
	expect_error("", "no verb");
	expect_error("-q", "no verb");
	expect_error("statsu", "no verb \"statsu\"; did you mean \"status\"?");
	expect_error("user ad olga",
	    "no verb \"user ad\"; did you mean \"user add\"?");
	expect_error("user",
	    "user what? add, list, role, lock, unlock, remove, key add, key "
	    "list, key remove, password");
	expect_error("user key", "user key what? add, list, remove");
	expect_error("frobnicate now", "no verb \"frobnicate\"");
	expect_error("tags --aera intake",
	    "tags has no option \"--aera\"; did you mean \"--area\"?");
	expect_error("tags --frobnicate", "tags has no option "
					  "\"--frobnicate\"");
	expect_error("--area x tags",
	    "no option \"--area\" before the verb");
	expect_error("tags -o jsn",
	    "-o takes table, csv, json or jsonl, not \"jsn\"; did you mean "
	    "\"json\"?");
	expect_error("tags -o", "-o needs a value: -o FORMAT");
	expect_error("tags --area", "--area needs a value: --area A");
	expect_error("tags --area a --area b", "--area is given twice");
	expect_error("tags --utc=yes", "--utc takes no value");
	expect_error("events -n 0",
	    "-n takes a number from 1 on, not \"0\"");
	expect_error("events -n 99999999999",
	    "-n takes a number from 1 on, not \"99999999999\"");
	expect_error("events --since yesteryear",
	    "--since: \"yesteryear\" is no time (2026-11-22T06:00:00Z, "
	    "\"2026-11-22 06:00\", 06:00, today, yesterday, now, -2h)");
	expect_error("set site.target", "set needs VALUE");
	expect_error("get", "get needs TAG");
	expect_error("set a b c", "set: one word too many: \"c\"");
	expect_error("status now", "status: one word too many: \"now\"");
	expect_error("user add olga", "user add needs --name TEXT");
	expect_error("user role olga operator",
	    "\"operator\": +operator gives a role, -operator takes it");
	expect_error("get -q -o csv x", "-q and -o exclude each other");
	expect_error("set a 1 -n 1",
	    "set takes no --since, --until or -n");
	expect_error("screen list --since now",
	    "screen list has no times: --since and --until do not fit");
	expect_error("session ticket", "session ticket is for consoles");
}

static void
hostile_words_are_quoted_harmlessly(void **state)
{
	expect_error("'\033[2J'", "no verb \"\xc2\xb7[2J\"");
	expect_error("tags '--\033[31m'",
	    "tags has no option \"--\xc2\xb7[31m\"");
	(void)state;
}

/* Each option of each verb is understood, alone and twice where it may be. */
static void
every_verb_takes_what_its_usage_says(void **state)
{
	const char *words[64];
	struct request r;
	struct usage u;
	struct err e;
	size_t i, n;
	unsigned k;
	char name[64], *s;

	(void)state;
	for (i = 0; i < n_phrases; i++) {
		usage_parse(&u, phrases[i].parameters);
		n = 0;
		strcpy(name, phrases[i].name);
		for (s = strtok(name, " "); s != NULL; s = strtok(NULL, " "))
			words[n++] = s;
		for (k = 0; k < u.n_places; k++)
			words[n++] = u.places[k].signs ? "+x" : "x";
		for (k = 0; k < u.n_options; k++) {
			words[n++] = u.options[k].name;
			if (*u.options[k].label == '\0')
				continue;
			words[n++] = u.options[k].which == PARAMETER_COUNT
			    ? "5"
			    : "now";
		}
		if (phrase_is_for_consoles(&phrases[i]))
			continue;
		e.text[0] = '\0';
		if (request_parse(&r, words, n, &e) < 0)
			fail_msg("%s: %s", phrases[i].name, e.text);
		assert_ptr_equal(r.phrase, &phrases[i]);
		request_fini(&r);
	}
}

static void
no_verb_hides_behind_another(void **state)
{
	const char *words[4];
	char name[64], *s;
	size_t i, n, used;

	(void)state;
	for (i = 0; i < n_phrases; i++) {
		n = 0;
		strcpy(name, phrases[i].name);
		for (s = strtok(name, " "); s != NULL; s = strtok(NULL, " "))
			words[n++] = s;
		assert_ptr_equal(phrase_find(words, n, &used), &phrases[i]);
		assert_int_equal(used, n);
	}
}

static void
help_names_every_verb_and_fits_a_terminal(void **state)
{
	struct buf b = { 0 };
	char *line;
	size_t i;

	(void)state;
	help_general(&b);
	for (i = 0; i < n_phrases; i++)
		if (!phrase_is_hidden(&phrases[i]))
			assert_non_null(strstr(b.at, phrases[i].name));
	for (line = strtok(b.at, "\n"); line != NULL;
	     line = strtok(NULL, "\n"))
		if (text_columns(line) > 80)
			fail_msg("too wide: %s", line);
	buf_free(&b);
}

static void
help_of_a_verb_shows_usage_options_right_and_columns(void **state)
{
	static const char *const words[] = { "ack" };
	struct buf b = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(help_words(&b, words, 1, &e), 0);
	assert_string_equal(buf_string(&b),
	    "usage: sightglass ack ALARM[#OCCURRENCE]... [--note TEXT]\n"
	    "\n"
	    "acknowledge alarms\n"
	    "\n"
	    "  --note TEXT               a remark; goes into the audit\n"
	    "  right                     acknowledge\n"
	    "                            in the area of each thing that is "
	    "named\n"
	    "  columns                   name,old,new,result,elapsed_ms\n");
	buf_free(&b);
}

static void
help_of_a_group_lists_it_and_of_nothing_fails(void **state)
{
	static const char *const group[] = { "control" };
	static const char *const wrong[] = { "alamrs" };
	struct buf b = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(help_words(&b, group, 1, &e), 0);
	assert_string_equal(buf_string(&b),
	    "usage: sightglass control take\n"
	    "usage: sightglass control release\n"
	    "usage: sightglass control status\n");
	buf_clear(&b);
	assert_int_equal(help_words(&b, wrong, 1, &e), -1);
	assert_string_equal(
	    e.text, "no verb \"alamrs\"; did you mean \"alarms\"?");
	buf_free(&b);
}

static void
expect_completion(
    const char *line, const char *expected, enum complete_names names)
{
	struct words w;
	struct buf b = { 0 };
	struct err e;

	assert_int_equal(words_split(&w, line, &e), 0);
	assert_int_equal(
	    complete_words(&b, (const char *const *)w.at, w.n), names);
	assert_string_equal(buf_string(&b), expected);
	buf_free(&b);
	words_free(&w);
}

static void
the_word_that_may_come_next_is_offered(void **state)
{
	(void)state;
	expect_completion("sta", "status\n", COMPLETE_NONE);
	expect_completion("user k", "key\n", COMPLETE_NONE);
	expect_completion("user key ''", "add\nlist\nremove\n", COMPLETE_NONE);
	expect_completion("pro", "project\n", COMPLETE_NONE);
	expect_completion("-o csv user l", "list\nlock\n", COMPLETE_NONE);
	expect_completion("tags --q", "--quality\n", COMPLETE_NONE);
	expect_completion("tags --quality ''",
	    "good\nuncertain\nstale\nbad\n", COMPLETE_NONE);
	expect_completion("tags -o j", "json\njsonl\n", COMPLETE_NONE);
	expect_completion("get LT-", "", COMPLETE_TAGS);
	expect_completion("get a b LT-", "", COMPLETE_TAGS);
	expect_completion("ack P", "", COMPLETE_ALARMS);
	expect_completion("user lock o", "", COMPLETE_USERS);
	expect_completion("user lock olga ''", "", COMPLETE_NONE);
	expect_completion("status ''", "", COMPLETE_NONE);
	expect_completion("--o", "", COMPLETE_NONE);
	expect_completion("session ''", "list\nkill\n", COMPLETE_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_parameters),
		cmocka_unit_test(a_negative_number_is_no_option),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(
		    a_first_word_that_may_be_left_out_is_so_when_there_are_too_few),
		cmocka_unit_test(options_of_all_verbs_stand_anywhere),
		cmocka_unit_test(help_needs_nothing_else),
		cmocka_unit_test(
		    what_is_not_understood_is_said_with_a_suggestion),
		cmocka_unit_test(hostile_words_are_quoted_harmlessly),
		cmocka_unit_test(every_verb_takes_what_its_usage_says),
		cmocka_unit_test(no_verb_hides_behind_another),
		cmocka_unit_test(help_names_every_verb_and_fits_a_terminal),
		cmocka_unit_test(
		    help_of_a_verb_shows_usage_options_right_and_columns),
		cmocka_unit_test(help_of_a_group_lists_it_and_of_nothing_fails),
		cmocka_unit_test(the_word_that_may_come_next_is_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
