/* SPDX-License-Identifier: ISC */
/*
 * lineage.h - what became of the things of a plant, over one plant after the
 * other (P20).
 *
 * `was` says how a thing was called one project ago, so between two projects
 * that are several applies apart nothing but the way from one to the other
 * tells which thing is which: a name may have gone to another thing meanwhile.
 * Ways go back and forth: a rollback is a step back. Pure.
 */
#ifndef MODEL_LINEAGE_H
#define MODEL_LINEAGE_H

#include "model/difference.h"

struct lineage {
	uint32_t n[DIFFERENCE_SORT_COUNT];
	/* [n]: what each is in the plant that was reached; NONE: no more */
	uint32_t *is[DIFFERENCE_SORT_COUNT];
};

/* Each thing of the plant is itself. */
struct lineage *lineage_new(const struct plant *of);
void lineage_free(struct lineage *l);	/* NULL is fine */
/* From the plant that was reached, here, to the next one. back: next was
 * applied before here. */
void lineage_step(struct lineage *l, const struct plant *here,
    const struct plant *next, bool back);

#endif
