/* SPDX-License-Identifier: ISC */
#include "model/bypass.h"

#include <stdlib.h>
#include <string.h>

#include "model/expr.h"

int
bypass_can(const struct command *k, struct span length, struct err *e)
{
	if (k->safe)
		return err_set(e, "is safe: no interlock stops it");
	if (k->interlock == NULL)
		return err_set(e, "has no interlock");
	if (length.ms <= 0)
		return err_set(e, "it would end before it begins");
	if (length.ms > BYPASS_MOST_MS)
		return err_set(e, "at most for %d h",
		    (int)(BYPASS_MOST_MS / 3600000));
	return 0;
}

void
bypass_begin(struct bypass *b, const struct command *k, struct span length,
    struct mono now, struct wall wall)
{
	str_copy(b->command, k->name, sizeof(b->command));
	str_copy(b->interlock, expr_text(k->interlock), sizeof(b->interlock));
	b->since = wall;
	b->until = wall_add(wall, length);
	b->ends = mono_add(now, length);
}

void
bypass_restored(struct bypass *b, struct mono now, struct wall wall)
{
	int64_t left = b->until.ms - wall.ms,
		most = b->until.ms - b->since.ms;

	if (left > most)	/* the clock was set back meanwhile */
		left = most;
	if (left > BYPASS_MOST_MS)
		left = BYPASS_MOST_MS;
	b->ends = mono_add(now, (struct span){ left > 0 ? left : 0 });
}

bool
bypass_is_over(const struct bypass *b, struct mono now)
{
	return !mono_before(now, b->ends);
}

struct wall
bypass_until(const struct bypass *b, struct mono now, struct wall wall)
{
	struct wall until =
	    wall_add(wall, (struct span){ (b->ends.us - now.us) / 1000 });

	return llabs(until.ms - b->until.ms) > 1000 ? until : b->until;
}

bool
bypass_is_of(const struct bypass *b, const struct command *k)
{
	return !k->safe && k->interlock != NULL &&
	    strcmp(b->command, k->name) == 0 &&
	    strcmp(b->interlock, expr_text(k->interlock)) == 0;
}
