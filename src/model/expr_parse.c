/* SPDX-License-Identifier: ISC */
/*
 * expr_parse.c - from text to postfix, by recursive descent.
 *
 *   expression = otherwise [ "?" expression ":" expression ]
 *   otherwise  = or { "else" or }
 *   or         = and { "or" and }
 *   and        = not { "and" not }
 *   not        = "not" not | comparison
 *   comparison = sum [ ( < <= > >= == != ) sum ]
 *   sum        = product { ( + - ) product }
 *   product    = factor { ( * / ) factor }
 *   factor     = "-" factor | number | tag | true | false
 *              | function "(" expression { "," expression } ")"
 *              | "(" expression ")"
 *
 * So `a + b else 0` is (a + b) else 0, and `not a > b` is not (a > b).
 * Recursion is bounded by NESTING, the stack of the evaluation by EXPR_STACK.
 */
#include <string.h>

#include "model/expr.h"
#include "model/expr_code.h"
#include "model/expr_token.h"
#include "model/plant.h"

#define NESTING 64
#define MINUS_RULE "a minus next to a tag needs blanks on both sides"

struct parser {
	struct lexer lexer;
	unsigned nesting, height;
	bool unknown, uses_age;
	expr_find_fn *find;
	void *arg;
	unsigned n_ops, n_tags;
	struct expr_op ops[EXPR_OPS];
	uint32_t tags[EXPR_OPS];
};

#define FAIL(p, ...) token_fail(&(p)->lexer, __VA_ARGS__)

static bool expression(struct parser *p);

static void
next(struct parser *p)
{
	token_next(&p->lexer);
}

static bool
expect(struct parser *p, int token)
{
	if (p->lexer.token != token)
		return FAIL(p, p->lexer.start, "%c is missing here", token);
	next(p);
	return !p->lexer.failed;
}

static bool
emit(struct parser *p, struct expr_op op)
{
	static const signed char heights[] = {
#define X(id, height) [EXPR_##id] = height,
		EXPR_CODES(X)
#undef X
	};

	if (p->lexer.failed)
		return false;
	if (p->n_ops == EXPR_OPS)
		return FAIL(
		    p, p->lexer.start, "longer than %d operations", EXPR_OPS);
	p->ops[p->n_ops++] = op;
	p->height += (unsigned)heights[op.code];
	if (p->height > EXPR_STACK)
		return FAIL(p, p->lexer.start, "nested too deeply");
	return true;
}

static bool
emit_code(struct parser *p, enum expr_code code)
{
	return emit(p, (struct expr_op){ .code = (uint8_t)code });
}

static bool
emit_number(struct parser *p, enum expr_code code, double number)
{
	return emit(
	    p, (struct expr_op){ .code = (uint8_t)code, .number = number });
}

/* `LT-501.pv-3` reads as one name: the minus behind its signal is the error. */
static const char *
lost_minus(const char *name, size_t len)
{
	const char *s = memchr(name, '.', len);

	return s == NULL ? NULL : memchr(s, '-', len - (size_t)(s - name));
}

/* One tag is one operation at least, so the array cannot overflow before
 * emit() refuses. */
static void
remember(struct parser *p, uint32_t slot)
{
	for (unsigned i = 0; i < p->n_tags; i++)
		if (p->tags[i] == slot)
			return;
	if (p->n_tags < EXPR_OPS)
		p->tags[p->n_tags++] = slot;
}

static bool
tag(struct parser *p, const char *name, size_t len)
{
	const char *minus;
	uint32_t slot = len > PLANT_NAME_MAX ? NONE
					     : p->find(p->arg, name, len);

	if (slot == NONE) {
		minus = lost_minus(name, len);
		if (minus != NULL)
			return FAIL(p, minus, MINUS_RULE);
		p->unknown = !p->lexer.failed;
		return FAIL(p, name, "unknown tag \"%.*s\"",
		    len > PLANT_NAME_MAX ? PLANT_NAME_MAX : (int)len, name);
	}
	remember(p, slot);
	return emit(p, (struct expr_op){ .code = EXPR_TAG, .tag = slot });
}

struct builtin {
	const char *name;
	enum expr_code code;
	bool many;		/* two arguments or more; else one */
};

static const struct builtin builtins[] = {
	{ "min", EXPR_MIN, true },
	{ "max", EXPR_MAX, true },
	{ "abs", EXPR_ABS, false },
	{ "good", EXPR_GOOD, false },
	{ "age", EXPR_AGE, false },
};

static const struct builtin *
builtin_of(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (strlen(builtins[i].name) == len &&
		    memcmp(builtins[i].name, name, len) == 0)
			return &builtins[i];
	return NULL;
}

/* From "(" on. */
static bool
call(struct parser *p, const char *name, size_t len)
{
	const struct builtin *f = builtin_of(name, len);
	unsigned n = 1;

	if (f == NULL)
		return FAIL(p, name, "there is no such function");
	p->uses_age |= f->code == EXPR_AGE;
	next(p);
	if (!expression(p))
		return false;
	for (; f->many && p->lexer.token == ','; n++) {
		next(p);
		if (!expression(p) || !emit_code(p, f->code))
			return false;
	}
	if (f->many && n < 2)
		return FAIL(p, p->lexer.start, "%s needs two or more", f->name);
	if (!f->many && !emit_code(p, f->code))
		return false;
	return expect(p, ')');
}

static bool
named(struct parser *p)
{
	const char *name = p->lexer.start;
	size_t len = (size_t)(p->lexer.at - name);

	next(p);
	if (p->lexer.token == '(')
		return call(p, name, len);
	return !p->lexer.failed && tag(p, name, len);
}

