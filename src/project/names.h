/* SPDX-License-Identifier: ISC */
/*
 * names.h - names of one kind (areas, types, tags ..) with what they stand
 * for and where they were given; finds the nearest for "did you mean".
 *
 * The keys are borrowed and must outlive the table.
 */
#ifndef PROJECT_NAMES_H
#define PROJECT_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/near.h"
#include "base/vec.h"
#include "project/report.h"

struct name {
	const char *text;
	uint32_t index;
	struct place at;
};

struct names {
	const char *what;	/* "area": for messages */
	bool unsure;		/* its file is broken: say nothing of unknown ones */
	VEC(struct name) all;
	uint32_t *slots;	/* open addressing; index in all + 1, 0 is free */
	uint32_t mask;
};

void names_fini(struct names *t);
/* Adds; if the name is there already, says so in r and returns false. */
bool names_add(struct names *t, const char *text, uint32_t index,
    struct place at, struct report *r);
/* NULL if there is none; len bytes. */
const struct name *names_find(
    const struct names *t, const char *text, size_t len);
/*
 * The index of text, or UINT32_MAX after saying `unknown area "x"; did you
 * mean "y"?` at the place.
 */
uint32_t names_get(const struct names *t, const char *text, struct place at,
    struct report *r);

#endif
