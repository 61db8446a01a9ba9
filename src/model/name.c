/* SPDX-License-Identifier: ISC */
/*
 * name.c - what things may be called, and the names of kinds and functions.
 *
 * P-101A.run is a tag and P-101A.FAIL an alarm, at sight: the case of the last
 * part decides.
 */
#include <string.h>

#include "model/plant.h"

#define OBJECT_MAX 24
#define PART_MAX 32	/* a signal, an alarm, a plain name */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

/* Words of expressions: a signal of this name could not be read there. */
static const char *const reserved[] = { "and", "or", "not", "else", "true",
	"false" };

bool
name_match(const char *pattern, const char *name)
{
	const char *star = NULL, *from = NULL;

	while (*name != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			from = name;
		} else if (*pattern == '?' || *pattern == *name) {
			pattern++;
			name++;
		} else if (star != NULL) {
			/* let the last star take one more */
			pattern = star;
			name = ++from;
		} else
			return false;
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

/* One part: a first character of first, then any of rest. Its length, or 0. */
static size_t
part(const char *s, const char *first, const char *rest)
{
	if (*s == '\0' || strchr(first, *s) == NULL)
		return 0;
	return 1 + strspn(s + 1, rest);
}

static bool
whole(const char *s, size_t n, size_t max)
{
	return n > 0 && n <= max && s[n] == '\0';
}

bool
name_is_object(const char *s)
{
	size_t n = part(s, UPPER, UPPER DIGIT), m;

	while (n > 0 && s[n] == '-') {
		m = strspn(s + n + 1, UPPER DIGIT);
		if (m == 0)
			return false;
		n += 1 + m;
	}
	return whole(s, n, OBJECT_MAX);
}

bool
name_is_signal(const char *s)
{
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(s, reserved[i]) == 0)
			return false;
	return whole(s, part(s, LOWER, LOWER DIGIT "_"), PART_MAX);
}

bool
name_is_alarm(const char *s)
{
	return whole(s, part(s, UPPER, UPPER DIGIT "_"), PART_MAX);
}

bool
name_is_plain(const char *s)
{
	return whole(s, part(s, LOWER, LOWER DIGIT "-"), PART_MAX);
}

bool
name_is_area(const char *s)
{
	size_t n = part(s, LOWER, LOWER DIGIT "-"), m;

	while (n > 0 && s[n] == '.') {
		m = part(s + n + 1, LOWER, LOWER DIGIT "-");
		if (m == 0)
			return false;
		n += 1 + m;
	}
	return whole(s, n, PLANT_NAME_MAX);
}

bool
name_is_tag(const char *s)
{
	size_t n = part(s, LOWER, LOWER DIGIT "_");

	return n > 0 && n <= PART_MAX && s[n] == '.' &&
	    whole(s + n + 1, part(s + n + 1, LOWER, LOWER DIGIT "_"),
		PLANT_NAME_MAX - PART_MAX - 1);
}

static const char *const function_names[] = {
#define X(id, name) [FUNCTION_##id] = name,
	FUNCTIONS(X)
#undef X
};

const char *
function_name(enum function f)
{
	return (unsigned)f < FUNCTION_COUNT ? function_names[f] : "?";
}

bool
function_parse(enum function *f, const char *name)
{
	for (unsigned i = 0; i < FUNCTION_COUNT; i++)
		if (strcmp(name, function_names[i]) == 0) {
			*f = (enum function)i;
			return true;
		}
	return false;
}

static const struct {
	const char *name;
	unsigned registers;
} kinds[] = {
#define X(id, name, registers) [KIND_##id] = { name, registers },
	KINDS(X)
#undef X
};
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

const char *
kind_name(enum kind k)
{
	return (size_t)k < KIND_COUNT ? kinds[k].name : "?";
}

unsigned
kind_registers(enum kind k)
{
	return (size_t)k < KIND_COUNT ? kinds[k].registers : 0;
}

enum value_type
kind_type(enum kind k)
{
	switch (k) {
	case KIND_BOOL:
		return VALUE_BOOL;
	case KIND_INT16:
	case KIND_INT32:
	case KIND_INT64:
		return VALUE_INT;
	case KIND_FLOAT32:
	case KIND_FLOAT64:
		return VALUE_REAL;
	case KIND_TEXT:
		return VALUE_TEXT;
	default:
		return VALUE_UINT;
	}
}
