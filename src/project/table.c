/* SPDX-License-Identifier: ISC */
#include "project/table.h"

#include <csv.h>
#include <string.h>

struct reader {
	struct arena *arena;
	struct report *report;
	struct table *table;
	struct place at;	/* of the row being read */
	const char *cells[TABLE_COLUMNS];
	uint32_t n;		/* cells so far; may pass TABLE_COLUMNS */
	bool inside;		/* the row goes on in the next line */
	bool unusable;
	VEC(struct row) rows;
};

static void
on_cell(void *text, size_t len, void *arg)
{
	struct reader *r = arg;

	if (r->n < TABLE_COLUMNS)
		r->cells[r->n] = arena_textn(r->arena, text, len);
	r->n++;
}

static void
take_header(struct reader *r)
{
	uint32_t i, j;

	if (r->n > TABLE_COLUMNS) {
		report_error(r->report, r->at, "more than %d columns",
		    TABLE_COLUMNS);
		r->unusable = true;
		return;
	}
	for (i = 0; i < r->n; i++) {
		if (*r->cells[i] == '\0')
			report_error(r->report, r->at,
			    "column %u has no name", i + 1);
		for (j = 0; j < i; j++) {
			if (*r->cells[i] != '\0' &&
			    strcmp(r->cells[i], r->cells[j]) == 0)
				report_error(r->report, r->at,
				    "repeated column \"%s\"", r->cells[i]);
		}
	}
	r->table->columns = r->n;
	r->table->header = arena_copy(
	    r->arena, r->cells, r->n, sizeof(r->cells[0]));
}

static void
on_row(int end, void *arg)
{
	struct reader *r = arg;
	struct row row = { .line = r->at.line };

	(void)end;
	r->inside = false;
	if (r->table->header == NULL) {
		if (!r->unusable)
			take_header(r);
	} else if (r->n != r->table->columns) {
		report_error(r->report, r->at,
		    "%u cells, but the header has %u", r->n,
		    r->table->columns);
	} else {
		row.cells = arena_copy(
		    r->arena, r->cells, r->n, sizeof(r->cells[0]));
		vec_push(&r->rows, row);
	}
	r->n = 0;
}

/* One line at a time, so that a row knows on which line it began. */
static bool
feed(struct reader *r, struct csv_parser *csv, const char *line, size_t len,
    uint32_t number)
{
	if (!r->inside) {
		if (len == 0 || *line == '\n')
			return true;
		r->at.line = number;
	}
	r->inside = true;	/* until the end of the row is seen */
	if (csv_parse(csv, line, len, on_cell, on_row, r) == len)
		return true;
	report_error(r->report, r->at,
	    "a quote inside a cell; put the cell in quotes and double it");
	return false;
}

static bool
feed_all(struct reader *r, const char *text, size_t len)
{
	struct csv_parser csv;
	const char *end;
	uint32_t number = 1;
	size_t n;
	bool fit = true;

	if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL))
		return false;
	for (; len > 0 && fit; number++, text += n, len -= n) {
		end = memchr(text, '\n', len);
		n = end ? (size_t)(end + 1 - text) : len;
		fit = feed(r, &csv, text, n, number);
	}
	if (fit && csv_fini(&csv, on_cell, on_row, r) != 0)
		report_error(r->report, r->at, "a quote is not closed");
	csv_free(&csv);
	return fit;
}

bool
table_read(struct table *t, struct arena *a, const char *text, size_t len,
    uint16_t file, struct report *report)
{
	struct reader r = { .arena = a, .report = report, .table = t,
		.at = { file, 0, 1 } };

	*t = (struct table){ 0 };
	feed_all(&r, text, len);
	t->n = (uint32_t)r.rows.n;
	t->rows = arena_copy(a, r.rows.at, r.rows.n, sizeof(*t->rows));
	vec_free(&r.rows);
	if (t->header == NULL && !r.unusable)
		report_error(report, r.at, "the header line is missing");
	return t->header != NULL;
}
