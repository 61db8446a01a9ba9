/* SPDX-License-Identifier: ISC */
#include "server/counters.h"

#include "model/counter.h"
#include "server/audit.h"
#include "server/core.h"

/* Since the last good read, and one period: the truth lies before (P22). */
static struct span
time_between(const struct core *c, uint32_t tag, const struct value *v)
{
	const struct tag *t = &c->plant->tags[tag];
	int64_t ms = v->time.ms - core_value(c, tag).time.ms;

	return (struct span){ (ms > 0 ? ms : 0) +
		c->plant->polls[t->poll].every.ms };
}

void
counters_sampled(struct core *c, uint32_t tag, const struct value *v)
{
	const struct tag *t = &c->plant->tags[tag];
	const struct value *was = &c->live.tags[tag].value;
	char old[VALUE_CAP], new[VALUE_CAP];
	struct record_event ev;
	double by;

	if (t->counter == NULL || !value_is_good(v) || was->time.ms == 0 ||
	    !value_known(was) || value_equal(was, v) ||
	    counter_step(t->counter, counter_raw(t, was), counter_raw(t, v),
		time_between(c, tag, v), &by) != COUNTER_RESET)
		return;
	ev = (struct record_event){
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = RECORD_PLC,
		.area = c->plant->areas[t->area].name,
		.name = t->name,
		.text = "counter reset",
		.old = value_show(old, was, t->decimals),
		.new = value_show(new, v, t->decimals),
	};
	record_event(commit_batch(c), &ev);
}
