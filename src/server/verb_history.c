/* SPDX-License-Identifier: ISC */
/*
 * history: rows as they were logged, or spans of time. Pages come from the
 * history's reader threads; each MORE asks for the next.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

#define HOUR_MS 3600000		/* without --since and -n */
#define BUCKETS_MAX 100000	/* of one tag */

/* What --show may say. */
#define SHOWS(X)                                                               \
	X(AVG, "avg") X(MIN, "min") X(MAX, "max") X(LAST, "last")              \
	X(COUNT, "count") X(GOOD, "good") X(INTEGRAL, "integral")              \
	X(RISES, "rises") X(FLAGS, "flags") X(COUNTED, "counted")              \
	X(COVERED, "covered") X(RESETS, "resets")
enum show {
#define X(id, name) SHOW_##id,
	SHOWS(X)
#undef X
	SHOW_COUNT_OF
};
static const char *const show_names[] = {
#define X(id, name) name,
	SHOWS(X)
#undef X
};

/* An answer's state: the query, and the texts that it names. */
struct asked {
	struct history_query q;
	uint8_t show[SHOW_COUNT_OF];
	unsigned n_show;
	const char **names;	/* stand behind it, with their texts */
	const char **stored;	/* as the history calls them */
	const struct counter_kept **counters;	/* each or NULL */
};

static void take_page(struct core *c, void *arg, void *page);

static void
on_page(void *arg, struct history_page *page)
{
	struct answer_wait *w = arg;

	core_arrived(w->core, take_page, w, page);
}

static void
ask_more(struct core *c, struct session *s, struct answer *a)
{
	struct asked *q = a->state;
	struct answer_wait *w = answer_waits(c, s, a);

	if (w != NULL &&
	    !history_query_submit(c->logs.history, &q->q, on_page, w))
		answer_refuse(c, s, a, w);
}

static int
decimals_of(const struct core *c, const char *name)
{
	uint32_t tag = plant_tag(c->plant, name);

	return tag != NONE ? c->plant->tags[tag].decimals : CELL_SHORTEST;
}

static void
row_cells(const struct core *c, const char *tag, const struct history_row *r,
    struct cell *cells)
{
	const struct value *v = &r->value;

	cells[0] = cell_text(tag);
	cells[1] = cell_time(v->time);
	cells[2] = r->gap ? cell_null() : cell_value(v, decimals_of(c, tag));
	cells[3] = cell_text(quality_name((enum quality)v->quality));
	cells[4] = cell_text(
	    r->gap ? "gap" : cause_name((enum cause)v->cause));
	cells[5] = cell_flags(flags_name(v->flags));
}

static struct cell
show_cell(const struct history_bucket *b, enum show show, int decimals)
{
	switch (show) {
	case SHOW_AVG:
		return cell_real(b->avg, decimals);
	case SHOW_MIN:
		return cell_real(b->min, decimals);
	case SHOW_MAX:
		return cell_real(b->max, decimals);
	case SHOW_LAST:
		return cell_real(b->last, decimals);
	case SHOW_COUNT:
		return cell_uint(b->count);
	case SHOW_GOOD:
		return cell_real(b->good, 3);
	case SHOW_INTEGRAL:
		return cell_real(b->integral, decimals);
	case SHOW_RISES:
		return cell_uint(b->rises);
	case SHOW_FLAGS:
		return cell_flags(flags_name(b->flags));
	case SHOW_COUNTED:
		return cell_real(b->counted, decimals);
	case SHOW_COVERED:
		return cell_real(b->covered, 3);
	case SHOW_RESETS:
		return isnan(b->covered) ? cell_null() : cell_uint(b->resets);
	case SHOW_COUNT_OF:
		break;
	}
	return cell_null();
}

static void
bucket_cells(const struct core *c, const struct asked *q,
    const struct history_bucket *b, struct cell *cells)
{
	const char *tag = q->names[b->tag];
	unsigned i;

	cells[0] = cell_text(tag);
	cells[1] = cell_time(b->from);
	cells[2] = cell_time(b->to);
	for (i = 0; i < q->n_show; i++)
		cells[3 + i] = show_cell(
		    b, (enum show)q->show[i], decimals_of(c, tag));
}

