/* SPDX-License-Identifier: ISC */
#include "base/near.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/language.h"

#define LENGTH_MAX 64

/* Letters changed, added, lost or swapped with their neighbour. */
static unsigned
distance_of(const char *a, const char *b)
{
	unsigned row[3][LENGTH_MAX + 1], cost, best;
	size_t n = strlen(a), m = strlen(b), i, j;
	unsigned *above, *here, *two;

	if (n > LENGTH_MAX || m > LENGTH_MAX)
		return strcasecmp(a, b) == 0 ? 1 : LENGTH_MAX;
	for (j = 0; j <= m; j++)
		row[0][j] = (unsigned)j;
	for (i = 1; i <= n; i++) {
		here = row[i % 3];
		above = row[(i + 2) % 3];
		two = row[(i + 1) % 3];
		here[0] = (unsigned)i;
		for (j = 1; j <= m; j++) {
			cost = a[i - 1] != b[j - 1];
			best = above[j - 1] + cost;
			best = above[j] + 1 < best ? above[j] + 1 : best;
			best = here[j - 1] + 1 < best ? here[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && two[j - 2] + 1 < best)
				best = two[j - 2] + 1;
			here[j] = best;
		}
	}
	return strcasecmp(a, b) == 0 ? 1 : row[n % 3][m];
}

void
near_offer(const char *text, const char *candidate, const char **best,
    unsigned *distance)
{
	size_t len = strlen(text);
	size_t other = strlen(candidate);
	unsigned limit = len <= 3 ? 1 : len <= 6 ? 2 : 3, d;

	if (len > other + limit || other > len + limit)
		return;
	d = distance_of(text, candidate);

	if (d > limit || d >= other)
		return;
	if (*best == NULL || d < *distance) {
		*best = candidate;
		*distance = d;
	}
}

const char *
near_say(char dst[NEAR_CAP], const char *best)
{
	dst[0] = '\0';
	if (best != NULL)
		snprintf(dst, NEAR_CAP, _("; did you mean \"%s\"?"), best);
	return dst;
}

const char *
near_text(char dst[NEAR_CAP], const char *best)
{
	dst[0] = '\0';
	if (best != NULL)
		snprintf(dst, NEAR_CAP, "; did you mean \"%s\"?", best);
	return dst;
}
