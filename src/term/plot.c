/* SPDX-License-Identifier: ISC */
#include "term/plot.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/language.h"
#include "base/mem.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define APART 14		/* columns between two times, at least */

static const int64_t steps[] = { SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND,
	15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE,
	15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
	DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY };

int64_t
plot_time(const struct plot *p, int cols, int col)
{
	return p->from_ms +
	    (int64_t)((double)(p->to_ms - p->from_ms) * col / cols);
}

int
plot_column(const struct plot *p, int cols, int64_t ms)
{
	double share =
	    (double)(ms - p->from_ms) / (double)(p->to_ms - p->from_ms);
	int col = (int)(share * cols);

	return col < 0 ? 0 : col >= cols ? cols - 1 : col;
}

int64_t
plot_step(int64_t span_ms, int cols)
{
	size_t n = sizeof(steps) / sizeof(steps[0]), i;
	int most = cols / APART > 1 ? cols / APART : 1;

	for (i = 0; i + 1 < n && span_ms / steps[i] > most; i++)
		;
	return steps[i];
}

/* Milliseconds that local time is ahead then. */
static int64_t
offset_at(int64_t ms)
{
	time_t s = (time_t)(ms / 1000);
	struct tm tm;

	return localtime_r(&s, &tm) != NULL ? tm.tm_gmtoff * SECOND : 0;
}

static void
print_tick(char *dst, size_t cap, int64_t ms, int64_t step)
{
	time_t s = (time_t)(ms / 1000);
	struct tm tm;

	dst[0] = '\0';
	if (localtime_r(&s, &tm) == NULL)
		return;
	if (step < MINUTE)
		strftime(dst, cap, "%H:%M:%S", &tm);
	else if (step < DAY && (tm.tm_hour != 0 || tm.tm_min != 0))
		strftime(dst, cap, "%H:%M", &tm);
	else
		strftime(dst, cap, _("%d-%b"), &tm);
}

/* At round times of the plant's clock; each hour asks for its own offset, so
 * that the times are right on both sides of a change of the clocks. */
static void
draw_times(struct canvas axis, struct canvas times, const struct plot *p)
{
	int64_t step = plot_step(p->to_ms - p->from_ms, axis.cols), local, t;
	char text[40];
	int col, free_from = 0;

	for (t = p->from_ms; t < p->to_ms; t += step) {
		local = t + offset_at(t);
		local = (local + step - 1) / step * step;
		t = local - offset_at(t);
		if (t >= p->to_ms)
			break;
		col = plot_column(p, axis.cols, t);
		canvas_glyph(axis, 0, col, STYLE_STATIC, GLYPH_TICK);
		print_tick(text, sizeof(text), t, step);
		if (col - 2 < free_from && col != 0)
			continue;
		if (col + canvas_columns(text) > times.cols)
			continue;
		canvas_text(times, 0, col > 2 ? col - 2 : 0, -1, STYLE_LABEL,
		    text);
		free_from = col + canvas_columns(text);
	}
}

static void
draw_scale(struct canvas c, const struct plot *p, int rows)
{
	int row, part;
	double v;
	char text[48];

	for (row = 0; row < rows; row++)
		canvas_glyph(c, row, PLOT_SCALE - 1, STYLE_STATIC, GLYPH_VLINE);
	if (!(p->min < p->max) || rows < 3)
		return;
	for (part = 0; part <= 2; part++) {
		row = part * (rows - 1) / 2;
		v = p->max -
		    (p->max - p->min) * (double)row / (double)(rows - 1);
		snprintf(text, sizeof(text), "%.*f", p->decimals, v);
		if (canvas_columns(text) > PLOT_SCALE - 1)
			snprintf(text, sizeof(text), "%.2g", v);
		canvas_text_right(
		    c, row, 0, PLOT_SCALE - 1, p->pen, text);
	}
}

struct canvas
plot_frame(struct canvas c, const struct plot *p)
{
	int rows = c.rows - PLOT_BELOW, cols = c.cols - PLOT_SCALE;
	struct canvas inside = canvas_part(c, 0, PLOT_SCALE, rows, cols);

	if (rows < 1 || cols < 1)
		return inside;
	draw_scale(c, p, rows);
	canvas_glyph(c, rows, PLOT_SCALE - 1, STYLE_STATIC, GLYPH_BOTTOM_LEFT);
	canvas_hline(c, rows, PLOT_SCALE, cols, STYLE_STATIC);
	draw_times(canvas_part(c, rows, PLOT_SCALE, 1, cols),
	    canvas_part(c, rows + 1, PLOT_SCALE, 1, cols), p);
	return inside;
}

void
plot_bad(struct canvas c, const struct trend *t)
{
	int cols = c.cols - PLOT_SCALE, row = c.rows - PLOT_BELOW, i;
	struct trend_column *column;

	if (cols < 1 || row < 0)
		return;
	column = xcalloc((size_t)cols, sizeof(*column));
	trend_columns(t, column, (size_t)cols);
	for (i = 0; i < cols; i++)
		if (column[i].bad && column[i].any)
			canvas_char(
			    c, row, PLOT_SCALE + i, STYLE_DOUBTFUL, '?');
	free(column);
}

void
plot_cursor(struct canvas inside, const struct plot *p, int64_t ms)
{
	if (inside.cols < 1 || ms < p->from_ms || ms > p->to_ms)
		return;
	canvas_vline(inside, 0, plot_column(p, inside.cols, ms), inside.rows,
	    STYLE_LABEL);
}
