/* SPDX-License-Identifier: ISC */
#include "model/change.h"

/* While its gate does not hold (a loop's output in automatic) a register is
 * the PLC's own, and its changes are no event. */
static bool
is_ours_to_give(const struct tag *t, const struct change_look *l)
{
	struct value v;

	if (t->write == NULL)
		return false;
	if (t->write->gate == NULL)
		return true;
	v = expr_eval(t->write->gate, l->value, l->arg, l->wall);
	return value_is_good(&v) && value_true(&v);
}

enum change
change_of(const struct tag *t, const struct change_look *l)
{
	/* what changed while it was not good is found now; what was never
	 * read has not changed */
	if ((!t->event && t->write == NULL) || !value_is_good(l->is) ||
	    l->was->time.ms == 0 || value_equal(l->was, l->is))
		return CHANGE_NONE;
	if (!l->ours && is_ours_to_give(t, l))
		return CHANGE_PLC;
	return t->event ? CHANGE_STATE : CHANGE_NONE;
}
