/* SPDX-License-Identifier: ISC */
#include "project/lex.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


enum token {
	TOKEN_END = 0,
	TOKEN_NAME = 'n',
	TOKEN_BOOL = 'b',
	TOKEN_TEXT = 't',
	TOKEN_INT = 'i',
	TOKEN_REAL = 'r',
	TOKEN_WRONG = 'w',	/* already said */
	/* and = : ; , } ] ) as themselves */
	TOKEN_GROUP = '{',
	TOKEN_ARRAY = '[',
	TOKEN_LIST = '('
};

struct piece {
	const char *at;
	size_t len;
};

struct lexer {
	const char *p, *end;
	struct place here;	/* of p; column counts characters */
	bool columns;
	struct lexed *out;
	struct report *report;
	enum token token;	/* the present one, not yet passed on */
	struct piece text;
	struct place at;
	int depth;
};

static struct place
shown(const struct lexer *l, struct place at)
{
	if (!l->columns)
		at.column = 0;
	return at;
}

/* A syntax error: said, and the end of the file as far as we are concerned. */
#define broken(l, place, ...)                                                  \
	do {                                                                   \
		if (!(l)->out->broken)                                         \
			report_error((l)->report, shown(l, place),             \
			    __VA_ARGS__);                                      \
		(l)->out->broken = true;                                       \
		(l)->token = TOKEN_WRONG;                                      \
	} while (0)

static void
step(struct lexer *l)
{
	if (*l->p == '\n') {
		l->here.line++;
		l->here.column = 1;
		buf_char(&l->out->text, '\n');
	} else if (((unsigned char)*l->p & 0xc0) != 0x80) {
		l->here.column++;
	}
	l->p++;
}

static bool
starts(const struct lexer *l, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(l->end - l->p) >= n && memcmp(l->p, with, n) == 0;
}

static void
skip_comment(struct lexer *l)
{
	struct place at = l->here;

	if (!starts(l, "/*")) {
		while (l->p < l->end && *l->p != '\n')
			step(l);
		return;
	}
	while (l->p < l->end && !starts(l, "*/"))
		step(l);
	if (l->p == l->end) {
		broken(l, at, "the comment is not closed");
		return;
	}
	step(l);
	step(l);
}

/* @include is refused: said, and its line taken as a comment. */
static void
skip_include(struct lexer *l)
{
	report_error(l->report, shown(l, l->here),
	    "@include is not allowed: a project is its own files only");
	while (l->p < l->end && *l->p != '\n')
		step(l);
}

