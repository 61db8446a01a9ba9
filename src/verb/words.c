/* SPDX-License-Identifier: ISC */
#include "verb/words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Where we are in the line, and where the words are written. */
struct scan {
	const char *line, *at;
	char *to;
	struct words *w;
	struct err *e;
};

static int
wrong(const struct scan *s, const char *at, const char *text)
{
	return err_set(s->e, "column %d: %s", (int)(at - s->line) + 1, text);
}

/* Behind the opening quote; ends behind the closing one. */
static int
single(struct scan *s)
{
	const char *open = s->at - 1, *close = strchr(s->at, '\'');

	if (close == NULL)
		return wrong(s, open, "the quote ' is not closed");
	memcpy(s->to, s->at, (size_t)(close - s->at));
	s->to += close - s->at;
	s->at = close + 1;
	return 0;
}

static int
twofold(struct scan *s)
{
	const char *open = s->at - 1;

	while (*s->at != '"') {
		if (*s->at == '\0')
			return wrong(s, open, "the quote \" is not closed");
		if (*s->at == '\\' && s->at[1] != '\0' &&
		    strchr("\"\\$`", s->at[1]) != NULL)
			s->at++;
		*s->to++ = *s->at++;
	}
	s->at++;
	return 0;
}

static int
escaped(struct scan *s)
{
	if (*s->at == '\0' || *s->at == '\n')
		return wrong(s, s->at - 1, "nothing behind the backslash");
	*s->to++ = *s->at++;
	return 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int
one_word(struct scan *s)
{
	int rc = 0;
	char c;

	s->w->at[s->w->n++] = s->to;
	while (rc == 0 && (c = *s->at) != '\0' && !is_blank(c) && c != '\n') {
		if (strchr(";|&<>", c) != NULL)
			return wrong(s, s->at,
			    "there is no shell here; quote ; | & < >");
		s->at++;
		if (c == '\'')
			rc = single(s);
		else if (c == '"')
			rc = twofold(s);
		else if (c == '\\')
			rc = escaped(s);
		else
			*s->to++ = c;
	}
	*s->to++ = '\0';
	return rc;
}

/* Blanks, and line ends that nothing follows. */
static void
skip(struct scan *s)
{
	const char *rest = s->at + strspn(s->at, " \t\r\n");

	if (*rest == '\0')
		s->at = rest;
	else
		s->at += strspn(s->at, " \t\r");
}

static int
scan_all(struct scan *s)
{
	for (skip(s); *s->at != '\0'; skip(s)) {
		if (*s->at == '\n')
			return wrong(s, s->at, "one command at a time");
		if (s->w->n == WORDS_MAX)
			return wrong(s, s->at, "too many words");
		if (one_word(s) < 0)
			return -1;
	}
	s->w->at[s->w->n] = NULL;
	return 0;
}

int
words_split(struct words *w, const char *line, struct err *e)
{
	size_t len = strnlen(line, WORDS_LINE_MAX + 1);
	struct scan s = { .line = line, .at = line, .w = w, .e = e };

	memset(w, 0, sizeof(*w));
	if (len > WORDS_LINE_MAX)
		return err_set(e, "column %d: the line is too long",
		    WORDS_LINE_MAX + 1);
	/* A word needs a character and a blank: never more than half. */
	w->at = xcalloc(len / 2 + 2, sizeof(*w->at));
	/* A word's NUL takes the place of its blank, or of the line's end. */
	w->room = s.to = xmalloc(len + 2);
	if (scan_all(&s) == 0)
		return 0;
	words_free(w);
	return -1;
}

void
words_free(struct words *w)
{
	free(w->at);
	free(w->room);
	memset(w, 0, sizeof(*w));
}
