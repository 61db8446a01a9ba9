/* SPDX-License-Identifier: ISC */
/*
 * lex.h - reads libconfig's grammar before libconfig does.
 *
 * libconfig wraps integers silently, follows @include, stops at its first
 * error and says only "syntax error". Here every repeated key, integer outside
 * int64, mixed [ ], comma after the last item and nesting over 8 is said with
 * its place and repaired in what libconfig gets to read; a real syntax error
 * is said once and ends the file. Integers come out in decimal with the L that
 * libconfig needs, [ ] as ( ).
 */
#ifndef PROJECT_LEX_H
#define PROJECT_LEX_H

#include "base/buf.h"
#include "base/vec.h"
#include "project/report.h"

#define LEX_DEPTH 8
#define LEX_KEYS 128		/* in one group: libconfig is quadratic in them */
#define LEX_KEYS_BIND 600	/* of a screen, whose columns are wanted */

struct lexed {
	struct buf text;	/* for libconfig, line by line as it was */
	VEC(uint16_t) columns;	/* of the keys, in the order of the text */
	VEC(uint32_t) repaired;	/* lines on which a number was replaced */
	bool broken;		/* syntax error: text must not be used */
};

/* at is the place of the first character; columns are said if it has one. */
void lex(struct lexed *out, const char *text, size_t len, struct place at,
    struct report *r);
void lex_fini(struct lexed *x);

#endif
