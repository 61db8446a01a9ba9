/* SPDX-License-Identifier: ISC */
/*
 * chosen.h - what is under the cursor, as drawn: for dialogs that put an
 * alarm aside, override a value, or hang a tag on an object.
 */
#ifndef CONSOLE_CHOSEN_H
#define CONSOLE_CHOSEN_H

#include "console/app.h"

struct chosen {			/* "" where there is none */
	char alarm[PLANT_NAME_MAX + 1];
	char object[PLANT_NAME_MAX + 1];
	char tag[PLANT_NAME_MAX + 1];
	char command[PLANT_NAME_MAX + 1];	/* P-101A.start */
};

void chosen_get(struct app *a, struct chosen *c);

/* Of one view each. */
void alarms_chosen(const struct view *v, struct chosen *c);
void alarm_detail_chosen(const struct view *v, struct chosen *c);
void object_chosen(const struct view *v, struct chosen *c);
void process_chosen(const struct view *v, struct chosen *c);
void rows_chosen(const struct view *v, struct chosen *c);

#endif
