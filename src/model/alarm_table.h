/* SPDX-License-Identifier: ISC */
/* alarm_table.h - the transitions of the process part. Of this room alone. */
#ifndef MODEL_ALARM_TABLE_H
#define MODEL_ALARM_TABLE_H

#include "model/alarm.h"

enum alarm_input {
	INPUT_CAME,	/* the condition holds, its delay is over */
	INPUT_GONE,
	INPUT_ACK,
	INPUT_RESET,
	INPUT_FREED,	/* the last inhibition ended */
	INPUT_REARM,	/* acknowledged for too long */
	ALARM_INPUTS
};

/* The next state, or -1: this input means nothing in this state. */
int alarm_next(const struct alarm_class *c, enum alarm_state state,
    enum alarm_input input);
/* Takes the step; the change says NONE where it means nothing. */
struct alarm_change alarm_step(
    struct alarm *a, const struct alarm_class *c, enum alarm_input input);
/* Nothing happened, or only marks did. */
struct alarm_change alarm_still(const struct alarm *a, enum alarm_event event);

#endif
