/* SPDX-License-Identifier: ISC */
/*
 * valve.h - a valve with an electric actuator: open/close or positioning.
 * Plain data without pointers.
 */
#ifndef SIM_VALVE_H
#define SIM_VALVE_H

#include <stdbool.h>

struct valve {
	bool command;		/* open (open/close valves); retained */
	bool reset;
	bool local;
	bool fault;		/* not there in time; latched until reset */
	bool opened, closed;	/* limit switches */
	bool stuck;
	double reference;	/* %, where the program wants it */
	double position;	/* %, where it is */
	double away_s;		/* how long it has been elsewhere */
};

/* The program's block for an open/close valve. */
void valve_scan(struct valve *v);
/* Watches the travel: not there after 1.5 times travel_s is a fault. */
void valve_watch(struct valve *v, double travel_s, double dt);
/* The actuator; without mains it stays where it is. */
void valve_step(struct valve *v, double travel_s, bool mains, double dt);

#endif
