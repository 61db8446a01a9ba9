/* SPDX-License-Identifier: ISC */
#include "server/logs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "server/core.h"
#include "server/swap.h"
#include "store/load.h"

#define AHEAD_MS 1000	/* of the core; field asks its clock itself */

/* A tag named NULL is a slot without one. */
static const struct log_rule *
rule_of(const struct plant *p, uint32_t tag)
{
	return p->tags[tag].name != NULL ? p->tags[tag].log : NULL;
}

static struct log_name *
find_name(const struct core *c, const char *tag)
{
	struct log_name *n;

	HASH_FIND_STR(c->logs.names, tag, n);
	return n;
}

const char *
logs_stored(const struct core *c, const char *tag)
{
	const struct log_name *n = find_name(c, tag);

	return n != NULL ? n->stored : tag;
}

static void
forget_name(struct core *c, const char *tag)
{
	struct log_name *n = find_name(c, tag);

	if (n == NULL)
		return;
	HASH_DELETE(hh, c->logs.names, n);
	HASH_DELETE(by_stored, c->logs.stores, n);
	free(n);
}

static void
name_anew(struct core *c, const char *tag, const char *stored)
{
	struct log_name *n = xcalloc(1, sizeof(*n));

	str_copy(n->tag, tag, sizeof(n->tag));
	str_copy(n->stored, stored, sizeof(n->stored));
	forget_name(c, tag);
	HASH_ADD_STR(c->logs.names, tag, n);
	HASH_ADD_KEYPTR(by_stored, c->logs.stores, n->stored,
	    strlen(n->stored), n);
}

static bool
is_stored(const struct core *c, const char *name)
{
	const struct log_name *n;

	HASH_FIND(by_stored, c->logs.stores, name, strlen(name), n);
	return n != NULL;
}

static void
forget_names(struct core *c)
{
	while (c->logs.names != NULL)
		forget_name(c, c->logs.names->tag);
}

static void
load_name(void *arg, const struct record_setting *s)
{
	if (strncmp(s->key, "history of ", 11) == 0)
		name_anew(arg, s->key + 11, s->text);
}

static void
record_name(struct core *c, const char *tag, const char *stored)
{
	char key[PLANT_NAME_MAX + 16];

	snprintf(key, sizeof(key), "history of %s", tag);
	record_put_setting(commit_batch(c), key, stored);
}

void
logs_drop(struct core *c, const char *tag)
{
	record_name(c, tag, NULL);
}

void
logs_record_as(struct core *c, const char *tag, const char *name)
{
	const char *stored = logs_stored(c, tag);

	record_name(c, name, strcmp(stored, name) == 0 ? NULL : stored);
}

/* A tag that is new under a name whose history is another one's. */
static void
part_from_other(struct core *c, const char *tag)
{
	char stored[PLANT_NAME_MAX + 17];

	if (find_name(c, tag) != NULL || !is_stored(c, tag))
		return;
	snprintf(stored, sizeof(stored), "%s@%u", tag, c->revision);
	name_anew(c, tag, stored);
	record_name(c, tag, stored);
}

static bool
is_renamed_tag(const struct difference_row *r)
{
	return r->sort == DIFFERENCE_TAG && r->change == DIFFERENCE_RENAMED;
}

/* Names may be exchanged: all are taken from how it was. */
static void
rename_all(struct core *c, const struct swap *s)
{
	const struct difference_row *r;
	struct log_name n;
	VEC(struct log_name) moved = { 0 };
	size_t i;

	for (i = 0; i < s->d->rows.n; i++) {
		r = &s->d->rows.at[i];
		if (!is_renamed_tag(r))
			continue;
		str_copy(n.tag, r->new, sizeof(n.tag));
		str_copy(n.stored, logs_stored(c, r->old), sizeof(n.stored));
		vec_push(&moved, n);
	}
	for (i = 0; i < s->d->rows.n; i++)
		if (is_renamed_tag(&s->d->rows.at[i]))
			forget_name(c, s->d->rows.at[i].old);
	for (i = 0; i < moved.n; i++)
		forget_name(c, moved.at[i].tag);
	for (i = 0; i < moved.n; i++)
		if (strcmp(moved.at[i].tag, moved.at[i].stored) != 0)
			name_anew(c, moved.at[i].tag, moved.at[i].stored);
	vec_free(&moved);
}

