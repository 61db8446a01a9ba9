/* SPDX-License-Identifier: ISC */
/*
 * style.h - what a cell means, and how the themes show it.
 *
 * A drawing names a meaning (STYLE_VALUE), never a colour. Each meaning has
 * a letter for dumps and a look per theme and colour depth; the depth is a
 * ladder (256, 16, 8, mono) so that a poor terminal loses colour and nothing
 * else. Colour is never the only sign: alarm styles are for badges, which
 * carry a shape and a digit (badge.h).
 *
 * The screen is calm: near-black on light grey, colour for what is abnormal.
 * Nothing here blinks by itself: the _FLASH styles are the other half of a
 * badge's second, with its text still readable.
 */
#ifndef TERM_STYLE_H
#define TERM_STYLE_H

#include <stdbool.h>

enum style_theme { THEME_LIGHT, THEME_DARK, THEME_MONO };

enum style_depth {
	DEPTH_DETECT,	/* what the terminal can, mono with NO_COLOR */
	DEPTH_MONO,
	DEPTH_8,
	DEPTH_16,
	DEPTH_256
};

enum style_attr { ATTR_BOLD = 1, ATTR_UNDERLINE = 2, ATTR_REVERSE = 4 };

struct style_look {
	short fg, bg;	/* colour numbers; -1 in mono */
	unsigned attrs;	/* enum style_attr, joined by | */
};

/* The table stands in style.c: STYLES(X) is name, letter. */
#define STYLES(X)                                                              \
	X(NORMAL, '.')		/* texts */                                    \
	X(LABEL, 'l')		/* names, units, what does not change */       \
	X(STATIC, 's')		/* pipes, tanks, lines: decoration */          \
	X(VALUE, 'v')		/* a live value, good */                       \
	X(DOUBTFUL, 'U')	/* uncertain, stale or bad: always marked */   \
	X(ON, 'r')		/* equipment that runs, is open */             \
	X(OFF, 'o')		/* equipment that stands, is closed */         \
	X(FAILED, 'x')                                                         \
	X(FILL, 'f')		/* contents of a tank or bar */                \
	X(SETPOINT, 'p')                                                       \
	X(SELECTED, 'S')                                                       \
	X(TITLE, 'T') X(HEADER, 'H') X(BORDER, 'b')                            \
	X(STATUS, 'u')		/* the status line */                          \
	X(ROLE, 'R')		/* a user with more than an operator's rights */ \
	X(KEY, 'k') X(KEY_OFF, 'K')	/* the footer's keys */                \
	X(INPUT, 'i') X(INPUT_BAD, 'I')                                        \
	X(DIALOG, 'd')                                                         \
	X(MESSAGE, 'm') X(NOTICE, 'n') X(REFUSED, 'X')	/* message line */     \
	X(P1, '1') X(P2, '2') X(P3, '3') X(P4, '4')	/* badges */           \
	X(P1_FLASH, 'A') X(P2_FLASH, 'B') X(P3_FLASH, 'C') X(P4_FLASH, 'D')    \
	X(INHIBITED, 'h')	/* shelved, suppressed, out of service */      \
	X(BAD, '?')		/* badge of a bad or stale value */            \
	X(OVERRIDE, 'F')	/* badge of an overridden or simulated one */  \
	X(PENDING, 'P')		/* a command under way */                      \
	X(NO_DATA, 'N')		/* bars over the whole width */                \
	X(VIEW_ONLY, 'V') X(FROZEN, 'Z')                                       \
	X(PEN1, 'a') X(PEN2, 'c') X(PEN3, 'e') X(PEN4, 'g')	/* trends */

enum style {
#define X(name, letter) STYLE_##name,
	STYLES(X)
#undef X
	STYLE_COUNT
};

struct style_look style_look(
    enum style s, enum style_theme theme, enum style_depth depth);
char style_letter(enum style s);
const char *style_name(enum style s);
/* "light" "dark" "mono"; false: no such theme. */
bool style_theme_parse(enum style_theme *theme, const char *name);
/* "256" "16" "8" "mono" "auto" */
bool style_depth_parse(enum style_depth *depth, const char *name);

#endif
