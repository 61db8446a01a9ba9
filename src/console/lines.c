/* SPDX-License-Identifier: ISC */
#include "console/lines.h"

#include <string.h>

#include "base/text.h"

/* Bytes of the text that fit into so many columns, to a blank if there is
 * one; at least one character. */
static size_t
fitting(const char *text, int columns)
{
	size_t len = strlen(text), at = 0, blank = 0, n;
	uint32_t code;
	int used = 0;

	while (at < len) {
		n = text_next(text + at, len - at, &code);
		if (n == 0)
			return len;	/* it is clean: never */
		used += text_width(code);
		if (used > columns && at > 0)
			return blank > 0 ? blank : at;
		if (code == ' ')
			blank = at;
		at += n;
	}
	return len;
}

int
lines_paragraph(
    struct canvas c, int row, const char *label, const char *text)
{
	int width = c.cols - LINES_LABEL - 3;
	size_t cut;

	if (*text == '\0')
		return row;
	canvas_text(c, row, 1, LINES_LABEL, STYLE_LABEL, label);
	while (*text != '\0' && row < c.rows) {
		cut = fitting(text, width);
		canvas_printf(c, row++, LINES_LABEL + 2, width, STYLE_NORMAL,
		    "%.*s", (int)cut, text);
		text += cut;
		while (*text == ' ')
			text++;
	}
	return row;
}

int
lines_put(struct canvas c, int row, const char *label, const char *text)
{
	canvas_text(c, row, 1, LINES_LABEL, STYLE_LABEL, label);
	canvas_text(
	    c, row, LINES_LABEL + 2, c.cols - LINES_LABEL - 3, STYLE_NORMAL, text);
	return row + 1;
}
