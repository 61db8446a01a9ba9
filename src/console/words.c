/* SPDX-License-Identifier: ISC */
#include "console/words.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"

/* What words_list() may meet. */
static const char *const listed[] = { N_("shelved"), N_("suppressed"),
	N_("out-of-service"), N_("override"), N_("simulated") };

const char *
words_quality(enum quality q)
{
	static const char *const names[] = { [QUALITY_GOOD] = N_("good"),
		[QUALITY_UNCERTAIN] = N_("uncertain"),
		[QUALITY_STALE] = N_("stale"), [QUALITY_BAD] = N_("bad") };

	return _(names[q]);
}

static const char *
word_of(const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof(listed) / sizeof(listed[0]); i++)
		if (strncmp(listed[i], text, n) == 0 && listed[i][n] == '\0')
			return _(listed[i]);
	return NULL;
}

char *
words_list(char *dst, size_t cap, const char *list)
{
	const char *word;
	size_t at = 0, n;

	dst[0] = '\0';
	while (*list != '\0' && at < cap) {
		n = strcspn(list, "+,");
		word = word_of(list, n);
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
