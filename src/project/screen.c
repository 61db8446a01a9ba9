/* SPDX-License-Identifier: ISC */
#include "project/screen.h"

#include <stdio.h>
#include <string.h>

#include "project/conf.h"
#include "project/keys.h"
#include "project/names.h"
#include "project/screen_parts.h"
#include "project/source.h"

/* A line of the file, without its newline. */
struct line_at {
	const char *text;
	size_t len;
	struct place at;
};

struct lines {
	const char *p, *end;
	struct place at;	/* of the next line */
};

static bool
next_line(struct lines *l, struct line_at *line)
{
	const char *end;

	if (l->p >= l->end)
		return false;
	end = memchr(l->p, '\n', (size_t)(l->end - l->p));
	if (end == NULL)
		end = l->end;
	*line = (struct line_at){ l->p, (size_t)(end - l->p), l->at };
	l->p = end + 1;
	l->at.line++;
	return true;
}

static bool
is_word(const struct line_at *l, const char *word)
{
	size_t n = strlen(word);

	return l->len >= n && memcmp(l->text, word, n) == 0 &&
	    (l->len == n || l->text[n] == ' ' || l->text[n] == '\t');
}

/* Nothing but blanks or a comment. */
static bool
is_idle(const struct line_at *l)
{
	size_t i;

	if (l->len > 0 && l->text[0] == '#')
		return true;
	for (i = 0; i < l->len; i++) {
		if (l->text[i] != ' ' && l->text[i] != '\t')
			return false;
	}
	return true;
}

#define WORDS 8
struct word {
	char text[64];
	struct place at;
};

/* The words behind "@screen"; -1 if there are too many or too long ones. */
static int
split(const struct line_at *l, struct word words[WORDS])
{
	size_t i = 0, from, len;
	int n = 0;

	for (;;) {
		while (i < l->len && (l->text[i] == ' ' || l->text[i] == '\t'))
			i++;
		if (i == l->len)
			return n;
		for (from = i; i < l->len && l->text[i] != ' ' &&
		    l->text[i] != '\t'; i++)
			;
		len = i - from;
		if (n == WORDS || len >= sizeof(words[n].text))
			return -1;
		memcpy(words[n].text, l->text + from, len);
		words[n].text[len] = '\0';
		words[n].at = l->at;
		words[n++].at.column = (uint16_t)(from + 1);
	}
}

static void
take_option(struct screen_reading *x, const struct word *name,
    const struct word *value)
{
	if (strcmp(name->text, "level") == 0) {
		if (strlen(value->text) != 1 || value->text[0] < '1' ||
		    value->text[0] > '4')
			report_error(x->g.report, value->at,
			    "\"level\" is 1 to 4, not \"%s\"", value->text);
		else
			x->s->level = value->text[0] - '0';
	} else if (strcmp(name->text, "parent") == 0) {
		if (!name_is_plain(value->text))
			report_error(x->g.report, value->at,
			    "bad name \"%s\" of a screen", value->text);
		x->s->parent = arena_text(x->arena, value->text);
		x->s->parent_at = value->at;
	} else {
		report_error(x->g.report, name->at,
		    "unknown word \"%s\"; write @screen NAME level N "
		    "parent NAME", name->text);
	}
}

static void
take_head(struct screen_reading *x, const struct line_at *l)
{
	struct word words[WORDS];
	int i, n = split(l, words);

	x->has_head = true;
	x->s->at = l->at;
	x->s->name = "";
	x->s->level = 2;
	if (n < 2) {
		report_error(x->g.report, l->at,
		    "write @screen NAME level N parent NAME");
		return;
	}
	x->s->at = words[1].at;
	x->s->name = arena_text(x->arena, words[1].text);
	if (!name_is_plain(words[1].text))
		report_error(x->g.report, words[1].at,
		    "bad name \"%s\" of a screen", words[1].text);
	for (i = 2; i + 1 < n; i += 2)
		take_option(x, &words[i], &words[i + 1]);
	if (i < n)
		report_error(x->g.report, words[i].at,
		    "\"%s\" has no value", words[i].text);
}

static void
take_title(struct screen_reading *x, const char *text, size_t len,
    struct place at)
{
	struct item *item = conf_read(&x->g, &schema_header, text, len, at);
	int i;

	if (item == NULL || !cell_is_set(&item->cells[HEADER_TITLE]))
		return;
	for (i = 0; i < PLANT_LANGUAGES; i++) {
		const char *s = item->cells[HEADER_TITLE].text.in[i];

		if (s != NULL)
			x->s->title.in[i] = arena_text(x->arena, s);
	}
}

/*
 * The lines up to a stop word (any line that begins with @), as one text.
 * Returns false at the end of the file.
 */
static bool
gather(struct lines *l, struct line_at *line, const char **text, size_t *len)
{
	const char *from = l->p < l->end ? l->p : l->end;
	bool more;

	while ((more = next_line(l, line)) && *line->text != '@')
		;
	*text = from;
	*len = (size_t)((more ? line->text : l->end) - from);
	return more;
}

static void
no_end(struct screen_reading *x, struct place at, const char *what)
{
	report_error(x->g.report, at, "%s has no @end", what);
}

