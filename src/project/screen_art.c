/* SPDX-License-Identifier: ISC */
/* screen_art.c - the grid of one @art: characters, markers, rectangles. */
#include <string.h>

#include "base/text.h"
#include "project/screen_parts.h"

/* The art while its lines are read. */
struct canvas {
	struct screen_reading *x;
	struct art *art;
	uint32_t index;		/* of the art */
	uint16_t row;
	struct place at;	/* of the present line */
	uint32_t line[SCREEN_WIDTH];
};

static struct place
at_column(const struct canvas *c, size_t column)
{
	struct place at = c->at;

	at.column = (uint16_t)(column + 1);
	return at;
}

/*
 * Are all terminals of one mind about its width? Letters and the box, block
 * and shape characters that we use ourselves are; emoji and dingbats are not.
 */
static bool
is_steady(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} fit[] = { { 0x2190, 0x2199 }, { 0x2200, 0x22ff },
		{ 0x2500, 0x25a1 }, { 0x25b2, 0x25b3 }, { 0x25b6, 0x25b7 },
		{ 0x25bc, 0x25bd }, { 0x25c0, 0x25c1 }, { 0x25c6, 0x25c7 },
		{ 0x25cb, 0x25cf }, { 0x25d6, 0x25d7 }, { 0x2715, 0x2715 },
		{ 0x2800, 0x28ff } };
	size_t i;

	if (code < 0x2190)
		return text_width(code) == 1;
	for (i = 0; i < sizeof(fit) / sizeof(fit[0]); i++) {
		if (code >= fit[i].first && code <= fit[i].last)
			return true;
	}
	return false;
}

static void
unsteady(struct canvas *c, uint32_t code, size_t column)
{
	char text[5] = "";

	if (code == '\t') {
		report_error(c->x->g.report, at_column(c, column),
		    "a tab in the art; write blanks");
		return;
	}
	text[text_encode(text, code)] = '\0';
	report_error(c->x->g.report, at_column(c, column),
	    "the width of \"%s\" (U+%04X) differs between terminals", text,
	    code);
}

/* Characters of the line into c->line; how many. */
static size_t
decode(struct canvas *c, const char *text, size_t len)
{
	size_t n = 0, used;
	uint32_t code;

	while (len > 0 && (used = text_next(text, len, &code)) > 0) {
		if (n == SCREEN_WIDTH)
			break;
		if (code == '\t' || !is_steady(code)) {
			unsteady(c, code, n);
			code = '?';
		}
		c->line[n++] = code;
		text += used;
		len -= used;
	}
	while (n > 0 && c->line[n - 1] == ' ')
		n--;
	return n;
}