/* Renames first: what is new may have the name that has become free. */
static void
move_names(struct core *c, const struct swap *s)
{
	size_t i;

	rename_all(c, s);
	for (i = 0; i < s->d->rows.n && c->logs.names != NULL; i++)
		if (s->d->rows.at[i].sort == DIFFERENCE_TAG &&
		    s->d->rows.at[i].change == DIFFERENCE_ADDED)
			part_from_other(c, s->d->rows.at[i].name);
}

static void
plan_tags(struct core *c)
{
	struct logs *l = &c->logs;
	uint32_t i;

	l->n = c->plant->n_tags;
	l->tags = xcalloc(l->n + 1u, sizeof(*l->tags));
	for (i = 0; i < l->n; i++) {
		l->tags[i].planned = MONO_NEVER;
		l->tags[i].id = rule_of(c->plant, i) != NULL
		    ? history_tag(l->history,
			logs_stored(c, c->plant->tags[i].name))
		    : NONE;
	}
}

void
logs_init(struct core *c)
{
	struct history_limits limits = { c->config->history.keep,
		c->config->history.size_mb << 20 };

	struct err e;

	if (record_load_settings(c->record, load_name, c, &e) < 0)
		log_error("names of the history: %s", e.text);
	c->logs.history = history_open(c->config->state, &limits);
	plan_tags(c);
}

void
logs_start(struct core *c)
{
	history_start(c->logs.history, c->wall);
}

void
logs_fini(struct core *c)
{
	history_close(c->logs.history, c->wall);
	free(c->logs.tags);
	forget_names(c);
	c->logs.history = NULL;
}

static void
plan_look(struct core *c, uint32_t tag)
{
	struct log_tag *t = &c->logs.tags[tag];
	struct mono due =
	    logging_due(&t->state, c->plant->tags[tag].log);

	if (!mono_before(due, t->planned))
		return;
	t->planned = due;
	timers_add(&c->timers, TIMER_LOG, tag, due);
}

/* By a clock that was set back since. */
static bool
is_ahead(const struct core *c, struct wall t)
{
	return t.ms > c->wall.ms + AHEAD_MS;
}

/* What a device holds is known since it was read; all else holds now, also
 * what was retained since long before the start. */
static void
keep(struct core *c, uint32_t tag)
{
	struct log_tag *t = &c->logs.tags[tag];
	struct value v = core_value(c, tag);

	/* after an override what was read before it holds again, from now on;
	 * read by a clock that was set back since, it holds now; refused from
	 * the first read on, it has no time */
	if (c->plant->tags[tag].source != SOURCE_DEVICE || v.time.ms == 0 ||
	    v.time.ms < c->logs.since.ms || v.time.ms < t->kept.ms ||
	    is_ahead(c, v.time))
		v.time = c->wall;
	t->kept = v.time;
	history_put(c->logs.history, c->logs.tags[tag].id, &v);
}

void
logs_change(struct core *c, uint32_t tag)
{
	struct log_tag *t;

	if (tag >= c->logs.n || c->logs.tags[tag].id == NONE)
		return;
	t = &c->logs.tags[tag];
	if (logging_change(&t->state, c->plant->tags[tag].log,
		&c->live.tags[tag].value, c->now))
		keep(c, tag);
	plan_look(c, tag);
}

void
logs_held(struct core *c, uint32_t tag)
{
	struct log_tag *t;
	struct value v = core_value(c, tag);

	if (tag >= c->logs.n || c->logs.tags[tag].id == NONE)
		return;
	t = &c->logs.tags[tag];
	if (!t->state.begun || v.time.ms <= t->kept.ms || is_ahead(c, v.time))
		return;
	t->kept = v.time;
	history_put(c->logs.history, t->id, &v);
}

struct log_tag *
logs_prepare(const struct plant *p)
{
	struct log_tag *tags = xcalloc(p->n_tags + 1u, sizeof(*tags));
	uint32_t i;

	for (i = 0; i < p->n_tags; i++) {
		tags[i].id = NONE;
		tags[i].planned = MONO_NEVER;
	}
	return tags;
}

