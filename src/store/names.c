/* SPDX-License-Identifier: ISC */
#include "store/names.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "store/row.h"

static const char *const types[] = { [VALUE_BOOL] = "bool",
	[VALUE_INT] = "int", [VALUE_UINT] = "uint", [VALUE_REAL] = "real",
	[VALUE_TEXT] = "text" };
static const char *const inhibits[] = { [INHIBIT_SHELVED] = "shelved",
	[INHIBIT_SUPPRESSED] = "suppressed",
	[INHIBIT_OUT_OF_SERVICE] = "out-of-service" };
#define X(id, name, ...) name,
static const char *const qualities[] = { QUALITIES(X) };
static const char *const causes[] = { CAUSES(X) };
static const char *const states[] = { ALARM_STATES(X) };
static const char *const kinds[] = { RECORD_KINDS(X) };
#undef X

#define SET(words)                                                             \
	{                                                                      \
		words, sizeof(words) / sizeof((words)[0])                      \
	}
static const struct {
	const char *const *words;
	size_t n;
} sets[] = { [NAME_VALUE_TYPE] = SET(types),
	[NAME_QUALITY] = SET(qualities),
	[NAME_CAUSE] = SET(causes),
	[NAME_ALARM_STATE] = SET(states),
	[NAME_INHIBIT] = SET(inhibits),
	[NAME_KIND] = SET(kinds) };

const char *
name_of(enum name_set set, unsigned number)
{
	assert(number < sets[set].n);
	return sets[set].words[number];
}

unsigned
name_number(enum name_set set, const char *word)
{
	unsigned i;

	for (i = 0; i < sets[set].n; i++)
		if (strcmp(sets[set].words[i], word) == 0)
			return i;
	return 0;
}

const char *
record_kind_name(enum record_kind kind)
{
	return name_of(NAME_KIND, kind);
}
