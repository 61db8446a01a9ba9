/* SPDX-License-Identifier: ISC */
#include "server/door.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/expr.h"
#include "model/scale.h"
#include "model/state.h"
#include "server/core.h"
#include "server/second.h"

int
door_right(const struct core *c, const struct session *s, enum function f,
    uint32_t area, struct err *e)
{
	if (!session_may(c, s, f, area))
		return REFUSE(EXIT_NOT_ALLOWED, "needs %s in %s",
		    function_name(f), c->plant->areas[area].name);
	if (s->only != 0 && !(s->only & 1u << f))
		return REFUSE(EXIT_REFUSED, "not at this station (%s)",
		    s->who.station);
	return EXIT_DONE;
}

int
door_control(const struct core *c, struct err *e)
{
	if (!control_is_taken(c))
		return REFUSE(EXIT_REFUSED,
		    "view only: this server has not taken control");
	return EXIT_DONE;
}

/* P25: a tag-out on the object. */
static int
check_lockout(const struct core *c, uint32_t object, struct err *e)
{
	return object != NONE && lockout_refuses(c, object, e) < 0
	    ? EXIT_REFUSED
	    : EXIT_DONE;
}

/* P13: one command per object (or tag) at a time. */
static int
check_busy(const struct core *c, const struct command_run *r, struct err *e)
{
	const struct command_run *o;

	TAILQ_FOREACH(o, &c->commands.list, next) {
		if (o->phase == COMMAND_ENDED || o->phase == COMMAND_LATE ||
		    o->phase == COMMAND_DOUBT)
			continue;
		if ((r->object != NONE && o->object == r->object) ||
		    (r->tag != NONE && o->tag == r->tag))
			return REFUSE(EXIT_REFUSED, "busy: %s by %s", o->name,
			    o->who.user);
	}
	return EXIT_DONE;
}

/* P19: what cannot be recorded is not done, but for safe commands. */
static int
check_record(const struct core *c, struct err *e)
{
	if (commit_is_behind(c))
		return REFUSE(EXIT_REFUSED,
		    "the record does not take rows (status says why)");
	return EXIT_DONE;
}

/* An expression that must be good (P14, P16); names what makes it not so. */
static int
check_good(struct core *c, const struct expr *x, const char *what,
    struct value *v, struct err *e)
{
	uint32_t culprit;

	*v = expr_eval(x, core_operand, c, c->wall);
	if (value_is_good(v))
		return EXIT_DONE;
	culprit = expr_culprit(x, core_operand, c, c->wall);
	return REFUSE(EXIT_REFUSED, "%s is not known: %s is %s", what,
	    culprit != NONE ? c->plant->tags[culprit].name : expr_text(x),
	    quality_name((enum quality)v->quality));
}

/* What is to blame comes first: a narrow screen shows no more. */
static void
blame(struct core *c, const struct expr *x, const char *not, struct err *e)
{
	uint32_t by = expr_decider(x, core_operand, c, c->wall);
	char room[VALUE_CAP];
	struct value v;

	if (by == NONE) {
		err_set(e, "%s: %s", not, expr_text(x));
		return;
	}
	v = core_value(c, by);
	err_set(e, "%s: %s is %s (%s)", not, c->plant->tags[by].name,
	    plant_value_text(&c->plant->tags[by], &v, room), expr_text(x));
}

/* gate or interlock: good and true. */
static int
check_allows(struct core *c, const struct expr *x, const char *what,
    const char *not, struct err *e)
{
	struct value v;
	int code;

	if (x == NULL)
		return EXIT_DONE;
	code = check_good(c, x, what, &v, e);
	if (code != EXIT_DONE || value_true(&v))
		return code;
	blame(c, x, not, e);
	return EXIT_REFUSED;
}

static int
check_limit(struct core *c, const struct expr *x, const char *what,
    double value, int sign, double slack, struct err *e)
{
	struct value v;
	char text[32];
	int code;

	if (x == NULL)
		return EXIT_DONE;
	code = check_good(c, x, what, &v, e);
	if (code != EXIT_DONE)
		return code;
	if (sign * (value - value_number(&v)) > slack)
		return REFUSE(EXIT_REFUSED, "%s %s is %s",
		    sign > 0 ? "above" : "below", what,
		    real_print(text, value_number(&v)));
	return EXIT_DONE;
}

