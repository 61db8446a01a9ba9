/* SPDX-License-Identifier: ISC */
/*
 * events and audit: pages come from the reader threads of the store; each
 * MORE asks for the next. A page that comes back finds its answer by session
 * and call, or is thrown away.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"
#include "server/spoken.h"
#include "store/query.h"

struct asked {			/* an answer's state */
	struct record_query q;
	unsigned language;
	char room[600];		/* of the row that is being told */
	const char *areas[];	/* as many as the plant has */
};

static void take_page(struct core *c, void *arg, void *page);

static void
on_page(void *arg, struct record_page *page)
{
	struct answer_wait *w = arg;

	core_arrived(w->core, take_page, w, page);
}

static void
ask_more(struct core *c, struct session *s, struct answer *a)
{
	struct asked *q = a->state;
	struct answer_wait *w = answer_waits(c, s, a);

	if (w != NULL && record_query_submit(c->record, &q->q, on_page, w) == 0)
		answer_refuse(c, s, a, w);
}

static void
event_cells(const struct plant *p, struct asked *q,
    const struct record_event *e, struct cell *cells)
{
	unsigned language = q->language;

	cells[0] = cell_uint(e->seq);
	cells[1] = cell_time(e->time);
	cells[2] = cell_text(record_kind_name(e->kind));
	cells[3] = cell_text(e->area);
	cells[4] = cell_text(e->name);
	cells[5] = cell_text(spoken_title(
	    p, language, e->name, e->text, q->room, sizeof(q->room)));
	cells[6] = cell_text(e->user);
	cells[7] = cell_text(e->station);
	cells[8] = cell_text(spoken_value(p, language, e->name, e->old));
	cells[9] = cell_text(spoken_value(p, language, e->name, e->new));
	cells[10] = cell_text(e->result);
	cells[11] = e->command != 0 ? cell_uint(e->command) : cell_null();
	cells[12] = cell_flags(flags_name(e->flags));
}

static void
audit_cells(const struct record_audit *r, struct cell *cells)
{
	cells[0] = cell_uint(r->seq);
	cells[1] = cell_time(r->time);
	cells[2] = cell_int(r->mono_ms);
	cells[3] = cell_text(r->user);
	cells[4] = cell_text(r->station);
	cells[5] = cell_text(r->from);
	cells[6] = cell_text(r->session);
	cells[7] = cell_text(r->verb);
	cells[8] = cell_text(r->name);
	cells[9] = cell_text(r->old);
	cells[10] = cell_text(r->new);
	cells[11] = cell_text(r->reason);
	cells[12] = cell_text(r->result);
	cells[13] = cell_text(r->hash);
	cells[14] = cell_uint(r->command);
}

static void
fill(const struct core *c, const struct answer *a, const void *record_page,
    size_t i, struct cell *cells)
{
	const struct record_page *page = record_page;
	struct asked *q = a->state;

	if (page->list == RECORD_AUDIT)
		audit_cells(&page->audit[i], cells);
	else
		event_cells(
		    c->plant, q, &page->events[i], cells);
}

/* In the core's thread again. */
static void
take_page(struct core *c, void *wait, void *record_page)
{
	struct record_page *page = record_page;
	struct session *s;
	struct answer *a = answer_back(wait, &s);
	struct asked *q;

	if (a != NULL) {
		q = a->state;
		q->q.after = page->after;
		q->q.upto = page->upto;
		q->q.limit = page->limit;
		q->q.last = 0;
		answer_page(c, s, a,
		    &(struct answer_page){ page, page->n, fill,
			page->failed ? page->text : NULL, page->more });
	}
	record_page_free(page);
}

static bool
parse_time(struct core *c, struct session *s, const struct call *call,
    enum parameter which, struct wall *t)
{
	const char *text = call_text(call, which);
	struct err e;
	bool odd;

	if (text == NULL)
		return true;
	if (when_parse(t, &odd, text, c->wall, &e) == 0)
		return true;
	answer_end(c, s, call->id, EXIT_USAGE, "%s", e.text);
	return false;
}

