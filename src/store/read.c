/* SPDX-License-Identifier: ISC */
#include "store/read.h"

#include "base/mem.h"
#include "store/db.h"
#include "store/names.h"

void
audit_from_cells(const struct cell *c, struct record_audit *row)
{
	*row = (struct record_audit){ .seq = (uint64_t)c[AUDIT_SEQ].as.sint,
		.command = (uint64_t)c[AUDIT_COMMAND].as.sint,
		.time = { c[AUDIT_TIME].as.sint },
		.mono_ms = c[AUDIT_MONO].as.sint,
		.user = c[AUDIT_USER].as.text,
		.station = c[AUDIT_STATION].as.text,
		.from = c[AUDIT_FROM].as.text,
		.session = c[AUDIT_SESSION].as.text,
		.verb = c[AUDIT_VERB].as.text,
		.name = c[AUDIT_NAME].as.text,
		.old = c[AUDIT_OLD].as.text,
		.new = c[AUDIT_NEW].as.text,
		.reason = c[AUDIT_REASON].as.text,
		.result = c[AUDIT_RESULT].as.text };
}

void
read_audit(sqlite3_stmt *st, struct record_audit *row)
{
	struct cell cells[AUDIT_CELLS];
	int i;

	for (i = 0; i < AUDIT_CELLS; i++)
		cells[i] = cell_read(st, i);
	audit_from_cells(cells, row);
	str_copy(row->hash, column_text(st, AUDIT_CELLS), sizeof(row->hash));
}

void
read_event(sqlite3_stmt *st, struct record_event *row)
{
	*row = (struct record_event){
		.seq = (uint64_t)sqlite3_column_int64(st, 0),
		.time = { sqlite3_column_int64(st, 1) },
		.mono_ms = sqlite3_column_int64(st, 2),
		.kind = name_number(NAME_KIND, column_text(st, 3)),
		.area = column_text(st, 4),
		.name = column_text(st, 5),
		.text = column_text(st, 6),
		.user = column_text(st, 7),
		.station = column_text(st, 8),
		.old = column_text(st, 9),
		.new = column_text(st, 10),
		.result = column_text(st, 11),
		.occurrence = (uint32_t)sqlite3_column_int64(st, 12),
		.priority = (uint8_t)sqlite3_column_int(st, 13),
		.value = column_text(st, 14),
		.cause = column_text(st, 15),
		.command = (uint64_t)sqlite3_column_int64(st, 16),
		.flags = (uint8_t)sqlite3_column_int(st, 17)
	};
}
