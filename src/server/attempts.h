/* SPDX-License-Identifier: ISC */
/*
 * attempts.h - how long a password has to wait before it is looked at.
 *
 * Counted per user name, whether there is such a user or not, and per place:
 * an address (of IPv6 its network of 64 bits), a tty. An attempt counts as
 * failed until it has been found to be right, so that many at once do not
 * count less than one after the other.
 *
 *	of one name	3 at once, then 1 s, 2 s, 4 s, and never more than 8 s
 *	from one place	10 at once, then 1 s, 2 s, .. and never more than 15 s
 *
 * Nobody is locked out: the right password only waits, and shorter than a
 * login may take. A right one forgets the failures of its name, and its own
 * of the place. What is 15 min old is forgotten.
 *
 * Pure: times are arguments. When the table is full the row with the fewest
 * failures is forgotten.
 */
#ifndef SERVER_ATTEMPTS_H
#define SERVER_ATTEMPTS_H

#include <stdbool.h>

#include "base/clock.h"

#define ATTEMPTS_ROWS 256
#define ATTEMPTS_KEY 72

struct attempts_table {
	struct attempts_row {
		char key[ATTEMPTS_KEY];
		unsigned failures;
		struct mono last;
	} rows[ATTEMPTS_ROWS];
	unsigned n;
};
struct attempts {
	struct attempts_table names, places;
};

/* Counts one, and says how long it waits. */
struct span attempts_begin(struct attempts *a, const char *name,
    const char *place, struct mono now);
/* That one was right. */
void attempts_right(
    struct attempts *a, const char *name, const char *place);
/* "10.0.5.7:51234" -> "10.0.5.7", "[fd00::1:2]:7" -> its network; what is no
 * address stays as it is. */
char *attempts_place(char dst[ATTEMPTS_KEY], const char *from);

#endif
