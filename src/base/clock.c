/* SPDX-License-Identifier: ISC */
#include "base/clock.h"

#include <time.h>

static struct {
	bool set;
	struct mono mono;
	struct wall wall;
} hand;			/* a clock driven by hand, for tests */

static struct mono
steady(clockid_t clock)
{
	struct timespec ts;

	if (hand.set)
		return hand.mono;
	clock_gettime(clock, &ts);
	return (struct mono){ (int64_t)ts.tv_sec * 1000000 +
	    ts.tv_nsec / 1000 };
}

struct mono
clock_mono(void)
{
	return steady(CLOCK_MONOTONIC);
}

struct mono
clock_boot(void)
{
	return steady(CLOCK_BOOTTIME);
}

struct wall
clock_wall(void)
{
	struct timespec ts;

	if (hand.set)
		return hand.wall;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (struct wall){ (int64_t)ts.tv_sec * 1000 +
	    ts.tv_nsec / 1000000 };
}

void
clock_set(struct mono mono, struct wall wall)
{
	hand.mono = mono;
	hand.wall = wall;
	hand.set = true;
}

void
clock_real(void)
{
	hand.set = false;
}
