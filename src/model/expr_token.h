/* SPDX-License-Identifier: ISC */
/*
 * expr_token.h - the words of an expression. Of this room alone.
 *
 * The first error stands: it is told once, and from then on the token is
 * T_WRONG, which nothing expects.
 */
#ifndef MODEL_EXPR_TOKEN_H
#define MODEL_EXPR_TOKEN_H

#include <stdbool.h>

#include "base/err.h"

enum token {		/* or a character that stands for itself */
	T_END = 256,
	T_NUMBER,
	T_NAME,
	T_LESS_EQUAL,
	T_GREATER_EQUAL,
	T_EQUAL,
	T_NOT_EQUAL,
	T_AND,
	T_OR,
	T_NOT,
	T_ELSE,
	T_TRUE,
	T_FALSE,
	T_WRONG		/* an error was told */
};

struct lexer {
	const char *text, *at;	/* at: behind the present token */
	int token;
	const char *start;	/* of the present token */
	const char *name_end;	/* of the token before, if it was a name */
	double number;
	bool failed;
	int column;		/* of the error, from 1 */
	struct err *err;
};

/* Steps to the next token. */
void token_next(struct lexer *l);
/* Tells an error at a place of the text; always false. */
bool token_fail(struct lexer *l, const char *place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Is this a minus that touches a name? P-101A is one: so it may be lost. */
bool token_touches(const struct lexer *l);

#endif
