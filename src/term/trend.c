/* SPDX-License-Identifier: ISC */
#include "term/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* --- columns ---------------------------------------------------------- */

static bool
usable(const struct trend_sample *s)
{
	return s->good && isfinite(s->low) && isfinite(s->high);
}

/* Is this sample's value still the value at that time? */
static bool
holds(const struct trend *t, const struct trend_sample *s, int64_t at)
{
	return usable(s) && (t->hold_ms <= 0 || at - s->ms <= t->hold_ms);
}

static void
widen(struct trend_column *c, const struct trend_sample *s)
{
	if (!c->any || s->low < c->low)
		c->low = s->low;
	if (!c->any || s->high > c->high)
		c->high = s->high;
	c->any = true;
}

/* One column from a (inside) to b; *next: the first sample not before a. */
static void
fill_column(const struct trend *t, struct trend_column *c, int64_t a,
    int64_t b, size_t *next)
{
	const struct trend_sample *before =
	    *next > 0 ? &t->sample[*next - 1] : NULL;

	bool replaced = *next < t->n && t->sample[*next].ms == a;

	if (before != NULL && holds(t, before, a)) {
		c->joined = true;
		if (!replaced)
			widen(c, before);
	}
	if (before != NULL && !usable(before) && !replaced)
		c->bad = true;
	for (; *next < t->n && t->sample[*next].ms < b; (*next)++) {
		if (usable(&t->sample[*next]))
			widen(c, &t->sample[*next]);
		if (!usable(&t->sample[*next]) || t->sample[*next].partly)
			c->bad = true;
	}
}

static int64_t
edge(const struct trend *t, size_t i, size_t n)
{
	double share = (double)i / (double)n;

	return t->from_ms + (int64_t)(share * (double)(t->to_ms - t->from_ms));
}

void
trend_columns(const struct trend *t, struct trend_column *column, size_t n)
{
	size_t next = 0;

	memset(column, 0, n * sizeof(*column));
	if (t->from_ms >= t->to_ms)
		return;
	while (next < t->n && t->sample[next].ms < t->from_ms)
		next++;
	for (size_t i = 0; i < n; i++) {
		/* the right edge belongs to the last column */
		fill_column(t, &column[i], edge(t, i, n),
		    i + 1 == n ? t->to_ms + 1 : edge(t, i + 1, n), &next);
		if (i == 0 || !column[i - 1].any)
			column[i].joined = false;
	}
}

bool
trend_scale(const struct trend *t, double *min, double *max)
{
	bool any = false;
	double room;

	for (size_t i = 0; i < t->n; i++) {
		const struct trend_sample *s = &t->sample[i];

		if (!usable(s))
			continue;
		*min = !any || s->low < *min ? s->low : *min;
		*max = !any || s->high > *max ? s->high : *max;
		any = true;
	}
	if (any && *max - *min <= 0) {
		room = fabs(*max) > 1 ? fabs(*max) * 0.05 : 0.5;
		*min -= room;
		*max += room;
	}
	return any;
}

/* --- drawing ---------------------------------------------------------- */

/* A picture of dots: width x height, with the extent of each column. */
struct extent {
	int low, high;	/* -1: nothing */
};

static int
level_of(const struct trend *t, double v, int height)
{
	double x = (v - t->min) / (t->max - t->min) * (height - 1);

	return x <= 0 ? 0 : x >= height - 1 ? height - 1 : (int)(x + 0.5);
}

/* The extents, stretched so that a curve without gap touches itself. */
static void
make_extents(const struct trend *t, const struct trend_column *column,
    size_t n, int height, struct extent *e)
{
	for (size_t i = 0; i < n; i++) {
		e[i].low = e[i].high = -1;
		if (!column[i].any)
			continue;
		e[i].low = level_of(t, column[i].low, height);
		e[i].high = level_of(t, column[i].high, height);
		if (i == 0 || !column[i].joined)
			continue;
		if (e[i - 1].high < e[i].low)
			e[i].low = e[i - 1].high + 1;
		if (e[i - 1].low > e[i].high)
			e[i].high = e[i - 1].low - 1;
	}
}

static void
draw_bad(struct canvas c, int col, const struct trend_column *column)
{
	if (column->bad && !column->any)
		canvas_char(c, c.rows - 1, col, STYLE_DOUBTFUL, '?');
}

