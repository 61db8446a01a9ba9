/* SPDX-License-Identifier: ISC */
#include "server/moving.h"

#include "server/core.h"
#include "server/swap.h"

struct keeper {
	enum difference_sort sort;
	bool waits;		/* its rows stay for when the thing is back */
	void (*drop)(struct core *c, const char *name);
	void (*put)(struct core *c, const struct swap *s,
	    const struct difference_row *r);
};

static void
drop_alarm(struct core *c, const char *name)
{
	record_remove_alarm(commit_batch(c), name);
}

static void
put_alarm(
    struct core *c, const struct swap *s, const struct difference_row *r)
{
	(void)s;
	record_put_alarm(
	    commit_batch(c), r->new, &c->alarms.at[r->from].alarm);
}

/* What is retained, and the day's count of a counter. */
static void
drop_retained(struct core *c, const char *name)
{
	const struct tag *t = &c->plant->tags[plant_tag(c->plant, name)];

	if (t->retain || t->since_day)
		record_remove_value(commit_batch(c), name);
}

static void
put_retained(
    struct core *c, const struct swap *s, const struct difference_row *r)
{
	if (s->plant->tags[r->to].retain && swap_kept_tag(s, r->from) != NONE)
		record_put_value(
		    commit_batch(c), r->new, live_real(c, r->from));
}

static void
put_override(
    struct core *c, const struct swap *s, const struct difference_row *r)
{
	overrides_record_as(c, s, r->old, r->new);
}

static void
put_history(
    struct core *c, const struct swap *s, const struct difference_row *r)
{
	(void)s;
	logs_record_as(c, r->old, r->new);
}

static void
put_lockouts(
    struct core *c, const struct swap *s, const struct difference_row *r)
{
	(void)s;
	lockouts_record_as(c, r->old, r->new);
}

static const struct keeper keepers[] = {
	{ DIFFERENCE_ALARM, false, drop_alarm, put_alarm },
	{ DIFFERENCE_ALARM, false, tunables_drop, tunables_put },
	{ DIFFERENCE_TAG, false, drop_retained, put_retained },
	{ DIFFERENCE_TAG, false, tunables_drop, tunables_put },
	{ DIFFERENCE_TAG, false, overrides_drop, put_override },
	{ DIFFERENCE_TAG, true, logs_drop, put_history },
	{ DIFFERENCE_OBJECT, true, lockouts_drop, put_lockouts },
};
#define KEEPERS (sizeof(keepers) / sizeof(keepers[0]))

/* The name under which the rows must not stay, or NULL. */
static const char *
name_left(const struct keeper *k, const struct difference_row *r)
{
	if (r->sort != k->sort)
		return NULL;
	if (r->change == DIFFERENCE_RENAMED)
		return r->old;
	return r->change == DIFFERENCE_REMOVED && !k->waits ? r->name : NULL;
}

void
moving_record(struct core *c, const struct swap *s)
{
	const struct difference_row *r;
	const char *name;
	size_t i, k;

	for (i = 0; i < s->d->rows.n; i++)
		for (k = 0; k < KEEPERS; k++) {
			name = name_left(&keepers[k], &s->d->rows.at[i]);
			if (name != NULL)
				keepers[k].drop(c, name);
		}
	bypasses_drop(c, s);
	for (i = 0; i < s->d->rows.n; i++) {
		r = &s->d->rows.at[i];
		for (k = 0; k < KEEPERS && r->change == DIFFERENCE_RENAMED; k++)
			if (r->sort == keepers[k].sort)
				keepers[k].put(c, s, r);
	}
	bypasses_put(c, s);
}
