/* SPDX-License-Identifier: ISC */
/*
 * uses.h - which expressions use which tags.
 *
 * Whoever holds values asks, when a tag has changed, what must be worked out
 * again: calculated tags, and limits and suppressions of alarms. The alarms
 * of the tag itself are not among them: plant.of_tag has those.
 */
#ifndef MODEL_USES_H
#define MODEL_USES_H

#include <stdbool.h>
#include <stdint.h>

struct plant;

struct use {
	uint32_t slot;
	bool alarm;		/* its limit or suppression; else a calculated tag */
};

struct uses {
	struct use *at;	/* grouped by tag */
	uint32_t *first;	/* tags + 1 offsets */
};

void uses_init(struct uses *u, const struct plant *p);
void uses_fini(struct uses *u);
/* Those of a tag: n of them, borrowed. */
const struct use *uses_of(
    const struct uses *u, uint32_t tag, uint32_t *n);

#endif
