/* SPDX-License-Identifier: ISC */
#include "console/past.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/when.h"
#include "console/app.h"

#define CELLS 7		/* tag, from, to, min, max, last, good */
#define SPANS_MOST 2000

void
past_init(struct past *p, struct app *app, void (*arrived)(void *arg),
    void *arg)
{
	memset(p, 0, sizeof(*p));
	p->app = app;
	p->arrived = arrived;
	p->arg = arg;
}

static void
forget_call(struct past *p)
{
	unsigned i;

	link_forget(&p->app->link, p);
	if (p->call != 0)
		link_cancel(&p->app->link, p->call);
	p->call = 0;
	for (i = 0; i < PAST_TAGS; i++)
		vec_clear(&p->curve[i].coming);
}

void
past_fini(struct past *p)
{
	unsigned i;

	forget_call(p);
	for (i = 0; i < PAST_TAGS; i++) {
		vec_free(&p->curve[i].coming);
		vec_free(&p->curve[i].here);
	}
}

void
past_lost(struct past *p)
{
	p->call = 0;
	forget_call(p);
}

void
past_name(struct past *p, const char *const *names, unsigned n)
{
	unsigned i;

	forget_call(p);
	p->n = n < PAST_TAGS ? n : PAST_TAGS;
	p->from_ms = p->to_ms = 0;
	for (i = 0; i < p->n; i++) {
		str_copy(p->names[i], names[i], sizeof(p->names[i]));
		vec_clear(&p->curve[i].here);
	}
}

/* A span without any good value is a gap. */
static void
take_span(struct past *p, const struct cell *c)
{
	struct trend_sample s = { 0 };
	unsigned i;

	if (c[0].type != CELL_TEXT || c[1].type != CELL_TIME)
		return;
	s.ms = c[1].as.time.ms;
	s.good = c[3].type != CELL_NULL && c[4].type != CELL_NULL;
	if (s.good) {
		s.low = cell_number(&c[3]);
		s.high = cell_number(&c[4]);
		s.partly = c[6].type == CELL_NULL || cell_number(&c[6]) < 0.999;
	}
	for (i = 0; i < p->n; i++) {
		if (strcmp(p->names[i], c[0].as.text) != 0)
			continue;
		vec_push(&p->curve[i].coming, s);
		p->curve[i].last = cell_number(&c[5]);
	}
}

static void
settle(struct past *p)
{
	unsigned i;
	size_t k;

	for (i = 0; i < p->n; i++) {
		vec_clear(&p->curve[i].here);
		for (k = 0; k < p->curve[i].coming.n; k++)
			vec_push(&p->curve[i].here,
			    p->curve[i].coming.at[k]);
		vec_clear(&p->curve[i].coming);
		/* what holds from there on is a value and no envelope */
		if (p->curve[i].here.n > 0)
			vec_push(&p->curve[i].here,
			    ((struct trend_sample){ p->asked_to,
				p->curve[i].last, p->curve[i].last,
				!isnan(p->curve[i].last) }));
	}
	p->from_ms = p->asked_from;
	p->to_ms = p->asked_to;
}

static void
on_rows(void *arg, struct link *l, const struct client_event *ev)
{
	struct past *p = arg;
	struct cell cells[CELLS];

	if (ev->type == MESSAGE_ROWS && ev->cells == CELLS) {
		while (client_row(l->client, cells))
			take_span(p, cells);
		return;
	}
	if (ev->type != MESSAGE_END)
		return;
	p->call = 0;
	/* what is not logged has no past, and that is known, too */
	if (ev->code <= EXIT_NEGATIVE)
		settle(p);
	p->arrived(p->arg);
}

bool
past_ask(struct past *p, int64_t from_ms, int64_t to_ms, int spans)
{
	struct link *l = &p->app->link;
	char text[WHEN_CAP], every[32];
	int64_t span;
	unsigned i;

	forget_call(p);
	if (p->n == 0 || from_ms >= to_ms || spans < 1 ||
	    !link_begin(l, VERB_HISTORY))
		return false;
	if (spans > SPANS_MOST)
		spans = SPANS_MOST;
	span = (to_ms - from_ms + spans - 1) / spans;
	for (i = 0; i < p->n; i++)
		client_with(l->client, PARAMETER_NAME, p->names[i]);
	snprintf(every, sizeof(every), "%lldms", (long long)span);
	client_with(l->client, PARAMETER_EVERY, every);
	client_with(l->client, PARAMETER_SHOW, "min,max,last,good");
	client_with(l->client, PARAMETER_SINCE,
	    when_utc(text, (struct wall){ from_ms }));
	client_with(l->client, PARAMETER_UNTIL,
	    when_utc(text, (struct wall){ to_ms }));
	p->asked_from = from_ms;
	p->asked_to = to_ms;
	p->call = link_send(l, on_rows, p);
	return p->call != 0;
}