/* Half of what one count changes; a hair for what has no counts. */
static double
tolerance(const struct tag *t, double near)
{
	double hair = fabs(near) * 1e-9 + 1e-12;

	if (t->point == NULL)
		return hair;
	if (t->kind == KIND_FLOAT32)
		hair = fabs(near) * 1e-6 + 1e-12;
	return fmax(point_step(t->point) / 2, hair);
}

static int
check_range(struct core *c, const struct tag *t, double value, struct err *e)
{
	double slack = tolerance(t, value);
	int code = check_limit(
	    c, t->write->min, "the lower limit", value, -1, slack, e);

	if (code == EXIT_DONE)
		code = check_limit(
		    c, t->write->max, "the upper limit", value, 1, slack, e);
	return code;
}

static int
check_step(struct core *c, uint32_t tag, double value, struct err *e)
{
	const struct tag *t = &c->plant->tags[tag];
	const struct value *now = live_real(c, tag);
	struct value step;
	char text[32];
	int code;

	if (t->write->max_step == NULL)
		return EXIT_DONE;
	code = check_good(c, t->write->max_step, "the step limit", &step, e);
	if (code != EXIT_DONE)
		return code;
	if (!value_is_good(now))
		return REFUSE(EXIT_REFUSED,
		    "the step cannot be checked: %s is %s", t->name,
		    quality_name((enum quality)now->quality));
	if (fabs(value - value_number(now)) >
	    value_number(&step) + tolerance(t, value))
		return REFUSE(EXIT_REFUSED, "the step is more than %s",
		    real_print(text, value_number(&step)));
	return EXIT_DONE;
}

/* P17: the register still holds what the operator saw. */
static int
check_expected(struct core *c, uint32_t tag, const char *expect,
    struct err *e)
{
	const struct tag *t = &c->plant->tags[tag];
	const struct value *now = live_real(c, tag);
	char text[VALUE_CAP];
	double seen;

	if (expect == NULL)
		return EXIT_DONE;
	if (t->type == VALUE_TEXT) {
		if (strcmp(now->as.text, expect) == 0)
			return EXIT_DONE;
	} else {
		if (number_parse(&seen, expect, 17, t->texts, t->n_texts,
			t->type == VALUE_BOOL, e) < 0)
			return EXIT_USAGE;
		if (fabs(seen - value_number(now)) <= tolerance(t, seen))
			return EXIT_DONE;
	}
	return REFUSE(EXIT_CHANGED, "changed meanwhile: now %s",
	    value_print(text, now));
}

/* What was confirmed is the value itself, in whatever way it is written. */
static int
check_confirmed(const struct tag *t, enum confirm how, const char *given,
    double value, const char *text, struct err *e)
{
	double again;
	struct err ignored;

	if (how == CONFIRM_NONE)
		return EXIT_DONE;
	if (given == NULL)
		return REFUSE(
		    EXIT_REFUSED, "needs to be confirmed (--confirm %s)", text);
	if (strcmp(given, text) == 0)
		return EXIT_DONE;
	if (number_parse(&again, given, 17, t->texts, t->n_texts,
		t->type == VALUE_BOOL, &ignored) == 0 &&
	    fabs(again - value) <= tolerance(t, value))
		return EXIT_DONE;
	return REFUSE(EXIT_REFUSED, "confirmed %s, but the value is %s", given,
	    text);
}

/* The typed value, rounded to what the register can hold (P16). */
static int
take_number(const struct tag *t, const char *typed, struct command_run *r,
    struct err *e)
{
	double typed_number;
	struct value v;

	if (number_parse(&typed_number, typed, t->decimals, t->texts,
		t->n_texts, t->type == VALUE_BOOL, e) < 0)
		return EXIT_USAGE;
	r->value = typed_number;
	if (t->point != NULL &&
	    point_round(t->point, typed_number, &r->value, e) < 0)
		return EXIT_REFUSED;
	v = value_make(
	    (enum value_type)t->type, r->value, NULL, (struct wall){ 1 });
	value_show(r->new, &v, t->decimals);
	return EXIT_DONE;
}

static int
prepare_job(struct core *c, const struct tag *t, uint32_t tag,
    struct command_run *r, struct err *e)
{
	struct value v = value_real(r->value, c->wall);

