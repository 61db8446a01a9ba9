/* SPDX-License-Identifier: ISC */
/* shift ..: when the shifts are. */
#include <stdio.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

static bool
next_shift(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	const struct shift *f;
	size_t len = 0, k;

	(void)s;
	if (a->cursor >= c->plant->n_shifts)
		return false;
	f = &c->plant->shifts[a->cursor++];
	snprintf(a->room, 8, "%02d:%02d", f->from / 60, f->from % 60);
	a->room[8] = '\0';
	for (k = 0; k < 7; k++)
		if ((f->days & 1u << k) != 0)
			len += (size_t)snprintf(a->room + 8 + len, 8, "%s%s",
			    len > 0 ? "+" : "", days[k]);
	cells[0] = cell_text(f->name);
	cells[1] = cell_text(a->room);
	cells[2] = cell_flags(a->room + 8);
	return true;
}

void
on_SHIFTS(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_shift);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
