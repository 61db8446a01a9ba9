/* SPDX-License-Identifier: ISC */
#include "project/source.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define LINE_MAX_BYTES 65536

/* The column of the first character that is not clean. */
static uint16_t
column_of(const char *line, size_t len)
{
	uint16_t column = 1;
	size_t n;
	uint32_t code;

	while (len > 0) {
		n = text_next(line, len, &code);
		if (n == 0 || (*line != '\t' && !text_is_clean(line, n) &&
			text_width(code) != 0))
			return column;
		if (n == 1 && (unsigned char)*line < 0x20 && *line != '\t')
			return column;
		column++;
		line += n;
		len -= n;
	}
	return 1;
}

/* Is all between the tabs clean? */
static bool
line_is_clean(const char *line, size_t len)
{
	const char *tab;

	while ((tab = memchr(line, '\t', len)) != NULL) {
		if (!text_is_clean(line, (size_t)(tab - line)))
			return false;
		len -= (size_t)(tab + 1 - line);
		line = tab + 1;
	}
	return text_is_clean(line, len);
}

static void
repair(struct buf *out, const char *line, size_t len)
{
	char clean[LINE_MAX_BYTES];

	if (len > LINE_MAX_BYTES / 3)	/* a mark may be longer than a byte */
		len = LINE_MAX_BYTES / 3;
	buf_add(out, clean, text_clean(clean, sizeof(clean), line, len));
}

static void
take_line(struct buf *out, const char *line, size_t len, struct place at,
    bool columns, bool *returns, struct report *r)
{
	if (len > 0 && line[len - 1] == '\r') {
		if (!*returns)
			report_error(r, at,
			    "lines end with CR LF; write LF alone");
		*returns = true;
		len--;
	}
	if (len > LINE_MAX_BYTES / 3) {
		report_error(r, at, "a line longer than 20000 bytes");
		len = LINE_MAX_BYTES / 3;
	}
	if (line_is_clean(line, len)) {
		buf_add(out, line, len);
		return;
	}
	at.column = columns ? column_of(line, len) : 0;
	report_error(r, at, "a control, invisible or invalid character");
	repair(out, line, len);
}

char *
source_clean(struct arena *a, const char *text, size_t len, uint16_t file,
    bool columns, struct report *r, size_t *out_len)
{
	struct place at = { file, columns, 1 };
	struct buf out = { 0 };
	const char *end;
	bool returns = false;
	char *copy;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		report_error(r, at, "a byte order mark; write plain UTF-8");
		text += 3;
		len -= 3;
	}
	while (len > 0) {
		end = memchr(text, '\n', len);
		take_line(&out, text, end ? (size_t)(end - text) : len, at,
		    columns, &returns, r);
		at.line++;
		if (end == NULL)
			break;
		buf_char(&out, '\n');
		len -= (size_t)(end + 1 - text);
		text = end + 1;
	}
	copy = arena_textn(a, buf_string(&out), out.len);
	*out_len = out.len;
	buf_free(&out);
	return copy;
}
