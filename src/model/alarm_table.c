/* SPDX-License-Identifier: ISC */
/*
 * alarm_table.c - the process part as a table (P8).
 *
 *                came                      ack
 *   normal ------------> unacknowledged ---------> acknowledged
 *     ^ ^                  |   ^    ^                |  |  |
 *     | |             gone |   |    +- freed, rearm -+  |  |
 *     | |                  v   | came                   |  |
 *     | +---- ack (rest) - returned <- gone, ack=both --+  |
 *     | +--------------------- gone (rest) ----------------+
 *     |
 *     +---- reset -------- latched --- came ---> unacknowledged
 *
 * rest is latched for a class that latches, else normal. With ack=none the
 * alarm comes as acknowledged; unacknowledged states are then a rest of before
 * the class was changed, and can be left.
 */
#include "model/alarm_table.h"

#define NOR ALARM_NORMAL
#define UNA ALARM_UNACKNOWLEDGED
#define ACK ALARM_ACKNOWLEDGED
#define RTN ALARM_RETURNED
#define LAT ALARM_LATCHED
#define REST ALARM_STATE_COUNT
#define NO -1

typedef const signed char row[ALARM_INPUTS];

/* clang-format off */
static row table[][ALARM_STATE_COUNT] = {
	[ACK_CAME] = {
		/*       came  gone  ack   reset freed rearm */
		[NOR] = { UNA,  NO,   NO,   NO,   NOR,  NO },
		[UNA] = { NO,   RTN,  ACK,  NO,   UNA,  NO },
		[ACK] = { NO,   REST, NO,   NO,   UNA,  UNA },
		[RTN] = { UNA,  NO,   REST, NO,   RTN,  NO },
		[LAT] = { UNA,  NO,   NO,   NOR,  LAT,  NO },
	},
	[ACK_BOTH] = {
		/*       came  gone  ack   reset freed rearm */
		[NOR] = { UNA,  NO,   NO,   NO,   NOR,  NO },
		[UNA] = { NO,   RTN,  ACK,  NO,   UNA,  NO },
		[ACK] = { NO,   RTN,  NO,   NO,   UNA,  UNA },
		[RTN] = { UNA,  NO,   REST, NO,   RTN,  NO },
		[LAT] = { UNA,  NO,   NO,   NOR,  LAT,  NO },
	},
	[ACK_NONE] = {
		/*       came  gone  ack   reset freed rearm */
		[NOR] = { ACK,  NO,   NO,   NO,   NOR,  NO },
		[UNA] = { NO,   REST, ACK,  NO,   ACK,  NO },
		[ACK] = { NO,   REST, NO,   NO,   ACK,  NO },
		[RTN] = { ACK,  NO,   REST, NO,   RTN,  NO },
		[LAT] = { ACK,  NO,   NO,   NOR,  LAT,  NO },
	},
};
/* clang-format on */

static const enum alarm_event events[ALARM_INPUTS] = {
	[INPUT_CAME] = ALARM_EVENT_CAME,
	[INPUT_GONE] = ALARM_EVENT_GONE,
	[INPUT_ACK] = ALARM_EVENT_ACKED,
	[INPUT_RESET] = ALARM_EVENT_RESET,
	[INPUT_FREED] = ALARM_EVENT_FREED,
	[INPUT_REARM] = ALARM_EVENT_REARMED,
};

int
alarm_next(const struct alarm_class *c, enum alarm_state state,
    enum alarm_input input)
{
	int to = table[c->ack][state][input];

	if (to == REST)
		return c->latch ? LAT : NOR;
	return to;
}

struct alarm_change
alarm_still(const struct alarm *a, enum alarm_event event)
{
	return (struct alarm_change){ .event = (uint8_t)event,
		.from = a->state,
		.to = a->state };
}

struct alarm_change
alarm_step(
    struct alarm *a, const struct alarm_class *c, enum alarm_input input)
{
	struct alarm_change change = alarm_still(a, events[input]);
	int to = alarm_next(c, a->state, input);

	if (to < 0)
		return alarm_still(a, ALARM_EVENT_NONE);
	change.to = a->state = (uint8_t)to;
	change.persist = true;
	a->active = to == UNA || to == ACK;
	if (to == NOR)
		a->count = 0;
	if (to != ACK)
		a->rearm = (struct wall){ 0 };
	if (to == UNA) {
		a->acked = (struct wall){ 0 };
		a->acked_by[0] = '\0';
	}
	return change;
}

bool
alarm_path_legal(const struct alarm_class *c, enum alarm_state from,
    enum alarm_state to, enum alarm_event event)
{
	if (from >= ALARM_STATE_COUNT || to >= ALARM_STATE_COUNT)
		return false;
	for (int i = 0; i < ALARM_INPUTS; i++)
		if (events[i] == event &&
		    alarm_next(c, from, (enum alarm_input)i) == (int)to)
			return true;
	/* of several inhibitions one began or ended */
	return from == to &&
	    (event == ALARM_EVENT_INHIBITED || event == ALARM_EVENT_FREED);
}
