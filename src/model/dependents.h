/* SPDX-License-Identifier: ISC */
/*
 * dependents.h - what depends on a tag.
 *
 * Whoever holds values asks, when a tag has changed, what must be worked out
 * again: calculated tags, and limits and suppressions of alarms. The alarms
 * of the tag itself are not among them: plant.of_tag has those.
 */
#ifndef MODEL_DEPENDENTS_H
#define MODEL_DEPENDENTS_H

#include <stdbool.h>
#include <stdint.h>

struct plant;

struct dependent {
	uint32_t slot;
	bool alarm;		/* its limit or suppression; else a calculated tag */
};

struct dependents {
	struct dependent *at;	/* grouped by tag */
	uint32_t *first;	/* tags + 1 offsets */
};

void dependents_init(struct dependents *u, const struct plant *p);
void dependents_fini(struct dependents *u);
/* Those of a tag: n of them, borrowed. */
const struct dependent *dependents_of(
    const struct dependents *u, uint32_t tag, uint32_t *n);

#endif
