/* SPDX-License-Identifier: ISC */
/* state.h - what an object is now, by the states of its type. */
#ifndef MODEL_STATE_H
#define MODEL_STATE_H

#include "model/expr.h"
#include "model/plant.h"

/* The first that holds; NULL: it is not known, or it has none. */
const struct state *state_of(const struct object *o, expr_value_fn *value,
    void *arg, struct wall now);

#endif
