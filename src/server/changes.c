/* SPDX-License-Identifier: ISC */
#include "server/changes.h"

#include "model/expr.h"
#include "server/core.h"

/* While its gate does not hold (a loop's output in automatic) a register is
 * the PLC's own, and its changes are no event. */
static bool
is_ours_to_give(struct core *c, const struct tag *t)
{
	struct value v;

	if (t->write == NULL)
		return false;
	if (t->write->gate == NULL)
		return true;
	v = expr_eval(t->write->gate, core_operand, c, c->wall);
	return value_is_good(&v) && value_true(&v);
}

void
changes_sampled(struct core *c, uint32_t tag, const struct value *v)
{
	const struct tag *t = &c->plant->tags[tag];
	const struct value *was = live_real(c, tag);
	char old[VALUE_CAP], new[VALUE_CAP];
	struct record_event ev;
	bool plc;

	/* what changed while it was not good is found now; what was never
	 * read has not changed */
	if ((!t->event && t->write == NULL) || !value_is_good(v) ||
	    was->time.ms == 0 || value_equal(was, v))
		return;
	plc = is_ours_to_give(c, t) && !commands_under_way(c, tag);
	if (!t->event && !plc)
		return;
	ev = (struct record_event){
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = plc ? RECORD_PLC : RECORD_STATE,
		.area = c->plant->areas[t->area].name,
		.name = t->name,
		.text = plc ? "changed at the PLC" : text_in(&t->title, 0),
		.old = plant_value_text(t, was, old),
		.new = plant_value_text(t, v, new),
	};
	record_event(commit_batch(c), &ev);
}
