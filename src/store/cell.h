/* SPDX-License-Identifier: ISC */
/* cell.h - a value as a statement takes it. */
#ifndef STORE_CELL_H
#define STORE_CELL_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "store/statement.h"

enum cell_type { CELL_NULL, CELL_INT, CELL_REAL, CELL_TEXT };

struct cell {
	enum cell_type type;
	union {
		int64_t sint;
		double real;
		const char *text;
	} as;
};

/* Binds cell as parameter (from 1). The text must outlive the step. */
int cell_bind(sqlite3_stmt *st, int parameter, const struct cell *cell);
/* An integer or a text column; a text lives until the next step. */
struct cell cell_read(sqlite3_stmt *st, int column);
static inline struct cell
cell_int(int64_t n)
{
	return (struct cell){ CELL_INT, { .sint = n } };
}
/* Where each cell of an audit row is (AUDIT_COLUMNS). */
enum audit_cell {
	AUDIT_SEQ, AUDIT_TIME, AUDIT_MONO, AUDIT_USER, AUDIT_STATION,
	AUDIT_FROM, AUDIT_SESSION, AUDIT_VERB, AUDIT_NAME, AUDIT_OLD,
	AUDIT_NEW, AUDIT_REASON, AUDIT_RESULT, AUDIT_COMMAND
};

#endif
