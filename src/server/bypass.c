/* SPDX-License-Identifier: ISC */
#include "server/bypass.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/expr.h"
#include "server/core.h"
#include "server/swap.h"
#include "server/told.h"
#include "store/load.h"

static size_t
place_of(const struct core *c, uint32_t command)
{
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++)
		if (c->bypasses.all.at[i]->command == command)
			break;
	return i;
}

const struct bypass *
bypass_of(const struct core *c, uint32_t command)
{
	size_t i = place_of(c, command);

	return i < c->bypasses.all.n ? &c->bypasses.all.at[i]->bypass : NULL;
}

/* The command that it is about, as the plant has it now, or NONE. */
static uint32_t
command_of(const struct core *c, const struct bypass *b)
{
	uint32_t object = plant_object(c->plant, b->object), k;

	if (object == NONE)
		return NONE;
	k = plant_command(c->plant, object, b->command);
	return k != NONE && bypass_is_of(b, &c->plant->commands[k]) ? k : NONE;
}

/* P14: as long as one of its interlocks is bypassed. */
static void
alarm(struct core *c, uint32_t object)
{
	bool any = false;
	uint32_t k;
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++) {
		k = c->bypasses.all.at[i]->command;
		any |= k != NONE && c->plant->commands[k].object == object;
	}
	alarms_system(c, c->plant->objects[object].bypass, any);
}

static void
plan(struct core *c, const struct bypass *b)
{
	timers_add(&c->timers, TIMER_BYPASS, 0, b->ends);
}

void
bypass_record(struct core *c, const struct bypass *b, const char *object)
{
	record_put_bypass(commit_batch(c),
	    &(struct record_bypass){ .object = object,
		.command = b->command,
		.interlock = b->interlock,
		.user = b->user,
		.station = b->station,
		.reason = b->reason,
		.since = b->since,
		.until = b->until });
}

/* Nobody did it. area: of the command, or NONE. */
static void
tell_end(
    struct core *c, const struct bypass *b, uint32_t area, const char *text)
{
	struct notice n = { .time = c->wall };

	snprintf(n.name, sizeof(n.name), "%s.%s", b->object, b->command);
	str_copy(n.user, b->user, sizeof(n.user));
	str_copy(n.text, text, sizeof(n.text));
	n.seq = audit_event(c, RECORD_COMMAND, area, n.name, text, b->user,
	    b->station, "done");
	sessions_notice(c, &n, area);
}

static void
forget(struct core *c, size_t i)
{
	struct bypasses *all = &c->bypasses;

	free(all->all.at[i]);
	all->all.n--;
	memmove(all->all.at + i, all->all.at + i + 1,
	    (all->all.n - i) * sizeof(all->all.at[0]));
	c->marks++;
}

/* What was asked for this command last and is not on the disk yet, or -1. */
static ssize_t
asked_for(const struct core *c, uint32_t command)
{
	const struct command *k = &c->plant->commands[command];
	const char *object = c->plant->objects[k->object].name;
	size_t i;

	for (i = c->bypasses.asked.n; i > 0; i--)
		if (strcmp(c->bypasses.asked.at[i - 1]->object, object) == 0 &&
		    strcmp(c->bypasses.asked.at[i - 1]->command, k->name) == 0)
			return (ssize_t)i - 1;
	return -1;
}

/* Out of those that wait; it is the caller's. */
static struct bypass *
take_asked(struct core *c, size_t i)
{
	struct bypasses *l = &c->bypasses;
	struct bypass *b = l->asked.at[i];

	memmove(l->asked.at + i, l->asked.at + i + 1,
	    (--l->asked.n - i) * sizeof(l->asked.at[0]));
	return b;
}

/* Nobody waits for it any more. */
static void
withdraw(struct core *c, size_t i)
{
	struct bypass *b = take_asked(c, i);

	commit_forget(c, b);
	free(b);
}

/* It holds no longer; its row is not touched. */
static void
hold_no_longer(struct core *c, size_t i)
{
	uint32_t command = c->bypasses.all.at[i]->command;

	forget(c, i);
	commands_discard_bypassed(c, command);
	alarm(c, c->plant->commands[command].object);
}

void
bypass_end(struct core *c, uint32_t command)
{
	size_t i = place_of(c, command);
	ssize_t asked;

	if (i == c->bypasses.all.n)
		return;
	while ((asked = asked_for(c, command)) >= 0)
		withdraw(c, (size_t)asked);
	record_remove_bypass(commit_batch(c),
	    c->bypasses.all.at[i]->bypass.object,
	    c->bypasses.all.at[i]->bypass.command);
	hold_no_longer(c, i);
}

