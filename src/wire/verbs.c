/* SPDX-License-Identifier: ISC */
#include "wire/verbs.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

const struct verb_row verbs[VERB_COUNT] = {
#define X(id, name, function, scope, audit, parameters, columns, help)         \
	[VERB_##id] = { name, FUNCTION_##function, SCOPE_##scope,              \
		AUDIT_##audit, parameters, columns, help },
	VERBS(X)
#undef X
};

const char *const parameter_names[PARAMETERS_END] = {
#define X(id, name) [PARAMETER_##id] = name,
	PARAMETERS(X)
#undef X
};

size_t
verb_words(const char *name, const char *const *words, size_t n)
{
	size_t used = 0, len;

	while (used < n) {
		len = strcspn(name, " ");
		if (strlen(words[used]) != len ||
		    strncmp(name, words[used], len) != 0)
			return 0;
		used++;
		if (name[len] == '\0')
			return used;
		name += len + 1;
	}
	return 0;
}

enum verb
verb_find(const char *const *words, size_t n, size_t *used)
{
	enum verb v, best = VERB_COUNT;
	size_t most = 0, k;

	for (v = 0; v < VERB_COUNT; v++) {
		k = verb_words(verbs[v].name, words, n);
		if (k > most) {
			most = k;
			best = v;
		}
	}
	*used = most;
	return best;
}

char *
result_show(char *dst, size_t cap, const char *result)
{
	static const char *const loud[] = { "MISMATCH", "UNKNOWN" };
	size_t i, len;

	str_copy(dst, result, cap);
	for (i = 0; i < sizeof(loud) / sizeof(loud[0]); i++) {
		len = strlen(loud[i]);
		if (len < cap && strncasecmp(result, loud[i], len) == 0)
			memcpy(dst, loud[i], len);
	}
	return dst;
}

bool
verb_needs_password(enum verb v)
{
	return verbs[v].function == FUNCTION_USERS &&
	    verbs[v].audit == AUDIT_ALWAYS;
}