static bool
operand(struct parser *p)
{
	switch (p->lexer.token) {
	case T_NUMBER:
		if (!emit_number(p, EXPR_NUMBER, p->lexer.number))
			return false;
		break;
	case T_TRUE:
	case T_FALSE:
		if (!emit_number(p, EXPR_BOOL, p->lexer.token == T_TRUE))
			return false;
		break;
	case T_NAME:
		return named(p);
	case '(':
		next(p);
		return expression(p) && expect(p, ')');
	case T_END:
		return FAIL(p, p->lexer.start, "an operand is missing here");
	default:
		return FAIL(p, p->lexer.start, "an operand is expected here");
	}
	next(p);
	return !p->lexer.failed;
}

/* Prefixes are counted, not recursed into. */
static bool
factor(struct parser *p)
{
	bool negative = false;
	unsigned from;

	for (; p->lexer.token == '-'; next(p))
		negative = !negative;
	from = p->n_ops;
	if (!operand(p))
		return false;
	if (!negative)
		return true;
	if (p->n_ops == from + 1 && p->ops[from].code == EXPR_NUMBER) {
		p->ops[from].number = -p->ops[from].number;
		return true;
	}
	return emit_code(p, EXPR_NEGATE);
}

#define LEVEL_NOT 2
#define LEVEL_COMPARE 3
#define LEVEL_FACTOR 6

static const struct infix {
	int token;
	enum expr_code code;
	int level;
} infixes[] = {
	{ T_OR, EXPR_OR, 0 },
	{ T_AND, EXPR_AND, 1 },
	{ '<', EXPR_LESS, LEVEL_COMPARE },
	{ T_LESS_EQUAL, EXPR_LESS_EQUAL, LEVEL_COMPARE },
	{ '>', EXPR_GREATER, LEVEL_COMPARE },
	{ T_GREATER_EQUAL, EXPR_GREATER_EQUAL, LEVEL_COMPARE },
	{ T_EQUAL, EXPR_EQUAL, LEVEL_COMPARE },
	{ T_NOT_EQUAL, EXPR_NOT_EQUAL, LEVEL_COMPARE },
	{ '+', EXPR_ADD, 4 },
	{ '-', EXPR_SUBTRACT, 4 },
	{ '*', EXPR_MULTIPLY, 5 },
	{ '/', EXPR_DIVIDE, 5 },
};

static const struct infix *
infix_of(const struct parser *p, int level)
{
	for (size_t i = 0; i < sizeof(infixes) / sizeof(infixes[0]); i++)
		if (infixes[i].token == p->lexer.token &&
		    infixes[i].level == level)
			return &infixes[i];
	return NULL;
}

/* P-101A is a name: a minus that touches a tag is asking for trouble. */
static bool
check_minus(struct parser *p)
{
	if (token_touches(&p->lexer))
		return FAIL(p, p->lexer.start, MINUS_RULE);
	return true;
}

static bool
binary(struct parser *p, int level)
{
	const struct infix *o;
	bool negated = false;

	if (level == LEVEL_FACTOR)
		return factor(p);
	for (; level == LEVEL_NOT && p->lexer.token == T_NOT; next(p))
		negated = !negated;
	if (!binary(p, level + 1))
		return false;
	while ((o = infix_of(p, level)) != NULL) {
		if (!check_minus(p))
			return false;
		next(p);
		if (!binary(p, level + 1) || !emit_code(p, o->code))
			return false;
		if (level == LEVEL_COMPARE && infix_of(p, level) != NULL)
			return FAIL(p, p->lexer.start,
			    "compare two at a time, joined by and");
	}
	return !negated || emit_code(p, EXPR_NOT);
}

static bool
otherwise(struct parser *p)
{
	if (!binary(p, 0))
		return false;
	while (p->lexer.token == T_ELSE) {
		next(p);
		if (!binary(p, 0) || !emit_code(p, EXPR_ELSE))
			return false;
	}
	return true;
}

static bool
expression(struct parser *p)
{
	bool ok;

	if (p->nesting == NESTING)
		return FAIL(p, p->lexer.start, "nested too deeply");
	p->nesting++;
	ok = otherwise(p);
	if (ok && p->lexer.token == '?') {
		next(p);
		ok = expression(p) && expect(p, ':') && expression(p) &&
		    emit_code(p, EXPR_CHOOSE);
	}
	p->nesting--;
	return ok;
}

static struct expr *
build(struct arena *a, const struct parser *p)
{
	size_t bytes = p->n_ops * sizeof(p->ops[0]);
	struct expr *x = arena_take(a, 1, sizeof(*x) + bytes);

	x->text = arena_text(a, p->lexer.text);
	x->tags = arena_copy(a, p->tags, p->n_tags, sizeof(p->tags[0]));
	x->n_tags = p->n_tags;
	x->n_ops = p->n_ops;
	x->uses_age = p->uses_age;
	memcpy(x->ops, p->ops, bytes);
	return x;
}

struct expr *
expr_parse(struct arena *a, const char *text, expr_find_fn *find, void *arg,
    int *column, bool *unknown, struct err *e)
{
	struct parser p = { .lexer = { .text = text, .at = text, .err = e },
		.find = find,
		.arg = arg };

	token_next(&p.lexer);
	if (expression(&p) && p.lexer.token != T_END)
		FAIL(&p, p.lexer.start, "an operator is missing here");
	if (column != NULL)
		*column = p.lexer.column;
	if (unknown != NULL)
		*unknown = p.unknown;
	return p.lexer.failed ? NULL : build(a, &p);
}

struct expr *
expr_constant(struct arena *a, double number)
{
	struct parser p = { .n_ops = 1 };
	char text[32];

	p.ops[0] = (struct expr_op){ .code = EXPR_NUMBER, .number = number };
	p.lexer.text = real_print(text, number);
	return build(a, &p);
}
