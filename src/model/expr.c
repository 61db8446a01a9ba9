/* SPDX-License-Identifier: ISC */
#include "model/expr.h"

#include <assert.h>
#include <math.h>

#include "model/expr_code.h"
#include "model/plant.h"

/* An operand: its content as a number (NaN: none) and what is known of it. */
struct cell {
	double n;
	int64_t time;
	uint32_t culprit;	/* the tag whose quality it carries, or NONE */
	uint8_t quality, cause, flags;
	bool logic;		/* true or false, not a number */
};

static struct cell
of_tag(const struct value *v, uint32_t tag)
{
	bool known = v->quality < QUALITY_BAD || value_known(v);
	struct cell c = { .n = !known ? NAN
			: v->type == VALUE_REAL ? v->as.real
						: value_number(v),
		.time = v->time.ms,
		.culprit = tag,
		.quality = v->quality,
		.cause = v->cause,
		.flags = v->flags,
		.logic = v->type == VALUE_BOOL };

	return c;
}

static bool
truth(const struct cell *c)
{
	return !isnan(c->n) && c->n != 0;
}

/* The worst operand decides (FORMATS 1). */
static void
taint(struct cell *a, const struct cell *by)
{
	if (by->quality > a->quality) {
		a->quality = by->quality;
		a->cause = by->cause;
		a->culprit = by->culprit;
	} else if (a->culprit == NONE)
		a->culprit = by->culprit;
	a->flags |= by->flags;
	if (by->time > a->time)
		a->time = by->time;
}

static void
set_number(struct cell *a, double n)
{
	a->n = n;
	a->logic = false;
	if (isfinite(n))
		return;
	a->n = NAN;
	if (a->quality < QUALITY_BAD) {
		a->quality = QUALITY_BAD;
		a->cause = CAUSE_RANGE;
	}
}

static void
set_truth(struct cell *a, bool truth)
{
	a->n = truth;
	a->logic = true;
}

/* P18: what is asked of an overridden value is marked like it. */
static void
set_good(struct cell *a)
{
	a->quality = QUALITY_GOOD;
	a->cause = CAUSE_NONE;
}

/*
 * Three-valued: one operand that decides (a false of `and`, a true of `or`)
 * decides with its own quality, whatever the other is; of two the better.
 */
static void
decide(struct cell *a, const struct cell *b, bool deciding)
{
	bool by_a = truth(a) == deciding, by_b = truth(b) == deciding;
	int64_t time = a->time > b->time ? a->time : b->time;

	if (!by_a && !by_b)
		taint(a, b);
	else if (!by_a || (by_b && b->quality < a->quality))
		*a = *b;
	a->time = time;
	set_truth(a, by_a || by_b ? deciding : !deciding);
}

static bool
compare(enum expr_code code, double a, double b)
{
	switch (code) {
	case EXPR_LESS:
		return a < b;
	case EXPR_LESS_EQUAL:
		return a <= b;
	case EXPR_GREATER:
		return a > b;
	case EXPR_GREATER_EQUAL:
		return a >= b;
	case EXPR_EQUAL:
		return a == b;
	default:
		return a != b;
	}
}

static double
calculate(enum expr_code code, double a, double b)
{
	switch (code) {
	case EXPR_ADD:
		return a + b;
	case EXPR_SUBTRACT:
		return a - b;
	case EXPR_MULTIPLY:
		return a * b;
	case EXPR_DIVIDE:
		return a / b;
	case EXPR_MIN:
		/* not fmin(): it would prefer a number to none */
		return isnan(a) || a < b ? a : b;
	default:
		return isnan(a) || a > b ? a : b;
	}
}

static void
unary(enum expr_code code, struct cell *a, struct wall now)
{
	switch (code) {
	case EXPR_NEGATE:
		set_number(a, -a->n);
		break;
	case EXPR_ABS:
		set_number(a, fabs(a->n));
		break;
	case EXPR_NOT:
		set_truth(a, !isnan(a->n) && !truth(a));
		break;
	case EXPR_GOOD:
		set_truth(a, a->quality <= QUALITY_UNCERTAIN);
		set_good(a);
		break;
	default:	/* EXPR_AGE; a clock that stepped back makes no debt */
		set_number(a, a->time < now.ms
			? (double)(now.ms - a->time) / 1000 : 0);
		set_good(a);
	}
}

