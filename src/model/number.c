/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "model/scale.h"

#define TYPED_MAX 40		/* more is no number that a person meant */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What was typed, without the blanks around it. */
static bool
trim(char *dst, const char *s, size_t cap)
{
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	if (n >= cap)
		return false;
	memcpy(dst, s, n);
	dst[n] = '\0';
	return true;
}

/* Is it one of the words for a value, in any language? */
static bool
is_text(const char *s, const struct text *texts, unsigned n, double *number)
{
	for (unsigned i = 0; i < n; i++)
		for (unsigned l = 0; l < PLANT_LANGUAGES; l++)
			if (texts[i].in[l] != NULL &&
			    strcasecmp(texts[i].in[l], s) == 0) {
				*number = i;
				return true;
			}
	return false;
}

static int
parse_bool(double *number, const char *s, struct err *e)
{
	bool on = strcasecmp(s, "true") == 0 || strcmp(s, "1") == 0;

	if (!on && strcasecmp(s, "false") != 0 && strcmp(s, "0") != 0)
		return err_set(e, "\"%s\" is neither true nor false", s);
	*number = on;
	return 0;
}

/*
 * sign, digits, decimal sign, digits: at least one digit, and behind a decimal
 * sign too. Makes the decimal sign a point; *behind counts what follows it.
 */
static bool
is_number(char *s, size_t *behind)
{
	size_t before = 0;

	*behind = 0;
	if (*s == '-' || *s == '+')
		s++;
	for (; is_digit(*s); s++)
		before++;
	if (*s != '.' && *s != ',')
		return *s == '\0' && before > 0;
	*s++ = '.';
	for (; is_digit(*s); s++)
		++*behind;
	return *s == '\0' && *behind > 0;
}

int
number_parse(double *number, const char *s, int decimals,
    const struct text *texts, unsigned n_texts, bool is_bool, struct err *e)
{
	char typed[TYPED_MAX + 1], text[VALUE_TEXT_MAX + 1];
	size_t behind;

	if (trim(text, s, sizeof(text)) &&
	    is_text(text, texts, n_texts, number))
		return 0;
	if (!trim(typed, s, sizeof(typed)))
		return err_set(e, "too long for a number");
	if (typed[0] == '\0')
		return err_set(e, "a value is needed");
	if (is_bool)
		return parse_bool(number, typed, e);
	str_copy(text, typed, sizeof(text));
	if (!is_number(typed, &behind))
		return err_set(e, "\"%s\" is not a number such as 12.5", text);
	if (behind == 3 && decimals < 3)
		return err_set(e,
		    "\"%s\" can be read in two ways: type it without the "
		    "sign, or with fewer decimals",
		    text);
	*number = strtod(typed, NULL) + 0.0;
	return 0;
}