	if (t->point == NULL)
		return EXIT_DONE;
	r->job = (struct field_job){ .slot = tag,
		.object = NONE,
		.kind = FIELD_LEVEL,
		.taken_ms = 2000,
		.at = *t->point };
	if (t->type == VALUE_TEXT)
		v = value_text(r->new, c->wall);
	if (point_encode(t->point, &v, r->job.registers, e) < 0)
		return EXIT_REFUSED;
	return EXIT_DONE;
}

static int
find_tag(struct core *c, const struct call *call, struct command_run *r,
    struct err *e)
{
	const char *name = call_text(call, PARAMETER_NAME);

	r->tag = r->command = r->object = NONE;
	if (name == NULL || call_text(call, PARAMETER_VALUE) == NULL)
		return REFUSE(EXIT_USAGE, "set TAG VALUE");
	str_copy(r->name, name, sizeof(r->name));
	r->tag = plant_tag(c->plant, name);
	if (r->tag == NONE)
		return REFUSE(EXIT_NO_SUCH, "no tag %s", name);
	r->area = c->plant->tags[r->tag].area;
	value_show(r->old, live_real(c, r->tag),
	    c->plant->tags[r->tag].decimals);
	str_copy(r->new, call_text(call, PARAMETER_VALUE), sizeof(r->new));
	if (c->plant->tags[r->tag].write == NULL)
		return REFUSE(EXIT_REFUSED, "%s cannot be written", name);
	return EXIT_DONE;
}

int
door_revision(const struct call *call, uint32_t changed, struct err *e)
{
	const char *drawn = call_text(call, PARAMETER_DRAWN);

	if (drawn == NULL || strtoul(drawn, NULL, 10) >= changed)
		return EXIT_DONE;
	return REFUSE(EXIT_CHANGED, "the project changed it: open it again");
}

int
door_set(struct core *c, const struct session *s, const struct call *call,
    struct command_run *r, struct err *e)
{
	const struct tag *t;
	int code = find_tag(c, call, r, e);

	if (code != EXIT_DONE)
		return code;
	t = &c->plant->tags[r->tag];
	code = door_right(
	    c, s, (enum function)t->write->function, t->area, e);
	if (code == EXIT_DONE)
		code = door_revision(call, c->changed.tags[r->tag], e);
	if (code == EXIT_DONE && t->point != NULL)
		code = door_control(c, e);
	if (code == EXIT_DONE)
		code = check_lockout(c, t->object, e);
	if (code == EXIT_DONE)
		code = check_busy(c, r, e);
	if (code == EXIT_DONE && t->type != VALUE_TEXT)
		code = take_number(t, call_text(call, PARAMETER_VALUE), r, e);
	if (code == EXIT_DONE && t->type != VALUE_TEXT)
		code = check_range(c, t, r->value, e);
	if (code == EXIT_DONE && t->type != VALUE_TEXT)
		code = check_step(c, r->tag, r->value, e);
	if (code == EXIT_DONE)
		code = check_allows(c, t->write->gate, "the gate",
		    "not allowed now", e);
	if (code == EXIT_DONE)
		code = check_expected(
		    c, r->tag, call_text(call, PARAMETER_EXPECT), e);
	if (code == EXIT_DONE && t->write->confirm == CONFIRM_SECOND)
		code = second_check(c, s, call, r,
		    (enum function)t->write->function, e);
	else if (code == EXIT_DONE)
		code = check_confirmed(t, (enum confirm)t->write->confirm,
		    call_text(call, PARAMETER_CONFIRM), r->value, r->new, e);
	if (code == EXIT_DONE)
		code = check_record(c, e);
	if (code == EXIT_DONE)
		code = prepare_job(c, t, r->tag, r, e);
	return code;
}

const struct state *
object_state(const struct core *c, uint32_t object)
{
	return state_of(&c->plant->objects[object], core_operand,
	    (void *)(uintptr_t)c, c->wall);
}

static int
find_command(struct core *c, const struct call *call, struct command_run *r,
    struct err *e)
{
	const char *name = call_text(call, PARAMETER_NAME);
	const char *what = call_text(call, PARAMETER_COMMAND);
	const struct state *now;

