/* SPDX-License-Identifier: ISC */
/*
 * watch.h - a session watches tags: it gets the newest value of each that
 * changed, merged while its last UPDATE has not been drawn, and not more
 * often than it asked for (DESIGN 6).
 */
#ifndef SERVER_WATCH_H
#define SERVER_WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/clock.h"

struct core;
struct session;

#define WATCH_EVERY_MS 500	/* unless RATE says otherwise */
#define WATCH_LEAST_MS 200	/* RATE, in ms: five times a second at most */
#define WATCH_MOST_MS 60000
#define WATCHES_MOST 64		/* of one session, so that its memory is bounded */

struct watch {
	LIST_ENTRY(watch) next;
	struct session *session;
	uint32_t id;		/* of the call */
	uint32_t *tags, n;
	uint64_t *dirty;	/* a bit for each of tags */
	uint32_t n_dirty;
	struct span every;
	struct mono last;	/* its last UPDATE */
};

/* -1: the session has WATCHES_MOST already. */
int watch_new(struct core *c, struct session *s, uint32_t id,
    const uint32_t *tags, uint32_t n, struct span every);
void watch_free(struct core *c, struct watch *w);
void watch_mark(struct core *c, struct watch *w, uint32_t index);
/* Sends what may be sent now. */
void watch_publish(struct core *c, struct session *s);

#endif