/* Only the areas that the user may see, and that were asked for. */
static void
limit_areas(
    struct core *c, struct session *s, struct asked *q, uint32_t within)
{
	uint32_t i;

	for (i = 0; i < c->plant->n_areas; i++)
		if (session_may(c, s, FUNCTION_VIEW, i) &&
		    plant_within(c->plant, i, within))
			q->areas[q->q.area_count++] = c->plant->areas[i].name;
	q->q.areas = q->areas;
	if (q->q.area_count == c->plant->n_areas)
		q->q.area_count = 0;
}

static bool
parse_area(
    struct core *c, struct session *s, const struct call *call, uint32_t *area)
{
	const char *name = call_text(call, PARAMETER_AREA);

	*area = NONE;
	if (name == NULL)
		return true;
	*area = plant_area(c->plant, name);
	if (*area == NONE)
		answer_end(c, s, call->id, EXIT_NO_SUCH, "no area %s", name);
	return *area != NONE;
}

/* Pages by number: what came after one, what was before it. */
static bool
parse_number(struct core *c, struct session *s, const struct call *call,
    enum parameter which, uint64_t *number)
{
	const char *text = call_text(call, which);
	char *end;

	if (text == NULL)
		return true;
	*number = strtoull(text, &end, 10);
	if (*end == '\0' && end != text && *number != 0)
		return true;
	answer_end(c, s, call->id, EXIT_USAGE, "%s is no number of an event",
	    text);
	return false;
}

static bool
parse_kinds(struct core *c, struct session *s, const struct call *call,
    uint32_t *kinds)
{
	const char *name;
	unsigned i;
	int k;

	for (i = 0; (name = call_nth(call, PARAMETER_KIND, i)) != NULL; i++) {
		for (k = 0; k < RECORD_KIND_COUNT; k++)
			if (strcmp(record_kind_name(k), name) == 0)
				break;
		if (k == RECORD_KIND_COUNT) {
			answer_end(c, s, call->id, EXIT_USAGE,
			    "%s is no kind (alarm command state plc login "
			    "session project system)",
			    name);
			return false;
		}
		*kinds |= 1u << k;
	}
	return true;
}

static void
ask(struct core *c, struct session *s, struct call *call,
    enum record_list list)
{
	struct asked *q = xcalloc(1,
	    sizeof(*q) + c->plant->n_areas * sizeof(*q->areas));
	const char *count = call_text(call, PARAMETER_COUNT);
	struct answer *a;
	uint64_t before = 0;
	uint32_t area;

	q->q.list = list;
	q->language = s->language;
	if (count != NULL)
		q->q.last = strtoull(count, NULL, 10);
	if (!parse_time(c, s, call, PARAMETER_SINCE, &q->q.since) ||
	    !parse_time(c, s, call, PARAMETER_UNTIL, &q->q.until) ||
	    !parse_number(c, s, call, PARAMETER_AFTER, &q->q.after) ||
	    !parse_number(c, s, call, PARAMETER_BEFORE, &before) ||
	    !parse_area(c, s, call, &area) ||
	    !parse_kinds(c, s, call, &q->q.kinds)) {
		free(q);
		return;
	}
	/* nothing is before the first; 0 would be no bound at all */
	if (before > 0)
		q->q.upto = before > 1 ? before - 1 : 1;
	if (before == 1)
		q->q.after = 1;
	if (list == RECORD_EVENTS)
		limit_areas(c, s, q, area);
	a = answer_new(c, s, call, NULL);
	a->state = q;
	a->more = ask_more;
	ask_more(c, s, a);
}

void
on_EVENTS(struct core *c, struct session *s, struct call *call)
{
	ask(c, s, call, RECORD_EVENTS);
}

void
on_AUDIT(struct core *c, struct session *s, struct call *call)
{
	ask(c, s, call, RECORD_AUDIT);
}
