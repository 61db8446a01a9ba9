/* SPDX-License-Identifier: ISC */
#include "store/walk.h"

#include <stdlib.h>
#include <string.h>

void
walk_begin(struct walk *w, struct past *past, const char *tag, int64_t since,
    int64_t until, struct history_place *place)
{
	memset(w, 0, sizeof(*w));
	w->past = past;
	w->tag = tag;
	w->since = since;
	w->until = until;
	w->place = place;
}

static void
leave_day(struct walk *w)
{
	parts_free(&w->parts);
	w->part = 0;
	if (w->in_day)
		view_close(&w->view);
	w->in_day = false;
	w->chunk = NULL;
	w->has_next = false;
}

void
walk_end(struct walk *w)
{
	leave_day(w);
}

/* Marks before the place were given. */
static void
skip_marks(struct walk *w)
{
	int64_t from = w->since;

	if (w->place->day == w->view.file->day && w->place->time > from)
		from = w->place->time;
	for (w->mark = 0; w->mark < w->view.marks.n &&
	     w->view.marks.at[w->mark] < from;
	     w->mark++)
		;
}

/* The next day that has a file; 0: there is none. */
static int
enter_day(struct walk *w, struct err *e)
{
	struct history_place *p = w->place;
	int32_t day = past_day_from(w->past,
	    p->begun ? p->day : day_of((struct wall){ w->since }));

	if (day == INT32_MAX || day_start(day) >= w->until)
		return 0;
	if (!p->begun || day != p->day) {
		p->day = day;
		p->first = INT64_MIN;
		p->seq = 0;
		p->skip = 0;
		p->begun = true;
	}
	if (view_open(&w->view, w->past, w->tag, day, e) == -1)
		return -1;
	w->in_day = true;
	w->in_memory = false;
	skip_marks(w);
	return 1;
}

static void
open_chunk(struct walk *w, struct part *p)
{
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	uint32_t i;
	bool same = p->first == w->place->first &&
	    (uint64_t)p->seq == w->place->seq;

	w->chunk = p;
	w->reader = chunk_reader(
	    p->body, p->len, (enum value_type)p->type, p->first);
	for (i = 0; same && i < w->place->skip; i++)
		chunk_get(&w->reader, &v, text);
	w->place->first = p->first;
	w->place->seq = (uint64_t)p->seq;
	if (!same)
		w->place->skip = 0;
}

/* From the file until there are no more, then from memory. */
static int
next_chunk(struct walk *w, struct err *e)
{
	struct history_place *p = w->place;
	int64_t seq = (int64_t)p->seq;

	w->chunk = NULL;
	if (w->part == w->parts.n && !w->in_memory) {
		/* the one at the place itself, if it was begun and not ended */
		seq -= w->parts.at == NULL && p->first != INT64_MIN;
		parts_free(&w->parts);
		w->part = 0;
		if (view_read(&w->view, p->first, seq, w->since, w->until,
			&w->parts, e) == -1)
			return -1;
		w->in_memory = w->parts.n == 0;
	}
	if (!w->in_memory) {
		open_chunk(w, &w->parts.at[w->part++]);
		return 1;
	}
	while (w->part < w->view.memory.n &&
	    ((uint64_t)w->view.memory.at[w->part].seq < p->seq ||
		w->view.memory.at[w->part].last < w->since))
		w->part++;
	if (w->part == w->view.memory.n ||
	    w->view.memory.at[w->part].first >= w->until)
		return 0;
	open_chunk(w, &w->view.memory.at[w->part++]);
	return 1;
}

/* Looks at the next sample of the day; 0: there is none. */
static int
look(struct walk *w, struct err *e)
{
	int rc;

	for (;;) {
		if (w->chunk == NULL && (rc = next_chunk(w, e)) <= 0)
			return rc;
		w->which = !w->which;
		if (!chunk_get(&w->reader, &w->next, w->text[w->which])) {
			if (w->reader.bad)
				return err_set(e, "a damaged chunk of %s",
				    w->tag);
			w->chunk = NULL;
			continue;
		}
		if (w->next.time.ms >= w->since &&
		    w->next.time.ms < w->until)
			return 1;
		w->place->skip++;	/* not in the range: as if given */
	}
}

int
walk_next(struct walk *w, struct value *v, struct err *e)
{
	int64_t mark;
	int rc;

	for (;;) {
		if (!w->in_day && (rc = enter_day(w, e)) <= 0)
			return rc;
		if (!w->has_next && (rc = look(w, e)) < 0)
			return -1;
		w->has_next |= rc > 0;
		mark = w->mark < w->view.marks.n ? w->view.marks.at[w->mark]
						 : INT64_MAX;
		if (mark < w->until &&
		    (!w->has_next || mark < w->next.time.ms)) {
			w->mark++;
			*v = chunk_gap(VALUE_BOOL, (struct wall){ mark });
			break;
		}
		if (w->has_next) {
			w->has_next = false;
			w->place->skip++;
			*v = w->next;
			break;
		}
		w->place->day++;
		w->place->first = INT64_MIN;
		w->place->seq = 0;
		w->place->skip = 0;
		leave_day(w);
	}
	w->place->time = v->time.ms;
	return 1;
}

