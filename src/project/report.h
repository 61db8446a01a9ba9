/* SPDX-License-Identifier: ISC */
/*
 * report.h - everything that is wrong with a project, not only the first.
 *
 * A problem stands at a place (file, line, for screens a column) and is said
 * once, however many objects share the line. Texts are terminal-safe: what
 * they quote from a file is cleaned. Printed sorted by place.
 */
#ifndef PROJECT_REPORT_H
#define PROJECT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"

#define REPORT_MAX 10000	/* problems kept; the rest is only counted */
#define REPORT_SEARCHES 100

struct place {
	uint16_t file;		/* of report_file() */
	uint16_t column;	/* from 1; 0 = not said */
	uint32_t line;		/* from 1; 0 = the file as a whole */
};

struct problem {
	const char *file;
	const char *text;
	uint32_t line, column;
	bool warning;
};

struct report {
	struct arena *arena;
	VEC(const char *) files;
	VEC(struct problem) problems;
	unsigned errors, warnings, left_out;
	unsigned searches;	/* for "did you mean", made so far */
};

void report_init(struct report *r);
void report_fini(struct report *r);
/* The number of a file, by its name relative to the project. */
uint16_t report_file(struct report *r, const char *name);
void report_error(struct report *r, struct place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_warning(struct report *r, struct place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * Is a search among all tags still worth it? A project with thousands of
 * unknown names gets suggestions for the first ones only.
 */
bool report_may_search(struct report *r);
/* Sorts, and drops what was said twice; then errors and warnings are true. */
void report_sort(struct report *r);
/*
 * `DIR/FILE:LINE: error: TEXT` a line, then `3 errors, 1 warning`. Without a
 * directory (NULL) the names stand alone.
 */
void report_print(struct report *r, const char *dir, struct buf *out);

#endif
