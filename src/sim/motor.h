/* SPDX-License-Identifier: ISC */
/*
 * motor.h - a motor with its starter, for whatever moves no water of its own:
 * dosing pumps, mixers, blowers. A pump.h has hydraulics besides.
 *
 * `command` is what was asked for and is retained; `drive` is what the program
 * lets through. Plain data without pointers.
 */
#ifndef SIM_MOTOR_H
#define SIM_MOTOR_H

#include <stdbool.h>
#include <stdint.h>

struct motor {
	bool command, reset;
	uint32_t locks;		/* why the program does not let it run */
	bool fault;		/* latched until reset */
	bool drive;
	bool local;		/* LOCAL/REMOTE switch */
	bool protection;	/* motor protection has dropped */
	bool stuck;		/* the contactor does not move */
	bool run;		/* contactor closed */
	double hours;
	uint32_t starts;
};

/* How often a motor may be started. */
struct starts {
	double left;		/* starts that may still follow at once */
	uint32_t seen;
};

/*
 * One scan. A motor that waits goes on by itself when its locks are gone; one
 * that does not loses its command and has to be started again.
 */
void motor_scan(struct motor *m, uint32_t locks, bool waits);
/* The contactor; speed is nothing of its own here. */
void motor_step(struct motor *m, bool mains, double dt);

void starts_init(struct starts *s, uint32_t starts, double at_once);
/* Whether another start has to wait; an hour gives per_hour of them back. */
bool starts_scan(
    struct starts *s, uint32_t starts, double per_hour, double dt);

#endif