static uint64_t
moved_timer(void *arg, uint64_t slot)
{
	const struct swap *s = arg;

	return slots_to(swap_slots(s, DIFFERENCE_TAG), (uint32_t)slot);
}

/* A tag that goes on under its name is logged on, by the rule that holds now;
 * all else begins or ends. */
static void
move_tag(struct core *c, const struct log_tag *before, const struct swap *s,
    uint32_t tag)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_TAG);
	uint32_t from = slots->from[tag];
	struct log_tag *t = &c->logs.tags[tag];

	if (rule_of(c->plant, tag) == NULL)
		return;
	if (from != NONE && before[from].id != NONE)
		*t = before[from];
	else
		t->id = history_tag(c->logs.history,
		    logs_stored(c, c->plant->tags[tag].name));
}

void
logs_swap(struct core *c, struct swap *s)
{
	const struct slots *slots = swap_slots(s, DIFFERENCE_TAG);
	struct logs *l = &c->logs;
	struct log_tag *before = l->tags;
	uint32_t i;

	move_names(c, s);
	l->n = slots->n_new;
	l->tags = s->logs;
	s->logs = before;	/* it goes with the swap */
	for (i = 0; i < l->n; i++)
		move_tag(c, before, s, i);
	timers_move(&c->timers, TIMER_LOG, moved_timer, s);
	for (i = 0; i < slots->n_old; i++)
		if (before[i].id != NONE && before[i].state.begun &&
		    (slots->to[i] == NONE ||
			l->tags[slots->to[i]].id != before[i].id))
			history_end(l->history, before[i].id, c->wall);
	for (i = 0; i < l->n; i++)
		if (slots->from[i] == NONE || slots->parts[i] != 0 ||
		    (l->tags[i].id != NONE && !l->tags[i].state.begun))
			logs_change(c, i);
}

void
logs_due(struct core *c, uint32_t tag)
{
	struct log_tag *t;

	if (tag >= c->logs.n || c->logs.tags[tag].id == NONE)
		return;
	t = &c->logs.tags[tag];
	if (!mono_before(c->now, t->planned))
		t->planned = MONO_NEVER;
	if (logging_look(&t->state, c->plant->tags[tag].log,
		&c->live.tags[tag].value, c->now))
		keep(c, tag);
	plan_look(c, tag);
}

/* What holds now is written down once more. */
static void
begin_again(struct core *c)
{
	uint32_t i;

	c->logs.since = c->wall;
	for (i = 0; i < c->logs.n; i++) {
		memset(&c->logs.tags[i].state, 0, sizeof(struct logging));
		logs_change(c, i);
	}
}

void
logs_clock_set(struct core *c, struct wall before)
{
	struct logs *l = &c->logs;
	uint32_t i;

	for (i = 0; i < l->n; i++)
		if (l->tags[i].id != NONE && l->tags[i].state.begun)
			history_end(l->history, l->tags[i].id, before);
	begin_again(c);
	logs_wait(c, before);
}

void
logs_wait(struct core *c, struct wall until)
{
	if (until.ms > c->wall.ms && until.ms > c->logs.ahead.ms)
		c->logs.ahead = until;
}

/* There is room again. */
static void
resume(struct core *c, uint64_t count, struct wall since)
{
	char text[120], when[WHEN_CAP];

	snprintf(text, sizeof(text), "%" PRIu64 " samples lost since %s",
	    count, when_utc(when, since));
	audit_event(
	    c, RECORD_SYSTEM, NONE, "history", text, NULL, NULL, NULL);
	begin_again(c);
}

void
logs_turn(struct core *c)
{
	history_flush(c->logs.history, c->wall);
}

void
logs_second(struct core *c)
{
	struct history_health h;
	struct wall since;
	uint64_t count;

	if (history_resumed(c->logs.history, &count, &since))
		resume(c, count, since);
	if (c->logs.ahead.ms != 0 && c->wall.ms > c->logs.ahead.ms) {
		c->logs.ahead.ms = 0;
		begin_again(c);
	}
	history_health(c->logs.history, &h);
	c->logs.failing = !h.ok || h.losing;
}

bool
logs_are_failing(const struct core *c)
{
	return c->logs.failing;
}