static void
fill(const struct core *c, const struct answer *a, const void *history_page,
    size_t i, struct cell *cells)
{
	const struct history_page *page = history_page;
	const struct asked *q = a->state;

	if (page->buckets != NULL)
		bucket_cells(c, q, &page->buckets[i], cells);
	else
		row_cells(c, q->names[page->rows[i].tag], &page->rows[i],
		    cells);
}

/* In the core's thread again. */
static void
take_page(struct core *c, void *wait, void *history_page)
{
	struct history_page *page = history_page;
	struct session *s;
	struct answer *a = answer_back(wait, &s);

	if (a != NULL) {
		((struct asked *)a->state)->q.place = page->place;
		answer_page(c, s, a,
		    &(struct answer_page){ page, page->n, fill,
			page->failed ? page->text : NULL, page->more });
	}
	history_page_free(page);
}

/* Columns have names: each but once. */
static bool
is_shown(const struct asked *q, unsigned what)
{
	for (unsigned i = 0; i < q->n_show; i++)
		if (q->show[i] == what)
			return true;
	return false;
}

static int
parse_show(struct asked *q, const char *list, struct err *e)
{
	size_t len;
	unsigned i;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		for (i = 0; i < SHOW_COUNT_OF &&
		     (strlen(show_names[i]) != len ||
			 memcmp(list, show_names[i], len) != 0);
		     i++)
			;
		if (i == SHOW_COUNT_OF)
			return err_set(e, "--show takes avg, min, max, last, "
			    "count, good, integral, rises, flags, counted, "
			    "covered and resets, not \"%.*s\"", (int)len,
			    list);
		if (is_shown(q, i))
			return err_set(
			    e, "--show: %s is given twice", show_names[i]);
		q->show[q->n_show++] = (uint8_t)i;
		if (list[len] == '\0')
			return 0;
	}
}

static int
parse_every(struct asked *q, const struct call *call, struct err *e)
{
	const char *every = call_text(call, PARAMETER_EVERY);
	const char *show = call_text(call, PARAMETER_SHOW);
	int64_t span = q->q.until.ms - q->q.since.ms;

	if (every == NULL)
		return show == NULL ? 0
				    : err_set(e, "--show needs --every SPAN");
	if (call_text(call, PARAMETER_COUNT) != NULL)
		return err_set(e, "-n does not go with --every");
	if (span_parse(&q->q.every, every, e) < 0)
		return err_prefix(e, "--every");
	if (q->q.every.ms <= 0)
		return err_set(e, "--every: more than nothing");
	if (span / q->q.every.ms >= BUCKETS_MAX)
		return err_set(e, "that would be %lld spans of each tag; at "
		    "most %d", (long long)(span / q->q.every.ms) + 1,
		    BUCKETS_MAX);
	return parse_show(q, show != NULL ? show : HISTORY_SHOW, e);
}

static int
parse_time(struct wall *t, const struct core *c, const struct call *call,
    enum parameter which, struct wall otherwise, struct err *e)
{
	const char *text = call_text(call, which);
	bool odd;

	*t = otherwise;
	return text == NULL ? 0 : when_parse(t, &odd, text, c->wall, e);
}

/* The range, and how it is cut. */
static int
parse_query(struct asked *q, const struct core *c, const struct call *call,
    struct err *e)
{
	const char *count = call_text(call, PARAMETER_COUNT);
	bool spans = call_text(call, PARAMETER_EVERY) != NULL;
	struct wall now = { c->wall.ms + !spans };	/* rows of just now too */
	struct wall since = { 0 };

	if (parse_time(&q->q.until, c, call, PARAMETER_UNTIL, now, e) < 0)
		return err_prefix(e, "--until");
	if (count == NULL)
		since.ms = q->q.until.ms - HOUR_MS;
	else
		q->q.last = strtoull(count, NULL, 10);
	if (parse_time(&q->q.since, c, call, PARAMETER_SINCE, since, e) < 0)
		return err_prefix(e, "--since");
	if (q->q.since.ms >= q->q.until.ms)
		return err_set(e, "--since is not before --until");
	return parse_every(q, call, e);
}

