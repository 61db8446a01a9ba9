/* SPDX-License-Identifier: ISC */
/* table_private.h - a table as its own files see it. */
#ifndef TERM_TABLE_PRIVATE_H
#define TERM_TABLE_PRIVATE_H

#include "term/table.h"

/* What stands there, as a text. */
void table_cell(const struct table *t, size_t row, unsigned column,
    struct table_cell *cell);

#endif
