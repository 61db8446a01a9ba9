/* SPDX-License-Identifier: ISC */
/*
 * item.h - one group of a file (a device, a signal) as cells.
 *
 * An item has one cell for each row of its schema, so that code says
 * item->cells[DEVICE_UNIT].integer.
 */
#ifndef PROJECT_ITEM_H
#define PROJECT_ITEM_H

#include "project/cell.h"

struct item {
	const struct schema *schema;
	struct place at;
	bool whole;	/* all required keys are there */
	bool removed;	/* a cell of a table took a key away */
	struct cell cells[];
};

struct item *item_new(const struct reading *g, const struct schema *s,
    struct place at);
struct item *item_copy(const struct reading *g, const struct item *x);
/* Cells that are set in over replace those of x; groups are merged inside. */
void item_merge(
    const struct reading *g, struct item *x, const struct item *over);
/* The row with this name, or -1. */
int schema_find(const struct schema *s, const char *name, size_t len);
/* Says unknown key, with the nearest one that s has. */
void schema_unknown(const struct reading *g, const struct schema *s,
    const char *name, struct place at);
/* Says which keys with this flag (KEY_REQUIRED, KEY_LATE) are missing. */
void item_missing(const struct reading *g, struct item *x, unsigned flag);

#endif
