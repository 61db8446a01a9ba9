/* SPDX-License-Identifier: ISC */
#include "server/trace.h"

#include <stdlib.h>
#include <string.h>

#include "server/core.h"
#include "server/follow.h"
#include "server/watch.h"

const char *
trace_step_name(enum trace_step s)
{
	static const char *const names[] = {
#define X(id, name) name,
		TRACE_STEPS(X)
#undef X
	};

	return names[s];
}

void
traces_init(struct core *c)
{
	c->traces.ring = xcalloc(TRACES_KEPT, sizeof(*c->traces.ring));
}

void
traces_fini(struct core *c)
{
	free(c->traces.ring);
}

const struct trace *
trace_newest(const struct core *c, uint32_t n)
{
	const struct traces *t = &c->traces;
	uint32_t i = (t->next + TRACES_KEPT - 1 - n) % TRACES_KEPT;

	return n < TRACES_KEPT && t->ring[i].id != 0 ? &t->ring[i] : NULL;
}

static struct trace *
find(const struct core *c, uint64_t id)
{
	const struct trace *t;
	uint32_t n;

	/* what happens now was mostly asked just now */
	for (n = 0; (t = trace_newest(c, n)) != NULL; n++)
		if (t->id == id)
			return &c->traces.ring[t - c->traces.ring];
	return NULL;
}

const struct trace *
trace_find(const struct core *c, uint64_t id)
{
	return find(c, id);
}

/* What a console says of its key, if that can be. */
static struct mono
key_time(const struct call *call, struct mono received)
{
	const char *text = call_text(call, PARAMETER_PRESSED);
	struct mono key = { 0 };
	char *end;

	if (text == NULL || *text < '0' || *text > '9')
		return key;
	key.us = strtoll(text, &end, 10);
	if (*end != '\0' || mono_before(received, key) ||
	    mono_since(received, key).ms > TRACE_KEY_MS)
		key.us = 0;
	return key;
}

/* The place of a trace is another one's now. */
static void
forget_marks(struct core *c, uint32_t i)
{
	uint64_t others = ~((uint64_t)1 << (i % 64));
	struct session *s;

	TAILQ_FOREACH(s, &c->sessions.list, next) {
		if (s->follow == NULL)
			continue;
		s->follow->marks.awaited[i / 64] &= others;
		s->follow->marks.put[i / 64] &= others;
		s->follow->marks.drawing[i / 64] &= others;
	}
}

void
trace_begin(struct core *c, const struct session *s, const struct call *call,
    uint64_t id, uint32_t area, struct mono received, const char *what)
{
	struct trace *t = &c->traces.ring[c->traces.next];

	forget_marks(c, c->traces.next);
	c->traces.next = (c->traces.next + 1) % TRACES_KEPT;
	memset(t, 0, sizeof(*t));
	t->id = id;
	t->alarm = NONE;
	t->session = s->id;
	str_copy(t->area, c->plant->areas[area].name, sizeof(t->area));
	str_copy(t->what, what, sizeof(t->what));
	t->at[TRACE_KEY] = key_time(call, received);
	t->at[TRACE_RECEIVED] = received;
	t->at[TRACE_DECIDED] = clock_mono();
}

static void
reach(struct trace *t, enum trace_step step, struct mono when)
{
	if (t->at[step].us == 0)
		t->at[step] = when;
}

void
trace_step_at(struct core *c, uint64_t id, enum trace_step step,
    struct mono when)
{
	struct trace *t = find(c, id);

	if (t != NULL)
		reach(t, step, when);
}

void
trace_step(struct core *c, uint64_t id, enum trace_step step)
{
	trace_step_at(c, id, step, clock_mono());
}

void
trace_result(struct core *c, uint64_t id, const char *result)
{
	struct trace *t = find(c, id);

	if (t == NULL)
		return;
	reach(t, TRACE_RESULT, clock_mono());
	str_copy(t->result, result, sizeof(t->result));
}

void
trace_field(struct core *c, const struct field_result *r)
{
	static const enum trace_step steps[FIELD_STEP_COUNT] = {
		[FIELD_STEP_RECEIVED] = TRACE_FIELD,
		[FIELD_STEP_CHECKED] = TRACE_CHECKED,
		[FIELD_STEP_SENT] = TRACE_WRITTEN,
		[FIELD_STEP_ANSWERED] = TRACE_ANSWERED,
		[FIELD_STEP_ASKED] = TRACE_ASKED,
		[FIELD_STEP_READ] = TRACE_READ,
	};
	struct trace *t = find(c, r->id);
	struct mono now = clock_mono();
	int i;

	if (t == NULL)
		return;
	for (i = 0; i < FIELD_STEP_COUNT; i++)
		if (!mono_before(r->steps[i], t->at[TRACE_RECEIVED]) &&
		    !mono_before(now, r->steps[i]))
			reach(t, steps[i], r->steps[i]);
	t->request = r->request;
	t->reply = r->reply;
	t->back_request = r->back_request;
	t->back_reply = r->back_reply;
}

