/* SPDX-License-Identifier: ISC */
/*
 * screen .. and report ..: texts of the project. Consoles get screens from
 * here, never from files; the figures of a report are worked out by whoever
 * asked, from other answers.
 */
#include <string.h>

#include "base/near.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

static const struct document *
documents(const struct core *c, const struct call *call, uint32_t *n)
{
	bool reports =
	    call->verb == VERB_REPORT || call->verb == VERB_REPORTS;

	*n = reports ? c->plant->n_reports : c->plant->n_screens;
	return reports ? c->plant->reports : c->plant->screens;
}

static const struct document *
find(const struct core *c, const struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL)
		return NULL;
	return call->verb == VERB_REPORT ? plant_report(c->plant, name)
					 : plant_screen(c->plant, name);
}

static bool
next_document(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct document *d;
	uint32_t n;

	(void)s;
	d = documents(c, &a->call, &n);
	if (a->cursor >= n)
		return false;
	d += a->cursor++;
	cells[0] = cell_text(d->name);
	cells[1] = cell_text(d->file);
	cells[2] = cell_uint(d->len);
	return true;
}

/* One row for each line, so that it survives cleaning. */
static bool
next_line(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct document *d = find(c, &a->call);
	size_t len, i;

	(void)s;
	if (d == NULL || a->cursor >= d->len)
		return false;
	len = strcspn(d->text + a->cursor, "\n");
	if (len >= sizeof(a->room))
		len = sizeof(a->room) - 1;
	memcpy(a->room, d->text + a->cursor, len);
	a->room[len] = '\0';
	for (i = 0; i < len; i++)
		if (a->room[i] == '\t')
			a->room[i] = ' ';
	a->cursor += strcspn(d->text + a->cursor, "\n") + 1;
	cells[0] = (struct cell){ .type = CELL_TEXT, .as.text = a->room };
	return true;
}

/* An unknown name is answered with those that there are. */
static void
say_unknown(struct core *c, struct session *s, const struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME), *best = NULL;
	const struct document *all;
	unsigned distance = 0;
	struct buf list = { 0 };
	char hint[NEAR_CAP];
	uint32_t i, n;

	all = documents(c, call, &n);
	if (name == NULL)
		name = "";
	for (i = 0; i < n; i++) {
		near_offer(name, all[i].name, &best, &distance);
		buf_printf(
		    &list, "%s%s", i > 0 ? ", " : "", all[i].name);
	}
	answer_end(c, s, call->id, EXIT_NO_SUCH,
	    "no %s \"%.80s\"%s; there %s %.600s",
	    call->verb == VERB_REPORT ? "report" : "screen", name,
	    near_text(hint, best), n == 1 ? "is" : "are",
	    n > 0 ? buf_string(&list) : "none");
	buf_free(&list);
}

static void
list(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_document);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

static void
show(struct core *c, struct session *s, struct call *call)
{
	if (find(c, call) == NULL)
		say_unknown(c, s, call);
	else
		answer_pump(c, s, answer_new(c, s, call, next_line));
}

void
on_SCREENS(struct core *c, struct session *s, struct call *call)
{
	list(c, s, call);
}

void
on_SCREEN(struct core *c, struct session *s, struct call *call)
{
	show(c, s, call);
}

void
on_REPORTS(struct core *c, struct session *s, struct call *call)
{
	list(c, s, call);
}

void
on_REPORT(struct core *c, struct session *s, struct call *call)
{
	show(c, s, call);
}
