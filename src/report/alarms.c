/* SPDX-License-Identifier: ISC */
/*
 * alarms.c - how often alarms came in a period, how many stood at its end,
 * how long the longest stood within it.
 *
 * What an alarm was at an instant is what the next step of the journal came
 * from; without one it is what it is now. A line that has a simulated step in
 * it says so.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/parts.h"

struct tally {
	uint32_t alarm;		/* of facts, or NONE: of several */
	unsigned priority;
	const char *level;
	const char *flags;	/* of its steps; or NULL */
	double count, standing, longest;
};

/* One alarm on its way through the period. */
struct walk {
	bool known;		/* a step was seen: active is right */
	bool active;
	struct wall since;
	struct tally t;
};

static void
stood(struct walk *w, struct wall until)
{
	double s = (double)(until.ms - w->since.ms) / 1000;

	if (w->active && s > w->t.longest)
		w->t.longest = s;
}

static void
take_step(
    struct walk *w, const struct report_step *s, const struct report_sheet *on)
{
	bool inside = s->time.ms < on->to.ms;

	if (s->time.ms < on->period.from.ms)
		return;
	if (!w->known) {
		w->known = true;
		w->active = s->was;
		w->since = on->period.from;
	}
	if (!inside || s->is == w->active)
		return;
	if (*s->flags != '\0')
		w->t.flags = s->flags;
	stood(w, s->time);
	w->active = s->is;
	w->since = s->time;
	w->t.count += s->is;
}

/* The steps in order; each alarm ends at the end of the period. */
static struct walk *
walk_all(const struct report_making *m)
{
	const struct report_facts *f = m->facts;
	struct walk *all = arena_take(f->arena, f->alarms.n, sizeof(*all));
	size_t i;

	for (i = 0; i < f->steps.n; i++)
		take_step(
		    &all[f->steps.at[i].alarm], &f->steps.at[i], m->sheet);
	for (i = 0; i < f->alarms.n; i++) {
		if (!all[i].known) {
			all[i].active = f->alarms.at[i].active;
			all[i].since = m->sheet->period.from;
		}
		stood(&all[i], m->sheet->to);
		all[i].t.standing = all[i].active;
		all[i].t.alarm = (uint32_t)i;
		all[i].t.priority = f->alarms.at[i].priority;
		all[i].t.level = f->alarms.at[i].level;
	}
	return all;
}

static struct report_figure
length(double seconds)
{
	return (struct report_figure){ .shape = REPORT_LENGTH,
		.known = seconds > 0,
		.number = seconds,
		.unit = "s",
		.good = NAN };
}

static void
fill_line(struct report_line *l, struct arena *a, const struct tally *t)
{
	l->flags = t->flags;
	l->figures = arena_take(a, REPORT_KEYS_MAX, sizeof(*l->figures));
	l->figures[0] = report_count(t->count, NAN);
	l->figures[1] = report_count(t->standing, NAN);
	l->figures[2] = length(t->longest);
}

static int
worse_first(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;

	return a->priority < b->priority ? -1 : a->priority > b->priority;
}

static void
add_up(struct tally *sum, const struct tally *t)
{
	sum->count += t->count;
	sum->standing += t->standing;
	if (t->flags != NULL)
		sum->flags = t->flags;
	if (t->longest > sum->longest)
		sum->longest = t->longest;
}

/* One line for each priority that alarms have, also where none came. */
static void
by_priority(struct report_part *p, const struct report_making *m,
    const struct walk *all)
{
	const struct report_facts *f = m->facts;
	VEC(struct tally) sums = { 0 };
	size_t i, k;

	for (i = 0; i < f->alarms.n; i++) {
		for (k = 0; k < sums.n; k++)
			if (sums.at[k].priority == all[i].t.priority)
				break;
		if (k == sums.n && all[i].t.priority == 0 &&
		    all[i].t.count + all[i].t.standing == 0)
			continue;	/* gone, and nothing to tell */
		if (k == sums.n)
			vec_push(&sums,
			    ((struct tally){ .alarm = NONE,
				.priority = all[i].t.priority,
				.level = all[i].t.level }));
		add_up(&sums.at[k], &all[i].t);
	}
	if (sums.n > 0)
		qsort(sums.at, sums.n, sizeof(*sums.at), worse_first);
	p->n_lines = sums.n;
	p->lines = arena_take(f->arena, sums.n, sizeof(*p->lines));
	for (i = 0; i < sums.n; i++) {
		p->lines[i].name = sums.at[i].level;
		fill_line(&p->lines[i], f->arena, &sums.at[i]);
	}
	vec_free(&sums);
}

static int
more_first(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	if (a->longest != b->longest)
		return a->longest > b->longest ? -1 : 1;
	return a->alarm < b->alarm ? -1 : 1;
}

static void
by_alarm(struct report_part *p, const struct report_making *m,
    const struct walk *all)
{
	const struct report_facts *f = m->facts;
	struct tally *came = arena_take(f->arena, f->alarms.n, sizeof(*came));
	const struct report_alarm *a;
	size_t i, n = 0;

	for (i = 0; i < f->alarms.n; i++)
		if (report_wants(m->section, f->alarms.at[i].name) &&
		    all[i].t.count + all[i].t.longest > 0)
			came[n++] = all[i].t;
	if (n > 0)
		qsort(came, n, sizeof(*came), more_first);
	p->n_lines = n;
	p->lines = arena_take(f->arena, n, sizeof(*p->lines));
	for (i = 0; i < n; i++) {
		a = &f->alarms.at[came[i].alarm];
		p->lines[i] = (struct report_line){ .area = a->area,
			.name = a->name,
			.title = a->title };
		fill_line(&p->lines[i], f->arena, &came[i]);
	}
}

void
report_alarms_part(struct report_part *p, const struct report_making *m)
{
	static const char *const keys[] = { "count", "standing", "longest" };
	const struct walk *all = walk_all(m);

	memcpy(p->keys, keys, sizeof(keys));
	p->n_keys = 3;
	if (m->section->n_names == 0)
		by_priority(p, m, all);
	else
		by_alarm(p, m, all);
}
