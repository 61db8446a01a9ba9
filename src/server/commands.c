/* SPDX-License-Identifier: ISC */
#include "server/commands.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/scale.h"
#include "server/announce.h"
#include "server/core.h"
#include "server/door.h"
#include "server/feedback.h"
#include "server/requests.h"
#include "server/second.h"
#include "server/swap.h"
#include "store/load.h"

static struct audit_action
action_of(const struct command_run *r)
{
	return (struct audit_action){
		.verb = verbs[r->is_do ? VERB_DO : VERB_SET].name,
		.name = r->name,
		.old = r->old,
		.new = r->new,
		.reason = r->reason,
	};
}

static void
settle_open(void *arg, const struct record_audit *row)
{
	struct core *c = arg;
	struct audit_action a = { row->verb, row->name, row->old, row->new,
		row->reason };
	struct who who = { 0 };

	str_copy(who.user, row->user, sizeof(who.user));
	str_copy(who.station, row->station, sizeof(who.station));
	str_copy(who.from, row->from, sizeof(who.from));
	str_copy(who.session, row->session, sizeof(who.session));
	audit_result(c, &who, row->seq, &a, "unknown: restart");
	audit_event(c, RECORD_COMMAND, NONE, row->name,
	    "unknown after a restart: CHECK THE PLANT", row->user,
	    row->station, "unknown: restart");
}

int
commands_load(struct core *c, struct err *e)
{
	TAILQ_INIT(&c->commands.list);
	return record_load_open_requests(c->record, settle_open, c, e) < 0 ? -1
									   : 0;
}

static void
run_free(struct core *c, struct command_run *r)
{
	commit_forget(c, r);
	TAILQ_REMOVE(&c->commands.list, r, next);
	free(r);
}

void
commands_fini(struct core *c)
{
	struct command_run *r;

	while ((r = TAILQ_FIRST(&c->commands.list)) != NULL)
		run_free(c, r);
}

static struct command_run *
find(const struct core *c, uint64_t id)
{
	struct command_run *r;

	TAILQ_FOREACH(r, &c->commands.list, next)
		if (r->id == id)
			return r;
	return NULL;
}

static void
recorded(struct core *c, void *arg, uint64_t number)
{
	struct command_run *r = arg;

	(void)number;
	trace_step(c, r->id, TRACE_RECORDED);
	announce_result(c, r);
	announce_answer(c, r);
	if (r->code == EXIT_UNKNOWN && feedback_shown_by(c, r) != NONE) {
		r->phase = COMMAND_DOUBT;
		r->doubt = c->wall;
		return;
	}
	if (!feedback_is_awaited(c, r) || feedback_is_there(c, r)) {
		if (feedback_is_awaited(c, r)) {
			trace_step(c, r->id, TRACE_ACHIEVED);
			feedback_disagrees(c, r, false);
		}
		run_free(c, r);
		return;
	}
	r->phase = COMMAND_TAKEN;
	timers_add(&c->timers, TIMER_COMMAND, r->id, r->achieve_by);
}

void
commands_settle(struct core *c)
{
	struct command_run *r, *next;

	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		if ((r->phase == COMMAND_TAKEN || r->phase == COMMAND_LATE) &&
		    feedback_is_there(c, r)) {
			trace_step(c, r->id, TRACE_ACHIEVED);
			announce_end(c, r,
			    r->phase == COMMAND_LATE ? "achieved late"
						     : "achieved",
			    "done");
			feedback_disagrees(c, r, false);
			run_free(c, r);
		} else if (r->phase == COMMAND_DOUBT && feedback_settles(c, r))
			run_free(c, r);
	}
}

const struct command_run *
commands_running(const struct core *c, uint32_t object)
{
	const struct command_run *r;

	TAILQ_FOREACH(r, &c->commands.list, next)
		if (r->command != NONE && r->object == object &&
		    r->phase != COMMAND_LATE && r->phase != COMMAND_DOUBT)
			return r;
	return NULL;
}

/* The one result. now: the operator is told before it is on the disk. */
static void
end(struct core *c, struct command_run *r, int code, bool now,
    const char *result)
{
	struct audit_action a = action_of(r);

	if (r->phase == COMMAND_ENDED)
		return;
	r->phase = COMMAND_ENDED;
	r->code = code;
	str_copy(r->result, result, sizeof(r->result));
	trace_result(c, r->id, r->result);
	audit_result(c, &r->who, r->id, &a, r->result);
	commit_forget(c, r);
	commit_then(c, recorded, r);
	if (now)
		announce_answer(c, r);
}

