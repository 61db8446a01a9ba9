/* SPDX-License-Identifier: ISC */
/*
 * schema.h - what a key may hold; rows of tables (keys.h) from which come the
 * getters, unknown keys, defaults, csv columns and the man pages.
 */
#ifndef PROJECT_SCHEMA_H
#define PROJECT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/plant.h"
#include "project/report.h"

/* name, what the man pages call it */
#define FORMS(X)                                                               \
	X(INT, "integer")                                                      \
	X(REAL, "number")                                                      \
	X(BOOL, "true or false")                                               \
	X(STRING, "text")                                                      \
	X(NAME, "name")                                                        \
	X(TEXT, "text for people")	/* also { en = ..; de = ..; } */        \
	X(SPAN, "duration")                                                    \
	X(CLOCK, "time of day")		/* "06:00" */                          \
	X(WORD, "word")			/* one of a list: its index */         \
	X(KIND, "kind")			/* uint16, text:20 */                  \
	X(ADDRESS, "address")                                                  \
	X(EXPR, "expression")                                                  \
	X(LIMIT, "number or expression")                                       \
	X(NUMBER, "number, true or false")                                     \
	X(VALUE, "number, true, false or text")                                \
	X(STRINGS, "list of texts")                                            \
	X(WORDS, "list of words")	/* bits of their indexes */            \
	X(SPANS, "list of durations")                                          \
	X(REALS, "list of numbers")                                            \
	X(TEXTS, "list of texts for people")                                   \
	X(MARK, "address and integer")	/* ( "hr:2", 1042 ) */                 \
	X(GROUP, "group")                                                      \
	X(GROUPS, "list of groups")
enum form {
#define X(id, name) FORM_##id,
	FORMS(X)
#undef X
};

#define KEY_REQUIRED 1
#define KEY_NONE 2	/* a duration may also be "none" */
#define KEY_LATE 4	/* required once a type and what it extends are one */

struct schema;

struct key {
	const char *name;
	uint8_t form, flags;
	/* INT REAL: the value; SPAN SPANS: ms; STRING: bytes; others: items */
	double min, max;
	bool (*rule)(const char *);	/* NAME; else any plain text */
	const char *const *words;	/* WORD, WORDS: ended by NULL */
	const struct schema *group;	/* GROUP, GROUPS */
	const char *standard;		/* the default as text, or NULL */
	const char *help;
};

struct schema {
	const char *what;	/* "device" */
	const struct key *keys;
	unsigned n;
};

const char *form_name(enum form f);

#endif
