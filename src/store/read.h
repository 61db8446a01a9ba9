/* SPDX-License-Identifier: ISC */
/* read.h - rows of audit and events as structs; texts as the row's. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include <sqlite3.h>

#include "store/cell.h"
#include "store/row.h"

void audit_from_cells(const struct cell *cells, struct record_audit *row);
/* AUDIT_COLUMNS and the hash */
void read_audit(sqlite3_stmt *st, struct record_audit *row);
/* EVENT_COLUMNS */
void read_event(sqlite3_stmt *st, struct record_event *row);

#endif
