/* SPDX-License-Identifier: ISC */
#include "server/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"
#include "server/swap.h"

#define CELLS 7			/* DIFFERENCE_COLUMNS */

struct told {
	struct arena *arena;
	VEC(const char **) rows;
	unsigned changes[4];	/* enum difference_change */
	unsigned retired;
	bool retire;		/* with --retire: they go */
};

struct told *
told_new(bool retire)
{
	struct told *t = xcalloc(1, sizeof(*t));

	t->retire = retire;
	t->arena = arena_new();
	return t;
}

void
told_free(struct told *t)
{
	if (t == NULL)
		return;
	vec_free(&t->rows);
	arena_free(t->arena);
	free(t);
}

static const char *
keep(struct told *t, const char *s)
{
	return s == NULL || *s == '\0' ? NULL : arena_text(t->arena, s);
}

void
told_row(struct told *t, const char *change, const char *sort,
    const char *name, const char *part, const char *old, const char *new,
    const char *effect)
{
	const char **row = arena_take(t->arena, CELLS, sizeof(*row));

	row[0] = keep(t, change);
	row[1] = keep(t, sort);
	row[2] = keep(t, name);
	row[3] = keep(t, part);
	row[4] = keep(t, old);
	row[5] = keep(t, new);
	row[6] = keep(t, effect);
	vec_push(&t->rows, row);
}

void
told_standing(struct told *t, const char *change, const char *sort,
    const char *name, const char *to, const char *user, const char *reason,
    const char *why)
{
	char *effect;

	if (to != NULL && strcmp(to, name) == 0)
		return;
	effect = to != NULL
	    ? xasprintf("by %s (%s): goes on as %s", user, reason, to)
	    : xasprintf("by %s (%s): %s", user, reason, why);
	told_row(t, change, sort, name, NULL, NULL, to, effect);
	free(effect);
}

/* An alarm as it is now, if that is worth saying. */
static void
put_alarm_now(
    struct buf *b, const struct core *c, uint32_t alarm, const char *verb)
{
	const struct alarm *a = &c->alarms.at[alarm].alarm;
	char inhibit[64];

	if (alarm_is_shown(a))
		buf_printf(b, "; %s %s", verb,
		    alarm_state_name((enum alarm_state)a->state));
	if (alarm_is_inhibited(a))
		buf_printf(
		    b, "; %s %s", verb, alarm_inhibit_print(inhibit, a));
}

/* A command under way finishes under the old model. */
static void
put_commands(struct buf *b, const struct core *c,
    const struct difference_row *r)
{
	const struct command_run *k;

	TAILQ_FOREACH(k, &c->commands.list, next)
		if ((r->sort == DIFFERENCE_TAG && k->tag == r->from) ||
		    (r->sort == DIFFERENCE_COMMAND && k->command == r->from))
			buf_text(b, "; what is in flight finishes as asked");
}

static void
put_effect(struct buf *b, struct told *t, const struct core *c,
    const struct difference_row *r)
{
	bool retire = swap_must_retire(c, r);

	buf_text(b, !retire ? difference_effect(r)
		: t->retire ? "retired"
			    : "needs --retire");
	t->retired += retire;
	if (r->from == NONE)
		return;
	if (r->sort == DIFFERENCE_ALARM)
		put_alarm_now(
		    b, c, r->from, retire && t->retire ? "was" : "is");
	else
		put_commands(b, c, r);
}

/* Who looks at it now. */
static void
tell_sessions(struct told *t, const struct core *c, const char *screen)
{
	const struct session *s;
	char name[120];

	TAILQ_FOREACH(s, &c->sessions.list, next) {
		if (strcmp(s->screen, screen) != 0)
			continue;
		snprintf(name, sizeof(name), "%s@%s", s->who.user,
		    s->who.station);
		told_row(t, "shown", "session", name, "screen", screen, NULL,
		    "is drawn anew");
	}
}

void
told_difference(struct told *t, const struct core *c,
    const struct difference *d, bool effects)
{
	const struct difference_row *r;
	struct buf effect = { 0 };
	size_t i;

	for (i = 0; i < d->rows.n; i++) {
		r = &d->rows.at[i];
		t->changes[r->change]++;
		buf_clear(&effect);
		if (effects)
			put_effect(&effect, t, c, r);
		told_row(t,
		    difference_change_name((enum difference_change)r->change),
		    difference_sort_name((enum difference_sort)r->sort),
		    r->name,
		    r->change == DIFFERENCE_CHANGED
			? difference_part_name((enum difference_part)r->part)
			: NULL,
		    r->old, r->new, buf_string(&effect));
		if (effects && r->sort == DIFFERENCE_SCREEN &&
		    r->change != DIFFERENCE_ADDED)
			tell_sessions(t, c, r->name);
	}
	buf_free(&effect);
}

size_t
told_rows(const struct told *t)
{
	return t->rows.n;
}

unsigned
told_retired(const struct told *t)
{
	return t->retired;
}

char *
told_summary(const struct told *t, char *dst, size_t cap)
{
	size_t at = 0;
	int i;

	dst[0] = '\0';
	for (i = 0; i < 4 && at < cap; i++)
		if (t->changes[i] > 0)
			at += (size_t)snprintf(dst + at, cap - at, "%s%u %s",
			    at > 0 ? ", " : "", t->changes[i],
			    difference_change_name((enum difference_change)i));
	if (at == 0)
		snprintf(dst, cap, "nothing is different");
	return dst;
}

static bool
next_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct told *t = a->owned;
	const char *const *row;
	int i;

	(void)c;
	(void)s;
	if (a->cursor >= t->rows.n)
		return false;
	row = t->rows.at[a->cursor++];
	for (i = 0; i < CELLS; i++)
		cells[i] = row[i] != NULL ? cell_text(row[i]) : cell_null();
	return true;
}

static void
free_owned(void *t)
{
	told_free(t);
}

void
told_answer(struct core *c, struct session *s, struct call *call,
    struct told *t, int code, const char *text)
{
	struct answer *a = answer_new(c, s, call, next_row);

	a->owned = t;
	a->free_owned = free_owned;
	a->code = a->none = code;
	str_copy(a->text, text, sizeof(a->text));
	answer_pump(c, s, a);
}
