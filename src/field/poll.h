/* SPDX-License-Identifier: ISC */
/*
 * poll.h - reading blocks: raw image first, only what changed is decoded.
 *
 * P24: a block that the device refuses (exception 1, 2, 3; any other one after
 * three times in a row) is cut in two until the guilty ones are found. They
 * are marked bad(device) and tried every 5 minutes.
 */
#ifndef FIELD_POLL_H
#define FIELD_POLL_H

#include "field/channel.h"

/* Plans the blocks of a unit and announces them. */
void poll_begin(struct channel *c, struct unit *u, struct mono now);
void poll_end(struct channel *c, struct unit *u);
/* Its blocks are no more; the core is told. */
void poll_withdraw(struct channel *c, struct unit *u);
/* The same points have other slots (P20): what is read stays as it is, but the
 * next read of each is told, whether it changed or not. */
void poll_renumber(struct channel *c, struct unit *u, struct mono now);
/* It has other points: planned anew, everything is read once. */
void poll_replan(struct channel *c, struct unit *u, struct mono now);
/* The device is read anew as a whole: blocks as planned, all due, all values
 * count as changed. */
void poll_afresh(struct channel *c, struct unit *u, struct mono now);
/* Reads the block, or the blocks of one device, that wait longest. True if a
 * request was made. */
bool poll_turn(struct channel *c, struct mono now, struct mono *next);
/* A read of words (bits: 0 and 1) outside the polls, at t: what differs from
 * what the core knows is told. */
void poll_patch(struct channel *c, struct unit *u, const struct point *at,
    const uint16_t *words, struct wall t);
/* A small request that tells whether the unit answers; false if nothing is
 * read from it. */
bool poll_probe(const struct unit *u, struct pdu *request);

#endif
