/* SPDX-License-Identifier: ISC */
/*
 * usage.h - what a verb takes, read from its usage text in wire/verbs.h.
 *
 * The text that people read in the help is the grammar itself:
 *
 *   TAG                a word that must stand there
 *   TAG...             one or more         [PATTERN...]  none or more
 *   [ALARM|OBJECT] TEXT   the first only if there are two
 *   on|off             one of these words: the STATE that is wanted
 *   (+|-)ROLE...       words that begin with a sign
 *   DIR|-              a project: a directory, or a tar on standard input
 *   < KEY.pub          the text of KEY comes from standard input
 *   --name TEXT        an option that must be given
 *   [--area A]         one that may be, [--role R]... several times,
 *   [--ascii]          one without a value
 *
 * A word in capitals becomes the parameter of its name (VALUE, COMMAND,
 * ROLE ..), every other one a NAME; an option that of its own name. The texts
 * are ours: a wrong one is a bug.
 */
#ifndef VERB_USAGE_H
#define VERB_USAGE_H

#include "wire/verbs.h"

#define USAGE_PLACES 4
#define USAGE_OPTIONS 12

struct usage_place {
	char label[24];		/* TAG: for messages */
	enum parameter which;
	bool optional, repeated;
	bool signs;		/* its words begin with + or - */
	bool project;		/* a directory, or - */
};
struct usage_option {
	char name[20];		/* --area, -n */
	char label[24];		/* A; "" if it takes no value */
	enum parameter which;
	bool required, repeated;
};
struct usage {
	struct usage_place places[USAGE_PLACES];
	struct usage_option options[USAGE_OPTIONS];
	unsigned n_places, n_options;
	bool has_input;		/* a parameter is read from standard input */
	enum parameter input;
};

void usage_parse(struct usage *u, const char *text);
/* By its name with the dashes, len bytes; or NULL. */
const struct usage_option *usage_option(
    const struct usage *u, const char *name, size_t len);

#endif
