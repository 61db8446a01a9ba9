/* SPDX-License-Identifier: ISC */
/*
 * order.h - the words in which the plant is disturbed.
 *
 *	trip OBJECT                 local OBJECT            stick OBJECT
 *	drift OBJECT +0.02/min      force SIGNAL VALUE      keep SIGNAL
 *	fault DEVICE KIND [ARG]     freeze DEVICE           stop DEVICE
 *	program DEVICE N            demand FACTOR           burst [M3H]
 *	power off|on                weather storm|dry       set NAME VALUE
 *	speed N                     end
 *
 * Behind each but set and end may stand `for DURATION` (plant time): then it
 * ends by itself. `off` in place of the arguments behind the name (behind
 * the verb if there is no name) ends it at once. What ends leaves no trace:
 * a drift is gone, a forced register shows the process again. A trip remains
 * latched in the PLC until it is reset there. The same verb for the same thing
 * replaces what was there, its end included.
 *
 * Scenario files, the control socket and standard input take the same words.
 */
#ifndef SIM_ORDER_H
#define SIM_ORDER_H

#include <stdbool.h>

#include "base/err.h"
#include "sim/fault.h"

struct sim;
struct order_verb;
struct map_row;
struct object;

struct sim_order {			/* a verb with its arguments, checked */
	const struct order_verb *verb;
	bool off;		/* end it */
	double for_s;		/* 0: until it is ended */
	bool is_end;		/* was scheduled by `for` */
	const struct object *object;
	const struct map_row *row;
	int plc;
	double number;
	struct fault fault;
};

/* Parses one line without a time; names are looked up in s. */
int order_parse(
    struct sim_order *o, const struct sim *s, const char *line, struct err *e);
/* Carries it out now; `for` schedules its end. */
void order_apply(const struct sim_order *o, struct sim *s);

#endif
