/* SPDX-License-Identifier: ISC */
/*
 * place.h - where a station was when its line broke, so that it comes back
 * to the same screen (P11).
 *
 * A station is a user at a place: an address, a tty. Its console says that it
 * is one (session again). The screen is that of its newest other session, for
 * that one may not have been seen to end yet; or of the last that ended
 * without leaving, at most an hour ago. Who left in order begins at the start.
 *
 * Kept in memory only: consoles outlive the core, and come back by their
 * tickets with their screens.
 */
#ifndef SERVER_PLACE_H
#define SERVER_PLACE_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/vec.h"
#include "server/attempts.h"
#include "server/users.h"

struct core;
struct session;

#define PLACES_MOST 256

struct seat_place {
	char user[USER_NAME_MAX + 1], at[ATTEMPTS_KEY];
	char screen[65];
	struct mono when;
};
struct places {
	VEC(struct seat_place) all;
};

/* The session's line has ended: keeps where it was, if it is a station. */
void place_left(struct core *c, const struct session *s);
/* Makes a room for one more session of that user from there, by ending the
 * oldest of a station that came back. False: there is none. */
bool place_give_way(struct core *c, const char *user, const char *from);

#endif
