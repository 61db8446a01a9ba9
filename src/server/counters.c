/* SPDX-License-Identifier: ISC */
#include "server/counters.h"

#include "model/counter.h"
#include "server/core.h"

/* What was read last, overridden or not, and when. */
static struct value
read_last(const struct core *c, uint32_t tag)
{
	const struct live_tag *t = &c->live.tags[tag];
	struct value v = *live_real(c, tag);

	if (t->block != NONE &&
	    v.time.ms < c->live.blocks.at[t->block].read.ms &&
	    value_is_good(&v))
		v.time = c->live.blocks.at[t->block].read;
	return v;
}

/* Since the last good read, and one period: the truth lies before (P22). */
static struct span
time_between(const struct core *c, uint32_t tag, const struct value *was,
    const struct value *v)
{
	const struct tag *t = &c->plant->tags[tag];
	int64_t ms = v->time.ms - was->time.ms;

	return (struct span){ ms < 0 ? -1
				     : ms + c->plant->polls[t->poll].every.ms };
}

static void
tell(struct core *c, const struct tag *t, const struct value *was,
    const struct value *v, const char *text)
{
	char old[VALUE_CAP], new[VALUE_CAP];
	struct record_event ev = {
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = RECORD_PLC,
		.area = c->plant->areas[t->area].name,
		.name = t->name,
		.text = text,
		.old = value_show(old, was, t->decimals),
		.new = value_show(new, v, t->decimals),
	};

	record_event(commit_batch(c), &ev);
}

void
counters_sampled(struct core *c, uint32_t tag, const struct value *v)
{
	const struct tag *t = &c->plant->tags[tag];
	struct live_tag *l = &c->live.tags[tag];
	const struct value was = read_last(c, tag);
	enum counter_step step;
	double by;

	if (t->counter == NULL || !value_is_good(v) || was.time.ms == 0 ||
	    !value_known(&was) || value_equal(&was, v))
		return;
	step = counter_step(t->counter, counter_raw(t, &was),
	    counter_raw(t, v), time_between(c, tag, &was, v), &by);
	if (counter_is_lost(step) && l->real == NULL)
		logs_held(c, tag);
	/* one that is always faster than the project says is told once */
	if (step == COUNTER_RESET)
		tell(c, t, &was, v, "counter reset");
	else if (step == COUNTER_JUMPED && !l->jumped)
		tell(c, t, &was, v, "counter jumped");
	l->jumped = step == COUNTER_JUMPED;
}
