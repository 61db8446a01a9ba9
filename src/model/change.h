/* SPDX-License-Identifier: ISC */
/* change.h - which samples are an event: declared changes of state, and
 * setpoints that changed at the PLC (P23). */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include "model/expr.h"
#include "model/plant.h"

enum change { CHANGE_NONE, CHANGE_STATE, CHANGE_PLC };

struct change_look {
	const struct value *was, *is;
	bool ours;		/* we are writing it just now */
	expr_value_fn *value;	/* of the tags that a gate reads */
	void *arg;
	struct wall wall;
};
enum change change_of(const struct tag *t, const struct change_look *l);

#endif