/* The last sample of the chunk before t. */
static bool
last_before(const struct part *p, int64_t t, struct value *v, char *text)
{
	struct chunk_reader r =
	    chunk_reader(p->body, p->len, (enum value_type)p->type, p->first);
	char other[VALUE_TEXT_MAX + 1];
	struct value next;
	bool any = false;

	while (chunk_get(&r, &next, other) && next.time.ms < t) {
		*v = next;
		any = true;
		if (next.type == VALUE_TEXT) {
			memcpy(text, other, sizeof(other));
			v->as.text = text;
		}
	}
	return any;
}

/* In one day: 1 found, 0 nothing is known, 2 look at the day before. */
static int
held_in(struct view *view, int64_t t, struct value *v, char *text,
    struct err *e)
{
	struct part p;
	int64_t mark = INT64_MIN;
	size_t i;
	int rc = view_before(view, t, &p, e);
	bool any;

	if (rc == -1)
		return -1;
	for (i = 0; i < view->marks.n; i++)
		if (view->marks.at[i] < t)
			mark = view->marks.at[i];
	if (rc == 0)
		return mark == INT64_MIN ? 2 : 0;
	any = last_before(&p, t, v, text);
	free(p.body);
	return any && v->time.ms > mark && !chunk_is_gap(v);
}

int
walk_held(struct past *past, const char *tag, int64_t t, struct value *v,
    char *text, struct err *e)
{
	int32_t day = past_day_before(
	    past, day_of((struct wall){ t }) + 1);
	struct view view;
	int rc = 2;

	for (; rc == 2 && day >= 0; day = past_day_before(past, day)) {
		if (view_open(&view, past, tag, day, e) == -1)
			return -1;
		rc = held_in(&view, t, v, text, e);
		view_close(&view);
	}
	return rc == 2 ? 0 : rc;
}

/* The last good sample of the chunk before t. */
static bool
good_before(const struct part *p, int64_t t, int64_t *time)
{
	struct chunk_reader r =
	    chunk_reader(p->body, p->len, (enum value_type)p->type, p->first);
	char text[VALUE_TEXT_MAX + 1];
	bool any = false;
	struct value v;

	while (chunk_get(&r, &v, text) && v.time.ms < t)
		if (v.quality == QUALITY_GOOD && value_known(&v)) {
			*time = v.time.ms;
			any = true;
		}
	return any;
}

/* In one day: 1 found, 0 look at the day before. */
static int
good_in(struct view *view, int64_t t, int64_t *time, struct err *e)
{
	struct part p;
	bool found;
	int rc;

	while ((rc = view_before(view, t, &p, e)) == 1) {
		found = good_before(&p, t, time);
		free(p.body);
		if (found)
			return 1;
		t = p.first;
	}
	return rc;
}

int
walk_good(struct past *past, const char *tag, int64_t t, int64_t *time,
    struct err *e)
{
	int32_t day = past_day_before(
	    past, day_of((struct wall){ t }) + 1);
	struct view view;
	int rc = 0;

	for (; rc == 0 && day >= 0; day = past_day_before(past, day)) {
		if (view_open(&view, past, tag, day, e) == -1)
			return -1;
		rc = good_in(&view, t, time, e);
		view_close(&view);
	}
	return rc;
}

/* How many samples of the chunk are before t. */
static uint32_t
count_before(const struct part *p, int64_t t)
{
	struct chunk_reader r =
	    chunk_reader(p->body, p->len, (enum value_type)p->type, p->first);
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	uint32_t n = 0;

	if (p->last < t)
		return p->n;
	while (chunk_get(&r, &v, text) && v.time.ms < t)
		n++;
	return n;
}

/* Back through one day; true: the place was found. */
static int
back_in(struct view *view, int64_t since, int64_t until, uint64_t *left,
    struct history_place *place, struct err *e)
{
	int64_t t = until;
	struct part p;
	uint32_t n;
	int rc;

	while ((rc = view_before(view, t, &p, e)) == 1) {
		n = count_before(&p, until);
		free(p.body);
		*place = (struct history_place){ .tag = place->tag,
			.day = view->file->day,
			.first = p.first,
			.seq = (uint64_t)p.seq,
			.begun = true,
			.started = true };
		if (n >= *left) {
			place->skip = n - (uint32_t)*left;
			return 1;
		}
		*left -= n;
		if (p.first <= since)
			return 1;
		t = p.first;
	}
	return rc;
}

int
walk_last(struct past *past, const char *tag, int64_t since, int64_t until,
    uint64_t n, struct history_place *place, struct err *e)
{
	int32_t day = past_day_before(
	    past, day_of((struct wall){ until - 1 }) + 1);
	struct view view;
	int rc = 0;

	for (; rc == 0 && day >= 0 && day_start(day + 1) > since;
	     day = past_day_before(past, day)) {
		if (view_open(&view, past, tag, day, e) == -1)
			return -1;
		rc = back_in(&view, since, until, &n, place, e);
		view_close(&view);
	}
	return rc == -1 ? -1 : 0;
}
