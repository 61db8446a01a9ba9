/* SPDX-License-Identifier: ISC */
/*
 * The one table of looks. A row holds, for the light and the dark theme, the
 * foreground and background in 256, 16 and 8 colours and, for 8 colours,
 * attributes; and the attributes in mono. Contrasts of the 256 ladder are
 * tested: texts 4.5 and more, decoration 2.3.
 */
#include "term/style.h"

#include <stddef.h>
#include <string.h>

struct ladder {
	short fg256, bg256, fg16, bg16, fg8, bg8;
	unsigned attrs;		/* in all colours */
};

struct row {
	struct ladder light, dark;
	unsigned mono;
};

enum { B = ATTR_BOLD, U = ATTR_UNDERLINE, R = ATTR_REVERSE };

/* clang-format off */
static const struct row rows[STYLE_COUNT] = {
			/* light: 256       16      8    ,    dark: 256      16      8   ,   mono */
[STYLE_NORMAL]	  = { { 235, 251,  0,  7,  0, 7, 0 }, { 250, 236,  7,  0,  7, 0, 0 }, 0 },
[STYLE_LABEL]	  = { { 238, 251,  8,  7,  0, 7, 0 }, { 248, 236,  7,  0,  7, 0, 0 }, 0 },
[STYLE_STATIC]	  = { { 243, 251,  8,  7,  0, 7, 0 }, { 243, 236,  8,  0,  7, 0, 0 }, 0 },
[STYLE_VALUE]	  = { {  17, 251,  4,  7,  4, 7, 0 }, { 117, 236, 14,  0,  6, 0, 0 }, B },
[STYLE_DOUBTFUL]  = { { 238, 251,  8,  7,  0, 7, 0 }, { 248, 236,  8,  0,  7, 0, 0 }, 0 },
[STYLE_ON]	  = { { 235, 251,  0,  7,  0, 7, B }, { 255, 236, 15,  0,  7, 0, B }, B },
[STYLE_OFF]	  = { { 243, 251,  8,  7,  0, 7, 0 }, { 245, 236,  8,  0,  7, 0, 0 }, 0 },
[STYLE_FAILED]	  = { { 235, 251,  0,  7,  0, 7, B }, { 255, 236, 15,  0,  7, 0, B }, B | U },
[STYLE_FILL]	  = { { 243, 251,  8,  7,  4, 7, 0 }, { 246, 236,  7,  0,  6, 0, 0 }, 0 },
[STYLE_SETPOINT]  = { {  17, 251,  4,  7,  4, 7, 0 }, { 117, 236, 14,  0,  6, 0, 0 }, B },
[STYLE_SELECTED]  = { { 231,  18, 15,  4,  7, 4, 0 }, {  16, 117,  0, 14,  0, 6, 0 }, R },
[STYLE_TITLE]	  = { { 235, 251,  0,  7,  0, 7, B }, { 255, 236, 15,  0,  7, 0, B }, B },
[STYLE_HEADER]	  = { { 238, 251,  8,  7,  0, 7, U }, { 248, 236,  7,  0,  7, 0, U }, U },
[STYLE_BORDER]	  = { { 240, 251,  8,  7,  0, 7, 0 }, { 246, 236,  7,  0,  7, 0, 0 }, 0 },
[STYLE_STATUS]	  = { { 235, 248,  0,  7,  0, 7, 0 }, { 252, 239,  7,  0,  7, 0, 0 }, 0 },
[STYLE_ROLE]	  = { { 251, 235,  7,  0,  7, 0, 0 }, { 236, 250,  0,  7,  0, 7, 0 }, R },
[STYLE_KEY]	  = { { 231, 240, 15,  8,  7, 0, 0 }, { 235, 248,  0,  7,  0, 7, 0 }, R },
[STYLE_KEY_OFF]	  = { { 243, 251,  8,  7,  0, 7, 0 }, { 243, 236,  8,  0,  7, 0, 0 }, 0 },
[STYLE_INPUT]	  = { { 235, 231,  0, 15,  7, 0, 0 }, { 255, 239, 15,  8,  0, 7, 0 }, U },
[STYLE_INPUT_BAD] = { { 235, 231,  0, 15,  7, 0, B }, { 255, 239, 15,  8,  0, 7, B }, B | U },
[STYLE_DIALOG]	  = { { 235, 254,  0, 15,  0, 7, 0 }, { 252, 234, 15,  0,  7, 0, 0 }, 0 },
[STYLE_MESSAGE]	  = { { 235, 251,  0,  7,  0, 7, 0 }, { 250, 236,  7,  0,  7, 0, 0 }, 0 },
[STYLE_NOTICE]	  = { { 235, 251,  0,  7,  0, 7, B }, { 255, 236, 15,  0,  7, 0, B }, B },
[STYLE_REFUSED]	  = { { 251, 235,  7,  0,  7, 0, B }, { 236, 252,  0,  7,  0, 7, B }, R },
[STYLE_P1]	  = { { 231, 160, 15,  1,  7, 1, B }, { 231, 160, 15,  1,  7, 1, B }, R | B },
[STYLE_P2]	  = { {  16, 226,  0, 11,  0, 3, B }, {  16, 226,  0, 11,  0, 3, B }, R },
[STYLE_P3]	  = { {  16, 208,  0,  3,  0, 3, 0 }, {  16, 208,  0,  3,  0, 3, 0 }, B | U },
[STYLE_P4]	  = { { 231, 127, 15,  5,  7, 5, 0 }, { 231, 127, 15,  5,  7, 5, 0 }, U },
[STYLE_P1_FLASH]  = { { 160, 231,  1, 15,  1, 7, B }, { 160, 231,  1, 15,  1, 7, B }, B },
[STYLE_P2_FLASH]  = { { 226,  16, 11,  0,  3, 0, B }, { 226,  16, 11,  0,  3, 0, B }, 0 },
[STYLE_P3_FLASH]  = { { 208,  16,  3,  0,  3, 0, 0 }, { 208,  16,  3,  0,  3, 0, 0 }, B | U | R },
[STYLE_P4_FLASH]  = { { 127, 231,  5, 15,  5, 7, 0 }, { 127, 231,  5, 15,  5, 7, 0 }, U | R },
[STYLE_INHIBITED] = { { 235, 146,  0,  7,  0, 7, 0 }, { 235, 146,  0,  7,  0, 7, 0 }, 0 },
[STYLE_BAD]	  = { {  16, 110,  0,  6,  0, 6, 0 }, {  16, 110,  0,  6,  0, 6, 0 }, R },
[STYLE_OVERRIDE]  = { {  16, 110,  0,  6,  0, 6, 0 }, {  16, 110,  0,  6,  0, 6, 0 }, R },
[STYLE_PENDING]	  = { { 235, 251,  0,  7,  0, 7, B }, { 255, 236, 15,  0,  7, 0, B }, B },
[STYLE_NO_DATA]	  = { {  16, 110,  0,  6,  0, 6, B }, {  16, 110,  0,  6,  0, 6, B }, R | B },
[STYLE_VIEW_ONLY] = { {  16, 110,  0,  6,  0, 6, 0 }, {  16, 110,  0,  6,  0, 6, 0 }, R },
[STYLE_FROZEN]	  = { {  16, 110,  0,  6,  0, 6, 0 }, {  16, 110,  0,  6,  0, 6, 0 }, R },
[STYLE_PEN1]	  = { {  17, 251,  4,  7,  4, 7, 0 }, { 117, 236, 14,  0,  6, 0, 0 }, B },
[STYLE_PEN2]	  = { {  53, 251,  5,  7,  5, 7, 0 }, { 183, 236, 13,  0,  5, 0, 0 }, 0 },
[STYLE_PEN3]	  = { {  22, 251,  2,  7,  0, 7, 0 }, { 151, 236, 10,  0,  2, 0, 0 }, 0 },
[STYLE_PEN4]	  = { {  52, 251,  1,  7,  0, 7, B }, { 223, 236, 11,  0,  3, 0, 0 }, U },
};
/* clang-format on */

