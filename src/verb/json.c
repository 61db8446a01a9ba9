/* SPDX-License-Identifier: ISC */
/*
 * One object with all rows, or the rows alone, one a line. Texts are written
 * by jansson; numbers as csv has them: its own dump prints 0.92 with 17
 * digits.
 */
#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "verb/layout.h"
#include "verb/print.h"

/* Clean text is valid UTF-8, so that it always is a JSON string. */
static void
add_string(struct buf *out, const char *s, size_t len)
{
	json_t *text = json_stringn(s, len);
	char *dump;

	assert(text != NULL);
	dump = json_dumps(text, JSON_ENCODE_ANY);
	buf_text(out, dump);
	free(dump);
	json_decref(text);
}

static void
add_flags(struct buf *out, const char *words)
{
	size_t len;

	buf_char(out, '[');
	while (*words != '\0') {
		len = strcspn(words, "+");
		add_string(out, words, len);
		words += len;
		if (*words == '+') {
			buf_char(out, ',');
			words++;
		}
	}
	buf_char(out, ']');
}

static void
add_value(struct buf *out, const struct cell *c)
{
	struct buf text = { 0 };

	print_cell(&text, c, PRINT_FOR_PROGRAMS);
	switch ((enum cell_type)c->type) {
	case CELL_NULL:
		buf_text(out, "null");
		break;
	case CELL_TEXT:
	case CELL_TIME:
		add_string(out, buf_string(&text), text.len);
		break;
	case CELL_FLAGS:
		add_flags(out, buf_string(&text));
		break;
	default:
		buf_text(out, buf_string(&text));
	}
	buf_free(&text);
}

static void
add_object(struct writer *w, const struct cell *cells)
{
	unsigned i;

	buf_char(w->out, '{');
	for (i = 0; i < w->n_columns; i++) {
		if (i > 0)
			buf_char(w->out, ',');
		buf_printf(w->out, "\"%s\":", w->column[i]);
		add_value(w->out, &cells[i]);
	}
	buf_char(w->out, '}');
}

static void
json_begin(struct writer *w)
{
	char time[WHEN_CAP];

	buf_printf(w->out,
	    "{\"schema\":1,\"verb\":\"%s\",\"time\":\"%s\",\"rows\":[", w->verb,
	    when_utc(time, w->style.now));
}

static void
json_row(struct writer *w, const struct cell *cells)
{
	buf_text(w->out, w->rows > 0 ? ",\n " : "\n ");
	add_object(w, cells);
}

static void
json_end(struct writer *w)
{
	buf_text(w->out, "]}\n");
}

static void
jsonl_row(struct writer *w, const struct cell *cells)
{
	add_object(w, cells);
	buf_char(w->out, '\n');
}

const struct layout layout_json = { .begin = json_begin, .row = json_row,
	.end = json_end };
const struct layout layout_jsonl = { .row = jsonl_row };
