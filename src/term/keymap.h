/* SPDX-License-Identifier: ISC */
/*
 * keymap.h - what keys do, in one table.
 *
 * From the rows come dispatch, the footer, the help and the texts of
 * refusal, so that they cannot disagree. A row may have up to three keys;
 * the first one is the one shown. Nothing needs a function key, Alt, Ctrl or
 * the mouse. Digits only navigate: keymap_check() finds a row that acts and
 * has one (P10). A station may block keys and give an action another key.
 *
 * A key acts on what was drawn (P10): keymap_press() refuses when the view
 * was not yet on the glass, when a confirming key comes within the first
 * 300 ms, and when the item under the cursor changed within 500 ms.
 */
#ifndef TERM_KEYMAP_H
#define TERM_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "term/canvas.h"
#include "term/key.h"

#define KEYMAP_KEYS 3
#define KEYMAP_CONFIRM ((struct span){ 300 })
#define KEYMAP_CHANGED ((struct span){ 500 })

enum keymap_flags {
	KEYMAP_FOOTER = 1,	/* in the footer by default */
	KEYMAP_NAVIGATES = 2,	/* may have a digit */
	KEYMAP_ITEM = 4,	/* needs something under the cursor */
	KEYMAP_ACTS = 8,	/* sends something: refused while nothing is
				 * live (frozen, locked, no data) */
	KEYMAP_CONFIRMS = 16	/* ends a dialog with yes */
};

struct keymap_row {
	const char *name;	/* as stations.conf says it: "ack" */
	const char *keys[KEYMAP_KEYS];	/* as key_parse() reads them */
	const char *label;	/* footer, one word */
	const char *help;	/* one sentence */
	int function;		/* right that it needs, 0: none */
	unsigned flags;
	int action;		/* the view's own, > 0 */
};

struct keymap_bind {
	uint32_t code;
	unsigned mods;
	size_t row;
};

struct keymap {
	const struct keymap_row *row;
	size_t rows;
	struct keymap_bind *bind;	/* the effective keys */
	size_t binds;
	uint64_t blocked;	/* rows of this station, by number */
};

/* What the keys meet now. */
struct keymap_state {
	struct mono now;
	struct mono drawn_at;	/* view on the glass since; MONO_NEVER: not */
	bool has_item;
	struct mono item_changed_at;
	const char *dead;	/* NULL, or why nothing may be sent */
	/* May the user? NULL: yes, else the reason. */
	const char *(*why_not)(void *arg, int function);
	void *arg;
};

/* At most 64 rows. A table that keymap_check() refuses is a bug. */
void keymap_init(
    struct keymap *m, const struct keymap_row *row, size_t rows);
void keymap_fini(struct keymap *m);
int keymap_check(const struct keymap_row *row, size_t rows, struct err *e);
/* Station: this key does nothing any more; -1: no such key. */
int keymap_block(struct keymap *m, const char *key, struct err *e);
/* Station: one more key for an action, shown first. A digit only for a row
 * that navigates. */
int keymap_bind(
    struct keymap *m, const char *key, const char *name, struct err *e);

const struct keymap_row *keymap_find(
    const struct keymap *m, const struct key *key);
/* The action; 0: no key of this table; -1: refused, e says why. */
int keymap_press(const struct keymap *m, const struct key *key,
    const struct keymap_state *state, struct err *e);
/* Would this row's key act? NULL, or why not (menu, help, footer). */
const char *keymap_why_not(
    const struct keymap_row *row, const struct keymap_state *state);

/* Is row i taken from this station? */
bool keymap_is_blocked(const struct keymap *m, size_t row);

/* The footer line. order: names of rows, NULL: the rows with FOOTER. Rows
 * that cannot act are drawn as off. More columns show more keys. */
void keymap_draw_footer(const struct keymap *m, struct canvas c,
    const char *const *order, const struct keymap_state *state);
/* The row under a click in the footer, NULL if none. */
const struct keymap_row *keymap_footer_at(
    const struct keymap *m, const char *const *order, int cols, int col);
/* Help: "a, F4, 4" and so on, for row i. */
void keymap_print_keys(const struct keymap *m, size_t row, struct buf *out);

#endif
