/* SPDX-License-Identifier: ISC */
#include "server/tallies.h"

#include <string.h>

#include "model/expr.h"
#include "server/core.h"
#include "server/swap.h"
#include "store/load.h"

#define CAME_MOST 100000	/* of a flood; no screen shows more */
#define KEEP_MS 60000

static struct tally *
find(struct core *c, uint32_t tag)
{
	size_t i;

	for (i = 0; i < c->tallies.all.n; i++)
		if (c->tallies.all.at[i].tag == tag)
			return &c->tallies.all.at[i];
	return NULL;
}

/* The tags of the plant that ask for a count. */
static void
collect(struct core *c)
{
	struct tallies *l = &c->tallies;
	const struct tag *t;
	uint32_t i;

	vec_clear(&l->all);
	l->longest = (struct span){ 0 };
	for (i = 0; i < c->plant->n_tags; i++) {
		t = &c->plant->tags[i];
		if (!t->since_day && t->source != SOURCE_ALARMS)
			continue;
		vec_push(&l->all, ((struct tally){ .tag = i }));
		if (t->new_alarms.ms > l->longest.ms)
			l->longest = t->new_alarms;
	}
}

static struct mono
mono_of(const struct core *c, struct wall then)
{
	return (struct mono){ c->now.us - (c->wall.ms - then.ms) * 1000 };
}

static void
came_before(void *arg, const struct record_announced *a)
{
	struct core *c = arg;
	uint32_t area = plant_area(c->plant, a->area);

	if (a->time.ms > c->wall.ms || c->tallies.came.n >= CAME_MOST)
		return;		/* the clock was set back since */
	vec_push(&c->tallies.came,
	    ((struct tally_came){ .at = mono_of(c, a->time),
		.area = area != NONE ? area : 0,
		.alarm = plant_alarm(c->plant, a->name) }));
}

/* P27: behind it in the same turn its HH came, too. */
static bool
was_folded(const struct core *c, size_t row)
{
	const struct tallies *l = &c->tallies;
	const uint32_t alarm = l->came.at[row].alarm;
	const uint32_t by =
	    alarm != NONE ? c->plant->alarms[alarm].folded_by : NONE;
	size_t i;

	for (i = row + 1; by != NONE && i < l->came.n &&
	     l->came.at[i].at.us == l->came.at[row].at.us; i++)
		if (l->came.at[i].alarm == by)
			return true;
	return false;
}

/* What came before the start, as the journal has it. */
static void
remember(struct core *c)
{
	struct tallies *l = &c->tallies;
	struct wall from = c->wall;
	struct err e;
	size_t i, n = 0;

	if (record_load_announced(c->record,
		(struct wall){ c->wall.ms - l->longest.ms }, came_before, c,
		&from, &e) < 0) {
		log_error("new alarms before the start: %s", e.text);
		from = c->wall;
	}
	if (l->came.n >= CAME_MOST)	/* the newest are missing */
		from = c->wall;
	for (i = 0; i < l->came.n; i++)	/* only what stands behind is read */
		if (!was_folded(c, i))
			l->came.at[n++] = l->came.at[i];
	l->came.n = n;
	l->known = mono_of(c, from);
}

void
tallies_init(struct core *c)
{
	collect(c);
	remember(c);
}

void
tallies_fini(struct core *c)
{
	vec_free(&c->tallies.all);
	vec_free(&c->tallies.came);
	vec_free(&c->tallies.awaited);
}

bool
tallies_load(struct core *c, uint32_t tag, const struct record_value *v)
{
	struct tally *l;

	if (!c->plant->tags[tag].since_day)
		return false;
	l = find(c, tag);
	if (l != NULL && v->value.type == VALUE_TEXT)
		day_count_parse(&l->day, v->value.as.text);
	return true;
}

void
tallies_await(struct core *c, const struct record_value *v)
{
	struct tally_awaited a;
	struct day_count day;

	if (v->value.type != VALUE_TEXT ||
	    !day_count_parse(&day, v->value.as.text))
		return;
	str_copy(a.tag, v->tag, sizeof(a.tag));
	str_copy(a.text, v->value.as.text, sizeof(a.text));
	vec_push(&c->tallies.awaited, a);
}

struct value
tallies_value(struct core *c, uint32_t tag)
{
	uint32_t of = expr_is_tag(c->plant->tags[tag].expr);
	const struct tag *t = &c->plant->tags[of];
	struct value v = core_value(c, of);

	return day_count_feed(&find(c, tag)->day, t,
	    c->plant->polls[t->poll].every, &v, c->wall);
}

void
tallies_alarm(struct core *c, uint32_t alarm)
{
	struct tallies *l = &c->tallies;

	if (l->longest.ms == 0)
		return;
	l->fresh = true;
	if (l->came.n >= CAME_MOST) {
		l->known = c->now;	/* this one is missing */
		return;
	}
	vec_push(&l->came, ((struct tally_came){ .at = c->now,
			       .area = c->plant->alarms[alarm].area,
			       .alarm = alarm }));
}

void
tallies_folded(struct core *c, uint32_t alarm)
{
	struct tallies *l = &c->tallies;
	size_t i;

	for (i = l->came.n; i > 0 && l->came.at[i - 1].at.us == c->now.us; i--)
		if (l->came.at[i - 1].alarm == alarm) {
			l->came.at[i - 1] = l->came.at[--l->came.n];
			return;
		}
}

