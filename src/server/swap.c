/* SPDX-License-Identifier: ISC */
#include "server/swap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/follow.h"
#include "server/moving.h"
#include "server/watch.h"

#define TOLD_MOST 1000		/* definitions, one event each */

struct swap *
swap_new(struct plant *old, struct plant *plant, struct difference *d)
{
	struct swap *s = xcalloc(1, sizeof(*s));

	s->old = old;
	s->plant = plant;
	s->d = d;
	live_prepare(&s->live, plant);
	alarms_prepare(&s->alarms, plant);
	s->logs = logs_prepare(plant);
	fieldplan_make(&s->field, plant);
	return s;
}

void
swap_free(struct swap *s)
{
	if (s == NULL)
		return;
	difference_free(s->d);
	live_release(&s->live);
	alarms_release(&s->alarms);
	free(s->logs);
	fieldplan_free(&s->field);
	plant_free(s->plant);
	free(s);
}

uint32_t
swap_kept_tag(const struct swap *s, uint32_t old)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_TAG);
	uint32_t new = slots_to(slots, old);

	return new != NONE &&
		!difference_is(slots, new, DIFFERENCE_OF_ADDRESS)
	    ? new
	    : NONE;
}

bool
swap_must_retire(const struct core *c, const struct difference_row *r)
{
	const struct alarm *a;

	if (r->change != DIFFERENCE_REMOVED)
		return false;
	if (r->sort == DIFFERENCE_TAG)
		return c->live.tags[r->from].real != NULL;
	if (r->sort == DIFFERENCE_OBJECT)
		return lockout_find(c, r->name, NULL) != NULL;
	if (r->sort != DIFFERENCE_ALARM)
		return false;
	a = &c->alarms.at[r->from].alarm;
	return alarm_is_shown(a) || alarm_is_inhibited(a);
}

static uint32_t *
all_as_of(uint32_t n, uint32_t revision)
{
	uint32_t *all = xcalloc(n + 1, sizeof(*all)), i;

	for (i = 0; i < n; i++)
		all[i] = revision;
	return all;
}

void
swap_init(struct core *c)
{
	c->changed.tags = all_as_of(c->plant->n_tags, c->revision);
	c->changed.commands = all_as_of(c->plant->n_commands, c->revision);
}

/* What is as before keeps the revision since which it is so; but not under
 * another name: another thing may have had that. */
static void
move_changed(const struct swap *swap, enum difference_sort sort,
    uint32_t **changed, uint32_t revision)
{
	const struct slots *s = swap_slots(swap, sort);
	uint32_t *now = all_as_of(s->n_new, revision);
	const struct difference_row *r;
	size_t i;

	for (i = 0; i < s->n_new; i++)
		if (s->from[i] != NONE && s->parts[i] == 0)
			now[i] = (*changed)[s->from[i]];
	for (i = 0; i < swap->d->rows.n; i++) {
		r = &swap->d->rows.at[i];
		if (r->sort == sort && r->change == DIFFERENCE_RENAMED)
			now[r->to] = revision;
	}
	free(*changed);
	*changed = now;
}

/* Watches of what is gone end; the others watch the same under its new slot. */
static void
move_watch(struct core *c, const struct swap *s, struct watch *w)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_TAG);
	uint32_t i, gone = NONE;

	for (i = 0; i < w->n && gone == NONE; i++)
		if (slots_to(slots, w->tags[i]) == NONE)
			gone = w->tags[i];
	if (gone != NONE) {
		answer_end(c, w->session, w->id, EXIT_NO_SUCH,
		    "the project does not have %s any more",
		    s->old->tags[gone].name);
		watch_free(c, w);
		return;
	}
	for (i = 0; i < w->n; i++)
		w->tags[i] = slots_to(slots, w->tags[i]);
}

static void
move_watches(struct core *c, struct swap *s)
{
	struct session *who;
	struct watch *w, *next;

	TAILQ_FOREACH(who, &c->sessions.list, next)
		for (w = LIST_FIRST(&who->watches); w != NULL; w = next) {
			next = LIST_NEXT(w, next);
			move_watch(c, s, w);
		}
}

/* Value, quality, age and who watches; P20: not if it is another one now. */
static void
move_tag(struct core *c, struct swap *s, uint32_t new)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_TAG);
	const struct tag *t = &s->plant->tags[new];
	struct live_tag *to = &s->live.tags[new], *from;
	struct live_tag begun = *to;

	if (slots->from[new] == NONE) {
		if (t->source == SOURCE_INTERNAL)
			live_set(to, live_initial(t, c->wall));
		return;
	}
	from = &c->live.tags[slots->from[new]];
	*to = *from;
	from->text = begun.text;
	memset(&from->watchers, 0, sizeof(from->watchers));
	if (difference_is(slots, new, DIFFERENCE_OF_ADDRESS)) {
		from->text = to->text;
		to->text = begun.text;
		to->value = begun.value;
		to->block = NONE;
		to->fresh = to->fresh_cause = 0;
		if (t->source == SOURCE_INTERNAL)
			live_set(to, live_initial(t, c->wall));
	} else if (t->source == SOURCE_INTERNAL &&
	    difference_is(slots, new, DIFFERENCE_OF_RANGE)) {
		if (to->value.cause == CAUSE_CONFIG) {
			to->value.quality = QUALITY_GOOD;
			to->value.cause = CAUSE_NONE;
		}
		live_confine(t, &to->value);
	}
}

