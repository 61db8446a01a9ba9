/* SPDX-License-Identifier: ISC */
#include "term/field.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define DECIMALS_MAX 12
#define WIDTH_MAX 400

/* P31: a number that has no room is not cut. */
static void
hashes(char *dst, size_t cap, int width)
{
	size_t n = width < 0 ? 0 : (size_t)width;

	if (cap == 0)
		return;
	if (n > cap - 1)
		n = cap - 1;
	memset(dst, '#', n);
	dst[n] = '\0';
}

void
field_number(
    char *dst, size_t cap, double number, int decimals, int width)
{
	char text[400];
	int n;

	if (decimals < 0 || decimals > DECIMALS_MAX)
		decimals = decimals < 0 ? 0 : DECIMALS_MAX;
	n = snprintf(text, sizeof(text), "%.*f", decimals, number);
	/* -0.0 after rounding is no news to anybody */
	if (text[0] == '-' && strspn(text, "-0.") == strlen(text))
		n = snprintf(text, sizeof(text), "%.*f", decimals, 0.0);
	if (!isfinite(number) || n > width || (size_t)n >= cap)
		hashes(dst, cap, width);
	else
		str_copy(dst, text, cap);
}

enum style
field_style(const struct field *f)
{
	return f->quality == FIELD_GOOD && f->flags == 0 ? STYLE_VALUE
	    : f->flags & FIELD_BUSY			 ? STYLE_PENDING
							 : STYLE_DOUBTFUL;
}

/* The mark of a value that is not what it seems; false: it has none. */
static bool
mark_of(const struct field *f, enum glyph *g, enum style *s)
{
	*s = STYLE_BAD;
	if (f->quality == FIELD_BAD) {
		*g = GLYPH_BAD;
	} else if (f->flags & (FIELD_OVERRIDE | FIELD_SIMULATED)) {
		*g = f->flags & FIELD_OVERRIDE ? GLYPH_OVERRIDE
					       : GLYPH_SIMULATED;
		*s = STYLE_OVERRIDE;
	} else if (f->quality == FIELD_STALE) {
		*g = GLYPH_STALE;
	} else if (f->quality == FIELD_UNCERTAIN) {
		*g = GLYPH_UNCERTAIN;
	} else {
		return false;
	}
	return true;
}

static void
value_text(const struct field *f, int width, char *dst, size_t cap)
{
	if (f->quality == FIELD_NEVER)
		snprintf(dst, cap, "%.*s", width < 3 ? width : 3, "---");
	else if (f->text != NULL)
		snprintf(dst, cap, "%s", f->text);
	else
		field_number(dst, cap, f->number, f->decimals, width);
}

static void
draw_value(struct canvas c, int row, int col, int width,
    enum field_align align, enum style s, const char *text)
{
	if (align == FIELD_RIGHT)
		canvas_text_right(c, row, col, width, s, text);
	else
		canvas_text(c, row, col, width, s, text);
}

void
field_draw(struct canvas c, int row, int col, int width,
    enum field_align align, const struct field *f)
{
	char text[1024];
	enum style s = field_style(f), mark_style;
	enum glyph mark;
	int used;

	if (width <= 0)
		return;
	if (width > WIDTH_MAX)
		width = WIDTH_MAX;
	if (f->quality == FIELD_NEVER || !mark_of(f, &mark, &mark_style)) {
		value_text(f, width, text, sizeof(text));
		draw_value(c, row, col, width, align, s, text);
		return;
	}
	value_text(f, WIDTH_MAX, text, sizeof(text));
	used = canvas_columns(text);
	if (used > width - 1) {
		used = width - 1 < 3 ? width - 1 : 3;
		snprintf(text, sizeof(text), "%.*s", used, "---");
	}
	/* the mark touches the value: it cannot be overlooked */
	draw_value(c, row, col + 1, width - 1, align, s, text);
	if (align == FIELD_LEFT)
		used = width - 1;
	canvas_text(c, row, col, width - 1 - used, s, "");
	canvas_glyph(c, row, col + width - 1 - used, mark_style, mark);
}

int
field_measure(const struct field *f)
{
	char text[1024];
	enum style s;
	enum glyph g;

	value_text(f, WIDTH_MAX, text, sizeof(text));
	return canvas_columns(text) + (f->quality != FIELD_NEVER && mark_of(f, &g, &s));
}
