/* SPDX-License-Identifier: ISC */
/*
 * complete.h - the words that may come next, for a shell or a console.
 */
#ifndef VERB_COMPLETE_H
#define VERB_COMPLETE_H

#include "base/buf.h"
#include "wire/verbs.h"

/* Names that only the core knows. */
enum complete_names {
	COMPLETE_NONE,
	COMPLETE_TAGS,
	COMPLETE_ALARMS,
	COMPLETE_USERS
};

/*
 * words[0..n) is the line so far; the last one, perhaps "", is to be
 * completed. Adds the words that fit to out, one a line, sorted as help is;
 * says which names of the core would fit as well, for the caller to ask.
 */
enum complete_names complete_words(
    struct buf *out, const char *const *words, size_t n);

#endif
