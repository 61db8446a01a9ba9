/* SPDX-License-Identifier: ISC */
/*
 * moving.h - what the record keeps by a name, when an apply gives things other
 * names or takes them away (P20).
 *
 * Names may be exchanged or go from one to the next, and a thing may get the
 * name of one that is taken away. So all rows of old names go first, and then
 * come those of the new ones. Whoever keeps rows by a name has its line in
 * the table of moving.c; in memory it moves by slots, in swap_run().
 */
#ifndef SERVER_MOVING_H
#define SERVER_MOVING_H

struct core;
struct swap;

/* Before c->plant is another one: into the batch that makes it so, and again
 * when that is on the disk, for what was written under old names meanwhile. */
void moving_record(struct core *c, const struct swap *s);

#endif