/* An internal tag takes its setpoint when that is on the disk. */
static void
apply_internal(struct core *c, void *arg, uint64_t number)
{
	struct command_run *r = arg;
	const struct tag *t;
	struct value v;

	r->code = EXIT_DONE;	/* tell_unrecorded() may have said otherwise */
	str_copy(r->result, "done", sizeof(r->result));
	if (r->tag == NONE) {	/* a project took it away */
		recorded(c, r, number);
		return;
	}
	t = &c->plant->tags[r->tag];
	v = value_make((enum value_type)t->type, r->value, r->new, c->wall);
	live_put(c, r->tag, &v);
	commands_shown(c, r->tag);
	recorded(c, r, number);
}

/* What goes to no device is done when its value is on the disk. */
static void
record_internal(struct core *c, struct command_run *r)
{
	const struct tag *t = &c->plant->tags[r->tag];
	struct audit_action a = action_of(r);
	struct value v = value_make(
	    (enum value_type)t->type, r->value, r->new, c->wall);

	r->phase = COMMAND_ENDED;
	str_copy(r->result, "done", sizeof(r->result));
	trace_result(c, r->id, r->result);
	audit_result(c, &r->who, r->id, &a, r->result);
	if (t->retain)
		record_put_value(commit_batch(c), t->name, &v);
	tunables_value(c, r->tag, r->value, r->who.user);
	commit_then(c, apply_internal, r);
}

/* Its audit row is on the disk: now, and only now, it may go (I5). */
static void
committed(struct core *c, void *arg, uint64_t number)
{
	struct command_run *r = arg;
	struct mono handed;

	(void)number;
	if (r->phase != COMMAND_REQUESTED)
		return;
	trace_step(c, r->id, TRACE_REQUESTED);
	if (!mono_before(c->now, r->deadline)) {
		end(c, r, EXIT_REFUSED, false, "expired");
		return;
	}
	if (c->stopping) {	/* nobody would hear what became of it */
		end(c, r, EXIT_REFUSED, false, "refused: the server stops");
		return;
	}
	if (r->internal) {
		record_internal(c, r);
		return;
	}
	r->phase = COMMAND_SENT;
	r->job.id = r->id;
	r->job.plan = c->field.plan;
	r->job.deadline = r->deadline;
	handed = clock_mono();	/* field may be quicker than we */
	if (fieldlink_job(c, &r->job) < 0)
		end(c, r, EXIT_REFUSED, false, "expired: no field process");
	else
		trace_step_at(c, r->id, TRACE_HANDED, handed);
}

/* P3: a safe command discards what has not gone yet to its object, and
 * nobody waits any more for what went. */
static void
overtake(struct core *c, const struct command_run *safe)
{
	struct command_run *r, *next;
	char result[240];

	snprintf(result, sizeof(result), "refused: overtaken by %s", safe->name);
	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		if (r == safe || r->object != safe->object)
			continue;
		if (!r->safe && r->phase == COMMAND_REQUESTED)
			end(c, r, EXIT_REFUSED, false, result);
		if (r->phase == COMMAND_TAKEN) {
			announce_end(c, r, "not awaited any more",
			    strchr(result, ':') + 2);
			run_free(c, r);
		}
	}
}

void
commands_discard(struct core *c, uint32_t object, const char *why)
{
	struct command_run *r, *next;
	char result[240];

	snprintf(result, sizeof(result), "refused: %s", why);
	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		if (r->phase == COMMAND_REQUESTED && !r->safe &&
		    (r->object == object ||
			(r->tag != NONE && !r->internal &&
			    c->plant->tags[r->tag].object == object)))
			end(c, r, EXIT_REFUSED, false, result);
	}
}

void
commands_discard_bypassed(struct core *c, uint32_t command)
{
	struct command_run *r, *next;

	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		if (r->phase == COMMAND_REQUESTED && r->command == command &&
		    *r->bypassed != '\0')
			end(c, r, EXIT_REFUSED, false,
			    "refused: its interlock is not bypassed any more");
	}
}

