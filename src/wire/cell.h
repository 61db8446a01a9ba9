/* SPDX-License-Identifier: ISC */
/*
 * cell.h - one cell of an answer. A row is as many cells as its verb has
 * columns (verbs.h); how a cell is printed is the client's business.
 */
#ifndef WIRE_CELL_H
#define WIRE_CELL_H

#include "wire/cursor.h"

enum cell_type {
	CELL_NULL,
	CELL_BOOL,
	CELL_INT,
	CELL_UINT,
	CELL_REAL,
	CELL_TEXT,
	CELL_TIME,
	CELL_FLAGS	/* a list of words joined by '+': an array in JSON */
};
#define CELL_SHORTEST 255

struct cell {
	uint8_t type;
	uint8_t decimals;	/* of a REAL in tables; or CELL_SHORTEST */
	union {
		bool on;
		int64_t sint;
		uint64_t uint;
		double real;
		struct wall time;
		const char *text;	/* borrowed */
	} as;
};

static inline struct cell
cell_null(void)
{
	return (struct cell){ .type = CELL_NULL };
}
static inline struct cell
cell_bool(bool on)
{
	return (struct cell){ .type = CELL_BOOL, .as.on = on };
}
static inline struct cell
cell_int(int64_t n)
{
	return (struct cell){ .type = CELL_INT, .as.sint = n };
}
static inline struct cell
cell_uint(uint64_t n)
{
	return (struct cell){ .type = CELL_UINT, .as.uint = n };
}
struct cell cell_real(double n, int decimals);	/* not finite: null */
struct cell cell_text(const char *s);		/* NULL or "": null */
struct cell cell_time(struct wall t);		/* 0: null */
struct cell cell_flags(const char *words);
/* The content of a value; null if it was never read. */
struct cell cell_value(const struct value *v, int decimals);

/* As a number; NAN if it is none. A bool is 0 or 1. */
double cell_number(const struct cell *c);
/* As words; "" if it is no text. */
const char *cell_words(const struct cell *c);

void put_cell(struct put *p, const struct cell *c);
/* The text is copied, cleaned, into room of cap bytes; longer is bad. */
struct cell get_cell(struct get *g, char *room, size_t cap);

#endif
