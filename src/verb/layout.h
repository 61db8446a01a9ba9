/* SPDX-License-Identifier: ISC */
/*
 * layout.h - what a writer is made of, for the files that each know one
 * format.
 */
#ifndef VERB_LAYOUT_H
#define VERB_LAYOUT_H

#include "verb/writer.h"

#define COLUMNS_MAX 64

struct writer {
	struct buf *out;
	const char *verb;
	char *names;		/* of the columns; column[] points into it */
	const char *column[COLUMNS_MAX];
	unsigned n_columns;
	struct writer_style style;
	const struct layout *layout;
	unsigned long rows;	/* written so far */
	void *state;		/* of the layout */
};

/* Each may be NULL; row gets exactly n_columns cells. */
struct layout {
	void (*begin)(struct writer *w);
	void (*row)(struct writer *w, const struct cell *cells);
	void (*settle)(struct writer *w);
	void (*end)(struct writer *w);
	void (*free)(struct writer *w);
};

extern const struct layout layout_csv, layout_json, layout_jsonl, layout_table,
    layout_status;

#endif
