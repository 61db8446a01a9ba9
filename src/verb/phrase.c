/* SPDX-License-Identifier: ISC */
#include "verb/phrase.h"

#include <string.h>

const struct phrase phrases[] = {
#define X(id, name, function, scope, audit, parameters, columns, help)         \
	{ name, parameters, columns, help, VERB_##id, LOCAL_NONE },
	VERBS(X)
#undef X
#define X(id, name, parameters, columns, help)                                 \
	{ name, parameters, columns, help, VERB_COUNT, LOCAL_##id },
	LOCALS(X)
#undef X
};
const size_t n_phrases = sizeof(phrases) / sizeof(phrases[0]);

const struct phrase *
phrase_find(const char *const *words, size_t n, size_t *used)
{
	const struct phrase *best = NULL;
	size_t i, k;

	*used = 0;
	for (i = 0; i < n_phrases; i++) {
		k = verb_words(phrases[i].name, words, n);
		if (k > *used) {
			*used = k;
			best = &phrases[i];
		}
	}
	return best;
}

bool
phrase_acts(const struct phrase *c)
{
	return c->verb < VERB_COUNT && verbs[c->verb].audit == AUDIT_ALWAYS;
}

bool
phrase_streams(const struct phrase *c)
{
	return c->verb == VERB_WATCH || c->verb == VERB_FOLLOW;
}

bool
phrase_is_for_consoles(const struct phrase *c)
{
	return c->verb == VERB_STATE_BACKUP || c->verb == VERB_STATE_PLACE ||
	    c->verb == VERB_STATE_RESTORE || c->verb == VERB_HERE ||
	    c->verb == VERB_TICKET || c->verb == VERB_LANGUAGE ||
	    c->verb == VERB_AGAIN || c->verb == VERB_LOGIN || c->verb == VERB_LOGOUT;
}

bool
phrase_is_hidden(const struct phrase *c)
{
	return phrase_is_for_consoles(c) || c->local == LOCAL_COMPLETE;
}

static bool
is_time(const char *name, size_t len)
{
	static const char *const times[] = { "time", "raised", "since", "added",
		"applied", "created" };
	size_t i;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (strlen(times[i]) == len && memcmp(times[i], name, len) == 0)
			return true;
	return false;
}

int
phrase_time_column(const struct phrase *c)
{
	const char *s = c->columns;
	size_t len;
	int i;

	for (i = 0; *s != '\0'; i++) {
		len = strcspn(s, ",");
		if (is_time(s, len))
			return i;
		s += len + (s[len] == ',');
	}
	return -1;
}
