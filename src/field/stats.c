/* SPDX-License-Identifier: ISC */
#include "field/stats.h"

#include <string.h>

/* Values below 4 have a step each; then four steps for each power of two. */
static unsigned
step_of(uint64_t us)
{
	unsigned octave = 0, step;

	if (us < 4)
		return (unsigned)us;
	while (us >> octave >= 8)
		octave++;
	step = 4 * octave + (unsigned)(us >> octave);
	return step < STATS_STEPS ? step : STATS_STEPS - 1;
}

/* The greatest value of a step. */
static uint64_t
step_end(unsigned step)
{
	unsigned octave;

	if (step < 4)
		return step;
	octave = (step - 4) / 4;
	return ((uint64_t)(step - 4 * octave + 1) << octave) - 1;
}

void
stats_trip(struct stats *s, int64_t us)
{
	s->requests++;
	s->trips[step_of(us > 0 ? (uint64_t)us : 0)]++;
}

uint32_t
stats_percentile(const struct stats *s, double share)
{
	uint64_t all = 0, sum = 0;
	unsigned i;

	for (i = 0; i < STATS_STEPS; i++)
		all += s->trips[i];
	if (all == 0)
		return 0;
	for (i = 0; i < STATS_STEPS; i++) {
		sum += s->trips[i];
		if ((double)sum >= share * (double)all)
			break;
	}
	return step_end(i) > UINT32_MAX ? UINT32_MAX : (uint32_t)step_end(i);
}

void
stats_roll(struct stats *s)
{
	s->requests = 0;
	memset(s->trips, 0, sizeof(s->trips));
}
