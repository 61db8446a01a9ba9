/* SPDX-License-Identifier: ISC */
/* The man page and the help say everything that can be typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "verb/help.h"
#include "verb/option.h"

static struct buf page;

static int
read_page(void **state)
{
	const char *src = getenv("SG_SRC");
	char path[4096];

	(void)state;
	snprintf(path, sizeof(path), "%s/man/sightglass.1",
	    src != NULL ? src : "..");
	return buf_read_file(&page, path, 1 << 20);
}

static int
free_page(void **state)
{
	(void)state;
	buf_free(&page);
	return 0;
}

/* The line that begins with this, up to its end; NULL if there is none. */
static const char *
line_of(const char *begin, size_t *len)
{
	size_t n = strlen(begin);
	const char *s = page.at;

	for (; *s != '\0'; s += strcspn(s, "\n"), s += *s == '\n')
		if (strncmp(s, begin, n) == 0 &&
		    (s[n] == ' ' || s[n] == '\n')) {
			*len = strcspn(s, "\n");
			return s;
		}
	return NULL;
}

/* --area as "Fl Fl area", -n as "Fl n". */
static void
macro(char dst[40], const char *option)
{
	snprintf(dst, 40, "Fl %s%s", option[1] == '-' ? "Fl " : "",
	    option + (option[1] == '-' ? 2 : 1));
}

static void
expect_options(const struct phrase *p, const char *line, size_t len)
{
	struct usage u;
	char copy[512], fl[40];
	unsigned i;

	assert_true(len < sizeof(copy));
	memcpy(copy, line, len);
	copy[len] = '\0';
	usage_parse(&u, p->parameters);
	for (i = 0; i < u.n_options; i++) {
		macro(fl, u.options[i].name);
		if (strstr(copy, fl) == NULL)
			fail_msg("%s: %s is missing in \"%s\"", p->name,
			    u.options[i].name, copy);
	}
}

static void
every_verb_has_its_item_with_every_option(void **state)
{
	const char *line;
	char begin[80];
	size_t i, len;

	(void)state;
	for (i = 0; i < n_phrases; i++) {
		snprintf(begin, sizeof(begin), "%s %s",
		    phrase_is_for_consoles(&phrases[i]) ? ".Cm" : ".It Cm",
		    phrases[i].name);
		line = line_of(begin, &len);
		if (line == NULL)
			fail_msg("%s is missing", phrases[i].name);
		if (!phrase_is_for_consoles(&phrases[i]))
			expect_options(&phrases[i], line, len);
	}
}

static void
the_help_of_a_verb_says_what_each_option_is(void **state)
{
	struct usage u;
	size_t i;
	unsigned k;

	(void)state;
	for (i = 0; i < n_phrases; i++) {
		usage_parse(&u, phrases[i].parameters);
		for (k = 0; k < u.n_options; k++)
			if (help_parameter(u.options[k].which) == NULL)
				fail_msg("%s: %s", phrases[i].name,
				    u.options[k].name);
	}
}

static void
every_option_of_all_verbs_has_its_item(void **state)
{
	char begin[80], fl[40];
	size_t i, len;

	(void)state;
	for (i = 0; i < n_common_options; i++) {
		macro(fl, common_options[i].name);
		snprintf(begin, sizeof(begin), ".It %s", fl);
		if (line_of(begin, &len) == NULL)
			fail_msg("%s is missing", common_options[i].name);
	}
}

static void
every_exit_code_has_its_item(void **state)
{
	char begin[16];
	unsigned code;
	size_t len;

	(void)state;
	for (code = 0; code < 256; code++) {
		snprintf(begin, sizeof(begin), ".It %u", code);
		if ((line_of(begin, &len) != NULL) !=
		    (help_exit_code(code) != NULL))
			fail_msg("exit code %u", code);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_has_its_item_with_every_option),
		cmocka_unit_test(the_help_of_a_verb_says_what_each_option_is),
		cmocka_unit_test(every_option_of_all_verbs_has_its_item),
		cmocka_unit_test(every_exit_code_has_its_item),
	};

	return cmocka_run_group_tests(tests, read_page, free_page);
}
