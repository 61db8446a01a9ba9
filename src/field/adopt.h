/* SPDX-License-Identifier: ISC */
/*
 * adopt.h - a running line goes over to another plan (P20).
 *
 * A line whose own definition is the same keeps its connection. A device that
 * is the same keeps its condition and goes on being polled; if its points are
 * the same, too, its blocks and their times stay.
 *
 * Which tag stands behind a slot only the core knows: where it put bad(initial)
 * for a tag that is another one by P20, the same registers must be told once
 * more. So under a new plan the first read of every block is told as a whole,
 * changed or not; a value that the core has already disturbs nobody.
 *
 * Commands that were begun finish: their device is looked up by its name.
 */
#ifndef FIELD_ADOPT_H
#define FIELD_ADOPT_H

#include "field/channel.h"

struct adoption {
	uint32_t number;	/* counts the plans of this line, from 1 */
	uint32_t plan, index;
	const struct line *line;
	struct unit *units;	/* with def, index and points; owned */
	unsigned n;
};

/* Is it the same path with the same rules? */
bool adopt_is_same_line(const struct line *a, const struct line *b);

void adoption_free(struct adoption *a);	/* NULL is fine */
/* The channel's thread; takes the units of a. */
void adopt(struct channel *c, const struct adoption *a, struct mono now);

#endif
