/* SPDX-License-Identifier: ISC */
/*
 * glyph.h - the symbols of the console, each in UTF-8 and in ASCII, each one
 * column wide in both. A meaning always has a shape: colour only doubles it.
 *
 * A terminal is drawn in one of the two sets. Art and texts that hold other
 * characters go through glyph_ascii() in the ASCII set, so that nothing but
 * ASCII ever leaves then.
 */
#ifndef TERM_GLYPH_H
#define TERM_GLYPH_H

#include <stdbool.h>
#include <stdint.h>

/* name, UTF-8, ASCII */
#define GLYPHS(X)                                                              \
	/* alarms: active, and returned but not acknowledged */                \
	X(P1, 0x25a0, '#') X(P2, 0x25b2, '^') X(P3, 0x25bc, 'v')               \
	X(P4, 0x25c6, '*')                                                     \
	X(P1_RETURNED, 0x25a1, '(') X(P2_RETURNED, 0x25b3, '(')                \
	X(P3_RETURNED, 0x25bd, '(') X(P4_RETURNED, 0x25c7, '(')                \
	/* equipment */                                                        \
	X(ON, 0x25cf, '@') X(OFF, 0x25cb, 'O') X(FAILED, 0x2715, 'X')          \
	X(OPEN, 0x25b6, '>') X(CLOSED, 0x25b7, '<') X(MOVING, 0x25d7, '~')     \
	/* values */                                                           \
	X(PV, 0x25b2, '^') X(SP, 0x25c7, 'o') X(LIMIT, 0x2524, '|')            \
	X(BAD, 0x25cc, '?') X(STALE, '~', '~') X(UNCERTAIN, 0x2248, 'u')       \
	X(OVERRIDE, 'F', 'F') X(SIMULATED, 'S', 'S')                           \
	X(BYPASSED, 'B', 'B') X(LOCKED, 'L', 'K') X(NOTE, 'n', 'n')        \
	X(RISING, 0x2197, '/') X(FALLING, 0x2198, '\\') X(STEADY, 0x2192, '-') \
	/* the console itself */                                               \
	X(HEART, 0x2665, '*') X(HEART_OFF, 0x2661, '.') X(CRUMB, 0x25c2, '<')  \
	X(CUT, 0x2026, '~') X(CURSOR, 0x25b8, '>')                             \
	X(FOLDED, 0x25b8, '>') X(UNFOLDED, 0x25be, 'v')                        \
	/* frames */                                                           \
	X(HLINE, 0x2500, '-') X(VLINE, 0x2502, '|')                            \
	X(TOP_LEFT, 0x250c, '+') X(TOP_RIGHT, 0x2510, '+')                     \
	X(BOTTOM_LEFT, 0x2514, '+') X(BOTTOM_RIGHT, 0x2518, '+')               \
	X(TEE_LEFT, 0x251c, '+') X(TEE_RIGHT, 0x2524, '+')                     \
	X(AXIS, 0x2524, '|') X(GRID, 0x2508, '.') X(TICK, 0x252c, '+')         \
	/* range bar */                                                        \
	X(RANGE_LEFT, 0x251c, '[') X(RANGE_RIGHT, 0x2524, ']')                 \
	X(RANGE_ALARM, 0x2500, '-') X(RANGE_NORMAL, 0x2591, '.')               \
	X(RANGE_DESIRED, 0x2592, '=') X(RANGE_UNKNOWN, 0x2591, '.')            \
	/* fills */                                                            \
	X(FULL, 0x2588, '#') X(SHADE, 0x2591, '.')

enum glyph {
#define X(name, code, ascii) GLYPH_##name,
	GLYPHS(X)
#undef X
	GLYPH_COUNT
};

/* The character that shows this symbol. */
uint32_t glyph_code(enum glyph g, bool ascii);
/* n eighths (0..8) of a cell filled from below. */
uint32_t glyph_rise(unsigned eighths, bool ascii);
/* The one ASCII character in place of any other: box characters become
 * - | +, blocks # . :, letters lose their accents, the rest is '?'. */
char glyph_ascii(uint32_t code);

#endif
