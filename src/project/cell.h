/* SPDX-License-Identifier: ISC */
/*
 * cell.h - one typed, checked value of a file.
 *
 * Problems are said when it is taken; a cell that was wrong keeps its default
 * and is marked wrong, so that nobody speaks of it again. Cells of csv tables
 * and of defaults go through cell_parse(), those of libconfig files through
 * conf.h to cell_take().
 */
#ifndef PROJECT_CELL_H
#define PROJECT_CELL_H

#include "base/mem.h"
#include "project/report.h"
#include "project/schema.h"

enum cell_state {
	CELL_UNSET,
	CELL_DEFAULT,	/* not written; holds the default of the schema */
	CELL_SET,
	CELL_WRONG	/* written, but wrong: said; holds default or zero */
};

struct cell {
	struct place at;
	uint8_t state;
	uint8_t form;	/* what it holds: LIMIT and VALUE may hold several */
	union {
		int64_t integer;	/* INT CLOCK(minutes) WORD */
		double real;		/* REAL NUMBER */
		bool on;
		const char *string;	/* STRING NAME KIND ADDRESS EXPR */
		struct span span;
		struct text text;
		uint32_t bits;
		struct {
			struct cell *at;
			uint32_t n;
		} list;			/* STRINGS SPANS REALS TEXTS MARK */
		struct item *item;
		struct {
			struct item **at;
			uint32_t n;
		} items;
	};
};

/* What reading needs all the time. */
struct reading {
	struct report *report;
	struct arena *arena;		/* of texts and items */
	const char *languages[PLANT_LANGUAGES];
	unsigned n_languages;		/* 0: any, as they come */
	uint16_t file;
	bool columns;
};

static inline bool
cell_is_set(const struct cell *c)
{
	return c->state == CELL_SET;
}
/* Was it written, rightly or not? */
static inline bool
cell_is_there(const struct cell *c)
{
	return c->state == CELL_SET || c->state == CELL_WRONG;
}

/* A cell of a table: text as it stands there. Says what is wrong. */
void cell_parse(const struct reading *g, const struct key *k, struct cell *c,
    const char *text, struct place at);
/* Sets what key k means by a value that was read as form f (STRING, INT,
 * REAL, BOOL); shared by tables and files. */
struct scalar {
	enum form form;
	int64_t integer;
	double real;
	bool on;
	const char *string;
};
void cell_take(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at);
/* Puts the default of the schema back. */
void cell_reset(const struct reading *g, const struct key *k, struct cell *c);
/* One language of a text: "" is the default language. */
void cell_set_language(const struct reading *g, struct cell *c,
    const char *language, const char *text, struct place at);

#endif
