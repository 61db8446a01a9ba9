/* SPDX-License-Identifier: ISC */
/*
 * writer.h - rows to what is printed, in each of the formats.
 *
 * A writer adds to a buffer that its owner empties whenever it likes; it keeps
 * no rows, except that a table holds back its first ones until it knows how
 * wide its columns are. Nothing depends on a terminal but the colour.
 */
#ifndef VERB_WRITER_H
#define VERB_WRITER_H

#include "base/buf.h"
#include "wire/cell.h"

enum format {
	FORMAT_TABLE,
	FORMAT_CSV,	/* RFC 4180, header, LF, safe in a spreadsheet */
	FORMAT_JSON,	/* one object: schema, verb, time, rows */
	FORMAT_JSONL,	/* the rows, one a line */
	/* not for -o: */
	FORMAT_BARE,	/* one column, for scripts */
	FORMAT_NOTHING
};
extern const char *const format_names[4];	/* for -o */

struct writer_style {
	enum format format;
	bool header, colour;
	unsigned column;	/* BARE: which */
	struct wall now;	/* JSON: its time; status: what `up` ends at */
};

struct writer;

/* The name of the verb and its columns, joined by ',', are borrowed. */
struct writer *writer_new(struct buf *out, const char *verb,
    const char *columns, const struct writer_style *style);
/* Missing cells are null; more than there are columns are ignored. */
void writer_row(struct writer *w, const struct cell *cells, unsigned n);
/* All rows so far go out now. */
void writer_settle(struct writer *w);
/* No more rows follow. */
void writer_end(struct writer *w);
void writer_free(struct writer *w);	/* NULL is fine */

#endif
