/* SPDX-License-Identifier: ISC */
/*
 * expr_code.h - what an expression is compiled to: postfix, without jumps.
 *
 * Every operand is evaluated, for nothing has an effect; so the depth of the
 * stack is known when the text is compiled and bounded there.
 */
#ifndef MODEL_EXPR_CODE_H
#define MODEL_EXPR_CODE_H

#include "model/expr.h"

#define EXPR_STACK 64

/* Each with what it does to the height of the stack. */
#define EXPR_CODES(X)                                                          \
	X(NUMBER, 1) X(BOOL, 1) X(TAG, 1)                                      \
	X(NEGATE, 0) X(NOT, 0) X(ABS, 0) X(GOOD, 0) X(AGE, 0)                  \
	X(ADD, -1) X(SUBTRACT, -1) X(MULTIPLY, -1) X(DIVIDE, -1)               \
	X(MIN, -1) X(MAX, -1)                                                  \
	X(LESS, -1) X(LESS_EQUAL, -1) X(GREATER, -1) X(GREATER_EQUAL, -1)      \
	X(EQUAL, -1) X(NOT_EQUAL, -1)                                          \
	X(AND, -1) X(OR, -1) X(ELSE, -1)                                       \
	X(CHOOSE, -2)
enum expr_code {
#define X(id, height) EXPR_##id,
	EXPR_CODES(X)
#undef X
};

struct expr_op {
	uint8_t code;	/* enum expr_code */
	union {
		double number;
		uint32_t tag;
	};
};

struct expr {
	const char *text;
	const uint32_t *tags;
	unsigned n_tags, n_ops;
	bool uses_age;
	struct expr_op ops[];
};

#endif