/* The dots of an extent that are in the four of row (from above). */
static unsigned
braille_bits(struct extent e, int row, int rows, bool right)
{
	static const unsigned char dots[2][4] = {
		{ 0x40, 0x04, 0x02, 0x01 },	/* from below */
		{ 0x80, 0x20, 0x10, 0x08 },
	};
	int base = (rows - 1 - row) * 4;
	unsigned bits = 0;

	for (int i = 0; i < 4; i++)
		if (e.low >= 0 && base + i >= e.low && base + i <= e.high)
			bits |= dots[right][i];
	return bits;
}

static void
draw_braille(struct canvas c, const struct extent *e, enum style pen)
{
	unsigned bits;

	for (int col = 0; col < c.cols; col++) {
		for (int row = 0; row < c.rows; row++) {
			bits = braille_bits(e[2 * col], row, c.rows, false) |
			    braille_bits(e[2 * col + 1], row, c.rows, true);
			if (bits != 0)
				canvas_char(c, row, col, pen, 0x2800 + bits);
		}
	}
}

/* One cell of the ASCII curve: three levels a row. */
static char
ascii_piece(struct extent e, int base)
{
	int low = e.low > base ? e.low - base : 0;
	int high = e.high < base + 2 ? e.high - base : 2;

	if (low == high)
		return ".-'"[low];
	return high - low == 2 ? '|' : high == 1 ? '.' : '\'';
}

static void
draw_ascii(struct canvas c, const struct extent *e, enum style pen)
{
	int base;

	for (int col = 0; col < c.cols; col++) {
		for (int row = 0; row < c.rows; row++) {
			base = (c.rows - 1 - row) * 3;
			if (e[col].low >= 0 && e[col].low <= base + 2 &&
			    e[col].high >= base)
				canvas_char(c, row, col, pen,
				    (uint32_t)ascii_piece(e[col], base));
		}
	}
}

static void
draw_line(struct canvas c, const struct extent *e, enum style pen)
{
	int level;

	for (int col = 0; col < c.cols; col++) {
		for (int row = 0; row < c.rows; row++) {
			level = c.rows - 1 - row;
			if (e[col].low < 0 || level < e[col].low ||
			    level > e[col].high)
				continue;
			canvas_glyph(c, row, col, pen,
			    e[col].low == e[col].high ? GLYPH_HLINE
						      : GLYPH_VLINE);
		}
	}
}

void
trend_draw(struct canvas c, const struct trend *t, enum style pen,
    enum trend_graph graph)
{
	size_t n = (size_t)c.cols;
	struct trend_column *column;
	struct extent *e;
	int height = c.rows;

	if (c.rows < 1 || c.cols < 1 || !(t->min < t->max))
		return;
	if (graph == TREND_AUTO || canvas_ascii(c))
		graph = canvas_ascii(c) ? TREND_ASCII : TREND_BRAILLE;
	if (graph == TREND_BRAILLE)
		n *= 2;
	height *= graph == TREND_BRAILLE ? 4 : graph == TREND_ASCII ? 3 : 1;
	column = xcalloc(n, sizeof(*column));
	e = xcalloc(n, sizeof(*e));
	trend_columns(t, column, n);
	make_extents(t, column, n, height, e);
	for (int col = 0; col < c.cols; col++)
		draw_bad(c, col, &column[(size_t)col * n / (size_t)c.cols]);
	if (graph == TREND_BRAILLE)
		draw_braille(c, e, pen);
	else if (graph == TREND_ASCII)
		draw_ascii(c, e, pen);
	else
		draw_line(c, e, pen);
	free(column);
	free(e);
}

void
trend_number(
    struct canvas c, const struct trend *t, enum style pen, unsigned number)
{
	const int pens = 4, apart = 6;
	struct trend_column *column;
	double middle;
	int col;

	if (c.rows < 1 || c.cols < 1 || !(t->min < t->max))
		return;
	column = xcalloc((size_t)c.cols, sizeof(*column));
	trend_columns(t, column, (size_t)c.cols);
	for (col = (int)number % pens * apart + apart / 2; col < c.cols;
	    col += pens * apart) {
		if (!column[col].any)
			continue;
		middle = (column[col].low + column[col].high) / 2;
		canvas_char(c, c.rows - 1 - level_of(t, middle, c.rows), col,
		    pen, '1' + number);
	}
	free(column);
}