static bool
is_letter(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/* Letters and digits from i on. */
static size_t
key_length(const struct canvas *c, size_t i, size_t end)
{
	size_t n = 0;

	if (i >= end || !is_letter(c->line[i]))
		return 0;
	while (i + n < end && (is_letter(c->line[i + n]) ||
		(c->line[i + n] >= '0' && c->line[i + n] <= '9')))
		n++;
	return n;
}

static size_t
run_length(const struct canvas *c, size_t i, size_t end, uint32_t code)
{
	size_t n = 0;

	while (i + n < end && c->line[i + n] == code)
		n++;
	return n;
}

/* k, k___, ___k or k=== between from and to; false if none of them. */
static bool
parse_marker(const struct canvas *c, size_t from, size_t to, struct marker *m,
    size_t *key, size_t *key_len)
{
	size_t lead = run_length(c, from, to, '_'), fill;

	*key = from + lead;
	*key_len = key_length(c, *key, to);
	if (*key_len == 0)
		return false;
	m->right = lead > 0;
	from = *key + *key_len;
	if (from == to)
		return true;
	if (m->right)
		return false;
	fill = run_length(c, from, to, '_');
	if (fill == 0) {
		fill = run_length(c, from, to, '=');
		m->graphic = true;
	}
	return from + fill == to;
}

static const char *
key_text(const struct canvas *c, size_t at, size_t len)
{
	char *text = arena_take(c->x->g.arena, len + 1, 1);
	size_t i;

	for (i = 0; i < len; i++)
		text[i] = (char)c->line[at + i];
	return text;
}

/* A marker that begins at column i; returns the column behind it. */
static size_t
take_marker(struct canvas *c, size_t i, size_t n)
{
	struct found f = { .at = at_column(c, i), .art = c->index,
		.marker = { .row = c->row, .column = (uint16_t)i,
		    .height = 1 } };
	size_t end = i + 1, key, key_len;

	while (end < n && c->line[end] != '}' && c->line[end] != '{')
		end++;
	if (end == n || c->line[end] == '{') {
		report_error(c->x->g.report, f.at,
		    "torn marker: this { has no } in its line");
		return i + 1;
	}
	if (!parse_marker(c, i + 1, end, &f.marker, &key, &key_len)) {
		report_error(c->x->g.report, f.at, "torn marker: write {k}, "
		    "{k___}, {___k} or {k===}; {{ is a brace");
		return end + 1;
	}
	f.key = key_text(c, key, key_len);
	f.marker.width = (uint16_t)(end + 1 - i);
	if (c->art->n_markers == SCREEN_MARKERS)
		report_error(c->x->g.report, c->art->at,
		    "more than %d markers", SCREEN_MARKERS);
	if (c->art->n_markers == SCREEN_MARKERS)
		return end + 1;
	c->art->n_markers++;
	vec_push(&c->x->found, f);
	return end + 1;
}

static void
put(struct canvas *c, size_t column, uint32_t code)
{
	if (column < c->art->width)
		c->art->cells[(size_t)c->row * c->art->width + column] = code;
}

static void
take_line(struct canvas *c, const char *text, size_t len)
{
	size_t n = decode(c, text, len), i = 0;

	if (n > c->art->width)
		report_error(c->x->g.report, at_column(c, c->art->width),
		    "the art is wider than its %u columns", c->art->width);
	while (i < n) {
		uint32_t code = c->line[i];

		if ((code == '{' || code == '}') && i + 1 < n &&
		    c->line[i + 1] == code) {
			put(c, i, code);
			i += 2;
		} else if (code == '{') {
			i = take_marker(c, i, n);
		} else if (code == '}') {
			report_error(c->x->g.report, at_column(c, i),
			    "torn marker: this } has no {");
			i++;
		} else {
			put(c, i++, code);
		}
	}
}

/* The rectangle of the row above that this row's graphic goes on with. */
static struct found *
rectangle_above(
    struct screen_reading *x, size_t first, const struct found *f)
{
	const struct marker *m = &f->marker;
	struct found *a;
	size_t i;

	for (i = first; &x->found.at[i] < f; i++) {
		a = &x->found.at[i];
		if (!a->marker.graphic ||
		    a->marker.height == 0 ||
		    a->marker.row + a->marker.height != m->row ||
		    strcmp(a->key, f->key) != 0)
			continue;
		if (a->marker.column < m->column + m->width &&
		    m->column < a->marker.column + a->marker.width)
			return a;
	}
	return NULL;
}

/* Rows of one graphic grow into the first; the others get height 0. */
static void
join_rectangles(struct screen_reading *x, size_t first)
{
	size_t i;

	for (i = first; i < x->found.n; i++) {
		struct found *f = &x->found.at[i], *above;

		if (!f->marker.graphic)
			continue;
		above = rectangle_above(x, first, f);
		if (above == NULL)
			continue;
		if (above->marker.column != f->marker.column ||
		    above->marker.width != f->marker.width) {
			report_error(x->g.report, f->at, "torn rectangle: "
			    "\"%s\" is in columns %d to %d here, in %d to %d "
			    "above", f->key, f->marker.column + 1,
			    f->marker.column + f->marker.width,
			    above->marker.column + 1,
			    above->marker.column + above->marker.width);
		}
		above->marker.height++;
		f->marker.height = 0;
	}
}

static void
blank(uint32_t *cells, size_t n)
{
	while (n-- > 0)
		cells[n] = ' ';
}

void
art_read(struct screen_reading *x, unsigned width, unsigned height,
    const char *text, size_t len, struct place at)
{
	struct canvas c = { .x = x, .index = (uint32_t)x->arts.n, .at = at };
	struct art art = { .width = (uint16_t)width,
		.height = (uint16_t)height, .at = at };
	const char *end;
	size_t n, first = x->found.n;

	if (x->arts.n == SCREEN_ARTS) {
		report_error(x->g.report, at, "more than %d arts",
		    SCREEN_ARTS);
		return;
	}
	art.cells = arena_take(
	    x->arena, (size_t)width * height, sizeof(*art.cells));
	blank(art.cells, (size_t)width * height);
	c.art = &art;
	for (; len > 0; c.row++, c.at.line++, text += n, len -= n) {
		end = memchr(text, '\n', len);
		n = end ? (size_t)(end + 1 - text) : len;
		if (c.row >= height) {
			report_error(x->g.report, c.at,
			    "the art is higher than its %u rows", height);
			break;
		}
		take_line(&c, text, end ? n - 1 : n);
	}
	vec_push(&x->arts, art);
	join_rectangles(x, first);
}
