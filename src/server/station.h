/* SPDX-License-Identifier: ISC */
/*
 * station.h - where a user sits. The first station of the project that
 * matches, or the built-in "default"; never a source of rights.
 */
#ifndef SERVER_STATION_H
#define SERVER_STATION_H

struct core;
struct session;
struct welcome;

/* Station, limits and language, by where the session comes from. */
void station_seat(struct core *c, struct session *s);
void station_describe(
    const struct core *c, const struct session *s, struct welcome *w);

#endif