	r->tag = r->command = r->object = NONE;
	if (name == NULL || what == NULL)
		return REFUSE(EXIT_USAGE, "do OBJECT COMMAND");
	snprintf(r->name, sizeof(r->name), "%s.%s", name, what);
	r->object = plant_object(c->plant, name);
	if (r->object == NONE)
		return REFUSE(EXIT_NO_SUCH, "no object %s", name);
	r->area = c->plant->objects[r->object].area;
	now = object_state(c, r->object);
	str_copy(r->old, now != NULL ? now->name : "?", sizeof(r->old));
	r->command = plant_command(c->plant, r->object, what);
	if (r->command == NONE)
		return REFUSE(
		    EXIT_NO_SUCH, "%s has no command %s", name, what);
	return EXIT_DONE;
}

/* P14: unless it is bypassed; then what it said is in the audit. */
static int
check_interlock(struct core *c, const struct command *k,
    struct command_run *r, struct err *e)
{
	const struct bypass *b = bypass_of(c, r->command);
	int code = check_allows(
	    c, k->interlock, "the interlock", "interlocked", e);

	if (code == EXIT_DONE || b == NULL)
		return code;
	snprintf(r->bypassed, sizeof(r->bypassed),
	    "interlock bypassed (%s): %s", b->user, e->text);
	return EXIT_DONE;
}

static int
check_do(struct core *c, const struct session *s, const struct call *call,
    const struct command *k, struct command_run *r, struct err *e)
{
	const char *expect = call_text(call, PARAMETER_EXPECT);
	const char *given = call_text(call, PARAMETER_CONFIRM);
	const char *name = c->plant->objects[r->object].name;
	int code = check_lockout(c, r->object, e);

	if (code == EXIT_DONE)
		code = check_busy(c, r, e);
	if (code == EXIT_DONE)
		code = check_interlock(c, k, r, e);
	if (code == EXIT_DONE && expect != NULL &&
	    strcmp(expect, r->old) != 0)
		return REFUSE(
		    EXIT_CHANGED, "changed meanwhile: now %s", r->old);
	if (code == EXIT_DONE && k->confirm == CONFIRM_SECOND)
		code = second_check(
		    c, s, call, r, (enum function)k->function, e);
	else if (code == EXIT_DONE && k->confirm != CONFIRM_NONE &&
	    (given == NULL || strcmp(given, name) != 0))
		return REFUSE(EXIT_REFUSED,
		    "needs to be confirmed (--confirm %s)", name);
	if (code == EXIT_DONE)
		code = check_record(c, e);
	return code;
}

static void
prepare_command(struct core *c, const struct command *k,
    struct command_run *r)
{
	static const uint8_t kinds[] = { [COMMAND_LEVEL] = FIELD_LEVEL,
		[COMMAND_PLC_RESET] = FIELD_PLC_RESET,
		[COMMAND_TIMED] = FIELD_TIMED };
	struct value v = value_real(k->value, c->wall);
	struct err e;

	r->job = (struct field_job){ .slot = NONE,
		.object = fieldplan_object(c->plant->objects[k->object].name),
		.kind = kinds[k->kind],
		.safe = k->safe,
		.taken_ms = (uint32_t)k->taken.ms,
		.pulse_ms = (uint32_t)k->pulse.ms,
		.at = k->point };
	/* the project was checked: its constants fit */
	if (point_encode(&k->point, &v, r->job.registers, &e) < 0)
		r->job.registers[0] = k->value != 0;
}

int
door_do(struct core *c, const struct session *s, const struct call *call,
    struct command_run *r, struct err *e)
{
	const struct command *k;
	int code = find_command(c, call, r, e);

	if (code != EXIT_DONE)
		return code;
	k = &c->plant->commands[r->command];
	r->safe = k->safe;
	r->value = k->value;
	str_copy(r->new, text_in(&k->title, 0), sizeof(r->new));
	code = door_right(c, s, (enum function)k->function, r->area, e);
	if (code == EXIT_DONE)
		code = door_control(c, e);
	/* P3: nothing but the right stands before a safe command */
	if (code == EXIT_DONE && !k->safe)
		code = door_revision(
		    call, c->changed.commands[r->command], e);
	if (code == EXIT_DONE && !k->safe)
		code = check_do(c, s, call, k, r, e);
	if (code == EXIT_DONE)
		prepare_command(c, k, r);
	return code;
}