static void
add(struct core *c, const struct bypass *b, uint32_t command)
{
	struct bypass_run *r = xcalloc(1, sizeof(*r));
	size_t i = place_of(c, command);

	if (i < c->bypasses.all.n)
		forget(c, i);
	r->bypass = *b;
	r->command = command;
	vec_push(&c->bypasses.all, r);
	plan(c, b);
	c->marks++;
}

/* What it is about is gone or another one. object: its slot now, or NONE. */
static void
drop(struct core *c, const struct bypass *b, uint32_t object)
{
	record_remove_bypass(commit_batch(c), b->object, b->command);
	tell_end(c, b,
	    object != NONE ? c->plant->objects[object].area : NONE,
	    "bypass is over: the project changed the interlock");
}

static void
take(struct core *c, const struct bypass *b)
{
	uint32_t command = command_of(c, b);

	if (command == NONE) {
		drop(c, b, plant_object(c->plant, b->object));
		return;
	}
	add(c, b, command);
	alarm(c, c->plant->commands[command].object);
}

static void
begun(struct core *c, void *arg, uint64_t number)
{
	size_t i;

	for (i = 0; i < c->bypasses.asked.n; i++)
		if (c->bypasses.asked.at[i] == arg)
			break;
	take_asked(c, i);
	if (number != 0)	/* else the server ends: nothing can be written */
		take(c, arg);
	free(arg);
}

void
bypass_ask(struct core *c, struct bypass *b)
{
	bypass_record(c, b, b->object);
	vec_push(&c->bypasses.asked, b);
	commit_then(c, begun, b);
}

/* Its time has come. The row is that of a longer one, if that was asked for. */
static void
expire(struct core *c, size_t i)
{
	struct bypass b = c->bypasses.all.at[i]->bypass;
	uint32_t command = c->bypasses.all.at[i]->command;

	if (asked_for(c, command) < 0)
		record_remove_bypass(commit_batch(c), b.object, b.command);
	hold_no_longer(c, i);
	tell_end(c, &b,
	    c->plant->objects[c->plant->commands[command].object].area,
	    "bypass is over: its time has come");
}

void
bypasses_clock_set(struct core *c, struct span by)
{
	struct bypass *b;
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++) {
		b = &c->bypasses.all.at[i]->bypass;
		b->since = wall_add(b->since, by);
		b->until = wall_add(b->until, by);
		bypass_record(c, b, b->object);
		bypass_restored(b, c->now, c->wall);
		plan(c, b);
	}
	c->marks++;
}

void
bypasses_due(struct core *c)
{
	size_t i;

	for (i = c->bypasses.all.n; i > 0; i--)
		if (bypass_is_over(
			&c->bypasses.all.at[i - 1]->bypass, c->now))
			expire(c, i - 1);
}

static void
load(void *arg, const struct record_bypass *row)
{
	struct core *c = arg;
	struct bypass b = { .since = row->since, .until = row->until };
	uint32_t command;

	str_copy(b.object, row->object, sizeof(b.object));
	str_copy(b.command, row->command, sizeof(b.command));
	str_copy(b.interlock, row->interlock, sizeof(b.interlock));
	str_copy(b.user, row->user, sizeof(b.user));
	str_copy(b.station, row->station, sizeof(b.station));
	str_copy(b.reason, row->reason, sizeof(b.reason));
	bypass_restored(&b, c->now, c->wall);
	command = command_of(c, &b);
	if (command == NONE)
		drop(c, &b, plant_object(c->plant, b.object));
	else
		add(c, &b, command);
}

int
bypasses_load(struct core *c, struct err *e)
{
	uint32_t i;

	if (record_load_bypasses(c->record, load, c, e) < 0)
		return -1;
	/* from now on they are known, and gone where none holds */
	for (i = 0; i < c->plant->n_objects; i++)
		if (c->plant->objects[i].bypass != NONE)
			alarm(c, i);
	return 0;
}

static bool
writes_the_same(const struct plant *p, const struct command *k,
    const struct plant *q, const struct command *l)
{
	return k->kind == l->kind && k->value == l->value &&
	    k->point.space == l->point.space &&
	    k->point.address == l->point.address &&
	    k->point.bit == l->point.bit && k->point.kind == l->point.kind &&
	    strcmp(p->devices[k->point.device].name,
		q->devices[l->point.device].name) == 0;
}

/* Does it read what it read before, under whichever names? */
static bool
reads_the_same(
    const struct expr *was, const struct expr *is, const struct slots *tags)
{
	unsigned n, m, i;
	const uint32_t *a = expr_tags(was, &n), *b = expr_tags(is, &m);

	for (i = 0; i < n && n == m; i++)
		if (slots_to(tags, a[i]) != b[i])
			return false;
	return n == m;
}

