/* SPDX-License-Identifier: ISC */
#include "verb/complete.h"

#include <string.h>

#include "verb/phrase.h"
#include "verb/option.h"

/* Words that an option or a place takes and that are known here. */
static const struct choice {
	const char *label;	/* as in the usage text */
	const char *words[8];
} choices[] = {
	{ "FORMAT", { "table", "csv", "json", "jsonl" } },
	{ "T", { "now", "today", "yesterday" } },
	{ "Q", { "good", "uncertain", "stale", "bad" } },
	{ "S", { "unacknowledged", "acknowledged", "returned", "latched",
	    "shelved", "suppressed", "out-of-service", "inhibited" } },
	{ "SPAN", { "10min", "30min", "1h", "2h", "8h" } },
	{ "N", { "1", "2", "3", "4" } },
};

static bool
is_listed(const struct buf *out, const char *word, size_t len)
{
	const char *s = buf_string(out);

	for (; *s != '\0'; s += strcspn(s, "\n") + 1)
		if (strncmp(s, word, len) == 0 && s[len] == '\n')
			return true;
	return false;
}

static void
offer(struct buf *out, const char *word, size_t word_len, const char *typed)
{
	if (strncmp(word, typed, strlen(typed)) != 0 ||
	    strlen(typed) > word_len || is_listed(out, word, word_len))
		return;
	buf_add(out, word, word_len);
	buf_char(out, '\n');
}

static void
offer_choices(struct buf *out, const char *label, const char *typed)
{
	size_t i, k;
	const char *word;

	for (i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		if (strcmp(choices[i].label, label) != 0)
			continue;
		for (k = 0; k < 8 && choices[i].words[k] != NULL; k++) {
			word = choices[i].words[k];
			offer(out, word, strlen(word), typed);
		}
	}
}

/* The k-th word of a name, and its length; 0 if there are not so many. */
static size_t
nth_word(const char *name, size_t k, const char **word)
{
	for (; k > 0; k--) {
		name += strcspn(name, " ");
		if (*name == '\0')
			return 0;
		name++;
	}
	*word = name;
	return strcspn(name, " ");
}

static bool
begins_with(const char *name, const char *const *words, size_t n)
{
	const char *word;
	size_t k, len;

	for (k = 0; k < n; k++) {
		len = nth_word(name, k, &word);
		if (len != strlen(words[k]) ||
		    memcmp(word, words[k], len) != 0)
			return false;
	}
	return true;
}

/* The words that may follow as part of a verb's name, each once. */
static void
offer_verbs(
    struct buf *out, const char *const *words, size_t n, const char *typed)
{
	const char *word;
	size_t i, len;

	for (i = 0; i < n_phrases; i++) {
		if (phrase_is_hidden(&phrases[i]) ||
		    !begins_with(phrases[i].name, words, n))
			continue;
		len = nth_word(phrases[i].name, n, &word);
		if (len > 0)
			offer(out, word, len, typed);
	}
}

static void
offer_options(struct buf *out, const struct usage *u, const char *typed)
{
	const char *name;
	unsigned i;
	size_t k;

	for (i = 0; i < u->n_options; i++)
		offer(out, u->options[i].name, strlen(u->options[i].name),
		    typed);
	for (k = 0; k < n_common_options; k++) {
		name = common_options[k].name;
		if (usage_option(u, name, strlen(name)) == NULL)
			offer(out, name, strlen(name), typed);
	}
}

/* The label of the value that this option waits for; NULL if none. */
static const char *
value_label(const struct usage *u, const char *word)
{
	const struct usage_option *o = usage_option(u, word, strlen(word));
	size_t i;

	if (o != NULL)
		return *o->label != '\0' ? o->label : NULL;
	for (i = 0; i < n_common_options; i++)
		if (strcmp(common_options[i].name, word) == 0)
			return *common_options[i].label != '\0'
			    ? common_options[i].label
			    : NULL;
	return NULL;
}

static enum complete_names
names_of(const struct phrase *p)
{
	static const struct {
		const char *prefix;
		enum complete_names names;
	} known[] = {
		{ "[PATTERN", COMPLETE_TAGS },
		{ "TAG", COMPLETE_TAGS },
		{ "ALARM", COMPLETE_ALARMS },
		{ "NAME", COMPLETE_USERS },
	};
	size_t i;

	if (p->verb == VERB_USER_ADD || p->verb == VERB_SCREEN)
		return COMPLETE_NONE;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncmp(p->parameters, known[i].prefix,
			strlen(known[i].prefix)) == 0)
			return known[i].names;
	return COMPLETE_NONE;
}

enum complete_names
complete_words(struct buf *out, const char *const *words, size_t n)
{
	struct usage u = { 0 };
	const struct phrase *p;
	const char *typed = n > 0 ? words[n - 1] : "", *label;
	size_t done = n > 0 ? n - 1 : 0, skip = 0, used;

	/* options in front of the verb, with their values */
	while (skip < done && words[skip][0] == '-')
		skip += value_label(&u, words[skip]) != NULL ? 2 : 1;
	if (skip > done)
		skip = done;
	p = phrase_find(words + skip, done - skip, &used);
	if (p != NULL)
		usage_parse(&u, p->parameters);
	label = done > 0 ? value_label(&u, words[done - 1]) : NULL;
	if (label != NULL) {
		offer_choices(out, label, typed);
		return COMPLETE_NONE;
	}
	if (*typed == '-') {
		offer_options(out, &u, typed);
		return COMPLETE_NONE;
	}
	offer_verbs(out, words + skip, done - skip, typed);
	if (p == NULL || u.n_places == 0 ||
	    (used < done - skip && !u.places[u.n_places - 1].repeated))
		return COMPLETE_NONE;
	return names_of(p);
}
