/* SPDX-License-Identifier: ISC */
#include "console/marks.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/when.h"
#include "console/app.h"

#define CELLS_MOST 10

static const char *
text_of(const struct cell *c)
{
	return c->type == CELL_TEXT ? c->as.text : "";
}

static char *
say_lockout(const struct cell *c)
{
	const char *ticket = text_of(&c[6]);

	return xasprintf("%s: %s%s%s%s", text_of(&c[2]), text_of(&c[5]),
	    *ticket != '\0' ? " (" : "", ticket, *ticket != '\0' ? ")" : "");
}

static char *
say_bypass(const struct cell *c)
{
	char clock[WHEN_CAP];

	return xasprintf(_("%s until %s: %s"), text_of(&c[5]),
	    c[8].type == CELL_TIME ? when_clock(clock, c[8].as.time) : "?",
	    text_of(&c[9]));
}

static const struct {
	enum verb verb;
	unsigned cells;
	char *(*say)(const struct cell *c);
	void (*none)(struct things *t);
	void (*one)(struct things *t, const char *name, const char *text);
} kinds[MARKS_KINDS] = {
	[MARKS_LOCKOUT] = { VERB_LOCKOUT_LIST, 7, say_lockout, things_unlock,
	    things_lock },
	[MARKS_BYPASS] = { VERB_BYPASS_LIST, 10, say_bypass, things_unbypass,
	    things_bypass },
};

static void
drop(struct marks *m)
{
	size_t i;

	for (i = 0; i < m->coming.n; i++) {
		free(m->coming.at[i].name);
		free(m->coming.at[i].text);
	}
	vec_clear(&m->coming);
	m->call = 0;
}

static void
collect(struct link *l, const struct client_event *ev, int kind,
    struct marks *m)
{
	struct cell cells[CELLS_MOST];

	while (ev->cells == kinds[kind].cells && client_row(l->client, cells))
		vec_push(&m->coming,
		    ((struct mark){ xstrdup(text_of(&cells[0])),
			kinds[kind].say(cells) }));
}

static void
exchange(struct app *a, int kind, const struct marks *m)
{
	size_t i;

	kinds[kind].none(&a->things);
	for (i = 0; i < m->coming.n; i++)
		kinds[kind].one(&a->things, m->coming.at[i].name,
		    m->coming.at[i].text);
}

static void
on_answer(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	struct marks *m;
	int kind = 0;

	while (kind < MARKS_KINDS && a->marks[kind].call != ev->id)
		kind++;
	if (kind == MARKS_KINDS)	/* it was asked again since */
		return;
	m = &a->marks[kind];
	if (ev->type == MESSAGE_ROWS) {
		collect(l, ev, kind, m);
		return;
	}
	if (ev->code == EXIT_DONE)
		exchange(a, kind, m);
	drop(m);
	app_changed(a, CHANGE_THINGS);
}

void
marks_ask(struct app *a)
{
	int kind;

	for (kind = 0; kind < MARKS_KINDS; kind++) {
		drop(&a->marks[kind]);
		if (link_begin(&a->link, kinds[kind].verb))
			a->marks[kind].call =
			    link_send(&a->link, on_answer, a);
	}
}

void
marks_fini(struct app *a)
{
	int kind;

	for (kind = 0; kind < MARKS_KINDS; kind++) {
		drop(&a->marks[kind]);
		vec_free(&a->marks[kind].coming);
	}
}
