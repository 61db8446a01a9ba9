/* SPDX-License-Identifier: ISC */
/*
 * expr.h - expressions over tags, in which quality is part of every operand.
 *
 *   numbers, true, false, tags by name, ( )
 *   + - * /   < <= > >= == !=   and or not   c ? a : b
 *   min(a,b..) max(a,b..) abs(a)   good(x) age(x)   x else y
 *
 * From weak to strong: ?:, else, or, and, not, one comparison, + -, * /, the
 * sign; so `a + b else 0` is (a + b) else 0. A minus that touches a tag is an
 * error, for `P-101A` is a name; `=` is one too.
 *
 * Arithmetic takes the worst quality of its operands. and, or, not are
 * three-valued: an operand that decides alone (a false of `and`, a true of
 * `or`) decides with its own quality, so good false and bad is good false. A
 * result that is no finite number is bad(range) without content; a text is
 * such a number. `x else y` is y when x is neither good nor uncertain, which
 * is what good(x) asks; age(x) is seconds, for expressions of the newest
 * operand; good(x) and age(x) are always good. The result is a VALUE_BOOL
 * where it is a condition, else a VALUE_REAL. Numbers are doubles: integers
 * beyond 2^53 are rounded. Compiled to
 * postfix of at most EXPR_OPS operations: no loops, no assignment, bounded.
 * A compiled expression is immutable; evaluation allocates nothing.
 */
#ifndef MODEL_EXPR_H
#define MODEL_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/mem.h"
#include "model/value.h"

#define EXPR_OPS 256

struct expr;

/* Resolves a name (len bytes) to a tag slot; NONE if there is no such tag. */
typedef uint32_t expr_find_fn(void *arg, const char *name, size_t len);
/* The present value of a tag. */
typedef const struct value *expr_value_fn(void *arg, uint32_t tag);

/*
 * Compiles into the arena. On error NULL, with *column (from 1) at the place
 * and e saying what is wrong there; for an unknown tag *unknown (may be NULL)
 * is set and the text is `unknown tag "x"`.
 */
struct expr *expr_parse(struct arena *a, const char *text, expr_find_fn *find,
    void *arg, int *column, bool *unknown, struct err *e);
struct expr *expr_constant(struct arena *a, double number);

/* now gives age(); the result's time is the newest of its operands. */
struct value expr_eval(
    const struct expr *x, expr_value_fn *value, void *arg, struct wall now);

/* The tags it reads, each once. */
const uint32_t *expr_tags(const struct expr *x, unsigned *n);
bool expr_is_constant(const struct expr *x, double *number);
/* Nothing but a tag: its slot, else NONE. */
uint32_t expr_is_tag(const struct expr *x);
bool expr_uses_age(const struct expr *x);	/* changes with time alone */
const char *expr_text(const struct expr *x);	/* as written */
/* The tag that makes the result worse than uncertain, or NONE: it is not, or
 * no tag is to blame (1/0). P14. */
uint32_t expr_culprit(const struct expr *x, expr_value_fn *value, void *arg,
    struct wall now);
/* The tag that makes the result what it is: of an `and` that is false the
 * first one that is, of an `or` that is true likewise. NONE: none alone. */
uint32_t expr_decider(const struct expr *x, expr_value_fn *value, void *arg,
    struct wall now);

#endif
