/* SPDX-License-Identifier: ISC */
/*
 * tunables.h - what the project lets people change at run time (P21): limit,
 * deadband and delays of alarms that are tunable, values of tags that are.
 *
 * Each is kept as a difference: the project's own value when it was changed,
 * what holds now, by whom and since when. The plant is not changed: an alarm
 * that is tuned has a definition of its own here, which alarms_def() gives to
 * the machine and to those who describe it. A tag's value lives in the live
 * table, as that of every retained tag.
 *
 * A new project keeps a difference unless its own value is another one than
 * that from which people went; then the project's value holds.
 */
#ifndef SERVER_TUNABLES_H
#define SERVER_TUNABLES_H

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/plant.h"
#include "server/users.h"

struct core;
struct swap;
struct told;

enum tunable_part { TUNABLE_LIMIT, TUNABLE_DEADBAND, TUNABLE_ON_DELAY,
	TUNABLE_OFF_DELAY, TUNABLE_PARTS, TUNABLE_VALUE = TUNABLE_PARTS };

struct tunable {
	char name[PLANT_NAME_MAX + 1];	/* of the alarm or tag */
	uint8_t part;
	double project, now;	/* delays in seconds */
	char by[USER_NAME_MAX + 1];
	struct wall since;
};

struct tunables {
	VEC(struct tunable) all;
	struct alarm_def **alarms;	/* by slot; NULL: as the project says */
	uint32_t n;
};

int tunables_load(struct core *c, struct err *e);
void tunables_fini(struct core *c);
/* A person gave a tunable tag another value. */
void tunables_value(struct core *c, uint32_t tag, double now, const char *by);
/* P20: those that the new plant keeps go on; the others end, with an event. */
void tunables_swap(struct core *c, const struct swap *s);
/* What becomes of each, as rows of `project plan`. */
void tunables_tell(struct told *t, const struct core *c, const struct swap *s);
/* The rows of an alarm or tag of this name go; they are there under the new
 * name, too (server/moving.h). */
void tunables_drop(struct core *c, const char *name);
struct difference_row;
void tunables_put(struct core *c, const struct swap *s,
    const struct difference_row *r);
/* All of them, for the export. */
struct making;
void tunables_edits(const struct core *c, struct making *m);

#endif
