/* SPDX-License-Identifier: ISC */
/* table.h - a csv file (RFC 4180, header line) as rows of cells. */
#ifndef PROJECT_TABLE_H
#define PROJECT_TABLE_H

#include "base/mem.h"
#include "project/report.h"

#define TABLE_COLUMNS 256

struct row {
	uint32_t line;
	const char **cells;	/* as many as columns; "" where empty */
};

struct table {
	const char **header;
	uint32_t columns, n;
	struct row *rows;
};

/*
 * Clean text (source.h) into t, all in the arena. Rows with a wrong number of
 * cells are said and left out; false if not even the header can be used.
 */
bool table_read(struct table *t, struct arena *a, const char *text, size_t len,
    uint16_t file, struct report *r);

#endif
