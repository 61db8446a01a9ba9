/* SPDX-License-Identifier: ISC */
/*
 * screen_words.c - the words of an art in the other languages of the plant.
 *
 * An art is drawn once, in the first language. @words says what stands in
 * the place of a word in another one; it takes the word's cells and, if it is
 * longer, those of the blanks or the line behind it, so that nothing else
 * moves and no marker is touched.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "project/screen_parts.h"

static unsigned
decode(uint32_t *cells, const char *text, size_t len)
{
	unsigned n = 0;
	size_t used;
	uint32_t code;

	while (len > 0 && n < SCREEN_WORD &&
	    (used = text_next(text, len, &code)) > 0) {
		cells[n++] = code;
		text += used;
		len -= used;
	}
	return len == 0 ? n : 0;
}

/* "Raw water = Rohwasser" */
static void
take_line(struct screen_reading *x, unsigned language, const char *text,
    size_t len, struct place at)
{
	struct screen_word w = { .language = language, .at = at };
	size_t left = 0, right, end;

	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	while (left < len && (text[left] == ' ' || text[left] == '\t'))
		left++;
	if (left == len || text[left] == '#')
		return;
	for (end = left; end + 2 < len && memcmp(text + end, " = ", 3) != 0;
	     end++)
		;
	if (end + 2 >= len || end == left) {
		report_error(x->g.report, at, "write WORD = its translation");
		return;
	}
	right = end + 3;
	while (text[end - 1] == ' ')
		end--;
	while (right < len && text[right] == ' ')
		right++;
	w.n_from = decode(w.from, text + left, end - left);
	w.n_to = decode(w.to, text + right, len - right);
	if (w.n_from == 0 || w.n_to == 0)
		report_error(x->g.report, at, "longer than %d characters",
		    SCREEN_WORD);
	else if (x->words.n == SCREEN_WORDS)
		report_error(
		    x->g.report, at, "more than %d words", SCREEN_WORDS);
	else
		vec_push(&x->words, w);
}

void
words_read(struct screen_reading *x, const char *language, struct place head,
    const char *text, size_t len, struct place at)
{
	const char *end;
	unsigned i;
	size_t n;

	for (i = 0; i < x->g.n_languages; i++)
		if (strcmp(x->g.languages[i], language) == 0)
			break;
	if (x->g.n_languages > 0 && i == x->g.n_languages) {
		report_error(x->g.report, head, "unknown language \"%s\"",
		    language);
		return;
	}
	for (; len > 0; at.line++, text += n, len -= n) {
		end = memchr(text, '\n', len);
		n = end != NULL ? (size_t)(end + 1 - text) : len;
		take_line(x, i, text, end != NULL ? n - 1 : n, at);
	}
}

static bool
is_letter(uint32_t code)
{
	return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
	    (code >= 'a' && code <= 'z') || (code >= 0xc0 && code < 0x2000);
}

static bool
is_fill(uint32_t code)
{
	return code == ' ' || code == '-' || code == 0x2500;
}

static bool
is_marked(const struct art *a, unsigned row, unsigned col)
{
	uint32_t i;

	for (i = 0; i < a->n_markers; i++) {
		const struct marker *m = &a->markers[i];

		if (row >= m->row && row < m->row + m->height &&
		    col >= m->column && col < m->column + m->width)
			return true;
	}
	return false;
}

/* Does the word stand there, whole, on its own? */
static bool
stands(const struct screen_word *w, const struct art *a, unsigned row,
    unsigned col)
{
	const uint32_t *cells = a->cells + (size_t)row * a->width;

	return cells[col] == w->from[0] && col + w->n_from <= a->width &&
	    memcmp(cells + col, w->from, w->n_from * sizeof(*cells)) == 0 &&
	    (col == 0 || !is_letter(cells[col - 1])) &&
	    (col + w->n_from == a->width ||
		!is_letter(cells[col + w->n_from]));
}

/* Is there room for more cells behind the blank that ends the word? */
static bool
has_room(const struct art *a, unsigned row, unsigned end, unsigned more)
{
	const uint32_t *cells = a->cells + (size_t)row * a->width;
	unsigned i;

	if (end + more >= a->width || cells[end] != ' ')
		return false;
	for (i = end; i <= end + more; i++)
		if (!is_fill(cells[i]) || is_marked(a, row, i))
			return false;
	return true;
}

/* The translation, a blank, and the line or the blanks that were there. */
static void
replace(const struct screen_word *w, const struct art *a, uint32_t *in,
    unsigned row, unsigned col)
{
	uint32_t *cells = in + (size_t)row * a->width;
	unsigned end = col + w->n_from, i;
	uint32_t fill = end + 1 < a->width &&
		is_fill(a->cells[(size_t)row * a->width + end + 1]) &&
		a->cells[(size_t)row * a->width + end] == ' '
	    ? a->cells[(size_t)row * a->width + end + 1]
	    : ' ';

	memcpy(cells + col, w->to, w->n_to * sizeof(*cells));
	i = col + w->n_to;
	if (w->n_to != w->n_from && i < a->width)
		cells[i++] = ' ';
	for (; i <= end && i < a->width && w->n_to < w->n_from; i++)
		cells[i] = i == end && fill == ' ' ? cells[i] : fill;
}

/* Is it a part of a longer word there? Those stand before it. */
static bool
belongs_to_longer(const struct screen_reading *x, const struct screen_word *w,
    const struct art *a, unsigned row, unsigned col)
{
	const struct screen_word *o;
	unsigned from, behind;

	for (o = x->words.at; o < w; o++) {
		behind = o->n_from - w->n_from;
		for (from = col > behind ? col - behind : 0;
		     o->language == w->language && from <= col; from++)
			if (stands(o, a, row, from))
				return true;
	}
	return false;
}

static void
translate(struct screen_reading *x, struct screen_word *w, struct art *a)
{
	unsigned row, col;
	size_t n = (size_t)a->width * a->height;

	if (a->in[w->language] == NULL)
		a->in[w->language] = arena_copy(
		    x->arena, a->cells, n, sizeof(*a->cells));
	for (row = 0; row < a->height; row++)
		for (col = 0; col < a->width; col++) {
			if (!stands(w, a, row, col) ||
			    belongs_to_longer(x, w, a, row, col))
				continue;
			w->found = true;
			if (w->n_to > w->n_from &&
			    !has_room(a, row, col + w->n_from,
				w->n_to - w->n_from)) {
				report_error(x->g.report, w->at,
				    "no room for it in row %u of @art %ux%u",
				    row + 1, a->width, a->height);
				continue;
			}
			replace(w, a, a->in[w->language], row, col);
		}
}

/* Longer ones first: "Raw water" before "Raw". */
static int
by_length(const void *a, const void *b)
{
	const struct screen_word *x = a, *y = b;

	return x->n_from < y->n_from ? 1 : x->n_from > y->n_from ? -1 : 0;
}

void
words_apply(struct screen_reading *x)
{
	size_t i, k;

	if (x->words.n > 0)
		qsort(x->words.at, x->words.n, sizeof(x->words.at[0]),
		    by_length);
	for (i = 0; i < x->words.n; i++) {
		for (k = 0; k < x->arts.n; k++)
			translate(x, &x->words.at[i], &x->arts.at[k]);
		if (!x->words.at[i].found)
			report_warning(x->g.report, x->words.at[i].at,
			    "this word stands in no art");
	}
	vec_free(&x->words);
}

const uint32_t *
art_cells(const struct art *a, unsigned language)
{
	return language < PLANT_LANGUAGES && a->in[language] != NULL
	    ? a->in[language]
	    : a->cells;
}
