/* SPDX-License-Identifier: ISC */
#include "model/state.h"

const struct state *
state_of(const struct object *o, expr_value_fn *value, void *arg,
    struct wall now)
{
	struct value v;
	unsigned i;

	for (i = 0; i < o->n_states; i++) {
		if (o->states[i].when == NULL)
			return &o->states[i];
		v = expr_eval(o->states[i].when, value, arg, now);
		if (!value_is_good(&v))
			return NULL;
		if (value_true(&v))
			return &o->states[i];
	}
	return NULL;
}
