/* SPDX-License-Identifier: ISC */
#include "scenario/script.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"

int64_t
script_time(const char *text)
{
	static const struct {
		const char *unit;
		double ms;
	} units[] = { { "ms", 1 }, { "s", 1000 }, { "min", 60000 },
		{ "h", 3600000 }, { "d", 86400000 } };
	char *end;
	double n = strtod(text, &end);
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (end != text && strcmp(end, units[i].unit) == 0)
			return (int64_t)(n * units[i].ms + 0.5);
	return -1;
}

/* Blanks part words, "..." and '...' keep them together. */
static int
split(struct step *s, struct err *e)
{
	char *c = s->room, quote;

	for (;;) {
		c += strspn(c, " \t");
		if (*c == '\0' || *c == '#')
			return 0;
		if (s->n == STEP_WORDS)
			return err_set(e, "too many words");
		if (*c == '"' || *c == '\'') {
			quote = *c;
			s->words[s->n++] = ++c;
			c = strchr(c, quote);
			if (c == NULL)
				return err_set(e, "%c is not closed", quote);
		} else {
			s->words[s->n++] = c;
			c += strcspn(c, " \t");
		}
		if (*c != '\0')
			*c++ = '\0';
	}
}

static int
add(struct script *script, const char *line, unsigned number, int64_t *now,
    struct err *e)
{
	struct step s = { .line = number };

	s.room = xstrdup(line);
	if (split(&s, e) < 0) {
		free(s.room);
		return -1;
	}
	if (s.n >= 2 && strcmp(s.words[0], "at") == 0) {
		int64_t at = script_time(s.words[1]);

		if (at < *now) {
			free(s.room);
			return err_set(e, "at %s is no time, or in the past",
			    line);
		}
		*now = at;
		memmove(s.words, s.words + 2, (s.n - 2) * sizeof(s.words[0]));
		s.n -= 2;
	}
	s.at_ms = *now;
	if (s.n == 0) {
		free(s.room);
		return 0;
	}
	vec_push(&script->steps, s);
	return 0;
}

int
script_read(struct script *s, const char *file, struct err *e)
{
	struct buf b = { 0 };
	unsigned number = 0;
	char *rest, *line;
	int64_t now = 0;
	struct err why;
	int rc = 0;

	memset(s, 0, sizeof(*s));
	if (buf_read_file(&b, file, 1 << 20) < 0)
		return err_sys(e, "%s", file);
	for (rest = b.at; rc == 0 && (line = strsep(&rest, "\n")) != NULL;) {
		number++;
		if (strncmp(line, "# TODO ", 7) == 0)
			str_copy(s->todo, line + 7, sizeof(s->todo));
		else if (number == 1 && strncmp(line, "# ", 2) == 0)
			str_copy(s->title, line + 2, sizeof(s->title));
		else if (add(s, line, number, &now, &why) < 0)
			rc = err_set(e, "%s:%u: %s", file, number, why.text);
	}
	buf_free(&b);
	return rc;
}

void
script_free(struct script *s)
{
	size_t i;

	for (i = 0; i < s->steps.n; i++)
		free(s->steps.at[i].room);
	vec_free(&s->steps);
}
