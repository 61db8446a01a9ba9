/* SPDX-License-Identifier: ISC */
/*
 * menu.h - a list of things to do. One that cannot be done now stays in the
 * list with its reason: nobody must guess why.
 */
#ifndef TERM_MENU_H
#define TERM_MENU_H

#include <stdbool.h>

#include "term/canvas.h"
#include "term/key.h"

struct menu_row {
	const char *label;
	const char *key;	/* as printed, or NULL */
	const char *why_not;	/* NULL: can be done */
	int action;
};

struct menu {
	const struct menu_row *row;	/* owned by the view */
	int rows, cursor, top, page;
};

void menu_init(struct menu *m, const struct menu_row *row, int rows);
/* Columns that the widest row takes. */
int menu_measure(const struct menu *m);
void menu_draw(struct canvas c, struct menu *m);
/* Arrows, j k, Home End. True: drawn anew. */
bool menu_key(struct menu *m, const struct key *k);
/* The row under the cursor, NULL if there is none. */
const struct menu_row *menu_picked(const struct menu *m);

#endif
