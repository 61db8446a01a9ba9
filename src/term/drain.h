/* SPDX-License-Identifier: ISC */
/*
 * drain.h - how fast a terminal line takes bytes, and when it has taken them.
 *
 * The kernel swallows about 20 kB of a pty before it says "full", so a
 * successful write says nothing about the glass. This is a model of the
 * bytes that are on their way: the rate is measured between two moments at
 * which the line was full; the backlog shrinks at that rate. Until the line
 * was full twice it counts as fast. A frame is drawn when the backlog is gone,
 * and never later than DRAIN_WAIT, so that a wrong guess (a terminal that
 * was stopped for a minute) costs no more than that.
 *
 * Between two moments at which the line was full it must not have been idle,
 * else the rate is that of our wishes: a person who changes the screen each
 * 5 s would have a line of 2 kB/s. A terminal that answers (probe.h) says
 * when it was.
 */
#ifndef TERM_DRAIN_H
#define TERM_DRAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"

#define DRAIN_KERNEL 20480	/* bytes a pty holds before it is full */
#define DRAIN_WAIT ((struct span){ 5000 })
#define DRAIN_STALL ((struct span){ 15000 })
#define DRAIN_SAMPLES 3

struct drain {
	double sample[DRAIN_SAMPLES];	/* bytes/s; 0: none yet */
	unsigned next;
	double backlog;		/* bytes between us and the glass, at `at` */
	struct mono at;
	bool full;		/* the last write was refused */
	bool was_full;		/* ever, the last time at */
	struct mono since;
	size_t moved;		/* bytes since then */
	bool stalled;		/* the last interval was a long one */
};

void drain_init(struct drain *d, struct mono now);
/* n bytes were taken; full: and then the line refused more. */
void drain_wrote(struct drain *d, size_t n, bool full, struct mono now);
/* All that was written is on the glass: measuring begins anew. */
void drain_emptied(struct drain *d, struct mono now);
double drain_rate(const struct drain *d);	/* bytes/s, 0 = fast */
/* When the backlog of now will be gone; now if it is. */
struct mono drain_empty_at(const struct drain *d, struct mono now);

#endif
