/* SPDX-License-Identifier: ISC */
#include "server/changes.h"

#include "model/change.h"
#include "server/core.h"
#include "store/journal.h"

static void
write_down(struct core *c, const struct tag *t, const struct change_look *l,
    enum change change)
{
	struct journal_change row = { .tag = t,
		.area = c->plant->areas[t->area].name,
		.change = change,
		.was = l->was,
		.is = l->is,
		.time = c->wall,
		.mono_ms = c->now.us / 1000 };

	journal_change(commit_batch(c), &row);
}

void
changes_sampled(struct core *c, uint32_t tag, const struct value *v)
{
	const struct tag *t = &c->plant->tags[tag];
	struct change_look l = { .was = live_real(c, tag),
		.is = v,
		.ours = t->write != NULL && commands_under_way(c, tag),
		.value = core_operand,
		.arg = c,
		.wall = c->wall };
	enum change change = change_of(t, &l);

	if (change != CHANGE_NONE)
		write_down(c, t, &l, change);
}
