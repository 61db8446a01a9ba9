/* SPDX-License-Identifier: ISC */
/*
 * request.h - the words of a command line, understood.
 *
 * The same words mean the same locally and over ssh. Options may stand
 * anywhere; `--` ends them; a negative number is no option. Values are not
 * interpreted: they travel as they were typed. Words are borrowed.
 */
#ifndef VERB_REQUEST_H
#define VERB_REQUEST_H

#include "base/err.h"
#include "base/vec.h"
#include "verb/phrase.h"
#include "verb/usage.h"
#include "verb/writer.h"

struct argument {
	enum parameter which;
	const char *text;
};

struct request {
	const struct phrase *phrase;	/* NULL: no verb was given */
	struct usage usage;
	VEC(struct argument) arguments;	/* in the order of the words */
	const char *project;	/* a directory, or "-"; NULL: takes none */
	/* options of all verbs */
	const char *socket;	/* -s */
	const char *since, *until;
	unsigned long count;	/* -n; 0: all */
	enum format format;
	bool format_given, utc, no_header, quiet, help;
};

/* -1 with e: it is not understood; r->phrase is set as far as known. */
int request_parse(
    struct request *r, const char *const *words, size_t n, struct err *e);
void request_fini(struct request *r);
/* The first argument of this sort, borrowed; or NULL. */
const char *request_argument(const struct request *r, enum parameter which);
/* Does the core apply --since, --until and -n itself? Else the client. */
bool request_core_limits(const struct request *r);

#endif
