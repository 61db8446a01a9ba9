/* SPDX-License-Identifier: ISC */
#include "server/override.h"

#include <stdlib.h>
#include <string.h>

#include "server/core.h"
#include "server/swap.h"
#include "server/told.h"
#include "store/load.h"

static size_t
place_of(const struct overrides *all, const char *tag, bool *there)
{
	size_t i;

	for (i = 0; i < all->all.n; i++)
		if (strcmp(all->all.at[i]->tag, tag) == 0)
			break;
	*there = i < all->all.n;
	return i;
}

const struct override *
overrides_find(const struct core *c, const char *tag)
{
	bool there;
	size_t i = place_of(&c->overrides, tag, &there);

	return there ? c->overrides.all.at[i] : NULL;
}

/* Puts it over the tag, if there is one of this name and type. */
static void
show(struct core *c, struct override *o)
{
	o->slot = plant_tag(c->plant, o->tag);
	if (o->slot != NONE && c->plant->tags[o->slot].type != o->value.type)
		o->slot = NONE;
	if (o->slot != NONE)
		live_override(c, o->slot, &o->value);
}

static void
plan(struct core *c, const struct override *o)
{
	timers_add(&c->timers, TIMER_OVERRIDE, 0,
	    mono_add(c->now, (struct span){ o->until.ms - c->wall.ms }));
}

void
overrides_end(struct core *c, const char *tag)
{
	struct overrides *all = &c->overrides;
	bool there;
	size_t i = place_of(all, tag, &there);
	struct override *o;

	if (!there)
		return;
	o = all->all.at[i];
	all->all.n--;
	memmove(all->all.at + i, all->all.at + i + 1,
	    (all->all.n - i) * sizeof(all->all.at[0]));
	if (o->slot != NONE)
		live_override_end(c, o->slot);
	free(o);
	c->marks++;
}

void
overrides_take(struct core *c, struct override *o)
{
	struct overrides *all = &c->overrides;

	overrides_end(c, o->tag);
	vec_push(&all->all, o);
	show(c, o);
	plan(c, o);
	c->marks++;
}

void
override_record(
    struct core *c, const struct override *o, const char *tag)
{
	record_put_override(commit_batch(c),
	    &(struct record_override){ .tag = tag,
		.value = o->value,
		.user = o->user,
		.station = o->station,
		.reason = o->reason,
		.until = o->until });
}

/* Nobody did it: its time is over. */
static void
expire(struct core *c, const struct override *o)
{
	uint32_t area =
	    o->slot != NONE ? c->plant->tags[o->slot].area : NONE;
	struct notice n = { .time = c->wall };

	record_remove_override(commit_batch(c), o->tag);
	n.seq = audit_event(c, RECORD_COMMAND, area, o->tag,
	    "override is over: its time has come", o->user, o->station,
	    "done");
	str_copy(n.user, o->user, sizeof(n.user));
	str_copy(n.name, o->tag, sizeof(n.name));
	str_copy(n.text, "override is over: its time has come",
	    sizeof(n.text));
	sessions_notice(c, &n, area);
	overrides_end(c, o->tag);
}

void
overrides_due(struct core *c)
{
	size_t i;

	for (i = c->overrides.all.n; i > 0; i--)
		if (c->overrides.all.at[i - 1]->until.ms <= c->wall.ms)
			expire(c, c->overrides.all.at[i - 1]);
	for (i = 0; i < c->overrides.all.n; i++)	/* a rounding early */
		if (c->overrides.all.at[i]->until.ms - c->wall.ms < 1000)
			plan(c, c->overrides.all.at[i]);
}

void
overrides_clock_set(struct core *c, struct span by)
{
	struct override *o;
	size_t i;

	for (i = 0; i < c->overrides.all.n; i++) {
		o = c->overrides.all.at[i];
		o->until = wall_add(o->until, by);
		override_record(c, o, o->tag);
		plan(c, o);	/* over a restart it was planned by the other */
	}
	c->marks++;
}

