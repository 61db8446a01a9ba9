/* SPDX-License-Identifier: ISC */
/*
 * badge.h - the two columns that say an alarm's priority and state: shape
 * and digit, doubled by a background of their own. Not acknowledged: it is
 * inverted each half second; returned: hollow; inhibited: a letter.
 */
#ifndef TERM_BADGE_H
#define TERM_BADGE_H

#include "term/canvas.h"

#define BADGE_COLS 2

enum badge {
	BADGE_NONE,	/* two blanks */
	BADGE_UNACKNOWLEDGED,
	BADGE_ACKNOWLEDGED,
	BADGE_RETURNED,	/* and not acknowledged */
	BADGE_LATCHED,	/* steady and hollow: waits for reset */
	BADGE_SHELVED,
	BADGE_SUPPRESSED,
	BADGE_OUT_OF_SERVICE
};

/* priority 1..4 (others are shown as 4 with their own last digit) */
void badge_draw(
    struct canvas c, int row, int col, enum badge b, unsigned priority);

#endif
