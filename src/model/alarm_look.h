/* SPDX-License-Identifier: ISC */
/*
 * alarm_look.h - one look at an alarm: what its limit and its suppression are
 * is worked out, and the machine (alarm.h) is moved.
 *
 * The order is the same wherever alarms are looked at, in a server by what
 * comes in, or over the samples of a past: a suppression begins before the
 * alarm that it is to keep silent, and ends after the one that has gone with
 * its cause. Reads no clock and keeps nothing.
 */
#ifndef MODEL_ALARM_LOOK_H
#define MODEL_ALARM_LOOK_H

#include "model/alarm.h"
#include "model/expr.h"

#define ALARM_WHY_CAP (ALARM_REASON_MAX + 32)

struct alarm_look {
	const struct plant *plant;
	const struct alarm_def *def;	/* the plant's, or as it was tuned */
	const struct alarm_class *class;
	expr_value_fn *operand;	/* the values of its tags */
	void *values;			/* of operand */
	struct mono now;
	struct wall wall;
	/* Called for each change, in order; why: what is to be said of it
	 * besides, or NULL. Text lives as long as the call. */
	void (*took)(
	    void *arg, const struct alarm_change *change, const char *why);
	void *arg;
};

/* Its input, limit or suppression may have changed. Not for ALARM_SYSTEM. */
void alarm_look(struct alarm *a, const struct alarm_look *l);
/* alarm_due() has come: one thing ends. */
void alarm_wake(struct alarm *a, const struct alarm_look *l);
/* Why it moved, where the change itself says so; or NULL. */
const char *alarm_why(
    char room[ALARM_WHY_CAP], const struct alarm_change *change);

#endif
