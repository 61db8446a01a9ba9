/* SPDX-License-Identifier: ISC */
#include "console/events_filter.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/words.h"
#include "wire/client.h"

static const char *const kinds[] = { "alarm", "command", "state", "plc",
	"login", "session", "project", "system", "note" };
#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static bool
kind_of(const char *word, unsigned *bit)
{
	size_t i;

	for (i = 0; i < N_KINDS; i++)
		if (strcasecmp(word, kinds[i]) == 0 ||
		    strcasecmp(word, words_kind(kinds[i])) == 0) {
			*bit = 1u << i;
			return true;
		}
	return false;
}

int
events_filter_kinds(unsigned *set, const char *text, struct err *e)
{
	char copy[160], *rest = copy, *word;
	unsigned bit;

	*set = 0;
	str_copy(copy, text, sizeof(copy));
	while ((word = strsep(&rest, " ,+")) != NULL) {
		if (*word == '\0')
			continue;
		if (!kind_of(word, &bit))
			return err_set(e, _("\"%s\" is no kind of event"),
			    word);
		*set |= bit;
	}
	return 0;
}

/* 06:00, -2h, 2026-11-22, today: what begins like a time is one. */
static bool
is_time(const char *word)
{
	return isdigit((unsigned char)*word) || *word == '-' ||
	    strcmp(word, "today") == 0 || strcmp(word, "yesterday") == 0;
}

int
events_filter_parse(struct events_filter *f, const char *text, struct err *e)
{
	char copy[160], *rest = copy, *word;
	unsigned bit;

	memset(f, 0, sizeof(*f));
	str_copy(copy, text, sizeof(copy));
	while ((word = strsep(&rest, " ,+")) != NULL) {
		if (*word == '\0')
			continue;
		if (kind_of(word, &bit))
			f->kinds |= bit;
		else if (is_time(word) && *f->since == '\0')
			str_copy(f->since, word, sizeof(f->since));
		else if (is_time(word) && *f->until == '\0')
			str_copy(f->until, word, sizeof(f->until));
		else if (*f->area == '\0')
			str_copy(f->area, word, sizeof(f->area));
		else
			return err_set(e,
			    _("\"%s\": kinds, an area, a time, its end"),
			    word);
	}
	return 0;
}

void
events_filter_print_kinds(unsigned set, char *dst, size_t cap)
{
	size_t at = 0, i;

	dst[0] = '\0';
	for (i = 0; i < N_KINDS && at < cap; i++)
		if (set & 1u << i)
			at += (size_t)snprintf(dst + at, cap - at, "%s%s",
			    at > 0 ? " " : "", words_kind(kinds[i]));
}

void
events_filter_print(const struct events_filter *f, char *dst, size_t cap)
{
	char set[100];
	int n;

	events_filter_print_kinds(f->kinds, set, sizeof(set));
	n = snprintf(dst, cap, "%s%s%s%s", *set != '\0' ? "  " : "", set,
	    *f->area != '\0' ? "  " : "", f->area);
	if ((*f->since != '\0' || *f->until != '\0') && (size_t)n < cap)
		snprintf(dst + n, cap - (size_t)n, "  %s..%s", f->since,
		    f->until);
}

void
events_filter_ask(const struct events_filter *f, struct client *c)
{
	size_t i;

	for (i = 0; i < N_KINDS; i++)
		if (f->kinds & 1u << i)
			client_with(c, PARAMETER_KIND, kinds[i]);
	if (*f->area != '\0')
		client_with(c, PARAMETER_AREA, f->area);
	if (*f->since != '\0')
		client_with(c, PARAMETER_SINCE, f->since);
	if (*f->until != '\0')
		client_with(c, PARAMETER_UNTIL, f->until);
}