static void
take_art(struct screen_reading *x, struct lines *l, const struct line_at *head)
{
	struct line_at line;
	struct place from = l->at;
	const char *text;
	unsigned width = 0, height = 0;
	size_t len;
	char size[32];
	int end = 0;

	str_copy(size, "", sizeof(size));
	if (head->len < sizeof(size)) {
		memcpy(size, head->text, head->len);
		size[head->len] = '\0';
	}
	if (sscanf(size, "@art %4ux%4u %n", &width, &height, &end) != 2 ||
	    size[end] != '\0' || width < 1 || width > SCREEN_WIDTH ||
	    height < 1 || height > SCREEN_HEIGHT) {
		report_error(x->g.report, head->at,
		    "write @art WIDTHxHEIGHT, at most %dx%d", SCREEN_WIDTH,
		    SCREEN_HEIGHT);
		width = SCREEN_WIDTH;
		height = SCREEN_HEIGHT;
	}
	if (!gather(l, &line, &text, &len) || !is_word(&line, "@end"))
		no_end(x, head->at, "@art");
	art_read(x, width, height, text, len, from);
}

static void
take_bind(struct screen_reading *x, struct lines *l,
    const struct line_at *head)
{
	struct line_at line;
	struct place from = l->at;
	const char *text;
	size_t len;

	if (x->has_bind)
		report_error(x->g.report, head->at, "a second @bind");
	x->has_bind = true;
	if (!gather(l, &line, &text, &len) || !is_word(&line, "@end"))
		no_end(x, head->at, "@bind");
	bind_read(x, text, len, from);
}

static void
take_words(struct screen_reading *x, struct lines *l,
    const struct line_at *head)
{
	struct word words[WORDS];
	struct line_at line;
	struct place from = l->at;
	const char *text;
	size_t len;
	int n = split(head, words);

	if (!gather(l, &line, &text, &len) || !is_word(&line, "@end"))
		no_end(x, head->at, "@words");
	if (n == 2)
		words_read(x, words[1].text, head->at, text, len, from);
	else
		report_error(
		    x->g.report, head->at, "write @words LANGUAGE");
}

/* @screen and what stands before the first @art; then the parts. */
static void
take_parts(struct screen_reading *x, struct lines *l)
{
	struct line_at line;
	struct place from;
	const char *text;
	size_t len;
	bool more = next_line(l, &line);

	while (more) {
		if (is_word(&line, "@screen") && !x->has_head) {
			take_head(x, &line);
			from = l->at;
			more = gather(l, &line, &text, &len);
			take_title(x, text, len, from);
			continue;
		}
		if (is_word(&line, "@art"))
			take_art(x, l, &line);
		else if (is_word(&line, "@words"))
			take_words(x, l, &line);
		else if (is_word(&line, "@bind"))
			take_bind(x, l, &line);
		else if (!is_idle(&line))
			report_error(x->g.report, line.at,
			    "expected @screen, @art, @words or @bind");
		more = next_line(l, &line);
	}
}

static void
check_whole(struct screen_reading *x)
{
	struct place at = { x->g.file, 1, 1 };

	if (!x->has_head)
		report_error(x->g.report, at, "@screen is missing");
	else if (x->arts.n == 0)
		report_error(x->g.report, x->s->at, "@art is missing");
}

static void
close_arts(struct screen_reading *x)
{
	x->s->n_arts = (uint32_t)x->arts.n;
	x->s->arts = arena_copy(
	    x->arena, x->arts.at, x->arts.n, sizeof(*x->arts.at));
	vec_free(&x->arts);
	vec_free(&x->found);
	arena_free(x->g.arena);
}

struct screen *
screen_parse(const char *file, const char *text, size_t len,
    const char *const *languages, unsigned n, struct report *r)
{
	struct screen_reading x = { .g = { .report = r, .columns = true } };
	struct lines l = { .at = { report_file(r, file), 1, 1 } };
	unsigned errors = r->errors;

	if (len > SCREEN_BYTES_MAX) {
		report_error(r, l.at, "larger than 256 KiB");
		return NULL;
	}
	x.arena = arena_new();
	x.g.arena = arena_new();
	x.g.file = l.at.file;
	for (; x.g.n_languages < n; x.g.n_languages++)
		x.g.languages[x.g.n_languages] = languages[x.g.n_languages];
	x.s = arena_take(x.arena, 1, sizeof(*x.s));
	x.s->arena = x.arena;
	l.p = source_clean(x.g.arena, text, len, x.g.file, true, r, &len);
	l.end = l.p + len;
	take_parts(&x, &l);
	check_whole(&x);
	bind_join(&x);
	words_apply(&x);
	close_arts(&x);
	if (r->errors == errors)
		return x.s;
	screen_free(x.s);
	return NULL;
}

void
screen_free(struct screen *s)
{
	if (s != NULL)
		arena_free(s->arena);
}

const struct art *
screen_art(const struct screen *s, unsigned width, unsigned height)
{
	const struct art *best = NULL, *least = &s->arts[0];
	uint32_t i;

	for (i = 0; i < s->n_arts; i++) {
		const struct art *a = &s->arts[i];

		if (a->width * a->height < least->width * least->height)
			least = a;
		if (a->width <= width && a->height <= height &&
		    (best == NULL ||
			a->width * a->height > best->width * best->height))
			best = a;
	}
	return best != NULL ? best : least;
}

const char *
binding_name(enum binding_kind k)
{
	static const char *const names[] = {
#define X(id, name) name,
		BINDINGS(X)
#undef X
	};

	return names[k];
}