/* A new command of the object, or setpoint of the tag: nobody looks any more
 * for what was late, or not known. */
static void
forget_late(struct core *c, const struct command_run *now)
{
	struct command_run *r, *next;

	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		if ((r->phase == COMMAND_LATE || r->phase == COMMAND_DOUBT) &&
		    r->is_do == now->is_do &&
		    (r->is_do ? r->object == now->object : r->tag == now->tag))
			run_free(c, r);
	}
}

/* The audit has both persons, and which interlock did not count. */
static void
say_why(struct command_run *r, const char *reason)
{
	struct buf b = { 0 };

	if (*r->second != '\0')
		buf_printf(&b, "second: %s", r->second);
	if (*r->bypassed != '\0')
		buf_printf(&b, "%s%s", b.len > 0 ? "; " : "", r->bypassed);
	if (reason != NULL)
		buf_printf(&b, "%s%s", b.len > 0 ? "; " : "", reason);
	str_copy(r->reason, buf_string(&b), sizeof(r->reason));
	buf_free(&b);
}

static void
begin(struct core *c, struct session *s, const struct call *call,
    struct command_run *r, struct mono received)
{
	char what[400];
	struct audit_action a;

	r->session = s->id;
	r->call = call->id;
	r->who = s->who;
	r->is_do = r->command != NONE;
	r->begun = c->now;
	r->deadline =
	    mono_add(c->now, (struct span){ COMMAND_VALIDITY_MS });
	say_why(r, call_text(call, PARAMETER_REASON));
	a = action_of(r);
	r->id = audit_request(c, &r->who, &a);
	snprintf(what, sizeof(what), "%s %s: %s -> %s, %s at %s", a.verb,
	    r->name, r->old, r->new, r->who.user, r->who.station);
	trace_begin(c, s, call, r->id, r->area, received, what);
	forget_late(c, r);
	TAILQ_INSERT_TAIL(&c->commands.list, r, next);
	timers_add(&c->timers, TIMER_COMMAND, r->id, r->deadline);
	r->internal =
	    r->tag != NONE && c->plant->tags[r->tag].point == NULL;
	if (r->safe) {
		overtake(c, r);
		commit_then_safe(c, committed, r);
	} else
		commit_then(c, committed, r);
}

static void
refused(struct core *c, struct session *s, const struct call *call,
    struct command_run *r, int code, const struct err *e)
{
	struct audit_action a;

	r->is_do = r->command != NONE;
	a = action_of(r);
	a.verb = verbs[call->verb].name;
	snprintf(r->result, sizeof(r->result), "refused: %s", e->text);
	r->who = s->who;
	r->begun = c->now;
	r->session = s->id;
	r->call = call->id;
	r->code = code;
	r->id = audit_request(c, &s->who, &a);
	audit_result(c, &s->who, r->id, &a, r->result);
	if (r->tag != NONE || r->command != NONE)
		announce_result(c, r);
	announce_answer(c, r);
	free(r);
}

void
commands_give(struct core *c, struct session *s, struct call *call,
    const char *second)
{
	struct command_run *r = xcalloc(1, sizeof(*r));
	struct mono received = clock_mono();
	struct err e = { "" };
	int code;

	str_copy(r->second, second != NULL ? second : "", sizeof(r->second));
	code = call->verb == VERB_DO ? door_do(c, s, call, r, &e)
				     : door_set(c, s, call, r, &e);
	if (code == EXIT_DONE && r->asks_second) {
		if (second != NULL && second_ask(c, s, call)) {
			free(r);
			return;
		}
		code = second != NULL ? EXIT_REFUSED : EXIT_NOT_ALLOWED;
		err_set(&e, second != NULL
			? "too many passwords at once: try again later"
			: "the second person: unknown user or wrong password");
	}
	if (code == EXIT_DONE)
		begin(c, s, call, r, received);
	else
		refused(c, s, call, r, code, &e);
}

void
on_SET(struct core *c, struct session *s, struct call *call)
{
	commands_give(c, s, call, "");
}

void
on_DO(struct core *c, struct session *s, struct call *call)
{
	commands_give(c, s, call, "");
}

/* Its time is over and the record has not taken its row: it never goes. */
static void
expire(struct core *c, struct command_run *r)
{
	end(c, r, EXIT_REFUSED, true, "expired: the record took no rows");
}

