/* SPDX-License-Identifier: ISC */
#include "term/tile.h"

#include <math.h>
#include <stdio.h>

#include "model/value.h"
#include "term/digits.h"

#define BIG_ROWS 6		/* of a tile whose number is three rows high */

/* With blanks around it where there is room, cut where there is not. */
static void
on_border(struct canvas line, enum style s, const char *text)
{
	char room[128];

	if (canvas_columns(text) + 2 <= line.cols)
		snprintf(room, sizeof(room), " %.120s ", text);
	else
		snprintf(room, sizeof(room), "%.120s", text);
	if (canvas_columns(room) > line.cols)
		canvas_text(line, 0, 0, line.cols, s, room);
	else
		canvas_text(line, 0, 0, -1, s, room);
}

static void
draw_frame(struct canvas c, const struct tile *t)
{
	int cols = c.cols - 2;

	canvas_clear(c, STYLE_NORMAL);
	canvas_box(c, STYLE_STATIC, NULL);
	if (t->badge != BADGE_NONE) {
		cols -= BADGE_COLS;
		badge_draw(c, 0, 1 + cols, t->badge, t->priority);
	}
	on_border(canvas_part(c, 0, 1, 1, cols), STYLE_LABEL, t->title);
}

/* Is the number known to be beyond this limit? Uncertain counts (P7). */
static bool
is_beyond(const struct tile *t, const struct tile_limit *l, int side)
{
	return l->set && l->good && t->field.quality <= FIELD_UNCERTAIN &&
	    t->field.text == NULL && (t->field.number - l->at) * side > 0;
}

static void
limit_text(char *dst, size_t cap, const struct tile *t)
{
	const struct tile_limit *a = &t->least, *b = &t->most;
	char low[32] = "?", high[32] = "?";

	if (a->set && a->good)
		real_print(low, a->at);
	if (b->set && b->good)
		real_print(high, b->at);
	if (a->set && b->set)
		snprintf(dst, cap, "%s..%s", low, high);
	else
		snprintf(dst, cap, "%s %s", a->set ? "min" : "max",
		    a->set ? low : high);
}

static void
draw_limit(struct canvas c, const struct tile *t)
{
	struct canvas line = canvas_part(c, c.rows - 1, 1, 1, c.cols - 2);
	char text[80], number[32];
	bool high = is_beyond(t, &t->most, 1);
	bool low = is_beyond(t, &t->least, -1);

	if (!t->least.set && !t->most.set)
		return;
	if (!high && !low) {
		limit_text(text, sizeof(text), t);
		on_border(line, STYLE_LABEL, text);
		return;
	}
	real_print(number, high ? t->most.at : t->least.at);
	snprintf(text, sizeof(text), "  %s %s %s", high ? "H" : "L",
	    high ? ">" : "<", number);
	canvas_text(line, 0, 0, -1, STYLE_FAILED, text);
	canvas_glyph(line, 0, 1, STYLE_FAILED, high ? GLYPH_P2 : GLYPH_P3);
}

static void
draw_small(struct canvas in, const struct tile *t)
{
	int unit = canvas_columns(t->unit), number = in.cols;

	/* the unit goes before the value does */
	if (field_measure(&t->field) + 1 + unit > in.cols)
		unit = 0;
	if (unit > 0)
		number -= unit + 1;
	field_draw(in, 0, 0, number, FIELD_RIGHT, &t->field);
	if (unit > 0)
		canvas_text(in, 0, number + 1, unit, STYLE_LABEL, t->unit);
}

/* Three rows high; what is not a number, or too long, is drawn small. */
static void
draw_big(struct canvas in, const struct tile *t)
{
	struct field f = t->field;
	char number[40] = "---";
	int cols, unit = canvas_columns(t->unit);

	if (f.quality != FIELD_NEVER)
		field_number(number, sizeof(number), f.number, f.decimals, 20);
	cols = f.text == NULL ? digits_columns(number) : -1;
	if (cols < 0 || cols + 3 > in.cols) {	/* mark, blank; blank */
		draw_small(canvas_part(in, 1, 0, 1, in.cols), t);
		return;
	}
	cols = in.cols - cols - 1;
	digits_draw(in, 0, cols, field_style(&f), number);
	if (unit < cols)
		canvas_text(in, 0, 0, unit, STYLE_LABEL, t->unit);
	/* its mark is that of a field, before the number */
	f.text = "";
	if (f.quality != FIELD_NEVER)
		field_draw(in, 2, cols - 2, 1, FIELD_LEFT, &f);
}

void
tile_draw(struct canvas c, const struct tile *t)
{
	struct canvas in = canvas_part(c, 1, 1, c.rows - 2, c.cols - 2);
	bool scale = isfinite(t->bar.min) && isfinite(t->bar.max);
	int rows = in.rows - (scale && in.rows > 1);

	if (c.rows < TILE_ROWS || c.cols < TILE_COLS)
		return;
	draw_frame(c, t);
	draw_limit(c, t);
	if (c.rows >= BIG_ROWS)
		draw_big(canvas_part(in, (rows - DIGITS_ROWS) / 2, 0,
			     DIGITS_ROWS, in.cols), t);
	else
		draw_small(canvas_part(in, (rows - 1) / 2, 0, 1, in.cols), t);
	if (scale && in.rows > 1)
		bar_draw_range(in, in.rows - 1, &t->bar);
}
