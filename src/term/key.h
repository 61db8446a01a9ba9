/* SPDX-License-Identifier: ISC */
/*
 * key.h - one thing that a person did at a terminal: a character, a named
 * key, a paste, the mouse.
 *
 * code is the character (Unicode, never a control character) or, from
 * K_FIRST, a named key. mods says which of Shift, Alt and Ctrl were held
 * where the terminal tells; Shift is never set for a character. A paste is
 * one key with its text: it is data and must never be taken apart into keys.
 */
#ifndef TERM_KEY_H
#define TERM_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

#define K_FIRST 0x110000

/* name, as a project writes it */
#define KEY_NAMES(X)                                                           \
	X(ENTER, "Enter") X(ESC, "Esc") X(TAB, "Tab") X(BACKTAB, "Backtab")    \
	X(BACKSPACE, "Backspace") X(UP, "Up") X(DOWN, "Down") X(LEFT, "Left")  \
	X(RIGHT, "Right") X(HOME, "Home") X(END, "End") X(PAGE_UP, "PgUp")     \
	X(PAGE_DOWN, "PgDn") X(INSERT, "Ins") X(DELETE, "Del")                 \
	X(F1, "F1") X(F2, "F2") X(F3, "F3") X(F4, "F4") X(F5, "F5")            \
	X(F6, "F6") X(F7, "F7") X(F8, "F8") X(F9, "F9") X(F10, "F10")          \
	X(F11, "F11") X(F12, "F12")                                            \
	X(PASTE, "Paste") X(CLICK, "Click") X(DOUBLE, "Double-click")          \
	X(WHEEL_UP, "Wheel-up") X(WHEEL_DOWN, "Wheel-down")

enum key_code {
	K_NONE = K_FIRST - 1,
#define X(name, text) K_##name,
	KEY_NAMES(X)
#undef X
	K_LAST
};

enum key_mods { K_SHIFT = 1, K_ALT = 2, K_CTRL = 4 };

struct key {
	uint32_t code;
	unsigned mods;		/* enum key_mods, joined by | */
	int row, col;		/* CLICK, DOUBLE, WHEEL: from 0 */
	const char *text;	/* PASTE: clean, one line; until the next key */
	struct mono at;		/* when its first byte arrived */
};

/* A character without Alt or Ctrl, as one types it into a field? */
static inline bool
key_is_char(const struct key *k)
{
	return k->code < K_NONE && k->mods == 0;
}

/* Esc or Ctrl-C: what ends a dialog without doing anything. */
static inline bool
key_is_cancel(const struct key *k)
{
	return k->code == K_ESC || (k->code == 'c' && k->mods == K_CTRL);
}

/* "W", "Ctrl-L", "F5", "Space"; returns dst. 24 bytes are enough. */
const char *key_print(char *dst, size_t cap, uint32_t code, unsigned mods);
/* The other way; false if text names no key. Names ignore case, characters
 * do not. */
bool key_parse(uint32_t *code, unsigned *mods, const char *text);

#endif
