/* SPDX-License-Identifier: ISC */
/*
 * penalty.h - for how long a source that misbehaved is turned away.
 *
 * Each offence adds to the source's penalty. A single slip costs nothing: a
 * source is turned away only once its penalty has reached 15 s, and then
 * until it has run off, at most 10 min. Sessions that live are never hit,
 * nor is the machine itself: who sits there has other ways. The model is
 * OpenSSH's PerSourcePenalties.
 *
 * Times are arguments. When the table is full the offender that is free
 * first is forgotten: it lets in rather than locking out.
 */
#ifndef SSH_PENALTY_H
#define SSH_PENALTY_H

#include "base/clock.h"
#include "ssh/source.h"

#define PENALTY_SOURCES 1024

enum offence {
	OFFENCE_IDLE,		/* left without trying to log in: 1 s */
	OFFENCE_LOGIN,		/* no login in all its tries: 5 s */
	OFFENCE_LATE,		/* no login in time: 10 s */
	OFFENCE_CRASH		/* its process crashed: 90 s */
};

struct penalty {
	struct penalty_row {
		struct source source;
		struct mono until;
		bool shut;	/* has reached the threshold */
	} rows[PENALTY_SOURCES];
	unsigned n;
};

/* true if the source is from now on turned away and was not before. */
bool penalty_add(struct penalty *p, const struct source *s, enum offence what,
    struct mono now);
bool penalty_holds(struct penalty *p, const struct source *s, struct mono now);

#endif
