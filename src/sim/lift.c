/* SPDX-License-Identifier: ISC */
#include "sim/lift.h"

#include <string.h>

#define FULL_OUT	97.0	/* % */
#define FULL_S		120.0
#define IDLE_OUT	85.0	/* two pumps then give what one can */
#define IDLE_S		900.0
#define MISSING_S	3.0	/* then the stand-by pump starts */
#define OVERLAP_S	30.0	/* both run before the old one stops */

void
lift_init(struct lift *l, const struct pump pumps[LIFT_PUMPS])
{
	static const double duty_h[LIFT_PUMPS] = { 101.0, 37.0, 0.0 };
	int i;

	*l = (struct lift){ .mode = LIFT_AUTO, .rotate_h = 168.0 };
	for (i = 0; i < LIFT_PUMPS; i++) {
		l->commanded[i] = pumps[i].command;
		l->wanted += pumps[i].command;
		l->duty_s[i] = duty_h[i] * 3600.0;
	}
}

static bool
can_start(const struct pump *p)
{
	return !p->command && !p->fault && !p->local;
}

/* The pump with the fewest hours that can start, or NULL. */
static struct pump *
next_pump(struct pump pumps[LIFT_PUMPS])
{
	struct pump *best = NULL;
	int i;

	for (i = 0; i < LIFT_PUMPS; i++)
		if (can_start(&pumps[i]) &&
		    (best == NULL || pumps[i].hours < best->hours))
			best = &pumps[i];
	return best;
}

/* The commanded pump whose duty was longest, or -1. */
static int
oldest(const struct lift *l, const struct pump pumps[LIFT_PUMPS])
{
	int i, best = -1;

	for (i = 0; i < LIFT_PUMPS; i++)
		if (pumps[i].command && !pumps[i].local &&
		    (best < 0 || l->duty_s[i] > l->duty_s[best]))
			best = i;
	return best;
}

static uint32_t
commanded(const struct pump pumps[LIFT_PUMPS])
{
	uint32_t n = 0;
	int i;

	for (i = 0; i < LIFT_PUMPS; i++)
		n += pumps[i].command;
	return n;
}

/* What changed since the last scan and was not a trip was a hand. In MANUAL
 * all is. */
static void
follow_hands(struct lift *l, const struct pump pumps[LIFT_PUMPS])
{
	uint32_t n = commanded(pumps);
	int i;

	for (i = 0; i < LIFT_PUMPS; i++)
		if (!pumps[i].command && l->commanded[i] && !pumps[i].fault &&
		    l->wanted > 0)
			l->wanted--;
	if (n > l->wanted || l->mode < LIFT_AUTO)
		l->wanted = n;
}

static void
stage(struct lift *l, struct pump pumps[LIFT_PUMPS], double out, double dt)
{
	uint32_t n = commanded(pumps);
	bool all = n > 0 && n == l->wanted;
	int old;

	l->full_s = all && out > FULL_OUT ? l->full_s + dt : 0.0;
	l->idle_s = all && out < IDLE_OUT ? l->idle_s + dt : 0.0;
	if (l->full_s > FULL_S && next_pump(pumps) != NULL) {
		l->wanted++;
		l->full_s = 0.0;
	}
	if (l->idle_s > IDLE_S && l->wanted > 1) {
		l->wanted--;
		l->idle_s = 0.0;
		old = oldest(l, pumps);
		if (old >= 0)
			pumps[old].command = false;
	}
}

static void
replace(struct lift *l, struct pump pumps[LIFT_PUMPS], double dt)
{
	bool missing = commanded(pumps) < l->wanted;
	struct pump *next = next_pump(pumps);

	l->missing_s = missing && next != NULL ? l->missing_s + dt : 0.0;
	if (l->missing_s > MISSING_S) {
		next->command = true;
		l->missing_s = 0.0;
	}
}

/* The next pump starts; a while later the one whose turn is over stops. */
static void
rotate(struct lift *l, struct pump pumps[LIFT_PUMPS], double dt)
{
	int old = oldest(l, pumps);
	struct pump *next = next_pump(pumps);

	if (old < 0 || l->duty_s[old] < l->rotate_h * 3600.0) {
		l->overlap_s = 0.0;
		return;
	}
	if (commanded(pumps) <= l->wanted) {
		if (next != NULL)
			next->command = true;
		l->overlap_s = 0.0;
		return;
	}
	l->overlap_s += dt;
	if (l->overlap_s > OVERLAP_S)
		pumps[old].command = false;
}

void
lift_scan(struct lift *l, struct pump pumps[LIFT_PUMPS], double out,
    uint32_t locks, double dt)
{
	int i;

	if (locks != 0)
		l->wanted = 0;
	else
		follow_hands(l, pumps);
	for (i = 0; i < LIFT_PUMPS; i++)
		l->duty_s[i] =
		    pumps[i].command ? l->duty_s[i] + dt : 0.0;
	if (l->mode >= LIFT_AUTO && locks == 0) {
		stage(l, pumps, out, dt);
		replace(l, pumps, dt);
		rotate(l, pumps, dt);
	}
	for (i = 0; i < LIFT_PUMPS; i++)
		l->commanded[i] = pumps[i].command;
}
