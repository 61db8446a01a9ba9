/* SPDX-License-Identifier: ISC */
/*
 * words.h - splits a command line into words as a shell would, without being
 * one: the line of `ssh plant VERB ...`, and what is typed behind a colon.
 *
 * 'as it stands', "with \" and \\", and a backslash before one character.
 * No variables, no patterns, no comments: $ * ? ~ # and the like are
 * themselves. Unquoted ; | & < > and a line's end would do something in a
 * shell and would be a silent surprise here, so they are errors. `--` is a
 * word like any other; the grammar decides.
 */
#ifndef VERB_WORDS_H
#define VERB_WORDS_H

#include "base/err.h"

#define WORDS_LINE_MAX 32768	/* bytes of a line */
#define WORDS_MAX 4096		/* words of a line */

struct words {
	char **at;		/* at[n] is NULL */
	unsigned n;
	char *room;		/* where the words stand */
};

/* 0, or -1 with e = "column 7: ..." (bytes, from 1) and w empty. Bytes other
 * than those above pass as they are; cleaning is for whoever shows them. */
int words_split(struct words *w, const char *line, struct err *e);
void words_free(struct words *w);

#endif
