/* SPDX-License-Identifier: ISC */
/*
 * table.h - every list of the console: alarms, tags, events, users.
 *
 * A table shows rows of somebody else (struct table_source), who names each
 * by a key that stays with the thing and a stamp that changes when the thing
 * is no longer what it was (an alarm's occurrence). The cursor sticks to
 * keys, never to positions.
 *
 * Untouched, the list is live and the cursor stands on its first row. Once
 * the operator moved it (it is "inside"), it sticks to its row, rows keep
 * their places and new ones are only counted;
 * table_take_new() lets them in; Home leads outside again. Keys act on what
 * was drawn (P10): table_picked() is the row as last drawn, and
 * table_changed_at() says when what is drawn under the cursor became another
 * thing without the operator.
 *
 * Call table_sync() whenever the source's rows changed, before the next
 * drawing; table_draw() to draw, table_key() for keys. Columns of low priority
 * give way on a narrow screen; a text that is too long for its column runs on
 * over empty cells behind it.
 */
#ifndef TERM_TABLE_H
#define TERM_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/vec.h"
#include "term/canvas.h"
#include "term/key.h"

#define TABLE_CELL 256	/* bytes of a cell's text */
#define TABLE_FILTER 64
#define TABLE_COLUMNS 24

struct table_column {
	const char *title;
	int width;	/* columns; GROW: at least so many */
	bool grow;
	bool right;	/* aligned */
	unsigned priority;	/* 0 stays; the highest gives way first */
};

struct table_cell {
	char text[TABLE_CELL];	/* "" at the call */
	enum style style;	/* NORMAL at the call */
};

struct table_source {
	size_t (*rows)(void *data);
	uint64_t (*key)(void *data, size_t row);	/* unique */
	uint64_t (*stamp)(void *data, size_t row);	/* NULL: never changes */
	void (*cell)(
	    void *data, size_t row, unsigned column, struct table_cell *cell);
	/* NULL: cells draw themselves as texts. Else for the columns that need
	 * more (a badge): true if drawn. */
	bool (*draw)(void *data, size_t row, unsigned column, struct canvas c);
};

struct table_row {
	uint64_t key, stamp;
};

struct table_shown {
	struct table_row row;
	size_t source;	/* its row there, as of the last sync */
};

struct table {
	const struct table_source *source;
	void *data;
	const struct table_column *column;
	unsigned columns;

	VEC(struct table_shown) shown;	/* in order */
	size_t top, cursor;	/* into shown */
	size_t page;		/* rows drawn last */
	size_t waiting;		/* new rows not yet let in */
	bool inside;
	char filter[TABLE_FILTER];
	bool moved;		/* by the operator, since the last drawing */
	struct mono changed_at;	/* far past: never */
	VEC(struct table_row) drawn;	/* as last drawn, top first */
	size_t drawn_cursor;	/* into drawn; beyond it: none */
};

void table_init(struct table *t, const struct table_source *source, void *data,
    const struct table_column *column, unsigned columns);
void table_fini(struct table *t);
void table_sync(struct table *t);
/* Header and rows, all of c. */
void table_draw(struct table *t, struct canvas c, struct mono now);
/* Arrows, hjkl without h and l, page keys, g G, the wheel.
 * True: it was one of its keys and something is to be drawn. */
bool table_key(struct table *t, const struct key *k);
/* A click on a row of the canvas last drawn; true: the cursor is there. */
bool table_click(struct table *t, int row);

/* What a key acts on, as last drawn: the row under the cursor, which, after
 * the operator moved it, must be one that was on the screen. False: none. */
bool table_picked(const struct table *t, struct table_row *row);
struct mono table_changed_at(const struct table *t);
/* The rows as last drawn (page acknowledge): n of them. */
const struct table_row *table_drawn(const struct table *t, size_t *n);

void table_home(struct table *t);	/* and outside */
void table_take_new(struct table *t);
/* Rows in which some cell holds the text, whatever its case; "" all. */
void table_filter(struct table *t, const char *text);
/* "14 rows", "3 of 14 rows  /pump  +2 new (n)" */
void table_describe(const struct table *t, struct buf *out);
/* Pure: widths for cols columns; 0 = not shown. */
void table_widths(
    const struct table_column *column, unsigned n, int cols, int *width);

#endif
