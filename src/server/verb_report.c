/* SPDX-License-Identifier: ISC */
/*
 * report .. and shift ..: what a report holds and when the shifts are. The
 * figures are worked out by whoever asked, from other answers.
 */
#include <stdio.h>

#include "base/near.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

static bool
next_report(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	(void)s;
	return a->cursor < c->plant->n_reports &&
	    answer_document(&c->plant->reports[a->cursor++], cells);
}

void
on_REPORTS(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_report);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

static bool
next_line(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	(void)s;
	return answer_line(a,
	    plant_report(c->plant, call_text(&a->call, PARAMETER_NAME)),
	    cells);
}

/* An unknown name is answered with those that there are. */
static void
say_unknown(struct core *c, struct session *s, const struct call *call,
    const char *name)
{
	const struct document *all = c->plant->reports;
	const char *best = NULL;
	unsigned distance = 0;
	struct buf list = { 0 };
	char hint[NEAR_CAP];
	uint32_t i;

	for (i = 0; i < c->plant->n_reports; i++) {
		near_offer(name, all[i].name, &best, &distance);
		buf_printf(
		    &list, "%s%s", i > 0 ? ", " : "", all[i].name);
	}
	answer_end(c, s, call->id, EXIT_NO_SUCH,
	    "no report \"%.80s\"%s; there %s %.600s", name,
	    near_text(hint, best), i == 1 ? "is" : "are",
	    i > 0 ? buf_string(&list) : "none");
	buf_free(&list);
}

void
on_REPORT(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL || plant_report(c->plant, name) == NULL)
		say_unknown(c, s, call, name != NULL ? name : "");
	else
		answer_pump(c, s, answer_new(c, s, call, next_line));
}

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