static const struct {
	char letter;
	const char *name;
} meanings[STYLE_COUNT] = {
#define X(name, letter) { letter, #name },
	STYLES(X)
#undef X
};

struct style_look
style_look(enum style s, enum style_theme theme, enum style_depth depth)
{
	const struct ladder *l =
	    theme == THEME_DARK ? &rows[s].dark : &rows[s].light;

	if (theme == THEME_MONO)
		depth = DEPTH_MONO;
	switch (depth) {
	case DEPTH_256:
		return (struct style_look){ l->fg256, l->bg256, l->attrs };
	case DEPTH_16:
		return (struct style_look){ l->fg16, l->bg16, l->attrs };
	case DEPTH_8:
		return (struct style_look){ l->fg8, l->bg8, l->attrs };
	default:
		return (struct style_look){ -1, -1, rows[s].mono };
	}
}

char
style_letter(enum style s)
{
	return meanings[s].letter;
}

const char *
style_name(enum style s)
{
	return meanings[s].name;
}

/* The number of name in a list, -1 if it is not there. */
static int
number(const char *const *list, const char *name)
{
	for (int i = 0; list[i] != NULL; i++)
		if (strcmp(list[i], name) == 0)
			return i;
	return -1;
}

bool
style_theme_parse(enum style_theme *theme, const char *name)
{
	static const char *const names[] = { "light", "dark", "mono", NULL };
	int n = number(names, name);

	if (n < 0)
		return false;
	*theme = (enum style_theme)n;
	return true;
}

bool
style_depth_parse(enum style_depth *depth, const char *name)
{
	static const char *const names[] = { "auto", "mono", "8", "16", "256",
		NULL };
	int n = number(names, name);

	if (n < 0)
		return false;
	*depth = (enum style_depth)n;
	return true;
}
