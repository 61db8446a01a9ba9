/* SPDX-License-Identifier: ISC */
/*
 * act.h - the verbs of a scenario. What README.md lists; whatever is not a
 * verb of the scenario is one of the command line, said by somebody.
 */
#ifndef SCENARIO_ACT_H
#define SCENARIO_ACT_H

#include "scenario/script.h"
#include "scenario/world.h"

/* words[0] is the verb; what is wrong is a failure at this line. */
void act(struct world *w, const char *const *words, size_t n);
/* words behind `expect`. */
void expect(struct world *w, const char *const *words, size_t n);

/* The slot, or NONE and a failure. */
uint32_t world_tag(struct world *w, const char *name);

#endif