static void
skip_blanks(struct lexer *l)
{
	while (l->p < l->end && !l->out->broken) {
		if (strchr(" \t\n", *l->p) != NULL && *l->p != '\0')
			step(l);
		else if (*l->p == '#' || starts(l, "//") || starts(l, "/*"))
			skip_comment(l);
		else if (starts(l, "@include"))
			skip_include(l);
		else
			break;
	}
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

static void
take_word(struct lexer *l)
{
	while (l->p < l->end &&
	    (is_letter(*l->p) || is_digit(*l->p) || *l->p == '_' ||
		*l->p == '-'))
		step(l);
	l->text.len = (size_t)(l->p - l->text.at);
	l->token = TOKEN_NAME;
	if ((l->text.len == 4 && strncasecmp(l->text.at, "true", 4) == 0) ||
	    (l->text.len == 5 && strncasecmp(l->text.at, "false", 5) == 0))
		l->token = TOKEN_BOOL;
}

static void
take_text(struct lexer *l)
{
	step(l);
	while (l->p < l->end && *l->p != '"' && *l->p != '\n') {
		if (starts(l, "\\x00"))	/* the rest would be lost */
			report_error(l->report, shown(l, l->here),
			    "\\x00 is no character");
		if (*l->p == '\\' && l->p + 1 < l->end && l->p[1] != '\n')
			step(l);
		step(l);
	}
	if (l->p == l->end || *l->p == '\n') {
		broken(l, l->at, "the text is not closed: a quote is missing");
		return;
	}
	step(l);
	l->text.len = (size_t)(l->p - l->text.at);
	l->token = TOKEN_TEXT;
}

static void
take_number(struct lexer *l)
{
	while (l->p < l->end &&
	    (is_letter(*l->p) || is_digit(*l->p) || *l->p == '.' ||
		*l->p == '+' || *l->p == '-'))
		step(l);
	l->text.len = (size_t)(l->p - l->text.at);
	l->token = TOKEN_INT;
	if (l->text.len > 2 && (l->text.at[1] == 'x' || l->text.at[1] == 'X'))
		return;
	if (memchr(l->text.at, '.', l->text.len) != NULL ||
	    memchr(l->text.at, 'e', l->text.len) != NULL ||
	    memchr(l->text.at, 'E', l->text.len) != NULL)
		l->token = TOKEN_REAL;
}

static void
advance(struct lexer *l)
{
	skip_blanks(l);
	if (l->out->broken)
		return;
	l->at = l->here;
	l->text = (struct piece){ l->p, 0 };
	if (l->p == l->end) {
		l->token = TOKEN_END;
	} else if (is_letter(*l->p)) {
		take_word(l);
	} else if (*l->p == '"') {
		take_text(l);
	} else if (is_digit(*l->p) || *l->p == '-' || *l->p == '+' ||
	    *l->p == '.') {
		take_number(l);
	} else if (strchr("=:;,{}[]()", *l->p) != NULL) {
		l->token = (enum token)(unsigned char)*l->p;
		step(l);
		l->text.len = 1;
	} else {
		broken(l, l->at, "an unexpected character");
	}
}

static void
emit(struct lexer *l, const char *text, size_t len)
{
	buf_add(&l->out->text, text, len);
	buf_char(&l->out->text, ' ');
}

#define QUOTE_MAX 40
static int
quoted(const struct lexer *l)
{
	return l->text.len < QUOTE_MAX ? (int)l->text.len : QUOTE_MAX;
}

static void
pass_int(struct lexer *l)
{
	char text[80], *end, out[32];
	long long n;
	size_t digits, len = l->text.len;
	int base = 10;

	if (len >= sizeof(text))
		len = sizeof(text) - 1;
	memcpy(text, l->text.at, len);
	text[len] = '\0';
	digits = strcspn(text, "0123456789");
	if (text[digits] == '0' && (text[digits + 1] | 0x20) == 'x')
		base = 16;
	else if (text[digits] == '0' && is_digit(text[digits + 1]))
		base = 0;	/* refused below */
	errno = 0;
	n = strtoll(text, &end, base ? base : 10);
	if (end == text || (*end != '\0' && strcmp(end, "L") != 0 &&
		strcmp(end, "LL") != 0)) {
		broken(l, l->at, "\"%.*s\" is not a number%s", quoted(l),
		    l->text.at, is_letter(*end) ?
		    "; a duration or a text stands in quotes" : "");
		return;
	}
	if (errno == ERANGE || base == 0) {
		report_error(l->report, shown(l, l->at),
		    errno == ERANGE ? "the number %.*s does not fit 64 bits"
				    : "the number %.*s begins with 0",
		    quoted(l), l->text.at);
		vec_push(&l->out->repaired, l->at.line);
		n = 0;
	}
	len = (size_t)snprintf(out, sizeof(out), "%lld%s", n,
	    n > INT32_MAX || n < INT32_MIN ? "L" : "");
	emit(l, out, len);
}

static void
pass_real(struct lexer *l)
{
	char text[80], *end;
	size_t len = l->text.len;
	double x;

	if (len >= sizeof(text))
		len = sizeof(text) - 1;
	memcpy(text, l->text.at, len);
	text[len] = '\0';
	x = strtod(text, &end);
	if (*end != '\0' || len != l->text.len ||
	    strcspn(text, "0123456789") == len) {
		broken(l, l->at, "\"%.*s\" is not a number", quoted(l),
		    l->text.at);
		return;
	}
	if (!isfinite(x)) {
		report_error(l->report, shown(l, l->at),
		    "the number %.*s is too large", quoted(l), l->text.at);
		vec_push(&l->out->repaired, l->at.line);
		emit(l, "0.0", 3);
		return;
	}
	emit(l, text, len);
}

static void pass_value(struct lexer *l, enum token *class);

static char
closing(enum token open)
{
	return open == '{' ? '}' : open == '[' ? ']' : ')';
}

/* Said once for the innermost bracket that is open at the end of the file. */
static void
unclosed(struct lexer *l, enum token open, struct place at)
{
	if (l->columns)
		broken(l, at, "the \"%c\" is not closed", open);
	else
		broken(l, at, "the \"%c\" of this line is not closed", open);
}

static void
pass_items(struct lexer *l, enum token open, struct place opened)
{
	enum token class, first = TOKEN_END;
	struct place comma = { 0 };
	bool mixed = false;

	emit(l, "(", 1);
	advance(l);
	while (l->token != (enum token)closing(open)) {
		if (l->token == TOKEN_END) {
			unclosed(l, open, opened);
			return;
		}
		pass_value(l, &class);
		if (l->out->broken)
			return;
		if (first == TOKEN_END)
			first = class;
		mixed |= open == '[' && (class != first || class == '{' ||
		    class == '(' || class == '[');
		if (l->token != ',')
			break;
		comma = l->at;
		advance(l);
		if (l->token == (enum token)closing(open))
			report_error(l->report, shown(l, comma),
			    "a comma after the last item");
		else
			emit(l, ",", 1);
	}
	if (l->token != (enum token)closing(open)) {
		if (l->token == TOKEN_END)
			unclosed(l, open, opened);
		else
			broken(l, l->at, "expected \",\" or \"%c\" before "
			    "\"%.*s\"", closing(open), quoted(l), l->text.at);
		return;
	}
	if (mixed)
		report_error(l->report, shown(l, opened),
		    "[ ] holds values of one type only; write ( ) around "
		    "mixed ones");
	emit(l, ")", 1);
	advance(l);
}

struct key_seen {
	struct piece text;
	uint32_t line;
};
struct keys_seen {
	VEC(struct key_seen) all;
};

static void
pass_key(struct lexer *l, struct keys_seen *seen)
{
	unsigned most = l->columns ? LEX_KEYS_BIND : LEX_KEYS;
	size_t i;

	vec_push(&l->out->columns, l->at.column);
	for (i = 0; i < seen->all.n; i++) {
		struct key_seen *k = &seen->all.at[i];

		if (k->text.len != l->text.len ||
		    memcmp(k->text.at, l->text.at, l->text.len) != 0)
			continue;
		report_error(l->report, shown(l, l->at),
		    "repeated key \"%.*s\"; it stands in line %u already",
		    quoted(l), l->text.at, k->line);
		/* a name that nobody can write, so that readers pass over it */
		buf_printf(&l->out->text, "**%zu ", l->out->columns.n);
		return;
	}
	if (seen->all.n == most) {
		broken(l, l->at, "more than %u keys in one group", most);
		return;
	}
	vec_push(&seen->all, ((struct key_seen){ l->text, l->at.line }));
	emit(l, l->text.at, l->text.len);
}

static void
pass_setting(struct lexer *l, struct keys_seen *seen)
{
	struct lexer key = *l;
	enum token class;

	pass_key(l, seen);
	advance(l);
	if (l->token != '=' && l->token != ':') {
		broken(l, key.at, "expected \"=\" after \"%.*s\"",
		    quoted(&key), key.text.at);
		return;
	}
	emit(l, "=", 1);
	advance(l);
	pass_value(l, &class);
	if (l->token == ';' || l->token == ',')
		advance(l);
	emit(l, ";", 1);
}

static void
pass_settings(struct lexer *l, enum token until, struct place opened)
{
	struct keys_seen seen = { 0 };

	while (l->token != until && !l->out->broken) {
		if (l->token == TOKEN_NAME)
			pass_setting(l, &seen);
		else if (l->token == TOKEN_END)
			unclosed(l, '{', opened);
		else if (l->token != TOKEN_WRONG)
			broken(l, l->at, "expected a key before \"%.*s\"",
			    quoted(l), l->text.at);
	}
	vec_free(&seen.all);
}

static void
pass_bracket(struct lexer *l)
{
	enum token open = l->token;
	struct place at = l->at;

	if (++l->depth > LEX_DEPTH) {
		broken(l, l->at, "nested more than %d deep", LEX_DEPTH);
	} else if (open == '{') {
		emit(l, "{", 1);
		advance(l);
		pass_settings(l, '}', at);
		emit(l, "}", 1);
		if (!l->out->broken)
			advance(l);
	} else {
		pass_items(l, open, at);
	}
	l->depth--;
}

static void
pass_value(struct lexer *l, enum token *class)
{
	*class = l->token;
	switch (l->token) {
	case TOKEN_TEXT:
		while (l->token == TOKEN_TEXT) {
			emit(l, l->text.at, l->text.len);
			advance(l);
		}
		return;
	case TOKEN_INT:
		pass_int(l);
		break;
	case TOKEN_REAL:
		pass_real(l);
		break;
	case TOKEN_BOOL:
		emit(l, l->text.at, l->text.len);
		break;
	case TOKEN_GROUP:
	case TOKEN_ARRAY:
	case TOKEN_LIST:
		pass_bracket(l);
		return;
	case TOKEN_NAME:
		broken(l, l->at, "\"%.*s\" is not a value; a text stands in "
		    "quotes", quoted(l), l->text.at);
		return;
	case TOKEN_END:
		broken(l, l->at, "the file ends where a value is expected");
		return;
	case TOKEN_WRONG:
		return;
	default:
		broken(l, l->at, "expected a value before \"%.*s\"",
		    quoted(l), l->text.at);
		return;
	}
	if (!l->out->broken)
		advance(l);
}

void
lex(struct lexed *out, const char *text, size_t len, struct place at,
    struct report *r)
{
	struct lexer l = { .p = text, .end = text + len, .here = at,
		.columns = at.column != 0, .out = out, .report = r };

	*out = (struct lexed){ 0 };
	if (l.here.column == 0)
		l.here.column = 1;
	advance(&l);
	pass_settings(&l, TOKEN_END, at);
}

void
lex_fini(struct lexed *x)
{
	buf_free(&x->text);
	vec_free(&x->columns);
	vec_free(&x->repaired);
}
