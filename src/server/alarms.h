/* SPDX-License-Identifier: ISC */
/*
 * alarms.h - every alarm's state, and what follows from a change.
 *
 * The machine itself is model/alarm.h, a look at one alarm
 * model/alarm_look.h. Here its inputs come from the live
 * table, its changes go to journal and state in the turn's batch and to
 * those who follow. A change made by a person is applied at once but neither shown nor
 * confirmed before it is committed; when the store is behind (P19) it is
 * shown as not recorded.
 */
#ifndef SERVER_ALARMS_H
#define SERVER_ALARMS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/alarm.h"

struct core;

struct alarm_run {
	struct alarm alarm;
	unsigned waits;		/* commits that must come before it is shown */
	struct mono planned;	/* the first timer set for it; MONO_NEVER */
	bool looked;		/* queued to be looked at in this turn */
	bool folded;		/* P27: stands in its HH's row */
	bool counted;		/* in waiting[] */
	bool by_apply;		/* what comes of it now is the project's doing */
};
struct alarms {
	struct alarm_run *at;
	uint32_t n;
	uint32_t *queue;	/* alarms to look at in this turn */
	uint32_t n_queue;
	uint32_t waiting[4];	/* unacknowledged and not inhibited, by priority */
	char applied_by[ALARM_USER_MAX + 1];	/* whose project made by_apply */
};
struct swap;

void alarms_init(struct core *c);	/* states from the record (P5) */
void alarms_fini(struct core *c);
/* (any thread) Tables of their own for a plant that does not hold yet. */
void alarms_prepare(struct alarms *a, const struct plant *p);
/* The wall clock was set: P8, and re-arming. */
void alarms_clock_set(struct core *c, struct span by);
void alarms_release(struct alarms *a);
/* P20: states go over to the new plant. */
void alarms_swap(struct core *c, struct swap *s);
/* How it is defined now: by the project, or as people tuned it (P21). */
const struct alarm_def *alarms_def(const struct core *c, uint32_t alarm);
/* That was changed: evaluated from the side on which it stands. */
void alarms_tuned(struct core *c, uint32_t alarm);
/* Input or limit changed: evaluated before the turn ends. */
void alarms_look(struct core *c, uint32_t alarm);
void alarms_settle(struct core *c);
void alarms_due(struct core *c, uint32_t alarm);	/* TIMER_ALARM */
/* The server's own alarms. */
void alarms_system(struct core *c, uint32_t alarm, bool active);
/* A person's change, already applied to the machine: journal, state, hold
 * back until it is committed. user and station go to the journal. */
void alarms_by_person(struct core *c, uint32_t alarm,
    const struct alarm_change *change, const char *user, const char *station,
    const char *note, uint64_t command);
/* It waits for an acknowledgement, in banner and counts (P8, P27). */
bool alarms_counts(const struct core *c, uint32_t alarm);
/* May it be shown as it is? Else wait for alarms_shown(). */
bool alarms_may_show(const struct core *c, uint32_t alarm);
/* It is acknowledged, but that is not on the disk yet (P19). */
bool alarms_unrecorded(const struct core *c, uint32_t alarm);

#endif
