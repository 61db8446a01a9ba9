/* SPDX-License-Identifier: ISC */
/*
 * screen.h - a process screen: text art with markers, and what they mean.
 *
 * Parsing needs no plant: the console parses the text that the core sends it
 * and asks the core for names. screen_check() resolves names against a plant.
 * There may be several arts of different sizes; all share the bindings.
 *
 * A marker stands where the author drew it: braces, key and fill are its
 * columns. {k___} left, {___k} right aligned text, {k===} a graphic; equal
 * graphics in touching rows are one rectangle. Cells under markers are blank.
 * `{{` is a brace in the first of its two columns, `}}` too.
 */
#ifndef PROJECT_SCREEN_H
#define PROJECT_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/plant.h"
#include "project/report.h"

#define SCREEN_BYTES_MAX (256 << 10)
#define SCREEN_BINDINGS 512
#define SCREEN_ARTS 16
#define SCREEN_MARKERS 1000	/* in one art */
#define SCREEN_WIDTH 300	/* columns of an art */
#define SCREEN_HEIGHT 120
#define SCREEN_TRENDS 8		/* curves of one trend */

#define BINDINGS(X)                                                            \
	X(VALUE, "value")	/* tag: its value */                           \
	X(ALARM, "alarm")	/* object, tag, line, device: worst alarm */    \
	X(TANK, "tank")		/* tag: level that fills the rectangle */       \
	X(RANGE, "range")	/* object or tag: value and limits on a scale */ \
	X(DEVICE, "device")	/* object: symbol in its state */               \
	X(STATE, "state")	/* object: name of its state */                 \
	X(TREND, "trend")	/* tags: curves */                             \
	X(TILE, "tile")		/* tag: in a frame, with its limits */
enum binding_kind {
#define X(id, name) BIND_##id,
	BINDINGS(X)
#undef X
};

/* Symbols of a device, in this order as words in files. */
enum symbol {
	SYMBOL_TYPE,	/* by the name of the object's type */
	SYMBOL_PUMP, SYMBOL_VALVE, SYMBOL_MOTOR, SYMBOL_FAN, SYMBOL_HEATER,
	SYMBOL_SWITCH, SYMBOL_DOT
};

#define SCREEN_TILE_COLS 8	/* that a tile needs, with its frame */
#define SCREEN_TILE_ROWS 3

enum binding_limit { LIMIT_LEAST, LIMIT_MOST, BINDING_LIMITS };

struct binding {
	const char *key;	/* of its markers */
	uint8_t kind;		/* enum binding_kind */
	uint8_t glyph;		/* enum symbol */
	bool write;		/* may be selected and written */
	bool has_dec, has_min, has_max;
	uint8_t dec;		/* decimals instead of the tag's */
	double min, max;	/* scale instead of the tag's range */
	struct span span;	/* of a trend */
	const char *names[SCREEN_TRENDS];
	unsigned n_names;	/* 1, or up to SCREEN_TRENDS for a trend */
	const char *when;	/* expression, or NULL: always shown */
	const char *limits[BINDING_LIMITS];	/* of a tile; expressions */
	struct text title;	/* of a tile; all NULL: the tag's; of an
				 * alarm: while there is none */
	struct place at, name_at, when_at, limit_at[BINDING_LIMITS];
};

struct marker {
	uint32_t binding;	/* in screen.bindings */
	uint16_t row, column;	/* of its first cell, from 0 */
	uint16_t width, height;	/* in cells */
	bool right;		/* aligned */
	bool graphic;		/* drawn with = */
};

struct art {
	uint16_t width, height;	/* as @art says */
	/* height * width characters, row by row; a blank where nothing is.
	 * All are one column wide. */
	uint32_t *cells;
	uint32_t *in[PLANT_LANGUAGES];	/* with its words; NULL: as cells */
	struct marker *markers;
	uint32_t n_markers;
	struct place at;
};

struct screen {
	struct arena *arena;
	const char *name;
	int level;		/* 1 overview .. 4 detail */
	const char *parent;	/* screen above, or NULL */
	struct text title;
	struct art *arts;
	struct binding *bindings;
	uint32_t n_arts, n_bindings;
	struct place at, parent_at;
};

/*
 * NULL if anything is wrong; r says what, with FILE:LINE:COLUMN. languages (n)
 * are the plant's, in its order; n 0 takes the first text that is there.
 */
struct screen *screen_parse(const char *file, const char *text, size_t len,
    const char *const *languages, unsigned n, struct report *r);
void screen_free(struct screen *s);	/* NULL is fine */
/*
 * Resolves names, expressions and parent against the plant; 0 or -1. Values
 * that may not fit their markers are warnings.
 */
int screen_check(const struct screen *s, const struct plant *p,
    struct report *r);
/* The largest art that fits, or the smallest if none does. */
const struct art *screen_art(
    const struct screen *s, unsigned width, unsigned height);
/* What an art says in the language with this index. */
const uint32_t *art_cells(const struct art *a, unsigned language);
const char *binding_name(enum binding_kind k);

#endif