void
trace_value(struct core *c, uint64_t id, uint32_t tag)
{
	const struct live_tag *l = &c->live.tags[tag];
	struct trace *t = find(c, id);
	struct session *s;
	size_t i;

	if (t == NULL || t->at[TRACE_VALUE].us != 0)
		return;
	reach(t, TRACE_VALUE, clock_mono());
	for (i = 0; i < l->watchers.n; i++) {
		s = l->watchers.at[i].watch->session;
		if (s->id != t->session && s->awaits != id)
			t->screens++;
		s->awaits = id;
		s->awaits_tag = tag;
	}
}

/* One screen more; the last one is whichever came last. */
static void
count(struct trace *t, uint32_t *n, enum trace_step first,
    enum trace_step last)
{
	struct mono now = clock_mono();

	(*n)++;
	reach(t, first, now);
	t->at[last] = now;
}

/* Is the tag one of this watch, and has its value left? */
static bool
has_left(const struct watch *w, uint32_t tag)
{
	uint32_t i;

	for (i = 0; i < w->n; i++)
		if (w->tags[i] == tag)
			return (w->dirty[i / 64] >> (i % 64) & 1) == 0;
	return false;
}

void
trace_sent(struct core *c, const struct watch *w)
{
	struct session *s = w->session;
	struct trace *t;

	if (!has_left(w, s->awaits_tag))
		return;
	t = find(c, s->awaits);
	s->awaits = 0;
	if (t == NULL ||
	    mono_since(clock_mono(), t->at[TRACE_VALUE]).ms > TRACE_SCREEN_MS)
		return;
	s->traced = t->id;
	if (s->id == t->session)
		reach(t, TRACE_OWN_SENT, clock_mono());
	else
		count(t, &t->sent, TRACE_FIRST_SENT, TRACE_LAST_SENT);
}

void
trace_drawn(struct core *c, struct session *s)
{
	struct trace *t = find(c, s->traced);

	s->traced = 0;
	if (t == NULL)
		return;
	if (s->id == t->session)
		reach(t, TRACE_OWN_DRAWN, clock_mono());
	else
		count(t, &t->drawn, TRACE_FIRST_DRAWN, TRACE_LAST_DRAWN);
}

void
trace_alarm(struct core *c, uint64_t id, uint32_t alarm)
{
	struct trace *t = find(c, id);
	struct session *s;
	size_t i;

	if (t == NULL)
		return;
	i = (size_t)(t - c->traces.ring);
	reach(t, TRACE_VALUE, clock_mono());
	t->alarm = alarm;
	TAILQ_FOREACH(s, &c->sessions.list, next) {
		if (s->follow == NULL ||
		    !session_may(c, s, FUNCTION_VIEW,
			c->plant->alarms[alarm].area))
			continue;
		t->screens += s->id != t->session;
		s->follow->marks.awaited[i / 64] |= (uint64_t)1 << (i % 64);
	}
}

/* Calls fn with each trace that has a bit, which it loses. */
static void
take_marks(struct core *c, struct session *s, uint64_t *bits,
    void (*fn)(struct session *s, struct trace *t, size_t i))
{
	size_t i;

	for (i = 0; i < TRACES_KEPT; i++) {
		if (bits[i / 64] == 0) {
			i |= 63;
			continue;
		}
		if ((bits[i / 64] >> (i % 64) & 1) == 0)
			continue;
		bits[i / 64] &= ~((uint64_t)1 << (i % 64));
		fn(s, &c->traces.ring[i], i);
	}
}

void
trace_alarm_put(struct core *c, struct session *s, uint32_t alarm)
{
	struct trace_marks *m = &s->follow->marks;
	size_t i;

	for (i = 0; i < TRACES_KEPT; i++) {
		uint64_t bit = (uint64_t)1 << (i % 64);

		if (m->awaited[i / 64] == 0) {
			i |= 63;
			continue;
		}
		if ((m->awaited[i / 64] & bit) == 0 ||
		    c->traces.ring[i].alarm != alarm)
			continue;
		m->awaited[i / 64] &= ~bit;
		m->put[i / 64] |= bit;
	}
}

/* What a screen shows so late counts no more. */
static void
sent(struct session *s, struct trace *t, size_t i)
{
	if (mono_since(clock_mono(), t->at[TRACE_VALUE]).ms > TRACE_SCREEN_MS)
		return;
	s->follow->marks.drawing[i / 64] |= (uint64_t)1 << (i % 64);
	if (s->id == t->session)
		reach(t, TRACE_OWN_SENT, clock_mono());
	else
		count(t, &t->sent, TRACE_FIRST_SENT, TRACE_LAST_SENT);
}

static void
drawn(struct session *s, struct trace *t, size_t i)
{
	(void)i;
	if (s->id == t->session)
		reach(t, TRACE_OWN_DRAWN, clock_mono());
	else
		count(t, &t->drawn, TRACE_FIRST_DRAWN, TRACE_LAST_DRAWN);
}

void
trace_alarms_sent(struct core *c, struct session *s)
{
	take_marks(c, s, s->follow->marks.put, sent);
}

void
trace_alarms_drawn(struct core *c, struct session *s)
{
	take_marks(c, s, s->follow->marks.drawing, drawn);
}
