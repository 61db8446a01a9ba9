/* SPDX-License-Identifier: ISC */
#include "server/announce.h"

#include <stdio.h>

#include "base/mem.h"
#include "server/answer.h"
#include "server/core.h"

void
announce_answer(struct core *c, struct command_run *r)
{
	struct session *s = r->session != 0 ? session_find(c, r->session) : NULL;
	struct cell cells[5];
	char result[280];

	if (s == NULL)
		return;
	r->session = 0;
	cells[0] = cell_text(r->name);
	cells[1] = cell_text(r->old);
	cells[2] = cell_text(r->new);
	snprintf(result, sizeof(result), "%s%s", r->result,
	    commit_is_behind(c) ? ", not recorded yet" : "");
	cells[3] = cell_text(result);
	cells[4] = cell_int(mono_since(c->now, r->begun).ms);
	answer_row(c, s, r->call, cells, 5);
	answer_end(c, s, r->call, r->code, "%s",
	    r->code == EXIT_DONE ? "" : result);
	trace_step(c, r->id, TRACE_TOLD);
}

static struct record_event
event_of(const struct core *c, const struct command_run *r, const char *text,
    const char *result)
{
	return (struct record_event){
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = RECORD_COMMAND,
		.area = c->plant->areas[r->area].name,
		.name = r->name,
		.text = text,
		.user = r->who.user,
		.station = r->who.station,
		.new = r->new,
		.result = result,
		.command = r->id,
	};
}

static void
tell_all(struct core *c, const struct command_run *r,
    const struct record_event *ev, const char *text)
{
	struct notice n = { .time = c->wall };

	n.seq = record_event(commit_batch(c), ev);
	str_copy(n.user, r->who.user, sizeof(n.user));
	str_copy(n.name, r->name, sizeof(n.name));
	str_copy(n.text, text, sizeof(n.text));
	sessions_notice(c, &n, r->area);
}

void
announce_result(struct core *c, const struct command_run *r)
{
	struct record_event ev = event_of(c, r,
	    r->is_do && *r->second == '\0' && *r->bypassed == '\0'
		? r->new
		: r->reason,
	    r->result);
	char shown[sizeof(r->result)], text[sizeof(((struct notice *)0)->text)];

	ev.old = r->old;
	snprintf(text, sizeof(text), "%s -> %s %s%s%s%s", r->old, r->new,
	    result_show(shown, sizeof(shown), r->result),
	    *r->second != '\0' ? ", second: " : "", r->second,
	    *r->bypassed != '\0' ? ", interlock bypassed" : "");
	tell_all(c, r, &ev, text);
}

void
announce_end(struct core *c, const struct command_run *r, const char *text,
    const char *result)
{
	struct record_event ev = event_of(c, r, text, result);

	tell_all(c, r, &ev, text);
}
