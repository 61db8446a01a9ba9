/* SPDX-License-Identifier: ISC */
#include "model/expr_token.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 63		/* characters */

bool
token_fail(struct lexer *l, const char *place, const char *fmt, ...)
{
	char text[sizeof(l->err->text)];
	va_list ap;

	if (l->failed)
		return false;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	err_set(l->err, "%s", text);
	l->failed = true;
	l->column = (int)(place - l->text) + 1;
	l->token = T_WRONG;
	return false;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_letter(c) || is_digit(c) || c == '_';
}

/* A name may have minus signs inside: P-101A.run. */
static const char *
name_end(const char *s)
{
	while (is_word(*s) || *s == '.' || (*s == '-' && is_word(s[1])))
		s++;
	return s;
}

static int
name_token(struct lexer *l)
{
	static const struct {
		const char *word;
		int token;
	} words[] = { { "and", T_AND }, { "or", T_OR }, { "not", T_NOT },
		{ "else", T_ELSE }, { "true", T_TRUE }, { "false", T_FALSE } };
	size_t len;

	l->at = name_end(l->start);
	len = (size_t)(l->at - l->start);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (len == strlen(words[i].word) &&
		    memcmp(l->start, words[i].word, len) == 0)
			return words[i].token;
	return T_NAME;
}

static const char *
digits(const char *s)
{
	while (is_digit(*s))
		s++;
	return s;
}

static const char *
number_end(const char *s)
{
	const char *e;

	s = digits(s);
	if (*s == '.' && is_digit(s[1]))
		s = digits(s + 1);
	if (*s == 'e' || *s == 'E') {
		e = s[1] == '+' || s[1] == '-' ? s + 2 : s + 1;
		if (is_digit(*e))
			s = digits(e);
	}
	return s;
}

static int
number_token(struct lexer *l)
{
	char text[NUMBER_MAX + 1];
	size_t len;

	l->at = number_end(l->start);
	len = (size_t)(l->at - l->start);
	if (is_word(*l->at) || *l->at == '.' || len > NUMBER_MAX) {
		token_fail(l, l->start, "this is no number");
		return T_WRONG;
	}
	memcpy(text, l->start, len);
	text[len] = '\0';
	l->number = strtod(text, NULL);
	if (!isfinite(l->number)) {
		token_fail(l, l->start, "this number is too large");
		return T_WRONG;
	}
	return T_NUMBER;
}

static int
symbol_token(struct lexer *l)
{
	static const struct {
		char two[3];
		int token;
		const char *hint;
	} twos[] = {
		{ "<=", T_LESS_EQUAL, NULL }, { ">=", T_GREATER_EQUAL, NULL },
		{ "==", T_EQUAL, NULL }, { "!=", T_NOT_EQUAL, NULL },
		{ "&&", 0, "write and" }, { "||", 0, "write or" },
		{ "<>", 0, "write !=" }, { "=<", 0, "write <=" },
		{ "=>", 0, "write >=" },
	};
	const char *s = l->start;

	for (size_t i = 0; i < sizeof(twos) / sizeof(twos[0]); i++) {
		if (s[0] != twos[i].two[0] || s[1] != twos[i].two[1])
			continue;
		if (twos[i].hint != NULL) {
			token_fail(l, s, "%s", twos[i].hint);
			return T_WRONG;
		}
		l->at = s + 2;
		return twos[i].token;
	}
	if (strchr("+-*/()<>?:,", *s) != NULL) {
		l->at = s + 1;
		return *s;
	}
	if (*s == '=')
		token_fail(l, s, "= does not compare: write ==");
	else if (*s == '!')
		token_fail(l, s, "write not");
	else
		token_fail(l, s, "this character has no meaning here");
	return T_WRONG;
}

void
token_next(struct lexer *l)
{
	if (l->failed)
		return;
	l->name_end = l->token == T_NAME ? l->at : NULL;
	while (*l->at == ' ' || *l->at == '\t')
		l->at++;
	l->start = l->at;
	if (*l->start == '\0')
		l->token = T_END;
	else if (is_letter(*l->start))
		l->token = name_token(l);
	else if (is_digit(*l->start))
		l->token = number_token(l);
	else
		l->token = symbol_token(l);
}

bool
token_touches(const struct lexer *l)
{
	return l->token == '-' &&
	    (l->name_end == l->start || is_letter(l->start[1]));
}
