/* SPDX-License-Identifier: ISC */
/*
 * tallies.h - what the core itself counts for tags that ask for it: how much
 * a counter counted since midnight (model/day_count.h), and how many alarms
 * came new in an area within a time.
 *
 * A day's count is kept in the state each minute and outlives a restart: the
 * counter's own difference fills the time between. An alarm counts when it is
 * annunciated as new, so not while it is inhibited (P8), folded or asks for
 * nothing (P27); the journal says which did, and after a restart the count
 * goes on with those. Where the journal itself is younger than the time that
 * is looked back, the number of new alarms is uncertain.
 */
#ifndef SERVER_TALLIES_H
#define SERVER_TALLIES_H

#include "base/vec.h"
#include "model/day_count.h"

struct core;
struct record_value;
struct swap;

struct tally {
	uint32_t tag;
	struct day_count day;	/* of a tag with since */
	bool kept;		/* the state has one of it */
};
struct tally_came {
	struct mono at;
	uint32_t area, alarm;	/* alarm: in the turn at only */
};
struct tally_awaited {		/* a day's count whose tag is still to come */
	char tag[PLANT_NAME_MAX + 1];
	char text[DAY_COUNT_TEXT];	/* a day of the zone to come, too */
};
struct tallies {
	VEC(struct tally) all;
	VEC(struct tally_awaited) awaited;
	VEC(struct tally_came) came;	/* oldest first */
	struct span longest;	/* that any tag looks back */
	struct mono known;	/* since then all that came are known */
	bool fresh;		/* one came in this turn */
	int64_t kept_minute;	/* when the days were kept last */
};

void tallies_init(struct core *c);
void tallies_fini(struct core *c);
/* A row of the state; false if it is none of a day's count. */
bool tallies_load(struct core *c, uint32_t tag, const struct record_value *v);
/* The same of a tag that the plant does not have: a past was brought in
 * (store/record_import.h), and the first project is still to come. */
void tallies_await(struct core *c, const struct record_value *v);
void tallies_second(struct core *c);
/* What came in this turn is counted in it, so before it is in the journal. */
void tallies_settle(struct core *c);
void tallies_keep(struct core *c);	/* into this turn's batch */
void tallies_alarm(struct core *c, uint32_t alarm);	/* came as new */
/* P27: it came in this turn, but so did its HH. */
void tallies_folded(struct core *c, uint32_t alarm);
/* What a calculated tag with since shows now. */
struct value tallies_value(struct core *c, uint32_t tag);
/* P20: counts go on where the counter is the same one. */
void tallies_swap(struct core *c, struct swap *s);

#endif
