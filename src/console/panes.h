/* SPDX-License-Identifier: ISC */
/*
 * panes.h - what stands beside a process screen on a wide terminal, as the
 * station or the person wishes (`panes`, `:panes`): the equipment of the item
 * that is selected, its curves, those of the screen. They follow the
 * selection; every key goes to the screen.
 */
#ifndef CONSOLE_PANES_H
#define CONSOLE_PANES_H

#include "console/views.h"
#include "term/layout.h"

#define PANES_MOST 4		/* the screen is one of them */

struct panes {
	struct view *sheet, *curves, *screen_curves;	/* NULL: nothing to show */
	char object[PLANT_NAME_MAX + 1];	/* of the sheet */
	bool selected;		/* something is, as last seen */
};

/* Empty rectangles: there is no room, or it is not wished. */
struct panes_layout {
	struct rect screen, sheet, curves, screen_curves;
};

/* Pure: shares out a body beside the largest art that leaves room for one
 * more pane; with panes 1, or where there is none, the screen has it all. */
struct panes_layout panes_layout(
    unsigned panes, int rows, int cols, const struct screen *s);

/* Makes them show what is selected in the process screen v. */
void panes_follow(struct panes *p, struct view *v, const struct screen *s);
void panes_update(struct panes *p, unsigned what, struct mono now);
/* All but the screen itself. */
void panes_draw(struct panes *p, struct canvas c,
    const struct panes_layout *l, struct mono now);
void panes_fini(struct panes *p);

#endif
