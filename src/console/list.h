/* SPDX-License-Identifier: ISC */
/* list.h - what all views have in common that a table fills. */
#ifndef CONSOLE_LIST_H
#define CONSOLE_LIST_H

#include "console/app.h"
#include "term/table.h"

/* A key or click for the table; marks the view dirty. */
bool list_key(struct view *v, struct table *t, const struct key *k);
/* New rows let in, or rows that hold a text; false: another action. */
bool list_action(struct view *v, struct table *t, int action);

#endif
