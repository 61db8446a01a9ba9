/* SPDX-License-Identifier: ISC */
#include "store/cell.h"

#include "store/db.h"

int
cell_bind(sqlite3_stmt *st, int parameter, const struct cell *cell)
{
	switch (cell->type) {
	case CELL_NULL:
		return sqlite3_bind_null(st, parameter);
	case CELL_INT:
		return sqlite3_bind_int64(st, parameter, cell->as.sint);
	case CELL_REAL:
		return sqlite3_bind_double(st, parameter, cell->as.real);
	case CELL_TEXT:
		break;
	}
	return sqlite3_bind_text(
	    st, parameter, cell->as.text, -1, SQLITE_STATIC);
}

struct cell
cell_read(sqlite3_stmt *st, int column)
{
	if (sqlite3_column_type(st, column) == SQLITE_INTEGER)
		return cell_int(sqlite3_column_int64(st, column));
	return (struct cell){ CELL_TEXT,
		{ .text = column_text(st, column) } };
}