static bool
matches(const struct core *c, const struct session *s,
    const struct call *call, uint32_t tag)
{
	const struct tag *t = &c->plant->tags[tag];
	unsigned i, n = call_count(call, PARAMETER_NAME);
	const char *name;

	if (t->name == NULL || !session_may(c, s, FUNCTION_VIEW, t->area))
		return false;
	for (i = 0; i < n; i++) {
		name = call_nth(call, PARAMETER_NAME, i);
		/* by its own name also what is not logged any more */
		if (strcmp(name, t->name) == 0 ||
		    (t->log != NULL && name_match(name, t->name)))
			return true;
	}
	return false;
}

/* A name without * and ? must be a tag that this user may see. */
static int
check_names(struct core *c, struct session *s, const struct call *call)
{
	const char *name;
	unsigned i;
	uint32_t tag;

	for (i = 0; (name = call_nth(call, PARAMETER_NAME, i)) != NULL; i++) {
		if (strpbrk(name, "*?") != NULL)
			continue;
		tag = plant_tag(c->plant, name);
		if (tag == NONE) {
			answer_end(c, s, call->id, EXIT_NO_SUCH, "no tag %s",
			    name);
			return -1;
		}
		if (!session_may(c, s, FUNCTION_VIEW,
			c->plant->tags[tag].area)) {
			request_refuse(c, s, call, EXIT_NOT_ALLOWED, name,
			    "needs view in %s",
			    c->plant->areas[c->plant->tags[tag].area].name);
			return -1;
		}
	}
	return 0;
}

/* What its block must hold. */
struct room {
	size_t tags, counters, bytes;
};

static struct room
measure(const struct core *c, const struct session *s,
    const struct call *call)
{
	struct room r = { 0 };
	const struct tag *t;
	uint32_t i;

	for (i = 0; i < c->plant->n_tags; i++) {
		t = &c->plant->tags[i];
		if (!matches(c, s, call, i))
			continue;
		r.tags++;
		r.counters += t->counter != NULL;
		r.bytes += strlen(t->name) + 2 +
		    strlen(logs_stored(c, t->name));
	}
	return r;
}

/* One block: the plant may be replaced before the answer ends. */
static struct asked *
asked_new(const struct core *c, const struct session *s,
    const struct call *call)
{
	const struct room r = measure(c, s, call);
	struct asked *q = xcalloc(1, sizeof(*q) +
		r.counters * sizeof(struct counter_kept) +
		3 * r.tags * sizeof(char *) + r.bytes + 1);
	struct counter_kept *kept = (struct counter_kept *)(q + 1);
	const struct tag *t;
	char *room, *end;
	uint32_t i;

	q->names = (const char **)(kept + r.counters);
	q->stored = q->names + r.tags;
	q->counters = (const struct counter_kept **)(q->stored + r.tags);
	room = (char *)(q->counters + r.tags);
	end = room + r.bytes + 1;
	for (i = 0; i < c->plant->n_tags; i++) {
		t = &c->plant->tags[i];
		if (!matches(c, s, call, i))
			continue;
		if (counter_keep(kept, c->plant, t))
			q->counters[q->q.n_tags] = kept++;
		q->names[q->q.n_tags] = room;
		room += str_copy(room, t->name, (size_t)(end - room)) + 1;
		q->stored[q->q.n_tags++] = room;
		room += str_copy(room, logs_stored(c, t->name),
			    (size_t)(end - room)) + 1;
	}
	q->q.tags = q->stored;
	q->q.counters = q->counters;
	return q;
}

void
on_HISTORY(struct core *c, struct session *s, struct call *call)
{
	struct asked *q;
	struct answer *a;
	struct err e;

	if (check_names(c, s, call) < 0)
		return;
	q = asked_new(c, s, call);
	if (parse_query(q, c, call, &e) < 0) {
		answer_end(c, s, call->id, EXIT_USAGE, "%s", e.text);
		free(q);
		return;
	}
	if (q->q.n_tags == 0 || q->q.n_tags > HISTORY_TAGS_MAX) {
		answer_end(c, s, call->id,
		    q->q.n_tags == 0 ? EXIT_NEGATIVE : EXIT_USAGE, "%s",
		    q->q.n_tags == 0 ? "no such tag is logged"
				     : "too many tags at once");
		free(q);
		return;
	}
	a = answer_new(c, s, call, NULL);
	a->state = q;
	a->more = ask_more;
	if (q->q.every.ms > 0)
		a->cells = 3 + q->n_show;
	ask_more(c, s, a);
}
