/* SPDX-License-Identifier: ISC */
/*
 * station.h - where a user sits. The first station of the project that
 * matches, or the built-in "default"; never a source of rights.
 */
#ifndef SERVER_STATION_H
#define SERVER_STATION_H

#include <stdbool.h>
#include <stdint.h>

struct core;
struct session;
struct welcome;

/* Station, limits and language, by where the session comes from. */
void station_seat(struct core *c, struct session *s);
void station_describe(
    const struct core *c, const struct session *s, struct welcome *w);
/* "10.0.5.7:51234" or "[fe80::1]:51234" as IPv6, IPv4 as ::ffff:a.b.c.d;
 * false: no address. */
bool station_address(uint8_t net[16], const char *address);

#endif
