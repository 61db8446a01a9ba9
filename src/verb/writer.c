/* SPDX-License-Identifier: ISC */
#include "verb/writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verb/layout.h"
#include "verb/print.h"

const char *const format_names[4] = { "table", "csv", "json", "jsonl" };

static void
bare_row(struct writer *w, const struct cell *cells)
{
	print_cell(w->out, &cells[w->style.column], PRINT_FOR_PROGRAMS);
	buf_char(w->out, '\n');
}

static const struct layout layout_bare = { .row = bare_row };
static const struct layout layout_nothing = { 0 };

static const struct layout *const layouts[] = {
	[FORMAT_TABLE] = &layout_table,
	[FORMAT_CSV] = &layout_csv,
	[FORMAT_JSON] = &layout_json,
	[FORMAT_JSONL] = &layout_jsonl,
	[FORMAT_BARE] = &layout_bare,
	[FORMAT_NOTHING] = &layout_nothing,
};

static void
split_columns(struct writer *w, const char *columns)
{
	char *s;

	w->names = xstrdup(columns);
	for (s = w->names; *s != '\0'; w->n_columns++) {
		assert(w->n_columns < COLUMNS_MAX);
		w->column[w->n_columns] = s;
		s += strcspn(s, ",");
		if (*s == ',')
			*s++ = '\0';
	}
}

struct writer *
writer_new(struct buf *out, const char *verb, const char *columns,
    const struct writer_style *style)
{
	struct writer *w = xcalloc(1, sizeof(*w));

	w->out = out;
	w->verb = verb;
	w->style = *style;
	w->layout = layouts[style->format];
	if (style->format == FORMAT_TABLE && strcmp(verb, "status") == 0)
		w->layout = &layout_status;
	split_columns(w, columns);
	assert(style->column < w->n_columns || w->n_columns == 0);
	if (w->layout->begin != NULL)
		w->layout->begin(w);
	return w;
}

void
writer_row(struct writer *w, const struct cell *cells, unsigned n)
{
	struct cell row[COLUMNS_MAX];
	unsigned i;

	for (i = 0; i < w->n_columns; i++)
		row[i] = i < n ? cells[i] : cell_null();
	if (w->layout->row != NULL)
		w->layout->row(w, row);
	w->rows++;
}

void
writer_settle(struct writer *w)
{
	if (w->layout->settle != NULL)
		w->layout->settle(w);
}

void
writer_end(struct writer *w)
{
	writer_settle(w);
	if (w->layout->end != NULL)
		w->layout->end(w);
}

void
writer_free(struct writer *w)
{
	if (w == NULL)
		return;
	if (w->layout->free != NULL)
		w->layout->free(w);
	free(w->names);
	free(w);
}