uint32_t
bypass_goes_on(const struct swap *s, const struct bypass_run *r)
{
	const struct command *was = &s->old->commands[r->command], *is;
	uint32_t object = slots_to(swap_slots(s, DIFFERENCE_OBJECT),
		     was->object),
		 k = object != NONE
	    ? plant_command(s->plant, object, r->bypass.command)
	    : NONE;

	if (k == NONE)
		return NONE;
	is = &s->plant->commands[k];
	return bypass_is_of(&r->bypass, is) &&
		writes_the_same(s->old, was, s->plant, is) &&
		reads_the_same(was->interlock, is->interlock,
		    swap_slots(s, DIFFERENCE_TAG))
	    ? k
	    : NONE;
}

void
bypasses_tell(struct told *t, const struct core *c, const struct swap *s)
{
	char name[2 * PLANT_NAME_MAX + 2], to[2 * PLANT_NAME_MAX + 2];
	const struct bypass_run *r;
	const struct command *k;
	uint32_t now;
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++) {
		r = c->bypasses.all.at[i];
		now = bypass_goes_on(s, r);
		k = now != NONE ? &s->plant->commands[now] : NULL;
		snprintf(name, sizeof(name), "%s.%s", r->bypass.object,
		    r->bypass.command);
		if (k != NULL)
			snprintf(to, sizeof(to), "%s.%s",
			    s->plant->objects[k->object].name, k->name);
		told_standing(t, "bypassed", "command", name,
		    k != NULL ? to : NULL, r->bypass.user, r->bypass.reason,
		    "ends: the interlock or the command is another one");
	}
}

/* What was written ahead for a name may have ended since. */
static void
drop_renamed(struct core *c, const struct swap *s)
{
	const struct slots *objects = swap_slots(s, DIFFERENCE_OBJECT);
	const struct command *k;
	const char *name;
	uint32_t i, was;

	for (i = 0; i < s->plant->n_commands; i++) {
		k = &s->plant->commands[i];
		name = s->plant->objects[k->object].name;
		was = slots_from(objects, k->object);
		if (k->interlock != NULL && was != NONE &&
		    strcmp(s->old->objects[was].name, name) != 0)
			record_remove_bypass(commit_batch(c), name, k->name);
	}
}

static uint32_t
object_now(const struct swap *s, const struct bypass *b)
{
	return slots_to(swap_slots(s, DIFFERENCE_OBJECT),
	    plant_object(s->old, b->object));
}

/* Those that end first: others may get their names. */
void
bypasses_swap(struct core *c, const struct swap *s)
{
	struct bypasses *all = &c->bypasses;
	struct bypass_run *r;
	uint32_t object;
	size_t i;

	/* asked for in the moment of the apply: it may mean another one */
	while (all->asked.n > 0) {
		drop(c, all->asked.at[0], object_now(s, all->asked.at[0]));
		withdraw(c, 0);
	}
	drop_renamed(c, s);
	for (i = 0; i < all->all.n; i++)
		all->all.at[i]->command = bypass_goes_on(s, all->all.at[i]);
	for (i = all->all.n; i > 0; i--) {
		r = all->all.at[i - 1];
		if (r->command != NONE)
			continue;
		object = object_now(s, &r->bypass);
		drop(c, &r->bypass, object);
		forget(c, i - 1);
		if (object != NONE)
			alarm(c, object);
	}
	for (i = 0; i < all->all.n; i++) {
		r = all->all.at[i];
		object = c->plant->commands[r->command].object;
		str_copy(r->bypass.object, c->plant->objects[object].name,
		    sizeof(r->bypass.object));
		bypass_record(c, &r->bypass, r->bypass.object);
	}
	c->marks++;
}

/* The name of its object in the new plant, or NULL: it ends. */
static const char *
name_then(const struct swap *s, const struct bypass_run *r)
{
	uint32_t k = bypass_goes_on(s, r);

	return k != NONE ? s->plant->objects[s->plant->commands[k].object].name
			 : NULL;
}

void
bypasses_drop(struct core *c, const struct swap *s)
{
	const struct bypass_run *r;
	const char *then;
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++) {
		r = c->bypasses.all.at[i];
		then = name_then(s, r);
		if (then == NULL || strcmp(then, r->bypass.object) != 0)
			record_remove_bypass(commit_batch(c),
			    r->bypass.object, r->bypass.command);
	}
}

void
bypasses_put(struct core *c, const struct swap *s)
{
	const struct bypass_run *r;
	const char *then;
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++) {
		r = c->bypasses.all.at[i];
		then = name_then(s, r);
		if (then != NULL && strcmp(then, r->bypass.object) != 0)
			bypass_record(c, &r->bypass, then);
	}
}

void
bypasses_fini(struct core *c)
{
	size_t i;

	for (i = 0; i < c->bypasses.all.n; i++)
		free(c->bypasses.all.at[i]);
	vec_free(&c->bypasses.all);
	vec_free(&c->bypasses.asked);	/* each is with who waits for it */
}
