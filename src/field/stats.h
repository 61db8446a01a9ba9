/* SPDX-License-Identifier: ISC */
/*
 * stats.h - counts of one line. Round trips go into a histogram with four
 * steps per octave: a percentile is right within 25 %.
 */
#ifndef FIELD_STATS_H
#define FIELD_STATS_H

#include <stdint.h>

#define STATS_STEPS 128

struct stats {
	uint32_t requests;		/* since stats_roll() */
	uint32_t trips[STATS_STEPS];
	uint64_t timeouts, overruns, bad_replies;	/* since the start */
};

void stats_trip(struct stats *s, int64_t us);
/* The round trip that share (0..1) of the requests did not exceed, in us; 0
 * if there were none. */
uint32_t stats_percentile(const struct stats *s, double share);
void stats_roll(struct stats *s);	/* a new second begins */

#endif
