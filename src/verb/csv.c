/* SPDX-License-Identifier: ISC */
/*
 * RFC 4180 with LF. A cell that a spreadsheet would take for a formula gets
 * an apostrophe in front; numbers are left alone.
 */
#include <string.h>

#include "verb/layout.h"
#include "verb/print.h"

static void
add_quoted(struct buf *out, const char *s)
{
	buf_char(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_char(out, '"');
		buf_char(out, *s);
	}
	buf_char(out, '"');
}

static void
add_text(struct buf *out, const char *s)
{
	struct buf safe = { 0 };

	if (*s != '\0' && strchr("=+-@", *s) != NULL && !print_is_number(s)) {
		buf_char(&safe, '\'');
		buf_text(&safe, s);
		s = buf_string(&safe);
	}
	if (strpbrk(s, ",\"\r\n") != NULL)
		add_quoted(out, s);
	else
		buf_text(out, s);
	buf_free(&safe);
}

static void
csv_begin(struct writer *w)
{
	unsigned i;

	if (!w->style.header)
		return;
	for (i = 0; i < w->n_columns; i++) {
		if (i > 0)
			buf_char(w->out, ',');
		buf_text(w->out, w->column[i]);
	}
	buf_char(w->out, '\n');
}

static void
csv_row(struct writer *w, const struct cell *cells)
{
	struct buf text = { 0 };
	unsigned i;

	for (i = 0; i < w->n_columns; i++) {
		if (i > 0)
			buf_char(w->out, ',');
		buf_clear(&text);
		print_cell(&text, &cells[i], PRINT_FOR_PROGRAMS);
		add_text(w->out, buf_string(&text));
	}
	buf_char(w->out, '\n');
	buf_free(&text);
}

const struct layout layout_csv = { .begin = csv_begin, .row = csv_row };