/* The record lets its result wait too long: whoever asked is told now. What
 * goes to no device does not hold yet (apply_internal() says when it does). */
static void
tell_unrecorded(struct core *c, struct command_run *r)
{
	if (r->internal && r->code == EXIT_DONE) {
		r->code = EXIT_UNKNOWN;
		str_copy(r->result, "unknown: it holds when the record takes it",
		    sizeof(r->result));
	}
	announce_answer(c, r);
}

void
commands_due(struct core *c, uint64_t id)
{
	struct command_run *r = find(c, id);

	if (r == NULL)
		return;
	if (r->phase == COMMAND_ENDED)
		tell_unrecorded(c, r);
	if (r->phase == COMMAND_REQUESTED && !mono_before(c->now, r->deadline))
		expire(c, r);
	else if (r->phase == COMMAND_TAKEN &&
	    !mono_before(c->now, r->achieve_by))
		feedback_failed(c, r);
}

/* What the device holds, as the operator would read it; with all its digits
 * where rounding would hide the difference. */
static void
held_text(const struct core *c, const struct command_run *r,
    const struct field_result *f, char *dst, size_t cap)
{
	char text[VALUE_TEXT_MAX + 1], shown[VALUE_CAP];
	struct value v;

	dst[0] = '\0';
	if (f->n_held == 0)
		return;
	v = point_decode(&r->job.at, f->held, NULL, f->time, text);
	str_copy(dst, value_print(shown, &v), cap);
	if (r->tag == NONE)
		return;
	plant_value_text(&c->plant->tags[r->tag], &v, shown);
	if (strcmp(shown, r->new) != 0)
		str_copy(dst, shown, cap);
}

/* P2: what to do comes first, a narrow screen shows no more. */
static void
unknown(char *dst, size_t cap, const char *why)
{
	snprintf(dst, cap, "unknown: CHECK THE PLANT%s%s",
	    *why != '\0' ? " - " : "", why);
}

void
commands_result(struct core *c, const struct field_result *f)
{
	static const int codes[] = { [FIELD_DONE] = EXIT_DONE,
		[FIELD_MISMATCH] = EXIT_MISMATCH, [FIELD_UNKNOWN] = EXIT_UNKNOWN,
		[FIELD_EXPIRED] = EXIT_REFUSED, [FIELD_REFUSED] = EXIT_REFUSED };
	struct command_run *r = find(c, f->id);
	char held[VALUE_CAP], result[240];
	const char *name;

	if (r == NULL || r->phase != COMMAND_SENT ||
	    f->outcome >= FIELD_OUTCOME_COUNT)
		return;
	trace_field(c, f);
	name = field_outcome_name((enum field_outcome)f->outcome);
	held_text(c, r, f, held, sizeof(held));
	if (f->outcome == FIELD_DONE)
		snprintf(result, sizeof(result), "done");
	else if (f->outcome == FIELD_MISMATCH && *held != '\0')
		snprintf(result, sizeof(result), "mismatch: the PLC holds %s%s%s",
		    held, *f->reason != '\0' ? ", " : "", f->reason);
	else if (f->outcome == FIELD_UNKNOWN)
		unknown(result, sizeof(result), f->reason);
	else
		snprintf(result, sizeof(result), "%s%s%s", name,
		    *f->reason != '\0' ? ": " : "", f->reason);
	if (r->command != NONE)
		r->achieve_by = mono_add(
		    c->now, c->plant->commands[r->command].within);
	/* on a disk that takes nothing it is told all the same (P19) */
	end(c, r, codes[f->outcome], commit_is_behind(c), result);
}

void
commands_cleared(struct core *c, const struct field_cleared *r)
{
	char name[40];

	snprintf(name, sizeof(name), "command %llu",
	    (unsigned long long)r->id);
	audit_event(c, RECORD_SYSTEM, NONE, name,
	    r->ok ? "pulse cleared after the line came back"
		  : "pulse could not be cleared: CHECK THE PLANT",
	    NULL, NULL, r->ok ? "done" : r->reason);
}

void
commands_lost(struct core *c, const char *why)
{
	struct command_run *r, *next;
	char result[240];

	unknown(result, sizeof(result), why);
	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		if (r->phase == COMMAND_SENT)
			end(c, r, EXIT_UNKNOWN, false, result);
	}
}

