/* SPDX-License-Identifier: ISC */
/*
 * standing.c - what one shift leaves to the next: values overridden (P18),
 * interlocks bypassed (P14), equipment locked out (P25), alarms put aside (P8).
 * It stands now; a sheet has what began before its end.
 */
#include <string.h>

#include "report/parts.h"

static void
fill_line(struct report_line *l, struct arena *arena,
    const struct report_standing *s)
{
	struct report_figure *f =
	    arena_take(arena, REPORT_KEYS_MAX, sizeof(*f));

	*l = (struct report_line){
		.area = s->area, .name = s->name, .figures = f };
	f[0] = report_word(s->what);
	f[1] = report_word(s->user);
	f[2] = report_time(s->since);
	f[3] = report_time(s->until);
	f[4] = report_word(s->reason);
}

void
report_standing_part(struct report_part *p, const struct report_making *m)
{
	static const char *const keys[] = { "what", "user", "since", "until",
		"reason" };
	const struct report_facts *f = m->facts;
	const struct report_standing *s;
	size_t i;

	memcpy(p->keys, keys, sizeof(keys));
	p->n_keys = 5;
	p->lines = arena_take(f->arena, f->standing.n, sizeof(*p->lines));
	for (i = 0; i < f->standing.n; i++) {
		s = &f->standing.at[i];
		if (s->since.ms < m->sheet->to.ms &&
		    report_wants(m->section, s->name))
			fill_line(&p->lines[p->n_lines++], f->arena, s);
	}
}
