/* SPDX-License-Identifier: ISC */
/*
 * range.h - a tag on its scale: where it stands between its limits. Process
 * screens and faceplates draw the same bar.
 */
#ifndef CONSOLE_RANGE_H
#define CONSOLE_RANGE_H

#include <stdbool.h>

#include "console/things.h"
#include "term/bar.h"
#include "term/canvas.h"

/* The scale is the instrument's range, else 0..100; sp may be NULL. */
struct bar range_bar(const struct things *t, const struct tag_info *g,
    const struct tag_info *sp);
bool range_has_limits(const struct tag_info *g);
/* RANGE_ROWS: the bar with the ends of its scale; the limits in words. */
#define RANGE_ROWS 2
void range_draw(struct canvas c, const struct things *t,
    const struct tag_info *g, const struct tag_info *sp);
/* The signal of an object by its name; NULL: it has none, or nobody knows. */
struct tag_info *range_signal(
    const struct things *t, const struct object_info *o, const char *name);

#endif
