/* SPDX-License-Identifier: ISC */
/* actions.c - what operators did, and what a sheet is about. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/parts.h"

static void
fill_line(struct report_line *l, struct arena *arena,
    const struct report_action *a)
{
	struct report_figure *f =
	    arena_take(arena, REPORT_KEYS_MAX, sizeof(*f));

	*l = (struct report_line){ .area = a->area,
		.name = arena_printf(arena, "%s#%llu", a->name,
		    (unsigned long long)a->seq),
		.flags = a->flags,
		.figures = f };
	f[0] = report_time(a->time);
	f[1] = report_word(a->user);
	f[2] = report_word(a->old);
	f[3] = report_word(a->new);
	f[4] = report_word(a->result);
}

void
report_actions_part(struct report_part *p, const struct report_making *m)
{
	static const char *const keys[] = { "time", "user", "old", "new",
		"result" };
	const struct report_facts *f = m->facts;
	const struct report_action *a;
	size_t i;

	memcpy(p->keys, keys, sizeof(keys));
	p->n_keys = 5;
	p->lines = arena_take(f->arena, f->actions.n, sizeof(*p->lines));
	for (i = 0; i < f->actions.n; i++) {
		a = &f->actions.at[i];
		if (a->time.ms >= m->sheet->period.from.ms &&
		    a->time.ms < m->sheet->to.ms &&
		    report_wants(m->section, a->name))
			fill_line(&p->lines[p->n_lines++], f->arena, a);
	}
}

void
report_head(struct report_sheet *s, struct arena *arena)
{
	static const char *const keys[] = { "date", "length", "complete" };
	struct report_figure *f =
	    arena_take(arena, REPORT_KEYS_MAX, sizeof(*f));

	s->head = (struct report_part){ .section = "period", .n_keys = 3 };
	memcpy(s->head.keys, keys, sizeof(keys));
	s->head.n_lines = 1;
	s->head.lines = arena_take(arena, 1, sizeof(*s->head.lines));
	s->head.lines[0].name = s->name;
	s->head.lines[0].figures = f;
	f[0] = report_word(arena_printf(arena, "%04d-%02d-%02d",
	    s->period.date.year, s->period.date.month, s->period.date.day));
	f[1] = report_number(
	    (double)(s->period.to.ms - s->period.from.ms) / 3600000, 2, "h",
	    NAN);
	f[2] = (struct report_figure){ .shape = REPORT_FLAG,
		.known = true,
		.number = s->complete,
		.good = NAN };
}
