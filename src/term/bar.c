/* SPDX-License-Identifier: ISC */
#include "term/bar.h"

#include <math.h>

struct bar
bar_none(void)
{
	return (struct bar){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false };
}

static bool
has_scale(const struct bar *b)
{
	return isfinite(b->min) && isfinite(b->max) && b->min < b->max;
}

/* The cell 0..n-1 in which v stands; what is outside stands at the end. */
static int
cell_of(const struct bar *b, double v, int n)
{
	double x = (v - b->min) / (b->max - b->min) * n;

	return x < 0 ? 0 : x >= n ? n - 1 : (int)x;
}

static bool
within(double v, double low, double high)
{
	return (isnan(low) || v >= low) && (isnan(high) || v <= high);
}

/* What cell i of n belongs to, by its middle. */
static enum glyph
zone(const struct bar *b, int i, int n)
{
	double v = b->min + (i + 0.5) / n * (b->max - b->min);

	if (!within(v, b->low, b->high))
		return GLYPH_RANGE_ALARM;
	if (!isnan(b->want_low) && !isnan(b->want_high) &&
	    within(v, b->want_low, b->want_high))
		return GLYPH_RANGE_DESIRED;
	return GLYPH_RANGE_NORMAL;
}

void
bar_draw_range(struct canvas c, int row, const struct bar *b)
{
	struct canvas in = canvas_part(c, row, 1, 1, c.cols - 2);
	bool scale = has_scale(b);

	canvas_glyph(c, row, 0, STYLE_STATIC, GLYPH_RANGE_LEFT);
	canvas_glyph(c, row, c.cols - 1, STYLE_STATIC, GLYPH_RANGE_RIGHT);
	for (int i = 0; i < in.cols; i++)
		canvas_glyph(in, 0, i, STYLE_STATIC,
		    scale ? zone(b, i, in.cols) : GLYPH_RANGE_UNKNOWN);
	if (scale && isfinite(b->setpoint))
		canvas_glyph(in, 0, cell_of(b, b->setpoint, in.cols),
		    STYLE_SETPOINT, GLYPH_SP);
	if (scale && b->good && !isnan(b->value))
		canvas_glyph(in, 0, cell_of(b, b->value, in.cols),
		    STYLE_VALUE, GLYPH_PV);
	else
		canvas_char(in, 0, 0, STYLE_BAD, '?');
}

/* Eighths of cells that are filled, 0..8n; -1: not known. */
static int
filled(const struct bar *b, int n)
{
	double x;

	if (!has_scale(b) || !b->good || isnan(b->value))
		return -1;
	x = (b->value - b->min) / (b->max - b->min) * 8 * n;
	return x <= 0 ? 0 : x >= 8 * n ? 8 * n : (int)(x + 0.5);
}

static unsigned
part_of(int eighths, int cell)
{
	int n = eighths - 8 * cell;

	return n <= 0 ? 0 : n >= 8 ? 8 : (unsigned)n;
}

void
bar_draw_tank(struct canvas c, const struct bar *b)
{
	int eighths = filled(b, c.rows);
	uint32_t code;

	canvas_clear(c, STYLE_FILL);
	if (eighths < 0) {
		canvas_char(c, c.rows / 2, c.cols / 2, STYLE_BAD, '?');
		return;
	}
	for (int i = 0; i < c.rows; i++) {
		code = glyph_rise(part_of(eighths, i), canvas_ascii(c));
		for (int col = 0; col < c.cols; col++)
			canvas_char(c, c.rows - 1 - i, col, STYLE_FILL, code);
	}
}
