/* SPDX-License-Identifier: ISC */
/*
 * things_plant.h - things learned from a plant in memory instead of over the
 * wire: for previews, and to compare what is drawn. The rows are those that
 * the core would send (wire/describe.h).
 */
#ifndef CONSOLE_THINGS_PLANT_H
#define CONSOLE_THINGS_PLANT_H

#include "console/things.h"

/* t is empty before; afterwards its tags stand in the order of the plant's.
 * Internal tags have their initial value, all others none. */
void things_of_plant(
    struct things *t, const struct plant *p, unsigned language);
/* The row that `follow` would send for this alarm when it came at now. */
void things_plant_alarm(struct things *t, const struct plant *p,
    unsigned language, uint32_t alarm, enum alarm_state state);
/* A good value at this share (0..1) of the tag's range, or of its texts. */
struct value things_plant_value(
    const struct plant *p, uint32_t tag, double share, struct wall now);

#endif
