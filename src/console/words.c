/* SPDX-License-Identifier: ISC */
#include "console/words.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"

/* What words_list() may meet. */
static const char *const listed[] = { N_("shelved"), N_("suppressed"),
	N_("out-of-service"), N_("override"), N_("simulated"), N_("good"),
	N_("uncertain"), N_("stale"), N_("bad"), N_("initial"), N_("comm"),
	N_("config"), N_("device"), N_("range") };

const char *
words_quality(enum quality q)
{
	static const char *const names[] = { [QUALITY_GOOD] = N_("good"),
		[QUALITY_UNCERTAIN] = N_("uncertain"),
		[QUALITY_STALE] = N_("stale"), [QUALITY_BAD] = N_("bad") };

	return _(names[q]);
}

static const char *
word_of(const char *const *words, size_t many, const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < many; i++)
		if (strncmp(words[i], text, n) == 0 && words[i][n] == '\0')
			return _(words[i]);
	return NULL;
}

const char *
words_kind(const char *kind)
{
	static const char *const kinds[] = { N_("alarm"), N_("command"),
		N_("state"), N_("plc"), N_("login"), N_("session"),
		N_("project"), N_("system"), N_("note") };
	const char *word = word_of(
	    kinds, sizeof(kinds) / sizeof(kinds[0]), kind, strlen(kind));

	return word != NULL ? word : kind;
}

const char *
words_mark(enum alarm_state state)
{
	static const char *const marks[] = { N_("---"), N_("UNA"), N_("ACK"),
		N_("RTN"), N_("LAT") };

	return _(marks[state]);
}

const char *
words_state(const char *state)
{
	static const char *const states[] = { N_("true"), N_("false") };
	const char *word = word_of(
	    states, sizeof(states) / sizeof(states[0]), state, strlen(state));
	enum alarm_state alarm;

	if (alarm_state_parse(&alarm, state))
		return words_mark(alarm);
	return word != NULL ? word : state;
}

char *
words_list(char *dst, size_t cap, const char *list)
{
	const char *word;
	size_t at = 0, n;

	dst[0] = '\0';
	while (*list != '\0' && at < cap) {
		n = strcspn(list, "+,");
		word = word_of(
		    listed, sizeof(listed) / sizeof(listed[0]), list, n);
		if (word != NULL)
			at += (size_t)snprintf(dst + at, cap - at, "%s", word);
		else
			at += (size_t)snprintf(
			    dst + at, cap - at, "%.*s", (int)n, list);
		list += n;
		if (*list != '\0' && at < cap)
			at += (size_t)snprintf(dst + at, cap - at, "%c", *list++);
	}
	return dst;
}
