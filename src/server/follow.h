/* SPDX-License-Identifier: ISC */
/*
 * follow.h - a session follows the alarms: first all that are not normal,
 * then each that changed, its newest state. One page at a time, the next
 * after MORE, so that a peer that does not read costs a bit per alarm. A console
 * says MORE when what it was told is on the glass.
 */
#ifndef SERVER_FOLLOW_H
#define SERVER_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "model/alarm.h"
#include "server/trace.h"
#include "wire/cell.h"

struct core;
struct session;

struct follow {
	uint32_t id;		/* of the call */
	uint64_t *dirty;	/* a bit for each alarm */
	uint32_t n, n_dirty;
	uint32_t at;		/* where the next page begins to look */
	bool credit;		/* a page may be sent */
	bool told_all;		/* the end of the snapshot was said */
	struct trace_marks marks;
};

void follow_new(struct core *c, struct session *s, uint32_t id);
/* All that is there once more: its texts are others now. */
void follow_again(struct core *c, struct session *s);
void follow_free(struct session *s);
void follow_mark(struct core *c, uint32_t alarm);	/* all who follow */
void follow_more(struct core *c, struct session *s);
void follow_publish(struct core *c, struct session *s);

/* The cells of one alarm, for FOLLOW and ALARMS; texts live for the turn. */
void alarm_cells(struct core *c, const struct session *s, uint32_t alarm,
    struct cell *cells);	/* ALARM_STATE_COLUMNS */
/* INHIBITION_COLUMNS, of this inhibition; INHIBITS: of the one shown. */
void inhibition_cells(const struct core *c, uint32_t alarm,
    enum inhibit which, struct cell *cells);

#endif
