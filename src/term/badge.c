/* SPDX-License-Identifier: ISC */
#include "term/badge.h"

/* NORMAL for NONE. */
static enum style
style_now(struct canvas c, enum badge b, unsigned priority)
{
	static const enum style steady[] = { STYLE_P1, STYLE_P2, STYLE_P3,
		STYLE_P4 };
	static const enum style inverted[] = { STYLE_P1_FLASH, STYLE_P2_FLASH,
		STYLE_P3_FLASH, STYLE_P4_FLASH };
	unsigned n = priority >= 1 && priority <= 4 ? priority - 1 : 3;

	switch (b) {
	case BADGE_NONE:
		return STYLE_NORMAL;
	case BADGE_UNACKNOWLEDGED:
	case BADGE_RETURNED:
		return canvas_flash(c) ? inverted[n] : steady[n];
	case BADGE_ACKNOWLEDGED:
	case BADGE_LATCHED:
		return steady[n];
	default:
		return STYLE_INHIBITED;
	}
}

static uint32_t
shape(struct canvas c, enum badge b, unsigned priority)
{
	unsigned n = priority >= 1 && priority <= 4 ? priority - 1 : 3;
	bool hollow = b == BADGE_RETURNED || b == BADGE_LATCHED;

	switch (b) {
	case BADGE_SHELVED:
		return 's';
	case BADGE_SUPPRESSED:
		return 'd';	/* by design */
	case BADGE_OUT_OF_SERVICE:
		return 'x';
	default:
		return glyph_code(
		    (enum glyph)((hollow ? GLYPH_P1_RETURNED : GLYPH_P1) + n),
		    canvas_ascii(c));
	}
}

void
badge_draw(struct canvas c, int row, int col, enum badge b, unsigned priority)
{
	enum style s = style_now(c, b, priority);

	if (b == BADGE_NONE) {
		canvas_text(c, row, col, BADGE_COLS, s, "");
		return;
	}
	canvas_char(c, row, col, s, shape(c, b, priority));
	canvas_char(c, row, col + 1, s, '0' + priority % 10);
}