/* Is this the tag on which all screens see that it was done, and was it? */
static bool
is_seen(const struct core *c, const struct command_run *r, uint32_t tag)
{
	const struct value *v = live_real(c, tag);

	if (r->command != NONE)
		return c->plant->commands[r->command].feedback == tag &&
		    feedback_is_there(c, r);
	if (r->tag != tag || !value_is_good(v))
		return false;
	if (v->type == VALUE_TEXT)
		return strcmp(v->as.text, r->new) == 0;
	return fabs(value_number(v) - r->value) <=
	    1e-6 * fmax(1, fabs(r->value));
}

void
commands_shown(struct core *c, uint32_t tag)
{
	const struct command_run *r;

	if (c->live.tags[tag].real != NULL)
		return;		/* overridden: nobody sees it */
	TAILQ_FOREACH(r, &c->commands.list, next)
		if ((r->internal || r->phase != COMMAND_REQUESTED) &&
		    is_seen(c, r, tag))
			trace_value(c, r->id, tag);
}

bool
commands_under_way(const struct core *c, uint32_t tag)
{
	const struct command_run *r;

	TAILQ_FOREACH(r, &c->commands.list, next)
		if (r->tag == tag && r->phase == COMMAND_SENT)
			return true;
	return false;
}

/* Does it mean something else in the new project than when it was asked? */
static bool
is_other(const struct command_run *r, const struct swap *s)
{
	const struct slots *tags = swap_slots(s, DIFFERENCE_TAG),
			   *all = swap_slots(s, DIFFERENCE_COMMAND);

	if (r->is_do)
		return r->command == NONE ||
		    difference_is(all, r->command, DIFFERENCE_OF_DEFINITION);
	return r->tag == NONE ||
	    difference_is(tags, r->tag, DIFFERENCE_OF_ADDRESS) ||
	    difference_is(tags, r->tag, DIFFERENCE_OF_WRITE);
}

static void
renumber(struct command_run *r, const struct swap *s)
{
	const struct plant *p = s->plant;

	if (r->tag != NONE)
		r->tag = slots_to(swap_slots(s, DIFFERENCE_TAG), r->tag);
	if (r->command != NONE)
		r->command =
		    slots_to(swap_slots(s, DIFFERENCE_COMMAND), r->command);
	if (r->object != NONE)
		r->object =
		    slots_to(swap_slots(s, DIFFERENCE_OBJECT), r->object);
	r->area = r->tag != NONE   ? p->tags[r->tag].area
	    : r->object != NONE ? p->objects[r->object].area
				   : 0;
}

/* It has not been sent: it goes to the same place, or nowhere. */
static void
swap_unsent(struct core *c, struct command_run *r, const struct swap *s)
{
	if (is_other(r, s)) {
		end(c, r, EXIT_REFUSED, false,
		    "refused: the project was changed meanwhile");
		return;
	}
	if (r->internal)
		return;
	r->job.at.device = r->is_do
	    ? s->plant->commands[r->command].point.device
	    : s->plant->tags[r->tag].point->device;
	r->job.slot = r->is_do ? NONE : r->tag;
}

/* Nobody awaits its feedback any more: that is another one now. */
static void
stop_waiting(struct core *c, struct command_run *r)
{
	if (r->phase == COMMAND_TAKEN)
		announce_end(c, r, "not awaited any more",
		    "the project was changed");
	run_free(c, r);
}

void
commands_swap(struct core *c, const struct swap *s)
{
	struct command_run *r, *next;

	for (r = TAILQ_FIRST(&c->commands.list); r != NULL; r = next) {
		next = TAILQ_NEXT(r, next);
		renumber(r, s);
		if (r->phase == COMMAND_REQUESTED)
			swap_unsent(c, r, s);
		else if (r->internal && is_other(r, s))
			r->tag = NONE;
		else if (is_other(r, s)) {
			if (r->phase == COMMAND_TAKEN ||
			    r->phase == COMMAND_LATE ||
			    r->phase == COMMAND_DOUBT)
				stop_waiting(c, r);
			else
				r->command = NONE;
		}
	}
}

void
commands_session_gone(struct core *c, uint64_t session)
{
	struct command_run *r;

	/* the command goes on; nobody waits for it any more */
	TAILQ_FOREACH(r, &c->commands.list, next)
		if (r->session == session)
			r->session = 0;
}
