/* SPDX-License-Identifier: ISC */
/* audit show --trace: the rows of one command's journey (trace.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/requests.h"

/* A copy, so that commands to come change nothing in the middle of it. */
struct shown {
	struct trace trace;
	enum trace_step order[TRACE_STEP_COUNT];
	unsigned n;
};

/* The steps that were reached, by their times; those of one time as they
 * stand in the table. */
static void
sort_steps(struct shown *s)
{
	const struct mono *at = s->trace.at;
	unsigned step, i;

	for (step = 0; step < TRACE_STEP_COUNT; step++) {
		if (at[step].us == 0)
			continue;
		for (i = s->n; i > 0 &&
		    mono_before(at[step], at[s->order[i - 1]]);
		    i--)
			s->order[i] = s->order[i - 1];
		s->order[i] = (enum trace_step)step;
		s->n++;
	}
}

/* "00 01 00 00 00 06"; room of 3 * n bytes. */
static const char *
hex(char *room, size_t cap, const struct field_frame *f)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	room[0] = '\0';
	for (i = 0; i < f->n && 3 * i + 2 < cap; i++) {
		room[3 * i] = digits[f->at[i] >> 4];
		room[3 * i + 1] = digits[f->at[i] & 15];
		room[3 * i + 2] = i + 1 < f->n ? ' ' : '\0';
	}
	return room;
}

static const char *
detail(const struct trace *t, enum trace_step step, char *room, size_t cap)
{
	switch (step) {
	case TRACE_RECEIVED:
		snprintf(room, cap, "%llu: %s", (unsigned long long)t->id,
		    t->what);
		return room;
	case TRACE_WRITTEN:
		return hex(room, cap, &t->request);
	case TRACE_ANSWERED:
		return hex(room, cap, &t->reply);
	case TRACE_ASKED:
		return hex(room, cap, &t->back_request);
	case TRACE_READ:
		return hex(room, cap, &t->back_reply);
	case TRACE_RESULT:
		return t->result;
	case TRACE_LAST_SENT:
		snprintf(room, cap, "%u of %u", t->sent, t->screens);
		return room;
	case TRACE_LAST_DRAWN:
		snprintf(room, cap, "%u of %u", t->drawn, t->screens);
		return room;
	default:
		return NULL;
	}
}

static bool
next_step(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct shown *shown = a->state;
	const struct mono *at = shown->trace.at;
	enum trace_step step;
	int64_t us;

	(void)c;
	(void)s;
	if (a->cursor >= shown->n)
		return false;
	step = shown->order[a->cursor];
	us = at[step].us;
	cells[0] = cell_text(trace_step_name(step));
	cells[1] = cell_int(us - at[shown->order[0]].us);
	cells[2] = cell_int(
	    a->cursor > 0 ? us - at[shown->order[a->cursor - 1]].us : 0);
	cells[3] = cell_text(
	    detail(&shown->trace, step, a->room, sizeof(a->room)));
	a->cursor++;
	return true;
}

static uint32_t
area_of(const struct core *c, const struct trace *t)
{
	uint32_t area = plant_area(c->plant, t->area);

	return area != NONE ? area : 0;	/* the project took it away */
}

/* Without a number: the last one that this person may see. */
static const struct trace *
find_last(const struct core *c, const struct session *s)
{
	const struct trace *t;
	uint32_t n;

	for (n = 0; (t = trace_newest(c, n)) != NULL; n++)
		if (session_may(c, s, FUNCTION_TRACE, area_of(c, t)))
			return t;
	return NULL;
}

static bool
parse_id(const char *text, uint64_t *id)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	*id = strtoull(text, &end, 10);
	return *end == '\0';
}

/* The trace of this number, or NULL: then it was said why not. */
static const struct trace *
find_numbered(struct core *c, struct session *s, const struct call *call,
    const char *text)
{
	const struct trace *t;
	struct err e = { "" };
	uint64_t id;
	int code;

	if (!parse_id(text, &id)) {
		answer_end(c, s, call->id, EXIT_USAGE,
		    "%s is no number of a command", text);
		return NULL;
	}
	t = trace_find(c, id);
	if (t == NULL && (id == 0 || id > record_audit_seq(c->record))) {
		answer_end(
		    c, s, call->id, EXIT_NO_SUCH, "no command %s", text);
		return NULL;
	}
	if (t == NULL) {
		answer_end(c, s, call->id, EXIT_NEGATIVE,
		    "no trace of %s: the last %d setpoints, commands and "
		    "acknowledgements that were let through since the "
		    "server's start have one",
		    text, TRACES_KEPT);
		return NULL;
	}
	code = door_right(c, s, FUNCTION_TRACE, area_of(c, t), &e);
	if (code == EXIT_DONE)
		return t;
	request_refuse(c, s, call, code, text, "%s", e.text);
	return NULL;
}

void
on_AUDIT_SHOW(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);
	const struct trace *t;
	struct shown *shown;
	struct answer *a;

	if (call_text(call, PARAMETER_TRACE) == NULL) {
		answer_end(c, s, call->id, EXIT_USAGE,
		    "say what is to be shown: audit show %s%s--trace",
		    name != NULL ? name : "", name != NULL ? " " : "");
		return;
	}
	t = name != NULL ? find_numbered(c, s, call, name) : find_last(c, s);
	if (t == NULL) {
		if (name == NULL)
			answer_end(c, s, call->id, EXIT_NEGATIVE,
			    "no command since the server's start");
		return;
	}
	shown = xcalloc(1, sizeof(*shown));
	shown->trace = *t;
	sort_steps(shown);
	a = answer_new(c, s, call, next_step);
	a->state = shown;
	answer_pump(c, s, a);
}