static void
binary(enum expr_code code, struct cell *a, const struct cell *b)
{
	switch (code) {
	case EXPR_AND:
	case EXPR_OR:
		decide(a, b, code == EXPR_OR);
		break;
	case EXPR_ELSE:
		if (a->quality > QUALITY_UNCERTAIN)
			*a = *b;
		break;
	case EXPR_ADD:
	case EXPR_SUBTRACT:
	case EXPR_MULTIPLY:
	case EXPR_DIVIDE:
	case EXPR_MIN:
	case EXPR_MAX:
		taint(a, b);
		set_number(a, calculate(code, a->n, b->n));
		break;
	default:
		taint(a, b);
		set_truth(a, compare(code, a->n, b->n));
	}
}

static struct cell
run(const struct expr *x, expr_value_fn *value, void *arg, struct wall now)
{
	struct cell stack[EXPR_STACK + 1], *top = stack, chosen;
	const struct expr_op *end = x->ops + x->n_ops;

	for (const struct expr_op *op = x->ops; op < end; op++) {
		if (op->code == EXPR_TAG)
			*++top = of_tag(value(arg, op->tag), op->tag);
		else if (op->code <= EXPR_BOOL)
			*++top = (struct cell){ .n = op->number,
				.culprit = NONE,
				.logic = op->code == EXPR_BOOL };
		else if (op->code <= EXPR_AGE)
			unary(op->code, top, now);
		else if (op->code < EXPR_CHOOSE) {
			top--;
			binary(op->code, top, top + 1);
		} else {
			top -= 2;
			chosen = truth(top) ? top[1] : top[2];
			taint(&chosen, top);
			*top = chosen;
		}
		/* a text, or a value without content, that claims more */
		if (isnan(top->n) && top->quality < QUALITY_BAD)
			set_number(top, NAN);
	}
	assert(top == stack + 1);
	return *top;
}

struct value
expr_eval(const struct expr *x, expr_value_fn *value, void *arg,
    struct wall now)
{
	struct cell c = run(x, value, arg, now);
	struct value v = { .time = { c.time },
		.type = c.logic ? VALUE_BOOL : VALUE_REAL,
		.quality = c.quality,
		.cause = c.cause,
		.flags = c.flags };

	if (c.logic)
		v.as.uint = truth(&c);
	else
		v.as.real = c.n;
	if (v.time.ms == 0 && (x->n_tags == 0 || value_is_good(&v)))
		v.time = now;
	return v;
}

uint32_t
expr_culprit(const struct expr *x, expr_value_fn *value, void *arg,
    struct wall now)
{
	struct cell c = run(x, value, arg, now);

	return c.quality > QUALITY_UNCERTAIN ? c.culprit : NONE;
}

uint32_t
expr_decider(const struct expr *x, expr_value_fn *value, void *arg,
    struct wall now)
{
	return run(x, value, arg, now).culprit;
}

const uint32_t *
expr_tags(const struct expr *x, unsigned *n)
{
	*n = x->n_tags;
	return x->tags;
}

uint32_t
expr_is_tag(const struct expr *x)
{
	return x->n_ops == 1 && x->ops[0].code == EXPR_TAG ? x->ops[0].tag
							   : NONE;
}

bool
expr_is_constant(const struct expr *x, double *number)
{
	struct cell c;

	if (x->n_tags > 0 || x->uses_age)
		return false;
	c = run(x, NULL, NULL, (struct wall){ 0 });
	if (isnan(c.n))
		return false;
	*number = c.n;
	return true;
}

bool
expr_uses_age(const struct expr *x)
{
	return x->uses_age;
}

const char *
expr_text(const struct expr *x)
{
	return x->text;
}