static void
load(void *arg, const struct record_override *row)
{
	struct core *c = arg;
	struct override *o = xcalloc(1, sizeof(*o));

	str_copy(o->tag, row->tag, sizeof(o->tag));
	o->value = row->value;
	if (row->value.type == VALUE_TEXT) {
		str_copy(o->text, row->value.as.text, sizeof(o->text));
		o->value.as.text = o->text;
	}
	str_copy(o->user, row->user, sizeof(o->user));
	str_copy(o->station, row->station, sizeof(o->station));
	str_copy(o->reason, row->reason, sizeof(o->reason));
	o->until = row->until;
	overrides_take(c, o);
}

int
overrides_load(struct core *c, struct err *e)
{
	return record_load_overrides(c->record, load, c, e) < 0 ? -1 : 0;
}

void
overrides_lift(struct core *c)
{
	size_t i;

	for (i = 0; i < c->overrides.all.n; i++)
		if (c->overrides.all.at[i]->slot != NONE)
			live_reveal(&c->live.tags[c->overrides.all.at[i]->slot]);
}

/* Its tag is gone, or of another type. */
static void
end_by_apply(struct core *c, const struct override *o)
{
	record_remove_override(commit_batch(c), o->tag);
	audit_event(c, RECORD_COMMAND, NONE, o->tag,
	    "override is over: the project has no such tag", o->user,
	    o->station, "done");
	overrides_end(c, o->tag);
}

uint32_t
override_slot(const struct override *o, const struct plant *now,
    const struct slots *tags)
{
	uint32_t slot = o->slot != NONE ? slots_to(tags, o->slot)
					: plant_tag(now, o->tag);

	return slot != NONE && now->tags[slot].type == o->value.type ? slot
								      : NONE;
}

void
overrides_tell(struct told *t, const struct core *c, const struct swap *s)
{
	const struct slots *tags = swap_slots(s, DIFFERENCE_TAG);
	const struct override *o;
	uint32_t slot;
	size_t i;

	for (i = 0; i < c->overrides.all.n; i++) {
		o = c->overrides.all.at[i];
		slot = override_slot(o, s->plant, tags);
		told_standing(t, "overridden", "tag", o->tag,
		    slot != NONE ? s->plant->tags[slot].name : NULL, o->user,
		    o->reason, "ends: the project has no such tag any more");
	}
}

/* Those that end first: others may get their names. */
void
overrides_resolve(struct core *c, const struct slots *tags)
{
	struct overrides *all = &c->overrides;
	struct override *o;
	size_t i;

	for (i = all->all.n; i > 0; i--) {
		o = all->all.at[i - 1];
		o->slot = override_slot(o, c->plant, tags);
		if (o->slot == NONE)
			end_by_apply(c, o);
	}
	for (i = 0; i < all->all.n; i++) {
		o = all->all.at[i];
		str_copy(o->tag, c->plant->tags[o->slot].name,
		    sizeof(o->tag));
		show(c, o);
		override_record(c, o, o->tag);
	}
	c->marks++;
}

void
overrides_drop(struct core *c, const char *tag)
{
	if (overrides_find(c, tag) != NULL)
		record_remove_override(commit_batch(c), tag);
}

void
overrides_record_as(struct core *c, const struct swap *s, const char *tag,
    const char *name)
{
	const struct override *o = overrides_find(c, tag);

	if (o != NULL &&
	    override_slot(o, s->plant, swap_slots(s, DIFFERENCE_TAG)) != NONE)
		override_record(c, o, name);
	else if (overrides_find(c, name) == NULL)
		record_remove_override(commit_batch(c), name);
}

void
overrides_fini(struct core *c)
{
	size_t i;

	for (i = 0; i < c->overrides.all.n; i++)
		free(c->overrides.all.at[i]);
	vec_free(&c->overrides.all);
}
