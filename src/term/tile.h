/* SPDX-License-Identifier: ISC */
/*
 * tile.h - one value of the plant in a frame: title, badge, number, unit, where
 * it stands between its limits.
 *
 *	┌ Chlorine ─────── ▲2 ┐	rows 4 and more; from 6 rows on the number is
 *	│ 0.60 mg/l           │	three rows high. What the number is beyond is
 *	│ ├──░░░░▲░░░░──────┤ │	said by shape and letter: ▲H, ▼L; a limit that
 *	└ 0.2..1.2 ───────────┘	is not known by "?".
 */
#ifndef TERM_TILE_H
#define TERM_TILE_H

#include "term/badge.h"
#include "term/bar.h"
#include "term/field.h"

#define TILE_COLS 8
#define TILE_ROWS 3

struct tile_limit {
	bool set;	/* there is one */
	bool good;	/* and it is known now */
	double at;
};
struct tile {
	const char *title, *unit;
	struct field field;
	struct bar bar;		/* without a scale none is drawn */
	struct tile_limit least, most;
	enum badge badge;
	unsigned priority;
};

/* Fills the canvas, of at least TILE_ROWS and TILE_COLS. */
void tile_draw(struct canvas c, const struct tile *t);

#endif