static bool
is_within(const struct core *c, const struct tally_came *came,
    const struct tag *t)
{
	/* the whole plant has no area of its own: "system" stands for it */
	return mono_since(c->now, came->at).ms < t->new_alarms.ms &&
	    (t->area == 0 || plant_within(c->plant, came->area, t->area));
}

static void
count_alarms(struct core *c, uint32_t tag)
{
	const struct tag *t = &c->plant->tags[tag];
	struct value v;
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < c->tallies.came.n; i++)
		n += is_within(c, &c->tallies.came.at[i], t);
	v = value_make((enum value_type)t->type, (double)n, NULL, c->wall);
	if (mono_since(c->now, c->tallies.known).ms < t->new_alarms.ms)
		v.quality = QUALITY_UNCERTAIN;
	live_put(c, tag, &v);
}

static void
forget_old(struct core *c)
{
	struct tallies *l = &c->tallies;
	size_t n = 0;

	while (n < l->came.n &&
	    mono_since(c->now, l->came.at[n].at).ms >= l->longest.ms)
		n++;
	memmove(l->came.at, l->came.at + n,
	    (l->came.n - n) * sizeof(*l->came.at));
	l->came.n -= n;
}

void
tallies_keep(struct core *c)
{
	char text[DAY_COUNT_TEXT];
	struct tally *l;
	struct value v;
	size_t i;

	for (i = 0; i < c->tallies.all.n; i++) {
		l = &c->tallies.all.at[i];
		if (!l->day.known)
			continue;
		l->kept = true;
		v = value_text(day_count_print(text, &l->day), c->wall);
		record_put_value(
		    commit_batch(c), c->plant->tags[l->tag].name, &v);
	}
	c->tallies.kept_minute = c->now.us / 1000 / KEEP_MS;
}

void
tallies_settle(struct core *c)
{
	struct tallies *l = &c->tallies;
	size_t i;

	if (!l->fresh)
		return;
	l->fresh = false;
	for (i = 0; i < l->all.n; i++)
		if (!c->plant->tags[l->all.at[i].tag].since_day)
			count_alarms(c, l->all.at[i].tag);
}

void
tallies_second(struct core *c)
{
	bool keep = c->tallies.kept_minute != c->now.us / 1000 / KEEP_MS;
	struct tally *l;
	size_t i;
	uint32_t tag;

	if (c->tallies.came.n > 0)
		forget_old(c);
	for (i = 0; i < c->tallies.all.n; i++) {
		l = &c->tallies.all.at[i];
		tag = l->tag;
		keep |= l->day.known && !l->kept;
		if (!c->plant->tags[tag].since_day) {
			count_alarms(c, tag);
			continue;
		}
		/* midnight comes also when the counter stands still */
		c->live.tags[tag].queued = true;
		c->live.any_queued = true;
	}
	if (keep)
		tallies_keep(c);
}

/* Is it what the old tag counted? */
static bool
goes_on(const struct swap *s, uint32_t old, uint32_t new)
{
	uint32_t was, is;

	if (!s->plant->tags[new].since_day)
		return false;
	was = expr_is_tag(s->old->tags[old].expr);
	is = expr_is_tag(s->plant->tags[new].expr);
	return was != NONE && is != NONE && swap_kept_tag(s, was) == is;
}

/* Now it is there, or will never be. */
static void
take_awaited(struct core *c)
{
	struct tallies *l = &c->tallies;
	struct tally *to;
	uint32_t tag;
	size_t i;

	for (i = 0; i < l->awaited.n; i++) {
		tag = plant_tag(c->plant, l->awaited.at[i].tag);
		to = tag != NONE ? find(c, tag) : NULL;
		if (to != NULL && c->plant->tags[tag].since_day)
			day_count_parse(&to->day, l->awaited.at[i].text);
		else
			record_remove_value(
			    commit_batch(c), l->awaited.at[i].tag);
	}
	vec_clear(&l->awaited);
}

/* The state's row of a count that ends, unless what has its name now keeps
 * one. */
static void
forget_row(struct core *c, const char *name)
{
	uint32_t tag = plant_tag(c->plant, name);

	if (tag == NONE || !c->plant->tags[tag].retain)
		record_remove_value(commit_batch(c), name);
}

void
tallies_swap(struct core *c, struct swap *s)
{
	struct tallies old = c->tallies;
	struct tally *to;
	uint32_t new;
	size_t i;

	memset(&c->tallies.all, 0, sizeof(c->tallies.all));
	collect(c);
	for (i = 0; i < old.all.n; i++) {
		if (!s->old->tags[old.all.at[i].tag].since_day)
			continue;
		new = slots_to(swap_slots(s, DIFFERENCE_TAG),
		    old.all.at[i].tag);
		to = new != NONE ? find(c, new) : NULL;
		if (to != NULL && goes_on(s, old.all.at[i].tag, new))
			to->day = old.all.at[i].day;
		else
			forget_row(c, s->old->tags[old.all.at[i].tag].name);
	}
	for (i = 0; i < c->tallies.came.n; i++) {
		new = plant_area(s->plant,
		    s->old->areas[c->tallies.came.at[i].area].name);
		c->tallies.came.at[i].area = new != NONE ? new : 0;
	}
	vec_free(&old.all);
	take_awaited(c);
	tallies_keep(c);
}
