/* SPDX-License-Identifier: ISC */
/*
 * pens.h - which curves belong together: those of an object, those that a
 * screen draws, those that were named.
 */
#ifndef CONSOLE_PENS_H
#define CONSOLE_PENS_H

#include "console/views.h"

/* The main value of an object and its setpoints; other numbers if it has
 * none. */
unsigned pens_of_object(
    struct app *a, const struct object_info *o, const char **names);
/* What the trends of a screen show. */
unsigned pens_of_screen(
    struct app *a, const struct screen *s, const char **names);
/* Names of tags, objects and screens behind ":trend". room keeps them. */
unsigned pens_named(struct app *a, const char *text, char *room, size_t cap,
    const char **names);
/* Those of what is selected in the top view; 0: nothing is. */
unsigned pens_selected(struct app *a, const char **names);

#endif