/* Blocks go on with the tags that they still bring. */
static void
move_blocks(struct core *c, struct swap *s)
{
	struct live_block *b;
	uint32_t i, k, n, tag;

	for (i = 0; i < c->live.blocks.n; i++) {
		b = &c->live.blocks.at[i];
		for (k = n = 0; k < b->n_tags; k++) {
			tag = swap_kept_tag(s, b->tags[k]);
			if (tag != NONE)
				b->tags[n++] = tag;
		}
		b->n_tags = n;
	}
	s->live.blocks.at = c->live.blocks.at;
	s->live.blocks.n = c->live.blocks.n;
	s->live.blocks.cap = c->live.blocks.cap;
	memset(&c->live.blocks, 0, sizeof(c->live.blocks));
}

static void
move_live(struct core *c, struct swap *s)
{
	struct live old;
	uint32_t i;

	move_watches(c, s);
	overrides_lift(c);
	for (i = 0; i < s->live.n_tags; i++)
		move_tag(c, s, i);
	move_blocks(c, s);
	old = c->live;
	c->live = s->live;
	c->live.any_queued = old.any_queued;
	s->live = old;
	if (c->live.uses_age && !old.uses_age)
		timers_add(&c->timers, TIMER_AGE, 0, c->now);
}

/* Who reads or watches what is new, begins anew or is called otherwise now:
 * an expression may mean another tag by the same text. */
static void
touch_tags(struct core *c, const struct swap *s)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_TAG);
	const uint16_t touched = 1u << DIFFERENCE_OF_ADDRESS |
	    1u << DIFFERENCE_OF_RANGE | 1u << DIFFERENCE_OF_EXPR;
	uint32_t i;

	for (i = 0; i < slots->n_new; i++) {
		if (slots->from[i] != NONE && (slots->parts[i] & touched) == 0)
			continue;
		live_touch(c, i);
		if (c->plant->tags[i].source == SOURCE_CALC) {
			c->live.tags[i].queued = true;
			c->live.any_queued = true;
		}
	}
	for (i = 0; i < s->d->rows.n; i++)
		if (s->d->rows.at[i].sort == DIFFERENCE_TAG &&
		    s->d->rows.at[i].change == DIFFERENCE_RENAMED)
			live_touch(c, s->d->rows.at[i].to);
}

/* Rights, station and language of those who are on; what was being answered
 * from the old plant ends. WELCOME tells the client that all may be new. */
static void
move_session(struct core *c, struct session *s)
{
	char language[sizeof(s->language_name)];
	struct answer *a, *next;

	s->awaits = 0;		/* its tag is called otherwise now */
	for (a = TAILQ_FIRST(&s->answers); a != NULL; a = next) {
		next = TAILQ_NEXT(a, next);
		if (a->fn == NULL)
			continue;
		answer_end(c, s, a->call.id, EXIT_CHANGED,
		    "the project was changed meanwhile: ask again");
		answer_free(s, a);
	}
	str_copy(language, s->language_name, sizeof(language));
	session_seat(c, s);
	session_speak(c, s, language);	/* what the person chose stays */
	if (s->follow != NULL)
		follow_new(c, s, s->follow->id);
	session_welcome(c, s);
}

static void
move_sessions(struct core *c)
{
	struct session *s;

	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (!s->peer->closing)
			move_session(c, s);
}

/* P20: the journal says of which alarms the definition changed. */
static void
tell_definitions(struct core *c, const struct swap *s)
{
	const struct difference_row *r;
	unsigned told = 0, more = 0;
	char text[320];
	size_t i;

	for (i = 0; i < s->d->rows.n; i++) {
		r = &s->d->rows.at[i];
		if (r->sort != DIFFERENCE_ALARM ||
		    r->change != DIFFERENCE_CHANGED ||
		    r->part == DIFFERENCE_OF_TUNABLE)
			continue;
		if (told++ >= TOLD_MOST) {
			more++;
			continue;
		}
		snprintf(text, sizeof(text),
		    "definition changed by apply %s: %s %.100s -> %.100s",
		    s->by, difference_part_name((enum difference_part)r->part),
		    r->old, r->new);
		audit_event(c, RECORD_PROJECT, c->plant->alarms[r->to].area,
		    r->name, text, s->by, s->station, NULL);
	}
	if (more == 0)
		return;
	snprintf(text, sizeof(text), "%u more definitions of alarms changed "
	    "by apply %s", more, s->by);
	audit_event(c, RECORD_PROJECT, NONE, "project", text, s->by,
	    s->station, NULL);
}

void
swap_run(struct core *c, struct swap *s)
{
	struct mono began = clock_mono();

	moving_record(c, s);
	c->plant = s->plant;
	if (!when_zone(c->plant->timezone))
		log_warn("unknown time zone %s: UTC", c->plant->timezone);
	move_changed(s, DIFFERENCE_TAG, &c->changed.tags, c->revision);
	move_changed(
	    s, DIFFERENCE_COMMAND, &c->changed.commands, c->revision);
	move_live(c, s);
	tallies_swap(c, s);
	alarms_swap(c, s);
	horn_swap(c, s);
	logs_swap(c, s);
	tunables_swap(c, s);
	/* from here on whoever looks at a tag finds its alarms and logs */
	overrides_resolve(c, swap_slots(s, DIFFERENCE_TAG));
	lockouts_resolve(c, s->old, swap_slots(s, DIFFERENCE_OBJECT));
	bypasses_swap(c, s);
	fieldlink_swap(c, s);
	touch_tags(c, s);
	tell_definitions(c, s);
	move_sessions(c);
	horn_place(c);
	commands_swap(c, s);
	s->plant = s->old;	/* it goes with the swap */
	log_note("project %.12s holds: %u tags, %u alarms, %zu differences, "
	    "%lld us", c->project, c->plant->n_tags, c->plant->n_alarms,
	    s->d->rows.n, (long long)(clock_mono().us - began.us));
}
