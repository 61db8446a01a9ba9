/* SPDX-License-Identifier: ISC */
/* help.h - what can be typed, for people; all of it from the tables. */
#ifndef VERB_HELP_H
#define VERB_HELP_H

#include "base/buf.h"
#include "base/err.h"
#include "verb/phrase.h"

/* All verbs, the options that all have, the exit codes. */
void help_general(struct buf *out);
void help_phrase(struct buf *out, const struct phrase *p);
/* One line: usage: sightglass VERB ... */
void help_usage(struct buf *out, const struct phrase *p);
/* `help [VERB..]`: the verb, or the verbs of a group; -1 if there is none. */
int help_words(
    struct buf *out, const char *const *words, size_t n, struct err *e);

/* What an option or word of a verb means; NULL if its name says it. */
const char *help_parameter(enum parameter which);
const char *help_exit_code(unsigned code);	/* NULL: no such code */

#endif
