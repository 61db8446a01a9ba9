/* SPDX-License-Identifier: ISC */
/*
 * snapshot.h - a moment of the plant as a text file, for drawing without a
 * core:
 *
 *	now 2026-11-22T12:34:56Z
 *	rest 0.3                     every tag at this share of its range
 *	LT-501.pv = 5.93 uncertain range override
 *	alarm LT-501.HH unacknowledged count=17 by=olga shelved held
 *	beat devices=1/2 view-only not-recorded overrides=2 bypasses=1
 *	lockout P-101B lena W-17 coupling is off
 *	bypass P-101A.start sven until 14:05:00: the level is dead
 *
 * Words behind an alarm's state: count= by= occurrence= value= limit=
 * minutes= (before now), shelved suppressed out-of-service, held, folded,
 * unverified, unrecorded. `#` begins a comment. An error ends the program.
 */
#ifndef TESTS_SCREENS_SNAPSHOT_H
#define TESTS_SCREENS_SNAPSHOT_H

#include "console/app.h"
#include "model/plant.h"

/* Into things that were made from this plant, and the beat. */
void snapshot_read(struct app *a, const struct plant *p, const char *file);
/* The last hour of each tag that a screen shows as a trend. */
void snapshot_trends(struct app *a, const struct plant *p);

#endif
